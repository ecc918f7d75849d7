"""One kind of change: what an `Edit` is, and how sure we are of it.

Every repair, of every family, ends as an `Edit`: a span of the *original* text, what stood there,
what stands there now, and why. Offsets count code points.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Tier(StrEnum):
    """How far a rule may be trusted; a configuration applies all tiers up to its own.

    ``safe`` is applied by default, ``suggested`` when asked for, ``report`` never.
    """

    #: 0 for ``safe``, 1 for ``suggested``, 2 for ``report``: lower is surer.
    rank: int

    SAFE = "safe"
    SUGGESTED = "suggested"
    REPORT = "report"

    def __init__(self, name: str) -> None:
        self.rank = ("safe", "suggested", "report").index(name)

    @classmethod
    def lowest(cls, *tiers: Tier) -> Tier:
        """The least trusted of several tiers: that of edits that fuse or stand together."""
        return max(tiers, key=lambda tier: tier.rank)


class Part(NamedTuple):
    """One of the changes that fused into an `Edit` because they touched the same characters."""

    before: str
    after: str
    rule: str
    tier: Tier
    confidence: float
    evidence: str


class Edit(NamedTuple):
    """A change to ``original[start:end]``, or, where ``before == after``, a finding about it."""

    start: int
    end: int
    before: str
    after: str
    rule: str
    tier: Tier
    confidence: float
    evidence: str
    #: Edits with the same number stand or fall together (the two halves of a pair).
    group: int | None = None
    #: The changes of several stages to the same characters, in the order they were made.
    parts: tuple[Part, ...] = ()

    @property
    def changes(self) -> bool:
        """False for a mere finding, which proposes no other text."""
        return self.before != self.after


class Cause(NamedTuple):
    """Everything of an `Edit` but its place and text; one object serves many edits."""

    rule: str
    tier: Tier
    confidence: float
    evidence: str
    parts: tuple[Part, ...] = ()


#: The working form of an edit, in coordinates of whatever text it is made on: start, end, after,
#: cause, group. A plain tuple, because a corpus has millions and nothing is made faster.
Span = tuple[int, int, str, Cause, int | None]
