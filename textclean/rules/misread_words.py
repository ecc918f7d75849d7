"""Family C: words of which recognition took a character for one that looks like it: 己经 for 已经.

What is left is no word, and a frequent word looks like it. That alone is reported. The word is put
back where the two characters are all but one (己 and 已, not 抱 and 报), and those beside them say
the same: the one that was read hardly ever meets its other neighbour, the right one does, and the
text around is modern Chinese, which the counts are of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from operator import add
from typing import NamedTuple

from textclean.engine.rule import Proposal, Stage, View, rule
from textclean.layout.bigrams import attraction
from textclean.rules.context import is_spoken_of
from textclean.text.classes import is_han, occurrences
from textclean.text.edit import Tier
from textclean.text.kinds.document import Register
from textclean.text.patterns import pattern
from textclean.text.words import MisreadKind, is_word, misread_words

#: Of how much more the word's characters attract each other than those that were read, and of how
#: much more the right character its other neighbour; in eighths of a bit. In 2.6 million characters
#: of laws, reviews and notes on programming two places come near (24 and 19, 28 and 18), none is
#: beyond; of words misread at random in clean prose .6 are.
_WITHIN, _BESIDE = 40, 16
#: Where the word stands beside a mark, nothing is known of that side: then more of the other.
_WITHIN_AT_EDGE = 70
#: Characters to either side, and the mean attraction of their pairs in modern prose: of news, laws
#: and reviews 97 in 100 places have so much, of the same pairs in old books of medicine none.
_AROUND, _MODERN, _FEWEST = 8, 4, 2
_PLACES = frozenset("村乡鄉镇鎮屯寨庄莊")


class _Misread(NamedTuple):
    at: int
    word: str
    kind: MisreadKind


def _all_misread(view: View) -> Iterator[_Misread]:
    """Every pair of a text that is no word and looks like one."""
    text = view.text
    table = misread_words()
    for pair in sorted(set(filter(table.__contains__, map(add, text, text[1:])))):
        word, kind = table[pair]
        for at in occurrences(text, pair):
            if _stands_alone(text, at):
                yield _Misread(at, word, kind)


def _restorable(view: View) -> list[_Misread]:
    """The pairs of which what stands beside says the same as the word."""
    text = view.text
    table = misread_words()
    found = []
    for match in _twin().finditer(text):
        place = match.start()
        for at in (place - 1, place):
            pair = text[max(0, at) : at + 2]
            if pair not in table:
                continue
            word, kind = table[pair]
            if (
                kind is not MisreadKind.ALIKE
                and word[place - at] != text[place]
                and _stands_alone(text, at)
                and _is_certain(text, at, word, kind)
                and not is_spoken_of(text, at, at + 2)
            ):
                found.append(_Misread(at, word, kind))
    return found


@cache
def _twin() -> re.Pattern[str]:
    """A character that is read for another which is all but one with it."""
    twins = {
        read
        for pair, (word, kind) in misread_words().items()
        if kind is not MisreadKind.ALIKE
        for read, right in zip(pair, word, strict=True)
        if read != right
    }
    return pattern(f"[{''.join(sorted(twins))}]")


def _stands_alone(text: str, at: int) -> bool:
    """Whether neither character of a pair makes a word with its other neighbour."""
    return not (is_word(text[max(0, at - 1) : at + 1]) or is_word(text[at + 1 : at + 3]))


def _is_certain(text: str, at: int, word: str, kind: MisreadKind) -> bool:
    """Whether what stands around says the same as the word."""
    within = attraction(*word) - attraction(text[at], text[at + 1])
    if within < _WITHIN:
        return False
    if word[0] != text[at]:
        neighbour = text[at - 1 : at]
        beside = attraction(neighbour, word[0]) - attraction(neighbour, text[at])
    else:
        neighbour = text[at + 2 : at + 3]
        beside = attraction(word[1], neighbour) - attraction(text[at + 1], neighbour)
    if is_han(neighbour):
        # 加八村: villages and towns are named in any characters.
        if beside < _BESIDE or (word[0] == text[at] and neighbour in _PLACES):
            return False
    elif kind is MisreadKind.MET or within < _WITHIN_AT_EDGE:
        return False
    sides = text[max(0, at - _AROUND) : at], text[at + 2 : at + 2 + _AROUND]
    pairs = [pair for side in sides for pair in pairwise(side) if all(map(is_han, pair))]
    return len(pairs) >= _FEWEST and (
        sum(attraction(*pair) for pair in pairs) >= _MODERN * len(pairs)
    )


@rule(
    "C107",
    Tier.REPORT,
    stage=Stage.SCRIPT,
    in_register={Register.CLASSICAL: None},
    reason="Two characters that are no word, where one that looks like the other makes a word in "
    "everyday use, were misread by recognition or mistyped. The source can tell.",
    reason_zh="两字不成词，换一个形近字却是常用词，多半是识别或录入之误，应核对原件。",
    examples=[
        ("己经离开", "己经"),
        ("该厂的工作“己经走上正轨”。", "己经"),
        ("这项休育", "休育"),
    ],
    counter_examples=[
        "他已经离开，未来可期。",
        "自己经历过的事，自己经常想起。",
        "上周末来了一批游客，全市人太多。",
        "己亥年末，来宾入场。",
    ],
)
def misread_word(view: View) -> Iterator[Proposal]:
    """``己经`` is reported, with 已经 as evidence."""
    text = view.text
    restored = frozenset(view.once(_restorable))
    for found in _all_misread(view):
        if found.kind is not MisreadKind.MET and found not in restored:
            at, word, _ = found
            pair = text[at : at + 2]
            yield Proposal(at, at + 2, pair, f"{pair} is no word; {word} looks like it")


@rule(
    "C108",
    Tier.SUGGESTED,
    stage=Stage.LAYOUT,  # the stages before look for rare characters in one scan
    in_register={Register.CLASSICAL: None},
    reason="As C107, where the characters beside say the same: in modern prose the one that was "
    "read hardly meets them, and the one that looks like it does.",
    reason_zh="同 C107，且邻字也可佐证：现代文中误识的字几乎不与邻字相连，形近的正字则常相连。",
    examples=[
        ("他己经走了三天，大家都盼着他回来。", "他已经走了三天，大家都盼着他回来。"),
        ("教育要面向末来。", "教育要面向未来。"),
        ("大会将于曰前召开。", "大会将于日前召开。"),
        ("工作入员正在现场抢修。", "工作人员正在现场抢修。"),
    ],
    counter_examples=[
        "他已经走了三天，教育要面向未来。",
        "自己经历过的事，自己经常想起。",
        "上周末来了一批游客，全市人太多。",
        "“己经”应作“已经”。",
        "一身尽重，不可转侧者，此本络外合太阳中络也。",
        "子曰前言戏之耳。",
        "正赶上村民搬入新居。加八村村民告诉记者，新家是两层小楼。",
    ],
)
def restored_word(view: View) -> Iterator[Proposal]:
    """``己经`` → ``已经``."""
    text = view.text
    for at, word, _ in view.once(_restorable):
        place = at + (word[0] == text[at])
        right = word[place - at]
        evidence = f"{text[at : at + 2]} is no word, and {right} goes with what stands beside"
        yield Proposal(place, place + 1, right, evidence, 0.95)
