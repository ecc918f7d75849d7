"""Pairs of slots and their features in arrays: the same as `textclean.punctuation.pairs`."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from textclean.punctuation.alphabet import CLASSES, CLOSING, EDGE, OPENING
from textclean.punctuation.bulk import BATCH, hash_columns
from textclean.punctuation.hashing import FNV_BASIS, STEP
from textclean.punctuation.pairs import (
    FEATURES,
    LEAST,
    LEAST_LONG,
    LEAST_TOGETHER,
    LONGEST_CONTENT,
    MOST_CHARACTERS,
    MOST_SLOTS,
    NEAR,
    NO_SLOT,
    STEPS,
)
from textclean.punctuation.weights import UNIT

Array = npt.NDArray[Any]

_CLASSES = np.array(CLASSES)
_EDGE = ord(EDGE)
#: Line feeds put around the text.
_PADDING = 3


class Runs(NamedTuple):
    """The runs of spaces of a text: where they stand, in which line, and their odds."""

    places: Array
    lines: Array
    opens: Array
    closes: Array


class Pairs(NamedTuple):
    """Candidates, as indices of runs, ordered by the first and then the second."""

    first: Array
    second: Array


def odds(scores: Array) -> tuple[Array, Array]:
    """`textclean.punctuation.pairs.odds` of scores [slots, labels]: opens, closes."""
    found = []
    for half in (OPENING, CLOSING):
        does = (_CLASSES & half) > 0
        found.append(scores[:, does].max(axis=1) - scores[:, ~does].max(axis=1))
    return found[0], found[1]


def candidates(runs: Runs) -> Pairs:
    """`textclean.punctuation.pairs.candidates` of all lines."""
    firsts, seconds = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    starts = np.flatnonzero(runs.opens > LEAST)
    may_close = runs.closes > LEAST
    opens, closes = np.minimum(runs.opens, 0), np.minimum(runs.closes, 0)
    for apart in range(1, MOST_SLOTS + 1):
        starts = starts[starts + apart < runs.places.size]
        ends = starts + apart
        near = (runs.lines[starts] == runs.lines[ends]) & (
            runs.places[ends] - runs.places[starts] <= MOST_CHARACTERS
        )
        starts, ends = starts[near], ends[near]
        fit = may_close[ends] & (opens[starts] + closes[ends] > LEAST_TOGETHER)
        firsts.append(starts[fit])
        seconds.append(ends[fit])
    first, second = np.concatenate(firsts), np.concatenate(seconds)
    order = np.lexsort((second, first))
    return Pairs(first[order], second[order])


class PairColumns:
    """The columns of pairs (`textclean.punctuation.pairs.COLUMNS`), a batch at a time."""

    def __init__(self, codes: Array, runs: Runs) -> None:
        edges = np.full(_PADDING, _EDGE, np.uint32)
        self._codes = padded = np.concatenate([edges, codes, edges])
        self._runs = runs
        self._places = runs.places + _PADDING
        self._opens, self._closes = (_steps(values) for values in (runs.opens, runs.closes))
        self._sums = [
            np.concatenate([[0], np.cumsum(np.isin(padded, [ord(mark) for mark in marks]))])
            for marks in ("，", "。：", "、", "“”")
        ]

    def hashed(self, pairs: Pairs) -> list[Array]:
        """Hashes of batches of pairs: [features, pairs] each."""
        return [
            self._hashed(pairs.first[at : at + BATCH], pairs.second[at : at + BATCH])
            for at in range(0, pairs.first.size, BATCH)
        ]

    def _hashed(self, one: Array, two: Array) -> Array:
        codes, places, lines = self._codes, self._places, self._runs.lines
        opens, closes = self._opens, self._closes
        start, end = places[one], places[two]
        length = end - start
        content = np.full(one.size, FNV_BASIS, np.uint32)
        for offset in range(LONGEST_CONTENT):
            here = (offset < length) & (length <= LONGEST_CONTENT)
            code = codes[np.minimum(start + offset, codes.size - 1)]
            content = np.where(here, (content ^ code) * np.uint32(STEP), content)
        before, behind = np.maximum(one - 1, 0), np.minimum(two + 1, places.size - 1)
        has_before = (one > 0) & (lines[before] == lines[one])
        has_behind = (two + 1 < places.size) & (lines[behind] == lines[two])
        has_inner = two - one > 1
        a1, a2 = codes[start - 1], codes[start - 2]
        t1, t2 = codes[end], codes[end + 1]
        columns = [
            opens[one], closes[two], closes[one], opens[two],
            length, np.minimum(two - one - 1, 7),
            *(np.minimum(sums[end] - sums[start], 2) for sums in self._sums),
            content, a1, a2, np.where(a2 == _EDGE, _EDGE, codes[start - 3]),
            codes[start], codes[start + 1], codes[start + 2],
            codes[end - 1], codes[end - 2], codes[end - 3],
            t1, t2, np.where(t2 == _EDGE, _EDGE, codes[np.minimum(end + 2, codes.size - 1)]),
            np.where(has_before, closes[before], NO_SLOT),
            np.where(has_before, np.minimum(start - places[before], NEAR), NEAR),
            np.where(has_behind, opens[behind], NO_SLOT),
            np.where(has_behind, np.minimum(places[behind] - end, NEAR), NEAR),
            np.where(has_inner, opens[np.minimum(one + 1, two)], NO_SLOT),
            np.where(has_inner, closes[two - 1], NO_SLOT),
            np.where(has_inner, closes[np.minimum(one + 1, two)], NO_SLOT),
            np.where(has_inner, opens[two - 1], NO_SLOT),
        ]  # fmt: skip
        conditions = [np.ones(one.size, bool), length <= LONGEST_CONTENT, length >= LEAST_LONG]
        return hash_columns(FEATURES, [column.astype(np.uint32) for column in columns], conditions)


def _steps(likelihoods: Array) -> Array:
    steps: Array = np.minimum(np.maximum(-likelihoods, 0) // (UNIT // 2), STEPS)
    return steps
