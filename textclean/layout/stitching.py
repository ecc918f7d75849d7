"""Which block goes on in which: `stitch`; and which break off and go on nowhere: `loose_ends`.

A block breaks off if it is running text that ends without a sentence's end. Mostly it goes on in
the next block of running text, sometimes behind headlines, captions and credits, sometimes
anywhere, if the order of the page was lost. `stitch_features.score` gives log-odds for each pair;
the farther a head, the better it must read. A pair is joined only if each is clearly the other's
best, so doubtful ones stay apart. A second logistic model makes a confidence of the pair's score
and its lead over the next best; it was fitted to news that was cut artificially and that no other
model was trained on (``benchmarks/stitches.py --fit``). Copies of a tail count as one tail and
copies of a head as one head, so that they are no rivals. All models are integers, read on first
use, and need no numpy.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from textclean.layout.block_order import Seams, nearest_first
from textclean.layout.captions import Role, ended, role
from textclean.layout.stitch_features import (
    HeadPlace,
    SeamSide,
    as_tail,
    begun,
    breaks_off,
    broken,
    chance,
    heads_of,
    score,
    sides,
    tails_of,
)
from textclean.layout.stitch_pairs import Heads, Pair


class Stitch(NamedTuple):
    """A block that goes on in another; `tail` and `head` are indices of blocks."""

    tail: int
    head: int
    #: The probability that they belong together, as measured on news that was cut artificially.
    confidence: float


class LooseEnd(NamedTuple):
    """A block that breaks off, or begins, within a sentence and has no counterpart."""

    block: int
    #: Whether its end is loose; else its beginning.
    at_end: bool
    confidence: float


#: Confidence from which a pair is joined.
LEAST = 0.8


def stitch(blocks: Sequence[str], seams: Seams | None = None) -> list[Stitch]:
    """Which blocks go on in which, in order of the tails.

    Each block is the tail of at most one stitch and the head of at most one, and no chain of them
    closes to a ring. The result depends on nothing but the blocks and their order.

    Args:
        blocks: the texts of one document's blocks, in order of the page.
        seams: how the blocks were printed; by default they stand as they were.
    """
    seams = seams or Seams(blocks)
    tails, sides_of_heads, roles = sides(blocks)
    heads = Heads(sides_of_heads, roles)
    return [
        one
        for one in _decide(tails, heads, seams)
        if one.confidence >= seams.least(heads.prose_between(one.tail, one.head))
    ]


def loose_ends(blocks: Sequence[str], stitches: Sequence[Stitch] | None = None) -> list[LooseEnd]:
    """The blocks that break off, or begin, within a sentence and have no counterpart.

    Args:
        blocks: as for `stitch`.
        stitches: the result of `stitch` for the blocks, if it is known.
    """
    tails, heads, roles = sides(blocks)
    if stitches is None:
        stitches = _decide(tails, Heads(heads, roles), Seams(blocks))
    joined = {stitched.head for stitched in stitches}
    joined_keys = {side.key for side in heads if side.block in joined}
    loose = _loose_tails(tails, stitches)
    for side in heads:
        if side.key not in joined_keys:
            score = begun(side)
            if score >= LOOSE:
                loose.append(LooseEnd(side.block, False, chance(score)))
    return sorted(loose)


def stitches_and_loose_tails(blocks: Sequence[str]) -> tuple[list[Stitch], list[LooseEnd]]:
    """`stitch`, and those of `loose_ends` that break off: the blocks are read once."""
    tails = tails_of(blocks)
    if not tails:
        return [], []
    stitches = _decide(tails, Heads(*heads_of(blocks)), Seams(blocks))
    return stitches, _loose_tails(tails, stitches)


def _loose_tails(tails: Sequence[SeamSide], stitches: Sequence[Stitch]) -> list[LooseEnd]:
    joined = {stitched.tail for stitched in stitches}
    # A copy of a joined block is not loose.
    joined_keys = {side.key for side in tails if side.block in joined}
    loose: list[LooseEnd] = []
    for side in tails:
        if side.key in joined_keys:
            continue
        score = breaks_off(side)
        if side.hangs or score >= LOOSE:
            loose.append(LooseEnd(side.block, True, 0.99 if side.hangs else chance(score)))
    return loose


def continues_elsewhere(blocks: Sequence[str]) -> list[bool]:
    """For each block whether it goes on in another, or may: then no end must be restored to it.

    A block may go on elsewhere if it is the tail of a stitch, or a copy of one, or if its last
    characters are not those of a sentence's end. `Continuations` answers for single blocks.
    """
    continuations = Continuations(blocks)
    return [number in continuations for number in range(len(blocks))]


class Continuations:
    """The blocks of a document that go on elsewhere, or may (`continues_elsewhere`).

    Each is judged on demand (``block in continuations``). Most tails by themselves show that they
    break off. For a doubtful one its pairs are weighed; only if one would be joined, those of the
    other tails are, too, for they may be rivals.
    """

    def __init__(self, blocks: Sequence[str]) -> None:
        self._blocks = blocks
        self._joins: dict[str, bool] = {}  # by the key of a doubtful tail

    def __contains__(self, block: int) -> bool:
        text = self._blocks[block]
        if ended(text) or role(text) is not Role.PROSE:
            return False
        tail = as_tail(block, text)
        if tail is None:
            return False
        if tail.hangs or broken(tail) > _MAY_BREAK_OFF:
            return True
        if tail.key not in self._joins:
            self._joins[tail.key] = self._may_be_joined(tail.key) and tail.key in self._joined
        return self._joins[tail.key]

    def _may_be_joined(self, key: str) -> bool:
        """Whether a tail with a key would be joined if its heads had no other tails."""
        candidates = self._heads.pairs(self._copies[key], _PROMISING)
        return bool(_clear(nearest_first(candidates, self._tails, self._heads, None)))

    @cached_property
    def _tails(self) -> list[SeamSide]:
        return tails_of(self._blocks)

    @cached_property
    def _copies(self) -> dict[str, list[SeamSide]]:
        """The tails by their keys."""
        copies: dict[str, list[SeamSide]] = {}
        for tail in self._tails:
            copies.setdefault(tail.key, []).append(tail)
        return copies

    @cached_property
    def _heads(self) -> Heads:
        return Heads(*heads_of(self._blocks))

    @cached_property
    def _joined(self) -> set[str]:
        """The keys of the tails that are joined."""
        joined = {stitched.tail for stitched in _decide(self._tails, self._heads, None)}
        return {tail.key for tail in self._tails if tail.block in joined}


#: Log-odds of breaking off from which a block is reported.
LOOSE = 2.0
#: Log-odds from which it may go on elsewhere.
_MAY_BREAK_OFF = 0.0
#: The least score without `Evidence.suits` of a pair that is weighed.
_PROMISING = -1.5
#: The confidence of pairs that are each other's best: constant, weight of the score, weight of its
#: lead over the next best; a logistic model of artificially broken pages, printed by
#: `python benchmarks/stitches.py --fit`.
_SURE, _SCORE, _MARGIN = -0.309, 0.625, 0.364
#: Wider margins count as this one.
WIDEST = 6.0
#: On cut pages 24 of 26 pairs of a number and a measure word side by side belonged together.
_COUNTED = 0.92
#: Added to scores, for heads that are no likely beginning: by the gold set halves stand side by
#: side more often, and behind captions less often, than on pages that are cut to be hard.
_USUALLY = {HeadPlace.NEXT: 0.8, HeadPlace.NEXT_PROSE: -0.8}
#: The score of going on nowhere, a rival of every pair.
NOWHERE = -3.0
#: Added for each further time that copies of a head follow copies of a tail.
_AGAIN = 1.0


def _decide(tails: Sequence[SeamSide], heads: Heads, seams: Seams | None) -> list[Stitch]:
    """The pairs of which each is clearly the other's best, among those that the page allows."""
    if not tails or not heads.sides:
        return []
    candidates = heads.pairs(tails, _PROMISING)
    chosen = _clear(nearest_first(candidates, tails, heads, seams))
    # Of each chain of blocks, the last by the first and the first by the last.
    last_of: dict[int, int] = {}
    first_of: dict[int, int] = {}
    following: set[int] = set()
    preceding: set[int] = set()
    stitches: list[Stitch] = []
    for negative, _, tail_at, head_at in chosen:
        if tail_at in following or head_at in preceding:
            continue
        first, last = first_of.get(tail_at, tail_at), last_of.get(head_at, head_at)
        if last == tail_at:
            continue  # a ring
        following.add(tail_at)
        preceding.add(head_at)
        last_of[first], first_of[last] = last, first
        stitches.append(Stitch(tail_at, head_at, -negative))
    return sorted(stitches)


