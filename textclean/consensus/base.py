"""Which reading the others are laid on: the one that is best as language, if it has the page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from textclean.consensus.alignment import align
from textclean.consensus.language import fluency, meeting
from textclean.consensus.tokens import Tokens

#: A reading that says less than this share of what the fullest one says is a piece of the page.
_FULL = 0.6
#: What a joint of two blocks counts for beside a pair of characters: a block in a wrong place costs
#: more than a wrong character, and one joint in two is between paragraphs and says nothing.
_JOINT = 3


def qualities(readings: Sequence[Tokens]) -> list[float]:
    """How good each reading is as a base; the higher the better.

    The lines that a reading lost come back from others, but of a piece nothing else of the page
    knows its place: so pieces rank behind what is whole.
    """
    rates = [fluency(reading) for reading in readings]
    amounts = [max(0.0, rate) * len(each) for rate, each in zip(rates, readings, strict=True)]
    least = _FULL * max(amounts)
    ranks = [
        rate if amount >= least else rate - 100 for rate, amount in zip(rates, amounts, strict=True)
    ]
    for one, two in combinations(range(len(readings)), 2):
        better = _better_order(readings[one], readings[two]) / (len(readings) - 1)
        ranks[one] += better
        ranks[two] -= better
    return ranks


def _better_order(one: Tokens, two: Tokens) -> float:
    """By how much the blocks of one reading go on in each other better than those of another.

    Both have the same blocks, so that what is compared is only the order.
    """
    if one.folded == two.folded:
        return 0.0
    stretches = align(one.folded, two.folded)
    if len(stretches) < 2:
        return 0.0
    spans = [(s[0].start, s[-1].end, s[0].low, s[-1].high) for s in stretches]
    mine = sum(_reads_on(one, before[1], behind[0]) for before, behind in pairwise(spans))
    spans.sort(key=lambda span: span[2])
    theirs = sum(_reads_on(two, before[3], behind[2]) for before, behind in pairwise(spans))
    return _JOINT * (mine - theirs) / (len(one) + len(two))


def _reads_on(reading: Tokens, end: int, start: int) -> float:
    """How well the last character before a joint and the first behind it meet."""
    return meeting(reading.folded[end - 1], reading.folded[start])
