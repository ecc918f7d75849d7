"""Training of the continuity model: ``python -m textclean.layout.train FOLDER…``.

Any folder of plain text will do: ``*.txt`` (or ``*.txt.xz``), a paragraph a line, a blank line
between documents, marks as printed. The same text gives the same weights. One document in twenty is
left out, for measuring (`held_out`).

True seams are random places inside sentences. Against each stand, for *join*: the head of another
such place of the same document, one of another document, the beginning of the paragraph that
follows, and a text that was whole (a headline; a paragraph whose full stop is gone) with what
follows it. Commas and brackets near the seam are sometimes lost, as they are in damaged text.
Logistic loss, AdaGrad, one pass of random places; weights are rounded to ``1 / SCALE``.
"""

from __future__ import annotations

import argparse
import lzma
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numba import njit

from textclean.layout import continuity
from textclean.layout.continuity import ACROSS, BITS, BRACKET_REACH, BRACKETS, REACH, SCALE, fold

Loop = TypeVar("Loop", bound=Callable[..., object])

#: Places drawn; on one processor a million take some seconds.
DRAWS = 24_000_000
#: Weights that are kept.
KEPT = 700_000
_RATE = 0.08
_SEED = 20240229
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


_ENDS = np.array(list(map(ord, "。！？；：…—")), np.uint32)
_CLOSING = np.array(list(map(ord, "，。、；：！？”’）》」』】…—%％")), np.uint32)
_OPENING = np.array(list(map(ord, "“‘（《「『【")), np.uint32)
_COMMA, _ZERO = ord("，"), ord("0")
_PAIRS = np.array([list(map(ord, pair)) for pair in BRACKETS], np.uint32)
_ACROSS = np.array(ACROSS, np.int64)
_SKIP, _LEFT, _RIGHT = len(ACROSS), len(ACROSS) + 3, len(ACROSS) + 7
_OPEN = _RIGHT + 5
_BIAS, _BROKEN, _BEGUN = _OPEN + 1, _OPEN + 2, _OPEN + 7
_MOST = 64  # features of an example, at most


