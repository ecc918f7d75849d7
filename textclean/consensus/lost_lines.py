"""Lines that the base lost and another reading has: found between what both have, put in place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from textclean.consensus.alignment import Match, align
from textclean.consensus.language import attested
from textclean.consensus.tokens import Tokens
from textclean.text.classes import is_han

#: Characters of a lost line; fewer may be a misreading.
_LEAST = 6
#: What the base has in a line's place is what it read of it, if it is no more than this, and a
#: fifth of the line.
_MOST_REST = 6
_REST_SHARE = 5
#: The share of pairs of ideographs that prose has, from which characters are a line: on the pages
#: that were read, true lines have .6 to .7, those that an engine made of a picture under .4.
_ATTESTED = 0.5
#: How like (of 100) a line is to what the base, or another reading, has of it.
_LIKE = 70


class LostLine(NamedTuple):
    """What a reading has and the base has not: it takes the place of ``base[start:end]``."""

    start: int
    end: int
    #: The span of the reading's text, breaks and all.
    low: int
    high: int


def lost_lines(base: Tokens, reading: Tokens, others: Sequence[Tokens]) -> list[LostLine]:
    """The lines of a reading that the base lost, in order; offsets in both texts.

    Args:
        others: further readings, one of which must have a line that language does not vouch for.
    """
    found = []
    for gap in _gaps(base, reading):
        run = reading.folded[gap.low : gap.high]
        if gap.high - gap.low < _LEAST or not _fits(gap) or _has(base.folded, run):
            continue
        if not _is_language(reading.characters[gap.low : gap.high]) and not any(
            _has(other.folded, run) for other in others
        ):
            continue
        if gap.low:
            start, end = base.end_of(gap.start - 1), base.end_of(gap.end - 1)
            low, high = reading.end_of(gap.low - 1), reading.end_of(gap.high - 1)
        else:
            start, end = base.offsets[gap.start], base.offsets[gap.end]
            low, high = reading.offsets[gap.low], reading.offsets[gap.high]
        found.append(LostLine(start, end, low, high))
    return found


def _gaps(base: Tokens, reading: Tokens) -> Iterator[Match]:
    """What of a reading lies between two stretches that follow each other in both texts."""
    stretches = sorted(align(base.folded, reading.folded), key=lambda each: each[0].low)
    ends = [Match(0, 0, 0, 0), Match(len(base), len(base), len(reading), len(reading))]
    spans = [Match(s[0].start, s[-1].end, s[0].low, s[-1].high) for s in stretches]
    if not spans:
        return
    for before, behind in pairwise([ends[0], *spans, ends[1]]):
        if before.end <= behind.start and before.high < behind.low:
            yield Match(before.end, behind.start, before.high, behind.low)


def _fits(gap: Match) -> bool:
    rest = gap.end - gap.start
    return rest <= _MOST_REST and _REST_SHARE * rest <= gap.high - gap.low


def _is_language(characters: str) -> bool:
    return 2 * sum(map(is_han, characters)) >= _LEAST and attested(characters) >= _ATTESTED


def _has(text: str, run: str) -> bool:
    """Whether a text has something like a run, anywhere."""
    from rapidfuzz.fuzz import partial_ratio

    return len(text) >= len(run) and partial_ratio(run, text, score_cutoff=_LIKE) > 0
