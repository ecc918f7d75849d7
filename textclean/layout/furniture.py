"""What stands on a page beside its paragraphs: numbers, heads, notes, captions, tables, contents.

They keep their lines, whatever stands around them, and are known by their form and place: a page's
number by itself, a running head by its number, date or return, a note by the mark that the text has
above it, a caption by its number, a line of contents by its leaders. Headings, rows of tables and
code are in clean text, too; they are named on pages only: where there is a number or head of a
page, or lines are broken as a page breaks them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from textclean.layout.headings import is_heading
from textclean.layout.lines import columns, is_page_number, is_running_head
from textclean.layout.paragraphs import may_be_wrapped
from textclean.layout.running_heads import heads_by_place
from textclean.text.classes import HAN_CLASS, SPACE_CLASS
from textclean.text.kinds.lines import code_lines
from textclean.text.patterns import pattern


class FurnitureKind(StrEnum):
    """What a line is."""

    PAGE_NUMBER = "a page's number"
    MARGIN_NUMBER = "a number in the margin"
    RUNNING_HEAD = "a running head"
    FOOTNOTE = "a footnote"
    CAPTION = "a caption"
    CONTENTS = "a line of a table of contents"
    HEADING = "a heading"
    TABLE = "a row of a table"
    CODE = "a line of code"


class Furniture(NamedTuple):
    """A line that is in no paragraph: ``text[start:end]``."""

    start: int
    end: int
    kind: FurnitureKind


_LINE = pattern(r"[^\r\n\f]*[^\s][^\r\n\f]*")
_LEADERS = pattern(
    r"\S[^。！？]*?(?:[.．·]{4,}|…{2,}|(?:[.·] ){4,})[\s(（]*[0-9０-９IVXivx]{1,4}[)）]?\Z"
)
_CAPTION = pattern(
    r"[图表][ \u3000]*[0-9A-Z]{1,2}(?:[-－.—][0-9]{1,2})?"
    r"(?:[ \u3000:：]+|(?=[^\s所中为是的与和可\d]))"
    r"[^。；]{2,40}\Z"
)
_NOTE = pattern(r"([①-⑳]|\[[0-9]{1,2}\]|〔[0-9]{1,2}〕|[(（][0-9]{1,2}[)）])[ \u3000]*\S")
# (3) is also the number of an item: a note's stands in the text behind a sentence or a quotation.
_BEFORE_MARK = "。，；”』」》"
_ABOUT = pattern(
    r"[*＊]?[ ]?(?:基金项目|收稿日期|作者简介|通信作者|通讯作者)[：:]|注[0-9一二三]{0,2}[：:]"
)
_MARGIN = pattern(r"[0-9]{1,4}[ ]?[(（][IVX]{1,4}[)）]\Z|[(（\[][0-9]{1,4}[)）\]]\Z")
_GAP = pattern(r"(?<=\S)(?:[ \u3000]{2,}|\t+)(?=\S)")
#: Characters of a table's cell, at most.
_LONGEST_CELL = 16
#: Characters of a running head, at most; how often it is on the pages of a text, at least, its
#: numbers left out.
_LONGEST_HEAD, _PAGES = 30, 3
_NUMBER = pattern("[0-9０-９]+")
_HAN = pattern(f"[{HAN_CLASS}]")
#: Characters of the lines beside a page's number without dashes, at least.
_LEAST_PROSE = 8
#: Lines above a note in which its mark is looked for.
_NOTES_WITHIN = 60
_SENTENCE, _PAUSE = pattern("[。！？；，]"), pattern("[。；，]")


def furniture(text: str) -> Iterator[Furniture]:
    """The lines of a text that are in no paragraph, from top to bottom."""
    lines = [match.span() for match in _LINE.finditer(text)]
    bodies = [text[start:end].strip(SPACE_CLASS) for start, end in lines]
    heads = _returning(bodies) if any(map(is_page_number, bodies)) else frozenset()
    placed = {start for start, _ in heads_by_place(text)}
    kinds = [
        FurnitureKind.RUNNING_HEAD if lines[at][0] in placed else _kind(bodies, at, heads)
        for at in range(len(lines))
    ]
    on_page = any(kind in _OF_PAGES for kind in kinds) or may_be_wrapped(
        [text[start:end] for start, end in lines]
    )
    if on_page:
        code = {text.rfind("\n", 0, end) + 1 for _, end in code_lines(text)}
        width = max(map(columns, bodies))
        for at, kind in enumerate(kinds):
            if kind is None:
                kinds[at] = (
                    FurnitureKind.CODE if lines[at][0] in code else _kind_on_page(bodies, at, width)
                )
    for span, body, kind in zip(lines, bodies, kinds, strict=True):
        if kind is not None:
            start = span[0] + text[slice(*span)].index(body[0])
            yield Furniture(start, start + len(body), kind)


_OF_PAGES = frozenset({FurnitureKind.PAGE_NUMBER, FurnitureKind.RUNNING_HEAD})


def _kind_on_page(bodies: list[str], at: int, width: float) -> FurnitureKind | None:
    """What a line is that may also be in clean text."""
    before = bodies[at - 1] if at else ""
    behind = bodies[at + 1] if at + 1 < len(bodies) else ""
    if is_heading(before, bodies[at], behind, width):
        return FurnitureKind.HEADING
    cells = _cells(bodies[at])
    if cells and cells in (_cells(before), _cells(behind)):
        return FurnitureKind.TABLE
    return None


def _cells(body: str) -> int:
    """How many cells a line has, set apart by wide gaps; 0 if it is no row of a table."""
    cells = _GAP.split(body)
    short = len(cells) > 1 and all(len(cell) <= _LONGEST_CELL for cell in cells)
    return len(cells) if short and not _PAUSE.search(body) else 0


def _kind(bodies: list[str], at: int, heads: frozenset[str]) -> FurnitureKind | None:
    body = bodies[at]
    if is_page_number(body):
        beside = [bodies[other] for other in (at - 1, at + 1) if 0 <= other < len(bodies)]
        # Numbers below each other, or below a word, are a table's.
        bare = len(body) <= 4 and body.isdigit()
        alone = not any(map(is_page_number, beside)) and bool(beside)
        return (
            FurnitureKind.PAGE_NUMBER if alone and (_among_prose(bodies, at) or not bare) else None
        )
    if _NUMBER.sub("", body) in heads or (is_running_head(body) and _is_at_edge(bodies, at)):
        return FurnitureKind.RUNNING_HEAD
    if _MARGIN.match(body) and _among_prose(bodies, at):
        return FurnitureKind.MARGIN_NUMBER
    if _LEADERS.match(body):
        return FurnitureKind.CONTENTS
    if _CAPTION.match(body):
        return FurnitureKind.CAPTION
    if _ABOUT.match(body):
        return FurnitureKind.FOOTNOTE
    note = _NOTE.match(body)
    if note and _has_mark(bodies[max(0, at - _NOTES_WITHIN) : at], note.group(1)):
        return FurnitureKind.FOOTNOTE
    return None


def _has_mark(lines: list[str], mark: str) -> bool:
    """Whether a note's mark stands in one of the lines above it."""
    if mark[0] in "(（":
        number = mark[1:-1]
        marks = tuple(f"{before}{left}{number}" for before in _BEFORE_MARK for left in "(（")
        return any(each in line[1:] for line in lines for each in marks)
    return any(mark in line[1:] for line in lines)


