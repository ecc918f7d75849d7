"""Does this head go on where that tail broke off? A linear model of the characters at the seam.

Three questions are answered, each by the sum of some integer weights of hashed features:

- *join*: does a head continue a tail? N-grams of characters across the seam (up to four on either
  side, six together), n-grams of either side, and whether brackets opened in the tail are closed in
  the head.
- *broken*: does a tail break off in mid-sentence, or is only its full stop gone?
- *begun*: does a head set in within a sentence, or could a paragraph begin so?

Sums are log-odds in units of ``1 / SCALE``, so that zero means "as likely as not" among the
training's examples (`tools.training.seams` says which these are). Text is folded before it is
looked at: spaces go, half-width marks become full-width, a number is ``0``, a Latin word ``a``;
redacted digits (``xx``) are a number.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from textclean.models.hashing import MASK, MISSING, SEAMS, STEP, absorb
from textclean.models.linear import BegunWindow, Model, Templates
from textclean.text.patterns import pattern

#: Log-odds are counted in this part of a nat.
SCALE = 20
#: Characters of folded text that either side is known by.
REACH = 4
#: Folded characters on either side within which brackets are paired.
BRACKET_REACH = 160

MODEL = Model("seams", b"TCJOINTS", 1)

_WIDTH = str.maketrans(",;:?!()｡", "，；：？！（）。")
_NOTHING = pattern(r"[\s\u200b-\u200f\u2060\ufeff*_#>`]+")
_NUMBER = pattern(r"(?:[0-9０-９]|[xX](?![A-Za-wyzA-WYZ])|(?<=[0-9xX])[.．](?=[0-9xX]))+")
_LATIN = pattern(r"[A-Za-zＡ-Ｚａ-ｚ]+")

#: Brackets: (opening, closing), each pair a bit of the features.
BRACKETS = (("“", "”"), ("（", "）"), ("《", "》"))

# A window is a tail and a head: `REACH` characters and the bits of brackets of each.
_HEAD = REACH + 1
_LEFT, _RIGHT = range(REACH), range(_HEAD, _HEAD + REACH)
_OPEN, _CLOSED = REACH, _HEAD + REACH


def seed(kind: int) -> int:
    """Where the hash of a kind of feature begins."""
    return (kind + 1) * STEP & MASK


def _side(kind: int) -> Templates:
    """The templates of one side alone: whether it is one, its brackets, its n-grams."""
    brackets = absorb(seed(kind), 0, SEAMS.step, SEAMS.shift)
    grams = ((seed(kind + size), range(size)) for size in range(1, REACH + 1))
    return Templates.of(SEAMS, [(seed(kind), ()), (brackets, (REACH,)), *grams])


# Numbers of the kinds of features: n-grams across the seam (characters of the tail, of the head),
# pairs of characters that see through a misread one between, n-grams of either side.
_ACROSS = [(left, right) for left in range(1, 5) for right in range(1, 5) if left + right < 7]
_SKIPS = ((0, 1), (1, 0), (1, 1))
_LEFT_KIND = len(_ACROSS) + len(_SKIPS)  # and one to three more
_RIGHT_KIND = _LEFT_KIND + 4  # and one to four more
_OPEN_KIND = _RIGHT_KIND + 5
_JOIN_KIND, _BROKEN_KIND, _BEGUN_KIND = _OPEN_KIND + 1, _OPEN_KIND + 2, _OPEN_KIND + 7

_AT_TAIL = [
    (seed(_JOIN_KIND), ()),
    *((seed(kind), (*_LEFT[:left], *_RIGHT[:right])) for kind, (left, right) in enumerate(_ACROSS)),
    *(
        (seed(kind), (_LEFT[left], _RIGHT[right]))
        for kind, (left, right) in enumerate(_SKIPS, len(_ACROSS))
    ),
    *((seed(_LEFT_KIND + size), _LEFT[:size]) for size in range(1, 4)),
]
_OF_HEAD = [(seed(_RIGHT_KIND + size), _RIGHT[:size]) for size in range(1, 5)]
_BRACKETS = (seed(_OPEN_KIND), (_OPEN, _CLOSED))
JOIN = Templates.of(SEAMS, [*_AT_TAIL, *_OF_HEAD, _BRACKETS])
# The same in two parts: the second is the same with all tails.
_JOIN_TAIL, _JOIN_HEAD = Templates.of(SEAMS, [*_AT_TAIL, _BRACKETS]), Templates.of(SEAMS, _OF_HEAD)
BROKEN, BEGUN = _side(_BROKEN_KIND), _side(_BEGUN_KIND)


class Tail(NamedTuple):
    """What is known of a block's end: its last characters, folded, and what they leave open."""

    #: The last `REACH` characters, the very last first; `MISSING` where the block has fewer.
    symbols: tuple[int, ...]
    #: A bit for each of `BRACKETS` that is open at the end.
    open: int


class Head(NamedTuple):
    """What is known of a block's beginning: its first characters and what they close."""

    symbols: tuple[int, ...]
    #: A bit for each of `BRACKETS` that is closed before it was opened.
    closed: int


def fold(text: str) -> str:
    """A text as the model sees it: without spaces and emphasis, a number as 0, Latin as a."""
    text = _NOTHING.sub("", text)
    text = _NUMBER.sub("0", text)
    return _LATIN.sub("a", text).translate(_WIDTH)


def tail_of(folded: str) -> Tail:
    """What the model sees of the end of a folded text."""
    near = folded[-BRACKET_REACH:]
    opened = 0
    for bit, (opening, closing) in enumerate(BRACKETS):
        if near.rfind(opening) > near.rfind(closing):
            opened |= 1 << bit
    return Tail(_symbols(folded[: -REACH - 1 : -1]), opened)


def head_of(folded: str) -> Head:
    """What the model sees of the beginning of a folded text."""
    near = folded[:BRACKET_REACH]
    closed = 0
    for bit, (opening, closing) in enumerate(BRACKETS):
        at = near.find(closing)
        if at >= 0 and near.find(opening, 0, at) < 0:
            closed |= 1 << bit
    return Head(_symbols(folded[:REACH]), closed)


def _symbols(outward: str) -> tuple[int, ...]:
    return (*map(ord, outward), *[MISSING] * (REACH - len(outward)))


def join_score(tail: Tail, head: Head) -> int:
    """Log-odds, in 1 / `SCALE`, that `head` continues `tail`."""
    return _with_tail(tail).score((*head.symbols, head.closed)) + _of_head(head.symbols)


@lru_cache(32)  # tails meet many heads, one tail after the other
def _with_tail(tail: Tail) -> BegunWindow:
    return BegunWindow(MODEL.weights, _JOIN_TAIL, (*tail.symbols, tail.open))


@lru_cache(1 << 12)
def _of_head(symbols: tuple[int, ...]) -> int:
    return MODEL.weights.score((*[MISSING] * _HEAD, *symbols), _JOIN_HEAD)


@lru_cache(1 << 12)
def broken_score(tail: Tail) -> int:
    """Log-odds, in 1 / `SCALE`, that a text without a mark at its end breaks off in a sentence."""
    return MODEL.weights.score((*tail.symbols, tail.open), BROKEN)


@lru_cache(1 << 12)
def begun_score(head: Head) -> int:
    """Log-odds, in 1 / `SCALE`, that a text sets in within a sentence."""
    return MODEL.weights.score((*head.symbols, head.closed), BEGUN)
