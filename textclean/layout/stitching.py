"""Which block goes on in which: `stitch`, and what breaks off and goes on nowhere: `loose_ends`.

A block breaks off if it is running text that ends without a sentence's end. It may go on in any
other block of running text: mostly in the next one, sometimes behind headlines, captions and
credits, sometimes anywhere, where the order on the page was lost. The continuity model says how
well each pair reads on; the farther a head lies, the better it must read. A pair is joined only
where each is clearly the other's best, so what is in doubt stays apart. Copies of a tail count as
one tail and copies of a head as one head: they do not stand in each other's way.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from textclean.layout.captions import Role, begins_item, role
from textclean.text.patterns import pattern


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
#: Folded characters by which two tails, or two heads, are known to be copies.
_COPY = 16
#: Heads that are compared with a tail, at most, on either side of it.
_WINDOW = 300
#: Characters of a block's end, or beginning, that are looked at.
_SEEN = 400
_ENDED = pattern(r"(?:[。！？!?；;：:]|…|\.(?=[^\x00-\x7f]|\Z)|[—–]{2})[\s”’』」》）)\]】*_]*\Z")
_NOTE = pattern(r"[。！？!?…][”’』」]*\s*[（(【][^（）()【】]{0,40}[）)】]\s*\Z")
_HAN = pattern(r"[\u3400-\u4dbf\u4e00-\u9fff]")


class _Side(NamedTuple):
    """A block as a tail or as a head."""

    block: int
    #: Its folded characters next to the seam.
    folded: str
    #: The folded characters by which its copies are known.
    key: str
    #: Whether it ends on a mark after which a sentence always goes on.
    hangs: bool


def stitch(blocks: Sequence[str]) -> list[Stitch]:
    """Which blocks go on in which, in order of the tails.

    Each block is the tail of at most one stitch and the head of at most one, and no chain of them
    closes to a ring. The result depends on nothing but the blocks and their order.

    Args:
        blocks: the texts of one document's blocks, in order of the page.
    """
    tails, heads, roles = _sides(blocks)
    return _decide(tails, heads, roles) if tails and heads else []


def loose_ends(blocks: Sequence[str], stitches: Sequence[Stitch] | None = None) -> list[LooseEnd]:
    """What breaks off or sets in within a sentence and has no counterpart among the blocks.

    Args:
        stitches: what `stitch` found in the blocks, if that is known.
    """
    from textclean.layout.continuity import SCALE, begun_score, broken_score, head_of, tail_of

    tails, heads, _ = _sides(blocks)
    found = stitch(blocks) if stitches is None else stitches
    joined_tails, joined_heads = {s.tail for s in found}, {s.head for s in found}
    # A copy of what goes on somewhere is not loose.
    known_tails = {side.key for side in tails if side.block in joined_tails}
    known_heads = {side.key for side in heads if side.block in joined_heads}
    loose: list[LooseEnd] = []
    for side in tails:
        if side.key in known_tails:
            continue
        score = broken_score(tail_of(side.folded)) / SCALE
        if side.hangs or score >= _LOOSE:
            loose.append(LooseEnd(side.block, True, 0.99 if side.hangs else _chance(score)))
    for side in heads:
        if side.key not in known_heads:
            score = begun_score(head_of(side.folded)) / SCALE
            if score >= _LOOSE:
                loose.append(LooseEnd(side.block, False, _chance(score)))
    return sorted(loose)


def continues_elsewhere(blocks: Sequence[str]) -> list[bool]:
    """For each block whether it goes on in another, or may: then its end is not to be restored.

    A block may go on elsewhere if it is the tail of a stitch, or a copy of one, or if its last
    characters are not those with which a sentence ends.
    """
    from textclean.layout.continuity import SCALE, broken_score, tail_of

    tails, _, _ = _sides(blocks)
    joined = {found.tail for found in stitch(blocks)}
    keys = {side.key for side in tails if side.block in joined}
    answer = [False] * len(blocks)
    for side in tails:
        answer[side.block] = (
            side.hangs
            or side.key in keys
            or broken_score(tail_of(side.folded)) / SCALE >= _MAY_BREAK_OFF
        )
    return answer


#: Log-odds of breaking off from which a block is reported, and from which it may go on elsewhere.
_LOOSE = 2.0
_MAY_BREAK_OFF = 0.0


def _chance(score: float) -> float:
    return 1.0 / (1.0 + math.exp(-score))


def _sides(blocks: Sequence[str]) -> tuple[list[_Side], list[_Side], list[Role]]:
    """The blocks that may be tails, those that may be heads, and what each block is."""
    from textclean.layout.continuity import fold

    roles = list(map(role, blocks))
    tails: list[_Side] = []
    heads: list[_Side] = []
    for number, (block, kind) in enumerate(zip(blocks, roles, strict=True)):
        if kind is not Role.PROSE:
            continue
        if not ended(block):
            last = fold(block[-_SEEN:])
            if _HAN.search(last[-4:]):
                hangs = last[-1] in "，、（《“‘"
                tails.append(_Side(number, last, last[-_COPY:], hangs))
        if not begins_item(block):
            first = fold(block[:_SEEN])
            if _HAN.search(first[:4]) and first[0] not in "，。、；：！？":
                heads.append(_Side(number, first, first[:_COPY], False))
    return tails, heads, roles


def ended(block: str) -> bool:
    """Whether a block ends as a sentence or an announcement (a colon) does.

    What stands in brackets behind a sentence's end (who reported it) belongs to that end.
    """
    tail = block[-80:]
    return bool(_ENDED.search(tail) or _NOTE.search(tail))


class _Pair(NamedTuple):
    score: float
    tail: _Side
    head: _Side


def _pairs(
    tails: Sequence[_Side], heads: Sequence[_Side], roles: Sequence[Role]
) -> Iterator[_Pair]:
    """Each pair that is worth a look, with the log-odds that it belongs together."""
    from textclean.layout import continuity, encoder

    suits_head = _Remembered(encoder.encode_head)
    heads_seen = [continuity.head_of(side.folded) for side in heads]
    begun = [continuity.begun_score(seen) / continuity.SCALE for seen in heads_seen]
    places = [side.block for side in heads]
    ordinal = [0]  # of each block among the running text
    for kind in roles:
        ordinal.append(ordinal[-1] + (kind is Role.PROSE))
    for tail in tails:
        tail_seen = continuity.tail_of(tail.folded)
        broken = continuity.broken_score(tail_seen) / continuity.SCALE
        suits_tail: tuple[int, ...] = ()
        here = bisect_left(places, tail.block)
        for at in range(max(0, here - _WINDOW), min(len(heads), here + _WINDOW)):
            head = heads[at]
            if head.block == tail.block:
                continue
            far = ordinal[head.block] - ordinal[tail.block]
            if not 0 < far <= _NEAR and begun[at] < _ORPHAN:
                continue
            if far == 1:
                distance = 0 if head.block == tail.block + 1 else 1
            else:
                distance = 2 if 0 < far <= _NEAR else 3 if far > 0 else 4
            join = continuity.join_score(tail_seen, heads_seen[at]) / continuity.SCALE
            if join < _HOPELESS:
                continue
            suits_tail = suits_tail or encoder.encode_tail(tail.folded)
            suits = encoder.product(suits_tail, suits_head[head.folded]) / encoder.SCALE
            yield _Pair(_total(join, suits, broken, begun[at], distance), tail, head)


class _Remembered(dict[str, tuple[int, ...]]):
    """The vectors of texts, each computed once."""

    def __init__(self, encode: Callable[[str], tuple[int, ...]]) -> None:
        self._encode = encode

    def __missing__(self, folded: str) -> tuple[int, ...]:
        self[folded] = vector = self._encode(folded)
        return vector


_NEAR = 3
_ORPHAN = -1.0
#: The join's log-odds below which no other evidence makes up for it.
_HOPELESS = -4.0
# A logistic model of artificially broken pages (`benchmarks/stitches.py --fit`).
_JOIN, _SUITS, _BROKEN, _BEGUN = 1.0, 0.3, 0.3, 0.3
_DISTANCES = (0.0, 0.0, -2.0, -3.0, -3.0)


def _total(join: float, suits: float, broken: float, begun: float, distance: int) -> float:
    return _JOIN * join + _SUITS * suits + _BROKEN * broken + _BEGUN * begun + _DISTANCES[distance]


def _decide(tails: list[_Side], heads: list[_Side], roles: list[Role]) -> list[Stitch]:
    """The pairs of which each is clearly the other's best."""
    pairs = list(_pairs(tails, heads, roles))
    # The best and the next best head of each kind of tail, and the other way.
    best_of_tail: dict[str, dict[str, float]] = {}
    best_of_head: dict[str, dict[str, float]] = {}
    for score, tail, head in pairs:
        row = best_of_tail.setdefault(tail.key, {})
        row[head.key] = max(score, row.get(head.key, -math.inf))
        column = best_of_head.setdefault(head.key, {})
        column[tail.key] = max(score, column.get(tail.key, -math.inf))
    chosen: list[tuple[float, int, int, int]] = []
    for score, tail, head in pairs:
        rivals = [s for key, s in best_of_tail[tail.key].items() if key != head.key]
        rivals += [s for key, s in best_of_head[head.key].items() if key != tail.key]
        confidence = _confidence(score, max(rivals, default=-math.inf))
        if confidence >= LEAST:
            distance = head.block - tail.block
            chosen.append((-confidence, abs(distance) + (distance < 0), tail.block, head.block))
    chosen.sort()
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


def _confidence(score: float, rival: float) -> float:
    """The share of right ones among pairs with such a score and such a next best."""
    return round(_chance(score) * _chance(score - rival), 3)
