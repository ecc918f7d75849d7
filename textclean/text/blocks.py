"""The blocks of a text: what a blank line, or Markdown's own syntax, sets apart.

Markdown is recognised by content, in ``.txt`` too: what OCR and PDF tools write is often half
Markdown. A fence or front matter is one block, blank lines and all; a heading is one by itself even
when text follows on the next line. Syntax is what a reader sees: a byte order mark or a zero-width
space before a fence does not hide it.

No edit crosses a block's border but those that are about line breaks (C006, S009); a test holds the
rules to that. Whole blocks are removed by deduplication alone, which says so in a `Removal`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from textclean.text.classes import (
    BREAK_CLASS,
    INVISIBLE_CLASS,
    ODD_SPACE_CLASS,
    SEPARATOR_CLASS,
    SPACE_CLASS,
)
from textclean.text.patterns import pattern


class BlockKind(StrEnum):
    """What a block is. Only paragraphs and quotes are prose."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST = "list"
    TABLE = "table"
    QUOTE = "quote"
    FENCE = "fence"
    FRONT_MATTER = "front_matter"
    HTML = "html"
    RULE = "rule"


class Block(NamedTuple):
    """A block of ``text[start:end]``: its lines, without the line break after the last."""

    start: int
    end: int
    kind: BlockKind
    #: 1 to 6 for a heading (Markdown's levels), 0 for everything else.
    level: int = 0


#: The class's own constructor is Python's code, that of tuples is not.
_make_block = partial(tuple.__new__, Block)

# A line that shows nothing. Zero-width characters count as nothing, so that removing them never
# moves a block's border.
BLANK_CLASS = f"{SPACE_CLASS}{ODD_SPACE_CLASS}{INVISIBLE_CLASS}"
_LINE = pattern(rf"[^{BREAK_CLASS}]*+(?:\r\n|[{BREAK_CLASS}]|\Z)")
_BREAK = pattern(rf"\r\n|[{BREAK_CLASS}]")
#: What shows nothing, odd spaces, and line breaks of other kinds than one.
_ODD = pattern(f"[{INVISIBLE_CLASS}{ODD_SPACE_CLASS}\r{SEPARATOR_CLASS}]")
_BLANK = pattern(rf"[{BLANK_CLASS}]*+\Z")
_DISGUISE = pattern(f"[{INVISIBLE_CLASS}{ODD_SPACE_CLASS}]")
_INVISIBLE = pattern(f"[{INVISIBLE_CLASS}]+")
_ODD_SPACE = pattern(f"[{ODD_SPACE_CLASS}]")
_HEADING = pattern(rf" {{0,3}}(#{{1,6}})(?=[{SPACE_CLASS}]|\Z)")
_FENCE = pattern(r"[ \t>]*+(`{3,}+|~{3,}+)[^`]*+\Z")
_FENCE_MARKS = (pattern("```"), pattern("~~~"))
#: Lines that begin, but for an indent, with a letter of East Asia or a mark as wide.
_PROSE_LINES = pattern(rf"(?:[{SPACE_CLASS}]*+[\u3001-\u9fff][^\n]*+(?:\n|\Z))++")
_LIST_ITEM = pattern(r"[ \t]*(?:[-*+•·●○■□◆▪‣]|\d{1,9}[.)])(?:[ \t]+|\Z)")
_QUOTE = pattern(r" {0,3}>")
_TABLE_ROW = pattern(r"[ \t]*\|.*\|[ \t]*\Z")
_TABLE_RULER = pattern(
    r"[ \t]*+(?:\|[ \t]*+)?:?-{2,}+:?[ \t]*+(?:\|[ \t]*+:?-{2,}+:?[ \t]*+)++(?:\|[ \t]*+)?\Z"
)
#: What headings, rules, lists, quotes and HTML begin with, but for numbers.
_SYNTAX = "#-*_=+•·●○■□◆▪‣><"
_THEMATIC = pattern(
    r" {0,3}(?:(?:-[ \t]*+){3,}+|(?:\*[ \t]*+){3,}+|(?:_[ \t]*+){3,}+|(?:=[ \t]*+){3,}+)\Z"
)
_HTML = pattern(r" {0,3}</?[A-Za-z!][^<>]*>")
_MATTER_OPENING = pattern(
    rf"[{INVISIBLE_CLASS}]*+(?:(---)[ \t]*+\r?\n(?=[A-Za-z_][\w-]*+[ \t]*+:)"
    r"|(\+\+\+)[ \t]*+\r?\n(?=[A-Za-z_\[]))"
)
_MATTER_CLOSING = {
    "---": pattern(r"^(?:---|\.\.\.)[ \t]*+(?=\r?\n|\Z)", re.MULTILINE),
    "+++": pattern(r"^\+\+\+[ \t]*+(?=\r?\n|\Z)", re.MULTILINE),
}


