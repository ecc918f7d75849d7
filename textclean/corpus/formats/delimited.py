"""Where the cells of delimited text stand: a scanner that loses no byte, as the csv module would.

A cell that begins with a double quote ends at the next one that is not doubled; separators and line
breaks inside of it are text. Everything else is cut at separators and line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

_QUOTED = re.compile(r'"[^"]*(?:""[^"]*)*"')
_LINE_END = re.compile(r"\r\n|\r|\n")


class Cell(NamedTuple):
    """A cell at ``[start:end]`` of a content, quotes included."""

    start: int
    end: int


@dataclass(frozen=True)
class Dialect:
    """How cells are told apart."""

    separator: str
    #: Whether double quotes enclose cells; else they are marks like others.
    quotes: bool = True


class Line(NamedTuple):
    """A record: the slice that it takes up with its line end, its cells, and what is wrong with it.

    A line of which something is wrong has no cells and ends where the next line begins.
    """

    start: int
    end: int
    cells: list[Cell]
    wrong: str | None = None


def scan(content: str, start: int, dialect: Dialect) -> Iterator[Line]:
    """The records from a place in a content on; blank lines are none."""
    cell = _unquoted(dialect)
    at, length = start, len(content)
    while at < length:
        begin = at
        cells: list[Cell] = []
        wrong = None
        while True:
            first = at
            if dialect.quotes and content.startswith('"', at):
                match = _QUOTED.match(content, at)
                if match is None:
                    wrong = "a quoted cell has no end"
                    break
                at = match.end()
                if at < length and content[at] not in (dialect.separator, "\r", "\n"):
                    wrong = f"a quoted cell goes on behind its quote, with {content[at]!r}"
                    break
            else:
                match = cell.match(content, at)
                at = match.end() if match else at
            cells.append(Cell(first, at))
            if at < length and content[at] == dialect.separator:
                at += 1
                continue
            break
        if wrong is not None:
            at, cells = begin, []
        end = _LINE_END.search(content, at) if wrong is not None else _LINE_END.match(content, at)
        at = end.end() if end else length
        if wrong is None and len(cells) == 1 and cells[0].start == cells[0].end:
            continue
        yield Line(begin, at, cells, wrong)


@cache
def _unquoted(dialect: Dialect) -> re.Pattern[str]:
    return re.compile(rf"[^\r\n{re.escape(dialect.separator)}]*")


def read_cell(literal: str, dialect: Dialect) -> str:
    """The text of a cell.

    Raises:
        ValueError: it is no cell.
    """
    if not dialect.quotes or not literal.startswith('"'):
        return literal
    if not _QUOTED.fullmatch(literal):
        raise ValueError(f"{literal!r} is no cell")
    return literal[1:-1].replace('""', '"')


def write_cell(text: str, like: str, dialect: Dialect, *, alone: bool) -> str:
    """A text as a cell: in quotes if another one is, or if it needs them.

    Args:
        alone: whether the record has no other cell, so that an empty one would be a blank line.
            Without quotes it is one.

    Raises:
        ValueError: there are no quotes, and it needs them.
    """
    breaks = dialect.separator in text or "\r" in text or "\n" in text
    if not dialect.quotes:
        if breaks:
            raise ValueError("the text has a separator or line break, and there are no quotes")
        return text
    if like.startswith('"') or breaks or text.startswith('"') or (alone and not text):
        return '"' + text.replace('"', '""') + '"'
    return text
