"""The parts of ``python -m benchmarks``: what each measures, how, and what it needs.

A part is named in ``docs/benchmarks.md`` by a comment ``<!-- part: NAME -->``; behind it stand its
table and its plot, written from the record. The modules that measure can all be called alone; they
say what they measure and print more than the figures recorded here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import NamedTuple

from common import CORPUS, SHARED
from figures import Figure

#: Of the quick mode: paragraphs in which copies are planted, rounds by turns.
QUICK_PARAGRAPHS, QUICK_ROUNDS = 4_000, 3

Measure = Callable[[], Iterator[Figure]]


class Plot(NamedTuple):
    """One column of a part, or one row, as bars."""

    title: str
    column: str = ""
    row: str = ""
    #: Rows or columns that are left out: those whose name has one of these.
    without: tuple[str, ...] = ()
    #: The row that the bars begin at: shown is how much more each is.
    above: str = ""


class Part(NamedTuple):
    """A table of figures."""

    says: str
    measure: Measure
    #: What of it ``--quick`` measures; its figures are among those of `measure`.
    quick: Measure | None = None
    #: Whether it reads the data beside the project.
    needs_shared: bool = False
    plot: Plot | None = None


def _of(module: str, function: str = "measure", **arguments: object) -> Measure:
    """A function of a module here, which is imported when it is called."""

    def measure() -> Iterator[Figure]:
        yield from getattr(import_module(module), function)(**arguments)

    return measure


def _gold() -> Iterator[Figure]:
    yield from _of("punctuation", "measure_gold")()
    for module in ("quantities", "placeholders", "duplicates", "stitches"):
        yield from _of(module)()


_COSTS = _of("costs")

PARTS: dict[str, Part] = {
    "gold": Part(
        "quality on the hand-made truth of each part of the package",
        _gold, quick=_gold,
        plot=Plot("Right on the hand-made truth of the seeds", column="figure",
                  without=("joined", "removed", "changed", "safe")),
    ),
    "damage": Part(
        "the share of errors that cleaning leaves, by kind of damage and register",
        _of("damage"), quick=_of("damage", only=("correct",)),
        plot=Plot("Share of errors left, news", column="news", without=("none",)),
    ),
    "pages": Part(
        "character error rates of printed and real pages, by engine",
        _of("ocr"), needs_shared=True,
        plot=Plot("Errors a character of 60 printed pages", row="printed, all engines",
                  without=("pages",)),
    ),
    "clean": Part(
        "wrong edits on clean prose and on texts in the wild, with bounds",
        _of("registers"), needs_shared=True,
        plot=Plot("Wrong edits in 10,000 characters by default", column="safe: wrong"),
    ),
    "copies": Part(
        "planted copies found, by kind, and the time of other engines",
        _of("dedup"),
        quick=_of("dedup", paragraphs=QUICK_PARAGRAPHS, peers=False, prose=False),
        plot=Plot("Copies with 5 % of their characters misread that are found", column="noise 5 %"),
    ),
    "speed": Part(
        "the time of other cleaners as a multiple of ours, one process, by turns",
        _of("speed"), quick=_of("speed", rounds=QUICK_ROUNDS),
        plot=Plot("Time of other cleaners on lines without slots, ours = 1",
                  column="lines without slots", without=("loop",)),
    ),
    "costs": Part("memory, growth with the input, start-up", _COSTS, quick=_COSTS),
    "keystrokes": Part(
        "processor time of the language server from a key in 50,000 characters to its first answer",
        _of("lsp"), needs_shared=True,
        plot=Plot("Milliseconds from a key to the first findings", column="first answer, ms"),
    ),
    "filters": Part(
        "pages that the filters of a public corpus keep: as extracted, and after repair",
        _of("filters"), needs_shared=True,
        plot=Plot("Printed pages that the filters of FineWeb-2 keep", column="printed pages"),
    ),
    "language-model": Part(
        "bits a character of clean text, after training on damaged text",
        _of("language_model"), needs_shared=True,
        plot=Plot("Bits more a character than after training on the text as printed",
                  column="damaged prose", above="as printed"),
    ),
}  # fmt: skip


def is_ready(part: Part) -> bool:
    """Whether the data of a part are there."""
    return not part.needs_shared or (CORPUS.is_dir() and SHARED.is_dir())
