"""The model of seams (`textclean.layout.seam_model`): join, broken, begun.

True seams are random places inside sentences. Against each stand, for *join*: the head of another
such place of the same document, one of another document, the beginning of the paragraph that
follows, and a text that was whole (a headline; a paragraph whose full stop is gone) with what
follows it. Commas and brackets near the seam are sometimes lost, as they are in damaged text. One
pass of random places; weights are rounded to ``1 / SCALE``.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

import numpy as np

from textclean.layout.seam_model import (
    BEGUN,
    BRACKET_REACH,
    BRACKETS,
    BROKEN,
    JOIN,
    MODEL,
    REACH,
    SCALE,
)
from textclean.models.hashing import MISSING, hash_window
from textclean.models.linear import to_bytes
from tools.training.compiling import compiled
from tools.training.corpus import Split
from tools.training.linear import Rounded, learn, most_seen
from tools.training.seam_samples import (
    COMMA,
    Source,
    bare_end,
    below,
    flat,
    read_sources,
    seam,
)

OUTPUT, SHIPPED = MODEL.path, Split.TWO_LINES
# On one processor a million places take some seconds.
OPTIONS = {"--draws": {"type": int, "default": 24_000_000, "help": "places drawn (%(default)s)"}}
#: Weights that are kept, of those that have a place in a table of so many bits.
KEPT, BITS = 700_000, 24
#: The sources take turns, so that none has the last word.
TURNS = 40
_SEED = 20240229
_PAIRS = np.array([list(map(ord, pair)) for pair in BRACKETS], np.uint32)
#: No comma is lost.
WHOLE = 1 << 30


@compiled
def fill_tail(codes: Any, start: Any, end: Any, loss: Any, state: Any, tail: Any) -> None:
    """The symbols of `seam_model.tail_of`, of ``codes[start:end]``, into `tail`.

    One in `loss` commas is left out.
    """
    tail[:REACH] = MISSING
    size, at = 0, end - 1
    while at >= start and size < REACH:
        if codes[at] != COMMA or below(state, loss):
            tail[size] = codes[at]
            size += 1
        at -= 1


@compiled
def fill_head(codes: Any, start: Any, end: Any, loss: Any, state: Any, head: Any) -> None:
    """The symbols of `seam_model.head_of`, of ``codes[start:end]``, into `head`."""
    head[:REACH] = MISSING
    size, at = 0, start
    while at < end and size < REACH:
        if codes[at] != COMMA or below(state, loss):
            head[size] = codes[at]
            size += 1
        at += 1


@compiled
def left_open(codes: Any, start: Any, end: Any) -> Any:
    """As `seam_model.Tail.open`."""
    bits = 0
    for bit in range(_PAIRS.shape[0]):
        for at in range(end - 1, max(start, end - BRACKET_REACH) - 1, -1):
            if codes[at] == _PAIRS[bit, 1]:
                break
            if codes[at] == _PAIRS[bit, 0]:
                bits |= 1 << bit
                break
    return bits


@compiled
def closed_first(codes: Any, start: Any, end: Any) -> Any:
    """As `seam_model.Head.closed`."""
    bits = 0
    for bit in range(_PAIRS.shape[0]):
        for at in range(start, min(end, start + BRACKET_REACH)):
            if codes[at] == _PAIRS[bit, 0]:
                break
            if codes[at] == _PAIRS[bit, 1]:
                bits |= 1 << bit
                break
    return bits


@compiled
def _learn(
    window: Any, templates: Any, out: Any, label: Any, weights: Any, squares: Any, losses: Any
) -> None:
    """Learn from one example; `losses` gathers loss and number."""
    seeds, starts, fields, mix = templates
    size = hash_window(window, seeds, starts, fields, mix, out)
    for at in range(size):
        out[at] >>= 32 - BITS
    losses[0] += learn(weights, squares, out, size, label, 0.0)
    losses[1] += 1


@compiled
def _train(
    codes: Any, starts: Any, first: Any, last: Any, draws: Any, state: Any, joins: Any,
    brokens: Any, beguns: Any, weights: Any, squares: Any, losses: Any,
) -> None:  # fmt: skip
    """Learn from `draws` places of one source; `losses` gathers loss and number by question."""
    window = np.zeros(2 * (REACH + 1), np.int64)
    tail, head = window[: REACH + 1], window[REACH + 1 :]
    out = np.zeros(64, np.int64)
    cut, other = np.zeros(3, np.int64), np.zeros(3, np.int64)
    for _ in range(draws):
        if not seam(codes, starts, 0, codes.size, state, cut):
            continue
        paragraph = cut[0]
        start, end = starts[paragraph], starts[paragraph + 1]
        loss = 2 if not below(state, 4) else WHOLE
        fill_tail(codes, start, cut[1], loss, state, tail)
        blind = not below(state, 4)  # brackets are lost
        tail[REACH] = 0 if blind else left_open(codes, start, cut[1])
        _learn(tail, brokens, out, 1, weights, squares, losses[1])
        fill_head(codes, cut[2], end, loss, state, head)
        head[REACH] = 0 if blind else closed_first(codes, cut[2], end)
        _learn(window, joins, out, 1, weights, squares, losses[0])
        _learn(head, beguns, out, 1, weights, squares, losses[2])
        # Heads of other places: of this document, then of any.
        for kind in range(2):
            low = starts[first[paragraph]] if kind == 0 else 0
            high = starts[last[paragraph]] if kind == 0 else codes.size
            if seam(codes, starts, low, high, state, other) and other[2] != cut[2]:
                stop = starts[other[0] + 1]
                fill_head(codes, other[2], stop, loss, state, head)
                head[REACH] = 0 if blind else closed_first(codes, other[2], stop)
                _learn(window, joins, out, 0, weights, squares, losses[0])
        # What follows the paragraph: as another head, and behind the end of this one.
        begun = paragraph + 1
        if begun >= last[paragraph]:
            begun = first[paragraph] + below(state, last[paragraph] - first[paragraph])
        stop = starts[begun + 1]
        fill_head(codes, starts[begun], stop, WHOLE, state, head)
        head[REACH] = 0 if blind else closed_first(codes, starts[begun], stop)
        _learn(window, joins, out, 0, weights, squares, losses[0])
        _learn(head, beguns, out, 0, weights, squares, losses[2])
        bare = bare_end(codes, start, end)
        if bare - start < 4:
            continue
        fill_tail(codes, start, bare, loss, state, tail)
        tail[REACH] = 0 if blind else left_open(codes, start, bare)
        _learn(tail, brokens, out, 0, weights, squares, losses[1])
        _learn(window, joins, out, 0, weights, squares, losses[0])


def train(sources: Sequence[Source], shares: Any, draws: int) -> Rounded:
    """The weights learned from some sources.

    Args:
        draws: places in all.
        shares: of each source in them; they sum up to one.
    """
    weights = np.zeros(1 << BITS, np.float32)
    squares = np.ones(1 << BITS, np.float32)
    state = np.array([_SEED], np.uint64)
    templates = [flat(each) for each in (JOIN, BROKEN, BEGUN)]
    for turn in range(TURNS):
        losses = np.zeros((3, 2))
        for source, share in zip(sources, shares, strict=True):
            number = int(draws * share / TURNS) + 1
            _train(*source, number, state, *templates, weights, squares, losses)
        if turn % 8 == 7:
            join, broken, begun = losses[:, 0] / np.maximum(losses[:, 1], 1)
            print(
                f"{turn + 1} of {TURNS}: loss of join {join:.4f}, broken {broken:.4f}, "
                f"begun {begun:.4f}", flush=True,
            )  # fmt: skip
    return most_seen(weights, squares, SCALE, KEPT)


def run(options: Namespace) -> None:
    """Train on the folders given, and write the weights."""
    weights = train(*read_sources(options), options.draws)
    options.output.write_bytes(to_bytes(*weights, MODEL.kind, BITS))
