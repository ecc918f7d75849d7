"""Training of linear models (`textclean.models.linear`): which features get a weight, and which.

Two ways of learning, both by AdaGrad in a fixed order, so that the same data give the same weights.
*Choices* (quotes, ends): a *group* is some candidates of which one is right, each described by one
or more windows; a candidate's logit is the sum of the weights of all features of its windows, and
the loss is the cross entropy of the softmax over the group. Features are counted first, and of
those that share a row of the table the one seen most gets it. *Yes or no* (seams, clauses):
logistic loss of one example after the other; of all weights those are kept of which most was seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Annotated, Any, NamedTuple, TypeVar

import numpy as np

from textclean.models.hashing import hash_window
from textclean.models.linear import SCALE, Templates
from tools.training.compiling import compiled
from tools.training.corpus import Document, documents, files, is_held_out
from tools.training.optimising import adagrad

Array = Any
Example = TypeVar("Example")
#: The option of the commands of choices, and its default.
Each = Annotated[int, "examples of each file"]
EACH = 60_000
#: Indices as in a table of weights, and the weight of each as a signed byte.
Rounded = tuple[list[int], bytes]

#: Rows of the table of choices; a row's feature is told by the bits of its hash behind these.
ROW_BITS, FINGERPRINT_BITS = 19, 8
BITS = ROW_BITS + FINGERPRINT_BITS
_FINGERPRINT = (1 << FINGERPRINT_BITS) - 1
#: Features seen less often than this get no row.
FEWEST = 3
#: Step of AdaGrad, weight decay at every step of a feature, and epochs.
STEP, DECAY, EPOCHS = 0.1, 1e-4, 2
#: Step of AdaGrad for yes or no.
YES_OR_NO_STEP = 0.08


class Groups(NamedTuple):
    """Choices as columns."""

    #: [windows, fields] uint32.
    windows: Array
    #: The base of each window's templates.
    bases: Array
    #: Where each candidate's windows start, and the end.
    candidates: Array
    #: Where each group's candidates start, and the end.
    groups: Array
    #: The place, within its group, of the candidate that is right.
    truth: Array


def flat(templates: Templates) -> tuple[Any, ...]:
    """Templates as compiled loops take them (`hash_window`), with the seeds of all bases."""
    columns = (templates.seeds, templates.starts, templates.fields)
    return (*(np.array(column, np.int64) for column in columns), tuple(templates.mix))


@compiled
def _count(
    windows: Array, bases: Array, seeds: Array, starts: Array, fields: Array, mix: Any,
    counts: Array,
) -> None:  # fmt: skip
    out: Any = np.empty(starts.size - 1, np.int64)
    for row in range(windows.shape[0]):
        size = hash_window(windows[row], seeds[bases[row]], starts, fields, mix, out)
        for at in range(size):
            counts[out[at] >> (32 - BITS)] += 1


@compiled
def _learn(
    windows: Array, bases: Array, candidates: Array, groups: Array, truth: Array, order: Array,
    seeds: Array, starts: Array, fields: Array, mix: Any, prints: Array, used: Array,
    values: Array, squares: Array,
) -> Any:  # fmt: skip
    loss = 0.0
    features = starts.size - 1
    out: Any = np.empty(features, np.int64)
    logits = np.empty(2048, np.float64)
    rows = np.empty((4096, features), np.int32)
    for g in order:
        first, last = groups[g], groups[g + 1]
        origin = candidates[first]
        best = -1e30
        for c in range(first, last):
            total = 0.0
            for w in range(candidates[c], candidates[c + 1]):
                size = hash_window(windows[w], seeds[bases[w]], starts, fields, mix, out)
                rows[w - origin, :] = -1
                for k in range(size):
                    row = out[k] >> (32 - ROW_BITS)
                    if used[row] and prints[row] == (out[k] >> (32 - BITS)) & _FINGERPRINT:
                        rows[w - origin, k] = row
                        total += values[row]
            logits[c - first] = total
            best = max(best, total)
        norm = 0.0
        for k in range(last - first):
            logits[k] = np.exp(logits[k] - best)
            norm += logits[k]
        loss -= np.log(logits[truth[g]] / norm + 1e-12)
        for c in range(first, last):
            slope = logits[c - first] / norm - (c - first == truth[g])
            if abs(slope) < 1e-3:
                continue
            for w in range(candidates[c], candidates[c + 1]):
                for row in rows[w - origin]:
                    if row >= 0:
                        # AdaGrad with decay, in the order of operations of the shipped weights.
                        squares[row] += slope * slope
                        values[row] -= STEP * (slope / np.sqrt(squares[row]) + DECAY * values[row])
    return loss / max(1, order.size)


def owners(counts: Array) -> tuple[Array, Array]:
    """Of each row the fingerprint of the feature seen most, and how often it was seen."""
    by_row = counts.reshape(-1, 1 << FINGERPRINT_BITS)
    return by_row.argmax(1).astype(np.uint8), by_row.max(1)


def train_choices(groups: Groups, templates: Templates, *, epochs: int = EPOCHS) -> Rounded:
    """The weights learnt from all of `groups`, rounded to ``1 / SCALE``."""
    table = flat(templates)
    print(f"{groups.truth.size:,} choices among {groups.candidates.size - 1:,} candidates")
    counts = np.zeros(1 << BITS, np.int32)
    _count(groups.windows, groups.bases, *table, counts)
    prints, seen = owners(counts)
    used = seen >= FEWEST
    values = np.zeros(1 << ROW_BITS, np.float32)
    squares = np.full(1 << ROW_BITS, 1.0, np.float32)
    for epoch in range(epochs):
        order = np.random.default_rng(epoch).permutation(groups.truth.size)
        loss = _learn(*groups, order, *table, prints, used, values, squares)
        print(f"epoch {epoch + 1}: loss {loss:.4f}", flush=True)
    rounded = _rounded(values, SCALE)
    rows = np.flatnonzero(rounded)
    indices = rows << FINGERPRINT_BITS | prints[rows]
    return indices.tolist(), rounded[rows].tobytes()


def _rounded(values: Array, scale: int) -> Array:
    return np.clip(np.rint(values * scale), -127, 127).astype(np.int8)


@compiled
def learn_window(
    window: Array, templates: Any, out: Array, bits: Any, label: Any, total: Any, weights: Array,
    squares: Array, losses: Array,
) -> None:  # fmt: skip
    """One step on the logistic loss of one example; `losses` gathers the loss before it, and one.

    Args:
        templates: of one base (`flat`); `out` has room for a hash of each.
        bits: of a place in the table of weights.
        total: what is known of the example without the weights.
    """
    seeds, starts, fields, mix = templates
    size = hash_window(window, seeds[0], starts, fields, mix, out)
    for at in range(size):
        out[at] >>= 32 - bits
        total += weights[out[at]]
    chance = 1.0 / (1.0 + np.exp(-total))
    slope = chance - label
    for at in range(size):
        adagrad(weights, squares, out[at], slope, YES_OR_NO_STEP)
    losses[0] -= np.log(max(chance if label else 1.0 - chance, 1e-9))
    losses[1] += 1


def most_seen(weights: Any, squares: Any, scale: int, number: int) -> Rounded:
    """The weights of which most was seen: of all n-grams most are met once.

    Args:
        weights, squares: of AdaGrad: the weights, and one more than their summed squared slopes.
        number: how many there are to be; some more if several are equal.
    """
    rounded = _rounded(weights, scale)
    seen = np.abs(weights) * np.sqrt(squares - 1.0)
    seen[rounded == 0] = 0.0
    least = np.sort(seen)[-number]
    indices = np.flatnonzero((seen >= least) & (seen > 0))
    return indices.tolist(), rounded[indices].tobytes()


def examples_of(
    folders: Iterable[Path], teach: Callable[[Document, Random], Iterator[Example]], most: int
) -> Iterator[Example]:
    """What all documents teach that are not held out, at most `most` examples of each file."""
    for folder in folders:
        random = Random(1)
        for path in files([folder]):
            number = 0
            for document in documents(path):
                if number >= most:
                    break
                if not is_held_out(document):
                    for example in teach(document, random):
                        number += 1
                        yield example
