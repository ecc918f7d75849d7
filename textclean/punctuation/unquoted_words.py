"""Plain words: pieces between slots that print hardly ever puts in quotes as they stand.

Extraction leaves spaces around a word for many reasons, and a lost comma behind a term in quotes
makes the word after it look like another quotation (`跑改 亮点 全省首推`: “跑改”亮点，).
Training on pairs of slots says little about any one word; how often a corpus quotes it says more.
Of the words in common use nearly all are plain, so those that are not are listed
(``data/quotable.txt``, made by ``python -m tools.training unquoted-words``).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from textclean.text.lexicon_files import read_lexicon
from textclean.text.words import is_word

QUOTABLE = Path(__file__).parent / "data" / "quotable.txt"
#: By how much less likely a quotation of one plain word is, and of two in a row (`LOGIT_Q8`).
#: Chosen on held-out noisy prose.
ONE_WORD_PENALTY_Q8, TWO_WORDS_PENALTY_Q8 = 1_000, 300
#: Terms are counted off: `一家`, `两手`, `三强` are words that often stand in quotes.
_NUMERALS = frozenset("一二三四五六七八九十百千万两双")


def plain_penalty(piece: str) -> int:
    """By how much less a piece is likely to be a quotation, for being plain words."""
    if len(piece) == 2:
        return ONE_WORD_PENALTY_Q8 if is_plain(piece) else 0
    if len(piece) == 4:
        return TWO_WORDS_PENALTY_Q8 if is_plain(piece[:2]) and is_plain(piece[2:]) else 0
    return 0


def is_plain(word: str) -> bool:
    """Whether two characters are a word that print hardly ever quotes by itself."""
    return (
        is_word(word) and word[0] not in _NUMERALS and word[1] not in _quotable().get(word[0], "")
    )


@cache
def _quotable() -> dict[str, str]:
    """By their first character, the second ones of words that print quotes now and then."""
    lines = read_lexicon(QUOTABLE).splitlines()
    return {line[0]: line[1:] for line in lines if line}
