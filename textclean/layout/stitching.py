"""Which block goes on in which: `stitch`, and what breaks off and goes on nowhere: `loose_ends`.

A block breaks off if it is running text that ends without a sentence's end. It may go on in any
other block of running text: mostly in the next one, sometimes behind headlines, captions and
credits, sometimes anywhere, where the order on the page was lost. The model of seams says how
well each pair reads on; the farther a head lies, the better it must read. A pair is joined only
where each is clearly the other's best, so what is in doubt stays apart. Copies of a tail count as
one tail and copies of a head as one head: they do not stand in each other's way.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from textclean.layout.captions import Role, role
from textclean.layout.stitch_features import (
    WINDOW,
    Pair,
    Place,
    Side,
    breaks_off,
    broken,
    chance,
    ended,
    head_of,
    pairs,
    score,
    sides,
    tail_of,
)


class Stitch(NamedTuple):
    """A block that goes on in another; `tail` and `head` are their indices."""

    tail: int
    head: int
    #: The probability that they belong together, as measured on news that was cut artificially.
    confidence: float


class LooseEnd(NamedTuple):
    """A block that breaks off, or sets in, within a sentence, and for which nothing was found."""

    block: int
    #: Whether its end is loose; else its beginning.
    at_end: bool
    confidence: float


#: Confidence from which a pair is joined.
LEAST = 0.8


def stitch(blocks: Sequence[str]) -> list[Stitch]:
    """Which blocks go on in which, in order of the tails.

    Each block is the tail of at most one stitch and the head of at most one, and no chain of them
    closes to a ring. The result depends on nothing but the blocks and their order.

    Args:
        blocks: the texts of one document's blocks, in order of the page.
    """
    tails, heads, roles = sides(blocks)
    return _decide(tails, heads, roles) if tails and heads else []


def loose_ends(blocks: Sequence[str], stitches: Sequence[Stitch] | None = None) -> list[LooseEnd]:
    """What breaks off or sets in within a sentence and has no counterpart among the blocks.

    Args:
        stitches: what `stitch` found in the blocks, if that is known.
    """
    from textclean.layout.seam_model import SCALE, begun_score, head_of

    tails, heads, _ = sides(blocks)
    found = stitch(blocks) if stitches is None else stitches
    joined_tails, joined_heads = {s.tail for s in found}, {s.head for s in found}
    # A copy of what goes on somewhere is not loose.
    known_tails = {side.key for side in tails if side.block in joined_tails}
    known_heads = {side.key for side in heads if side.block in joined_heads}
    loose: list[LooseEnd] = []
    for side in tails:
        if side.key in known_tails:
            continue
        score = breaks_off(side)
        if side.hangs or score >= LOOSE:
            loose.append(LooseEnd(side.block, True, 0.99 if side.hangs else chance(score)))
    for side in heads:
        if side.key not in known_heads:
            score = begun_score(head_of(side.folded)) / SCALE
            if score >= LOOSE:
                loose.append(LooseEnd(side.block, False, chance(score)))
    return sorted(loose)


def may_break_off(blocks: Sequence[str]) -> bool:
    """Whether any block is running text without a sentence's end; this reads no model."""
    return any(not ended(block) and role(block) is Role.PROSE for block in blocks)


def continues_elsewhere(blocks: Sequence[str]) -> list[bool]:
    """For each block whether it goes on in another, or may: then its end is not to be restored.

    A block may go on elsewhere if it is the tail of a stitch, or a copy of one, or if its last
    characters are not those with which a sentence ends. `Continuations` answers for single blocks.
    """
    known = Continuations(blocks)
    return [number in known for number in range(len(blocks))]


class Continuations:
    """The blocks of a document that go on elsewhere, or may (`continues_elsewhere`).

    Each is judged when it is asked for (``block in continuations``): heads are looked for only
    around a tail that leaves a doubt, and all tails are weighed against each other only where one
    of them may be joined.
    """

    def __init__(self, blocks: Sequence[str]) -> None:
        self._blocks = blocks
        self._roles: dict[int, Role] = {}
        self._heads: dict[int, Side | None] = {}
        self._known: dict[str, bool] = {}  # by the key of a tail whose own end says nothing

    def __contains__(self, block: int) -> bool:
        tail = self._tail(block)
        if tail is None:
            return False
        if tail.hangs or broken(tail) > _MAY_BREAK_OFF:
            return True
        if tail.key not in self._known:
            self._known[tail.key] = self._may_be_joined(tail.key) and tail.key in self._joined
        return self._known[tail.key]

    def _role(self, block: int) -> Role:
        if block not in self._roles:
            self._roles[block] = role(self._blocks[block])
        return self._roles[block]

    def _tail(self, block: int) -> Side | None:
        text = self._blocks[block]
        if ended(text) or self._role(block) is not Role.PROSE:
            return None
        return tail_of(block, text)

    def _head(self, block: int) -> Side | None:
        if block not in self._heads:
            prose = self._role(block) is Role.PROSE
            self._heads[block] = head_of(block, self._blocks[block]) if prose else None
        return self._heads[block]

    def _may_be_joined(self, key: str) -> bool:
        """Whether some tail with a key would be joined if there were no other tails.

        These can only stand in its way. The heads out of its sight would only make those far from
        it less likely.
        """
        copies = [tail for tail in self._tails if tail.key == key]
        heads: set[Side] = set()
        for tail in copies:
            for direction in (range(tail.block, len(self._blocks)), range(tail.block)[::-1]):
                seen = filter(None, map(self._head, direction))
                heads.update(islice(seen, WINDOW + 1))
        roles = [self._roles.get(number, Role.LINE) for number in range(len(self._blocks))]
        return bool(_clear(pairs(copies, sorted(heads), roles, _PROMISING)))

    @cached_property
    def _tails(self) -> list[Side]:
        return [tail for tail in map(self._tail, range(len(self._blocks))) if tail]

    @cached_property
    def _joined(self) -> set[str]:
        """The keys of the tails that are joined."""
        tails, heads, roles = sides(self._blocks)
        joined = {found.tail for found in _decide(tails, heads, roles)}
        return {tail.key for tail in tails if tail.block in joined}


