"""Whether a sentence goes on over a line break: what the two characters beside it say.

A table of integers, from counts over clean prose (`tools.training.bigrams`): for each character how
much likelier it stands inside a paragraph than at the end, or at the start, of one, and for pairs
how much likelier they meet than by chance. All in eighths of a bit, so that sums are exact.
"""

from __future__ import annotations

from functools import lru_cache

from textclean.models.linear import Model
from textclean.text.patterns import pattern

MODEL = Model("bigrams", b"TCBIGRAM", 1)
#: What a pair says that is not in the table: two characters that met a sixteenth as often as chance
#: would have it, or less. In eighths of a bit, as everything here.
UNSEEN = -32

_DIGIT = pattern("[0-9０-９]")
_LATIN = pattern("[A-Za-z]")
# A stop with a closing quote ends a paragraph as often as a stop, a quote by itself hardly ever.
_SAID = pattern("[。！？…]”")
_SAID_SIGN = "\ue000"


# In the table a pair is an index, its characters 16 bits each; a character by itself stands behind
# a sign that no text has.
BEFORE, BEHIND = "\ud800", "\ud801"


@lru_cache(16_384)
def fold(text: str) -> str:
    """Digits and Latin letters made one each, since which of them it is tells nothing; and a stop
    with a closing quote made one character.
    """
    return _SAID.sub(_SAID_SIGN, _LATIN.sub("a", _DIGIT.sub("0", text)))


def continues(before: str, behind: str) -> int:
    """How much likelier two characters meet inside a paragraph than at a border of two.

    Args:
        before: the last characters before the break; two are enough.
        behind: what follows it; the first character counts.

    Returns:
        The logarithm of the ratio, in eighths of a bit; above 0 where the text goes on.
    """
    first, second = fold(before)[-1:], fold(behind)[:1]
    return _ask(BEFORE + first, 0) + _ask(BEHIND + second, 0) + _ask(first + second, UNSEEN)


def attraction(before: str, behind: str) -> int:
    """How much likelier two characters meet than by chance, in eighths of a bit.

    0 where one of them is none ('' at an end).
    """
    return _ask(fold(before) + fold(behind), UNSEEN) if before and behind else 0


@lru_cache(16_384)
def meets(before: str, behind: str) -> bool:
    """Whether two characters stand beside each other more often than by chance."""
    return _ask(fold(before) + fold(behind), UNSEEN) > 0


def association(before: str, behind: str) -> int:
    """How much likelier two characters stand beside each other than by chance, in eighths of a bit;
    the least of all, `UNSEEN`, where the table has no such pair.
    """
    return _ask(fold(before) + fold(behind), UNSEEN)


def knows(character: str) -> bool:
    """Whether the table was counted on enough prose with a character to have it."""
    unknown = 1 << 16
    return character <= "\uffff" and _ask(BEFORE + character, unknown) != unknown


def index_of(pair: str) -> int:
    """Where the table has what a pair says."""
    return ord(pair[0]) << 16 | ord(pair[1])


@lru_cache(16_384)
def _ask(pair: str, unseen: int) -> int:
    if len(pair) != 2 or max(pair) > "\uffff":
        return unseen
    return MODEL.weights.get(index_of(pair), unseen)
