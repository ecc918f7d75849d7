"""The table of bigrams (`textclean.layout.bigrams`): counts over clean prose, as scores.

It says how much likelier two characters meet inside a paragraph than at a border, where the first
ends a paragraph or a heading and the second begins one. Read are the first so many characters of
each file; nothing is held out.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from textclean.layout.bigrams import BEFORE, BEHIND, MODEL, UNSEEN, fold, index_of
from textclean.models.linear import to_bytes
from tools.command import Folders
from tools.training.corpus import OfEachFile, files, lines
from tools.training.tables import write

Array = Any

#: A character has its own entry when it is seen so often, and a pair when it is.
CHARACTER_COUNT = 40
PAIR_COUNT = 6
#: A pair is kept when it says so much more than its two characters do, in eighths of a bit.
PAIR_GAIN = 14
MOST_PAIRS = 150_000
SIZE = 0x10000


def counts(path: Path, characters: int) -> tuple[Array, Array, Array, Counter[int]]:
    """Counts of inner characters, ends, starts (by code point) and inner pairs (by both)."""
    folded = []
    total = 0
    for line in filter(None, lines(path)):
        folded.append(fold(line).encode("utf-16-le"))
        total += len(folded[-1]) // 2
        if total >= characters:
            break
    text = "\n".encode("utf-16-le").join((b"", *folded, b""))
    codes = np.frombuffer(text, np.uint16).astype(np.int64)
    edge = codes == ord("\n")
    inner, ends, starts = (
        np.bincount(codes[which], minlength=SIZE)
        for which in (~edge, np.roll(edge, -1) & ~edge, np.roll(edge, 1) & ~edge)
    )
    met = (codes[:-1] * SIZE + codes[1:])[~(edge[:-1] | edge[1:])]
    keys, numbers = np.unique(met, return_counts=True)
    return inner, ends, starts, Counter(dict(zip(keys.tolist(), numbers.tolist(), strict=True)))


def run(folders: Folders, output: Path = MODEL.path, characters: OfEachFile = 12_000_000) -> None:
    """Count over the folders given, and write the table."""
    inner, ends, starts = np.zeros((3, SIZE), np.float64)
    pairs: Counter[int] = Counter()
    for path in files(folders):
        one, two, three, of_file = counts(path, characters)
        inner += one
        # Registers differ in how long a paragraph is; each counts the same at its borders.
        ends += two / two.sum()
        starts += three / three.sum()
        pairs.update(of_file)
        print(f"{path.name}: {int(one.sum()):,} characters, {len(of_file):,} pairs")
    weights = _scores(inner, ends, starts, pairs)
    values = bytes(weights[index] & 0xFF for index in sorted(weights))
    write(output, to_bytes(sorted(weights), values, MODEL.kind, 32))


def _scores(inner: Array, ends: Array, starts: Array, pairs: dict[int, int]) -> dict[int, int]:
    """What characters and pairs say, in eighths of a bit, by `index_of`."""
    known = inner >= CHARACTER_COUNT
    known[0xD800:0xE000] = False  # halves of characters beyond the basic plane
    total = inner.sum()
    probable = (inner + 0.5) / total
    smooth = 1e-5
    ending = (1 - smooth * known.sum()) * ends / ends.sum() + smooth
    beginning = (1 - smooth * known.sum()) * starts / starts.sum() + smooth

    def eighths(ratio: Array) -> Array:
        return np.clip(np.rint(8 * np.log2(ratio)), -127, 127).astype(int)

    # What a rare character tells about a border is little: shrink towards nothing.
    weight = inner / (inner + 200)
    before = np.rint(eighths(probable / ending) * weight).astype(int)
    behind = np.rint(eighths(probable / beginning) * weight).astype(int)
    gained: list[tuple[int, int]] = []
    floor = 2.0 ** (UNSEEN / 8)
    for key, number in pairs.items():
        first, second = divmod(key, SIZE)
        if number < PAIR_COUNT or not (known[first] and known[second]):
            continue
        expected = inner[first] * inner[second] / total
        met = 8 * np.log2(floor + (number - 1) / expected)
        if met - UNSEEN >= PAIR_GAIN:
            gained.append((key, int(min(127, round(met)))))
    # The most telling first: what a pair adds, as often as it is met.
    gained.sort(key=lambda pair: (-(pair[1] - UNSEEN) * pairs[pair[0]], pair[0]))
    gained = sorted(gained[:MOST_PAIRS])
    characters = [chr(code) for code in np.flatnonzero(known)]
    print(f"{len(characters):,} characters, {len(gained):,} pairs")
    return (
        {index_of(BEFORE + char): int(before[ord(char)]) for char in characters}
        | {index_of(BEHIND + char): int(behind[ord(char)]) for char in characters}
        | dict(gained)
    )
