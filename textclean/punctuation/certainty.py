"""What may be proposed for a slot, and how sure the model must be of it.

How sure was set on held-out text; ``docs/model-card.md`` has the figures.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from math import exp
from typing import NamedTuple

from textclean.models.mlp import LOGIT_Q8


class Kind(StrEnum):
    """What a finding does, and how sure it is."""

    SPACE = "space"
    PAUSE = "pause"
    QUOTES = "quotes"
    LIKELY_SPACE = "likely space"
    LIKELY_PAUSE = "likely pause"
    LIKELY_QUOTES = "likely quotes"
    MISREAD = "misread"
    UNDECIDED = "undecided"


class Finding(NamedTuple):
    """One slot, and what should stand there."""

    kind: Kind
    start: int
    end: int
    after: str
    #: How sure that is, from 0 to 1, as the model sees it.
    confidence: float
    #: Findings with the same number stand or fall together: the halves of quotations.
    group: int | None


#: The findings of a line, those of each kind in order of place. Offsets and groups count from the
#: line's start.
ByKind = dict[Kind, list[Finding]]


# By how much a decision must lead (`LOGIT_Q8`).

#: That nothing, a pause, or quotes with these labels stood there, to be applied by default.
SAFE_SPACE, SAFE_PAUSE, SAFE_QUOTES = 1100, 1300, 1300
#: That quotes are a pair at all, and that a quote is the half whose other half is printed.
SAFE_PAIR, SAFE_HALF = 2200, 900
#: To be offered.
LIKELY = 0
#: A pair may be chosen for the company that it leaves room for, though another would gain more.
LIKELY_QUOTES = -2 * LOGIT_Q8
#: That a present mark is the wrong one.
MISREAD = 900
#: And that a colon was a semicolon, which there is only one other mark to be.
MISREAD_COLON = 250


@lru_cache(4_000)
def probability(lead: int) -> float:
    """A lead (`LOGIT_Q8`) as a probability, to three places."""
    return round(1 / (1 + exp(-max(lead, 0) / LOGIT_Q8)), 3)