@compiled
def _draw(state: Any) -> Any:
    """The next of a sequence of 64 random bits (splitmix64); `state` holds one number."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    value = state[0]
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


@compiled
def _below(state: Any, number: Any) -> Any:
    return np.int64((_draw(state) >> np.uint64(16)) % np.uint64(number))


@compiled
def _among(code: Any, codes: Any) -> Any:
    for other in codes:  # noqa: SIM110, for numba
        if code == other:
            return True
    return False


@compiled
def _hash(family: Any, symbols: Any, first: Any, length: Any, more: Any, rest: Any) -> Any:
    """As `continuity._index`, of ``symbols[first:first + length]`` and ``more[:rest]``."""
    value = np.uint32((family + 1) * 0x9E3779B1 & 0xFFFFFFFF)
    for at in range(length):
        value = np.uint32((value ^ symbols[first + at]) * np.uint32(0x85EBCA6B))
        value ^= value >> np.uint32(15)
    for at in range(rest):
        value = np.uint32((value ^ more[at]) * np.uint32(0x85EBCA6B))
        value ^= value >> np.uint32(15)
    value = np.uint32(value * np.uint32(0xC2B2AE35))
    return np.int64(value >> np.uint32(32 - BITS))


@compiled
def _fill_tail(codes: Any, start: Any, end: Any, loss: Any, state: Any, window: Any) -> Any:
    """The tail's characters before `end`, the last first, into `window`: how many.

    Commas are left out, one in `loss`.
    """
    size = 0
    at = end - 1
    while at >= start and size < REACH:
        if codes[at] != _COMMA or _below(state, loss):
            window[size] = codes[at]
            size += 1
        at -= 1
    return size


@compiled
def _fill_head(codes: Any, start: Any, end: Any, loss: Any, state: Any, window: Any) -> Any:
    size = 0
    at = start
    while at < end and size < REACH:
        if codes[at] != _COMMA or _below(state, loss):
            window[size] = codes[at]
            size += 1
        at += 1
    return size


@compiled
def _left_open(codes: Any, start: Any, end: Any) -> Any:
    bits = 0
    low = max(start, end - BRACKET_REACH)
    for bit in range(_PAIRS.shape[0]):
        at = end - 1
        while at >= low:
            if codes[at] == _PAIRS[bit, 1]:
                break
            if codes[at] == _PAIRS[bit, 0]:
                bits |= 1 << bit
                break
            at -= 1
    return bits


@compiled
def _closed_first(codes: Any, start: Any, end: Any) -> Any:
    bits = 0
    high = min(end, start + BRACKET_REACH)
    for bit in range(_PAIRS.shape[0]):
        for at in range(start, high):
            if codes[at] == _PAIRS[bit, 0]:
                break
            if codes[at] == _PAIRS[bit, 1]:
                bits |= 1 << bit
                break
    return bits


@compiled
def _join_features(
    tail: Any, before: Any, head: Any, after: Any, opened: Any, closed: Any, found: Any
) -> Any:
    """Indices of the features of a seam, into `found`: how many."""
    scratch = np.zeros(2, np.uint32)
    size = 0
    found[size] = _hash(_BIAS, tail, 0, 0, head, 0)
    size += 1
    for family in range(_ACROSS.shape[0]):
        if before >= _ACROSS[family, 0] and after >= _ACROSS[family, 1]:
            found[size] = _hash(family, tail, 0, _ACROSS[family, 0], head, _ACROSS[family, 1])
            size += 1
    for skip in range(3):
        one = 0 if skip == 0 else 1
        other = 0 if skip == 1 else 1
        if before > one and after > other:
            scratch[0], scratch[1] = tail[one], head[other]
            found[size] = _hash(_SKIP + skip, scratch, 0, 2, head, 0)
            size += 1
    for length in range(1, min(before, 3) + 1):
        found[size] = _hash(_LEFT + length, tail, 0, length, head, 0)
        size += 1
    for length in range(1, after + 1):
        found[size] = _hash(_RIGHT + length, head, 0, length, tail, 0)
        size += 1
    scratch[0], scratch[1] = opened, closed
    found[size] = _hash(_OPEN, scratch, 0, 2, head, 0)
    return size + 1


@compiled
def _side_features(family: Any, window: Any, length: Any, bits: Any, found: Any) -> Any:
    """Indices of the features of one side alone, into `found`: how many."""
    scratch = np.zeros(2, np.uint32)
    scratch[1] = bits
    found[0] = _hash(family, window, 0, 0, window, 0)
    found[1] = _hash(family, scratch, 0, 2, window, 0)
    for size in range(1, length + 1):
        found[1 + size] = _hash(family + size, window, 0, size, window, 0)
    return length + 2


@compiled
def _learn(weights: Any, squares: Any, found: Any, size: Any, label: Any) -> Any:
    """One step of AdaGrad on the logistic loss of one example; its loss before the step."""
    total = 0.0
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
def _paragraph(starts: Any, place: Any) -> Any:
    low, high = 0, starts.size - 1
    while high - low > 1:
        middle = (low + high) // 2
        if starts[middle] <= place:
            low = middle
        else:
            high = middle
    return low


@compiled
def _seam(codes: Any, starts: Any, low: Any, high: Any, state: Any, place: Any) -> Any:
    """Draw a place inside a sentence from ``codes[low:high]``: whether one was found.

    `place` receives the paragraph, the tail's end and the head's start (a number may be cut in two,
    and then its folded sign belongs to both).
    """
    for _ in range(8):
        at = low + _below(state, high - low)
        paragraph = _paragraph(starts, at)
        start, end = starts[paragraph], starts[paragraph + 1]
        if end - start < _SHORTEST or at < start + 3 or at > end - 3:
            continue
        if _among(codes[at - 1], _ENDS) or _among(codes[at - 1], _OPENING):
            continue
        if codes[at] == _ZERO and not _below(state, 4):
            place[0], place[1], place[2] = paragraph, at + 1, at
            return True
        if _among(codes[at], _CLOSING):
            continue
        place[0], place[1], place[2] = paragraph, at, at
        return True
    return False


@compiled
def _bare_end(codes: Any, start: Any, end: Any) -> Any:
    """The end of a paragraph without the marks it ends with."""
    while end > start and _among(codes[end - 1], _CLOSING):
        end -= 1
    return end


@compiled
def _train(
    codes: Any, starts: Any, first: Any, last: Any, draws: Any, state: Any, weights: Any,
    squares: Any, losses: Any,
) -> None:  # fmt: skip
    """Learn from `draws` places of one source; `losses` gathers loss and number by question."""
    tail, head = np.zeros(REACH, np.uint32), np.zeros(REACH, np.uint32)
    found = np.zeros(_MOST, np.int64)
    seam, other = np.zeros(3, np.int64), np.zeros(3, np.int64)
    for _ in range(draws):
        if not _seam(codes, starts, 0, codes.size, state, seam):
            continue
        paragraph = seam[0]
        start, end = starts[paragraph], starts[paragraph + 1]
        loss = 2 if not _below(state, 4) else 1 << 30
        before = _fill_tail(codes, start, seam[1], loss, state, tail)
        opened = _left_open(codes, start, seam[1])
        blind = not _below(state, 4)  # brackets are lost
        if blind:
            opened = 0
        size = _side_features(_BROKEN, tail, before, opened, found)
        losses[1, 0] += _learn(weights, squares, found, size, 1)
        losses[1, 1] += 1
        after = _fill_head(codes, seam[2], end, loss, state, head)
        closed = 0 if blind else _closed_first(codes, seam[2], end)
        size = _join_features(tail, before, head, after, opened, closed, found)
        losses[0, 0] += _learn(weights, squares, found, size, 1)
        losses[0, 1] += 1
        size = _side_features(_BEGUN, head, after, closed, found)
        losses[2, 0] += _learn(weights, squares, found, size, 1)
        losses[2, 1] += 1
        # Heads of other places: of this document, then of any.
        for kind in range(2):
            low = starts[first[paragraph]] if kind == 0 else 0
            high = starts[last[paragraph]] if kind == 0 else codes.size
            if not _seam(codes, starts, low, high, state, other) or other[2] == seam[2]:
                continue
            stop = starts[other[0] + 1]
            after = _fill_head(codes, other[2], stop, loss, state, head)
            closed = 0 if blind else _closed_first(codes, other[2], stop)
            size = _join_features(tail, before, head, after, opened, closed, found)
            losses[0, 0] += _learn(weights, squares, found, size, 0)
            losses[0, 1] += 1
        # What follows the paragraph: as another head, and behind the end of this one.
        begun = paragraph + 1
        if begun >= last[paragraph]:
            begun = first[paragraph] + _below(state, last[paragraph] - first[paragraph])
        stop = starts[begun + 1]
        after = _fill_head(codes, starts[begun], stop, 1 << 30, state, head)
        closed = 0 if blind else _closed_first(codes, starts[begun], stop)
        size = _join_features(tail, before, head, after, opened, closed, found)
        losses[0, 0] += _learn(weights, squares, found, size, 0)
        losses[0, 1] += 1
        size = _side_features(_BEGUN, head, after, closed, found)
        losses[2, 0] += _learn(weights, squares, found, size, 0)
        losses[2, 1] += 1
        bare = _bare_end(codes, start, end)
        if bare - start < 4:
            continue
        before = _fill_tail(codes, start, bare, loss, state, tail)
        opened = 0 if blind else _left_open(codes, start, bare)
        size = _side_features(_BROKEN, tail, before, opened, found)
        losses[1, 0] += _learn(weights, squares, found, size, 0)
        losses[1, 1] += 1
        size = _join_features(tail, before, head, after, opened, closed, found)
        losses[0, 0] += _learn(weights, squares, found, size, 0)
        losses[0, 1] += 1


def train(paths: Sequence[Path], draws: int = DRAWS) -> tuple[list[int], bytes]:
    """The weights learned from some files: their indices, ascending, and signed bytes.

    Only the `KEPT` weights of which most was seen stay: of all n-grams most are met once.

    Args:
        draws: places in all; a file's share goes with the square root of its size, so that a large
            source does not drown the others.
    """
    sources = [source for source in map(read, paths) if source.codes.size]
    shares = np.array([np.sqrt(source.codes.size) for source in sources])
    shares /= shares.sum()
    weights = np.zeros(1 << BITS, np.float32)
    squares = np.ones(1 << BITS, np.float32)
    state = np.array([_SEED], np.uint64)
    rounds = 40  # the sources take turns, so that none has the last word
    for turn in range(rounds):
        losses = np.zeros((3, 2))
        for source, share in zip(sources, shares, strict=True):
            _train(*source, int(draws * share / rounds) + 1, state, weights, squares, losses)
        if turn % 8 == 7:
            shown = ", ".join(
                f"{name} {loss / max(number, 1):.4f}"
                for name, (loss, number) in zip(("join", "broken", "begun"), losses, strict=True)
            )
            print(f"{turn + 1} of {rounds}: loss of {shown}", flush=True)
    rounded = np.clip(np.rint(weights * SCALE), -127, 127).astype(np.int8)
    weight = np.abs(weights) * np.sqrt(squares - 1.0)
    weight[rounded == 0] = 0.0
    least = np.sort(weight)[-KEPT:][0]
    kept = np.flatnonzero((weight >= least) & (weight > 0))
    return kept.tolist(), rounded[kept].tobytes()


def main() -> None:
    """Train on the folders given and write the weights beside the model, or where ``-o`` says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=continuity.WEIGHTS)
    parser.add_argument("--draws", type=int, default=DRAWS)
    options = parser.parse_args()
    paths = sorted(
        path
        for folder in options.folders
        for path in folder.iterdir()
        if path.name.endswith((".txt", ".txt.xz"))
    )
    data = continuity.pack(*train(paths, options.draws))
    options.output.write_bytes(data)
    print(f"{options.output}: {len(data)} bytes")


if __name__ == "__main__":
    main()
