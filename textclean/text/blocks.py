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
#: What may make a block go on over an empty line, and line breaks of other kinds.
_FAR_REACHING = ("```", "~~~", *f"\r{SEPARATOR_CLASS}")
_BLANK = pattern(rf"[{BLANK_CLASS}]*+\Z")
_DISGUISE = pattern(f"[{INVISIBLE_CLASS}{ODD_SPACE_CLASS}]")
_INVISIBLE = pattern(f"[{INVISIBLE_CLASS}]+")
_ODD_SPACE = pattern(f"[{ODD_SPACE_CLASS}]")
_HEADING = pattern(rf" {{0,3}}(#{{1,6}})(?=[{SPACE_CLASS}]|\Z)")
_FENCE = pattern(r"[ \t>]*+(`{3,}+|~{3,}+)[^`]*+\Z")
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
    disguised = bool(_DISGUISE.search(text))
    if disguised or any(sign in text for sign in _FAR_REACHING):
        return blocks + _blocks_of_lines(text, start, len(text), disguised)
    # Without fences an empty line ends a block, and most blocks are of one line.
    end = start
    bars = "|" in text
    for piece in text[start:].split("\n\n"):
        at, end = end, end + len(piece) + 2
        if "\n" not in piece and _begins_like_prose(piece) and not (bars and "|" in piece):
            blocks.append(_make_block((at, at + len(piece), BlockKind.PARAGRAPH, 0)))
        elif piece:
            blocks += _blocks_of_lines(text, at, at + len(piece), disguised)
    return blocks


def _blocks_of_lines(text: str, start: int, end: int, disguised: bool) -> list[Block]:
    """The blocks of ``text[start:end]``, which begins with a line and ends with one.

    Args:
        disguised: whether anything shows nothing, or is an odd space.
    """
    blocks: list[Block] = []
    first = last = -1  # of the block being gathered: its first line's start, its last line's end
    fence = ""
    begin = start
    for line in text[start:end].splitlines(keepends=True):
        at, begin = begin, begin + len(line)
        body = line.rstrip(BREAK_CLASS)
        end = at + len(body)
        if not fence and _begins_like_prose(body):  # by far the commonest, and none of these
            if first < 0:
                first = at
            last = end
            continue
        if disguised:
            body = as_seen(body)
        if fence:
            if at < end:  # what ends an open fence is its last line with something on it
                last = end
            mark = body.strip(" \t>")
            if mark and not mark.strip(fence[0]) and len(mark) >= len(fence):
                blocks.append(Block(first, last, BlockKind.FENCE))
                first, fence = -1, ""
        elif not body or _BLANK.match(body):
            if first >= 0:
                blocks.append(_block(text, first, last))
            first = -1
        elif ("```" in body or "~~~" in body) and (opening := _FENCE.match(body)):
            if first >= 0:
                blocks.append(_block(text, first, last))
            first, last, fence = at, end, opening.group(1)
        elif "#" in body and _HEADING.match(body):
            if first >= 0:
                blocks.append(_block(text, first, last))
            blocks.append(_block(text, at, end))
            first = -1
        else:
            if first < 0:
                first = at
            last = end
    if first >= 0:
        blocks.append(Block(first, last, BlockKind.FENCE) if fence else _block(text, first, last))
    return blocks


def _begins_like_prose(line: str) -> bool:
    """Whether a line begins, but for an indent, with a letter of East Asia or a mark as wide."""
    return "\u3001" <= line < "\ua000" or "\u3001" <= line.lstrip(SPACE_CLASS) < "\ua000"


def _block(text: str, start: int, end: int) -> Block:
    if text.find("|", start, end) < 0 and _begins_like_prose(text[start : start + 16]):
        return _make_block((start, end, BlockKind.PARAGRAPH, 0))
    kind, level = _kind(text[start:end])
    return Block(start, end, kind, level)


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


def _kind(text: str) -> tuple[BlockKind, int]:
    seen = as_seen(text)
    first = seen.lstrip(" \t")[:1]
    if "|" not in text and first not in _SYNTAX and not first.isdigit():
        return BlockKind.PARAGRAPH, 0
    lines = _BREAK.split(seen)
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