def _among_prose(bodies: list[str], at: int) -> bool:
    beside = [bodies[other] for other in (at - 1, at + 1) if 0 <= other < len(bodies)]
    return bool(beside) and all(len(line) >= _LEAST_PROSE for line in beside)


def _is_at_edge(bodies: list[str], at: int) -> bool:
    """Whether a line is a page's first or last: of the text, by a page's number, or amid prose."""
    if at < 2 or at >= len(bodies) - 2 or is_page_number(bodies[at - 1]):
        return True
    beside = bodies[at - 1], bodies[at + 1]
    return all(len(line) >= _LEAST_PROSE and not is_running_head(line) for line in beside)


def _returning(bodies: list[str]) -> frozenset[str]:
    """The short lines without a sentence that stand beside the pages' numbers again and again."""
    beside: Counter[str] = Counter()
    for at, body in enumerate(bodies):
        if is_page_number(body):
            for other in (at - 1, at + 1):
                if 0 <= other < len(bodies) and len(bodies[other]) <= _LONGEST_HEAD:
                    beside[_NUMBER.sub("", bodies[other])] += 1
    return frozenset(
        head
        for head, count in beside.items()
        if count >= _PAGES and len(_HAN.findall(head)) >= 2 and not _SENTENCE.search(head)
    )
