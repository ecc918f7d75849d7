"""Whether a text sets its numbers off by spaces: then a space in a number is no damage.

Where the text is too short to show a habit, the other side of the same expression decides.
"""

from __future__ import annotations

from itertools import islice

from textclean.text.classes import COMMON_HAN_CLASS
from textclean.text.patterns import pattern

# Each begins with its rare character and looks back, so the search scans for one character.
_SPACED = pattern(f" (?:(?=[0-9])(?<=[{COMMON_HAN_CLASS}] )|(?<=[0-9] )(?=[{COMMON_HAN_CLASS}]))")
_OPEN = pattern(f"[0-9](?<=[{COMMON_HAN_CLASS}].)")
_CLOSE = pattern(f"[0-9](?=[{COMMON_HAN_CLASS}])")
# Numbers of a text that are looked at, at most.
_HABIT = 1_000


def sets_off_numbers(text: str) -> bool | None:
    """Whether a text has spaces around its numbers by habit; None where too little is there."""
    spaced = sum(1 for _ in islice(_SPACED.finditer(text), _HABIT))
    unspaced = sum(1 for side in (_OPEN, _CLOSE) for _ in islice(side.finditer(text), _HABIT // 2))
    if spaced + unspaced < 6:
        return None
    return 4 * spaced > spaced + unspaced
