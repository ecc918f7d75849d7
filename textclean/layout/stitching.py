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
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from operator import mul
from typing import NamedTuple

from textclean.layout.captions import Role, begins_item, role
from textclean.text.patterns import pattern
from textclean.text.words import is_word


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
#: Folded characters below which a tail may be a headline.
_SHORT = 24
#: After a comma any clause reads on: the head must show that it is no paragraph's beginning.
_NO_BEGINNING = 1.5
#: Measure words, and signs and units that stand behind a number.
_MEASURES = frozenset(
    "个件人名家项万亿元次张所座台年月日时天岁位例户亩吨米条种类场起批支辆份套处间%％点多余"
)
#: What the model saw no whole text end on: it says nothing of such an end.
_UNKNOWN_LAST = "%％”’）》」』】"
#: Heads that are compared with a tail, at most, on either side of it.
_WINDOW = 300
#: Characters of a block's end, or beginning, that are looked at.
_SEEN = 400
#: Folded characters below which a head without a pause is one clause, such as no paragraph is.
_ONE_CLAUSE = 40
_PAUSE = pattern("[，。；：！？]")
_ENDED = pattern(r"(?:[。！？!?；;：:…⋯]|\.(?=[^\x00-\x7f]|\Z)|[—–]{2})[\s”’』」》）)\]】*_]*\Z")
_NOTE = pattern(r"[。！？!?…][”’』」]*\s*[（(【][^（）()【】]{0,40}[）)】]\s*\Z")
_HAN = pattern(r"[\u3400-\u4dbf\u4e00-\u9fff]")


class Side(NamedTuple):
    """A block as a tail or as a head of others."""

    block: int
    #: Its folded characters next to the seam.
    folded: str
    #: The folded characters by which its copies are known.
    key: str
    #: Whether it ends on a mark after which a sentence always goes on.
    hangs: bool
    #: Whether it is as short as a headline; of a head, whether all of it is one short clause.
    short: bool


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
    from textclean.layout.continuity import SCALE, begun_score, head_of

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
        score = _broken(side)
        if side.hangs or score >= _LOOSE:
            loose.append(LooseEnd(side.block, True, 0.99 if side.hangs else _chance(score)))
    for side in heads:
        if side.key not in known_heads:
            score = begun_score(head_of(side.folded)) / SCALE
            if score >= _LOOSE:
                loose.append(LooseEnd(side.block, False, _chance(score)))
    return sorted(loose)


def may_break_off(blocks: Sequence[str]) -> bool:
    """Whether any block is running text without a sentence's end; this reads no model."""
    return any(not ended(block) and role(block) is Role.PROSE for block in blocks)


def continues_elsewhere(blocks: Sequence[str]) -> list[bool]:
    """For each block whether it goes on in another, or may: then its end is not to be restored.

    A block may go on elsewhere if it is the tail of a stitch, or a copy of one, or if its last
    characters are not those with which a sentence ends.
    """

    tails, _, _ = sides(blocks)
    joined = {found.tail for found in stitch(blocks)}
    keys = {side.key for side in tails if side.block in joined}
    answer = [False] * len(blocks)
    for side in tails:
        answer[side.block] = side.hangs or side.key in keys or _broken(side) > _MAY_BREAK_OFF
    return answer


#: Log-odds of breaking off from which a block is reported, and from which it may go on elsewhere.
_LOOSE = 2.0
_MAY_BREAK_OFF = 0.0


def _chance(score: float) -> float:
    return 1.0 / (1.0 + math.exp(-score))


def sides(blocks: Sequence[str]) -> tuple[list[Side], list[Side], list[Role]]:
    """The blocks that may be tails, those that may be heads, and what each block is."""
    from textclean.layout.continuity import fold

    roles = list(map(role, blocks))
    tails: list[Side] = []
    heads: list[Side] = []
    for number, (block, kind) in enumerate(zip(blocks, roles, strict=True)):
        if kind is not Role.PROSE:
            continue
        if not ended(block):
            last = fold(block[-_SEEN:])
            if _HAN.search(last[-4:]):
                hangs = last[-1] in "，、（《“‘"
                tails.append(Side(number, last, last[-_COPY:], hangs, len(last) < _SHORT))
        if not begins_item(block):
            first = fold(block[:_SEEN])
            if _HAN.search(first[:4]) and first[0] not in "，。、；：！？":
                short = len(first) < _ONE_CLAUSE and not _PAUSE.search(first[:-1])
                heads.append(Side(number, first, first[:_COPY], False, short))
    return tails, heads, roles


