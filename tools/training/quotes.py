"""The model of quotes (`textclean.punctuation.quote_model`).

Paragraphs whose quotes alternate are damaged in one place, and the model learns what undoes it: a
mark is lost (and may leave a space), a mark is there that should not be (a smear, or the beginning
of a quotation of which the rest was cut away), a mark is turned round. ``benchmarks/quotes.py``
measures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import numpy as np

from textclean.models.linear import to_bytes
from textclean.punctuation.quote_defects import (
    Paragraph,
    Quote,
    find_defects,
    quoted_words,
    read_paragraph,
)
from textclean.punctuation.quote_model import (
    BASES,
    MODEL,
    TEMPLATES,
    WINDOW,
    fill_window,
)
from textclean.punctuation.quote_repairs import Action, Candidate, candidates
from tools.command import Folders
from tools.training.compiling import compiled
from tools.training.linear import BITS, EACH, Each, Groups, examples_of, train_choices
from tools.training.tables import write

#: Characters of the longest paragraph that is learned from.
LONGEST = 1500
#: Out of a hundred damages: marks lost, marks too many, marks turned round.
LOST, TOO_MANY = 68, 14


class Damaged(NamedTuple):
    """A paragraph with one wrong or missing mark, and what undoes the damage."""

    paragraph: Paragraph
    action: Action
    #: The gap of the mark concerned.
    gap: int
    #: Its place among the quotes, -1 where it has to come.
    quote: int
    known: frozenset[str]

    def is_right(self, candidate: Candidate) -> bool:
        """Whether a candidate undoes the damage."""
        return (candidate.action, candidate.gap, candidate.quote) == (
            self.action, self.gap, self.quote,
        )  # fmt: skip


def damaged(document: list[str], random: Random) -> Iterator[Damaged]:
    """Every paragraph of a document whose quotes alternate, damaged in one place."""
    sound = [
        (paragraph, set(quoted_words(line)))
        for line in document
        if "“" in line
        and len(line) <= LONGEST
        and not _defective(paragraph := read_paragraph(line, 0, len(line)))
    ]
    counted = Counter(word for _, own in sound for word in own)
    for paragraph, own in sound:
        known = frozenset(word for word, times in counted.items() if times > (word in own))
        if damage := _damage(paragraph, random):
            yield Damaged(*damage, known)


def _defective(paragraph: Paragraph) -> bool:
    marks = paragraph.quotes
    return len(marks) % 2 != 0 or any(mark.opens is (at % 2 == 1) for at, mark in enumerate(marks))


def _damage(paragraph: Paragraph, random: Random) -> tuple[Paragraph, Action, int, int] | None:
    quotes = list(paragraph.quotes)
    kind = random.randrange(100)
    spaced = set(paragraph.spaced)
    if random.random() < 0.3:  # a document full of spaces
        spaced.update(random.sample(range(len(paragraph.bare)), len(paragraph.bare) // 30))
    at = random.randrange(len(quotes))
    gap = quotes[at].gap
    if kind < LOST:
        action = Action.INSERT_OPENING if quotes[at].opens else Action.INSERT_CLOSING
        del quotes[at]
        if random.random() < 0.3:
            spaced.add(gap)
        place = -1
    elif kind < LOST + TOO_MANY:
        gap = _any_gap(paragraph, random)
        place = sum(quote.gap <= gap for quote in quotes)
        opens = random.random() < 0.5
        quotes.insert(place, Quote(gap, opens, -1))
        action = Action.DELETE
    else:
        quotes[at] = Quote(gap, not quotes[at].opens, -1)
        action, place = Action.FLIP, at
    return paragraph._replace(quotes=quotes, spaced=frozenset(spaced)), action, gap, place


def _any_gap(paragraph: Paragraph, random: Random) -> int:
    """A gap where junk is read as a mark: anywhere, and now and then beside a pause on purpose."""
    bare = paragraph.bare
    gap = random.randrange(1, len(bare) + 1)
    if random.random() < 0.1:
        pauses = [at + 1 for at, char in enumerate(bare) if char in "，。、；："]
        gap = random.choice(pauses) if pauses else gap
    return gap


def choices(damages: Iterable[Damaged]) -> Iterator[tuple[Damaged, list[Candidate], int]]:
    """Each damage with the candidates of its first defect, and which of them undoes it."""
    for damage in damages:
        defects = find_defects(damage.paragraph.quotes)
        if not defects:
            continue  # a turned mark can pair again, as quotes in quotes
        found = candidates(damage.paragraph, defects[0], damage.known)
        right = [at for at, candidate in enumerate(found) if damage.is_right(candidate)]
        if len(right) == 1:
            yield damage, found, right[0]


@compiled
def _fill_windows(codes: Any, starts: Any, owners: Any, pieces: Any, windows: Any) -> None:
    for at in range(pieces.shape[0]):
        first, last = starts[owners[at]], starts[owners[at] + 1]
        piece = pieces[at]
        fill_window(
            codes[first:last], last - first, piece[0], piece[1], piece[2], piece[3], piece[4],
            piece[5], piece[6], windows[at],
        )  # fmt: skip


def groups_of(damages: Iterable[Damaged]) -> Groups:
    """The choices of all damages as columns."""
    texts: list[str] = []
    pieces: list[tuple[int, ...]] = []
    owners: list[int] = []
    ends = [0]
    groups = [0]
    truth: list[int] = []
    packed: list[Any] = []
    for damage, found, right in choices(damages):
        for candidate in found:
            pieces.extend(candidate.pieces)
            owners.extend([len(texts)] * len(candidate.pieces))
            ends.append(len(owners))
        groups.append(len(ends) - 1)
        truth.append(right)
        texts.append(damage.paragraph.bare)
        if len(pieces) > 200_000:
            packed.append(np.array(pieces, np.int32))
            pieces = []
    packed.append(np.array(pieces, np.int32).reshape(-1, 7))
    rows = np.concatenate(packed)
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32).astype(np.int64)
    starts = np.concatenate([[0], np.cumsum([len(text) for text in texts])])
    windows = np.zeros((len(rows), WINDOW), np.uint32)
    _fill_windows(codes, starts, np.array(owners, np.int64), rows.astype(np.int64), windows)
    bases = np.array(BASES, np.int64)[rows[:, 0]]
    return Groups(windows, bases, np.array(ends), np.array(groups), np.array(truth))


def run(folders: Folders, output: Path = MODEL.path, each: Each = EACH) -> None:
    """Train on the folders given, and write the weights."""
    weights = train_choices(groups_of(examples_of(folders, damaged, each)), TEMPLATES)
    write(output, to_bytes(*weights, MODEL.kind, BITS))
