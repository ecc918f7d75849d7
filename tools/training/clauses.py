"""Training of `textclean.layout.clause_model`, on top of `textclean.layout.seam_model`.

True ends are random places inside sentences; against each stands the end of its paragraph, without
the marks it ends with. What continuity says of an end is where its log-odds start, so the weights
learn what it does not know. Commas are sometimes lost, as they are in damaged text. Logistic loss,
AdaGrad, one pass of random places; weights are rounded to ``1 / SCALE``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from textclean.layout import clause_model as clauses
from textclean.layout.seam_model import BITS, REACH, SCALE, Weights, to_bytes
from tools.training.layout_samples import (
    COMMA,
    Source,
    among,
    bare_end,
    below,
    compiled,
    kept,
    learn,
    seam,
)
from tools.training.seam_features import BROKEN, MOST, fill_tail, left_open, side_features

#: Places drawn.
DRAWS = 16_000_000
#: Weights that are kept.
KEPT = 200_000
_SEED = 20240301

_ENDS = np.array(list(map(ord, clauses.ENDS)), np.uint32)
_OPENERS = np.array(list(map(ord, clauses.OPENERS)), np.uint32)
_LIST = ord("、")
# numba knows no attributes of modules.
_CLAUSE, _NEAR, _TRAIL, _SHIFT = clauses.CLAUSE, clauses.NEAR, clauses.TRAIL, 32 - clauses.BITS
_BIAS, _SHAPE, _OPENED = clauses.BIAS, clauses.SHAPE, clauses.OPENED
_OPENED_LAST, _TRAILS, _LISTED = clauses.OPENED_LAST, clauses.TRAILS, clauses.LISTED


@compiled
def _mix(value: Any, symbol: Any) -> Any:
    mixed = np.uint32((value ^ np.uint32(symbol)) * np.uint32(0x85EBCA6B))
    return mixed ^ (mixed >> np.uint32(15))


@compiled
def _kind(kind: Any) -> Any:
    return np.uint32((kind + 1) * 0x9E3779B1 & 0xFFFFFFFF)


@compiled
def _place(value: Any) -> Any:
    return np.int64(np.uint32(value * np.uint32(0xC2B2AE35)) >> np.uint32(_SHIFT))


@compiled
def _pair(near: Any, at: Any) -> Any:
    one, other = near[at], near[at + 1]
    if 0x3400 <= one <= 0x9FFF and 0x3400 <= other <= 0x9FFF:
        return np.uint32(one << np.uint32(16) | other)
    return np.uint32(0)


@compiled
def near_end(codes: Any, start: Any, end: Any, loss: Any, state: Any, near: Any) -> Any:
    """The characters before `end` into `near`, in order: how many. One in `loss` commas is lost."""
    at, size = end - 1, 0
    while at >= start and size < _CLAUSE:
        if codes[at] != COMMA or below(state, loss):
            near[size] = codes[at]
            size += 1
        at -= 1
    for one in range(size // 2):
        near[one], near[size - 1 - one] = near[size - 1 - one], near[one]
    return size


@compiled
def places(near: Any, size: Any, found: Any) -> Any:
    """The places of the features of `clauses.broken_score`, into `found`: how many."""
    start = size
    while start and not among(near[start - 1], _ENDS):
        start -= 1
    listing = 0
    for at in range(start, size):
        if near[at] == _LIST:
            listing = 2 if at == size - 1 else 1
    long = size - start
    length = int(long > 2) + int(long > 4) + int(long > 8) + int(long > 14) + int(long > 20)
    found[0] = _place(_kind(_BIAS))
    found[1] = _place(_mix(_mix(_kind(_SHAPE), listing), length))
    number = 2
    last = _pair(near, size - 2) if long > 1 else np.uint32(0)
    for at in range(max(start, size - _NEAR), size):
        if among(near[at], _OPENERS):
            found[number] = _place(_mix(_mix(_kind(_OPENED), near[at]), min((size - at) // 2, 7)))
            number += 1
            if last:
                found[number] = _place(_mix(_mix(_kind(_OPENED_LAST), near[at]), last))
                number += 1
    for back in range(min(_TRAIL, long - 1)):
        pair = _pair(near, size - 2 - back)
        if pair:
            found[number] = _place(_mix(_mix(_kind(_TRAILS), pair), back))
            number += 1
            if listing:
                found[number] = _place(_mix(_mix(_kind(_LISTED), pair), back))
                number += 1
    return number


@compiled
def _train(
    codes: Any, starts: Any, draws: Any, state: Any, known: Any, weights: Any, squares: Any,
    losses: Any,
) -> None:  # fmt: skip
    """Learn from `draws` places of one source; `losses` gathers loss and number."""
    tail, near = np.zeros(REACH, np.uint32), np.zeros(_CLAUSE, np.uint32)
    found, before = np.zeros(96, np.int64), np.zeros(MOST, np.int64)
    cut = np.zeros(3, np.int64)
    for _ in range(draws):
        if not seam(codes, starts, 0, codes.size, state, cut):
            continue
        start, stop = starts[cut[0]], cut[1]
        loss = 2 if not below(state, 4) else 1 << 30
        blind = not below(state, 4)  # brackets are lost
        for label in (1, 0):
            if not label:
                stop = bare_end(codes, start, starts[cut[0] + 1])
                if stop - start < 4:
                    continue
            length = fill_tail(codes, start, stop, 1 << 30, state, tail)
            opened = 0 if blind else left_open(codes, start, stop)
            size = side_features(BROKEN, tail, length, opened, before)
            total = 0.0
            for at in range(size):
                total += known[before[at]]
            size = places(near, near_end(codes, start, stop, loss, state, near), found)
            losses[0] += learn(weights, squares, found, size, label, total)
            losses[1] += 1


def train_clauses(
    sources: Sequence[Source], shares: Any, continuity: Weights, draws: int = DRAWS
) -> bytes:
    """The weights learned from some sources on top of those of continuity, as a file.

    Args:
        shares: of each source in the places; they sum up to one.
        continuity: what is known already.
        draws: places in all.
    """
    known = np.zeros(1 << BITS, np.float32)
    indices, values = continuity.items()
    known[indices] = np.array(values, np.float32) / SCALE
    weights = np.zeros(1 << clauses.BITS, np.float32)
    squares = np.ones(1 << clauses.BITS, np.float32)
    state = np.array([_SEED], np.uint64)
    rounds = 40  # the sources take turns, so that none has the last word
    for turn in range(rounds):
        losses = np.zeros(2)
        for (codes, starts, _, _), share in zip(sources, shares, strict=True):
            number = int(draws * share / rounds) + 1
            _train(codes, starts, number, state, known, weights, squares, losses)
        if turn % 8 == 7:
            print(
                f"{turn + 1} of {rounds}: loss of clauses {losses[0] / losses[1]:.4f}", flush=True
            )
    return to_bytes(*kept(weights, squares, SCALE, KEPT), clauses.KIND, clauses.BITS)
