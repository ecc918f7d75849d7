"""A terminal's screen as SVG: each character in its cell, so that any font will do."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import Any, NamedTuple

#: Pixels of a cell, of the margin, and of characters that take one cell and two.
WIDTH, HEIGHT, MARGIN, SIZE, WIDE_SIZE = 9, 22, 14, 15, 16
INK, PAPER = "e0e2ea", "14161b"
FONTS = (
    "ui-monospace,'Cascadia Mono','DejaVu Sans Mono',Menlo,Consolas,'Noto Sans CJK SC',"
    "'PingFang SC','Microsoft YaHei',monospace"
)
# pyte's names; on this paper all of them are 4.5 times as bright or dark as it, or more.
_COLOURS = {
    "black": "4f5258", "red": "ff8a8a", "green": "8fd694", "brown": "e5c07b", "blue": "8cb4ff",
    "magenta": "d7a1f0", "cyan": "7fd1d8", "white": "e0e2ea",
}  # fmt: skip


class Cell(NamedTuple):
    """A character, with its place and look."""

    column: int
    text: str
    wide: bool
    ink: str
    paper: str
    bold: bool
    underlined: bool

    @property
    def look(self) -> tuple[object, ...]:
        """What is the same for all characters that are written in one go."""
        return self.ink, self.bold, self.wide


def svg(screen: Any, title: str) -> str:
    """The picture of a screen of pyte, down to its last line that has anything."""
    lines = [list(_cells(screen, line)) for line in range(screen.lines)]
    while lines and not any(cell.text.strip() for cell in lines[-1]):
        lines.pop()
    width = screen.columns * WIDTH + 2 * MARGIN
    height = len(lines) * HEIGHT + 2 * MARGIN
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" font-family="{FONTS}" font-size="{SIZE}">'
    )
    sheet = f'<rect width="{width}" height="{height}" rx="8" fill="#{PAPER}"/>'
    body = [part for number, line in enumerate(lines) for part in _line(line, number)]
    return "\n".join([head, f"<title>{escape(title)}</title>", sheet, *body, "</svg>"]) + "\n"


def _cells(screen: Any, line: int) -> Iterator[Cell]:
    row = screen.buffer[line]
    for column in range(screen.columns):
        each = row[column]
        if not each.data:  # the second half of a wide character
            continue
        ink, paper = _colour(each.fg, INK), _colour(each.bg, PAPER)
        if each.reverse:
            ink, paper = paper, ink
        wide = column + 1 < screen.columns and not row[column + 1].data
        yield Cell(column, each.data, wide, ink, paper, each.bold, each.underscore)


def _colour(name: str, default: str) -> str:
    if name == "default":
        return default
    return _COLOURS.get(name.removeprefix("bright"), name)


def _line(cells: list[Cell], number: int) -> Iterator[str]:
    top = MARGIN + number * HEIGHT
    for paper, group in groupby(cells, key=lambda cell: cell.paper):
        run = list(group)
        if paper != PAPER:
            yield _box(run, top, HEIGHT, paper)
    for (underlined, ink), group in groupby(cells, key=lambda cell: (cell.underlined, cell.ink)):
        run = list(group)
        if underlined:
            yield _box(run, top + HEIGHT - 3, 1, ink)
    inked = sorted((cell for cell in cells if cell.text.strip()), key=lambda cell: cell.look[0:3])
    for look, group in groupby(inked, key=lambda cell: cell.look):
        run = list(group)
        ink, bold, wide = look
        size = WIDE_SIZE if wide else SIZE
        shift = 1 if wide else 0
        places = " ".join(str(MARGIN + cell.column * WIDTH + shift) for cell in run)
        text = escape("".join(cell.text for cell in run))
        weight = ' font-weight="bold"' if bold else ""
        larger = f' font-size="{size}"' if wide else ""
        yield f'<text x="{places}" y="{top + 16}" fill="#{ink}"{larger}{weight}>{text}</text>'


def _box(run: list[Cell], top: int, height: int, colour: str) -> str:
    last = run[-1].column + (2 if run[-1].wide else 1)
    left = MARGIN + run[0].column * WIDTH
    width = (last - run[0].column) * WIDTH
    return f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="#{colour}"/>'
