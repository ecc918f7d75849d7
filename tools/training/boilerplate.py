"""The words that prose uses again and again (`textclean.placeholders.boilerplate`).

Documents of a file are taken together in the order in which they stand (120 of the news are a few
days, so that what one event is told in on two evenings is no boilerplate), every fifth such portion
is left out (``benchmarks/restoration.py`` measures on it), and six ideographs in a row that stand
in a least number of portions are boilerplate. Only hashes are kept, as a Bloom filter.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

from textclean.models.hashing import absorb
from textclean.placeholders import boilerplate
from textclean.placeholders.boilerplate import BITS, GRAM, SHIFTS
from tools.command import Folders
from tools.training.corpus import documents, portions_of
from tools.training.tables import write

PORTIONS = ("news:120:3", "reports:1:3", "health:20:3", "laws:10:12")
#: Every so-many-th portion is left out.
LEFT_OUT = 5
FIRST, LAST = 0x4E00, 0x9FFF


def hashes(text: str) -> NDArray[np.uint64]:
    """The hashes of all grams of ideographs in a text, each once; as `boilerplate.hash_of`."""
    kept = "".join(char for char in text if char.isalnum() or char == "\n")
    codes: Any = np.frombuffer(kept.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    number = len(codes) - GRAM + 1
    if number <= 0:
        return np.zeros(0, np.uint64)
    ideograph = (codes >= FIRST) & (codes <= LAST)
    h: Any = np.zeros(number, np.uint64)
    constants = boilerplate.MULTIPLIER, boilerplate.SHIFT, boilerplate.WORD
    whole = np.ones(number, bool)
    for at in range(GRAM):
        h = absorb(h, codes[at : at + number], *constants)
        whole &= ideograph[at : at + number]
    unique: NDArray[np.uint64] = np.unique(h[whole])
    return unique


def frequent(path: Path, together: int, least: int) -> NDArray[np.uint64]:
    """The hashes of the grams that stand in `least` portions of a file."""
    texts = ["\n".join(document) for document in documents(path)]
    portions = [
        hashes("\n".join(texts[at : at + together]))
        for number, at in enumerate(range(0, len(texts), together))
        if number % LEFT_OUT
    ]
    every, counts = np.unique(np.concatenate(portions), return_counts=True)
    often: NDArray[np.uint64] = every[counts >= least]
    print(f"{path.name}: {len(portions):,} portions, {len(often):,} grams")
    return often


def run(
    folders: Folders,
    output: Path = boilerplate.WEIGHTS,
    portions: Annotated[tuple[str, ...], "NAME:DOCUMENTS:LEAST, how many together"] = PORTIONS,
) -> None:
    """Count the portions of the folders given, and write the table."""
    often = [frequent(path, *sizes) for path, sizes in portions_of(folders, portions)]
    every = np.unique(np.concatenate(often))
    bits = np.zeros(1 << BITS, np.uint8)
    for shift in SHIFTS:
        bits[(every >> np.uint64(shift)) & np.uint64((1 << BITS) - 1)] = 1
    share = float(bits.mean())
    print(f"{len(every):,} grams, {share:.1%} of the bits, {share ** len(SHIFTS):.2%} by chance")
    write(output, boilerplate.to_bytes(np.packbits(bits, bitorder="little").tobytes()))
