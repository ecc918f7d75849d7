"""Pairs of slots that may have been the two quotes of one quotation, and their features.

A quotation is more than an opening and a closing slot: what it encloses, how long it is and what
stands either side decide it together. So slots that could open are paired with slots that could
close, and a second, smaller network scores each pair. `textclean.punctuation.arrays.pairs` finds
the same numbers in arrays.

Behind a printed mark an opening quote is often lost without a space of its own. Where a slot may
close and a mark or the line's start stands not far before it, the place behind that is a slot too,
an *unspaced* one, that can only open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from textclean.models.hashing import FNV_BASIS, feature_table, hashes
from textclean.models.mlp import LOGIT_Q8
from textclean.punctuation.features import ETC, MOST_ETC, piece_hash
from textclean.punctuation.labels import CLASSES, CLOSING, EDGE, LABELS, OPENING

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
    # Whether the slot before could open, that behind close, and how long the pieces to them are.
    "opened_before", "closed_behind", "before", "behind",
    # Which run from the second on stands before 等, counted from 1; 0 for none near.
    "etc",
    # How usually print quotes what is enclosed: a level of the lexicon, 0 for unknown terms.
    "usual",
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
        "closes1 opened_before before length", "opens2 closed_behind behind length",
        "before length behind", "etc", "etc open close", "etc length behind", "etc opens2 closes1",
        "usual", "usual open close", "usual opens2 closes1", "usual a1", "usual t1",
    ],
    COLUMNS,
    CONDITIONS,
    first=1001,
)  # fmt: skip

#: A pair's slots are at most so many slots and characters apart.
MOST_SLOTS, MOST_CHARACTERS = 8, 48
#: Each must be at least so likely to open or close, and both together (`LOGIT_Q8`, at most 0).
LEAST, LEAST_TOGETHER = -7 * LOGIT_Q8, -11 * LOGIT_Q8
#: Likelihoods are told apart in steps of half a nat, from this best one down, up to so many; one
#: more where none is, and one more of unspaced slots.
BEST, STEPS, NO_SLOT, UNSPACED_STEP = 3 * LOGIT_Q8, 16, 17, 18
#: What stands for the odds of an unspaced slot.
UNSPACED = -(1 << 24)
#: How likely the closing slot must be, how far it may be from an unspaced one.
LEAST_CLOSING, SHORTEST, MOST_UNSPACED = -4 * LOGIT_Q8, 2, 16
_HALF_NAT = LOGIT_Q8 // 2
LONGEST_CONTENT, LEAST_LONG, NEAR, FAR = 16, 3, 3, 16

#: Behind which an opening quote may have been lost without a space.
BEHIND = "，；。、：？！"

_OPENING = [index for index, which in enumerate(CLASSES) if which & OPENING]
_NOT_OPENING = [index for index, which in enumerate(CLASSES) if not which & OPENING]
_CLOSING = [index for index, which in enumerate(CLASSES) if which & CLOSING]
_NOT_CLOSING = [index for index, which in enumerate(CLASSES) if not which & CLOSING]


class Odds(NamedTuple):
    """Of opening and of closing: the best score of a label that does, less the best of the rest."""

    opens: int
    closes: int


def odds(scores: Sequence[int]) -> Odds:
    """Odds of a slot (`LOGIT_Q8`), from the scores of its labels."""
    assert len(scores) == len(LABELS)
    return Odds(
        max(scores[index] for index in _OPENING) - max(scores[index] for index in _NOT_OPENING),
        max(scores[index] for index in _CLOSING) - max(scores[index] for index in _NOT_CLOSING),
    )


def unspaced(line: str, places: Sequence[int], odds_of: Sequence[Odds]) -> list[int]:
    """Where a line may have lost an opening quote without a space, ascending.

    Args:
        places: of the line's runs of spaces.
    """
    openings = []
    known = set(places)
    for place, each in zip(places, odds_of, strict=True):
        if each.closes > LEAST_CLOSING:
            low = place
            while low > 0 and place - low <= MOST_UNSPACED and line[low - 1] not in BEHIND:
                low -= 1
            if SHORTEST <= place - low <= MOST_UNSPACED and low not in known:
                inside = line[low:place]
                if "“" not in inside and "”" not in inside:
                    openings.append(low)
                    known.add(low)
    openings.sort()
    return openings


def candidates(places: Sequence[int], odds_of: Sequence[Odds]) -> Iterator[tuple[int, int]]:
    """Pairs of runs of one line, as indices, ordered by the first and then the second."""
    for first, place in enumerate(places):
        opens = odds_of[first].opens
        if opens == UNSPACED:
            opens, least, most = 0, LEAST_CLOSING, MOST_UNSPACED
        elif opens > LEAST:
            least, most = LEAST, MOST_CHARACTERS
        else:
            continue
        for second in range(first + 1, min(first + 1 + MOST_SLOTS, len(places))):
            closes = odds_of[second].closes
            if places[second] - place > most:
                break
            if closes > least and min(opens, 0) + min(closes, 0) > LEAST_TOGETHER:
                yield first, second


def pair_hashes(
    line: str,
    places: Sequence[int],
    odds_of: Sequence[Odds],
    pairs: Sequence[tuple[int, int]],
    usual: Mapping[int, int],
) -> Iterator[list[int]]:
    """The features of pairs of a line's runs of spaces (`FEATURES`).

    Args:
        usual: the lexicon: levels by hash.
    """
    if not pairs:
        return
    edge = ord(EDGE)
    codes = [edge, edge, *map(ord, line), edge, edge, edge]
    opens = [_step(each.opens) for each in odds_of]
    closes = [_step(each.closes) for each in odds_of]
    last = len(places) - 1
    etc = [0] * len(places)
    behind = 0
    for run in range(last, -1, -1):
        behind = 1 if line[places[run] : places[run] + 1] == ETC else behind and behind + 1
        etc[run] = behind if behind <= MOST_ETC else 0
    for one, two in pairs:
        start, end = places[one], places[two]
        inside = line[start:end]
        length = end - start
        at, until = start + 2, end + 2
        content = piece_hash(codes[at:until]) if length <= LONGEST_CONTENT else FNV_BASIS
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
            opens[one - 1] if one else NO_SLOT, closes[two + 1] if two < last else NO_SLOT,
            min(start - places[one - 1], FAR) if one else 0,
            min(places[two + 1] - end, FAR) if two < last else 0,
            etc[two], usual.get(content, 0),
        ]  # fmt: skip
        applies = (True, length <= LONGEST_CONTENT, length >= LEAST_LONG)
        yield hashes(FEATURES, values, applies)


def _step(likelihood: int) -> int:
    """Odds in steps of half a nat below `BEST`, 0 to `STEPS`; `UNSPACED_STEP` of unspaced slots."""
    if likelihood == UNSPACED:
        return UNSPACED_STEP
    return min(max(BEST - likelihood, 0) // _HALF_NAT, STEPS)
