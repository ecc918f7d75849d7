"""Places inside sentences, drawn at random from plain text: what models here learn on.

Any folder of plain text will do: ``*.txt`` (or ``*.txt.xz``), a paragraph a line, a blank line
between documents, marks as printed. One document in twenty is left out, for measuring (`held_out`).
"""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numba import njit

from textclean.layout.seam_model import fold

Loop = TypeVar("Loop", bound=Callable[..., object])

_RATE = 0.08
_SHORTEST = 12  # folded characters of a paragraph that is cut


def compiled(loop: Loop) -> Loop:
    """`loop` compiled by numba when it is first called."""
    return cast(Loop, njit(loop))


def held_out(document: Sequence[str]) -> bool:
    """Whether a document (its lines) is kept for measuring: one in twenty."""
    return zlib.crc32("\n".join(document[:2]).encode("utf-8")) % 20 == 0


def documents(path: Path) -> Iterator[list[str]]:
    """The documents of a file, each a list of its paragraphs."""
    data = path.read_bytes()
    text = (lzma.decompress(data) if path.suffix == ".xz" else data).decode("utf-8")
    document: list[str] = []
    for line in text.split("\n"):
        paragraph = line.strip()
        if paragraph:
            document.append(paragraph)
        elif document:
            yield document
            document = []
    if document:
        yield document


class Source(NamedTuple):
    """A file's folded text in arrays."""

    codes: Any  # uint32: the folded characters of all paragraphs, one after the other
    starts: Any  # int64: where each paragraph begins, and the end
    first: Any  # int32: for each paragraph, its document's first paragraph …
    last: Any  # … and the one behind its last


def read(path: Path) -> Source:
    """A file's documents but for those held out."""
    pieces: list[str] = []
    first: list[int] = []
    last: list[int] = []
    for document in documents(path):
        if held_out(document):
            continue
        folded = [piece for piece in map(fold, document) if piece]
        begin = len(pieces)
        pieces += folded
        first += [begin] * len(folded)
        last += [len(pieces)] * len(folded)
    lengths = np.fromiter(map(len, pieces), np.int64, len(pieces))
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
    codes = np.frombuffer("".join(pieces).encode("utf-32-le", "surrogatepass"), np.uint32)
    return Source(codes, starts, np.array(first, np.int32), np.array(last, np.int32))


ENDS = np.array(list(map(ord, "。！？；：…—")), np.uint32)
CLOSING = np.array(list(map(ord, "，。、；：！？”’）》」』】…—%％")), np.uint32)
OPENING = np.array(list(map(ord, "“‘（《「『【")), np.uint32)
COMMA, ZERO = ord("，"), ord("0")


@compiled
def draw(state: Any) -> Any:
    """The next of a sequence of 64 random bits (splitmix64); `state` holds one number."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    value = state[0]
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


@compiled
def below(state: Any, number: Any) -> Any:
    """A number from 0 to ``number - 1``."""
    return np.int64((draw(state) >> np.uint64(16)) % np.uint64(number))


@compiled
def among(code: Any, codes: Any) -> Any:
    """Whether a character is one of several."""
    for other in codes:  # noqa: SIM110, for numba
        if code == other:
            return True
    return False


@compiled
def learn(weights: Any, squares: Any, found: Any, size: Any, label: Any, total: Any) -> Any:
    """One step of AdaGrad on the logistic loss of one example; its loss before the step.

    Args:
        found: the places of the weights that the example has, the first `size`.
        total: what is known of it without them.
    """
    for at in range(size):
        total += weights[found[at]]
    chance = 1.0 / (1.0 + np.exp(-total))
    slope = chance - label
    for at in range(size):
        index = found[at]
        squares[index] += slope * slope
        weights[index] -= _RATE * slope / np.sqrt(squares[index])
    return -np.log(max(chance if label else 1.0 - chance, 1e-9))


@compiled
def paragraph_at(starts: Any, place: Any) -> Any:
    """The number of the paragraph that holds a place."""
    low, high = 0, starts.size - 1
    while high - low > 1:
        middle = (low + high) // 2
        if starts[middle] <= place:
            low = middle
        else:
            high = middle
    return low


@compiled
def seam(codes: Any, starts: Any, low: Any, high: Any, state: Any, place: Any) -> Any:
    """Draw a place inside a sentence from ``codes[low:high]``: whether one was found.

    `place` receives the paragraph, the tail's end and the head's start (a number may be cut in two,
    and then its folded sign belongs to both).
    """
    for _ in range(8):
        at = low + below(state, high - low)
        paragraph = paragraph_at(starts, at)
        start, end = starts[paragraph], starts[paragraph + 1]
        if end - start < _SHORTEST or at < start + 3 or at > end - 3:
            continue
        if among(codes[at - 1], ENDS) or among(codes[at - 1], OPENING):
            continue
        if codes[at] == ZERO and not below(state, 4):
            place[0], place[1], place[2] = paragraph, at + 1, at
            return True
        if among(codes[at], CLOSING):
            continue
        place[0], place[1], place[2] = paragraph, at, at
        return True
    return False


@compiled
def bare_end(codes: Any, start: Any, end: Any) -> Any:
    """The end of a paragraph without the marks it ends with."""
    while end > start and among(codes[end - 1], CLOSING):
        end -= 1
    return end


def kept(weights: Any, squares: Any, scale: int, number: int) -> tuple[list[int], bytes]:
    """The places and the rounded values of the weights of which most was seen.

    Args:
        weights, squares: of AdaGrad: the weights, and one more than their summed squared slopes.
        number: of those that are kept; of all n-grams most are met once.
    """
    rounded = np.clip(np.rint(weights * scale), -127, 127).astype(np.int8)
    seen = np.abs(weights) * np.sqrt(squares - 1.0)
    seen[rounded == 0] = 0.0
    least = np.sort(seen)[-number]
    places = np.flatnonzero((seen >= least) & (seen > 0))
    # A file has 16 bits for the gap between two places: where few weights are known, some that
    # weigh nothing stand between.
    step = (1 << 16) - 1
    before = np.concatenate((np.zeros(1, np.int64), places[:-1]))
    bridges = [
        np.arange(low + step, high, step)
        for low, high in zip(before.tolist(), places.tolist(), strict=True)
        if high - low > step
    ]
    places = np.union1d(places, np.concatenate([*bridges, np.zeros(0, np.int64)])).astype(np.int64)
    return places.tolist(), rounded[places].tobytes()