#: Log-odds of breaking off from which a block is reported.
LOOSE = 2.0
#: Those from which it may go on elsewhere.
_MAY_BREAK_OFF = 0.0


#: The score that the rest of the evidence must come to before the encoders are asked.
_PROMISING = -1.5
#: Of pairs that are each other's best: of one, the score, and what it is above the next best; a
#: logistic model of artificially broken pages, printed by `python benchmarks/stitches.py --fit`.
_SURE, _SCORE, _MARGIN = -0.309, 0.625, 0.364
#: The margin beyond which more of it says nothing more.
WIDEST = 6.0
#: On cut pages 24 of 26 pairs of a number and a measure word side by side belonged together.
_COUNTED = 0.92
#: Halves stand side by side more often, and behind captions less often, than on pages that are cut
#: to be hard: what the gold says, for heads that are no likely beginning.
_USUALLY = {Place.NEXT: 0.8, Place.NEXT_PROSE: -0.8}
#: That a paragraph goes on nowhere rivals every pair.
NOWHERE = -3.0
#: For each time that copies of a head stand behind copies of a tail once more.
_AGAIN = 1.0


def _decide(tails: list[Side], heads: list[Side], roles: list[Role]) -> list[Stitch]:
    """The pairs of which each is clearly the other's best."""
    chosen = _clear(pairs(tails, heads, roles, _PROMISING))
    following: dict[int, int] = {}
    preceding: dict[int, int] = {}
    made: list[Stitch] = []
    for negative, _, tail_at, head_at in chosen:
        if tail_at in following or head_at in preceding:
            continue
        end = head_at
        while end in following:
            end = following[end]
        if end == tail_at:
            continue  # a ring
        following[tail_at], preceding[head_at] = head_at, tail_at
        made.append(Stitch(tail_at, head_at, -negative))
    return sorted(made)


def _clear(found: Iterable[Pair]) -> list[tuple[float, int, int, int]]:
    """Pairs that are clearly each other's best: less their confidence, how far, tail and head."""
    found = list(found)
    beside = Counter(
        (pair.tail.key, pair.head.key) for pair in found if pair.evidence.place is Place.NEXT
    )
    scored = [
        (
            score(pair.evidence)
            + (_USUALLY.get(pair.evidence.place, 0.0) if pair.evidence.begun >= 0 else 0.0)
            + _AGAIN * min(max(beside[pair.tail.key, pair.head.key] - 1, 0), 2),
            pair.tail,
            pair.head,
            pair.evidence.counts and pair.evidence.place in _USUALLY,
        )
        for pair in found
    ]
    # The best and the next best head of each kind of tail, and the other way.
    best_of_tail: dict[str, dict[str, float]] = {}
    best_of_head: dict[str, dict[str, float]] = {}
    for value, tail, head, _ in scored:
        row = best_of_tail.setdefault(tail.key, {})
        row[head.key] = max(value, row.get(head.key, -math.inf))
        column = best_of_head.setdefault(head.key, {})
        column[tail.key] = max(value, column.get(tail.key, -math.inf))
    chosen: list[tuple[float, int, int, int]] = []
    for value, tail, head, counted in scored:
        rivals = [NOWHERE]
        rivals += [other for key, other in best_of_tail[tail.key].items() if key != head.key]
        rivals += [other for key, other in best_of_head[head.key].items() if key != tail.key]
        confidence = _confidence(value, max(rivals))
        if counted and value > max(rivals[1:], default=-math.inf):
            confidence = max(confidence, _COUNTED)
        if confidence >= LEAST:
            distance = head.block - tail.block
            chosen.append((-confidence, abs(distance) + (distance < 0), tail.block, head.block))
    return sorted(chosen)


def _confidence(value: float, rival: float) -> float:
    """The share of right ones among pairs with such a score and such a next best."""
    margin = min(value - rival, WIDEST)
    if margin <= 0.0:
        return 0.0
    return round(chance(_SURE + _SCORE * value + _MARGIN * margin), 3)
