"""What every reading has at every place of the base: the columns that are voted on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textclean.consensus.alignment import align
from textclean.consensus.tokens import Tokens

#: A reading has nothing at a place that it covers; it says nothing of a place.
LOST, SILENT = -1, -2


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

    def character(self, number: int, at: int) -> str | None:
        """What a reading has at a place; empty for nothing, None where it is silent."""
        place = self.places[number][at]
        if place == SILENT:
            return None
        return self.readings[number].characters[place] if place >= 0 else ""

    def added(self, number: int, at: int) -> str | None:
        """What a reading has before a place; None where it does not cover both sides of it."""
        if not self.joints[number][at]:
            return None
        first, last = self.extra[number].get(at, (0, 0))
        return self.readings[number].characters[first:last]


class Option(NamedTuple):
    """What some readings have in a column."""

    text: str
    #: The readings that have it.
    witnesses: tuple[int, ...]


class Column(NamedTuple):
    """A place, or the joint before one, with what readings have there; the base's first."""

    at: int
    #: Whether it is the joint before the place, where the base has nothing.
    is_joint: bool
    options: tuple[Option, ...]


def contested(columns: Columns) -> list[list[Column]]:
    """Runs of columns in which readings differ, with at most one place between that all agree on."""
    differing = set()
    joints = set()
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
            runs[-1].append(_before(columns, at))
            last = at - 1
        if at in differing:
            runs[-1].append(_at(columns, at))
            last = at
    return runs


def _at(columns: Columns, at: int) -> Column:
    found: dict[str, list[int]] = {columns.base.folded[at]: []}
    for number, reading in enumerate(columns.readings):
        place = columns.places[number][at]
        if place != SILENT:
            found.setdefault(reading.folded[place] if place >= 0 else "", []).append(number)
    return Column(at, False, _options(found))


def _before(columns: Columns, at: int) -> Column:
    found: dict[str, list[int]] = {"": []}
    for number, reading in enumerate(columns.readings):
        if columns.joints[number][at]:
            first, last = columns.extra[number].get(at, (0, 0))
            found.setdefault(reading.folded[first:last], []).append(number)
    return Column(at, True, _options(found))


def _options(found: dict[str, list[int]]) -> tuple[Option, ...]:
    first, *others = (Option(text, tuple(who)) for text, who in found.items())
    return first, *sorted(others)
