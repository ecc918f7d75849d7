"""The table of joins (`textclean.dedup.kernels.language`): which ideographs meet, and how often.

Counted over folds of clean prose, as the search for copies reads it: Simplified forms, no marks,
and no pair over a mark that ends a clause, parts a list or opens a quotation. A pair is a pointwise
mutual information, a character by itself the logarithm of how frequent it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from textclean.dedup.kernels.folding import CLAUSE, LIST, OPENS, Folds, fold_texts
from textclean.dedup.kernels.language import ALONE, JOINS, unseen
from textclean.models.linear import to_bytes
from tools.command import Folders
from tools.training.corpus import OfEachFile, files, lines
from tools.training.tables import write

Array = Any

#: A character has an entry when it is seen so often, a pair when it is.
CHARACTER_COUNT, PAIR_COUNT = 8, 3
#: A pair is kept when it says so much else than its absence would, in eighths of a bit.
PAIR_GAIN = 12
MOST_CHARACTERS = (1 << 13) - 2
MOST_PAIRS = 400_000
#: So much is added to the counts that are compared.
SMOOTH = 0.4
SIZE = 0x10000
_CHUNK = 400_000


def folds(path: Path, characters: int) -> Iterator[Folds]:
    """The folds of the lines of a file, some at a time."""
    texts: list[str] = []
    room, left = 0, characters
    for line in lines(path):
        texts.append(line)
        room += len(line)
        left -= len(line)
        if room > _CHUNK or left < 0:
            yield _fold(texts)
            texts, room = [], 0
        if left < 0:
            return
    yield _fold(texts)


def _fold(texts: list[str]) -> Folds:
    codes = np.frombuffer(bytearray("".join(texts).encode("utf-32-le")), np.uint32)
    return fold_texts(codes, np.cumsum([0, *map(len, texts)]))[0]


def count(each: Iterator[Folds]) -> tuple[Array, Array, Array]:
    """How often each ideograph stands there, and pairs of them, packed, with their counts."""
    single = np.zeros(SIZE, np.int64)
    keys, numbers = np.zeros(0, np.int64), np.zeros(0, np.int64)
    for chunk in each:
        codes = chunk.codes.astype(np.int64)
        han = (codes >= 0x3400) & (codes < 0xA000)
        single += np.bincount(codes[han], minlength=SIZE)
        opens = np.zeros(len(codes), np.bool_)
        opens[chunk.begins[chunk.begins < len(codes)]] = True
        opens |= (chunk.marks & (LIST | CLAUSE | OPENS)) > 0
        met = (codes[:-1] << 16 | codes[1:])[han[1:] & han[:-1] & ~opens[1:]]
        here, there = np.unique(met, return_counts=True)
        keys, places = np.unique(np.concatenate([keys, here]), return_inverse=True)
        numbers = np.bincount(places, np.concatenate([numbers, there])).astype(np.int64)
    return single, keys, numbers


def table(single: Array, keys: Array, numbers: Array) -> dict[int, int]:
    """The entries: pairs, and single characters behind `ALONE`, in quarters of a bit."""
    total, pairs = single.sum(), numbers.sum()
    known = np.flatnonzero(single >= CHARACTER_COUNT)
    known = np.sort(known[np.argsort(-single[known], kind="stable")[:MOST_CHARACTERS]])
    alone = np.zeros(SIZE, np.int64)
    alone[known] = np.maximum(-127, np.rint(4 * np.log2(single[known] / total))).astype(np.int64)
    ones, others = keys >> 16, keys & 0xFFFF
    often = (numbers >= PAIR_COUNT) & (alone[ones] < 0) & (alone[others] < 0)
    ones, others, numbers = ones[often], others[often], numbers[often]
    expected = single[ones] / total * single[others] / total * pairs
    joins = np.rint(8 * np.log2((numbers + SMOOTH) / (expected + SMOOTH)))
    joins = np.clip(joins, -40, 120).astype(np.int64)
    gain = np.abs(joins - unseen(alone[ones], alone[others]))
    best = np.flatnonzero(gain >= PAIR_GAIN)
    best = best[np.argsort(-gain[best] * np.log2(numbers[best] + 1), kind="stable")[:MOST_PAIRS]]
    print(f"{len(known):,} characters, {len(best):,} of {len(ones):,} pairs")
    entries = {ALONE << 16 | int(code): int(alone[code]) for code in known}
    entries |= {
        int(one) << 16 | int(other): int(value)
        for one, other, value in zip(ones[best], others[best], joins[best], strict=True)
    }
    return entries


def run(folders: Folders, output: Path = JOINS.path, characters: OfEachFile = 16_000_000) -> None:
    """Count over the folders given, and write the table."""
    single, keys, numbers = count(
        chunk for path in files(folders) for chunk in folds(path, characters)
    )
    entries = table(single, keys, numbers)
    values = bytes(entries[index] & 0xFF for index in sorted(entries))
    write(output, to_bytes(sorted(entries), values, JOINS.kind, 32))
