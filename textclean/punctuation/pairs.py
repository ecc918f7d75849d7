"""Pairs of slots that may have been the two quotes of one quotation, and their features.

A quotation is more than an opening and a closing slot: what it encloses, how long it is and what
stands either side decide it together. So slots that could open are paired with slots that could
close, and a second, smaller network scores each pair. `textclean.punctuation.bulk_pairs` finds the
same numbers in arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textclean.punctuation.alphabet import CLASSES, CLOSING, EDGE, LABELS, OPENING
from textclean.punctuation.hashing import FNV_BASIS, MASK, STEP, feature_table, hashes
from textclean.punctuation.weights import UNIT

COLUMNS: tuple[str, ...] = (
    # How likely the first slot opens, the second closes; the first closes, the second opens.
    "open", "close", "closes1", "opens2",
    # Characters enclosed, slots between; of the marks within: ，, 。 with ：, 、, quotes.
    "length", "between", "commas", "stops", "duns", "quotes",
    # What is enclosed; characters before the first slot, from it on, back from the second, behind.
    "content", "a1", "a2", "a3", "s1", "s2", "s3", "e1", "e2", "e3", "t1", "t2", "t3",
    # The slot before the first and behind the second, how near.
    "closed", "closed_near", "opened", "opened_near",
    # The first slot within, and the last.
    "opens_next", "closes_last", "closes_next", "opens_last",
)  # fmt: skip
CONDITIONS = ("", "short", "long")

FEATURES = feature_table(
    [
        "open close", "open", "close", "closes1 opens2", "length", "length between",
        "length open close", "between open close", "commas stops duns quotes",
        "commas stops duns quotes between", "duns length",
        "content ? short", "content a1 ? short", "content t1 ? short", "content open ? short",
        "a1 t1", "a1 a2 t1", "a1 t1 t2", "a1 a2 t1 t2", "a1 a2 a3 t1 t2",
        "s1 s2 e1 e2", "s1 e1", "s1 s2", "e1 e2", "a1 s1 e1 t1", "e1 e2 t1 t2", "a2 a1 s1 s2",
        "t1", "t1 t2", "a1", "a1 a2", "e1 t1", "e1 t1 t2", "a1 s1",
        "s1 s2 s3 ? long", "e1 e2 e3 ? long", "t1 t2 t3", "a1 a2 a3",
        "length a1", "length t1", "length t1 t2", "length a1 a2",
        "closed closed_near open", "opened opened_near close",
        "opens_next closes_last open close", "closes_next opens_last between",
    ],
    COLUMNS,
    CONDITIONS,
    first=1001,
)  # fmt: skip

#: A pair's slots are at most so many slots and characters apart.
MOST_SLOTS, MOST_CHARACTERS = 8, 48
#: Each must be at least so likely to open or close, and both together (in `UNIT`s, at most 0).
LEAST, LEAST_TOGETHER = -7 * UNIT, -11 * UNIT
#: Likelihoods are told apart in steps of half a nat, up to this one; one more where none is.
STEPS, NO_SLOT = 10, 11
_HALF_NAT = UNIT // 2
LONGEST_CONTENT, LEAST_LONG, NEAR = 16, 3, 3

_OPENING = [index for index, which in enumerate(CLASSES) if which & OPENING]
_NOT_OPENING = [index for index, which in enumerate(CLASSES) if not which & OPENING]
_CLOSING = [index for index, which in enumerate(CLASSES) if which & CLOSING]
_NOT_CLOSING = [index for index, which in enumerate(CLASSES) if not which & CLOSING]


class Odds(NamedTuple):
    """Of opening and of closing: the best score of a label that does, less the best of the rest."""

    opens: int
    closes: int


def odds(scores: Sequence[int]) -> Odds:
    """Odds of a slot in `UNIT`s, from the scores of its labels."""
    assert len(scores) == len(LABELS)
    return Odds(
        max(scores[index] for index in _OPENING) - max(scores[index] for index in _NOT_OPENING),
        max(scores[index] for index in _CLOSING) - max(scores[index] for index in _NOT_CLOSING),
    )


def candidates(places: Sequence[int], odds_of: Sequence[Odds]) -> Iterator[tuple[int, int]]:
    """Pairs of runs of one line, as indices, ordered by the first and then the second."""
    for first, place in enumerate(places):
        opens = odds_of[first].opens
        if opens <= LEAST:
            continue
        for second in range(first + 1, min(first + 1 + MOST_SLOTS, len(places))):
            closes = odds_of[second].closes
            if places[second] - place > MOST_CHARACTERS:
                break
            if closes > LEAST and min(opens, 0) + min(closes, 0) > LEAST_TOGETHER:
                yield first, second


def pair_hashes(
    line: str, places: Sequence[int], odds_of: Sequence[Odds], pairs: Sequence[tuple[int, int]]
) -> Iterator[list[int]]:
    """The features of pairs of a line's runs of spaces (`FEATURES`)."""
    if not pairs:
        return
    edge = ord(EDGE)
    codes = [edge, edge, *map(ord, line), edge, edge, edge]
    opens = [_step(each.opens) for each in odds_of]
    closes = [_step(each.closes) for each in odds_of]
    last = len(places) - 1
    for one, two in pairs:
        start, end = places[one], places[two]
        inside = line[start:end]
        length = end - start
        at, until = start + 2, end + 2
        content = FNV_BASIS
        if length <= LONGEST_CONTENT:
            for code in codes[at:until]:
                content = (content ^ code) * STEP & MASK
        has_inner = two - one > 1
        values = [
            opens[one], closes[two], closes[one], opens[two],
            length, min(two - one - 1, 7),
            min(inside.count("，"), 2), min(inside.count("。") + inside.count("："), 2),
            min(inside.count("、"), 2), min(inside.count("“") + inside.count("”"), 2),
            content, codes[at - 1], codes[at - 2], codes[at - 3] if start > 1 else edge,
            codes[at], codes[at + 1], codes[at + 2],
            codes[until - 1], codes[until - 2], codes[until - 3],
            codes[until], codes[until + 1], codes[until + 2],
            closes[one - 1] if one else NO_SLOT,
            min(start - places[one - 1], NEAR) if one else NEAR,
            opens[two + 1] if two < last else NO_SLOT,
            min(places[two + 1] - end, NEAR) if two < last else NEAR,
            opens[one + 1] if has_inner else NO_SLOT, closes[two - 1] if has_inner else NO_SLOT,
            closes[one + 1] if has_inner else NO_SLOT, opens[two - 1] if has_inner else NO_SLOT,
        ]  # fmt: skip
        applies = (True, length <= LONGEST_CONTENT, length >= LEAST_LONG)
        yield hashes(FEATURES, values, applies)


def _step(likelihood: int) -> int:
    """Odds in steps of half a nat below even, 0 to `STEPS`."""
    return min(max(-likelihood, 0) // _HALF_NAT, STEPS)
