"""Derive ``textclean/placeholders/data/formulas.bin``: the words that prose uses again and again.

Run by hand, from the root of the repository, with numpy, over a folder of clean plain text in UTF-8
(a paragraph a line, documents parted by empty lines); takes two minutes for fifty million
characters::

    python tools/derive_formulas.py FOLDER [name:together:least …]

Documents of ``FOLDER/name.txt`` are taken `together` in the order in which they stand (120 of the
news are a few days, so that what one event is told in on two evenings is no formula), every fifth
such portion is left out (``--fifth``: benchmarks measure on it), and six ideographs in a row that
stand in `least` portions are a formula. Only hashes are kept, as a Bloom filter.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from textclean.placeholders.boilerplate import BITS, GRAM, MULTIPLIER, SHIFTS, TABLE

PORTIONS = ("news:120:3", "reports:1:3", "health:20:3", "laws:10:12")
#: Every so-many-th portion is left out.
LEFT_OUT = 5
FIRST, LAST = 0x4E00, 0x9FFF


def hashes(text: str) -> NDArray[np.uint64]:
    """The hashes of all grams of ideographs in a text, each once; as `formulas.hash_of`."""
    kept = "".join(char for char in text if char.isalnum() or char == "\n")
    codes = np.frombuffer(kept.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    number = len(codes) - GRAM + 1
    if number <= 0:
        return np.zeros(0, np.uint64)
    ideograph = (codes >= FIRST) & (codes <= LAST)
    found = np.zeros(number, np.uint64)
    whole = np.ones(number, bool)
    for at in range(GRAM):
        found = (found ^ codes[at : at + number]) * np.uint64(MULTIPLIER)
        found ^= found >> np.uint64(29)
        whole &= ideograph[at : at + number]
    unique: NDArray[np.uint64] = np.unique(found[whole])
    return unique


def formulas(path: Path, together: int, least: int) -> NDArray[np.uint64]:
    """The hashes of the grams that stand in `least` portions of a file."""
    documents = path.read_text(encoding="utf-8").split("\n\n")
    portions = [
        hashes("\n".join(documents[at : at + together]))
        for number, at in enumerate(range(0, len(documents), together))
        if number % LEFT_OUT
    ]
    every = np.sort(np.concatenate(portions))
    begins = np.flatnonzero(np.concatenate([[True], every[1:] != every[:-1]]))
    counts = np.diff(np.append(begins, len(every)))
    often: NDArray[np.uint64] = every[begins][counts >= least]
    print(f"{path.name}: {len(portions):,} portions, {len(often):,} formulas")
    return often


def main() -> None:
    """Count the portions that the command line names, and write the table."""
    folder, *chosen = sys.argv[1:]
    found: list[NDArray[np.uint64]] = []
    for portion in chosen or PORTIONS:
        name, together, least = portion.split(":")
        found.append(formulas(Path(folder) / f"{name}.txt", int(together), int(least)))
    every = np.unique(np.concatenate(found))
    bits = np.zeros(1 << BITS, np.uint8)
    for shift in SHIFTS:
        bits[(every >> np.uint64(shift)) & np.uint64((1 << BITS) - 1)] = 1
    TABLE.write_bytes(np.packbits(bits, bitorder="little").tobytes())
    share = float(bits.mean())
    print(f"{len(every):,} formulas, {share:.1%} of the bits, {share ** len(SHIFTS):.2%} by chance")


if __name__ == "__main__":
    main()
