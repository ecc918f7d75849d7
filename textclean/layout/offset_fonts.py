"""Latin text of a PDF whose fonts number their glyphs and do not say which characters these are.

Such a font has its glyphs in the order of ASCII, after one to four others: who reads the numbers as
characters gets each letter a constant number of places too early, ``7KLV LV WKH`` for ``This is
the``. What the letters are is certain where they make known words, and the characters as read make
none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textclean.text.memo import recalled
from textclean.text.patterns import pattern
from textclean.text.words import english_words

#: How many places too early: the space, 32 in ASCII, is the glyph 1 to 4.
_SHIFTS = range(28, 32)
#: A stretch of a line that may be such text. Line breaks and tabs end it.
_STRETCH = pattern(r"[\x01-\x08\x0e-\x7e]{2,}")
#: The small letters of such text are capitals and brackets.
_LETTERS = pattern(r"[B-\]]{3}")
_WORD = pattern("[A-Za-z]{2,}")
_VOWEL = pattern("[AEIOUYaeiouy]")
_LAST = "~"
#: Different known words that a text must have for the shift to be certain, and of them so many of
#: three letters or more; no stretch of 3 million characters of web text, code and news has them.
_LEAST_WORDS = 4
_LEAST_LONG = 3
#: The share of the letters of a stretch that must stand in known words, and in words that are
#: written like English. The table of words has some three thousand, of technical prose.
_KNOWN = 0.25
_SHAPED = 0.8
#: Of the characters as read, at most.
_KNOWN_AS_READ = 0.2
_FUNCTION_WORD = pattern(
    "(?:a|an|and|are|as|at|be|been|but|by|can|for|from|had|has|have|if|in|into|is|it|its|may|more"
    "|most|no|not|of|on|one|or|other|our|shall|should|such|than|that|the|their|then|there|these"
    "|they|this|those|to|under|was|we|were|when|where|which|who|will|with|would|you|your)\\Z"
)


class Shifted(NamedTuple):
    """A stretch ``text[start:end]`` of one line, and what it is."""

    start: int
    end: int
    shift: int
    candidate: str


@recalled(1_000_000)
def offset_stretches(text: str) -> list[Shifted]:
    """The stretches of a text whose letters are shifted, line by line, if the shift is certain."""
    spans = [
        match.span() for match in _STRETCH.finditer(text) if _LETTERS.search(text, *match.span())
    ]
    best: list[Shifted] = []
    most = _LEAST_WORDS - 1
    for shift in _SHIFTS if spans else ():
        found = [each for span in spans if (each := _shifted(text, *span, shift))]
        words = {
            word.lower()
            for each in found
            for word in _WORD.findall(each.candidate)
            if _is_known(word)
        }
        if len(words) > most and sum(len(word) > 2 for word in words) >= _LEAST_LONG:
            best, most = found, len(words)
    return best


def _shifted(text: str, start: int, end: int, shift: int) -> Shifted | None:
    """A stretch with its letters put back; None where they make no words, or it has its own."""
    read = text[start:end].strip(" ")
    start = text.index(read, start, end)
    # A space may be a glyph, or be put in where glyphs stand apart.
    letters = [char if char == " " else chr(ord(char) + shift) for char in read]
    if max(letters, default="") > _LAST:
        return None
    candidate = "".join(letters)
    words = _WORD.findall(candidate)
    if _share(words, _is_shaped) < _SHAPED or _share(words, _is_known) < _KNOWN:
        return None
    if _share(_WORD.findall(read), _is_known) > _KNOWN_AS_READ:
        return None
    return Shifted(start, start + len(read), shift, candidate)


def _share(words: Sequence[str], holds: Callable[[str], bool]) -> float:
    """The share of the letters of words that stand in those for which something holds."""
    return sum(len(word) for word in words if holds(word)) / max(1, sum(map(len, words)))


def _is_known(word: str) -> bool:
    word = word.lower()
    return word in english_words() or _FUNCTION_WORD.match(word) is not None


def _is_shaped(word: str) -> bool:
    """Whether a word is in small letters, perhaps behind a capital, and has a vowel."""
    return word[1:].islower() and _VOWEL.search(word) is not None
