"""The model of seams (`textclean.layout.seam_model`): join, broken, begun.

True seams are random places inside sentences. Against each stand, for *join*: the head of another
such place of the same document, one of another document, the beginning of the paragraph that
follows, and a text that was whole (a headline; a paragraph whose full stop is gone) with what
follows it. Commas and brackets near the seam are sometimes lost, as they are in damaged text. One
pass of random places; weights are rounded to ``1 / SCALE``.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Any

import numpy as np

from textclean.layout import seam_model
from textclean.layout.seam_model import BRACKET_REACH, BRACKETS, MODEL, REACH
from textclean.models.hashing import MISSING
from textclean.models.linear import to_bytes
from tools.command import Folders
from tools.training.compiling import compiled
from tools.training.corpus import ByTwoLines
from tools.training.linear import flat, learn_window
from tools.training.seam_samples import WHOLE, bare_end, below, fill, learn_by_turns, seam
from tools.training.tables import write

#: Weights that are kept, of those that have a place in a table of so many bits.
KEPT, BITS = 700_000, 24
_SEED = 20240229
_PAIRS = np.array([list(map(ord, pair)) for pair in BRACKETS], np.uint32)


@compiled
def _brackets(codes: Any, at: Any, step: Any, low: Any, high: Any) -> Any:
    """As `seam_model.Tail.open`, from its end back, or `seam_model.Head.closed`, from its start."""
    near, far = (1, 0) if step < 0 else (0, 1)
    bits = 0
    for bit in range(_PAIRS.shape[0]):
        for distance in range(BRACKET_REACH):
            place = at + step * distance
            if not low <= place < high or codes[place] == _PAIRS[bit, near]:
                break
            if codes[place] == _PAIRS[bit, far]:
                bits |= 1 << bit
                break
    return bits


@compiled
def fill_side(
    codes: Any, start: Any, end: Any, step: Any, loss: Any, blind: Any, state: Any, side: Any
) -> None:
    """What `seam_model.tail_of` (step -1) or `seam_model.head_of` (1) says of ``codes[start:end]``.

    One in `loss` commas is left out; `blind`: brackets are lost.
    """
    at = start if step > 0 else end - 1
    side[:REACH] = MISSING
    fill(codes, at, step, start, end, loss, state, side[:REACH])
    side[REACH] = 0 if blind else _brackets(codes, at, step, start, end)


@compiled
def _train(
    joins: Any, brokens: Any, beguns: Any, source: Any, draws: Any, state: Any, weights: Any,
    squares: Any, losses: Any,
) -> None:  # fmt: skip
    """Learn from `draws` places of one source; `losses` gathers loss and number by question."""
    codes, starts, first, last = source
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
        fill_side(codes, start, cut[1], -1, loss, False, state, tail)
        blind = not below(state, 4)
        if blind:
            tail[REACH] = 0
        learn_window(tail, brokens, out, BITS, 1, 0.0, weights, squares, losses[1])
        fill_side(codes, cut[2], end, 1, loss, blind, state, head)
        learn_window(window, joins, out, BITS, 1, 0.0, weights, squares, losses[0])
        learn_window(head, beguns, out, BITS, 1, 0.0, weights, squares, losses[2])
        # Heads of other places: of this document, then of any.
        for kind in range(2):
            low = starts[first[paragraph]] if kind == 0 else 0
            high = starts[last[paragraph]] if kind == 0 else codes.size
            if seam(codes, starts, low, high, state, other) and other[2] != cut[2]:
                stop = starts[other[0] + 1]
                fill_side(codes, other[2], stop, 1, loss, blind, state, head)
                learn_window(window, joins, out, BITS, 0, 0.0, weights, squares, losses[0])
        # What follows the paragraph: as another head, and behind the end of this one.
        begun = paragraph + 1
        if begun >= last[paragraph]:
            begun = first[paragraph] + below(state, last[paragraph] - first[paragraph])
        stop = starts[begun + 1]
        fill_side(codes, starts[begun], stop, 1, WHOLE, blind, state, head)
        learn_window(window, joins, out, BITS, 0, 0.0, weights, squares, losses[0])
        learn_window(head, beguns, out, BITS, 0, 0.0, weights, squares, losses[2])
        bare = bare_end(codes, start, end)
        if bare - start < 4:
            continue
        fill_side(codes, start, bare, -1, loss, blind, state, tail)
        learn_window(tail, brokens, out, BITS, 0, 0.0, weights, squares, losses[1])
        learn_window(window, joins, out, BITS, 0, 0.0, weights, squares, losses[0])


def run(
    folders: Folders,
    output: Path = MODEL.path,
    split: ByTwoLines = "line",
    draws: Annotated[int, "places; a million take some seconds"] = 24_000_000,
) -> None:
    """Train on the folders given, and write the weights."""
    templates = map(flat, (seam_model.JOIN, seam_model.BROKEN, seam_model.BEGUN))
    learn = partial(_train, *templates)
    questions = ("join", "broken", "begun")
    weights = learn_by_turns(learn, folders, split, draws, _SEED, BITS, KEPT, questions)
    write(output, to_bytes(*weights, MODEL.kind, BITS))