def as_seen(text: str) -> str:
    """A text without what shows nothing, and with plain spaces for odd ones: offsets are lost."""
    if not _DISGUISE.search(text):
        return text
    return _ODD_SPACE.sub(" ", _INVISIBLE.sub("", text))


def front_matter(text: str) -> tuple[int, int] | None:
    """The span of the YAML or TOML that a text opens with, a byte order mark before it left out."""
    opening = _MATTER_OPENING.match(text)
    if not opening:
        return None
    mark = opening.group(1) or opening.group(2)
    closing = _MATTER_CLOSING[mark].search(text, opening.end())
    return (opening.start(opening.lastindex or 0), closing.end()) if closing else None


def split_blocks(text: str) -> list[Block]:
    """The blocks of `text`, in order, disjoint; what is between them is blank lines."""
    blocks: list[Block] = []
    start = 0
    if matter := front_matter(text):
        start = matter[1]
        blocks.append(Block(0, start, BlockKind.FRONT_MATTER))
    plain = not _ODD.search(text)
    add = _add_plain_blocks if plain else _add_blocks
    fenced = _fences(text, start, plain) if "`" in text or "~" in text else ()
    for low, high in fenced:
        add(blocks, text, start, low)
        blocks.append(Block(low, high, BlockKind.FENCE))
        start = high
    add(blocks, text, start, len(text))
    return blocks


def kinds_at(text: str, places: Sequence[int]) -> list[BlockKind]:
    """The kinds of the blocks that hold some offsets of visible characters, in ascending order."""
    few = 2 * len(places) < text.count("\n\n")
    if not few or fences(text) or front_matter(text) or _ODD.search(text):
        blocks = split_blocks(text)
        starts = [block.start for block in blocks]
        return [blocks[bisect_right(starts, at) - 1].kind for at in places]
    kinds: list[BlockKind] = []
    around: list[Block] = []
    end = 0
    for at in places:
        if at >= end:
            around = []
            start = max(text.rfind("\n\n", end, at) + 1, end)
            end = text.find("\n\n", at)
            end = len(text) if end < 0 else end
            _add_plain_blocks(around, text, start, end)
        kinds.append(next(block.kind for block in reversed(around) if block.start <= at))
    return kinds


def fences(text: str) -> list[tuple[int, int]]:
    """The spans of the blocks that are fenced code."""
    if "`" not in text and "~" not in text:
        return []
    matter = front_matter(text)
    return list(_fences(text, matter[1] if matter else 0, not _ODD.search(text)))


def _fences(text: str, start: int, plain: bool) -> Iterator[tuple[int, int]]:
    """The fences behind `start`; `plain`: lines end in ``\\n``, and what they hold is seen."""
    opened, fence = -1, ""
    for at, end, line in _plain_fence_lines(text, start) if plain else _seen_lines(text, start):
        if fence:
            mark = line.strip(" \t>")
            if mark and not mark.strip(fence[0]) and len(mark) >= len(fence):
                yield opened, end
                fence = ""
        elif ("```" in line or "~~~" in line) and (opening := _FENCE.match(line)):
            opened, fence = at, opening.group(1)
    if fence:  # what ends an open fence is the last line with something on it
        yield opened, len(text.rstrip(BREAK_CLASS))


def _plain_fence_lines(text: str, start: int) -> Iterator[tuple[int, int, str]]:
    """The lines that hold the mark of a fence: start, end and text."""
    places = [match.start() for mark in _FENCE_MARKS for match in mark.finditer(text, start)]
    end = -1
    for place in sorted(places):
        if place > end:
            at = max(text.rfind("\n", start, place) + 1, start)
            end = text.find("\n", place)
            end = len(text) if end < 0 else end
            yield at, end, text[at:end]


def _seen_lines(text: str, start: int) -> Iterator[tuple[int, int, str]]:
    """All lines: start, end, and what is seen of them."""
    for line in text[start:].splitlines(keepends=True):
        body = line.rstrip(BREAK_CLASS)
        yield start, start + len(body), as_seen(body)
        start += len(line)


