"""`redact`: mask values by type and keep them in a separate vault, from which they come back.

Each digit becomes ``x`` and each name ``xx``, the form that `find` reads. The vault has the offset
of each value, so the way back guesses nothing, whatever values and text hold.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from textclean.placeholders import gazetteer
from textclean.placeholders.context_odds import context
from textclean.placeholders.detect import find
from textclean.placeholders.kinds import classify
from textclean.placeholders.placeholder import PlaceholderType as Type
from textclean.placeholders.slots import Numbering
from textclean.text.classes import COMMON_HAN_CLASS
from textclean.text.lexicon import SURNAMES
from textclean.text.patterns import pattern
from textclean.text.protect import protected_spans

if TYPE_CHECKING:
    import re


class Secret(NamedTuple):
    """A masked value."""

    #: The name of its slot: ``year-1`` for the first year of the text.
    slot: str
    #: The span of its mask in the redacted text, in code points.
    start: int
    end: int
    type: Type
    value: str


class Redacted(NamedTuple):
    """A text without its values, and the values; store them apart."""

    text: str
    vault: tuple[Secret, ...]


_NUMBER = pattern(
    r"(?<![A-Za-z0-9_.])[0-9０-９]+(?:[.．][0-9０-９]+)?[%％‰]?"
    r"(?:[-–—－~～][0-9０-９]+(?:[.．][0-9０-９]+)?[%％‰]?)?(?![A-Za-z_])"
)
_DIGIT = pattern("[0-9０-９]")
_SURNAME = "".join(sorted(SURNAMES))
_PERSON = pattern(
    r"(?:(?<=主席)|(?<=总理)|(?<=书记)|(?<=部长)|(?<=省长)|(?<=主任)|(?<=教授)|(?<=记者)|(?<=院士)|(?<=医生)|(?<=市长)"
    r"|(?<=县长)|(?<=局长)|(?<=院长)|(?<=常委)|(?<=司长)|(?<=处长)|(?<=科长)|(?<=校长)|(?<=经理)|(?<=村民)|(?<=居民)|(?<=患者))"
    rf"[{_SURNAME}][{COMMON_HAN_CLASS}]{{1,2}}"
    r"(?=介绍|说|表示|告诉|认为|坦言|强调|指出|出席|主持|会见|宣布|代表|陪同|在|向|对|就|同|等|[，。、：；）])"
)
_NUMBERS = frozenset(Type) - {Type.PLACE, Type.PERSON, Type.ETHNICITY}


def redact(text: str, types: Collection[str] | None = None) -> Redacted:
    """Mask the values of a text.

    Args:
        text: any text. Code, addresses and whatever else is protected stay as they are.
        types: which `PlaceholderType` to mask; by default all that is recognised: numbers by what
            they count, places that are in the gazetteer, persons behind their office.

    Raises:
        ValueError: `types` holds what is no type.
    """
    masked = frozenset(Type) if types is None else frozenset(map(Type, types))
    pieces: list[str] = []
    vault: list[Secret] = []
    numbering = Numbering()
    last = length = 0
    for start, end, kind, mask in _values(text, masked):
        pieces += (text[last:start], mask)
        length += start - last
        vault.append(
            Secret(numbering.name(kind), length, length + len(mask), kind, text[start:end])
        )
        length += len(mask)
        last = end
    pieces.append(text[last:])
    return Redacted("".join(pieces), tuple(vault))


def _values(text: str, types: Collection[Type]) -> Iterator[tuple[int, int, Type, str]]:
    """The values to mask, in order, disjoint: start, end, type, mask.

    What is masked already (201X, 138****1234, 李某1) stays as it is.
    """
    masked = [(found.start, found.end) for found in find(text)]
    protected = _merged([*protected_spans(text), *masked])
    last = 0
    at = 0
    values = sorted(_recognised(text, types), key=lambda value: (value[0], -value[1]))
    for start, end, kind in values:
        while at < len(protected) and protected[at][1] <= start:
            at += 1
        inside = at < len(protected) and protected[at][0] < end
        if start < last or inside:
            continue
        value = text[start:end]
        mask = _DIGIT.sub("x", value) if kind in _NUMBERS else "xx"
        yield start, end, kind, mask
        last = end


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same places as disjoint spans, in order."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


def _recognised(text: str, types: Collection[Type]) -> Iterable[tuple[int, int, Type]]:
    if Type.PERSON in types:
        yield from ((*match.span(), Type.PERSON) for match in _PERSON.finditer(text))
    if Type.PLACE in types:
        yield from ((*match.span(), Type.PLACE) for match in _place_pattern().finditer(text))
    if _NUMBERS & frozenset(types):
        for match in _NUMBER.finditer(text):
            start, end = match.span()
            run = _DIGIT.sub("x", match.group())
            kind = classify(run, "x", context(text, start, end)).type
            if kind not in _NUMBERS:
                kind = Type.QUANTITY  # what is written in digits is no name
            if kind in types:
                yield start, end, kind


@cache
def _place_pattern() -> re.Pattern[str]:
    bare = "|".join(gazetteer.well_known())
    with_suffix = "|".join(gazetteer.counties())
    return pattern(f"{bare}|(?:{with_suffix})(?=[县区市旗])")
