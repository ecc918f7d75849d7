"""Lines that the base lost and another reading has: found between what both have, put in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from textclean.consensus.alignment import Match, align
from textclean.consensus.language import attested, meeting
from textclean.consensus.tokens import Tokens, is_content, torn
from textclean.text.classes import is_han

#: Characters of a lost line; fewer may be a misreading.
_LEAST = 6
#: What the base has in a line's place is what it read of it, if it is no more than this, and a
#: fifth of the line.
_MOST_REST = 6
_REST_SHARE = 5
#: The share of pairs of ideographs that prose has, from which characters are a line: on the pages
#: that were read, lines had .48 to .8, and scraps .29.
_ATTESTED = 0.45
#: Of a reading that is about as good as the base, by the same share, less will do: an idiom has
#: rare pairs.
_AS_GOOD = 0.97
_ATTESTED_OF_GOOD = 0.25
#: The share of the pairs of a line that another reading must have, where language does not vouch
#: for it.
_BORNE_OUT = 0.6
#: A reading that has so much of a line has it whole.
_FULL = 0.8
#: What an engine loses of a page is a line or two; the pages that were read lost 7 % at most. Where
#: more is missing than this share, and than so many characters, readings have read other parts of
#: the page: a text layer has no text of pictures.
_SHARE_LOST = 0.12
_FEW_LOST = 120
#: How like (of 100) a line is to what the base, or another reading, has of it.
_LIKE = 70


class LostLine(NamedTuple):
    """What a reading has and the base has not: it takes the place of ``base[start:end]``."""

    start: int
    end: int
    #: The number of the reading, and the span of its text, breaks and all.
    reading: int
    low: int
    high: int


def lost_lines(
    base: Tokens, doubles: Sequence[Tokens], readings: Mapping[int, Tokens]
) -> list[LostLine]:
    """The lines that the base lost, in order, from the best of the readings that have all of one.

    Args:
        doubles: readings of the same text layer as the base. A line that they lack, too, was not
            lost by a program: the layer has it not, for it is part of a picture.
        readings: the others, by number, the best first.
    """
    found: list[_Found] = []
    good = _AS_GOOD * attested(base.characters)
    for rank, (number, reading) in enumerate(readings.items()):
        if torn(reading):  # its lines are pieces, and between two of them anything may stand
            continue
        is_good = attested(reading.characters) >= good
        others = [each for other, each in readings.items() if other != number]
        for gap in _gaps(base, reading):
            run = reading.folded[gap.low : gap.high]
            if gap.high - gap.low < _LEAST or not _fits(gap) or _goes_on(base, reading, gap):
                continue
            if _stands(base, reading, gap):
                continue
            if any(not _has(double.folded, run) for double in doubles):
                continue
            line = _line(base, reading, number, gap)
            if _is_list(reading.text[line.low : line.high]) or _has_holes(
                reading.text[line.low : line.high]
            ):
                continue
            if _is_language(reading.text[line.low : line.high], is_good) or any(
                _bears_out(other.folded, run) for other in others
            ):
                amount = sum(max(0.0, meeting(*pair)) for pair in pairwise(run))
                found.append(_Found(amount, rank, line, run))
    kept: list[_Found] = []
    while found:
        fullest = max(found, key=lambda each: (each.amount, -each.rank))
        rivals = [each for each in found if _is_rival(each, fullest)]
        best = min(
            (each for each in rivals if each.amount >= _FULL * fullest.amount),
            key=lambda each: (each.rank, each.line),
        )
        kept.append(best)
        found = [each for each in found if each not in rivals and not _is_rival(each, best)]
    if sum(len(each.run) for each in kept) > max(_FEW_LOST, _SHARE_LOST * len(base)):
        return []
    return sorted(each.line for each in kept)


class _Found(NamedTuple):
    """A lost line with how much it says, and the rank of the reading that has it."""

    amount: float
    rank: int
    line: LostLine
    run: str


def _is_rival(one: _Found, two: _Found) -> bool:
    """Whether two lines would stand in one place, or say the same."""
    return (one.line.start <= two.line.end and two.line.start <= one.line.end) or (
        _has(two.run, one.run) or _has(one.run, two.run)
    )


def _line(base: Tokens, reading: Tokens, number: int, gap: Match) -> LostLine:
    """A gap as spans of the two texts: behind what stands before it, or, first, before the rest.

    Of blank lines and indents before a line one line break is kept, or one blank line where the
    base has such.
    """
    text = reading.text
    if not gap.low:
        high = reading.offsets[gap.high]
        broken = text.find("\n", reading.end_of(gap.high - 1), high)
        return LostLine(
            base.offsets[gap.start], base.offsets[gap.end], number, reading.offsets[0],
            high if broken < 0 else broken + 1,
        )  # fmt: skip
    low = reading.end_of(gap.low - 1)
    first = reading.offsets[gap.low]
    has_blank_lines = "\n\n" in base.text or "\n" not in base.text
    broken = text.rfind("\n\n", low, first) if has_blank_lines else -1
    broken = text.rfind("\n", low, first) if broken < 0 else broken
    return LostLine(
        base.end_of(gap.start - 1), base.end_of(gap.end - 1), number,
        max(low, broken), reading.end_of(gap.high - 1),
    )  # fmt: skip


def _gaps(base: Tokens, reading: Tokens) -> Iterator[Match]:
    """What of a reading lies between two stretches that follow each other in both texts."""
    stretches = sorted(align(base.folded, reading.folded), key=lambda each: each[0].low)
    ends = [Match(0, 0, 0, 0), Match(len(base), len(base), len(reading), len(reading))]
    spans = [Match(s[0].start, s[-1].end, s[0].low, s[-1].high) for s in stretches]
    if not spans:
        return
    for before, behind in pairwise([ends[0], *spans, ends[1]]):
        if before.end <= behind.start and before.high < behind.low:
            gap = Match(before.end, behind.start, before.high, behind.low)
            yield _without_specks(reading, _at_a_break(base, reading, gap))


def _at_a_break(base: Tokens, reading: Tokens, gap: Match) -> Match:
    """The same gap beside a line break of the base, where characters beside it are alike.

    What is missing in ``甲乙|丙`` of ``甲乙丁乙丙`` is 丁乙 or, one character earlier, 乙丁.
    """
    if gap.start < gap.end:
        return gap
    one, two = base.folded, reading.folded
    for step in (-1, 1):
        start, _, low, high = gap
        while 0 < start < len(base):
            if "\n" in base.text[base.end_of(start - 1) : base.offsets[start]]:
                return Match(start, start, low, high)
            if step < 0 and not (low > 0 and one[start - 1] == two[high - 1]):
                break
            if step > 0 and not (high < len(two) and one[start] == two[low]):
                break
            start, low, high = start + step, low + step, high + step
    return gap


def _without_specks(reading: Tokens, gap: Match) -> Match:
    """A gap without lines at its beginning that have no letter, ideograph or digit."""
    low = gap.low
    for at in range(gap.low, gap.high):
        if is_content(reading.characters[at]):
            break
        if (
            at + 1 < gap.high
            and "\n" in reading.text[reading.offsets[at] : reading.offsets[at + 1]]
        ):
            low = at + 1
    return gap._replace(low=low)


def _fits(gap: Match) -> bool:
    rest = gap.end - gap.start
    return rest <= _MOST_REST and _REST_SHARE * rest <= gap.high - gap.low


def _goes_on(base: Tokens, reading: Tokens, gap: Match) -> bool:
    """Whether the base is a paragraph, without lines to lose, and goes on at a gap, or the other
    reading has whole lines there: then they are lines of the next column.
    """
    if "\n" in base.text or gap.start < gap.end or not 0 < gap.start < len(base):
        return False
    if "\n" in reading.text[reading.end_of(gap.low - 1) : reading.end_of(gap.high - 1)]:
        return True
    return meeting(base.folded[gap.start - 1], base.folded[gap.start]) > 0


def _stands(base: Tokens, reading: Tokens, gap: Match) -> bool:
    """Whether the base has a run elsewhere: much of it, or some of its lines."""
    if _has(base.folded, reading.folded[gap.low : gap.high]):
        return True
    known, start = 0, gap.low
    for at in range(gap.low + 1, gap.high + 1):
        if at == gap.high or "\n" in reading.text[reading.offsets[at - 1] : reading.offsets[at]]:
            line = reading.folded[start:at]
            known += len(line) if len(line) > 1 and _has_line(base.folded, line) else 0
            start = at
    return 3 * known > gap.high - gap.low


def _has_line(text: str, line: str) -> bool:
    return line in text if len(line) < _LEAST else _has(text, line)


def _is_list(text: str) -> bool:
    """Whether a text is several short lines: a page set in columns, whose order is not sure."""
    lines = text.split("\n")
    lines = ["".join(line.split()) for line in lines if line.strip()]
    return len(lines) > 1 and sum(map(len, lines)) < _LEAST * len(lines)


def _has_holes(text: str) -> bool:
    """Whether wide spaces stand within a line: it is of a table, or of several columns."""
    return any("   " in line.strip() for line in text.split("\n"))


def _bears_out(text: str, run: str) -> bool:
    """Whether most of a run stands in another reading, in whatever order."""
    pairs = [run[at : at + 2] for at in range(len(run) - 1)]
    return sum(pair in text for pair in pairs) >= _BORNE_OUT * len(pairs)


def _is_language(text: str, is_good: bool) -> bool:
    least = _ATTESTED_OF_GOOD if is_good else _ATTESTED
    return 2 * sum(map(is_han, text)) >= _LEAST and attested(text) >= least


def _has(text: str, run: str) -> bool:
    """Whether a text has something like a run, anywhere."""
    from rapidfuzz.fuzz import partial_ratio

    return len(text) >= len(run) and partial_ratio(run, text, score_cutoff=_LIKE) > 0
