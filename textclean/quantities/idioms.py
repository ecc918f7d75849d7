"""Words in which a numeral is no quantity: 一体化, 三甲, 十三五, 万松, 12345热线.

The lexicon is ``data/idioms.txt``; its header says how an entry is written. It is read when the
first numeral is looked at. Every entry is indexed by the two characters at each of its numerals, so
that one look costs two dictionary gets wherever the numeral stands in the idiom.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LEXICON = Path(__file__).parent / "data" / "idioms.txt"

# What counts as a numeral in the lexicon's entries and in the text around them.
NUMERALS = frozenset("0123456789０１２３４５６７８９〇零一二两三四五六七八九十百千万亿半几廿卅")
# An entry that begins with one of these goes on a number before it also after 几, 数 and 上.
_MAGNITUDES = frozenset("十百千万亿")
_BEFORE_MAGNITUDES = "几数上"
_SPACES = " \u3000"


class Idiom(NamedTuple):
    """An entry: its words, and which characters may stand beside it (None: any)."""

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

    Spaces that OCR put inside an idiom (双随机一 公开) are passed over.
    """
    found = _covering(text, at)
    if found is not None:
        return found
    reach = _longest()
    low = max(0, at - reach)
    near = text[low : at + reach]
    if " " not in near and "\u3000" not in near:
        return None
    places = [low + k for k, character in enumerate(near) if character not in _SPACES]
    found = _covering("".join(text[place] for place in places), places.index(at))
    if found is None:
        return None
    return IdiomMatch(places[found.start], places[found.end - 1] + 1)


def match(text: str, start: int = 0) -> IdiomMatch | None:
    """The longest idiom that begins at `start`, or None."""
    for idiom in _by_start().get(text[start : start + 2], ()):
        if text.startswith(idiom.text, start) and _stands(
            text, start, start + len(idiom.text), idiom
        ):
            return IdiomMatch(start, start + len(idiom.text))
    return None


def find(text: str) -> Iterator[IdiomMatch]:
    """Every idiom of a text, from left to right, none overlapping another."""
    end = 0
    for at, character in enumerate(text):
        if at >= end and character in NUMERALS:
            found = covering(text, at)
            if found is not None and found.start >= end:
                yield found
                end = found.end


def entries() -> tuple[Idiom, ...]:
    """Every entry of the lexicon, in its order."""
    return _entries()


def _covering(text: str, at: int) -> IdiomMatch | None:
    after, before = _by_numeral()
    behind = after.get(text[at : at + 2])
    ahead = before.get(text[at - 1 : at + 1]) if at else None
    if behind is None:
        if ahead is None:
            return None
        candidates = ahead
    else:
        candidates = behind if ahead is None else behind + ahead
    best: IdiomMatch | None = None
    for offset, idiom in candidates:
        start = at - offset
        words = idiom.text
        if (
            start >= 0
            # 统一部署: of two as long, the one that begins earlier.
            and (best is None or (len(words), -start) > (best.end - best.start, -best.start))
            and text.startswith(words, start)
            and _stands(text, start, start + len(words), idiom)
        ):
            best = IdiomMatch(start, start + len(words))
    return best


def _stands(text: str, start: int, end: int, idiom: Idiom) -> bool:
    """Whether the characters beside a place let the entry stand there."""
    before = text[start - 1] if start else ""
    after = text[end : end + 1]
    return not (
        (before and before in idiom.not_after)
        or (after and after in idiom.not_before)
        or (idiom.only_after is not None and before not in idiom.only_after)
        or (idiom.only_before is not None and after not in idiom.only_before)
    )


def _parse(line: str) -> Idiom:
    words, *conditions = line.split()
    not_after: set[str] = set()
    not_before: set[str] = set()
    only: dict[str, set[str]] = {}
    if words[0] in NUMERALS:
        not_after |= NUMERALS | {"第"}
        if words[0] in _MAGNITUDES:
            not_after.update(_BEFORE_MAGNITUDES)
    if NUMERALS.issuperset(words):
        not_before |= NUMERALS
    for condition in conditions:
        side, negated = condition[0], condition[1:2] == "!"
        characters = set(condition[2 if negated else 1 :])
        if "#" in characters:
            characters = characters - {"#"} | NUMERALS
        if side == "<":
            target = not_after if negated else only.setdefault("<", set())
        elif side == ">":
            target = not_before if negated else only.setdefault(">", set())
        else:
            raise ValueError(f"{_LEXICON.name}: no condition: {condition!r} of {words}")
        target |= characters
    return Idiom(
        words,
        frozenset(only["<"]) if "<" in only else None,
        frozenset(not_after),
        frozenset(only[">"]) if ">" in only else None,
        frozenset(not_before),
    )


@cache
def _entries() -> tuple[Idiom, ...]:
    lines = _LEXICON.read_text(encoding="utf-8").splitlines()
    return tuple(_parse(line) for line in lines if line and not line.startswith("#"))


@cache
def _longest() -> int:
    return max(len(idiom.text) for idiom in _entries()) + 4


@cache
def _by_start() -> Mapping[str, tuple[Idiom, ...]]:
    table: dict[str, list[Idiom]] = {}
    for idiom in sorted(_entries(), key=lambda entry: -len(entry.text)):
        table.setdefault(idiom.text[:2], []).append(idiom)
    return {key: tuple(found) for key, found in table.items()}


@cache
def _by_numeral() -> tuple[
    Mapping[str, tuple[tuple[int, Idiom], ...]], Mapping[str, tuple[tuple[int, Idiom], ...]]
]:
    """Entries by a numeral and what follows it, and by what precedes it where nothing follows."""
    after: dict[str, list[tuple[int, Idiom]]] = {}
    before: dict[str, list[tuple[int, Idiom]]] = {}
    for idiom in sorted(_entries(), key=lambda entry: -len(entry.text)):
        words = idiom.text
        for offset, character in enumerate(words):
            if character not in NUMERALS:
                continue
            if offset + 1 < len(words):
                after.setdefault(words[offset : offset + 2], []).append((offset, idiom))
            else:
                before.setdefault(words[offset - 1 : offset + 1], []).append((offset, idiom))
    return (
        {key: tuple(found) for key, found in after.items()},
        {key: tuple(found) for key, found in before.items()},
    )
