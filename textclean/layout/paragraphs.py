"""Which lines of a hard-wrapped text belong to one paragraph.

`page_model` gives the probability that a paragraph goes on over each break of a run of lines. It
explains text that was never wrapped as well, so two questions come before any edit: is the run far
likelier wrapped than a paragraph a line, and do its breaks fall inside words, as a page's do?
Verse, lists and headings have lines of one length, too, but end where a phrase ends. Clean corpora
(a paragraph a line) get next to no joins.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from textclean.layout.bigrams import continues
from textclean.layout.lines import (
    LEAST_WIDTH,
    MOST_WIDTH,
    NEVER_FIRST,
    NEVER_LAST,
    PrintedLine,
    lines_of,
    measured,
)
from textclean.layout.page_model import PRIOR, Page, estimate, sums
from textclean.text.classes import CLOSING_CLASS, HAN_CLASS, is_han
from textclean.text.memo import remembered
from textclean.text.patterns import pattern
from textclean.text.words import is_word

_MOST_CANDIDATES = 6
#: Lines that are explained together; a longer run is cut.
_CHUNK = 300
_ROUNDS = 3
#: The least lead of the wrapped reading of a run over a paragraph a line, in nats …
_LEAST_LEAD = 15.0
#: … and for each break over which it goes on.
_LEAD_EACH = 4.5
#: The most that the characters at a break may add, in nats, and the weight of their score.
_MOST_NATS = 9.0
_TRUST = 0.75
#: Subtracted where the next line begins like a heading, a caption or an item, in nats.
_BEGINS = 4.0
#: The least mean score of the characters at the breaks, in eighths of a bit.
_MEAN_SCORE = 12
#: The least number of breaks between characters …
LEAST_BREAKS = 3
#: … and the least share of all breaks inside words with which a run is measured.
_LEAST_INSIDE = 0.15
_NAT = math.log(2) / 8
#: The least probability of a break between two ideographs, and of any other.
_LIKELY, _SURE = 0.6, 0.8
#: Breaks, and their share of all, from which a page is wrapped throughout.
_COLUMN, _COLUMN_SHARE = 8, 0.6
#: On other pages: breaks on either side among which others of the same width are looked for, the
#: columns by which they may differ, how many there must be, and which share of the breaks of so
#: many lines around.
_NEAR, _SAME, _FEWEST_ALIKE = 8, 2.0, 2
_NEAR_LINES, _DENSE = 5, 0.4
#: Narrower lines are items as well as lines of a column.
_NARROW = 26.0
#: Lines of a sixth of the width that end nowhere: what so many nearby went on with is lost.
_STUMP, _FEWEST_STUMPS = 6, 2
_ENDS = frozenset("。！？；：”’）…!?;:)")
_STOPS = frozenset("。！？…")
# A full stop that is set as a point, as in mathematics and between two languages.
_POINT = pattern(rf"[{HAN_CLASS}a-z)）”]\.\Z")
_SMALL = pattern("[a-z0-9]")
_HAN = pattern(f"[{HAN_CLASS}]")
#: Words that make a line English prose, and those that do where it has signs of code.
_ENGLISH_WORD = pattern(r"(?<![\w\\/.-])[A-Za-z]?[a-z]+(?![\w\\/=(-])")
_CODE_SIGN = pattern(r"[\\{}=_$#|;<>]|--|\.[a-z]|/")
_WORDS, _WORDS_WITH_SIGNS = 2, 6
_TITLE = pattern("《[^》]*》")
_CLAUSE_MARK = pattern("[，。；：、？！,;（(]")
_ARTICLE = pattern(r"第[〇零一二三四五六七八九十百0-9]{1,5}[条款项]")
#: What begins a field, 姓名：, and how many of them make a list.
_LABEL = pattern(r"[^\s，。；：、（）“”]{1,8}[：:∶]")
_FIELDS = 3
#: Runs of lines whose breaks are remembered, since each round of cleaning asks again.
_REMEMBERED = 2_000
#: Characters before a run that are read.
_BEFORE = 2


class Break(NamedTuple):
    """A break inside a paragraph, from one line's end to the next one's start."""

    start: int
    end: int
    #: The probability that the paragraph goes on over it.
    probability: float
    #: Columns of the line before it.
    width: float


def widths(lines: Sequence[PrintedLine]) -> list[float]:
    """The likely widths of the lines' columns, most frequent first."""
    edges = sorted(line.edge for line in lines if LEAST_WIDTH <= line.edge <= MOST_WIDTH)
    chosen: list[float] = []
    while edges and len(chosen) < _MOST_CANDIDATES:
        count, column = 0, 0.0
        for edge in edges:
            # Lines fall short of their column, they do not pass it.
            near = bisect_right(edges, edge + 0.6) - bisect_left(edges, edge - 2.6)
            at = bisect_right(edges, edge + 0.6) - bisect_left(edges, edge - 0.6)
            if near + 2 * at >= count:
                count, column = near + 2 * at, edge
        number = bisect_right(edges, column + 0.6) - bisect_left(edges, column - 2.6)
        if number < 2 or (chosen and number < 0.025 * len(lines)):
            break
        beyond = bisect_right(edges, column + 2.2) - bisect_right(edges, column + 0.6)
        if 4 * beyond >= number:
            column += 1.0
        chosen.append(column)
        edges = [edge for edge in edges if not column - 2.6 <= edge <= column + 1.2]
    return chosen


