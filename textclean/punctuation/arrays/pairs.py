"""Pairs of slots and their features in arrays: the same as `textclean.punctuation.pairs`."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from textclean.models.hashing import FNV_BASIS, STEP
from textclean.models.mlp import LOGIT_Q8
from textclean.models.mlp_arrays import hashes
from textclean.punctuation import pairs
from textclean.punctuation.arrays.features import BATCH, code_points
from textclean.punctuation.features import ETC, MOST_ETC
from textclean.punctuation.labels import CLASSES, CLOSING, EDGE, OPENING
from textclean.punctuation.slot_weights import Lexicon
from textclean.text.words import all_words

Array = npt.NDArray[Any]

_CLASSES = np.array(CLASSES)
_EDGE = ord(EDGE)
_BEHIND = [_EDGE, *map(ord, pairs.BEHIND)]
_QUOTES = [ord("“"), ord("”")]
#: Line feeds put around the text.
_PADDING = 3


class Runs(NamedTuple):
    """The runs of spaces of a text, and unspaced slots: where they stand, in which line, odds."""

    places: Array
    lines: Array
    opens: Array
    closes: Array
    #: Of each run the index of its slot; -1 for unspaced ones.
    slots: Array


class Pairs(NamedTuple):
    """Candidates, as indices of runs, ordered by the first and then the second."""

    first: Array
    second: Array


def odds(scores: Array) -> tuple[Array, Array]:
    """`textclean.punctuation.pairs.odds` of scores [slots, labels]: opens, closes."""
    columns = []
    for half in (OPENING, CLOSING):
        does = (_CLASSES & half) > 0
        columns.append(scores[:, does].max(axis=1) - scores[:, ~does].max(axis=1))
    return columns[0], columns[1]


def with_unspaced(codes: Array, runs: Runs) -> Runs:
    """Runs of a squeezed text, and between them its unspaced slots (`pairs.unspaced`)."""
    closing = np.flatnonzero(runs.closes > pairs.LEAST_CLOSING)
    if not closing.size:
        return runs
    ends = runs.places[closing]
    marks = np.concatenate([[-1], np.flatnonzero(np.isin(codes, _BEHIND))])
    begins = marks[np.searchsorted(marks, ends) - 1] + 1
    quotes = np.concatenate([[0], np.cumsum(np.isin(codes, _QUOTES))])
    fit = (ends - begins >= pairs.SHORTEST) & (ends - begins <= pairs.MOST_UNSPACED)
    fit &= quotes[ends] == quotes[begins]
    places, which = np.unique(begins[fit], return_index=True)
    lines = runs.lines[closing[fit][which]]
    index = np.searchsorted(runs.places, places)
    there = runs.places[np.minimum(index, runs.places.size - 1)] == places
    index, places, lines = index[~there], places[~there], lines[~there]
    return Runs(
        np.insert(runs.places, index, places),
        np.insert(runs.lines, index, lines),
        np.insert(runs.opens, index, pairs.UNSPACED),
        np.insert(runs.closes, index, pairs.UNSPACED),
        np.insert(runs.slots, index, -1),
    )


def candidates(runs: Runs) -> Pairs:
    """`textclean.punctuation.pairs.candidates` of all lines."""
    firsts, seconds = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    is_unspaced = runs.opens == pairs.UNSPACED
    starts = np.flatnonzero((runs.opens > pairs.LEAST) | is_unspaced)
    least = np.where(is_unspaced, pairs.LEAST_CLOSING, pairs.LEAST)
    most = np.where(is_unspaced, pairs.MOST_UNSPACED, pairs.MOST_CHARACTERS)
    opens = np.where(is_unspaced, 0, np.minimum(runs.opens, 0))
    closes = np.minimum(runs.closes, 0)
    for apart in range(1, pairs.MOST_SLOTS + 1):
        starts = starts[starts + apart < runs.places.size]
        ends = starts + apart
        near = (runs.lines[starts] == runs.lines[ends]) & (
            runs.places[ends] - runs.places[starts] <= most[starts]
        )
        starts, ends = starts[near], ends[near]
        together = opens[starts] + closes[ends]
        fit = (runs.closes[ends] > least[starts]) & (together > pairs.LEAST_TOGETHER)
        firsts.append(starts[fit])
        seconds.append(ends[fit])
    first, second = np.concatenate(firsts), np.concatenate(seconds)
    order = np.lexsort((second, first))
    return Pairs(first[order], second[order])


def in_words(codes: Array, places: Array) -> Array:
    """Whether a slot at each place of a squeezed text would split a word."""
    around = (codes[places - 1].astype(np.uint64) << np.uint64(32)) | codes[places]
    words = _words()
    split: Array = words[np.searchsorted(words, around)] == around
    return split & (places > 0)


@cache
def _words() -> Array:
    """All words of two characters, both in one number, ascending; and a number above them all."""
    words = code_points("".join(all_words())).astype(np.uint64)
    packed = np.sort((words[::2] << np.uint64(32)) | words[1::2])
    return np.append(packed, np.uint64(2**64 - 1))


class PairColumns:
    """The columns of pairs (`textclean.punctuation.pairs.COLUMNS`), a batch at a time."""

    def __init__(self, codes: Array, runs: Runs, lexicon: Lexicon) -> None:
        edges = np.full(_PADDING, _EDGE, np.uint32)
        self._codes = padded = np.concatenate([edges, codes, edges])
        self._runs = runs
        self._places = runs.places + _PADDING
        self._terms = np.append(np.array(lexicon.hashes, np.uint32), np.uint32(0xFFFFFFFF))
        self._levels = np.append(np.array(lexicon.levels, np.uint8), np.uint8(0))
        self._lists = np.flatnonzero(padded[self._places] == ord(ETC))
        self._opens, self._closes = (_steps(values) for values in (runs.opens, runs.closes))
        self._sums = [
            np.concatenate([[0], np.cumsum(np.isin(padded, [ord(mark) for mark in marks]))])
            for marks in ("，", "。：", "、", "“”")
        ]

    def hashed(self, of: Pairs) -> list[Array]:
        """Hashes of batches of pairs: [features, pairs] each."""
        return [
            self._hashed(of.first[at : at + BATCH], of.second[at : at + BATCH])
            for at in range(0, of.first.size, BATCH)
        ]

    def _hashed(self, one: Array, two: Array) -> Array:
        codes, places, lines = self._codes, self._places, self._runs.lines
        opens, closes = self._opens, self._closes
        start, end = places[one], places[two]
        length = end - start
        content = np.full(one.size, FNV_BASIS, np.uint32)
        for offset in range(pairs.LONGEST_CONTENT):
            here = (offset < length) & (length <= pairs.LONGEST_CONTENT)
            code = codes[np.minimum(start + offset, codes.size - 1)]
            content = np.where(here, (content ^ code) * np.uint32(STEP), content)
        before, behind = np.maximum(one - 1, 0), np.minimum(two + 1, places.size - 1)
        has_before = (one > 0) & (lines[before] == lines[one])
        has_behind = (two + 1 < places.size) & (lines[behind] == lines[two])
        has_inner = two - one > 1
        a1 = codes[start - 1]
        a2 = np.where(a1 == _EDGE, _EDGE, codes[start - 2])
        t1 = codes[end]
        t2 = np.where(t1 == _EDGE, _EDGE, codes[end + 1])
        columns = [
            opens[one], closes[two], closes[one], opens[two],
            length, np.minimum(two - one - 1, 7),
            *(np.minimum(sums[end] - sums[start], 2) for sums in self._sums),
            content, a1, a2, np.where(a2 == _EDGE, _EDGE, codes[start - 3]),
            codes[start], codes[start + 1], codes[start + 2],
            codes[end - 1], codes[end - 2], codes[end - 3],
            t1, t2, np.where(t2 == _EDGE, _EDGE, codes[np.minimum(end + 2, codes.size - 1)]),
            np.where(has_before, closes[before], pairs.NO_SLOT),
            np.where(has_before, np.minimum(start - places[before], pairs.NEAR), pairs.NEAR),
            np.where(has_behind, opens[behind], pairs.NO_SLOT),
            np.where(has_behind, np.minimum(places[behind] - end, pairs.NEAR), pairs.NEAR),
            np.where(has_inner, opens[np.minimum(one + 1, two)], pairs.NO_SLOT),
            np.where(has_inner, closes[two - 1], pairs.NO_SLOT),
            np.where(has_inner, closes[np.minimum(one + 1, two)], pairs.NO_SLOT),
            np.where(has_inner, opens[two - 1], pairs.NO_SLOT),
            np.where(has_before, opens[before], pairs.NO_SLOT),
            np.where(has_behind, closes[behind], pairs.NO_SLOT),
            np.where(has_before, np.minimum(start - places[before], pairs.FAR), 0),
            np.where(has_behind, np.minimum(places[behind] - end, pairs.FAR), 0),
            self._etc(two), self._usual(content),
        ]  # fmt: skip
        is_short, is_long = length <= pairs.LONGEST_CONTENT, length >= pairs.LEAST_LONG
        conditions = [np.ones(one.size, bool), is_short, is_long]
        return hashes(pairs.FEATURES, [column.astype(np.uint32) for column in columns], conditions)

    def _usual(self, content: Array) -> Array:
        """The column ``usual`` of what is enclosed."""
        index = np.searchsorted(self._terms, content)
        return np.where(self._terms[index] == content, self._levels[index], 0)

    def _etc(self, two: Array) -> Array:
        """The column ``etc`` of pairs that end at these runs."""
        if not self._lists.size:
            return np.zeros(two.size, np.int64)
        index = np.searchsorted(self._lists, two)
        nearest = self._lists[np.minimum(index, self._lists.size - 1)]
        which = nearest - two + 1
        near = (index < self._lists.size) & (which <= MOST_ETC)
        return np.where(near & (self._runs.lines[nearest] == self._runs.lines[two]), which, 0)


def _steps(likelihoods: Array) -> Array:
    steps = np.minimum(np.maximum(pairs.BEST - likelihoods, 0) // (LOGIT_Q8 // 2), pairs.STEPS)
    return np.where(likelihoods == pairs.UNSPACED, pairs.UNSPACED_STEP, steps)