def _clear(candidates: Iterable[Pair]) -> list[tuple[float, int, int, int]]:
    """Pairs that are clearly each other's best: negative confidence, distance, tail and head."""
    candidates = list(candidates)
    beside = Counter(
        (pair.tail.key, pair.head.key)
        for pair in candidates
        if pair.evidence.place is HeadPlace.NEXT
    )
    # Pairs of copies share their evidence (`Heads.pairs`): each kind is scored once.
    kinds = {id(pair.evidence): pair for pair in candidates}
    values = {
        kind: score(pair.evidence)
        + (_USUALLY.get(pair.evidence.place, 0.0) if pair.evidence.begun >= 0 else 0.0)
        + _AGAIN * min(max(beside[pair.tail.key, pair.head.key] - 1, 0), 2)
        for kind, pair in kinds.items()
    }
    best_of_tail: dict[str, _Best] = {}
    best_of_head: dict[str, _Best] = {}
    for kind, (tail, head, _) in kinds.items():
        best_of_tail.setdefault(tail.key, _Best()).take(values[kind], head.key)
        best_of_head.setdefault(head.key, _Best()).take(values[kind], tail.key)
    clear: dict[int, float] = {}
    for kind, (tail, head, evidence) in kinds.items():
        value = values[kind]
        rival = max(
            best_of_tail[tail.key].but_for(head.key), best_of_head[head.key].but_for(tail.key)
        )
        confidence = _confidence(value, max(rival, NOWHERE))
        if evidence.counts and evidence.place in _USUALLY and value > rival:
            confidence = max(confidence, _COUNTED)
        if confidence >= LEAST:
            clear[kind] = confidence
    chosen: list[tuple[float, int, int, int]] = []
    for tail, head, evidence in candidates:
        if id(evidence) in clear:
            distance = head.block - tail.block
            order = abs(distance) + (distance < 0)
            chosen.append((-clear[id(evidence)], order, tail.block, head.block))
    return sorted(chosen)


class _Best:
    """The best counterpart of a kind of tail or head, and the best of the others."""

    __slots__ = ("_first", "_key", "_second")

    def __init__(self) -> None:
        self._first = self._second = -math.inf
        self._key = ""

    def take(self, value: float, key: str) -> None:
        """Take up a counterpart with a key; of several with one key the best counts."""
        if key == self._key:
            self._first = max(self._first, value)
        elif value > self._first:
            self._first, self._second, self._key = value, self._first, key
        else:
            self._second = max(self._second, value)

    def but_for(self, key: str) -> float:
        """The best value of a counterpart with another key."""
        return self._second if key == self._key else self._first


def _confidence(value: float, rival: float) -> float:
    """The share of right pairs among those with this score and this next best."""
    margin = min(value - rival, WIDEST)
    if margin <= 0.0:
        return 0.0
    return round(chance(_SURE + _SCORE * value + _MARGIN * margin), 3)
