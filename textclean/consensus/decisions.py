"""From judged columns to changes of the base: what is decided, and what is left open."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from textclean.consensus.codes import ADDED, LOST, MARK, MISREAD, OPEN
from textclean.consensus.columns import Column, Columns, Option
from textclean.consensus.reliability import Reliability, is_about_content
from textclean.consensus.voting import Judged, judge
from textclean.text.classes import is_han

#: By how much, in nats, what is put in the base's place must be ahead of all else.
DECIDED = 2.0
#: Rounds in which the error rates settle.
_ROUNDS = 4


#: By character that is put in: the readings that have it, with the places in their text.
Witnesses = tuple[tuple[tuple[int, int], ...], ...]
_NOBODY: Witnesses = ()


class Change(NamedTuple):
    """What takes the place of ``base.text[start:end]``, or, by code `OPEN`, what it might be."""

    start: int
    end: int
    after: str
    code: str
    confidence: float
    witnesses: Witnesses
    #: The options of its columns, the base's first.
    columns: tuple[Column, ...]


def decide(
    columns: Columns, runs: Sequence[Sequence[Column]], reliability: Reliability
) -> list[Change]:
    """What the readings decide of the base, in order, and what they leave open.

    Args:
        reliability: of the readings; it learns here.
    """
    judged: list[list[Judged]] = []
    for _ in range(_ROUNDS):
        judged = [_judged(columns, run, reliability) for run in runs]
        reliability.learn((each.column, each.likely) for run in judged for each in run)
    changes: list[Change] = []
    for run in judged:
        changes += _settled(columns, run, reliability)
    return changes


def _judged(columns: Columns, run: Sequence[Column], reliability: Reliability) -> list[Judged]:
    base = columns.base.folded
    behind = run[-1].at if run[-1].is_joint else run[-1].at + 1
    return judge(run, reliability, base[: run[0].at][-1:], base[behind : behind + 1])


def _settled(columns: Columns, judged: list[Judged], reliability: Reliability) -> Iterator[Change]:
    """What of a run is changed. Where a column is not decided the base stays, and the others are
    judged again beside it.
    """
    undecided: dict[int, Judged] = {}
    while doubtful := [
        number
        for number, each in enumerate(judged)
        if each.best
        and number not in undecided
        and (
            each.margin < DECIDED
            or _is_of_one_layer(each, reliability)
            or _is_beyond_language(each, reliability)
        )
    ]:
        undecided.update((number, judged[number]) for number in doubtful)
        run = [
            each.column._replace(options=each.column.options[:1]) if number in undecided
            else each.column
            for number, each in enumerate(judged)
        ]  # fmt: skip
        judged = _judged(columns, run, reliability)
    for number, each in enumerate(judged):
        if not each.best and each.margin < DECIDED:
            undecided[number] = each
    pieces = [_piece(columns, each, reliability) for each in judged if each.best]
    for _, touching in groupby(_numbered(pieces), lambda item: item[0]):
        yield _joined([piece for _, piece in touching])
    for _, each in sorted(undecided.items()):
        if not each.column.is_ambiguous:
            yield _left_open(columns, each)


def _is_of_one_layer(judged: Judged, reliability: Reliability) -> bool:
    """Whether the best option is only that of doubles of readings that have what the base has."""
    first, best = judged.column.options[0], judged.column.options[judged.best]
    sets = [{reliability.sets[at] for at in each.witnesses} for each in (best, first)]
    return sets[0] <= sets[1]


def _is_beyond_language(judged: Judged, reliability: Reliability) -> bool:
    """Whether one voice stands against one, for something of which language knows nothing.

    What Latin letters, digits and marks stand beside each other is a matter of the text: of code
    and of formulas all would be wrong.
    """
    first, best = judged.column.options[0], judged.column.options[judged.best]
    if not best.text or any(map(is_han, best.text)):
        return False
    return reliability.independent(best.witnesses) < 2 and (
        reliability.independent(first.witnesses) > 0
    )


def _numbered(pieces: Sequence[Change]) -> Iterator[tuple[int, Change]]:
    """The pieces with a number that those share which touch."""
    number = 0
    for at, piece in enumerate(pieces):
        number += at > 0 and pieces[at - 1].end != piece.start
        yield number, piece


def _piece(columns: Columns, judged: Judged, reliability: Reliability) -> Change:
    column, option = judged.column, judged.column.options[judged.best]
    confidence = 1 / (1 + math.exp(-judged.margin))
    content = is_about_content(column)
    start, end = _span(columns, column)
    after, witnesses = "", _NOBODY
    if not option.text:
        code = ADDED
    else:
        code = LOST if column.is_joint else MISREAD
        after, witnesses = _written(columns, column, option, reliability)
    if not content and reliability.independent(option.witnesses) > 1:
        code = MARK
    return Change(start, end, after, code, confidence, witnesses, (column,))


def _span(columns: Columns, column: Column) -> tuple[int, int]:
    """The span of the base's text that a column stands for; empty at a joint."""
    base = columns.base
    if column.is_joint:
        return (_joint(columns, column.at),) * 2
    return base.offsets[column.at], base.offsets[column.at] + 1


def _joint(columns: Columns, at: int) -> int:
    """Where what stands before a place is put in: on that side of a line break on which the first
    reading has it.
    """
    base = columns.base
    for reading, extra in zip(columns.readings, columns.extra, strict=True):
        if at in extra and at < len(base):
            first = extra[at][0]
            between = reading.text[reading.end_of(first - 1) : reading.offsets[first]]
            return base.offsets[at] if not at or "\n" in between else base.end_of(at - 1)
    return base.end_of(at - 1)


def _written(
    columns: Columns, column: Column, option: Option, reliability: Reliability
) -> tuple[str, Witnesses]:
    """An option as its most reliable witness writes it, and who has it so."""
    places = dict(option.places)
    best = reliability.best(option.witnesses)
    first, reading = places[best], columns.readings[best]
    text = reading.characters[first : first + len(option.text)]
    witnesses = [
        tuple(
            (number, columns.readings[number].offsets[place + step])
            for number, place in places.items()
            if columns.readings[number].characters[place + step] == char
        )
        for step, char in enumerate(text)
    ]
    return text, tuple(witnesses)


def _joined(pieces: Sequence[Change]) -> Change:
    """Changes that touch, as one."""
    if len(pieces) == 1:
        return pieces[0]
    codes = {piece.code for piece in pieces} - {MARK}
    return Change(
        pieces[0].start,
        pieces[-1].end,
        "".join(piece.after for piece in pieces),
        (codes.pop() if len(codes) == 1 else MISREAD) if codes else MARK,
        min(piece.confidence for piece in pieces),
        tuple(each for piece in pieces for each in piece.witnesses),
        tuple(column for piece in pieces for column in piece.columns),
    )


def _left_open(columns: Columns, judged: Judged) -> Change:
    """A finding about a place that stays as it is; about the character behind a joint."""
    column = judged.column
    at = min(column.at, len(columns.base) - 1)
    start, end = columns.base.offsets[at], columns.base.offsets[at] + 1
    likely = judged.likely[judged.best]
    return Change(start, end, columns.base.text[start:end], OPEN, likely, (), (column,))
