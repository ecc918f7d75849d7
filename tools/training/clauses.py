"""The model of last clauses (`textclean.layout.clause_model`), on top of that of seams.

True ends are random places inside sentences; against each stands the end of its paragraph, without
the marks it ends with. What the model of seams says of an end is where its log-odds start, so the
weights learn what it does not know. Commas are sometimes lost, as they are in damaged text. One
pass of random places; weights are rounded to ``1 / SCALE``.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from textclean.layout import clause_model, seam_model
from textclean.layout.clause_model import CLAUSE, MODEL, WINDOW, fill_window
from textclean.layout.seam_model import BROKEN, REACH, SCALE
from textclean.models.hashing import MISSING, hash_window
from textclean.models.linear import Weights, load, to_bytes
from tools.training.compiling import compiled
from tools.training.corpus import Split
from tools.training.linear import Rounded, flat, learn_window
from tools.training.seam_samples import (
    WHOLE,
    Source,
    bare_end,
    below,
    fill,
    learn_by_turns,
    read_sources,
    seam,
)
from tools.training.seams import fill_tail

OUTPUT, SHIPPED = MODEL.path, Split.TWO_LINES
OPTIONS = {
    "--draws": {"type": int, "default": 16_000_000, "help": "places drawn (%(default)s)"},
    "--seams": {"type": Path, "default": seam_model.MODEL.path, "help": "the weights of seams"},
}
#: Weights that are kept, of those that have a place in a table of so many bits.
KEPT, BITS = 200_000, 22
_SEED = 20240301


@compiled
def near_end(codes: Any, start: Any, end: Any, loss: Any, state: Any, near: Any) -> Any:
    """The characters before `end` into `near`, in order: how many. One in `loss` commas is lost."""
    size = fill(codes, end - 1, -1, start, end, loss, state, near)
    for one in range(size // 2):
        near[one], near[size - 1 - one] = near[size - 1 - one], near[one]
    return size


@compiled
def _train(
    codes: Any, starts: Any, brokens: Any, known: Any, shift: Any, templates: Any,
    draws: Any, state: Any, weights: Any, squares: Any, losses: Any,
) -> None:  # fmt: skip
    """Learn from `draws` places of one source; `losses` gathers loss and number.

    Args:
        known: the weights of seams, by the bits of a hash above `shift`.
    """
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
            fill_tail(codes, start, stop, WHOLE, blind, state, tail)
            size = hash_window(tail, brokens[0][0], brokens[1], brokens[2], brokens[3], out)
            total = 0.0
            for at in range(size):
                total += known[out[at] >> shift]
            window[:] = MISSING
            fill_window(near, near_end(codes, start, stop, loss, state, near), window)
            learn_window(window, templates, out, BITS, label, total, weights, squares, losses[0])


def train(sources: Sequence[Source], shares: Any, seams: Weights, draws: int) -> Rounded:
    """The weights learned from some sources.

    Args:
        shares: of each source in the places; they sum up to one.
        seams: what is known already.
        draws: places in all.
    """
    known = np.zeros(1 << seams.bits, np.float32)
    indices, values = seams.items()
    known[indices] = np.frombuffer(values, np.int8).astype(np.float32) / SCALE
    before = (flat(BROKEN), known, 32 - seams.bits, flat(clause_model.TEMPLATES))
    return learn_by_turns(
        lambda source, *rest: _train(source.codes, source.starts, *before, *rest),
        sources, shares, draws, _SEED, BITS, KEPT, ("broken",),
    )  # fmt: skip


def run(options: Namespace) -> None:
    """Train on the folders given, and write the weights."""
    seams = load(options.seams, seam_model.MODEL.kind)
    weights = train(*read_sources(options), seams, options.draws)
    options.output.write_bytes(to_bytes(*weights, MODEL.kind, BITS))
