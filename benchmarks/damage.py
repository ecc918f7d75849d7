"""What is left of each kind of damage, by register: the share of errors that cleaning leaves.

    python benchmarks/damage.py [--characters N] [--only correct]

Each kind is done to the same correct text: passages that ship with the tests (``correct``) and, if
the data beside the project are there, held-out prose of five registers. Given is the edit distance
to the correct text after `clean` at tier ``suggested``, divided by that before; below 1 is better,
0 is all repaired. ``none`` is the text without damage: errors made, in 10,000 characters.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated

from common import CORPUS, ROOT, files, held_out, ratio
from figures import Figure
from mojibake import lossless
from rapidfuzz.distance import Levenshtein

from textclean import Config, Tier, clean
from tools.command import command

REGISTERS = ("news", "reports", "health", "tech", "laws")
SUGGESTED = Config(tier=Tier.SUGGESTED)
PASSAGES = ROOT / "tests" / "data" / "correct.txt"
SEED = 27_182
#: Paragraphs of a page: what a line break or a mark is, the whole page says.
LINES = 12
HAN = re.compile("[一-鿿]")
#: What is damaged is correct beyond doubt: no half-width mark, no space, an end.
CORRECT = re.compile("^[^!-/:-@\\[-`{-~\\s]{20,}[。！？”]$")
_HALF = str.maketrans("，；：？！（）", ",;:?!()")
_WIDE = {number: number + 0xFEE0 for number in range(0x21, 0x7F) if chr(number).isalnum()}


def _with_spaces(text: str, draw: random.Random) -> str:
    return "".join(c + " " if HAN.match(c) and draw.random() < 0.04 else c for c in text)


def _without_marks(text: str, draw: random.Random) -> str:
    return "".join(" " if c in "，；“”" and draw.random() < 0.5 else c for c in text)


def _in_lines(text: str, draw: random.Random) -> str:
    width = draw.randint(24, 40)
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def _with_invisible(text: str, draw: random.Random) -> str:
    signs = "\u200b\ufeff\u00ad\u2060"
    return "".join(c + draw.choice(signs) if draw.random() < 0.05 else c for c in text)


def _as_entities(text: str, draw: random.Random) -> str:
    return "".join(f"&#{ord(c)};" if draw.random() < 0.1 and c not in "&#;" else c for c in text)


def _misread(kind: str) -> Callable[[str, random.Random], str]:
    def work(text: str, _: random.Random) -> str:
        found = lossless(text, kind)
        return found[1] if found and found[0] == text else text

    return work


KINDS: dict[str, Callable[[str, random.Random], str]] = {
    "half-width marks": lambda text, _: text.translate(_HALF),
    "full-width digits and letters": lambda text, _: text.translate(_WIDE),
    "spaces among characters": _with_spaces,
    "half of commas and quotes lost": _without_marks,
    "lines broken at a width": _in_lines,
    "invisible characters": _with_invisible,
    "HTML entities": _as_entities,
    "UTF-8 as Windows-1252": _misread("UTF-8 as Windows-1252"),
    "GBK as Latin-1": _misread("GBK as Latin-1"),
}


def is_correct(line: str) -> bool:
    """Whether a paragraph has only full-width marks, and quotes that pair."""
    return CORRECT.match(line) is not None and line.count("“") == line.count("”")


def texts(characters: int, only: Sequence[str] = ()) -> Iterator[tuple[str, list[str]]]:
    """Correct paragraphs of each register, so many characters."""
    passages = PASSAGES.read_text(encoding="utf-8").split("\n")
    yield "correct passages", [line for line in passages if is_correct(line)]
    if only:
        return
    for path in files(CORPUS, REGISTERS):
        some: list[str] = []
        size = 0
        for document in held_out(path):
            for line in document:
                if size < characters and is_correct(line):
                    some.append(line)
                    size += len(line)
            if size >= characters:
                break
        yield path.name.split(".")[0], some


def measure(characters: int = 20_000, only: Sequence[str] = ()) -> Iterator[Figure]:
    """The share of errors left, by kind and register."""
    for register, lines in texts(characters, only):
        pages = [lines[at : at + LINES] for at in range(0, len(lines), LINES)]
        for kind, work in KINDS.items():
            draw = random.Random(SEED)
            before = after = 0
            for page in pages:
                damaged, correct = "\n".join(work(line, draw) for line in page), "\n".join(page)
                before += Levenshtein.distance(damaged, correct)
                after += Levenshtein.distance(clean(damaged, SUGGESTED).text, correct)
            if before:
                yield Figure(kind, register, ratio(after, before), better="less")
        correct = "\n".join(lines)
        rate = 10_000 * ratio(
            Levenshtein.distance(clean(correct, SUGGESTED).text, correct), len(correct)
        )
        yield Figure("none (in 10,000)", register, rate, better="less", form=".2f")


@command
def main(
    characters: Annotated[int, "of each register"] = 20_000,
    only: Annotated[tuple[str, ...], "without the prose beside the project"] = (),
) -> None:
    for figure in measure(characters, only):
        print(f"{figure.column:20}{figure.row:34}{figure}")


if __name__ == "__main__":
    main()
