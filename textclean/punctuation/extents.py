"""The paragraphs of a text as its punctuation sees them: lines that go on in the next are one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textclean.text.blocks import Block, BlockKind
from textclean.text.classes import BREAK_CLASS
from textclean.text.patterns import pattern

_READ = (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST, BlockKind.HEADING)
_LINE_BREAK = pattern(rf"\r\n|[{BREAK_CLASS}]")
_ANY_BREAK = pattern(f"[{BREAK_CLASS}]")
_SENTENCE_ENDS = "。！？…：；”’）.!?"


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
    for number, block in enumerate(blocks):
        if block.kind not in _READ:
            continue
        start = block.start
        if not _ANY_BREAK.search(text, start, block.end):  # most blocks are of one line
            yield Extent(start, block.end, number, block.kind)
            continue
        for line_break in _LINE_BREAK.finditer(text, block.start, block.end):
            line = text[start : line_break.start()].rstrip()
            if block.kind is BlockKind.LIST or (line and line[-1] in _SENTENCE_ENDS):
                yield Extent(start, line_break.start(), number, block.kind)
                start = line_break.end()
        if start < block.end:
            yield Extent(start, block.end, number, block.kind)
