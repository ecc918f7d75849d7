"""Whether a text sets its numbers off by spaces: then a space in a number is a habit, no damage."""

from __future__ import annotations

from itertools import islice

from textclean.text.patterns import pattern

# What is rare comes first, and looks back: so the search is a scan for one character.
_SPACED = pattern(" (?:(?=[0-9])(?<=[一-鿿] )|(?<=[0-9] )(?=[一-鿿]))")
_OPEN = pattern("[0-9](?<=[一-鿿].)")
_CLOSE = pattern("[0-9](?=[一-鿿])")
# So many numbers of a text show its habit.
_HABIT = 1_000


def sets_off_numbers(text: str) -> bool | None:
    """Whether a text has spaces around its numbers by habit; None where too little is there."""
    spaced = sum(1 for _ in islice(_SPACED.finditer(text), _HABIT))
    unspaced = sum(1 for side in (_OPEN, _CLOSE) for _ in islice(side.finditer(text), _HABIT // 2))
    if spaced + unspaced < 6:
        return None
    return 4 * spaced > spaced + unspaced
