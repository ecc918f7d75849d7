"""What speaks for and against two blocks' belonging together: `sides`, `pairs`, `score`.

A block breaks off if it is running text that ends without a sentence's end. Each such tail is
looked at with the blocks of running text around it: how the characters at the seam read on
(`seam_model`), how the two suit each other (`encoder`), what either says alone, and where the head
stands. A logistic model makes log-odds of that.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from textclean.layout.captions import Role, begins_item, role
from textclean.text.patterns import pattern
from textclean.text.words import is_word

if TYPE_CHECKING:
    from textclean.layout.seam_model import Head, Tail

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
WINDOW = 300
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


def sides(blocks: Sequence[str]) -> tuple[list[Side], list[Side], list[Role]]:
    """The blocks that may be tails, those that may be heads, and what each block is."""
    roles = list(map(role, blocks))
    tails: list[Side] = []
    heads: list[Side] = []
    for number, (block, kind) in enumerate(zip(blocks, roles, strict=True)):
        if kind is Role.PROSE:
            if tail := tail_of(number, block):
                tails.append(tail)
            if head := head_of(number, block):
                heads.append(head)
    return tails, heads, roles


def tail_of(number: int, block: str) -> Side | None:
    """A block of running text as a tail, if it may be one."""
    from textclean.layout.seam_model import fold

    if ended(block):
        return None
    last = fold(block[-_SEEN:])
    if not _HAN.search(last[-4:]):
        return None
    return Side(number, last, last[-_COPY:], last[-1] in "，、（《“‘", len(last) < _SHORT)


def head_of(number: int, block: str) -> Side | None:
    """A block of running text as a head, if it may be one."""
    from textclean.layout.seam_model import fold

    if begins_item(block):
        return None
    first = fold(block[:_SEEN])
    if not _HAN.search(first[:4]) or first[0] in "，。、；：！？":
        return None
    short = len(first) < _ONE_CLAUSE and not _PAUSE.search(first[:-1])
    return Side(number, first, first[:_COPY], False, short)


def ended(block: str) -> bool:
    """Whether a block ends as a sentence or an announcement (a colon) does.

    What stands in brackets behind a sentence's end (who reported it) belongs to that end.
    """
    tail = block[-80:]
    return bool(_ENDED.search(tail) or _NOTE.search(tail))


def broken(tail: Side) -> float:
    """The log-odds that a tail breaks off within a sentence."""
    from textclean.layout.seam_model import SCALE, broken_score, tail_of

    if tail.folded[-1] in _UNKNOWN_LAST:
        return 0.0
    return broken_score(tail_of(tail.folded)) / SCALE


def breaks_off(tail: Side) -> float:
    """The log-odds that a tail breaks off, by the whole of its last clause.

    A headline is a whole clause that reads as half a sentence: of what is as short as one, its
    clause may only say that it does not break off. The weights of `score` were fitted with
    `broken`, which is why a pair's evidence is that.
    """
    from textclean.layout.clause_model import broken_score
    from textclean.layout.seam_model import SCALE

    if tail.folded[-1] in _UNKNOWN_LAST:
        return 0.0
    more = broken_score(tail.folded) / SCALE
    return broken(tail) + (min(more, 0.0) if tail.short else more)


def chance(score: float) -> float:
    """The probability that log-odds stand for."""
    return 1.0 / (1.0 + math.exp(-score))


class Evidence(NamedTuple):
    """What speaks for or against a pair; scores are log-odds."""

    #: Do the characters at the seam read on (`seam_model.join_score`)?
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
    from textclean.layout import seam_model as continuity

    heads_seen = [continuity.head_of(side.folded) for side in heads]
    begun = [continuity.begun_score(seen) / continuity.SCALE for seen in heads_seen]
    blocks = [side.block for side in heads]
    likely: dict[str, float] = {}  # copies count once
    for head, value in zip(heads, begun, strict=True):
        likely[head.key] = chance(value - 1.0)
    orphans = sum(likely.values())
    ordinal = [0]  # of each block among the running text
    for kind in roles:
        ordinal.append(ordinal[-1] + (kind is Role.PROSE))
    for tail in tails:
        tail_seen = continuity.tail_of(tail.folded)
        breaks = broken(tail)
        here = bisect_left(blocks, tail.block)
        for at in range(max(0, here - WINDOW), min(len(heads), here + WINDOW)):
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
            join = _join(tail_seen, heads_seen[at])
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
                breaks,
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
            suits = _suits(tail.folded, head.folded)
            suits = max(suits, _HIDDEN) if counts else suits
            yield Pair(tail, head, evidence._replace(suits=suits))


# Copies meet copies, and what was joined is looked at once more: so answers are remembered.


@lru_cache(maxsize=1 << 16)
def _join(tail: Tail, head: Head) -> float:
    from textclean.layout.seam_model import SCALE, join_score

    return join_score(tail, head) / SCALE


@lru_cache(maxsize=1 << 14)
def _suits(tail: str, head: str) -> float:
    from textclean.layout.encoder import SCALE, product

    return product(_tail_vector(tail), _head_vector(head)) / SCALE


@lru_cache(maxsize=1 << 12)
def _tail_vector(folded: str) -> tuple[int, ...]:
    from textclean.layout.encoder import encode_tail

    return encode_tail(folded)


@lru_cache(maxsize=1 << 12)
def _head_vector(folded: str) -> tuple[int, ...]:
    from textclean.layout.encoder import encode_head

    return encode_head(folded)


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
#: The weights of `Evidence.vector`: a logistic model of artificially broken pages, printed by
#: `python benchmarks/stitches.py --fit`.
_WEIGHTS = (
    0.742, 0.661, 0.379, 0.245, -0.355, 1.257, 0.859, -0.976, -1.813, -0.576, -1.416, 1.07,
    -0.754, 1.202, 0.061, -0.212, -0.364, -1.176, -1.633,
    0.752, 1.367, -2.848, 0.265, 0.951,
)  # fmt: skip


@lru_cache(maxsize=1 << 16)
def score(evidence: Evidence) -> float:
    """The log-odds that a pair belongs together, whatever other pairs there are."""
    total: float = sum(map(mul, _WEIGHTS, evidence.vector()))
    return total
