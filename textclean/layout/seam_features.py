"""The features of `textclean.layout.continuity` over arrays of code points, compiled, for training.

They are the same, number for number (a test holds the two together); only commas may be left out of
a window, as damaged text loses them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from textclean.layout.continuity import (
    ACROSS,
    BITS,
    BRACKET_REACH,
    BRACKETS,
    FRAME,
    REACH,
    SKIPS,
)
from textclean.layout.sampling import COMMA, among, below, compiled

_PAIRS = np.array([list(map(ord, pair)) for pair in BRACKETS], np.uint32)
_ACROSS = np.array(ACROSS, np.int64)
_SKIPS = np.array(SKIPS, np.int64)
_CLAUSE_END = np.array(list(map(ord, "，。；：！？")), np.uint32)
_CLOSERS = np.array(list(map(ord, "”’）》」』】")), np.uint32)
_CONJUNCTION = np.array(list(map(ord, "及和与等")), np.uint32)
_LISTING = ord("、")
# Numbers of the kinds of features, as `continuity` counts them.
_SKIP, _LEFT = len(ACROSS), len(ACROSS) + len(SKIPS)
_RIGHT = _LEFT + 4
_OPEN = _RIGHT + 5
_CLAUSE, _FRAME = _OPEN + 1, _OPEN + 2
_BIAS, BROKEN, BEGUN = _OPEN + 4, _OPEN + 5, _OPEN + 10
#: Features of an example, at most.
MOST = 96


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
    """The head's characters from `start`, into `window`: how many; as `fill_tail`."""
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
def _steps(size: Any) -> Any:
    return (size > 3) + (size > 8) + (size > 16)


@compiled
def last_clause(codes: Any, start: Any, end: Any) -> Any:
    """As `continuity.Tail.clause`."""
    at = end - 1
    lists = 0
    low = max(start, end - BRACKET_REACH)
    while at >= low and not among(codes[at], _CLAUSE_END):
        if codes[at] == _LISTING:
            lists = 1
        at -= 1
    return _steps(end - 1 - at) | lists << 2


@compiled
def first_clause(codes: Any, start: Any, end: Any) -> Any:
    """As `continuity.Head.clause`."""
    at = start
    lists = joins = 0
    high = min(end, start + BRACKET_REACH)
    while at < high and not among(codes[at], _CLAUSE_END):
        if codes[at] == _LISTING:
            lists = 1
        elif among(codes[at], _CONJUNCTION):
            joins = 1
        at += 1
    return _steps(at - start) | lists << 2 | joins << 3


@compiled
def _is_word(one: Any, two: Any) -> Any:
    return 0x3400 <= one <= 0x9FFF and 0x3400 <= two <= 0x9FFF


@compiled
def fill_words(codes: Any, start: Any, end: Any, words: Any) -> Any:
    """As `continuity.Tail.words`, into the rows of `words`: how many."""
    low = max(start, end - FRAME)
    at = end - 1
    while at >= low and not among(codes[at], _CLAUSE_END):
        at -= 1
    size = 0
    for place in range(at + 1, end - 1):
        if _is_word(codes[place], codes[place + 1]):
            words[size, 0], words[size, 1] = codes[place], codes[place + 1]
            size += 1
    return size


@compiled
def fill_edges(codes: Any, start: Any, end: Any, edges: Any) -> None:
    """As `continuity.Head.edges`."""
    edges[:] = 0
    at = start
    high = min(end, start + BRACKET_REACH)
    while at < high and not among(codes[at], _CLAUSE_END):
        at += 1
    if at - start >= 2 and _is_word(codes[start], codes[start + 1]):
        edges[0, 0], edges[0, 1] = codes[start], codes[start + 1]
    while at > start and among(codes[at - 1], _CLOSERS):
        at -= 1
    if 3 <= at - start <= 2 * FRAME and _is_word(codes[at - 2], codes[at - 1]):
        edges[1, 0], edges[1, 1] = codes[at - 2], codes[at - 1]


@compiled
def join_features(
    tail: Any,
    before: Any,
    head: Any,
    after: Any,
    opened: Any,
    closed: Any,
    clauses: Any,
    words: Any,
    number: Any,
    edges: Any,
    found: Any,
) -> Any:
    """Indices of the features of a seam, into `found`: how many."""
    scratch = np.zeros(4, np.uint32)
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
    scratch[0], scratch[1] = clauses[0], clauses[1]
    found[size + 1] = _hash(_CLAUSE, scratch, 0, 2, head, 0)
    size += 2
    for edge in range(2):
        if edges[edge, 0] == 0:
            continue
        scratch[2], scratch[3] = edges[edge]
        for word in range(number):
            scratch[0], scratch[1] = words[word]
            found[size] = _hash(_FRAME + edge, scratch, 0, 4, head, 0)
            size += 1
    return size


@compiled
def side_features(family: Any, window: Any, length: Any, bits: Any, clause: Any, found: Any) -> Any:
    """Indices of the features of one side alone, into `found`: how many."""
    scratch = np.zeros(2, np.uint32)
    scratch[1] = bits
    found[0] = _hash(family, window, 0, 0, window, 0)
    found[1] = _hash(family, scratch, 0, 2, window, 0)
    scratch[0], scratch[1] = 1, clause
    found[2] = _hash(family, scratch, 0, 2, window, 0)
    for size in range(1, length + 1):
        found[2 + size] = _hash(family + size, window, 0, size, window, 0)
    return length + 3
