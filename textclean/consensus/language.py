"""How far a reading is Chinese: what its characters say of each other.

All of it is read off the table of bigrams: how much likelier two characters meet in clean prose
than by chance. Language never corrects anything here: it decides between what readings have.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from textclean.layout.bigrams import association
from textclean.text.classes import is_han

#: Nats in a unit of the table.
_NATS = math.log(2) / 8
#: The least that is said of a pair with a mark, a letter or a digit in it: prose has any word
#: behind a quotation mark, but not each so often that the table knows the pair.
_LEAST = -0.7
#: What such a pair counts for where readings are decided between: two engines of which one had the
#: worse marks gained nothing from them at more.
_OTHERS = 0.3
#: Half-width marks as Chinese prints them, and so as the table has them.
_PRINTED = dict(zip(",;:?!()", "，；：？！（）", strict=True))


@lru_cache(65_536)
def meeting(before: str, behind: str) -> float:
    """How much likelier two characters meet than by chance, in nats; 0 beside nothing."""
    if not before or not behind:
        return 0.0
    value = association(_PRINTED.get(before, before), _PRINTED.get(behind, behind)) * _NATS
    return value if is_han(before) and is_han(behind) else max(value, _LEAST)


def preference(before: str, behind: str) -> float:
    """What that says for a choice, in nats: of ideographs all of it, of others little."""
    of_han = is_han(before) and is_han(behind)
    return meeting(before, behind) * (1 if of_han else _OTHERS)


def attested(text: Iterable[str]) -> float:
    """The share of pairs of ideographs that meet more often than by chance; 0 without a pair."""
    pairs = [pair for pair in pairwise(text) if all(map(is_han, pair))]
    return sum(meeting(*pair) > 0 for pair in pairs) / len(pairs) if pairs else 0.0
