"""Training of the models of continuity: ``python -m tools.training.layout FOLDER…``.

Any folder of plain text will do (`tools.training.layout_samples` says which form it has). The
same text gives the same weights. Trained are the weights of `continuity`, here, then those of
`clauses` on top of it (`tools.training.clauses`) and the encoders (`tools.training.encoder`).

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

from textclean.layout import clause_model as clauses
from textclean.layout import encoder
from textclean.layout import seam_model as continuity
from textclean.layout.seam_model import BITS, REACH, SCALE
from tools.training.clauses import train_clauses
from tools.training.encoder import STEPS, train_encoders
from tools.training.layout_samples import Source, bare_end, below, compiled, kept, learn, read, seam
from tools.training.seam_features import (
    BEGUN,
    BROKEN,
    MOST,
    closed_first,
    fill_head,
    fill_tail,
    join_features,
    left_open,
    side_features,
)  # fmt: skip

#: Places drawn; on one processor a million take some seconds.
DRAWS = 24_000_000
#: Weights that are kept.
KEPT = 700_000
_SEED = 20240229


@compiled
def _train(
    codes: Any, starts: Any, first: Any, last: Any, draws: Any, state: Any, weights: Any,
    squares: Any, losses: Any,
) -> None:  # fmt: skip
    """Learn from `draws` places of one source; `losses` gathers loss and number by question."""
    tail, head = np.zeros(REACH, np.uint32), np.zeros(REACH, np.uint32)
    found = np.zeros(MOST, np.int64)
    cut, other = np.zeros(3, np.int64), np.zeros(3, np.int64)
    for _ in range(draws):
        if not seam(codes, starts, 0, codes.size, state, cut):
            continue
        paragraph = cut[0]
        start, end = starts[paragraph], starts[paragraph + 1]
        loss = 2 if not below(state, 4) else 1 << 30
        before = fill_tail(codes, start, cut[1], loss, state, tail)
        opened = left_open(codes, start, cut[1])
        blind = not below(state, 4)  # brackets are lost
        if blind:
            opened = 0
        size = side_features(BROKEN, tail, before, opened, found)
        losses[1, 0] += learn(weights, squares, found, size, 1, 0.0)
        losses[1, 1] += 1
        after = fill_head(codes, cut[2], end, loss, state, head)
        closed = 0 if blind else closed_first(codes, cut[2], end)
        size = join_features(tail, before, head, after, opened, closed, found)
        losses[0, 0] += learn(weights, squares, found, size, 1, 0.0)
        losses[0, 1] += 1
        size = side_features(BEGUN, head, after, closed, found)
        losses[2, 0] += learn(weights, squares, found, size, 1, 0.0)
        losses[2, 1] += 1
        # Heads of other places: of this document, then of any.
        for kind in range(2):
            low = starts[first[paragraph]] if kind == 0 else 0
            high = starts[last[paragraph]] if kind == 0 else codes.size
            if not seam(codes, starts, low, high, state, other) or other[2] == cut[2]:
                continue
            stop = starts[other[0] + 1]
            after = fill_head(codes, other[2], stop, loss, state, head)
            closed = 0 if blind else closed_first(codes, other[2], stop)
            size = join_features(tail, before, head, after, opened, closed, found)
            losses[0, 0] += learn(weights, squares, found, size, 0, 0.0)
            losses[0, 1] += 1
        # What follows the paragraph: as another head, and behind the end of this one.
        begun = paragraph + 1
        if begun >= last[paragraph]:
            begun = first[paragraph] + below(state, last[paragraph] - first[paragraph])
        stop = starts[begun + 1]
        after = fill_head(codes, starts[begun], stop, 1 << 30, state, head)
        closed = 0 if blind else closed_first(codes, starts[begun], stop)
        size = join_features(tail, before, head, after, opened, closed, found)
        losses[0, 0] += learn(weights, squares, found, size, 0, 0.0)
        losses[0, 1] += 1
        size = side_features(BEGUN, head, after, closed, found)
        losses[2, 0] += learn(weights, squares, found, size, 0, 0.0)
        losses[2, 1] += 1
        bare = bare_end(codes, start, end)
        if bare - start < 4:
            continue
        before = fill_tail(codes, start, bare, loss, state, tail)
        opened = 0 if blind else left_open(codes, start, bare)
        size = side_features(BROKEN, tail, before, opened, found)
        losses[1, 0] += learn(weights, squares, found, size, 0, 0.0)
        losses[1, 1] += 1
        size = join_features(tail, before, head, after, opened, closed, found)
        losses[0, 0] += learn(weights, squares, found, size, 0, 0.0)
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
    return continuity.to_bytes(*kept(weights, squares, SCALE, KEPT))


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
    joints = train(sources, shares, options.draws)
    (options.output / continuity.WEIGHTS.name).write_bytes(joints)
    known = continuity.load(options.output / continuity.WEIGHTS.name)
    for name, data in (
        (continuity.WEIGHTS.name, joints),
        (clauses.WEIGHTS.name, train_clauses(sources, shares, known, options.draws * 2 // 3)),
        (encoder.WEIGHTS.name, train_encoders(sources, shares, options.steps)),
    ):
        (options.output / name).write_bytes(data)
        print(f"{options.output / name}: {len(data)} bytes")


if __name__ == "__main__":
    main()
