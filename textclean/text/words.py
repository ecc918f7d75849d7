"""Words of two and three characters, and what clean Chinese never says twice in a row.

Not a dictionary for readers: the few words that settle whether two characters belong together. The
tables lie in ``textclean/text/data/`` (its README names their sources and the command that makes
them); each is read when first asked for.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from textclean.text.lexicon_files import read_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DATA = Path(__file__).parent / "data"


@lru_cache(8_192)  # pairs are asked for again and again
def is_word(characters: str) -> bool:
    """Whether two characters are a word in common use (no name); False for any other length."""
    return len(characters) == 2 and characters[1] in _table("words.txt").get(characters[0], "")


def is_script_word(characters: str) -> bool:
    """Whether two characters are a word by which a spelling is judged, beyond those of `is_word`:
    a word in which a Traditional character has its Simplified form (头发), a verb with 着, or a
    word in which a character that both scripts have stays (著名, 乾隆).
    """
    return len(characters) == 2 and characters[1] in _table("script_words.txt").get(
        characters[0], ""
    )


@cache
def english_words() -> frozenset[str]:
    """English words of six letters and more, in small letters, that Chinese prose has; not all."""
    return frozenset(_lines("english_words.txt"))


class MisreadKind(StrEnum):
    """How a word and its misread form are told apart: what marks its line in the table."""

    #: The characters look alike.
    ALIKE = ""
    #: They are all but one: 己 and 已.
    TWINS = "+"
    #: So are they, but two words of one character may meet so as well: 入员 (加入 员).
    MET = "~"


@cache
def misread_words() -> Mapping[str, tuple[str, MisreadKind]]:
    """Pairs that are no words, each with the frequent word that recognition takes for it: 己经 for
    已经.
    """
    lines = _lines("misread_words.txt")
    return {line[:2]: (line[2:4], MisreadKind(line[4:])) for line in lines}


def all_words() -> Iterator[str]:
    """Every word that `is_word` knows."""
    return (first + last for first, others in _table("words.txt").items() for last in others)


def is_longer_word(characters: str) -> bool:
    """Whether three characters are a word around one of those that `never_doubled` knows."""
    last = _table("longer_words.txt", 2).get(characters[:2], "")
    return len(characters) == 3 and characters[2] in last


def never_doubled(word: str) -> bool:
    """Whether a word of two characters is frequent, and edited prose never has it twice in a row.

    非常 (非常非常好), 研究 (研究研究再说) and 组织 (组织组织活动) are therefore not among them.
    """
    return len(word) == 2 and word[1] in _table("undoubled_words.txt").get(word[0], "")


def hardly_doubled(character: str, before: bool, after: bool) -> bool:
    """Whether edited prose (almost) never has a character twice in a row in such a place.

    Args:
        character: one ideograph.
        before: whether its first copy makes a word with the character before it.
        after: whether its second copy makes a word with the character after it; counted only where
            no ideograph stands before. Where both do, two words have met (发展展望), of which the
            table says nothing.
    """
    places = _undoubled_characters()
    return (before, after) in places and character in places[before, after]


def is_reduplicated(pair: str) -> bool:
    """Whether Chinese doubles two characters one by one: 高兴 (高高兴兴), 家户 (家家户户)."""
    return len(pair) == 2 and pair[1] in _table("reduplicated.txt").get(pair[0], "")


def may_be_reduplicated(first: str, last: str) -> bool:
    """Whether such pairs begin with one character or end with the other: 真 (真真切切)."""
    table = _table("reduplicated.txt")
    return first in table or any(last in others for others in table.values())


@cache
def _table(name: str, key: int = 1) -> Mapping[str, str]:
    """The lines of a table: by their first `key` characters what may follow those."""
    return {line[:key]: line[key:] for line in _lines(name)}


@cache
def _undoubled_characters() -> Mapping[tuple[bool, bool], frozenset[str]]:
    alone, before, after = map(frozenset, _lines("undoubled_characters.txt"))
    return {(False, False): alone, (True, False): before, (False, True): after}


def _lines(name: str) -> list[str]:
    return read_lexicon(_DATA / name).splitlines()
