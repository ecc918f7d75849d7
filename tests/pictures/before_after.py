"""Draws ``before-after.svg``: a paragraph of a seed as it came, and as `textclean.clean` leaves it.

The picture is what the program does today: a test draws it again and compares.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

import textclean
from tests.seeds import SEEDS

SEED = SEEDS / "003_88b8b5c2e6747ca6.txt"
NAME = "before-after.svg"
#: What the paragraph begins with.
BEGINNING = "卫生健康事业事关重大民生"

CELL, LINE, CELLS, MARGIN = 20, 34, 36, 24  # pixels of a full-width character; cells of a line
WIDTH = MARGIN * 2 + CELL * CELLS
GONE, NEW, ASKED = "#ffd7d5", "#c9f2d2", "#fff1a8"
FONTS = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"


class Piece(NamedTuple):
    """A stretch of text with the colour behind it, if any."""

    text: str
    colour: str | None


def pieces() -> tuple[list[Piece], list[Piece]]:
    """The paragraph before and after, in pieces."""
    text = SEED.read_text(encoding="utf-8")
    done = textclean.clean(text, tier="suggested")
    start = text.index(BEGINNING)
    end = text.index("\n", start)
    asked = {
        each.start for each in done.suggestions if each.rule == "C102" and start <= each.start < end
    }
    before, after, at = [], [], start

    def same(stop: int) -> None:
        for i in range(at, stop):
            piece = Piece(text[i], ASKED if i in asked else None)
            before.append(piece)
            after.append(piece)

    for edit in done.edits:
        if start <= edit.start and edit.end <= end:
            same(edit.start)
            before.append(Piece(edit.before, GONE))
            after.append(Piece(edit.after, NEW))
            at = edit.end
    same(end)
    return before, after


def draw() -> str:
    """The picture, as SVG."""
    before, after = pieces()
    lines: list[str] = []
    y = MARGIN
    for title, given in (
        ("before · 处理前", before),
        ("after, tier suggested · 处理后（suggested 级）", after),
    ):
        lines.append(
            f'<text x="{MARGIN}" y="{y + 12}" font-size="14" fill="#57606a">{title}</text>'
        )
        y = _paragraph(given, y + 24, lines) + 18
    y = _legend(y, lines)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y}" '
        f'viewBox="0 0 {WIDTH} {y}" font-family="{FONTS}" font-size="{CELL}" fill="#1f2328">'
    )
    sheet = (
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{y - 1}" rx="8" fill="#ffffff" '
        'stroke="#d0d7de"/>'
    )
    return "\n".join([head, sheet, *lines, "</svg>"]) + "\n"


def _paragraph(given: list[Piece], y: int, lines: list[str]) -> int:
    """Each character in a place of its own, so that any font will do; where it ends."""
    row: list[tuple[int, str]] = []
    x = 0
    for character, colour in _characters(given):
        width = CELL if unicodedata.east_asian_width(character) in "WFA" else CELL // 2
        if x + width > CELL * CELLS:
            lines.append(_row(row, y))
            row, x, y = [], 0, y + LINE
        if colour is not None:
            lines.append(
                f'<rect x="{MARGIN + x}" y="{y}" width="{width}" height="{CELL + 6}" '
                f'fill="{colour}"/>'
            )
        row.append((MARGIN + x, character))
        x += width
    lines.append(_row(row, y))
    return y + LINE


def _characters(given: list[Piece]) -> Iterator[tuple[str, str | None]]:
    for piece in given:
        for character in piece.text:
            yield character, piece.colour


def _row(row: list[tuple[int, str]], y: int) -> str:
    shown = [(x, character) for x, character in row if character != " "]
    places = " ".join(str(x) for x, _ in shown)
    text = escape("".join(character for _, character in shown))
    return f'<text x="{places}" y="{y + CELL}">{text}</text>'


def _legend(y: int, lines: list[str]) -> int:
    x = MARGIN
    for colour, what in (
        (GONE, "replaced · 原文"),
        (NEW, "put in its place · 修正"),
        (ASKED, "reported, only the source knows · 只报告，须查原件"),
    ):
        lines.append(f'<rect x="{x}" y="{y}" width="16" height="16" fill="{colour}"/>')
        lines.append(f'<text x="{x + 22}" y="{y + 13}" font-size="13" fill="#57606a">{what}</text>')
        x += 160 if colour == GONE else 210
    return y + 16 + MARGIN


def make(folder: Path) -> list[str]:
    """Write the picture into a folder."""
    (folder / NAME).write_text(draw(), encoding="utf-8")
    return [NAME]
