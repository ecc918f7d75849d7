"""What every reading has at every place of the base: the columns that are voted on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textclean.consensus.alignment import align
from textclean.consensus.tokens import Tokens

#: A reading has nothing at a place that it covers; it says nothing of a place.
LOST, SILENT = -1, -2


#: What engines take for each other by their nature: a stroke; and signs that many do not know. That
#: two read one so does not bear either out.
_TWINS = tuple(map(frozenset, ("一—–‒―-‐‑~～〜_─ー", "×Xx", "℃C")))


class Columns:
    """The readings laid on the base, character by character.

    Attributes:
        places: by reading, and by character of the base: which of its characters stands there;
            `LOST` where it has none, `SILENT` where it does not cover the place.
        extra: by reading, and by place of the base: its characters that stand before it and are
            none of the base's, as the first and the one behind the last.
        joints: by reading and place: whether it covers both sides.
    """

    def __init__(self, base: Tokens, readings: Sequence[Tokens]) -> None:
        self.base = base
        self.readings = readings
        self.places: list[list[int]] = []
        self.extra: list[dict[int, tuple[int, int]]] = []
        self.joints: list[list[bool]] = []
        for reading in readings:
            self._lay(reading)

    def _lay(self, reading: Tokens) -> None:
        size = len(self.base)
        places = [SILENT] * size
        extra: dict[int, tuple[int, int]] = {}
        joints = [False] * (size + 1)
        if reading.folded == self.base.folded:
            self.places.append(list(range(size)))
            self.extra.append(extra)
            self.joints.append([False] + [True] * (size - 1) + [False])
            return
        for stretch in align(self.base.folded, reading.folded):
            for start, end, low, high in stretch:
                common = min(end - start, high - low)
                places[start : start + common] = range(low, low + common)
                places[start + common : end] = [LOST] * (end - start - common)
                if high - low > common:
                    first, last = extra.get(end, (low + common, high))
                    extra[end] = min(first, low + common), max(last, high)
            start, end = stretch[0].start, stretch[-1].end
            joints[start + 1 : end] = [True] * max(0, end - start - 1)
        self.places.append(places)
        self.extra.append({at: span for at, span in extra.items() if joints[at]})
        self.joints.append(joints)

    def folded(self, number: int, at: int) -> str:
        """What a reading has at a place; empty where it has nothing, or says nothing of it."""
        place = self.places[number][at]
        return self.readings[number].folded[place] if place >= 0 else ""


class Option(NamedTuple):
    """What some readings have in a column, folded."""

    text: str
    #: The readings that have it, and which of the characters of each is its first.
    places: tuple[tuple[int, int], ...]

    @property
    def witnesses(self) -> tuple[int, ...]:
        """The readings that have it."""
        return tuple(number for number, _ in self.places)


class Column(NamedTuple):
    """A place, or the joint before one, with what readings have there; the base's first."""

    at: int
    #: Whether it is the joint before the place, where the base has nothing.
    is_joint: bool
    options: tuple[Option, ...]

    @property
    def is_ambiguous(self) -> bool:
        """Whether readings only differ in what engines take for each other by their nature."""
        return any(all(option.text in twins for option in self.options) for twins in _TWINS)


def contested(columns: Columns) -> list[list[Column]]:
    """Runs of columns in which readings differ; between two is at most one place all agree on."""
    differing: set[int] = set()
    joints: set[int] = set()
    base = columns.base.folded
    for number, reading in enumerate(columns.readings):
        joints.update(columns.extra[number])
        for at, place in enumerate(columns.places[number]):
            if place == LOST or (place >= 0 and reading.folded[place] != base[at]):
                differing.add(at)
    runs: list[list[Column]] = []
    last = -3
    for at in sorted(differing | joints):
        if at - last > 2 or not runs:
            runs.append([])
        else:
            runs[-1] += (_at(columns, between) for between in range(last + 1, at))
        if at in joints:
            runs[-1] += _before(columns, at)
            last = at - 1
        if at in differing:
            runs[-1].append(_at(columns, at))
            last = at
    return runs


def _at(columns: Columns, at: int) -> Column:
    found: dict[str, list[tuple[int, int]]] = {columns.base.folded[at]: []}
    for number, reading in enumerate(columns.readings):
        place = columns.places[number][at]
        if place != SILENT:
            text = reading.folded[place] if place >= 0 else ""
            found.setdefault(text, []).append((number, place))
    return Column(at, False, _options(_unambiguous(found)))


def _unambiguous(found: dict[str, list[tuple[int, int]]]) -> dict[str, list[tuple[int, int]]]:
    """What is left to decide of what readings have: not which of some twins a sign is.

    Whether a stroke is the number one, language can tell.
    """
    base = next(iter(found))
    twins = next((each for each in _TWINS if base in each), frozenset())
    return {
        text: places
        for text, places in found.items()
        if text == base or text not in twins or (text == "一" or base == "一")
    }


def _before(columns: Columns, at: int) -> Iterator[Column]:
    """The columns of a joint: what readings have there, laid on the one that has most."""
    spans = {
        number: columns.extra[number].get(at, (0, 0))
        for number in range(len(columns.readings))
        if columns.joints[number][at]
    }
    texts = {
        number: columns.readings[number].folded[first:last]
        for number, (first, last) in spans.items()
    }
    widest = max(texts.values(), key=lambda text: (len(text), text))
    rows = {text: _laid(widest, text) for text in set(texts.values())}
    for step in range(len(widest)):
        found: dict[str, list[tuple[int, int]]] = {"": []}
        for number, text in texts.items():
            start, end = rows[text][step], rows[text][step + 1]
            found.setdefault(text[start:end], []).append((number, spans[number][0] + start))
        yield Column(at, True, _options(found))


def _laid(widest: str, text: str) -> list[int]:
    """Where the part of a text begins that stands at each character of the widest, and its end."""
    from rapidfuzz.distance import Levenshtein

    starts: list[int] = []
    for part in Levenshtein.opcodes(widest, text):
        for step in range(part.src_end - part.src_start):
            starts.append(min(part.dest_start + step, part.dest_end))
    if starts:
        starts[0] = 0
    return [*starts, len(text)]


def _options(found: dict[str, list[tuple[int, int]]]) -> tuple[Option, ...]:
    first, *others = (Option(text, tuple(places)) for text, places in found.items())
    return first, *sorted(others)
