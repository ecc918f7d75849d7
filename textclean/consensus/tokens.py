"""A reading as its characters without spaces: what is aligned, compared and voted on.

Spaces and line breaks are where an engine put them on its page; they say nothing of what was
printed. Two characters are the same where only width or case of a form differ.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from textclean.text.variants import TWO_FORMS, radicals

#: A line of so few characters is short; of a page this share may be.
_SHORT_LINE = 3
_SHORT_SHARE = 0.2


class Tokens(NamedTuple):
    """The characters of a text that are no spaces."""

    text: str
    #: The characters, and their folds: one for one.
    characters: str
    folded: str
    #: The offset of each in `text`.
    offsets: list[int]

    def __len__(self) -> int:
        return len(self.characters)

    def end_of(self, index: int) -> int:
        """The offset behind a character; 0 before the first (index -1)."""
        return self.offsets[index] + 1 if index >= 0 else 0


def tokens_of(text: str) -> Tokens:
    """The characters of a text, folded."""
    offsets = [at for at, char in enumerate(text) if not char.isspace()]
    characters = "".join(text.split())
    if len(characters) != len(offsets):  # separators that `str.split` alone takes for spaces
        characters = "".join(text[at] for at in offsets)
    return Tokens(text, characters, "".join(map(fold_character, characters)), offsets)


def between(reading: Tokens, at: int) -> str:
    """The spaces and line breaks between a character and the next."""
    return reading.text[reading.offsets[at] + 1 : reading.offsets[at + 1]]


def lines_of(reading: Tokens) -> list[tuple[int, int]]:
    """The lines of a reading, as spans of its characters; none is empty."""
    ends = [at + 1 for at in range(len(reading) - 1) if "\n" in between(reading, at)]
    return [(start, end) for start, end in pairwise([0, *ends, len(reading)]) if start < end]


def torn(reading: Tokens) -> float:
    """The share of lines that are short, less what any page may have."""
    lengths = [end - start for start, end in lines_of(reading)]
    short = sum(length <= _SHORT_LINE for length in lengths)
    return max(0.0, short / max(1, len(lengths)) - _SHORT_SHARE)


@lru_cache(16_384)
def fold_character(char: str) -> str:
    """One width, and no radicals; what stands for several characters (``…``, ``℃``) stays."""
    char = radicals().get(char, char)
    char = TWO_FORMS.get(char, char)
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 and not plain.isspace() else char


@lru_cache(16_384)
def is_content(char: str) -> bool:
    """Whether a character is a letter, an ideograph or a digit; else it is a mark."""
    return char.isalnum()
