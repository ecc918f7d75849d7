"""Counting what print puts in quotes: the lexicon of the pairs of slots.

A term that stands in quotes somewhere may stand without them elsewhere; the lexicon knows how
often it does the one and the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from textclean.models.hashing import FNV_BASIS, STEP
from textclean.punctuation.arrays.features import code_points
from textclean.punctuation.labels import FOLDING
from textclean.punctuation.pairs import LONGEST_CONTENT
from textclean.punctuation.slot_weights import Lexicon

Array = npt.NDArray[Any]

#: A term must be quoted so often to be in the lexicon, and have so many characters.
LEAST_QUOTED, SHORTEST = 2, 2
#: Shares of a term's occurrences that are quoted, at which the next level begins.
LEVELS = (0.1, 0.25, 0.45, 0.65, 0.85)
#: Terms seen seldom are taken for less usually quoted than they seem: so many are added unquoted.
STEADY = 1
#: Leading bits of a hash by which most of what is no term is passed over.
_FILTER_BITS = 20


def count_quoted(texts: Iterable[str]) -> Lexicon:
    """The lexicon of texts, one paragraph a line."""
    parts = [code_points(text.translate(FOLDING) + "\n") for text in texts]
    spans = [_quotations(codes) for codes in parts]
    terms: list[Array] = []
    quoted: list[Array] = []
    everywhere: list[Array] = []
    for length in range(SHORTEST, LONGEST_CONTENT + 1):
        hashed = [_hashes(codes, length) for codes in parts]
        found = np.concatenate(
            [h[starts[sizes == length]] for h, (starts, sizes) in zip(hashed, spans, strict=True)]
        )
        values, counts = np.unique(found, return_counts=True)
        often = counts >= LEAST_QUOTED
        values, counts = values[often], counts[often]
        terms.append(values)
        quoted.append(counts)
        everywhere.append(sum((_occurrences(h, values) for h in hashed), np.zeros(values.size)))
    hashes, which = np.unique(np.concatenate(terms), return_index=True)
    shares = np.concatenate(quoted) / (np.concatenate(everywhere) + STEADY)
    levels = 1 + np.searchsorted(LEVELS, shares[which], side="right")
    return Lexicon(hashes.astype(np.uint32).data, levels.astype(np.uint8).data)


def _quotations(codes: Array) -> tuple[Array, Array]:
    """Where quotations without others in them start, and how long they are."""
    marks = np.flatnonzero(np.isin(codes, [ord("“"), ord("”"), ord("\n")]))
    paired = (codes[marks[:-1]] == ord("“")) & (codes[marks[1:]] == ord("”"))
    starts = marks[:-1][paired] + 1
    return starts, marks[1:][paired] - starts


def _hashes(codes: Array, length: int) -> Array:
    """The hashes of all pieces of a length, by where they start."""
    h = np.full(max(0, codes.size - length + 1), FNV_BASIS, np.uint32)
    for offset in range(length):
        h ^= codes[offset : offset + h.size]
        h *= np.uint32(STEP)
    return h


def _occurrences(hashes: Array, terms: Array) -> Array:
    """How often each of the terms, ascending, is among the hashes."""
    if not terms.size:
        return np.zeros(0)
    known = np.zeros(1 << _FILTER_BITS, np.bool_)
    known[terms >> np.uint32(32 - _FILTER_BITS)] = True
    hashes = hashes[known[hashes >> np.uint32(32 - _FILTER_BITS)]]
    index = np.minimum(np.searchsorted(terms, hashes), terms.size - 1)
    return np.bincount(index[terms[index] == hashes], minlength=terms.size)
