"""The features of `textclean.layout.seam_model` over arrays of code points, compiled, for training.

They are the same, number for number (a test holds the two together); only commas may be left out of
a window, as damaged text loses them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from textclean.layout.seam_model import ACROSS, BITS, BRACKET_REACH, BRACKETS, REACH, SKIPS
from tools.training.layout_samples import COMMA, below, compiled

_PAIRS = np.array([list(map(ord, pair)) for pair in BRACKETS], np.uint32)
_ACROSS = np.array(ACROSS, np.int64)
_SKIPS = np.array(SKIPS, np.int64)
# Numbers of the kinds of features, as `continuity` counts them.
_SKIP, _LEFT = len(ACROSS), len(ACROSS) + len(SKIPS)
_RIGHT = _LEFT + 4
_OPEN = _RIGHT + 5
_BIAS, BROKEN, BEGUN = _OPEN + 1, _OPEN + 2, _OPEN + 7
MOST = 64  # features of an example, at most


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
def fill_tail(codes: Any, start: Any, end: Any, loss: Any, state: Any, window: Any) -> Any:
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
def fill_head(codes: Any, start: Any, end: Any, loss: Any, state: Any, window: Any) -> Any:
    """The head's characters from `start` on into `window`: how many."""
    size = 0
    at = start
    while at < end and size < REACH:
        if codes[at] != COMMA or below(state, loss):
            window[size] = codes[at]
            size += 1
        at += 1
    return size


@compiled
def left_open(codes: Any, start: Any, end: Any) -> Any:
    """As `continuity.Tail.open`."""
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
def closed_first(codes: Any, start: Any, end: Any) -> Any:
    """As `continuity.Head.closed`."""
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
def join_features(
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
def side_features(family: Any, window: Any, length: Any, bits: Any, found: Any) -> Any:
    """Indices of the features of one side alone, into `found`: how many."""
    scratch = np.zeros(2, np.uint32)
    scratch[1] = bits
    found[0] = _hash(family, window, 0, 0, window, 0)
    found[1] = _hash(family, scratch, 0, 2, window, 0)
    for size in range(1, length + 1):
        found[1 + size] = _hash(family + size, window, 0, size, window, 0)
    return length + 2
