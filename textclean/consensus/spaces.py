"""What stands between two characters: a space or a line break that one reading has and another not.

Two readings that differ in a space or a break are not equally likely to be right, so that one
witness is enough for some. Counted on the joints of 2,000 pairs of readings of 122 pages with their
truth: programs put breaks in where lines were wrapped, and hardly ever lose one between characters
that they then have side by side; they rather lose spaces between Latin letters than put them in.
Else a space is decided by numbers alone: two independent readings against the base, and none with
it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from textclean.consensus.codes import BREAK, SPACE, WORDS
from textclean.consensus.columns import Column, Columns, Option
from textclean.consensus.decisions import Change
from textclean.consensus.language import meeting
from textclean.consensus.reliability import Reliability
from textclean.consensus.tokens import Tokens, between, torn
from textclean.layout.lines import measured
from textclean.text.classes import CLOSING_CLASS, PAUSE_CLASS, is_han

#: How sure two readings against one are of a space: of 21 such changes in copies of 180 paragraphs
#: with 5 % of wrong characters none was wrong.
_SURE = 0.95
#: How sure it is that characters are not broken apart that another reading has side by side: of
#: 3,592 such changes between two readings of the pages truth has a break at 10.
_SURE_OF_BREAKS = 0.99
#: How sure a space between Latin letters or digits is that another reading has: 1,252 of 1,312.
_SURE_OF_WORDS = 0.95
#: The share of the lines that end with a sentence which a reading that knows breaks has as well.
_KNOWS = 0.5
#: The share of all lines, where none ends so.
_KNOWS_ANY = 1 / 3
#: The share of Chinese marks beside which a reading has spaces, from which its spaces say nothing:
#: an engine that sees them everywhere.
_STRAY = 0.1

_SENTENCE_ENDS = frozenset("。！？!?…")
_CLOSING = frozenset(CLOSING_CLASS + ")]")
_MARKS = frozenset(PAUSE_CLASS)


def decide_spaces(
    columns: Columns, reliability: Reliability, changes: Sequence[Change]
) -> list[Change]:
    """The spaces and breaks that are changed, in order; none beside one of `changes`."""
    if len(columns.readings) < 2:
        return []
    taken = {at for change in changes for at in range(change.start, change.end + 1)}
    found = [*_whole(columns), *_words(columns)]
    if len(columns.readings) > 2:
        found = [*_outvoted(columns, reliability), *found]
    kept: list[Change] = []
    for change in found:
        if change.start not in taken and change.end not in taken:
            taken.update(range(change.start, change.end + 1))
            kept.append(change)
    return kept


def _gaps(columns: Columns, number: int) -> Iterator[tuple[int, str, str, int]]:
    """Where a reading has the characters of the base on both sides of a joint, and nothing else.

    Yields:
        The place behind the joint, what stands there in the base and in the reading, and the place
        of the reading's character before it.
    """
    base, reading, places = columns.base, columns.readings[number], columns.places[number]
    for at in range(1, len(base)):
        before, behind = places[at - 1 : at + 1]
        if (
            before >= 0
            and behind == before + 1
            and base.folded[at - 1 : at + 1] == reading.folded[before : behind + 1]
        ):
            yield at, between(base, at - 1), between(reading, before), before


def _whole(columns: Columns) -> Iterator[Change]:
    """Line breaks between characters that another reading has side by side."""
    base = columns.base
    found: dict[int, list[tuple[int, int]]] = {}
    if torn(base):  # the rules mend all of a torn page, or nothing
        return
    for number in range(len(columns.readings)):
        gaps = [gap for gap in _gaps(columns, number) if "\n" in gap[1]]
        if not _knows_breaks(base, gaps):
            continue
        for at, _, theirs, before in gaps:
            last, first = base.folded[at - 1], base.folded[at]
            if "\n" in theirs or (_ends(base.folded, at) and not _is_closing(first)):
                continue
            if _begins(base, at):
                continue
            if not theirs or (
                len(theirs) == 1 and is_han(last) and is_han(first) and meeting(last, first) > 0
            ):
                found.setdefault(at, []).append((number, before))
    for at, places in sorted(found.items()):
        yield _between(columns, at, "", BREAK, _SURE_OF_BREAKS, places)


def _knows_breaks(base: Tokens, gaps: Iterable[tuple[int, str, str, int]]) -> bool:
    """Whether a reading has line breaks of its own, and is not one line from end to end."""
    counts = {True: [0, 0], False: [0, 0]}
    for at, _, theirs, _ in gaps:
        for kind in {_ends(base.folded, at), False}:
            counts[kind]["\n" in theirs] += 1
    lost, kept = counts[True] if any(counts[True]) else counts[False]
    return kept >= (_KNOWS if any(counts[True]) else _KNOWS_ANY) * (lost + kept) and kept > 0


def _ends(text: str, at: int) -> bool:
    """Whether what stands before a place ends a sentence."""
    last = text[at - 1]
    return last in _SENTENCE_ENDS or (last in _CLOSING and text[at - 2 : at - 1] in _SENTENCE_ENDS)


def _begins(base: Tokens, at: int) -> bool:
    """Whether the line that a character heads has the form of a heading, a caption or an item."""
    start = base.offsets[at]
    end = base.text.find("\n", start)
    return measured(0, base.text[start : end if end >= 0 else None], 0).begins


def _is_closing(char: str) -> bool:
    return char in _CLOSING or char in _MARKS


def _words(columns: Columns) -> Iterator[Change]:
    """Spaces between Latin letters or digits that another reading has."""
    base = columns.base
    found: dict[int, list[tuple[int, int]]] = {}
    for number, reading in enumerate(columns.readings):
        if _has_stray_spaces(reading):
            continue
        for at, mine, theirs, before in _gaps(columns, number):
            pair = base.folded[at - 1 : at + 1]
            if not mine and theirs == " " and pair.isascii() and pair.isalnum():
                found.setdefault(at, []).append((number, before))
    for at, places in sorted(found.items()):
        yield _between(columns, at, " ", WORDS, _SURE_OF_WORDS, places)


def _has_stray_spaces(reading: Tokens) -> bool:
    marks = spaces = 0
    for at, (char, behind) in enumerate(pairwise(reading.folded)):
        if (is_han(char) and behind in ",.;:?!、。") or (char in ",;:?!、。" and is_han(behind)):
            marks += 1
            spaces += between(reading, at).startswith(" ")
    return spaces > _STRAY * marks


def _between(
    columns: Columns,
    at: int,
    after: str,
    code: str,
    confidence: float,
    places: Sequence[tuple[int, int]],
) -> Change:
    """A change of what stands before a place.

    Args:
        places: the readings that have it so, with the place of the character before it.
    """
    base = columns.base
    start, end = base.end_of(at - 1), base.offsets[at]
    lows = tuple((number, columns.readings[number].end_of(before)) for number, before in places)
    own = tuple(
        (number, 0) for number in range(len(columns.readings))
        if columns.readings[number].text == base.text
    )  # fmt: skip
    options = (Option(base.text[start:end], own), Option(after, lows))
    witnesses = (lows,) if after else ()
    return Change(start, end, after, code, confidence, witnesses, (Column(at, True, options),))


def _outvoted(columns: Columns, reliability: Reliability) -> Iterator[Change]:
    base = columns.base
    layers = reliability.layers
    for at in range(1, len(base)):
        start, end = base.end_of(at - 1), base.offsets[at]
        own = base.text[start:end]
        if own not in ("", " "):
            continue
        places: dict[str, list[tuple[int, int]]] = {own: []}
        for number, reading in enumerate(columns.readings):
            before, behind = columns.places[number][at - 1 : at + 1]
            if before >= 0 and behind == before + 1:
                low = reading.end_of(before)
                between_ = reading.text[low : reading.offsets[behind]]
                if between_ in ("", " "):
                    places.setdefault(between_, []).append((number, low))
        other = " " if own == "" else ""
        against = places.get(other, [])
        numbers = tuple(number for number, _ in against)
        if len({layers[number] for number in numbers}) < 2 or len(places[own]) > 1:
            continue
        options = tuple(Option(text, tuple(found)) for text, found in places.items())
        column = Column(at, True, options)
        witnesses = (tuple(against),) if other else ()
        yield Change(start, end, other, SPACE, _SURE, witnesses, (column,))
