"""Training of the models of continuity: ``python -m textclean.layout.train FOLDER…``.

Any folder of plain text will do (`textclean.layout.sampling` says which form it has). The same text
gives the same weights. Trained are the weights of `continuity`, here, and then the encoders
(`textclean.layout.train_encoder`).

True seams are random places inside sentences. Against each stand, for *join*: the head of another
such place of the same document, one of another document, the beginning of the paragraph that
follows, and a text that was whole (a headline; a paragraph whose full stop is gone) with what
follows it. Commas and brackets near the seam are sometimes lost, as they are in damaged text.
Logistic loss, AdaGrad, one pass of random places; weights are rounded to ``1 / SCALE``.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from textclean.layout import continuity, encoder
from textclean.layout.continuity import ACROSS, BITS, BRACKET_REACH, BRACKETS, REACH, SCALE, SKIPS
from textclean.layout.sampling import CLOSING, COMMA, Source, among, below, compiled, read, seam
from textclean.layout.train_encoder import STEPS, train_encoders

#: Places drawn; on one processor a million take some seconds.
DRAWS = 24_000_000
#: Weights that are kept.
KEPT = 700_000
_RATE = 0.08
_SEED = 20240229


_PAIRS = np.array([list(map(ord, pair)) for pair in BRACKETS], np.uint32)
_ACROSS = np.array(ACROSS, np.int64)
_SKIPS = np.array(SKIPS, np.int64)
# Numbers of the kinds of features, as `continuity` counts them.
_SKIP, _LEFT = len(ACROSS), len(ACROSS) + len(SKIPS)
_RIGHT = _LEFT + 4
_OPEN = _RIGHT + 5
_BIAS, _BROKEN, _BEGUN = _OPEN + 1, _OPEN + 2, _OPEN + 7
_MOST = 64  # features of an example, at most


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
        if codes[at] != COMMA or below(state, loss):
            window[size] = codes[at]
            size += 1
        at -= 1
    return size


@compiled
def _fill_head(codes: Any, start: Any, end: Any, loss: Any, state: Any, window: Any) -> Any:
    size = 0
    at = start
    while at < end and size < REACH:
        if codes[at] != COMMA or below(state, loss):
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
    tail: Any,
    before: Any,
    head: Any,
    after: Any,
    opened: Any,
    closed: Any,
    found: Any,
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
    for skip in range(_SKIPS.shape[0]):
        one, other = _SKIPS[skip]
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
def _bare_end(codes: Any, start: Any, end: Any) -> Any:
    """The end of a paragraph without the marks it ends with."""
    while end > start and among(codes[end - 1], CLOSING):
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
    cut, other = np.zeros(3, np.int64), np.zeros(3, np.int64)
    for _ in range(draws):
        if not seam(codes, starts, 0, codes.size, state, cut):
            continue
        paragraph = cut[0]
        start, end = starts[paragraph], starts[paragraph + 1]
        loss = 2 if not below(state, 4) else 1 << 30
        before = _fill_tail(codes, start, cut[1], loss, state, tail)
        opened = _left_open(codes, start, cut[1])
        blind = not below(state, 4)  # brackets are lost
        if blind:
            opened = 0
        size = _side_features(_BROKEN, tail, before, opened, found)
        losses[1, 0] += _learn(weights, squares, found, size, 1)
        losses[1, 1] += 1
        after = _fill_head(codes, cut[2], end, loss, state, head)
        closed = 0 if blind else _closed_first(codes, cut[2], end)
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
            if not seam(codes, starts, low, high, state, other) or other[2] == cut[2]:
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
            begun = first[paragraph] + below(state, last[paragraph] - first[paragraph])
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


def train(sources: Sequence[Source], shares: Any, draws: int = DRAWS) -> bytes:
    """The weights learned from some sources, as a file (`continuity.to_bytes`).

    Only the `KEPT` weights of which most was seen stay: of all n-grams most are met once.

    Args:
        draws: places in all.
        shares: of each source in them; they sum up to one.
    """
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
    seen = np.abs(weights) * np.sqrt(squares - 1.0)
    seen[rounded == 0] = 0.0
    least = np.sort(seen)[-KEPT]
    kept = np.flatnonzero((seen >= least) & (seen > 0))
    return continuity.to_bytes(kept.tolist(), rounded[kept].tobytes())


def main() -> None:
    """Train on the folders given and write the weights where the package reads them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=continuity.WEIGHTS.parent)
    parser.add_argument("--draws", type=int, default=DRAWS)
    parser.add_argument("--steps", type=int, default=STEPS)
    options = parser.parse_args()
    paths = sorted(
        path
        for folder in options.folders
        for path in folder.iterdir()
        if path.name.endswith((".txt", ".txt.xz"))
    )
    sources = [source for source in map(read, paths) if source.codes.size]
    # By the square root of the size, so that a large source does not drown the others.
    shares = np.array([np.sqrt(source.codes.size) for source in sources])
    shares /= shares.sum()
    for name, data in (
        (continuity.WEIGHTS.name, train(sources, shares, options.draws)),
        (encoder.WEIGHTS.name, train_encoders(sources, shares, options.steps)),
    ):
        (options.output / name).write_bytes(data)
        print(f"{options.output / name}: {len(data)} bytes")


if __name__ == "__main__":
    main()
