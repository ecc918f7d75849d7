"""Does this head go on where that tail broke off? A linear model of the characters at the seam.

Three questions are answered, each by the sum of some integer weights of hashed features:

- *join*: does a head continue a tail? N-grams of characters across the seam (up to four on either
  side, six together), n-grams of either side, and whether brackets opened in the tail are closed in
  the head.
- *broken*: does a tail break off in mid-sentence, or is only its full stop gone?
- *begun*: does a head set in within a sentence, or could a paragraph begin so?

Sums are log-odds in units of ``1 / SCALE``, so that zero means "as likely as not" among the
training's examples (`tools.training.layout` says which these are). Text is folded before it is
looked at: spaces go, half-width marks become full-width, a number is ``0``, a Latin word ``a``;
redacted digits (``xx``) are a number.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

from textclean.models.container import Kind, WeightsError, pack, read
from textclean.text.patterns import pattern

#: Log-odds are counted in this part of a nat.
SCALE = 20
#: Bits of a feature's hash. The table is sparse: what is not in it weighs nothing.
BITS = 24
#: Characters of folded text that either side is known by.
REACH = 4
#: Folded characters on either side within which brackets are paired.
BRACKET_REACH = 160

#: Where the weights lie.
WEIGHTS = Path(__file__).parent / "data" / "continuity.bin"
#: Whose weights; the number is raised whenever a feature changes.
KIND = Kind(b"TCJOINTS", 1, "python -m tools.training.layout")

_WIDTH = str.maketrans(",;:?!()｡", "，；：？！（）。")
_NOTHING = pattern(r"[\s\u200b-\u200f\u2060\ufeff*_#>`]+")
_NUMBER = pattern(r"(?:[0-9０-９]|[xX](?![A-Za-wyzA-WYZ])|(?<=[0-9xX])[.．](?=[0-9xX]))+")
_LATIN = pattern(r"[A-Za-zＡ-Ｚａ-ｚ]+")

#: Brackets: (opening, closing), each pair a bit of the features.
BRACKETS = (("“", "”"), ("（", "）"), ("《", "》"))

# (first character of the tail's piece, length; of the head's): n-grams across the seam.
ACROSS = tuple(
    (left, right)
    for left in range(1, REACH + 1)
    for right in range(1, REACH + 1)
    if left + right < 7
)
#: Pairs of single characters, each counted from the seam: they see through a misread one between.
SKIPS = ((0, 1), (1, 0), (1, 1))


class Tail(NamedTuple):
    """What is known of a block's end: its last characters, folded, and what they leave open."""

    #: The last `REACH` characters, the very last first; short blocks have fewer.
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
    symbols = tuple(map(ord, reversed(folded[-REACH:])))
    near = folded[-BRACKET_REACH:]
    opened = 0
    for bit, (opening, closing) in enumerate(BRACKETS):
        if near.rfind(opening) > near.rfind(closing):
            opened |= 1 << bit
    return Tail(symbols, opened)


def head_of(folded: str) -> Head:
    """What the model sees of the beginning of a folded text."""
    symbols = tuple(map(ord, folded[:REACH]))
    near = folded[:BRACKET_REACH]
    closed = 0
    for bit, (opening, closing) in enumerate(BRACKETS):
        at = near.find(closing)
        if at >= 0 and near.find(opening, 0, at) < 0:
            closed |= 1 << bit
    return Head(symbols, closed)


def join_score(tail: Tail, head: Head) -> int:
    """Log-odds, in 1 / `SCALE`, that `head` continues `tail`."""
    weights = _weights()
    score = weights[_index(_BIAS, ())]
    left, right = tail.symbols, head.symbols
    for family, (before, after) in enumerate(ACROSS):
        if len(left) >= before and len(right) >= after:
            score += weights[_index(family, left[:before] + right[:after])]
    for family, (before, after) in enumerate(SKIPS, _SKIP):
        if len(left) > before and len(right) > after:
            score += weights[_index(family, (left[before], right[after]))]
    for size in range(1, min(len(left), 3) + 1):
        score += weights[_index(_LEFT + size, left[:size])]
    for size in range(1, len(right) + 1):
        score += weights[_index(_RIGHT + size, right[:size])]
    return score + weights[_index(_OPEN, (tail.open, head.closed))]


def broken_score(tail: Tail) -> int:
    """Log-odds, in 1 / `SCALE`, that a text without a mark at its end breaks off in a sentence."""
    weights = _weights()
    symbols = tail.symbols
    score = weights[_index(_BROKEN, ())] + weights[_index(_BROKEN, (0, tail.open))]
    for size in range(1, len(symbols) + 1):
        score += weights[_index(_BROKEN + size, symbols[:size])]
    return score


