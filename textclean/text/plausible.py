"""How far characters that came out of bytes are Chinese prose: what decides between readings.

A wrong reading of bytes gives characters of the same script, but rare ones, and hardly two that
make a word. In clean lines of five registers nearly every character is a common one, and one pair
in five to two in three is a word; in a wrong reading one pair in some hundreds is. Of the
characters of a clean line five in six are part of many words (in one line of a thousand, one in
three); of GBK read as Big5, or the reverse, one in five to ten.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from textclean.text.classes import is_han
from textclean.text.variants import fold_table
from textclean.text.words import all_words, is_word

#: The least share of common characters and of words. In 20,000 clean lines two in a thousand have
#: fewer of either: names, mostly.
_COMMON_SHARE, _WORD_SHARE = 0.85, 0.1
#: Of a text without words: the fewest characters, and the share that is part of many words.
_FEWEST_FAMILIAR, _FAMILIAR_SHARE = 6, 0.6
#: So many words a familiar character is part of.
_MANY_WORDS = 15
#: Categories of what prose has none of: controls, private use, what is not assigned, surrogates.
_NO_TEXT = frozenset({"Cc", "Co", "Cn", "Cs"})
_SPACES = "\t\n\r"
_CONTROLS = dict.fromkeys([*range(0x20), 0x7F])


class Plausibility(NamedTuple):
    """What speaks for a text, in counts."""

    #: Han characters, and those among them that are in common use.
    han: int
    common: int
    #: Those that are part of many words.
    familiar: int
    #: Pairs of Han characters side by side, and those that are words.
    pairs: int
    words: int
    #: Characters that no text has: controls, private use, not assigned.
    odd: int

    @property
    def is_common(self) -> bool:
        """Whether nearly all Han characters are common ones, and nothing is odd."""
        return self.odd == 0 and self.common >= _COMMON_SHARE * self.han

    @property
    def is_chinese(self) -> bool:
        """Whether all of it is Chinese prose, as far as a few characters can show that."""
        return self.is_common and (
            (self.words > 0 and self.words >= _WORD_SHARE * self.pairs)
            or (self.han >= _FEWEST_FAMILIAR and self.familiar >= _FAMILIAR_SHARE * self.han)
        )

    @property
    def score(self) -> float:
        """What readings of the same bytes are compared by: the share of words and of familiar
        characters, 2 at most.
        """
        return self.word_share + (self.familiar / self.han if self.han else 0.0)

    @property
    def word_share(self) -> float:
        """Of the pairs of Han characters those that are words; 0 without any."""
        return self.words / self.pairs if self.pairs else 0.0


def plausibility(text: str) -> Plausibility:
    """What speaks for a text as Chinese prose, Simplified or Traditional."""
    fold = fold_table()
    folded = text.translate(fold)
    common, familiar = common_characters(), _familiar_characters()
    han = [char for char in text if is_han(char)]
    pairs = [a + b for a, b in pairwise(folded) if is_han(a) and is_han(b)]
    return Plausibility(
        len(han),
        sum(map(common.__contains__, han)),
        sum(char.translate(fold) in familiar for char in han),
        len(pairs),
        sum(map(is_word, pairs)),
        sum(is_odd(char) for char in set(text)),
    )


def without_controls(text: str) -> str:
    """A text without the controls of ASCII, which come through any reading as they are."""
    return text.translate(_CONTROLS)


def is_odd(char: str) -> bool:
    """Whether a character is none that a text has: a control, private, or not assigned."""
    return unicodedata.category(char) in _NO_TEXT and char not in _SPACES


@cache
def _familiar_characters() -> frozenset[str]:
    counts = Counter(char for word in all_words() for char in word)
    return frozenset(char for char, words in counts.items() if words >= _MANY_WORDS)


@cache
def common_characters() -> frozenset[str]:
    """Han characters in common use: level 1 of GB 2312, and the frequent plane of Big5."""
    gb = _plane("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))
    big5 = _plane("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)])
    return frozenset(gb + big5)


def _plane(codec: str, leads: range, trails: range | list[int]) -> str:
    written = bytes(byte for lead in leads for trail in trails for byte in (lead, trail))
    return written.decode(codec, "ignore")
