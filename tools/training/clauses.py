"""The model of last clauses (`textclean.layout.clause_model`), on top of that of seams.

True ends are random places inside sentences; against each stands the end of its paragraph, without
the marks it ends with. What the model of seams says of an end is where its log-odds start, so the
weights learn what it does not know. Commas are sometimes lost, as they are in damaged text. One
pass of random places; weights are rounded to ``1 / SCALE``.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Any

import numpy as np

from textclean.layout import clause_model, seam_model
from textclean.layout.clause_model import CLAUSE, MODEL, WINDOW, fill_window
from textclean.layout.seam_model import BROKEN, REACH, SCALE
from textclean.models.hashing import MISSING, hash_window
from textclean.models.linear import load, to_bytes
from tools.command import Folders
from tools.training.compiling import compiled
from tools.training.corpus import ByTwoLines
from tools.training.linear import flat, learn_window
from tools.training.seam_samples import WHOLE, bare_end, below, fill, learn_by_turns, seam
from tools.training.seams import fill_side
from tools.training.tables import write

#: Weights that are kept, of those that have a place in a table of so many bits.
KEPT, BITS = 200_000, 22
_SEED = 20240301


@compiled
def near_end(codes: Any, start: Any, end: Any, loss: Any, state: Any, near: Any) -> Any:
    """The characters before `end` into `near`, in order: how many. One in `loss` commas is lost."""
    size = fill(codes, end - 1, -1, start, end, loss, state, near)
    near[:size] = near[:size][::-1].copy()
    return size


@compiled
def _train(
    brokens: Any, known: Any, shift: Any, templates: Any, source: Any, draws: Any, state: Any,
    weights: Any, squares: Any, losses: Any,
) -> None:  # fmt: skip
    """Learn from `draws` places of one source; `losses` gathers loss and number.

    Args:
        known: the weights of seams, by the bits of a hash above `shift`.
    """
    codes, starts, _, _ = source
    tail: Any = np.zeros(REACH + 1, np.int64)
    near: Any = np.zeros(CLAUSE, np.int64)
    window: Any = np.zeros(WINDOW, np.int64)
    out: Any = np.zeros(96, np.int64)
    cut = np.zeros(3, np.int64)
    for _ in range(draws):
        if not seam(codes, starts, 0, codes.size, state, cut):
            continue
        start, stop = starts[cut[0]], cut[1]
        loss = 2 if not below(state, 4) else WHOLE
        blind = not below(state, 4)
        for label in (1, 0):
            if not label:
                stop = bare_end(codes, start, starts[cut[0] + 1])
                if stop - start < 4:
                    continue
            fill_side(codes, start, stop, -1, WHOLE, blind, state, tail)
            size = hash_window(tail, brokens[0][0], brokens[1], brokens[2], brokens[3], out)
            total = 0.0
            for at in range(size):
                total += known[out[at] >> shift]
            window[:] = MISSING
            fill_window(near, near_end(codes, start, stop, loss, state, near), window)
            learn_window(window, templates, out, BITS, label, total, weights, squares, losses[0])


def run(
    folders: Folders,
    output: Path = MODEL.path,
    split: ByTwoLines = "line",
    draws: Annotated[int, "places"] = 16_000_000,
    seams: Annotated[Path, "the weights of seams"] = seam_model.MODEL.path,
) -> None:
    """Train on the folders given, and write the weights."""
    before = load(seams, seam_model.MODEL.kind)
    known = np.zeros(1 << before.bits, np.float32)
    indices, values = before.items()
    known[indices] = np.frombuffer(values, np.int8).astype(np.float32) / SCALE
    learn = partial(_train, flat(BROKEN), known, 32 - before.bits, flat(clause_model.TEMPLATES))
    weights = learn_by_turns(learn, folders, split, draws, _SEED, BITS, KEPT, ("broken",))
    write(output, to_bytes(*weights, MODEL.kind, BITS))
