"""Family R, overprinted lines: a bold face that was printed by setting each letter two times.

A text layer has every character of such a line twice. Chinese doubles characters, too, but not a
whole line of them that make other words (会议通知 in 会会议议通通知知), nor marks, nor the 第 of
a heading. The lines are put right before the stages that would take the doubled marks for something
else.
"""

from __future__ import annotations

from collections.abc import Iterator

from textclean.engine.rule import Proposal, Stage, View, rule
from textclean.text.classes import has_han
from textclean.text.edit import Tier
from textclean.text.patterns import pattern
from textclean.text.words import is_reduplicated, is_word

_FIRST_TWO = r"[ \t\u3000]*+([^\s])\1(?:[^\w\r\n]*+)([^\s])\2"
_AT_START = pattern(_FIRST_TWO)
_BEHIND_BREAK = pattern(rf"\n{_FIRST_TWO}")
_LINE = pattern(r"(?:([^\W_])\1|[^\w\r\n])+")
_PAIR = pattern(r"(.)\1")
_MARKS = pattern("([，。、；：《》（）“”‘’〈〉〔〕【】(),:;0-9-])\\1")
_ORDINAL = pattern("[ \u3000]*第第")
#: The fewest pairs of letters and kinds of them, where nothing else speaks for it …
_PAIRS, _KINDS = 6, 5
#: … where all of them make words, and where marks are doubled with them.
_PAIRS_OF_WORDS, _PAIRS_WITH_MARKS = 4, 3


@rule(
    "R005",
    Tier.SUGGESTED,
    stage=Stage.LAYOUT,
    reason="Every character of a line stands twice: a bold face that was printed by setting each "
    "letter two times, and read so.",
    reason_zh="整行每个字符都出现两次：用叠印表示粗体，提取时读成两遍。",
    examples=[
        ("关关于于印印发发《《管管理理办办法法》》的的通通知知", "关于印发《管理办法》的通知"),
        ("SSttaatteemmeenntt  ooff  AAccccoouunnttss", "Statement of Accounts"),
        ("第第一一章章  总总则则", "第一章 总则"),
        ("会会议议通通知知", "会议通知"),
        ("附附件件11：：名名单单", "附件1：名单"),
    ],
    counter_examples=[
        "寻寻觅觅，冷冷清清，凄凄惨惨戚戚。",
        "大大小小老老少少男男女女",
        "开开心心快快乐乐",
        "00112233445566778899aabbccddeeff",
        "AABBCCDDEEFFGG",
        "哈哈哈哈哈哈哈哈哈哈哈哈哈哈",
        "天天，，人人！！",
    ],
)
def overprinted_line(view: View) -> Iterator[Proposal]:
    """``关关于于印印发发`` → ``关于印发``: whole lines, whatever the script."""
    text = view.text
    starts = [0] if _AT_START.match(text) else []
    starts += [match.start() + 1 for match in _BEHIND_BREAK.finditer(text)]
    for start in starts:
        end = view.line_bounds(start)[1]
        if not _LINE.fullmatch(text, start, end):
            continue
        line = text[start:end]
        single = _PAIR.sub(r"\1", line)
        if _is_overprinted(line, single):
            yield Proposal(
                start, end, single, f"all {len(single)} characters of the line are doubled"
            )


def _is_overprinted(line: str, single: str) -> bool:
    """Whether a line of doubled characters was printed twice, and is no wordplay."""
    letters = "".join(filter(str.isalpha, single))
    kinds = len(set(letters))
    words = list(map("".join, zip(letters[::2], letters[1::2], strict=False)))
    if 2 * sum(map(is_reduplicated, words)) > len(words):
        return False  # 大大小小老老少少
    if single.isascii() and " " not in single:
        return False  # in Latin letters it must be words
    if len(letters) >= _PAIRS and kinds >= _KINDS:
        return True
    if _ORDINAL.match(line):
        return len(letters) >= _PAIRS_WITH_MARKS
    if _MARKS.search(line) and has_han(letters):
        return kinds >= _PAIRS_WITH_MARKS
    return kinds >= _PAIRS_OF_WORDS and all(
        is_word(single[max(0, at - 1) : at + 1]) or is_word(single[at : at + 2])
        for at in range(len(single))
    )
