"""What the spaces of a text are, as its characters tell: of words set apart, of items of a list, of
who speaks, of characters that were lost, or others.

Lines whose words or characters all stand apart (a tokenizer wrote them, the text layer of a scanned
page, a justified line) say nothing by their spaces. Such a line is known by short pieces of which
some are words that no list has (的, 了, 由), by marks that stand apart too, or by characters that
are words without the spaces. Lists, bylines, menus and headings have none of these. A line that
leaves doubt is what its neighbours are.

Where an encoding could not hold a character, it left a space (``主治鼠 恶疮``). What tells such a
hole from the end of a printed line is what it joins: a line breaks inside words as often as not,
the characters beside a hole meet by chance only. One space is little evidence, a text's are much.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from textclean.text.classes import HAN_CLASS, PAUSE_CLASS, SPACE_CLASS, held_of
from textclean.text.memo import computed, recalled, remembered
from textclean.text.patterns import pattern
from textclean.text.variants import fold_table
from textclean.text.words import is_word

_SPACE = f"[{SPACE_CLASS}]"
_HAN = f"[{HAN_CLASS}]"


#: Patterns by the character that their matches begin with: a literal is scanned fastest.
ByFirst = Mapping[str, re.Pattern[str]]


def _each_run(before: str, rest: str) -> ByFirst:
    """What finds runs of spaces behind a class of characters."""
    return {space: pattern(f"{space}(?<={before}.){_SPACE}*{rest}") for space in SPACE_CLASS}


@recalled(1_000_000)
def _spaces_in(text: str) -> str:
    """Which kinds of spaces a text has."""
    return held_of(SPACE_CLASS, text)


def that_may_match(patterns: ByFirst, text: str) -> list[re.Pattern[str]]:
    """Those of some patterns that a text has the first character of: no other need be compiled."""
    held = _spaces_in(text)
    return [
        each
        for first, each in patterns.items()
        if first in (held if first in SPACE_CLASS else text)
    ]


def lines_with(patterns: ByFirst, text: str, breaks: str) -> list[tuple[int, str]]:
    """The lines of a text that have what patterns match, and where each starts.

    Args:
        patterns: each matches within a line.
        breaks: what ends a line.
    """
    held: str | None = None
    spans: dict[int, int] = {}
    for each in that_may_match(patterns, text):
        end = 0
        while match := each.search(text, end):
            if held is None:
                held = held_of(breaks, text)
            at, start = match.start(), end
            for char in held:
                start = text.rfind(char, start, at) + 1 or start
            end = _end_of_line(text, at, held)
            spans[start] = end
    return [(start, text[start:end]) for start, end in sorted(spans.items())]


def _end_of_line(text: str, at: int, breaks: str) -> int:
    """Where the line ends that holds an offset: before one of `breaks`, or with the text."""
    if breaks == "\n":  # found many times as fast as a class
        end = text.find("\n", at)
        return end if end >= 0 else len(text)
    match = re.compile(f"[{breaks}]").search(text, at) if breaks else None
    return match.start() if match else len(text)


_LINE = pattern(r"[^\r\n]+")
_RUN = pattern(f"{_HAN}+")
#: Spaces between Han.
_BETWEEN_HAN = _each_run(_HAN, rf"(?={_HAN})")
#: Words that stand in sentences and not in lists, in both scripts.
_FUNCTION_WORDS = (
    "的了在是和把被对從从向将將由与與及并並而且但也都就才又还還再已很更最不没沒有要会會能可"
    "为為以于於等着著过過到得地这這那我你他她它们們其之所让讓使给給比因则則如若"
)
_FUNCTION = pattern(f"(?<![^{SPACE_CLASS}])[{_FUNCTION_WORDS}](?={_SPACE})")
_MARK = pattern("[，。；！？：、,;!?]")
_MARK_APART = pattern(f"(?<=\\S){_SPACE}+[，。；！？：、,;!?](?![^{SPACE_CLASS}”’」』）])")
_ENDS = pattern(f"[。！？；][”’」』）]?{_SPACE}*\\Z")
_MOST_KEPT = 4_000
#: Lines to either side that a line in doubt is judged by.
_REACH = 8
#: So few borders or words are a short line's.
_FEW = 5
#: So many words set apart prove it, though they are long.
_MANY = 8


class _Counts(NamedTuple):
    """What tells of one line whether its words stand apart."""

    han: int
    #: Spaces between Han, and places where two stand together.
    gaps: int
    joints: int
    #: Spaces before marks.
    before_marks: int
    #: Whether the line's words or characters surely stand apart.
    apart: bool


def _gaps(line: str) -> list[tuple[int, int]]:
    """The spaces between Han of a line, in order."""
    kinds = [each for first, each in _BETWEEN_HAN.items() if first in line]
    return sorted([match.span() for each in kinds for match in each.finditer(line)])


@remembered(_MOST_KEPT)
def _count(line: str) -> _Counts:
    spaced = [(line[low - 1], line[high]) for low, high in _gaps(line)]
    runs = _RUN.findall(line)
    han = sum(map(len, runs))
    joints = han - len(runs)
    before_marks = len(_MARK_APART.findall(line)) if spaced or joints < _FEW else 0
    apart = len(spaced) > 0 and _is_apart(line, spaced, runs, joints, before_marks)
    return _Counts(han, len(spaced), joints, before_marks, apart)


def _is_apart(
    line: str, spaced: list[tuple[str, str]], runs: list[str], joints: int, before_marks: int
) -> bool:
    gaps, kinds = len(spaced), len(set(runs))
    marks = len(_MARK.findall(line))
    ends = _ENDS.search(line) is not None
    if ends and before_marks == marks >= 2:  # a tokenizer's marks, whatever the words are
        return True
    functions = len(_FUNCTION.findall(line))
    if ends and functions > 1 and gaps > functions and 4 * gaps >= joints:
        return True  # long words among them: 全国人民代表大会 的 常务委员会
    # Of ten borders between Han three are spaces at least: words of two or three characters; of
    # five one where among many such words stands a name as long as 中国人民政治协商会议.
    if gaps < 2 or 7 * gaps < 3 * joints:
        if not ends or gaps < _MANY or 4 * gaps < joints:
            return False
        short = sum([len(run) <= 3 for run in runs])
        return 4 * short >= 3 * len(runs) and _are_words(runs, _MANY // 2)
    if kinds < _FEW and 2 * kinds <= len(runs):  # 是 否 是 否
        return False
    marks_apart = 0 < marks < 2 * before_marks
    if functions and (marks_apart or (gaps >= 3 and (functions > 1 or ends))):
        return True
    if gaps < 3:
        return False
    table = fold_table()
    alone = sum([len(run) == 1 for run in runs])
    joined = sum([is_word((one + other).translate(table)) for one, other in spaced])
    few = gaps < 4 and not marks_apart  # 字号：大 中 小
    if 10 * alone >= 3 * len(runs) and (2 if few else 5) * joined >= gaps:
        return True
    if marks_apart:
        pairs = [run for run in runs if len(run) == 2]
        words = sum([is_word(pair.translate(table)) for pair in pairs])
        return ends and 2 * words >= len(pairs) > 0
    return ends and gaps >= 4 and _are_words(runs, 3)


def _are_words(runs: Sequence[str], least: int) -> bool:
    """Whether of runs of two characters three in four are words, and so many at least."""
    pairs = [run for run in runs if len(run) == 2]
    words = sum([is_word(pair.translate(fold_table())) for pair in pairs])
    return words >= least and 4 * words >= 3 * len(pairs)


def _follows(near: Sequence[tuple[int, int, _Counts]], own: _Counts) -> bool:
    """Whether most of the text around a line is set apart."""
    apart = sum([counts.han for _, _, counts in near if counts.apart])
    return 2 * apart > sum([counts.han for _, _, counts in near]) - own.han


#: Whether two characters stand beside each other in clean prose more often than by chance.
Meets = Callable[[str, str], bool]

#: Pairs that are needed to say what a text is like; and what is looked at of a long one.
_LEAST_PAIRS = 6
_WINDOWS, _WINDOW = 12, 60
#: In prose of today so many holes prove something, if there are so many marks for each.
_LEAST_HOLES, _MARKS_BETWEEN = 4, 8
#: So much of a text is looked through for a pair.
_SAMPLE = 20_000
#: So many spaces tell what all of a text's are.
_MOST_JOINTS = 200
#: Between two pauses something was lost, and between a bracket and one; behind a colon is room to
#: fill in.
BEFORE_HOLE, BEHIND_HOLE = "，、；（(《“", "，、；。"
_BETWEEN_PAUSES = _each_run(f"[{BEFORE_HOLE}]", f"(?=[{BEHIND_HOLE}])")
#: From so many on, and from one in so many marks on, spaces beside marks are the setter's.
_LEAST_SET, _MARKS_OF_SET = 5, 7
_BEFORE_MARK = {space: pattern(f"{space}(?=[{PAUSE_CLASS}])") for space in SPACE_CLASS}
_BEHIND_MARK = _each_run(f"[{PAUSE_CLASS}]", f"(?={_HAN})")
#: Spaces between Han, and those where a clause of speech, or an article of a law, ends or begins.
_ONE_SPACE = f" (?<={_HAN} )(?={_HAN})"
_CLAUSE_BORDER = pattern(
    f"{_ONE_SPACE}(?:(?<=[吧吗嗎呢啊呀啦哈哇哎喂嗨嘛呗好的了条條] )"
    "|(?=[我你他她它这這那您对對就但所然因而还還是也不]))"
)
_ONE_SPACE_BETWEEN = pattern(_ONE_SPACE)
#: Beside every fourth space such a border stands where spaces are the pauses (.3 to .9 of them in
#: transcripts and reviews); by chance at every tenth, in seeds and beside holes at every twentieth.
_ONE_IN = 4


@remembered(_MOST_KEPT)
def is_strange(text: str, meets: Meets) -> bool:
    """Whether a text is not what the table of pairs was counted on, as classical Chinese and lists
    of ingredients: then what was learnt from prose says little about it.

    In prose of today six pairs of ten and more are in the table, in classical texts and lists two.
    """
    step = len(text) // _WINDOWS
    if step > _WINDOW:
        text = "\n".join([text[at : at + _WINDOW] for at in range(0, len(text), step)])
    runs = _RUN.findall(text.translate(fold_table()))
    pairs = sum(map(len, runs)) - len(runs)
    known = sum([sum(map(meets, run, run[1:])) for run in runs])
    return pairs >= _LEAST_PAIRS and 20 * known < 9 * pairs


#: From so many of a hundred on that join what meets, spaces are the ends of printed lines.
_WRAPS = 50


class Joints(NamedTuple):
    """What spaces between Han join, all over a text.

    The characters either side of the end of a printed line meet elsewhere in the text, or in clean
    prose, five to nine times in ten; those beside a lost character or mark one to three times.
    """

    #: Spaces that were looked at.
    seen: int
    #: Of a hundred those whose neighbours meet, or so many at least from `_WRAPS` on; few spaces
    #: prove little.
    share: int

    @property
    def wraps(self) -> bool:
        """Whether they are ends of printed lines."""
        return self.seen > 0 and self.share >= _WRAPS


class Spaces:
    """What is asked about the spaces of a text, each computed once and on demand."""

    def __init__(self, text: str, meets: Meets) -> None:
        self.text, self._meets = text, meets
        self._sample = text[:_SAMPLE]

    @computed
    def _lines(self) -> list[tuple[int, str]]:
        """The lines that have spaces between Han, and where each starts."""
        return lines_with(_BETWEEN_HAN, self.text, "\r\n")

    @computed
    def set_apart(self) -> list[tuple[int, int]]:
        """The lines whose words, or characters, are set apart by spaces."""
        if not any(_count(line).apart for _, line in self._lines):
            return []
        lines = [(*match.span(), _count(match.group())) for match in _LINE.finditer(self.text)]
        return [
            (start, end)
            for number, (start, end, counts) in enumerate(lines)
            if counts.apart
            or (
                5 * (counts.gaps + counts.before_marks) >= max(counts.joints, 1)
                and _follows(lines[max(0, number - _REACH) : number + _REACH + 1], counts)
            )
        ]

    @computed
    def strange(self) -> bool:
        """Whether the text is not like the prose that the table of pairs was counted on."""
        return is_strange(self.text, self._meets)

    def meet(self, before: str, behind: str) -> bool:
        """Whether two characters meet elsewhere: in clean prose or in the text."""
        pair = before + behind
        return self._meets(*pair.translate(fold_table())) or pair in self._sample

    @computed
    def joints(self) -> Joints:
        """What the spaces of sentences join that divide no items, and those between two pauses."""
        pairs: list[str] = []
        for _, line in self._lines:
            if len(pairs) >= _MOST_JOINTS:
                break
            pairs += _joined(line)
        return self.joints_of(pairs, len(self.between_pauses))

    def joints_of(self, pairs: Sequence[str], others: int = 0) -> Joints:
        """What spaces join: the pairs of characters beside them, and others that join nothing."""
        seen, counts = len(pairs) + others, Counter(pairs)
        fold = fold_table()
        apart = [pair for pair in counts if not self._meets(*pair.translate(fold))]
        met = len(pairs) - sum([counts[pair] for pair in apart])
        share = 100 * (met + 1) // (seen + 2)
        if share < _WRAPS:  # only then it matters which meet in the text
            met += sum([counts[pair] for pair in apart if pair in self._sample])
            share = 100 * (met + 1) // (seen + 2)
        return Joints(seen, share)

    def are_holes(self, joints: Joints) -> bool:
        """Whether spaces stand for characters that were lost: in the prose of today, which is
        broken into lines or loses marks much rather, only some of them that are far between.
        """
        seen, share = joints
        if not seen or share >= 40:
            return False
        if seen >= _MOST_JOINTS:  # not all were looked at: those between Han are counted
            seen = self._gaps
        return self.strange or (
            joints.seen >= _LEAST_HOLES and _MARKS_BETWEEN * seen <= self._marks
        )

    @computed
    def has_holes(self) -> bool:
        """Whether its spaces stand for characters that were lost, as far as it is known what they
        join (`are_holes`).
        """
        # A text with fewer spaces need not be read.
        enough = self.strange or self._count >= _LEAST_HOLES
        return enough and self.are_holes(self.joints)

    @computed
    def _count(self) -> int:
        return sum(map(self.text.count, _spaces_in(self.text)))

    @computed
    def _gaps(self) -> int:
        return sum([_count(line).gaps for _, line in self._lines])

    @computed
    def between_pauses(self) -> list[tuple[int, int]]:
        """The spaces that stand between two pauses."""
        patterns = that_may_match(_BETWEEN_PAUSES, self.text)
        matches = chain(*[each.finditer(self.text) for each in patterns])
        return sorted([match.span() for match in matches])

    @computed
    def _marks(self) -> int:
        return sum(map(self.text.count, PAUSE_CLASS))

    @computed
    def set_before_marks(self) -> bool:
        """Whether its writer sets a space before marks."""
        return self._is_habit(_BEFORE_MARK)

    @computed
    def set_behind_marks(self) -> bool:
        """Whether its writer sets a space behind marks."""
        return self._is_habit(_BEHIND_MARK)

    def _is_habit(self, spaced: ByFirst) -> bool:
        if self._count < _LEAST_SET:
            return False
        patterns = that_may_match(spaced, self.text)
        count = sum([len(each.findall(self.text)) for each in patterns])
        return count >= _LEAST_SET and _MARKS_OF_SET * count >= self._marks

    @computed
    def divide_clauses(self) -> bool:
        """Whether the spaces between Chinese characters are the pauses of who speaks or types."""
        borders = len(_CLAUSE_BORDER.findall(self.text))
        return borders > 0 and _ONE_IN * borders >= len(_ONE_SPACE_BETWEEN.findall(self.text))


@remembered(_MOST_KEPT)
def _joined(line: str) -> list[str]:
    """What the spaces of a sentence join that divide no items."""
    if not _MARK.search(line):
        return []
    return [
        line[low - 1] + line[high] for low, high in _gaps(line) if not is_listed(line, low, high)
    ]


_NOTE = r"(?:[（(][^（）()\r\n]{0,40}[）)])?"
_ITEM = pattern(f"{_HAN}{{1,8}}+(?!{_HAN}){_NOTE}")
_ITEM_BEFORE = pattern(f"(?<!{_HAN}){_HAN}{{1,8}}{_NOTE}\\Z")
_LONGEST_ITEM = 52


def is_listed(line: str, low: int, high: int) -> bool:
    """Whether the space ``line[low:high]`` divides two of several short items of a list, as in
    ``茯苓 人参 白术各三两``, or two with notes: ``丁香（二分） 官桂（一分）``.
    """
    before = _ITEM_BEFORE.search(line, max(0, low - _LONGEST_ITEM), low)
    behind = _ITEM.match(line, high)
    if before is None or behind is None or line[high] in _FUNCTION_WORDS:
        return False
    if before.group()[-1] in "）)" and behind.group()[-1] in "）)":
        return True
    start, end = before.start(), behind.end()
    return (line[start - 1 : start] in _SPACES and _ends_item(line, start - 1)) or (
        line[end : end + 1] in _SPACES and _ITEM.match(line, end + 1) is not None
    )


_SPACES = frozenset(SPACE_CLASS)


def _ends_item(line: str, at: int) -> bool:
    return _ITEM_BEFORE.search(line, max(0, at - _LONGEST_ITEM), at) is not None
