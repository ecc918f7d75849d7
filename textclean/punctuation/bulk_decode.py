"""The decision in arrays: quotations and labels of all lines at once, as `decode` has them.

Few slots can gain by being a quote, and no quotation reaches from one line into another. So the
dynamic program of `decode` runs once over these few, whatever their lines; all else is arrays.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from textclean.punctuation.arrays.pairs import Pairs, Runs
from textclean.punctuation.decode import LABELS_OF, LONE, habit, mates, schedule, with_margins
from textclean.punctuation.labels import LABELS, MARKS
from textclean.punctuation.model import MAY_BE, Decision
from textclean.punctuation.slots import Slots
from textclean.punctuation.unquoted_words import PENALISED, plain_penalty

Array = npt.NDArray[Any]

_MARK_LABELS = np.array([LABELS.index(mark) for mark in MARKS])


class Scores(NamedTuple):
    """What the networks make of a text's slots: `textclean.punctuation.model.Scored` in arrays."""

    #: [slots, labels]
    slots: Array
    runs: Runs
    pairs: Pairs
    #: Of each pair; and of each run the best of what would make a quote of it.
    gains: Array
    rivals: Array


class Decided(NamedTuple):
    """The decisions on a text's slots, as columns: see `textclean.punctuation.model.Decision`."""

    #: Indices of `LABELS`.
    labels: Array
    class_margins: Array
    label_margins: Array
    #: Indices of slots, -1 for none.
    closed_by: Array
    opened_by: Array
    #: Offsets in the given text, -1 for none.
    opened_at: Array


class _Quotes(NamedTuple):
    """What was chosen of the runs that may be quotes, as columns: see `decode.Choice`."""

    #: Indices of runs.
    runs: Array
    quotes: Array
    margins: Array
    #: Indices of runs, -1 for none.
    closed_by: Array
    opened_by: Array


def decided(slots: Slots, scores: Scores, kinds: Array) -> Decided:
    """The decisions on slots, from their scores.

    Args:
        kinds: `slots.kinds`.
    """
    labels, leads = best_labels(scores.slots, 0)
    in_question = scores.rivals > 0
    scores = _with_mates(slots.text, scores)
    runs = scores.runs
    margins = np.zeros(labels.size, np.int64)
    has_slot = runs.slots >= 0
    chosen, rivals = _quotations(slots.text, scores, in_question)
    margins[runs.slots[has_slot]] = -rivals[has_slot]
    closed_by, opened_by, opened_at = (np.full(labels.size, -1) for _ in range(3))
    which = runs.slots[chosen.runs]
    there = which >= 0
    margins[which[there]] = chosen.margins[there]
    for quotes in range(1, len(LABELS_OF)):
        of_class = which[there & (chosen.quotes == quotes)]
        labels[of_class], leads[of_class] = best_labels(scores.slots[of_class], quotes)
    opens, closes = there & (chosen.closed_by >= 0), there & (chosen.opened_by >= 0)
    closed_by[which[opens]] = runs.slots[chosen.closed_by[opens]]
    opening = chosen.opened_by[closes]
    opened_by[which[closes]] = runs.slots[opening]
    unspaced = runs.slots[opening] < 0
    opened_at[which[closes][unspaced]] = [
        slots.offset(place) for place in runs.places[opening[unspaced]].tolist()
    ]
    marks = np.flatnonzero(kinds)
    labels[marks], leads[marks] = best_marks(scores.slots[marks], kinds[marks])
    return Decided(labels, margins, leads, closed_by, opened_by, opened_at)


def _with_mates(text: str, scores: Scores) -> Scores:
    """The scores with those runs likelier that may have lost the other halves of printed quotes."""
    runs, rivals = scores.runs, scores.rivals.copy()
    if "“" not in text and "”" not in text:
        return scores
    odds_of = list(zip(runs.opens.tolist(), runs.closes.tolist(), strict=True))
    opens, closes = runs.opens.copy(), runs.closes.copy()
    for run, each in mates(text, runs.places.tolist(), odds_of).items():
        opens[run], closes[run] = each
        rivals[run] = max(rivals[run], max(each) - LONE)
    return scores._replace(runs=runs._replace(opens=opens, closes=closes), rivals=rivals)


def _quotations(text: str, scores: Scores, asked: Array) -> tuple[_Quotes, Array]:
    """The quotes of a squeezed text (`decode.choose_in_company` of each line), and of each run what
    its rivals come to be.

    Args:
        asked: runs whose lines have pairs to choose from.
    """
    runs, pairs, gains, rivals = scores.runs, scores.pairs, scores.gains, scores.rivals
    active, odds_of, best_of, gaining = _contest(scores)
    closed_by = np.array(schedule(odds_of, gaining, best_of)[1], np.int64)
    # What pairs gain by the company they keep, and lose for being plain words, where any gains.
    lines = int(runs.lines[-1]) + 1 if runs.lines.size else 0
    in_question = np.zeros(lines, bool)
    in_question[runs.lines[asked]] = True
    sizes = np.bincount(runs.lines, minlength=lines)
    chosen = np.bincount(runs.lines[active[closed_by >= 0]], minlength=lines)
    more = np.zeros(lines, np.int64)
    some = np.flatnonzero(chosen)
    more[some] = [*map(habit, chosen[some].tolist(), sizes[some].tolist())]
    of_pair = runs.lines[pairs.first]
    changed = gains + more[of_pair] - _penalties(text, runs, pairs, in_question[of_pair])
    best = np.where(in_question[runs.lines], best_rivals(runs, pairs, changed), rivals)
    return _choose(scores._replace(gains=changed, rivals=best)), best


