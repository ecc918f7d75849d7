"""Whether a block's last clause breaks off: evidence beside `continuity`, in integers.

`continuity` knows the last four characters. A clause says more: it is short, or lists things and
has not come to the last of them; a 将 or 对 that opens it wants a verb behind its object; and what
stands before the last word says what is to come. Learned on top of what `continuity` says of the
same end (`tools.training.clauses`), it is what is to be added to those log-odds. The table
is hashed and sparse, as `continuity`'s is.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from textclean.layout.seam_model import Weights, load
from textclean.models.container import Kind

#: Where the weights lie.
WEIGHTS = Path(__file__).parent / "data" / "clauses.bin"
#: Whose weights; the number is raised whenever a feature changes.
KIND = Kind(b"TCCLAUSE", 1, "python -m tools.training.layout")
#: Bits of a feature's hash.
BITS = 22
#: Folded characters in which the clause's beginning is looked for; those whose openers are seen;
#: those seen as they stand.
CLAUSE, NEAR, TRAIL = 40, 16, 9

ENDS = "，。；：！？"
#: What takes an object that the rest of the clause goes on about.
OPENERS = "将把对在以从由为使让与被向按就给"

# Kinds of features, which go into the hash.
BIAS, SHAPE, OPENED, OPENED_LAST, TRAILS, LISTED = range(6)


class Ending(NamedTuple):
    """What is known of the clause that a text ends on."""

    #: 0; 1 if it lists things (、), 2 if it ends on that.
    listing: int
    #: Its length in steps.
    length: int
    #: Each of `OPENERS` in it, and how far from the end, in steps.
    openers: tuple[tuple[int, int], ...]
    #: Pairs of characters, the last first; 0 for what is no Chinese.
    trail: tuple[int, ...]


def ending(folded: str) -> Ending:
    """What a folded text (`continuity.fold`) ends on."""
    near = folded[-CLAUSE:]
    clause = near[max(map(near.rfind, ENDS)) + 1 :]
    seen = clause[-NEAR:]
    size = len(clause)
    return Ending(
        2 if clause.endswith("、") else int("、" in clause),
        (size > 2) + (size > 4) + (size > 8) + (size > 14) + (size > 20),
        tuple(
            (ord(char), min((len(seen) - at) // 2, 7))
            for at, char in enumerate(seen)
            if char in OPENERS
        ),
        tuple(_pair(clause, at) for at in range(size - 2, max(size - 2 - TRAIL, -1), -1)),
    )


def broken_score(end: Ending) -> int:
    """Log-odds, in 1 / `continuity.SCALE`, to be added to `continuity.broken_score`."""
    weights = _weights()
    score = weights[place(_kind(BIAS))]
    score += weights[place(mix(mix(_kind(SHAPE), end.listing), end.length))]
    last = end.trail[0] if end.trail else 0
    for opener, far in end.openers:
        score += weights[place(mix(mix(_kind(OPENED), opener), far))]
        if last:
            score += weights[place(mix(mix(_kind(OPENED_LAST), opener), last))]
    for at, pair in enumerate(end.trail):
        if pair:
            score += weights[place(mix(mix(_kind(TRAILS), pair), at))]
            if end.listing:
                score += weights[place(mix(mix(_kind(LISTED), pair), at))]
    return score


def mix(value: int, symbol: int) -> int:
    """One more symbol in a hash of 32 bits."""
    value = (value ^ symbol) * 0x85EBCA6B & 0xFFFFFFFF
    return value ^ value >> 15


def place(value: int) -> int:
    """A feature's place in the table: the upper bits of its hash."""
    return (value * 0xC2B2AE35 & 0xFFFFFFFF) >> (32 - BITS)


def _kind(kind: int) -> int:
    return (kind + 1) * 0x9E3779B1 & 0xFFFFFFFF


def _pair(clause: str, at: int) -> int:
    one, other = clause[at], clause[at + 1]
    if "\u3400" <= one <= "\u9fff" and "\u3400" <= other <= "\u9fff":
        return ord(one) << 16 | ord(other)
    return 0


@cache
def _weights() -> Weights:
    return load(WEIGHTS, KIND, BITS)
