"""Derive ``textclean/layout/data/continuation.bin`` from folders of clean prose.

Run by hand, from the root of the repository, over a folder of clean plain text in UTF-8 (``*.txt``,
one paragraph a line, a blank line between documents)::

    python tools/derive_continuation.py FOLDER [--characters 12000000]

The table says how much likelier two characters meet inside a paragraph than at a border, where the
first ends a paragraph or a heading and the second begins one. It holds counts only. The file on
record was made from the sources that the data folder's README names; the same text gives the same
file, byte for byte.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))
from textclean.layout.bigrams import PATH, UNSEEN, Table, fold, write

#: A character has its own entry when it is seen so often, and a pair when it is.
CHARACTER_COUNT = 40
PAIR_COUNT = 6
#: A pair is kept when it says so much more than its two characters do, in eighths of a bit.
PAIR_GAIN = 14
MOST_PAIRS = 150_000
SIZE = 0x10000


def counts(path: Path, characters: int) -> tuple[np.ndarray, ...]:
    """Counts of inner characters, ends, starts (by code point) and inner pairs (by both)."""
    inner = np.zeros(SIZE, np.int64)
    ends = np.zeros(SIZE, np.int64)
    starts = np.zeros(SIZE, np.int64)
    pairs: dict[int, int] = {}
    held: list[np.ndarray] = []
    total = 0

    def flush() -> None:
        if held:
            keys, numbers = np.unique(np.concatenate(held), return_counts=True)
            for key, number in zip(keys.tolist(), numbers.tolist(), strict=True):
                pairs[key] = pairs.get(key, 0) + number
            held.clear()

    with path.open(encoding="utf-8") as lines:
        for line in lines:
            line = fold(line.strip())
            if not line:
                continue
            codes = np.frombuffer(line.encode("utf-16-le"), np.uint16).astype(np.int64)
            starts[codes[0]] += 1
            ends[codes[-1]] += 1
            np.add.at(inner, codes, 1)
            held.append(codes[:-1] * SIZE + codes[1:])
            total += len(codes)
            if len(held) > 20_000:
                flush()
            if total >= characters:
                break
    flush()
    keys = np.array(list(pairs), np.int64)
    return inner, ends, starts, keys, np.array([pairs[key] for key in keys.tolist()], np.int64)


def main() -> None:
    """Read the folder, count, write the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--characters", type=int, default=12_000_000, help="at most, of each file")
    arguments = parser.parse_args()
    inner = np.zeros(SIZE, np.float64)
    ends = np.zeros(SIZE, np.float64)
    starts = np.zeros(SIZE, np.float64)
    pairs: dict[int, float] = {}
    for path in sorted(arguments.folder.glob("*.txt")):
        one, two, three, keys, numbers = counts(path, arguments.characters)
        inner += one
        # Registers differ in how long a paragraph is; each counts the same at its borders.
        ends += two / two.sum()
        starts += three / three.sum()
        for key, number in zip(keys.tolist(), numbers.tolist(), strict=True):
            pairs[key] = pairs.get(key, 0) + number
        print(f"{path.name}: {int(one.sum()):,} characters, {len(keys):,} pairs")
    known = inner >= CHARACTER_COUNT
    known[0xD800:0xE000] = False  # halves of characters beyond the basic plane
    total = inner.sum()
    probable = (inner + 0.5) / total
    smooth = 1e-5
    ending = (1 - smooth * known.sum()) * ends / ends.sum() + smooth
    beginning = (1 - smooth * known.sum()) * starts / starts.sum() + smooth

    def eighths(ratio: np.ndarray) -> np.ndarray:
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
    write(
        PATH,
        Table(
            {char: int(before[ord(char)]) for char in characters},
            {char: int(behind[ord(char)]) for char in characters},
            {chr(key // SIZE) + chr(key % SIZE): value for key, value in gained},
        ),
    )
    print(f"{PATH}: {len(characters):,} characters, {len(gained):,} pairs, {PATH.stat().st_size:,}")


if __name__ == "__main__":
    main()
