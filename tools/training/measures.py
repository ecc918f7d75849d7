"""How right decisions about slots are: the measures that training and the benchmarks print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import methodcaller
from typing import NamedTuple

PAUSES = "，；。："
QUOTES = "“”"


class Measures(NamedTuple):
    """Shares of one; F1 is the harmonic mean of precision and recall."""

    slots: int
    exact: float
    #: F1 of slots that were nothing.
    deletion: float
    #: F1 of slots that hold a pause mark, whichever.
    pause: float
    quote_precision: float
    quote_recall: float
    quote: float

    def __str__(self) -> str:
        return (
            f"{self.slots} slots, exact {self.exact:.4f}, deletion F1 {self.deletion:.4f}, "
            f"pause F1 {self.pause:.4f}, quotes P {self.quote_precision:.3f} "
            f"R {self.quote_recall:.3f} F1 {self.quote:.4f}"
        )


def measure(decided: Sequence[str], true: Sequence[str]) -> Measures:
    """Compare what slots were decided to have been with what they had been."""
    pairs = list(zip(decided, true, strict=True))

    def scores(*counts: Callable[[str], int]) -> tuple[float, float, float]:
        hits = sum(min(count(one), count(other)) for one, other in pairs for count in counts)
        found = sum(count(one) for one, _ in pairs for count in counts)
        there = sum(count(other) for _, other in pairs for count in counts)
        return (
            hits / max(found, 1), hits / max(there, 1), 2 * hits / max(found + there, 1)
        )  # fmt: skip

    precision, recall, quote = scores(*(methodcaller("count", quote) for quote in QUOTES))
    return Measures(
        slots=len(pairs),
        exact=sum(one == other for one, other in pairs) / max(len(pairs), 1),
        deletion=scores(lambda label: int(not label))[2],
        pause=scores(lambda label: sum(mark in PAUSES for mark in label))[2],
        quote_precision=precision,
        quote_recall=recall,
        quote=quote,
    )
