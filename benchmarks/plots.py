"""Plots that say one thing each: bars, drawn as SVG by a page of code.

Why no library: the plots are bars with names and numbers, Matplotlib and its fonts are 100 MB, its
SVG changes with each version, and a test compares what is drawn with the record. Colours hold on
white and on dark pages; every bar has its number, so that colour is not needed to read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

NAMES, BARS, NUMBERS, LINE, MARGIN = 260, 300, 110, 24, 16  # pixels
OURS, OTHERS, AIM = "#1a7f64", "#9aa4ad", "#c2410c"
INK = 'fill="#1f2328"'
FONT = 'font-family="system-ui,\'Noto Sans CJK SC\',sans-serif" font-size="13"'


class Bar(NamedTuple):
    """A bar; what is ours has another colour."""

    name: str
    value: float
    ours: bool
    #: The number beside the bar.
    text: str


def bars(title: str, rows: Sequence[Bar], bar: float | None = None) -> str:
    """An SVG with a horizontal bar for each row, and a line where the aim is."""
    width = NAMES + BARS + NUMBERS + 2 * MARGIN
    height = 2 * MARGIN + LINE * (len(rows) + 1)
    most = max([row.value for row in rows] + ([bar] if bar else []), default=0) or 1.0
    return "\n".join(_lines(title, rows, bar, width, height, most)) + "\n"


def _lines(
    title: str, rows: Sequence[Bar], bar: float | None, width: int, height: int, most: float
) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" role="img" {FONT}>'
    )
    yield f"<title>{escape(title)}</title>"
    yield f'<rect width="{width}" height="{height}" rx="6" fill="#ffffff"/>'
    yield f'<text x="{MARGIN}" y="{MARGIN + 12}" font-weight="600" {INK}>{escape(title)}</text>'
    left = MARGIN + NAMES
    for number, row in enumerate(rows, 1):
        top = MARGIN + LINE * number
        size = max(1, round(BARS * row.value / most))
        colour = OURS if row.ours else OTHERS
        middle = top + 15
        yield f'<text x="{left - 8}" y="{middle}" text-anchor="end" {INK}>{escape(row.name)}</text>'
        yield f'<rect x="{left}" y="{top + 3}" width="{size}" height="{LINE - 8}" fill="{colour}"/>'
        yield f'<text x="{left + size + 6}" y="{middle}" {INK}>{escape(row.text)}</text>'
    if bar:
        at = left + round(BARS * bar / most)
        yield (
            f'<line x1="{at}" x2="{at}" y1="{MARGIN + LINE}" y2="{height - MARGIN + 4}" '
            f'stroke="{AIM}" stroke-dasharray="4 3"><title>aim</title></line>'
        )
    yield "</svg>"
