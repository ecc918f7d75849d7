"""Training of hashed weights: which features get a row, and what they weigh.

A *group* is a choice: some candidates of which one is right, each described by one or more windows.
The model is log-linear: a candidate's logit is the sum of the weights of all features of its
windows, trained by AdaGrad on the cross entropy of the softmax over the group. First every feature
is counted, and the one seen most gets the row. One thread, fixed order: the same data give the same
weights.

Learned from is plain text: ``*.txt`` and ``*.txt.xz``, a paragraph a line, documents parted by
blank lines. One document in twenty is held out, by the checksum of its first line, for measuring.
"""

from __future__ import annotations

import argparse
import lzma
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from numba import njit

from textclean.models.container import Kind
from textclean.models.linear import BITS, SCALE, Templates, Weights, hash_window, to_bytes

Array = Any
Example = TypeVar("Example")
_hash: Any = njit(hash_window)

#: Features seen less often than this get no row.
FEWEST = 3
#: Step of AdaGrad, weight decay at every step of a feature, and epochs.
STEP, DECAY, EPOCHS = 0.1, 1e-4, 2
#: Bits of the hash by which features are counted: those of the row and of the fingerprint.
_COUNTED = BITS + 8


class Groups(NamedTuple):
    """Choices as columns."""

    #: [windows, fields] uint32.
    windows: Array
    #: The kind of each window.
    bases: Array
    #: Where each candidate's windows start, and the end.
    candidates: Array
    #: Where each group's candidates start, and the end.
    groups: Array
    #: The place, within its group, of the candidate that is right.
    truth: Array


def _count_features(
    windows: Array, bases: Array, starts: Array, fields: Array, counts: Array
) -> Any:
    out = np.empty(starts.size - 1, np.int64)
    for row in range(windows.shape[0]):
        _hash(windows[row], bases[row], starts, fields, out)
        for h in out:
            counts[h >> (32 - _COUNTED)] += 1


def _learn(
    windows: Array, bases: Array, candidates: Array, groups: Array, truth: Array, order: Array,
    starts: Array, fields: Array, prints: Array, used: Array, values: Array, squares: Array,
    step: Any, decay: Any,
) -> Any:  # fmt: skip
    loss = 0.0
    features = starts.size - 1
    out = np.empty(features, np.int64)
    logits = np.empty(2048, np.float64)
    rows = np.empty((4096, features), np.int32)
    for g in order:
        first, last = groups[g], groups[g + 1]
        origin = candidates[first]
        best = -1e30
        for c in range(first, last):
            total = 0.0
            for w in range(candidates[c], candidates[c + 1]):
                _hash(windows[w], bases[w], starts, fields, out)
                for k in range(features):
                    row = out[k] >> (32 - BITS)
                    if used[row] and prints[row] == (out[k] >> (24 - BITS)) & 0xFF:
                        rows[w - origin, k] = row
                        total += values[row]
                    else:
                        rows[w - origin, k] = -1
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
                        squares[row] += slope * slope
                        values[row] -= step * (slope / np.sqrt(squares[row]) + decay * values[row])
    return loss / max(1, order.size)


_count: Any = njit(_count_features)
_train: Any = njit(_learn)


def train(
    groups: Groups, templates: Templates, *, epochs: int = EPOCHS, log: bool = True
) -> Weights:
    """Weights trained on all of `groups`."""
    starts = np.array(templates.starts, np.int64)
    fields = np.array(templates.fields, np.int64)
    counts = np.zeros(1 << _COUNTED, np.int32)
    _count(groups.windows, groups.bases, starts, fields, counts)
    table = counts.reshape(1 << BITS, 256)
    prints = table.argmax(1).astype(np.uint8)
    used = table.max(1) >= FEWEST
    del counts, table
    values = np.zeros(1 << BITS, np.float32)
    squares = np.full(1 << BITS, 1.0, np.float32)
    for epoch in range(epochs):
        order = np.random.default_rng(epoch).permutation(groups.truth.size)
        loss = _train(
            groups.windows, groups.bases, groups.candidates, groups.groups, groups.truth, order,
            starts, fields, prints, used, values, squares, STEP, DECAY,
        )  # fmt: skip
        if log:
            print(f"epoch {epoch + 1}: loss {loss:.4f}")
    return quantised(prints, values)


def quantised(prints: Array, values: Array) -> Weights:
    """A table of integers; rows that weigh nothing have no fingerprint either, to deflate well."""
    rounded = np.clip(np.rint(values * SCALE), -127, 127).astype(np.int8)
    return Weights(
        np.where(rounded == 0, 0, prints).astype(np.uint8).tobytes(),
        array("b", rounded.tobytes()),
    )


def files(folder: Path) -> list[Path]:
    """The files of plain text in a folder."""
    return sorted([*folder.glob("*.txt"), *folder.glob("*.txt.xz")])


def documents(path: Path) -> Iterator[list[str]]:
    """The documents of a file, each a list of its lines."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        document: list[str] = []
        for raw in lines:
            line = str(raw).strip()
            if line:
                document.append(line)
            elif document:
                yield document
                document = []
        if document:
            yield document


def is_held_out(document: list[str]) -> bool:
    """Whether a document is for measuring, not for training."""
    return zlib.crc32(document[0].encode()) % 20 == 0


class Task(NamedTuple, Generic[Example]):
    """A model that is trained: what it learns from, and where its weights go."""

    kind: Kind
    templates: Templates
    weights: Path
    #: What a document teaches.
    examples: Callable[[list[str], Random], Iterator[Example]]
    #: The choices that examples pose, as columns.
    groups: Callable[[Iterable[Example]], Groups]
    #: Examples of each file, at most.
    each: int


def training_data(folder: Path, task: Task[Example], most: int, seed: int = 1) -> Iterator[Example]:
    """Examples of all documents that are not held out, at most `most` of each file."""
    random = Random(seed)
    for path in files(folder):
        made = 0
        for document in documents(path):
            if made >= most:
                break
            if not is_held_out(document):
                for example in task.examples(document, random):
                    made += 1
                    yield example


def command(description: str, task: Task[Example]) -> None:
    """Train a model on the folders that the command line names, and write its weights."""
    parser = argparse.ArgumentParser(description=description.split("\n", maxsplit=1)[0])
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument(
        "--each", type=int, default=task.each, help="examples of each file, at most"
    )
    parser.add_argument("-o", "--output", type=Path, default=task.weights)
    arguments = parser.parse_args()
    groups = task.groups(
        example
        for folder in arguments.folders
        for example in training_data(folder, task, arguments.each)
    )
    print(f"{groups.truth.size:,} choices among {groups.candidates.size - 1:,} candidates")
    arguments.output.write_bytes(to_bytes(train(groups, task.templates), task.kind))
