"""Wraps on pages of lists, clauses and definitions: a line that fills the page is evidence enough.

`paragraphs` wants a column of full lines. A page of short items has few: here the right edge of
the whole page is the measure. A line that reaches it, so that the next word did not fit, and whose
last word goes on in the next line, was broken there. The edge must be reached by several lines, and
what stands at such breaks must read on more often than not: lists of headings have lines of about
one length too, but end where a phrase ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from textclean.layout.bigrams import continues
from textclean.layout.lines import (
    NEVER_FIRST,
    NEVER_LAST,
    PrintedLine,
    lines_of,
    measured,
)
from textclean.layout.paragraphs import Break, mended
from textclean.text.classes import HAN_CLASS, is_han
from textclean.text.memo import remembered
from textclean.text.patterns import pattern
from textclean.text.words import is_word

#: Columns of the edge, at least: narrower lines are items, verse, cells.
_NARROWEST = 26.0
#: Lines that reach the edge, at least, ends of paragraphs among them.
_FEWEST = 2
#: Columns by which a line that reaches it may fall short, the next word left out; and for each
#: column of Latin letters and digits, which are set in widths of their own.
_SLACK, _LATIN_SLACK = 2.0, 0.12
#: Lines beyond the edge, at most, for each that reaches it.
_OVER = 0.15
#: In eighths of a bit: what the characters at a break must say where their page has other such
#: breaks, and where it is the only one.
_GOES_ON, _ALONE = 10, 40
#: The least share of full lines in mid-sentence that read on, and how many of them there must be
#: before a line that ends in a comma, or in Latin, is taken for one.
_SHARE, _OTHERS = 0.6, 2
_PAUSES = frozenset("，、")
_ENDS = frozenset("。！？；：…!?;:.")
_LABEL = pattern(r"[^\s，。；：、（）“”]{1,8}[：:∶]")
_CLAUSE_MARK = pattern("[，。；：]")
#: Items set apart by spaces, as in prescriptions and lists of names.
_ITEMS = pattern(rf"[{HAN_CLASS}）][ \u3000]+[{HAN_CLASS}]")
_LATIN = pattern("[0-9A-Za-z]")
_WORD = pattern("[0-9A-Za-z]")
#: Breaks by what is beside them, and how sure each is.
_INSIDE, _BESIDE, _AT_PAUSE, _PIECED = 0.93, 0.85, 0.88, 0.9
#: What two characters say that are a word, whether or not they were counted together.
_IS_WORD = 20
#: Pieces of a line that was torn at its marks, at most, and the marks at which it is.
_MOST_PIECES = 6
_AT = frozenset("，、；）》”〉」』】")


class _Full(NamedTuple):
    """A full line that ends in mid-sentence, and the next one."""

    line: PrintedLine
    following: PrintedLine
    score: int


def breaks(text: str, spans: Sequence[tuple[int, int]]) -> Sequence[Break]:
    """The breaks at the right edge of a page over which a paragraph goes on.

    Args:
        text: the text of the page.
        spans: its runs of lines (`lines.runs`).
    """
    rows = [lines_of(text, start, end) for start, end in spans]
    return _breaks(text, tuple(spans)) if _may_go_on(rows) else ()


def _may_go_on(page: Sequence[Sequence[tuple[int, str, int]]]) -> bool:
    """Whether a line that is not short may end inside a word, or in front of a mark."""
    longest = max((len(row) for rows in page for _, row, _ in rows), default=0)
    for rows in page:
        for (_, row, _), (_, following, _) in pairwise(rows):
            if 2 * len(row) < longest:
                continue
            before, behind = row.rstrip()[-1], following.lstrip()[0]
            if (is_han(before) and is_han(behind)) or behind in NEVER_FIRST:
                return True
    return False


@remembered(64, longest=40_000)
def _breaks(text: str, spans: tuple[tuple[int, int], ...]) -> Sequence[Break]:
    page = [[measured(*line) for line in lines_of(text, *span)] for span in spans]
    lines = [line for run in page for line in run]
    if not any(text[line.end - 1] in _ENDS for line in lines):
        return ()  # headings
    edge = _edge(text, lines)
    if edge is None:
        return ()
    most = _blank_lines(page)
    found: list[Break] = []
    full: list[_Full] = []
    for run in page:
        whole, torn = _pieced(text, run, edge, most)
        found += torn
        whole, torn = mended(text, whole, [edge])
        # A bracket may open a line.
        found += (
            each
            for each in torn
            if text[each.end] in NEVER_FIRST or text[each.start - 1] in NEVER_LAST
        )
        full += _full_lines(text, whole, edge, most)
    scores = [each.score for each in full if _is_inside(text, each)]
    inside = sum(score > 0 for score in scores)
    if inside < _SHARE * len(scores) or not full:
        return ()
    alone = len(scores) < _OTHERS
    for each in full:
        sure = _chance(text, each, alone)
        if sure:
            line, following, _ = each
            found.append(Break(line.end, following.start, sure, line.edge))
    return sorted(found)


def _edge(text: str, lines: Sequence[PrintedLine]) -> float | None:
    """The right edge of a page, in columns: what most lines may reach and next to none passes."""
    reach = [
        (line.least_edge - _slack(text, line), line.edge + _slack(text, line)) for line in lines
    ]
    best, edge = _FEWEST - 1, 0.0
    for candidate in sorted({line.edge for line in lines if line.edge >= _NARROWEST}, reverse=True):
        near = sum(low <= candidate <= high for low, high in reach)
        over = sum(low > candidate for low, _ in reach)
        if near > best and over <= _OVER * near:
            best, edge = near, candidate
    return edge or None


def _slack(text: str, line: PrintedLine) -> float:
    return _SLACK + _LATIN_SLACK * len(_LATIN.findall(text, line.start, line.end))


def _blank_lines(page: Sequence[Sequence[PrintedLine]]) -> int:
    """How many blank lines stand between the lines of a paragraph."""
    gaps = [line.blanks for run in page for line in run[1:]]
    return int(2 * sum(blanks == 1 for blanks in gaps) > len(gaps))


def _pieced(
    text: str, lines: Sequence[PrintedLine], edge: float, most: int
) -> tuple[list[PrintedLine], list[Break]]:
    """Lines torn at marks, where some extractors part a justified line, made whole.

    Pieces are put together if each but the last ends in a mark, they fill a line from edge to edge,
    and what follows them goes on inside a word.
    """
    whole: list[PrintedLine] = []
    torn: list[Break] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        count = 1
        for stop in range(at + 1, min(at + _MOST_PIECES, len(lines) - 1)):
            last, piece, following = lines[stop - 1], lines[stop], lines[stop + 1]
            if (
                text[last.end - 1] not in _AT
                or piece.blanks
                or piece.begins
                or _ITEMS.search(text, last.start, piece.end)
            ):
                break
            line = line._replace(
                end=piece.end,
                edge=line.edge + piece.edge - piece.indent,
                least_edge=line.least_edge + piece.least_edge - piece.indent - 1,
            )
            if line.least_edge > edge + _slack(text, line):
                break
            pair = list(_full_lines(text, [line, following], edge, most))
            if pair and _is_inside(text, pair[0]) and pair[0].score >= _GOES_ON:
                count = stop - at + 1
                break
        if count > 1:
            pieces = lines[at : at + count]
            torn += (Break(one.end, two.start, _PIECED, line.edge) for one, two in pairwise(pieces))
        whole.append(line if count > 1 else lines[at])
        at += count
    return whole, torn


def _full_lines(text: str, lines: Sequence[PrintedLine], edge: float, most: int) -> Iterator[_Full]:
    for line, following in pairwise(lines):
        before, behind = text[line.end - 1], text[following.start]
        if (
            before in _ENDS
            or following.begins
            or following.blanks > most
            or following.indent > line.indent + 2
            or _LABEL.match(text, following.start, following.end)
            or not _CLAUSE_MARK.search(text, line.start, following.end)
        ):
            continue
        slack = _slack(text, line)
        if line.least_edge <= edge + slack and edge - line.edge <= min(following.unit, 8) + slack:
            score = continues(before, behind)
            if is_han(before) and is_han(behind) and is_word(before + behind):
                score = max(score, _IS_WORD)
            yield _Full(line, following, score)


def _is_inside(text: str, full: _Full) -> bool:
    return is_han(text[full.line.end - 1]) and is_han(text[full.following.start])


def _chance(text: str, full: _Full, alone: bool) -> float:
    """How sure it is that a full line goes on; 0 if it is not joined."""
    before, behind = text[full.line.end - 1], text[full.following.start]
    if behind in NEVER_FIRST or before in NEVER_LAST:
        return _INSIDE
    if before.isdigit() and is_han(behind) and full.score >= _ALONE:
        return _INSIDE
    if is_han(before) and is_han(behind):
        if alone:
            return _INSIDE if full.score >= _ALONE and is_word(before + behind) else 0.0
        return _INSIDE if full.score >= _GOES_ON else 0.0
    if alone:
        return 0.0
    if before in _PAUSES:
        return _AT_PAUSE
    if _WORD.match(before) or _WORD.match(behind):
        return _BESIDE if full.score >= 0 else 0.0
    return 0.0
