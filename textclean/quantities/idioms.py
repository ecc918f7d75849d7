"""Words in which a numeral is no quantity: 一体化, 三甲, 十三五, 万松, 12345热线.

The lexicon is ``data/idioms.txt``, some eight thousand entries, read on first use; its header
explains the format. Every entry is indexed by the characters at each of its numerals, so a look-up
from any numeral takes five dictionary gets. An entry's conditions are parsed when first needed:
they say where the word is a quantity (十分 never before 钟, 千万 never after 几, and no entry that
begins with a numeral behind another). Grammar decides on words in neither this table nor that of
units; in doubt they are idioms, because an idiom never changes.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from textclean.text.classes import is_han, occurrences
from textclean.text.lexicon_files import read_lexicon

_LEXICON = Path(__file__).parent / "data" / "idioms.txt"

# What counts as a numeral in the lexicon's entries and in the text around them.
NUMERALS = frozenset("0123456789０１２３４５６７８９〇零一二两三四五六七八九十百千万亿半几廿卅")
# An entry that begins with one of these goes on a number before it also after 几, 数 and 上.
_MAGNITUDES = frozenset("十百千万亿")
_BEFORE_NUMERAL = NUMERALS | {"第"}
_BEFORE_MAGNITUDE = _BEFORE_NUMERAL | frozenset("几数上")
_SPACES = " \u3000"
_SPACED = frozenset(_SPACES)
# No entry is longer, spaces inside included.
_REACH = 20


class Idiom(NamedTuple):
    """An entry: its characters, and which ones may stand beside it (None: any)."""

    text: str
    only_after: frozenset[str] | None
    not_after: frozenset[str]
    only_before: frozenset[str] | None
    not_before: frozenset[str]


class IdiomMatch(NamedTuple):
    """An idiom found in a text: offsets of code points, spaces inside included."""

    start: int
    end: int


def covering(text: str, at: int) -> IdiomMatch | None:
    """The longest idiom that contains the numeral at `at`, or None where it may be a quantity.

    Of two as long, the one that begins first (统一|部 before 一部). Spaces that OCR put between the
    ideographs of an idiom (双随机一 公开) are passed over.
    """
    idiom = _covering(text, at)
    start, end = idiom or (at, at + 1)
    if text[start - 1 : start] in _SPACED or text[end : end + 1] in _SPACED:
        return _covering_spaced(text, at) or idiom
    return idiom


@cache
def heads() -> frozenset[str]:
    """The first two characters of the entries that begin with a figure (90后, 12345热线)."""
    return frozenset(line[:2] for line in _lines() if line[0].isdecimal())


def entries() -> tuple[Idiom, ...]:
    """Every entry of the lexicon, in its order."""
    return tuple(_parse(line) for line in _lines())


def _covering_spaced(text: str, at: int) -> IdiomMatch | None:
    """`covering` without the spaces between ideographs around `at`."""
    low = max(0, at - _REACH)
    near = text[low : at + _REACH]
    places = [
        low + k
        for k, character in enumerate(near)
        if character not in _SPACED
        or not is_han(near[:k].rstrip(_SPACES)[-1:])
        or not is_han(near[k:].lstrip(_SPACES)[:1])
    ]
    if len(places) == len(near):
        return None
    idiom = _covering("".join(text[place] for place in places), places.index(at))
    return IdiomMatch(places[idiom.start], places[idiom.end - 1] + 1) if idiom else None


def _covering(text: str, at: int) -> IdiomMatch | None:
    """`covering` for idioms without spaces: entries by the characters beside the numeral."""
    get = _index(text[at]).get
    numerals = get(text[at : at + 3], ()) + get(text[at : at + 2], ())
    if at:
        numerals += get(text[at - 1 : at + 2], ()) + get(text[at - 1 : at + 1], ())
        if at > 1:
            numerals += get(text[at - 2 : at + 1], ())
    longest = start = 0
    for offset, words in numerals:
        length = len(words)
        low = at - offset
        if (
            length >= longest
            and low >= 0
            and (length > longest or low < start)
            and text.startswith(words, low)
            and _stands(text, low, low + length, words)
        ):
            longest, start = length, low
    return IdiomMatch(start, start + longest) if longest else None


def _stands(text: str, start: int, end: int, words: str) -> bool:
    """Whether the characters beside ``text[start:end]`` meet the conditions of its entry."""
    barred = _only_barred(words)
    if barred is not None:
        return text[start - 1 : start] not in barred
    idiom = _parse(_table()[words])
    before = text[start - 1] if start else ""
    after = text[end : end + 1]
    return not (
        (before and before in idiom.not_after)
        or (after and after in idiom.not_before)
        or (idiom.only_after is not None and before not in idiom.only_after)
        or (idiom.only_before is not None and after not in idiom.only_before)
        or (after and _is_latin(after) and _is_latin(text[end - 1]))
        or (before and (_is_latin(before) or before in ".．-") and _is_latin(text[start]))
    )


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


@cache
def _parse(line: str) -> Idiom:
    words, *conditions = line.split()
    sides: dict[str, frozenset[str]] = {"<!": _barred(words), ">!": frozenset()}
    if NUMERALS.issuperset(words):
        sides[">!"] = NUMERALS
    for condition in conditions:
        side = condition[: 2 if condition[1:2] == "!" else 1]
        if side[0] not in "<>":
            raise ValueError(f"{_LEXICON.name}: no condition: {condition!r} of {words}")
        characters = frozenset(condition[len(side) :])
        if "#" in characters:
            characters = characters - {"#"} | NUMERALS
        sides[side] = sides.get(side, frozenset()) | characters
    return Idiom(words, sides.get("<"), sides["<!"], sides.get(">"), sides[">!"])


@cache
def _lines() -> tuple[str, ...]:
    lines = read_lexicon(_LEXICON).splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def _table() -> dict[str, str]:
    """The line of every entry by its words."""
    return {line.partition(" ")[0]: line for line in _lines()}


@cache
def _index(numeral: str) -> dict[str, tuple[tuple[int, str], ...]]:
    """Where a numeral stands in entries, by what stands beside it: its offsets, and the entries.

    The key is the numeral and the two characters behind it; in an entry that has but one behind it,
    that and the character before; in one that ends with it, the two before. Few texts have every
    numeral, and an index of all takes longer than a text.
    """
    index: dict[str, tuple[tuple[int, str], ...]] = {}
    if numeral not in NUMERALS:
        return index
    entries = _joined()
    for at in occurrences(entries, numeral):
        start = entries.rfind("\n", 0, at) + 1
        words = entries[start : entries.find("\n", at)]
        low = max(0, min(at - start, len(words) - 3))
        key = words[low : low + 3]
        index[key] = (*index.get(key, ()), (at - start, words))
    return index


@cache
def _joined() -> str:
    """Every entry, a line each."""
    return "\n".join([*_table(), ""])


@cache
def _only_barred(words: str) -> frozenset[str] | None:
    """What may not stand before an entry; None where it has more conditions than that."""
    line = _table()[words]
    if words != line or NUMERALS.issuperset(words) or _is_latin(words[0]) or _is_latin(words[-1]):
        return None
    return _barred(words)


def _barred(words: str) -> frozenset[str]:
    """What may not stand before an entry, whatever its line says."""
    if words[0] in _MAGNITUDES:
        return _BEFORE_MAGNITUDE
    return _BEFORE_NUMERAL if words[0] in NUMERALS else frozenset()
