"""Interleaved columns sorted apart: how much of the order comes back, what is sorted wrongly.

    python benchmarks/columns.py [--corpus FOLDER] [--pages N] [--names NAME…]

Documents that no training saw (`tools.training.corpus`) are set in two to four columns and read row
by row, as pdfminer and OCR of whole pages read them: rows in order, or turned, or jittering; some
columns begin further down, below a picture; some pages have several articles under each other, or
headings inside of columns. The same pages in their right order must stay as they are. Measured are
the share of lines that are followed by the line that follows them in print, and the character error
rate (which counts a column in the wrong place twice).
"""

from __future__ import annotations

import random
from itertools import count, islice, pairwise
from pathlib import Path
from typing import Annotated, NamedTuple

from common import CORPUS, Corpus, Names, files, held_out
from rapidfuzz.distance import Levenshtein

from textclean.layout.interleaving import interleaved
from tools.command import command

_NEVER_FIRST = "，。、；：！？”’）》」』】…—%％"


class Page(NamedTuple):
    """The lines of a page as they are read, and as they were printed."""

    read: list[str]
    printed: list[str]
    blank: bool

    def text(self, lines: list[str]) -> str:
        """Lines as an extractor writes them."""
        return ("\n\n" if self.blank else "\n").join(lines)


def lines_of(paragraph: str, width: int, indent: str) -> list[str]:
    """A paragraph set in lines of a width, no closing mark at a line's beginning."""
    made: list[str] = []
    at, room = 0, width - 2
    while at < len(paragraph):
        end = at
        used = 0.0
        while end < len(paragraph) and used < room:
            used += 0.5 if paragraph[end] < "\x80" else 1.0
            end += 1
        while end < len(paragraph) and paragraph[end] in _NEVER_FIRST:
            end += 1
        made.append((indent if not made else "") + paragraph[at:end])
        at, room = end, width
    return made


def page(documents: list[list[str]], rng: random.Random) -> Page | None:
    """A page of some documents; None where there is too little text."""
    columns, width = rng.choice((2, 2, 3, 4)), rng.randint(12, 24)
    indent = rng.choice(("", "\u3000\u3000"))
    turn = rng.random()
    order = list(range(columns))
    if turn < 0.3:
        rng.shuffle(order)
    read: list[str] = []
    printed: list[str] = []
    for number in range(rng.choice((1, 1, 2))):
        document = rng.choice(documents)
        lines: list[str] = []
        for paragraph in document[1:]:
            if lines and rng.random() < 0.08:
                lines.append(rng.choice(("一、基本情况", "2 结果", "三、主要做法", "1.2 方法")))
            lines += lines_of(paragraph, width, indent)
            if len(lines) > columns * rng.randint(12, 30):
                break
        if len(lines) < columns * 6:
            continue
        if number or rng.random() < 0.7:
            headline = document[0][: width * columns]
            read.append(headline)
            printed.append(headline)
        printed += lines
        rows = -(-len(lines) // columns)
        hole = rng.randint(0, rows // 3) if rng.random() < 0.3 else 0
        holed = rng.randrange(columns)
        placed: list[tuple[int, int, str]] = []
        at = 0
        for column in range(columns):
            share = len(lines) // columns + (column < len(lines) % columns)
            first = hole if column == holed else 0
            placed += ((first + row, column, lines[at + row]) for row in range(share))
            at += share
        jitter = 0.1 if turn > 0.8 else 0.0
        keys = {
            (row, column): (row, order[column] + (rng.random() < jitter) * rng.choice((-1.5, 1.5)))
            for row, column, _ in placed
        }
        placed.sort(key=lambda line: keys[line[:2]])
        read += (line for _, _, line in placed)
    return Page(read, printed, rng.random() < 0.4) if len(read) >= 16 else None


def after(text: str) -> tuple[list[str], int]:
    """The lines of a text as `interleaved` sorts them; how many stretches were only reported."""
    pieces: list[str] = []
    last = reported = 0
    for stretch in interleaved(text):
        pieces.append(text[last : stretch.start])
        if stretch.order:
            pieces += ("\n" + text[start:end] for start, end in stretch.order)
        else:
            reported += 1
            pieces.append(text[stretch.start : stretch.end])
        pieces.append("\n")
        last = stretch.end
    pieces.append(text[last:])
    return [line for line in "".join(pieces).split("\n") if line.strip()], reported


def followed(lines: list[str], printed: list[str]) -> float:
    """The share of printed lines that are followed by the right one."""
    wanted = set(pairwise(printed))
    return len(wanted & set(pairwise(lines))) / max(len(wanted), 1)


def measure(path: Path, number: int) -> None:
    """Print what comes of `number` pages of a source."""
    name = path.name.partition(".")[0]
    some = [document for document in held_out(path, "two-lines") if len(document) > 2]
    rng = random.Random(name)
    # Of lines as read and as sorted: followed by the right one, and character error rates.
    right, rates = [0.0, 0.0], [0.0, 0.0]
    wrong = reported = untouched = 0
    made_pages = filter(None, (page(some, rng) for _ in count()))
    for made in islice(made_pages, number):
        lines, said = after(made.text(made.read))
        truth = "".join(made.printed)
        for at, order in enumerate((made.read, lines)):
            right[at] += followed(order, made.printed) / number
            rates[at] += Levenshtein.distance("".join(order), truth) / len(truth) / number
        untouched += lines == made.read and not said
        reported += said > 0
        wrong += after(made.text(made.printed))[0] != made.printed
    print(
        f"{name}: {number} pages; lines followed rightly {right[0]:.3f} before, "
        f"{right[1]:.3f} after; character error rate {rates[0]:.3f}, {rates[1]:.3f}; "
        f"pages of which some is only reported {reported}, not seen {untouched}; pages in their "
        f"right order that were sorted: {wrong}"
    )


@command
def main(
    corpus: Corpus = CORPUS,
    pages: Annotated[int, "of each source"] = 100,
    names: Names = ("news", "reports", "health", "laws"),
) -> None:
    for path in files(corpus, names):
        measure(path, pages)


if __name__ == "__main__":
    main()
