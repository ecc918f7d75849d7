"""The model of gaps (`textclean.dedup.kernels.evidence.gaps`): is something lost between two texts?

Learnt from folds of clean prose, as the search for copies reads it, two to eight characters of
which are left out: the two stretches that meet there are examples of a loss, those that meet before
or behind what is left out are examples of none. Of marks beside the gap each stays as often as not.
A first pass says which features are worth a place, a second gives them their weights.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import numpy as np

from textclean.dedup.kernels.evidence.gaps import BEGINS, ENDS, FIELDS, MARK, symbol_of
from textclean.dedup.kernels.folding import CLAUSE, LIST, OPENS, SPACE, fold_texts
from textclean.dedup.kernels.language import GAP_BITS, GAP_TEMPLATES, GAPS
from textclean.models.hashing import hash_window
from textclean.models.linear import to_bytes
from tools.command import Folders
from tools.training.compiling import compiled
from tools.training.corpus import documents, files, is_held_out
from tools.training.linear import YES_OR_NO_STEP, flat, most_seen
from tools.training.seam_samples import below
from tools.training.tables import write

#: Weights are counted in this part of a nat; how many are kept.
SCALE, KEPT = 16, 700_000
#: Characters that are left out, and that stay at either end of a text.
LEAST, MOST, REST = 2, 8, 3
#: Shorter texts teach nothing.
SHORTEST = 24
#: The sources take turns.
TURNS = 40
_MARKS = LIST | CLAUSE | SPACE | OPENS
_SEED = 20261130


class Source(NamedTuple):
    """Folds of the texts of one file."""

    codes: Any
    marks: Any
    begins: Any
    ends: Any


def read(path: Path, characters: int) -> Source:
    """The folds of the documents of a file that are not held out."""
    texts: list[str] = []
    for document in documents(path):
        if not is_held_out(document):
            texts += [text for text in document if len(text) >= SHORTEST]
            characters -= sum(map(len, document))
        if characters < 0:
            break
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32)
    folds = fold_texts(codes, np.cumsum([0, *map(len, texts)]))[0]
    long = folds.ends - folds.begins >= SHORTEST
    return Source(folds.codes, folds.marks, folds.begins[long], folds.ends[long])


@compiled
def fill(codes: Any, left: Any, first: Any, right: Any, last: Any, mark: Any, window: Any) -> None:
    """Write what `lost_between` sees of two stretches."""
    for field in range(MARK):
        at = left - 1 - field
        window[field] = symbol_of(codes[at]) if at >= first else BEGINS
    window[MARK] = mark
    for field in range(MARK + 1, FIELDS):
        at = right + field - MARK - 1
        window[field] = symbol_of(codes[at]) if at < last else ENDS


@compiled
def _learn(
    window: Any, templates: Any, label: Any, kept: Any, out: Any, weights: Any, squares: Any
) -> Any:
    """A step on one example; returns the loss before it. Only features that are `kept` count."""
    seeds, starts, fields, mix = templates
    size = hash_window(window, seeds[0], starts, fields, mix, out)
    total = 0.0
    for at in range(size):
        out[at] >>= 32 - GAP_BITS
        if kept[out[at]]:
            total += weights[out[at]]
    chance = 1.0 / (1.0 + np.exp(-total))
    slope = chance - label
    for at in range(size):
        if kept[out[at]]:
            squares[out[at]] += slope * slope
            weights[out[at]] -= YES_OR_NO_STEP * slope / np.sqrt(squares[out[at]])
    return -np.log(max(chance if label else 1.0 - chance, 1e-9))


@compiled
def _train(
    templates: Any, source: Any, draws: Any, state: Any, kept: Any, weights: Any, squares: Any
) -> Any:
    """Learn from `draws` texts of one source; the mean loss."""
    codes, marks, begins, ends = source
    window, out = np.zeros(FIELDS, np.int64), np.zeros(64, np.int64)
    loss = 0.0
    for _ in range(draws):
        text = below(state, begins.size)
        begin, end = begins[text], ends[text]
        size = LEAST + below(state, MOST - LEAST + 1)
        at = begin + REST + below(state, end - begin - size - 2 * REST)
        before, behind = marks[at] & _MARKS, marks[at + size] & _MARKS
        whole = at if below(state, 2) else at + size
        fill(codes, whole, begin, whole, end, marks[whole] & _MARKS, window)
        loss += _learn(window, templates, 0, kept, out, weights, squares)
        mark = before * below(state, 2) | behind * below(state, 2)
        fill(codes, at, begin, at + size, end, mark, window)
        loss += _learn(window, templates, 1, kept, out, weights, squares)
    return loss / max(1, 2 * draws)


def run(
    folders: Folders,
    output: Path = GAPS.path,
    draws: Annotated[int, "texts; a million take some seconds"] = 50_000_000,
    characters: Annotated[int, "of each file"] = 40_000_000,
) -> None:
    """Train on the folders given, and write the weights."""
    sources = [read(path, characters) for path in files(folders)]
    shares = np.sqrt([source.codes.size for source in sources])
    shares /= shares.sum()
    state = np.array([_SEED], np.uint64)
    size = 1 << GAP_BITS
    kept, weights = np.ones(size, np.bool_), np.zeros(size, np.float32)
    learn = partial(_train, flat(GAP_TEMPLATES))
    for share_of_draws in (1.0, 0.6):
        squares = np.ones(size, np.float32)
        for turn in range(TURNS):
            losses = [
                learn(source, int(draws * share_of_draws * share / TURNS) + 1, state, kept,
                      weights, squares)
                for source, share in zip(sources, shares, strict=True)
            ]  # fmt: skip
            if turn % 8 == 7:
                said = ", ".join(f"{loss:.4f}" for loss in losses)
                print(f"{turn + 1} of {TURNS}: loss of each file {said}", flush=True)
        indices, values = most_seen(weights, squares, SCALE, KEPT)
        kept[:] = False
        kept[indices] = True
        weights[~kept] = 0
    write(output, to_bytes(indices, values, GAPS.kind, GAP_BITS))