def best_rivals(runs: Runs, pairs: Pairs, gains: Array) -> Array:
    """Of each run the best of what would make a quote of it (`decode.rivals`)."""
    best: Array = np.maximum(runs.opens, runs.closes) - LONE
    np.maximum.at(best, pairs.first, gains)
    np.maximum.at(best, pairs.second, gains)
    return best


def _penalties(text: str, runs: Runs, pairs: Pairs, asked: Array) -> Array:
    """`plain.plain_penalty` of the pairs that are asked for; 0 of others."""
    found = np.zeros(pairs.first.size, np.int64)
    start, end = runs.places[pairs.first], runs.places[pairs.second]
    asked = np.flatnonzero(asked & np.isin(end - start, PENALISED))
    found[asked] = [
        plain_penalty(text[one:two])
        for one, two in zip(start[asked].tolist(), end[asked].tolist(), strict=True)
    ]
    return found


class _Contest(NamedTuple):
    """The runs that can be quotes, and the pairs that gain."""

    #: Indices of runs; their odds, and the best of what would make a quote of each.
    runs: Array
    odds_of: list[tuple[int, int]]
    rivals: list[int]
    #: Which of them open and close a pair, and what it gains.
    gaining: list[tuple[int, int, int]]


def _contest(scores: Scores) -> _Contest:
    """What is to be chosen from: between the two of a pair the other runs change nothing."""
    runs, pairs = scores.runs, scores.pairs
    active = np.flatnonzero(scores.rivals > 0)
    gaining = np.flatnonzero(scores.gains > 0)
    halves = [np.searchsorted(active, half[gaining]) for half in (pairs.first, pairs.second)]
    columns = [column.tolist() for column in (*halves, scores.gains[gaining])]
    odds_of = zip(runs.opens[active].tolist(), runs.closes[active].tolist(), strict=True)
    rivals = scores.rivals[active].tolist()
    return _Contest(active, [*odds_of], rivals, list(zip(*columns, strict=True)))


def _choose(scores: Scores) -> _Quotes:
    """The best quotations, each pair gaining what it does."""
    active, odds_of, rivals, gaining = _contest(scores)
    chosen = with_margins(odds_of, gaining, rivals, schedule(odds_of, gaining, rivals))
    quotes, margins, closed_by, opened_by = (np.array(column, np.int64) for column in chosen)
    beyond = np.append(active, -1)  # what -1 stands for
    return _Quotes(active, quotes, margins, beyond[closed_by], beyond[opened_by])


def best_labels(scores: Array, quotes: int) -> tuple[Array, Array]:
    """Of each slot the best label of a class, and its lead (`decode.best_label`)."""
    labels = np.array(LABELS_OF[quotes])
    ranked = scores[:, labels]
    best = ranked.argmax(axis=1)
    top = np.partition(ranked, -2, axis=1)[:, -2:]
    return labels[best], top[:, 1] - top[:, 0]


def best_marks(scores: Array, kinds: Array) -> tuple[Array, Array]:
    """The labels that should stand for present marks, and their leads (`model.best_mark`)."""
    best = np.zeros(kinds.size, np.int64)
    for code, mark in enumerate(MARKS, 1):
        of_mark, labels = np.flatnonzero(kinds == code), np.array(MAY_BE[mark])
        best[of_mark] = labels[scores[of_mark][:, labels].argmax(axis=1)]
    row = np.arange(kinds.size)
    return best, scores[row, best] - scores[row, _MARK_LABELS[kinds - np.uint8(1)]]


def as_decisions(slots: Slots, found: Decided, which: Array, text: str = "") -> list[Decision]:
    """Decisions on some slots, one by one.

    Args:
        which: their indices.
        text: in which slots were found; without it there are no marks among them.
    """
    rows = which.tolist()
    starts, ends = ([column[row] for row in rows] for column in (slots.starts, slots.ends))
    marks = [
        text[start:end] if slots.kinds[row] else ""
        for row, start, end in zip(rows, starts, ends, strict=True)
    ]
    labels = map(LABELS.__getitem__, found.labels[which].tolist())
    columns = [column[which].tolist() for column in found[1:]]
    # They are very many: the class's own constructor is Python's code, that of tuples is not.
    make = partial(tuple.__new__, Decision)
    return list(map(make, zip(starts, ends, marks, labels, *columns, strict=True)))
