"""The evidence that one block goes on in another: `sides`, `weigh`, `score`.

A tail is a block of running text without a sentence's end; `captions` says what is no running text.
Each tail is paired with heads around it (`stitch_pairs`). The evidence of a pair is how well the
characters at the seam read on (`seam_model`), how well the two suit each other where these n-grams
are unknown (`encoder`), whether either is incomplete by itself, and where the head stands: next,
behind captions, near, farther on, before the tail. A logistic model makes log-odds, in nats, of it.

Behind a number only a measure word goes on, and no word that begins with such a character: side by
side 24 of 26 such pairs belonged together, whatever the characters at the seam say, because the
number hides what is counted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from operator import mul
from typing import NamedTuple

from textclean.layout import clause_model, encoder, seam_model
from textclean.layout.captions import Role, begins_item, ended, role
from textclean.text.classes import is_han
from textclean.text.memo import remembered
from textclean.text.patterns import pattern
from textclean.text.words import is_word

#: Folded characters that two tails, or two heads, share if they are copies.
_COPY = 16
#: Folded characters below which a tail may be a headline.
_SHORT = 24
#: After a comma any clause reads on: the least `Evidence.begun` of its head.
_NO_BEGINNING = 1.5
#: Measure words, and signs and units that stand behind a number.
_MEASURES = frozenset(
    "个件人名家项万亿元次张所座台年月日时天岁位例户亩吨米条种类场起批支辆份套处间%％点多余"
)
#: Last characters that the training of `broken` lacks: it knows nothing of them.
_UNKNOWN_LAST = "%％”’）》」』】"
#: Characters of a block's end, or beginning, that are folded.
_SEEN = 400
#: Folded characters below which a head without a pause is one clause, as no paragraph is.
_ONE_CLAUSE = 40
_PAUSE = pattern("[，。；：！？]")


class SeamSide(NamedTuple):
    """A block as a tail or head of others."""

    #: Its index.
    block: int
    #: Its folded characters next to the seam.
    folded: str
    #: The folded characters that its copies share.
    key: str
    #: Whether it ends on a mark after which a sentence always goes on.
    hangs: bool
    #: Whether a tail is as short as a headline, a head but one short clause.
    short: bool


def sides(blocks: Sequence[str]) -> tuple[list[SeamSide], list[SeamSide], list[Role]]:
    """The blocks that may be tails, those that may be heads, and the role of each block."""
    return tails_of(blocks), *heads_of(blocks)


def tails_of(blocks: Sequence[str]) -> list[SeamSide]:
    """The blocks that may be tails: few, and known without asking for the role of each block."""
    return [
        tail
        for number, block in enumerate(blocks)
        if not ended(block) and role(block) is Role.PROSE and (tail := as_tail(number, block))
    ]


def heads_of(blocks: Sequence[str]) -> tuple[list[SeamSide], list[Role]]:
    """The blocks that may be heads, and the role of each block."""
    roles = list(map(role, blocks))
    heads = [
        head
        for number, (block, kind) in enumerate(zip(blocks, roles, strict=True))
        if kind is Role.PROSE and (head := as_head(number, block))
    ]
    return heads, roles


def as_tail(number: int, block: str) -> SeamSide | None:
    """A block of running text as a tail, if it may be one."""
    if ended(block):
        return None
    last = seam_model.fold(block[-_SEEN:])
    if not any(map(is_han, last[-4:])):
        return None
    return SeamSide(number, last, last[-_COPY:], last[-1] in "，、（《“‘", len(last) < _SHORT)


def as_head(number: int, block: str) -> SeamSide | None:
    """A block of running text as a head, if it may be one."""
    if begins_item(block):
        return None
    first = seam_model.fold(block[:_SEEN])
    if not any(map(is_han, first[:4])) or first[0] in "，。、；：！？":
        return None
    short = len(first) < _ONE_CLAUSE and not _PAUSE.search(first[:-1])
    return SeamSide(number, first, first[:_COPY], False, short)


@lru_cache(1 << 12)
def broken(tail: SeamSide) -> float:
    """The log-odds that a tail breaks off within a sentence, by its last four characters."""
    if tail.folded[-1] in _UNKNOWN_LAST:
        return 0.0
    return seam_model.broken_score(seam_model.tail_of(tail.folded)) / seam_model.SCALE


def begun(head: SeamSide) -> float:
    """The log-odds that a head begins within a sentence, by its first four characters."""
    return seam_model.begun_score(seam_model.head_of(head.folded)) / seam_model.SCALE


def breaks_off(tail: SeamSide) -> float:
    """The log-odds that a tail breaks off, by its whole last clause.

    A headline is a whole clause that reads like half a sentence. So the clause of a tail as short
    as one may only lower the log-odds. `Evidence.broken` is `broken`, with which the weights of
    `score` were fitted.
    """
    if tail.folded[-1] in _UNKNOWN_LAST:
        return 0.0
    more = clause_model.broken_score(tail.folded) / seam_model.SCALE
    return broken(tail) + (min(more, 0.0) if tail.short else more)


def chance(score: float) -> float:
    """The probability that log-odds stand for."""
    return 1.0 / (1.0 + math.exp(-score))


class Evidence(NamedTuple):
    """The evidence for or against a pair; scores are log-odds in nats."""

    #: That the characters at the seam read on (`seam_model.join_score`).
    join: float
    #: That the two suit each other as a whole (`encoder.product`).
    suits: float
    #: That the tail breaks off, and that the head begins, within a sentence.
    broken: float
    begun: float
    place: HeadPlace
    #: Whether the tail ends on a comma, or in a list (、): then many heads read on.
    hangs: bool
    lists: bool
    #: Whether the tail ends on a number; whether the head then begins with a measure word, as no
    #: paragraph does, or with a number, too.
    numbered: bool
    counts: bool
    halved: bool
    #: Whether the tail is as short as a headline, and the head but one short clause.
    short: bool
    lone: bool
    #: The expected number of heads in the document that begin within a sentence.
    rivals: float

    def vector(self) -> tuple[float, ...]:
        """The evidence as numbers, one for each of `_WEIGHTS`."""
        near = self.place in (HeadPlace.NEXT, HeadPlace.NEXT_PROSE)
        far = self.place in (HeadPlace.FARTHER, HeadPlace.BEFORE)
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
            *_ONE_HOT[self.place],
        )


class HeadPlace(IntEnum):
    """Where a head stands relative to a tail."""

    NEXT = 0
    #: The next running text, behind captions and the like.
    NEXT_PROSE = 1
    NEAR = 2
    FARTHER = 3
    BEFORE = 4


_ONE_HOT = [[float(place is other) for other in HeadPlace] for place in HeadPlace]


def weigh(
    tail: SeamSide,
    head: SeamSide,
    features: tuple[seam_model.Tail, seam_model.Head],
    begins: float,
    place: HeadPlace,
    orphans: float,
    least: float,
) -> Evidence | None:
    """The evidence of a pair; None if its score without `Evidence.suits` is less than `least`.

    It is a function of their folded characters and the place.
    """
    if tail.folded[-1] == "，" and begins < _NO_BEGINNING:
        return None
    if place in (HeadPlace.FARTHER, HeadPlace.BEFORE) and begins < ORPHAN:
        return None
    join = _join(*features)
    if join < _HOPELESS:
        return None
    numbered = tail.folded[-1] == "0"
    halved = numbered and head.folded[0] == "0"
    counts = numbered and head.folded[0] in _MEASURES and not is_word(head.folded[:2])
    counts = counts and begins > _BOUND
    if counts:
        # A number hides what is counted: the characters around it tell little.
        join = max(join, 0.0)
    elif numbered and not halved and begins < _UNCOUNTED:
        return None  # the number counts nothing there
    evidence = Evidence(
        join,
        0.0,
        broken(tail),
        begins,
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
        return None  # spares the encoders, which take longest
    suits = _suits(tail.folded, head.folded)
    return evidence._replace(suits=max(suits, _HIDDEN) if counts else suits)


# Copies meet copies, and joined text is stitched once more: so scores are remembered.
_REMEMBERED = 1 << 14


@lru_cache(_REMEMBERED)
def _join(tail: seam_model.Tail, head: seam_model.Head) -> float:
    return seam_model.join_score(tail, head) / seam_model.SCALE


@remembered(_REMEMBERED)
def _suits(tail: str, head: str) -> float:
    return encoder.product(_encode_tail(tail), _encode_head(head)) / encoder.SCALE


_encode_tail = remembered(1 << 12)(encoder.encode_tail)
_encode_head = remembered(1 << 12)(encoder.encode_head)


#: The value of `Evidence.begun` from which a head may follow a tail that stands elsewhere.
ORPHAN = 0.5
#: The value of `Evidence.join` below which no other evidence suffices.
_HOPELESS = -4.0
_STRONG = 4.0
#: The value of `Evidence.begun` from which a measure word belongs to a number elsewhere, and the
#: least `Evidence.suits` of the two.
_BOUND, _HIDDEN = 2.0, -1.0
#: The value of `Evidence.begun` below which a head without a measure word follows no number.
_UNCOUNTED = 3.5
#: The weights of `Evidence.vector`: a logistic model of artificially broken pages, printed by
#: `python benchmarks/stitches.py --fit`.
_WEIGHTS = (
    0.742, 0.661, 0.379, 0.245, -0.355, 1.257, 0.859, -0.976, -1.813, -0.576, -1.416, 1.07,
    -0.754, 1.202, 0.061, -0.212, -0.364, -1.176, -1.633,
    0.752, 1.367, -2.848, 0.265, 0.951,
)  # fmt: skip


@lru_cache(_REMEMBERED)
def score(evidence: Evidence) -> float:
    """The log-odds that a pair belongs together, in nats, whatever other pairs there are."""
    total: float = sum(map(mul, _WEIGHTS, evidence.vector()))
    return total