def may_be_wrapped(lines: Sequence[str]) -> bool:
    """Whether as many breaks of a run fall inside words as on a wrapped page."""
    if len(lines) <= LEAST_BREAKS:
        return False
    inside = 0
    for line, following in pairwise(lines):
        before, behind = line.rstrip()[-1:], following.lstrip()[:1]
        inside += is_han(before) and is_han(behind) and continues(before, behind) > 0
    return inside >= max(LEAST_BREAKS, _LEAST_INSIDE * len(lines))


def breaks(text: str, start: int, end: int) -> list[Break]:
    """The breaks of a run of lines over which a paragraph probably goes on.

    Args:
        start: where the run begins in the text.
        end: where it ends.
    """
    begin = max(0, start - _BEFORE)
    return [
        Break(begin + low, begin + high, probability, width)
        for low, high, probability, width in _breaks_of_run(text[begin:end], start - begin)
    ]


@remembered(_REMEMBERED, longest=20_000)
def _breaks_of_run(text: str, start: int) -> Sequence[Break]:
    """The breaks of the run ``text[start:]``."""
    raw = lines_of(text, start, len(text))
    if not may_be_wrapped([line for _, line, _ in raw]):
        return []
    lines = [measured(*line) for line in raw]
    found: list[Break] = []
    for at in range(0, len(lines), _CHUNK):
        chunk = lines[at : at + _CHUNK + 1]
        if len(chunk) > LEAST_BREAKS:
            found += _breaks(text, chunk)
    return found


def _breaks(text: str, lines: Sequence[PrintedLine]) -> Sequence[Break]:
    """The breaks of lines that are explained together."""
    columns = widths(lines)
    if not columns:
        return []
    whole, torn = mended(text, lines, columns)
    if len(whole) < 2:
        return []
    pairs = list(pairwise(whole))
    odds = [_odds(text, *pair) for pair in pairs]
    page = Page(whole, columns, odds)
    habits = PRIOR
    for left in reversed(range(_ROUNDS)):
        # If the lead is negative, no better estimate of the habits makes it positive.
        result = sums(page, habits, 0.0 if left else _LEAST_LEAD)
        if result is None:
            return []
        joined, firsts, lead = result
        if left:
            habits = estimate(page, joined, firsts)
    count = sum(probability > 0.5 for probability in joined)
    if lead < _LEAD_EACH * count or not _breaks_words(text, whole, joined):
        return []
    wrapped = [
        Break(whole[at].end, whole[at + 1].start, round(joined[at], 4), whole[at].edge)
        for at in _shared(text, page, joined)
    ]
    # What is torn at a mark belongs to a page that is wrapped.
    return sorted(torn + wrapped) if wrapped else []


def _shared(text: str, page: Page, joined: Sequence[float]) -> list[int]:
    """The breaks at which a paragraph goes on, as the lines around show: they break at one width.

    A model with several columns explains any line by one of them; so the width is looked for once
    more, among the lines nearby, unless the page is wrapped throughout.
    """
    lines = page.lines
    on = [at for at, probability in enumerate(joined) if probability > 0.5]
    is_column = len(on) >= _COLUMN and len(on) >= _COLUMN_SHARE * len(joined)
    stumps = [at for at, line in enumerate(lines) if _ends_nowhere(text, line)]
    titles = [
        at
        for at, probability in enumerate(joined)
        if page.short[at]
        and probability <= 0.5
        and not _CLAUSE_MARK.search(text, lines[at].start, lines[at].end)
    ]
    labels = {at for at, line in enumerate(lines) if _LABEL.match(text, line.start, line.end)}
    widest = max(line.edge for line in lines)
    shared = []
    for place, at in enumerate(on):
        line, following = lines[at], lines[at + 1]
        inside = is_han(text[line.end - 1]) and is_han(text[following.start])
        if joined[at] < (_LIKELY if inside else _SURE) or (
            len(labels) >= _FIELDS and at + 1 in labels
        ):
            continue
        low, high = max(0, at - _NEAR_LINES), min(len(joined), at + _NEAR_LINES + 1)
        torn_off = stumps[bisect_left(stumps, low) : bisect_left(stumps, high)]
        if sum(_STUMP * lines[each].edge <= widest for each in torn_off) >= _FEWEST_STUMPS:
            continue
        begins = not at or joined[at - 1] <= 0.5
        if page.short[at] and begins and _is_heading(text, line, following):
            continue
        latin = max(text[line.end - 1], text[following.start]) < "\x7f"
        if latin and any(_is_code(text, each) for each in (line, following)):
            continue
        if not is_column:
            near = on[max(0, place - _NEAR) : place] + on[place + 1 : place + 1 + _NEAR]
            alike = {
                text[lines[other].start : lines[other].end]
                for other in near
                if abs(other - at) <= 2 * _NEAR and _fill_one(lines, at, other)
            }
            prose = high - low - (bisect_left(titles, high) - bisect_left(titles, low))
            dense = bisect_left(on, high) - bisect_left(on, low) >= _DENSE * prose
            if not dense or len(alike) < _FEWEST_ALIKE or line.edge < _NARROW:
                continue
        shared.append(at)
    return shared


