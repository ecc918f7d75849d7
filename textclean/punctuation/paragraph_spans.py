"""The paragraphs of a text as its punctuation sees them: lines that go on in the next are one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textclean.text.blocks import Block, BlockKind
from textclean.text.classes import BREAK_CLASS, SEPARATOR_CLASS, held_of
from textclean.text.patterns import pattern

_READ = (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST, BlockKind.HEADING)
_LINE_BREAK = pattern(rf"\r\n|[{BREAK_CLASS}]")
_ANY_BREAK = pattern(f"[{BREAK_CLASS}]")
_OTHER_BREAKS = "\r" + SEPARATOR_CLASS
_SENTENCE_ENDS = "。！？…：；”’）.!?:;"


class Extent(NamedTuple):
    """A paragraph, ``text[start:end]``."""

    start: int
    end: int
    #: The place of its block among the blocks of the text.
    block: int
    kind: BlockKind


def paragraph_extents(text: str, blocks: Sequence[Block]) -> Iterator[Extent]:
    """The paragraphs of a text's prose blocks: its lines, and those that end in mid-sentence with
    the lines they go on in. The items of a list are one each.
    """
    plain = not held_of(_OTHER_BREAKS, text)
    for number, (start, end, kind, _) in enumerate(blocks):
        if kind not in _READ:
            continue
        # Most blocks are of one line.
        if text.find("\n", start, end) < 0 if plain else not _ANY_BREAK.search(text, start, end):
            yield Extent(start, end, number, kind)
            continue
        for line_break in _LINE_BREAK.finditer(text, start, end):
            line = text[start : line_break.start()].rstrip()
            if kind is BlockKind.LIST or (line and line[-1] in _SENTENCE_ENDS):
                yield Extent(start, line_break.start(), number, kind)
                start = line_break.end()
        if start < end:
            yield Extent(start, end, number, kind)
