"""How far a reading is Chinese: what its characters say of each other.

All of it is read off the table of bigrams: how much likelier two characters meet in clean prose
than by chance. Language never corrects anything here: it decides between what readings have.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from textclean.consensus.tokens import Tokens
from textclean.layout.bigrams import association
from textclean.text.classes import is_han

#: Nats in a unit of the table.
_NATS = math.log(2) / 8
#: What the joints of lines count for beside the pairs within lines: enough that two columns read
#: across lose against the same read one after the other, whose lines go on in each other.
_JOINTS = 0.1
#: A line of so few characters is short; a page with a larger share of them is torn.
_SHORT_LINE = 3
_SHORT_SHARE = 0.2


@lru_cache(65_536)
def meeting(before: str, behind: str) -> float:
    """How much likelier two characters meet than by chance, in nats; 0 beside nothing."""
    return association(before, behind) * _NATS if before and behind else 0.0


def attested(text: Iterable[str]) -> float:
    """The share of pairs of ideographs that meet more often than by chance; 0 without a pair."""
    pairs = [pair for pair in pairwise(text) if all(map(is_han, pair))]
    return sum(meeting(*pair) > 0 for pair in pairs) / len(pairs) if pairs else 0.0


def fluency(reading: Tokens) -> float:
    """How good a reading is as language, in nats a pair of characters.

    Misread characters cost, lines in a wrong order, and lines torn to pieces.
    """
    inner: list[float] = []
    joints: list[float] = []
    short = length = 0
    for pair, (end, start) in zip(
        pairwise(reading.characters), pairwise(reading.offsets), strict=True
    ):
        length += 1
        if end + 1 < start and "\n" in reading.text[end + 1 : start]:
            joints.append(meeting(*pair))
            short += length <= _SHORT_LINE
            length = 0
        else:
            inner.append(meeting(*pair))
    torn = max(0.0, short / (len(joints) + 1) - _SHORT_SHARE)
    return _mean(inner) + _JOINTS * _mean(joints) - torn


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