def _fill_one(lines: Sequence[PrintedLine], one: int, other: int) -> bool:
    """Whether two lines may be full in one column: what did not fit begins the next lines."""
    low, high = sorted((one, other), key=lambda at: lines[at].edge)
    return lines[high].least_edge <= lines[low].edge + lines[low + 1].unit + _SAME


def _is_heading(text: str, line: PrintedLine, following: PrintedLine) -> bool:
    """Whether a line that begins anew, and is not full, is whole: no piece of a torn one."""
    return (
        text[line.end - 1] != "-"
        and not _CLAUSE_MARK.search(text, line.start, line.end)
        and not _ARTICLE.fullmatch(text, line.start, line.end)
        and not is_word(text[line.end - 1] + text[following.start])
    )


def _is_code(text: str, line: PrintedLine) -> bool:
    """Whether a line without Chinese is no English prose: a command, a formula, a name."""
    body = text[line.start : line.end]
    if _HAN.search(body):
        return False
    words = len(_ENGLISH_WORD.findall(body))
    return words < (_WORDS_WITH_SIGNS if _CODE_SIGN.search(body) else _WORDS)


def _ends_nowhere(text: str, line: PrintedLine) -> bool:
    """Whether a line may be what is left of one whose end was lost."""
    return line.edge < LEAST_WIDTH and text[line.end - 1] not in _ENDS and not line.begins


def mended(
    text: str, lines: Sequence[PrintedLine], columns: Sequence[float]
) -> tuple[list[PrintedLine], list[Break]]:
    """Lines torn at a mark made whole: `“三道难关”` / `。有二` is one printed line.

    Extraction tears a line where marks are set close. Together the pieces fill a column, or the
    second begins with a mark that cannot begin a line.
    """
    whole: list[PrintedLine] = []
    torn: list[Break] = []
    for line in lines:
        if whole and not line.blanks:
            last = whole[-1]
            edge = last.edge + line.edge - line.indent
            least = last.least_edge + line.least_edge - line.indent - 1
            before, behind = text[last.end - 1], text[line.start]
            parts = behind in NEVER_FIRST or before in NEVER_LAST
            fits = any(least <= column + 1.2 for column in columns)
            if not (parts and fits):
                # What is quoted to its end, and ends a line, mostly ends what someone said.
                said = text[last.end - 2] in _STOPS
                at_mark = behind in NEVER_LAST or (before in CLOSING_CLASS and not said)
                at_mark &= not any(
                    _TITLE.fullmatch(text, each.start, each.end) for each in (last, line)
                )
                short = line.edge < min(columns) - 3.5 and not line.begins
                fits = any(
                    column - 3.2 <= edge and least <= column + 1.2 and last.edge < column - 3.5
                    for column in columns
                )
                parts = at_mark and short
            if parts and fits:
                torn.append(Break(last.end, line.start, 0.97, edge))
                whole[-1] = last._replace(end=line.end, edge=edge, least_edge=least)
                continue
        whole.append(line)
    return whole, torn


def _breaks_words(text: str, lines: Sequence[PrintedLine], joined: Sequence[float]) -> bool:
    """Whether breaks fall where a page makes them: anywhere, most of them inside words.

    On wrapped pages nine breaks in ten are inside a phrase (two in three where columns are read
    across each other), in lists of headings hardly one in five.
    """
    pairs = [
        (text[lines[at].end - 1 : lines[at].end], text[lines[at + 1].start])
        for at, probability in enumerate(joined)
        if probability > 0.5
    ]
    scores = [continues(*pair) for pair in pairs if all(map(is_han, pair))]
    inside = sum(score > 0 for score in scores)
    return (
        len(scores) >= LEAST_BREAKS
        and inside > 0.6 * len(scores)
        and inside > 0.45 * len(pairs)
        and sum(scores) >= _MEAN_SCORE * len(scores)
    )


def _odds(text: str, line: PrintedLine, following: PrintedLine) -> float:
    """The odds that a break is inside a paragraph, by the characters beside it."""
    before, behind = text[line.end - 2 : line.end], text[following.start]
    if behind in NEVER_FIRST or before[-1:] in NEVER_LAST:
        return math.exp(_MOST_NATS)
    if _POINT.match(before) and not _SMALL.match(behind):
        before = "。"
    nats = _TRUST * continues(before, behind) * _NAT
    if following.begins:
        nats -= _BEGINS
    return math.exp(max(-_MOST_NATS, min(_MOST_NATS, nats)))