def ended(block: str) -> bool:
    """Whether a block ends as a sentence or an announcement (a colon) does.

    What stands in brackets behind a sentence's end (who reported it) belongs to that end.
    """
    tail = block[-80:]
    return bool(_ENDED.search(tail) or _NOTE.search(tail))


def _broken(tail: Side) -> float:
    """The log-odds that a tail breaks off within a sentence."""
    from textclean.layout.continuity import SCALE, broken_score, tail_of

    if tail.folded[-1] in _UNKNOWN_LAST:
        return 0.0
    return broken_score(tail_of(tail.folded)) / SCALE


class Evidence(NamedTuple):
    """What speaks for or against a pair; scores are log-odds."""

    #: Do the characters at the seam read on (`continuity.join_score`)?
    join: float
    #: Do the two suit each other as a whole (`encoder.product`)?
    suits: float
    #: Does the tail break off, does the head set in within a sentence?
    broken: float
    begun: float
    place: Place
    #: Whether the tail ends on a comma, or in a list (、): then many a head reads on.
    hangs: bool
    lists: bool
    #: Whether the tail ends on a number; whether the head then begins with a measure word, as no
    #: paragraph does, or with a number too.
    numbered: bool
    counts: bool
    halved: bool
    #: Whether the tail is as short as a headline; whether the head is but one short clause.
    short: bool
    lone: bool
    #: How many heads there are that a tail may go on in far from it.
    rivals: float

    def vector(self) -> tuple[float, ...]:
        """The evidence as numbers, each of which has a weight."""
        near = self.place in (Place.NEXT, Place.NEXT_PROSE)
        far = self.place in (Place.FARTHER, Place.BEFORE)
        broken = min(max(self.broken, 0.0), _STRONG)
        begun = min(max(self.begun, 0.0), _STRONG)
        return (
            self.join,
            self.suits,
            self.broken,
            self.begun,
            broken * begun if near else 0.0,
            min(broken, begun) if near else 0.0,
            float(self.hangs),
            self.begun if self.hangs else 0.0,
            float(self.lists),
            float(self.numbered),
            float(self.counts),
            float(self.halved),
            float(self.short),
            float(self.lone),
            self.join if far else 0.0,
            broken if far else 0.0,
            begun if far else 0.0,
            float(self.lone) if far else 0.0,
            math.log(1 + self.rivals) if far else 0.0,
            *(float(self.place is place) for place in Place),
        )


class Place(IntEnum):
    """Where a head stands, seen from a tail."""

    NEXT = 0
    #: The next running text, behind captions and the like.
    NEXT_PROSE = 1
    NEAR = 2
    FARTHER = 3
    BEFORE = 4


class Pair(NamedTuple):
    """A tail and a head, and what is known of them together."""

    tail: Side
    head: Side
    evidence: Evidence


