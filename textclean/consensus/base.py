"""Which reading the others are laid on: the one that is best as language, if it has the page."""

from __future__ import annotations

from collections.abc import Sequence

from textclean.consensus.language import fluency
from textclean.consensus.tokens import Tokens

#: A reading that says less than this share of what the fullest one says is a piece of the page.
_FULL = 0.6


def qualities(readings: Sequence[Tokens]) -> list[float]:
    """How good each reading is as a base; the higher the better.

    The lines that a reading lost come back from others, but of a piece nothing else of the page
    knows its place: so pieces rank behind what is whole.
    """
    rates = [fluency(reading) for reading in readings]
    amounts = [max(0.0, rate) * len(each) for rate, each in zip(rates, readings, strict=True)]
    least = _FULL * max(amounts)
    return [
        rate if amount >= least else rate - 100
        for rate, amount in zip(rates, amounts, strict=True)
    ]
