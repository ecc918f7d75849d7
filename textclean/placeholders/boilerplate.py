"""Words that serve for many events, and words that tell which one it is.

A notice is written in the words of the last one: 截至…累计确诊病例…例, 自…起施行. That a witness
has them all says nothing of whether it tells of the same day. What says so are words that were not
written before. A table knows which six ideographs in a row stood in several portions of clean
prose, far apart (`tools.training.boilerplate`). It is a Bloom filter of hashes, and takes one in a
hundred new words for boilerplate by chance, never the other way round.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from textclean.models.container import DATA, Kind, WeightsError, pack, read
from textclean.models.hashing import absorb
from textclean.text.patterns import pattern

#: Where the table lies.
WEIGHTS = DATA / "boilerplate.bin"
#: Whose table; the number is raised whenever the hash changes.
KIND = Kind(b"TCBOILER", 1, "python -m tools.training boilerplate")
#: Ideographs in a gram.
GRAM = 6
#: The filter has two to the power of this many bits; each gram sets one behind each shift.
BITS = 23
SHIFTS = (0, 21, 41)
#: The hash of a gram takes in one character after the other, modulo 2**64 (`hashing.absorb`).
MULTIPLIER, SHIFT, WORD = 0x9E3779B97F4A7C15, 29, (1 << 64) - 1

_MASK = (1 << BITS) - 1
_STRETCH = pattern(f"[\u4e00-\u9fff]{{{GRAM},}}")


def hash_of(gram: str) -> int:
    """64 bits of a gram, spread by multiplying and shifting."""
    h = 0
    for char in gram:
        h = absorb(h, ord(char), MULTIPLIER, SHIFT, WORD)
    return h


@lru_cache(maxsize=4096)
def telling(folded: str) -> frozenset[str]:
    """The grams of a folded text that are no boilerplate. Digits, letters and slots part grams."""
    table = _table()
    found: set[str] = set()
    for match in _STRETCH.finditer(folded):
        stretch = match.group()
        for at in range(len(stretch) - GRAM + 1):
            gram = stretch[at : at + GRAM]
            code = hash_of(gram)
            for shift in SHIFTS:
                bit = code >> shift & _MASK
                if not table[bit >> 3] >> (bit & 7) & 1:
                    found.add(gram)
                    break
    return frozenset(found)


@cache
def _table() -> bytes:
    return load(WEIGHTS)


def to_bytes(bits: bytes) -> bytes:
    """The filter's bits as a file; they hardly deflate, so they stay as they are."""
    return pack(KIND, {"bits": BITS}, bits, deflate=False)


def load(path: Path) -> bytes:
    """The filter's bits from a file on disk.

    Raises:
        WeightsError: the file is damaged, or of another version.
    """
    header, body = read(path, KIND)
    if header.get("bits") != BITS or len(body) != 1 << BITS - 3:
        raise WeightsError(f"{path}: a table of another size: train again with  {KIND.command}")
    return bytes(body)
