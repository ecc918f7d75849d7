"""What the decision knows of language, in arrays: which characters join, which are taken for one
another, which say the opposite, and which English words there are.

Joins are those of ``bigrams.bin``: how much likelier two characters meet than by chance, in eighths
of a bit; words of two characters join, however rare.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.verify import DIGITS
from textclean.models.linear import Model
from textclean.text.lexicon import (
    CONTRASTS,
    FREQUENT_SURNAMES,
    NEGATIONS,
    OPPOSITES,
    ORGANISATIONS,
    PLACES,
)
from textclean.text.words import all_words

_DATA = Path(__file__).parents[1] / "data"
_BIGRAMS = Model("bigrams", b"TCBIGRAM", 1)
#: What a pair says that the table has not, and a pair with a character that it has not.
UNSEEN, UNKNOWN = -32, -40
#: What a word of two characters says at least.
WORD = 24
#: Kinds of characters: flags.
HAN, LETTER, DIGIT, NUMERAL, NEGATION, SURNAME, PLACE, SIGN = (1 << bit for bit in range(8))
_HASH_BITS = 15
#: English words that deny.
DENIALS = (
    "not no never cannot without nor neither unless except none nothing hardly dont doesnt didnt "
    "isnt arent wasnt werent wont cant couldnt shouldnt wouldnt mustnt hasnt havent hadnt neednt"
).split()


class Language(NamedTuple):
    """Tables, by code points below 65,536."""

    #: The row of each character in `joins`; 0 for those that it has not.
    rows: NDArray[np.uint16]
    joins: NDArray[np.int8]
    kinds: NDArray[np.uint8]
    #: A bit for each series of which a character is a member.
    contrasts: NDArray[np.uint64]
    #: Pairs that are taken for one another, both characters in one integer, sorted.
    confusions: NDArray[np.int64]
    #: Hashes of English words, and of those that deny, in tables of open addresses.
    words: NDArray[np.int64]
    denials: NDArray[np.int64]
    #: Words of two characters with which the names of organisations end, as `confusions`.
    organisations: NDArray[np.int64]


@cache
def language() -> Language:
    """The tables, read when first asked for."""
    rows, joins = _joins()
    contrasts = np.zeros(0x10000, np.uint64)
    for number, group in enumerate((*CONTRASTS, *OPPOSITES)):
        contrasts[[ord(character) for character in group]] |= np.uint64(1 << number)
    pairs = _DATA.joinpath("confusions.txt").read_text(encoding="utf-8").split()
    english = _DATA.joinpath("common_english.txt").read_text(encoding="utf-8").split()
    return Language(
        rows,
        joins,
        _kinds(),
        contrasts,
        _packed(pairs + [pair[::-1] for pair in pairs]),
        _table([*english, *DENIALS]),
        _table(DENIALS),
        _packed(ORGANISATIONS),
    )


def _packed(pairs: Any) -> NDArray[np.int64]:
    return np.array(sorted(ord(one) << 16 | ord(other) for one, other in pairs), np.int64)


def _joins() -> tuple[NDArray[np.uint16], NDArray[np.int8]]:
    listed, weights = _BIGRAMS.weights.items()
    indices, values = np.array(listed), np.frombuffer(weights, np.int8)
    ones, others = indices >> 16, indices & 0xFFFF
    pairs = (ones < 0xD800) & (others < 0xE000)
    ones, others, values = ones[pairs], others[pairs], values[pairs]
    known = np.unique(np.concatenate([ones, others]))
    rows = np.zeros(0x10000, np.uint16)
    rows[known] = np.arange(1, len(known) + 1)
    joins = np.full((len(known) + 1, len(known) + 1), UNSEEN, np.int8)
    joins[0, :] = joins[:, 0] = UNKNOWN
    joins[rows[ones], rows[others]] = values
    words = np.array([(ord(one), ord(other)) for one, other in all_words()])
    of_words = rows[words[:, 0]], rows[words[:, 1]]
    joins[of_words] = np.maximum(joins[of_words], WORD)
    return rows, joins


def _kinds() -> NDArray[np.uint8]:
    kinds = np.full(0x10000, SIGN, np.uint8)
    for code in range(0x80, 0x10000):
        if 0xD800 <= code < 0xE000 or chr(code).isalnum():
            kinds[code] = 0
    kinds[0x3400:0xA000] = HAN
    kinds[0xF900:0xFB00] = HAN
    kinds[ord("〇")] = HAN
    kinds[[*range(0x41, 0x5B), *range(0x61, 0x7B)]] = LETTER
    for flag, characters in (
        (DIGIT, "0123456789./~:,-%‰"),
        (NUMERAL, [c for c in DIGITS if "\u3000" < c <= "\u9fff"]),
        (NEGATION, NEGATIONS),
        (SURNAME, FREQUENT_SURNAMES),
        (PLACE, PLACES),
    ):
        places = [ord(character) for character in characters]
        kinds[places] |= np.uint8(flag)
        kinds[places] &= np.uint8(~SIGN & 0xFF)
    return kinds


def word_hash(word: str) -> int:
    """The hash of an English word in small letters: as `evidence.is_known` computes it."""
    value = 0
    for character in word:
        value = (value * 131 + ord(character)) & 0xFFFFFFFF
    return value


def _table(words: list[str]) -> NDArray[np.int64]:
    """Hashes in open addresses; -1 where there is none."""
    table = np.full(1 << _HASH_BITS, -1, np.int64)
    for value in sorted({word_hash(word) for word in words}):
        slot = value & (len(table) - 1)
        while table[slot] >= 0:
            slot = (slot + 1) & (len(table) - 1)
        table[slot] = value
    return table