def begun_score(head: Head) -> int:
    """Log-odds, in 1 / `SCALE`, that a text sets in within a sentence."""
    weights = _weights()
    symbols = head.symbols
    score = weights[_index(_BEGUN, ())] + weights[_index(_BEGUN, (0, head.closed))]
    for size in range(1, len(symbols) + 1):
        score += weights[_index(_BEGUN + size, symbols[:size])]
    return score


# Numbers of the kinds of features, which go into the hash.
_SKIP = len(ACROSS)
_LEFT = _SKIP + len(SKIPS)  # and one to three more
_RIGHT = _LEFT + 4  # and one to four more
_OPEN = _RIGHT + 5
_BIAS = _OPEN + 1
_BROKEN = _BIAS + 1  # and one to four more
_BEGUN = _BROKEN + 5


def _index(family: int, symbols: tuple[int, ...]) -> int:
    """A feature's place in the table: a multiplicative hash of 32 bits, its upper bits."""
    value = (family + 1) * 0x9E3779B1 & 0xFFFFFFFF
    for symbol in symbols:
        value = (value ^ symbol) * 0x85EBCA6B & 0xFFFFFFFF
        value ^= value >> 15
    return (value * 0xC2B2AE35 & 0xFFFFFFFF) >> (32 - BITS)


class Weights:
    """Integer weights by index; what is not listed weighs nothing.

    Indices are kept in rows of 65,536, each index by its place in its row, as the file has them: so
    nothing is unpacked for the few that a text asks for.
    """

    __slots__ = ("_places", "_rows", "_values")

    def __init__(self, counts: Sequence[int], places: array[int], values: bytes) -> None:
        """Weights of which each row has so many, in order of index."""
        self._rows = [0, *accumulate(counts)]
        self._places = places
        self._values = memoryview(values).cast("b")

    def __getitem__(self, index: int) -> int:
        row, place = index >> _ROW_BITS, index & _PLACE
        end = self._rows[row + 1]
        at = bisect_left(self._places, place, self._rows[row], end)
        if at < end and self._places[at] == place:
            return self._values[at]
        return 0

    def __len__(self) -> int:
        return len(self._places)

    def items(self) -> tuple[list[int], list[int]]:
        """The indices and their weights, ascending."""
        indices = [
            row << _ROW_BITS | place
            for row, (start, end) in enumerate(pairwise(self._rows))
            for place in self._places[start:end]
        ]
        return indices, list(self._values)


_ROW_BITS = 16
_PLACE = (1 << _ROW_BITS) - 1


@cache
def _weights() -> Weights:
    return load(WEIGHTS)


def to_bytes(indices: Sequence[int], values: bytes, kind: Kind = KIND, bits: int = BITS) -> bytes:
    """Weights as a file: how many each row has (32 bits each), the indices' places in their rows,
    low bytes first, then the weights as signed bytes.

    Args:
        indices: ascending.
        values: the weight of each as a signed byte.
        kind, bits: whose weights, and the bits of their features' hashes; at least 16.
    """
    counts = array("I", bytes(4 << bits - _ROW_BITS))
    for index in indices:
        counts[index >> _ROW_BITS] += 1
    low = bytes(index & 0xFF for index in indices)
    high = bytes(index >> 8 & 0xFF for index in indices)
    rows = _little_endian(counts).tobytes()
    return pack(kind, {"bits": bits, "number": len(low)}, rows + low + high + values)


def load(path: Path, kind: Kind = KIND, bits: int = BITS) -> Weights:
    """The weights of a file on disk.

    Raises:
        WeightsError: the file is damaged, or of another version.
    """
    header, body = read(path, kind)
    number = header.get("number")
    rows = 4 << bits - _ROW_BITS
    if header.get("bits") != bits or number is None or len(body) != rows + 3 * number:
        raise WeightsError(f"{path}: a table of another size: train again with  {kind.command}")
    counts, places = array("I", bytes(body[:rows])), bytearray(2 * number)
    low, high, values = (body[rows + part * number :][:number] for part in range(3))
    places[::2], places[1::2] = low, high
    return Weights(_little_endian(counts), _little_endian(array("H", bytes(places))), bytes(values))


def _little_endian(numbers: array[int]) -> array[int]:
    """Numbers as they are in a file, or from one, whatever the machine's own order."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
