"""Words that serve for many events, and words that tell which one it is.

A notice is written in the words of the last one: 截至…累计确诊病例…例, 自…起施行. That a witness
has them all says nothing of whether it tells of the same day. What says so are words that were not
written before. ``data/formulas.bin`` knows which six ideographs in a row stood in several portions
of clean prose, far apart; it is a Bloom filter of hashes, written by ``tools/derive_formulas.py``,
and takes one in a hundred new words for a formula by chance, never the other way round.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from textclean.text.patterns import pattern

TABLE = Path(__file__).parent / "data" / "formulas.bin"
#: Ideographs in a gram.
GRAM = 6
#: The filter has two to the power of this many bits; each gram sets one behind each shift.
BITS = 23
SHIFTS = (0, 21, 41)
MULTIPLIER = 0x9E3779B97F4A7C15

_WORD = (1 << 64) - 1
_MASK = (1 << BITS) - 1
_STRETCH = pattern(f"[\u4e00-\u9fff]{{{GRAM},}}")


def hash_of(gram: str) -> int:
    """64 bits of a gram, spread by multiplying and shifting; arrays can be hashed likewise."""
    found = 0
    for char in gram:
        found = ((found ^ ord(char)) * MULTIPLIER) & _WORD
        found ^= found >> 29
    return found


@lru_cache(maxsize=4096)
def telling(folded: str) -> frozenset[str]:
    """The grams of a folded text that are no formulas. Digits, letters and slots part grams."""
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
    return TABLE.read_bytes()