def pairs(
    tails: Sequence[Side], heads: Sequence[Side], roles: Sequence[Role], least: float = -math.inf
) -> Iterator[Pair]:
    """Each pair that is worth a look: whose score without `Evidence.suits` comes to `least`."""
    from textclean.layout import continuity, encoder

    suits_head = _Remembered(encoder.encode_head)
    heads_seen = [continuity.head_of(side.folded) for side in heads]
    begun = [continuity.begun_score(seen) / continuity.SCALE for seen in heads_seen]
    blocks = [side.block for side in heads]
    likely: dict[str, float] = {}  # copies count once
    for head, value in zip(heads, begun, strict=True):
        likely[head.key] = _chance(value - 1.0)
    orphans = sum(likely.values())
    ordinal = [0]  # of each block among the running text
    for kind in roles:
        ordinal.append(ordinal[-1] + (kind is Role.PROSE))
    for tail in tails:
        tail_seen = continuity.tail_of(tail.folded)
        broken = _broken(tail)
        suits_tail: tuple[int, ...] = ()
        here = bisect_left(blocks, tail.block)
        for at in range(max(0, here - _WINDOW), min(len(heads), here + _WINDOW)):
            head = heads[at]
            if head.block == tail.block:
                continue
            if tail.folded[-1] == "，" and begun[at] < _NO_BEGINNING:
                continue
            far = ordinal[head.block] - ordinal[tail.block]
            if far == 1:
                place = Place.NEXT if head.block == tail.block + 1 else Place.NEXT_PROSE
            elif far < 0:
                place = Place.BEFORE
            else:
                place = Place.NEAR if far <= _NEAR else Place.FARTHER
            if place in (Place.FARTHER, Place.BEFORE) and begun[at] < _ORPHAN:
                continue
            join = continuity.join_score(tail_seen, heads_seen[at]) / continuity.SCALE
            if join < _HOPELESS:
                continue
            numbered = tail.folded[-1] == "0"
            halved = numbered and head.folded[0] == "0"
            counts = numbered and head.folded[0] in _MEASURES and not is_word(head.folded[:2])
            counts = counts and begun[at] > _BOUND
            if counts:
                # A number hides what is counted: the characters around it say little.
                join = max(join, 0.0)
            elif numbered and not halved and begun[at] < _UNCOUNTED:
                continue  # it counts nothing there
            evidence = Evidence(
                join,
                0.0,
                broken,
                begun[at],
                place,
                tail.folded[-1] == "，",
                tail.folded[-1] == "、",
                numbered,
                counts,
                halved,
                tail.short,
                head.short,
                orphans,
            )
            if score(evidence) < least and not counts:
                continue  # the encoders take the longest
            suits_tail = suits_tail or encoder.encode_tail(tail.folded)
            suits = encoder.product(suits_tail, suits_head[head.folded]) / encoder.SCALE
            suits = max(suits, _HIDDEN) if counts else suits
            yield Pair(tail, head, evidence._replace(suits=suits))


class _Remembered(dict[str, tuple[int, ...]]):
    """The vectors of texts, each computed once."""

    def __init__(self, encode: Callable[[str], tuple[int, ...]]) -> None:
        self._encode = encode

    def __missing__(self, folded: str) -> tuple[int, ...]:
        self[folded] = vector = self._encode(folded)
        return vector


_NEAR = 3
_ORPHAN = 0.5
#: The join's log-odds below which no other evidence makes up for it.
_HOPELESS = -4.0
_STRONG = 4.0
#: Log-odds of setting in within a sentence from which a measure word belongs to a number elsewhere;
#: the least that encoders say of the two.
_BOUND, _HIDDEN = 2.0, -1.0
#: Log-odds of setting in within a sentence below which a head that has no measure word follows no
#: number.
_UNCOUNTED = 3.5
#: On cut pages 24 of 26 such pairs side by side belonged together.
_COUNTED = 0.92
# Logistic models of artificially broken pages; `python benchmarks/stitches.py --fit` prints them.
#: The weights of `Evidence.vector`.
_WEIGHTS = (
    0.742, 0.661, 0.379, 0.245, -0.355, 1.257, 0.859, -0.976, -1.813, -0.576, -1.416, 1.07,
    -0.754, 1.202, 0.061, -0.212, -0.364, -1.176, -1.633,
    0.752, 1.367, -2.848, 0.265, 0.951,
)  # fmt: skip
#: Of pairs that are each other's best: of one, the score, and what it is above the next best.
_SURE, _SCORE, _MARGIN = -0.309, 0.625, 0.364
#: The margin beyond which more of it says nothing more.
WIDEST = 6.0


#: The score that the rest of the evidence must come to before the encoders are asked.
_PROMISING = -1.5
#: Halves stand side by side more often, and behind captions less often, than on pages that are cut
#: to be hard: what the gold says, for heads that are no likely beginning.
_USUALLY = {Place.NEXT: 0.8, Place.NEXT_PROSE: -0.8}
#: That a paragraph goes on nowhere rivals every pair.
NOWHERE = -3.0
#: For each time that copies of a head stand behind copies of a tail once more.
_AGAIN = 1.0


def score(evidence: Evidence) -> float:
    """The log-odds that a pair belongs together, whatever other pairs there are."""
    total: float = sum(map(mul, _WEIGHTS, evidence.vector()))
    return total


def _decide(tails: list[Side], heads: list[Side], roles: list[Role]) -> list[Stitch]:
    """The pairs of which each is clearly the other's best."""
    found = list(pairs(tails, heads, roles, _PROMISING))
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


def _confidence(value: float, rival: float) -> float:
    """The share of right ones among pairs with such a score and such a next best."""
    margin = min(value - rival, WIDEST)
    if margin <= 0.0:
        return 0.0
    return round(_chance(_SURE + _SCORE * value + _MARGIN * margin), 3)