def _add_plain_blocks(blocks: list[Block], text: str, start: int, end: int) -> None:
    """Add the blocks of ``text[start:end]``, without fences: what is seen, in lines of ``\\n``."""
    # The breaks beside the fences around it.
    start += text.startswith("\n", start, end)
    end -= text.endswith("\n", start, end)
    if start >= end:
        return
    add, paragraph = blocks.append, BlockKind.PARAGRAPH
    bars = text.find("|", start, end) >= 0
    at = start
    # An empty line ends a block, and most blocks are of one line.
    for piece in text[start:end].split("\n\n"):
        stop = at + len(piece)
        if "\n" in piece:
            _add_lines(blocks, text, at, stop)
        elif "\u3001" <= piece < "\ua000" and not (bars and "|" in piece):
            add(_make_block((at, stop, paragraph, 0)))
        elif piece and not _BLANK.match(piece):
            add(_block(text, at, stop, plain=True))
        at = stop + 2


def _add_lines(blocks: list[Block], text: str, at: int, end: int) -> None:
    """Add the blocks of several plain lines, ``text[at:end]``, none of a fence."""
    first = last = -1  # of the block being gathered
    while at < end:
        # By far the commonest, and they begin no block of another kind.
        if prose := _PROSE_LINES.match(text, at, end):
            first = at if first < 0 else first
            at = prose.end()
            last = at - (text[at - 1] == "\n")
            continue
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = text[at:stop]
        if not line or _BLANK.match(line) or ("#" in line and _HEADING.match(line)):
            if first >= 0:
                blocks.append(_block(text, first, last, plain=True))
            if "#" in line:
                blocks.append(_block(text, at, stop, plain=True))
            first = -1
        else:
            first = at if first < 0 else first
            last = stop
        at = stop + 1
    if first >= 0:
        blocks.append(_block(text, first, last, plain=True))


def _add_blocks(blocks: list[Block], text: str, start: int, end: int) -> None:
    """Add the blocks of ``text[start:end]``, without fences, whatever ends its lines."""
    first = last = -1  # of the block being gathered
    for line in text[start:end].splitlines(keepends=True):
        at, start = start, start + len(line)
        body = line.rstrip(BREAK_CLASS)
        end = at + len(body)
        seen = body if _begins_like_prose(body) else as_seen(body)
        if not seen or _BLANK.match(seen) or ("#" in seen and _HEADING.match(seen)):
            if first >= 0:
                blocks.append(_block(text, first, last))
            if "#" in seen:
                blocks.append(_block(text, at, end))
            first = -1
        else:
            first = at if first < 0 else first
            last = end
    if first >= 0:
        blocks.append(_block(text, first, last))


def _begins_like_prose(line: str) -> bool:
    """Whether a line begins, but for an indent, with a letter of East Asia or a mark as wide."""
    return "\u3001" <= line < "\ua000" or "\u3001" <= line.lstrip(SPACE_CLASS) < "\ua000"


def _block(text: str, start: int, end: int, *, plain: bool = False) -> Block:
    if text.find("|", start, end) < 0 and _begins_like_prose(text[start : start + 16]):
        return _make_block((start, end, BlockKind.PARAGRAPH, 0))
    kind, level = _kind(text[start:end], plain=plain)
    return _make_block((start, end, kind, level))


def block_kind(text: str) -> BlockKind:
    """What kind of block a text is, taken as one block."""
    if front_matter(text):
        return BlockKind.FRONT_MATTER
    if _FENCE.match(as_seen(_LINE.match(text).group().rstrip(BREAK_CLASS))):  # type: ignore[union-attr]
        return BlockKind.FENCE
    return _kind(text)[0]


def heading_level(text: str) -> int:
    """1 to 6 where a text is a Markdown heading, else 0."""
    return _kind(text)[1]


def _kind(text: str, *, plain: bool = False) -> tuple[BlockKind, int]:
    seen = text if plain else as_seen(text)
    first = seen.lstrip(" \t")[:1]
    if "|" not in text and first not in _SYNTAX and not first.isdigit():
        return BlockKind.PARAGRAPH, 0
    lines = seen.split("\n") if plain else _BREAK.split(seen)
    head = lines[0]
    if len(lines) == 1 and (heading := _HEADING.match(head)):
        return BlockKind.HEADING, len(heading.group(1))
    if _THEMATIC.match(head) and len(lines) == 1:
        return BlockKind.RULE, 0
    if "|" in text and (
        any(_TABLE_RULER.match(line) for line in lines)
        or all(_TABLE_ROW.match(line) for line in lines)
    ):
        return BlockKind.TABLE, 0
    if _LIST_ITEM.match(head):
        return BlockKind.LIST, 0
    if _QUOTE.match(head):
        return BlockKind.QUOTE, 0
    if _HTML.match(head):
        return BlockKind.HTML, 0
    return BlockKind.PARAGRAPH, 0
