"""The two encoders (`textclean.layout.encoder`).

A batch is 256 places inside sentences, eight near each other at a time. The vector of each tail is
multiplied with those of all 256 heads and of the beginnings of the 256 paragraphs that follow; the
right head must come first among them (softmax), and the right tail among the 256 tails. Adam; the
clipped units are those of Stockfish's evaluation networks, for they survive rounding to bytes.
The same text gives the same weights on the same machine and linear algebra library.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, NamedTuple

import numpy as np

from textclean.layout import encoder
from textclean.layout.encoder import BAG, CHARACTERS, EMBEDDING, HIDDEN, NOTHING, VECTOR, WINDOW
from tools.command import Folders
from tools.training.compiling import compiled
from tools.training.corpus import ByTwoLines
from tools.training.optimising import Adam
from tools.training.seam_samples import COMMA, Source, below, paragraph_at, read_sources, seam
from tools.training.tables import write

#: Places in a batch.
BATCH = 256
_NEIGHBOURS = 8
#: Paragraphs around a place from which its neighbours in the batch are drawn.
_NEAR = 40
_RATE = 0.002
#: Of the first weights, of the places, of the sources they are drawn from.
_SEEDS = 5, 77, 3
_LARGEST = 127 / encoder.ONE
_LARGEST_OUT = 127 / encoder.ONE_OUT

Arrays = dict[str, Any]


class _Forward(NamedTuple):
    """What a side computed for a batch, for the way back."""

    window: Any
    bag: Any
    sizes: Any
    inputs: Any
    sums: Any
    units: Any
    vectors: Any


@compiled
def _fill(numbers: Any, at: Any, step: Any, low: Any, high: Any, window: Any, bag: Any) -> None:
    """Characters from `at` on, in direction `step`, inside ``numbers[low:high]``."""
    for place in range(window.size + bag.size):
        number = NOTHING
        if low <= at < high:
            number = numbers[at]
        if place < window.size:
            window[place] = number
        else:
            bag[place - window.size] = number
        at += step


@compiled
def _batch(
    numbers: Any, codes: Any, starts: Any, first: Any, last: Any, state: Any,
    tails: Any, tail_bags: Any, heads: Any, head_bags: Any,
) -> None:  # fmt: skip
    place = np.zeros(3, np.int64)
    size = tails.shape[0]
    done = 0
    while done < size:
        centre = paragraph_at(starts, below(state, codes.size))
        low = starts[max(first[centre], centre - _NEAR)]
        high = starts[min(last[centre], centre + _NEAR)]
        for _ in range(_NEIGHBOURS):
            if done >= size or not seam(codes, starts, low, high, state, place):
                continue
            paragraph = place[0]
            start, end = starts[paragraph], starts[paragraph + 1]
            _fill(numbers, place[1] - 1, -1, start, end, tails[done], tail_bags[done])
            _fill(numbers, place[2], 1, start, end, heads[done], head_bags[done])
            following = paragraph + 1
            if following >= last[paragraph]:
                following = first[paragraph]
            start, end = starts[following], starts[following + 1]
            _fill(numbers, start, 1, start, end, heads[size + done], head_bags[size + done])
            done += 1


@compiled
def _gather(slopes: Any, window: Any, bag: Any, sizes: Any, inputs: Any) -> None:
    """Add the slopes of the inputs to those of the embeddings they came from."""
    width = slopes.shape[1]
    behind = window.shape[1] * width
    for row in range(window.shape[0]):
        for place in range(window.shape[1]):
            number = window[row, place]
            for at in range(width):
                slopes[number, at] += inputs[row, place * width + at]
    for row in range(window.shape[0]):
        for place in range(bag.shape[1]):
            number = bag[row, place]
            if number != NOTHING:
                for at in range(width):
                    slopes[number, at] += inputs[row, behind + at] / sizes[row]


def _forward(weights: Arrays, side: str, window: Any, bag: Any) -> _Forward:
    embeddings = weights["embeddings " + side]
    there = (bag != NOTHING).astype(np.float32)
    sizes = np.maximum(there.sum(1), 1).astype(np.float32)
    mean = np.einsum("rpe,rp->re", embeddings[bag], there) / sizes[:, None]
    inputs = np.concatenate([embeddings[window].reshape(len(window), -1), mean], 1)
    sums = inputs @ weights["layer " + side] + weights["bias " + side]
    units = np.clip(sums, 0, 1)
    return _Forward(window, bag, sizes, inputs, sums, units, units @ weights["projection " + side])


def _backward(weights: Arrays, side: str, done: _Forward, vectors: Any, slopes: Arrays) -> None:
    projection = weights["projection " + side]
    slopes["projection " + side] = done.units.T @ vectors
    sums = (vectors @ projection.T) * ((done.sums > 0) & (done.sums < 1))
    slopes["layer " + side] = done.inputs.T @ sums
    slopes["bias " + side] = sums.sum(0)
    embeddings = np.zeros_like(weights["embeddings " + side])
    _gather(embeddings, done.window, done.bag, done.sizes, sums @ weights["layer " + side].T)
    slopes["embeddings " + side] = embeddings


def _contrast(products: Any) -> tuple[float, Any]:
    """The loss of a batch's products (tails by heads), and its slopes."""
    size = products.shape[0]
    diagonal = np.arange(size)
    heads = np.exp(products - products.max(1, keepdims=True))
    heads /= heads.sum(1, keepdims=True)
    square = products[:, :size]
    tails = np.exp(square - square.max(0, keepdims=True))
    tails /= tails.sum(0, keepdims=True)
    loss = -np.log(heads[diagonal, diagonal] + 1e-9).mean()
    heads[diagonal, diagonal] -= 1
    tails[diagonal, diagonal] -= 1
    heads[:, :size] += tails
    return float(loss), heads / size


def _new_weights() -> Arrays:
    rng = np.random.default_rng(_SEEDS[0])
    weights: Arrays = {}
    for side in ("tail", "head"):
        for name, shape, scale in (
            ("embeddings", (CHARACTERS, EMBEDDING), 0.3),
            ("layer", ((WINDOW + 1) * EMBEDDING, HIDDEN), 0.08),
            ("projection", (HIDDEN, VECTOR), 0.1),
        ):
            weights[f"{name} {side}"] = (rng.standard_normal(shape) * scale).astype(np.float32)
        weights["bias " + side] = np.full(HIDDEN, 0.3, np.float32)
    return weights


def run(
    folders: Folders,
    output: Path = encoder.WEIGHTS,
    split: ByTwoLines = "line",
    steps: Annotated[int, "batches"] = 16_000,
) -> None:
    """Train on the folders given, and write the weights."""
    sources, shares = read_sources(folders, split)
    numbers = _numbers(sources)
    numbered = [numbers[np.minimum(source.codes, numbers.size - 1)] for source in sources]
    weights = _new_weights()
    adam = Adam(weights, square=0.99, least=1e-6)
    picks = np.random.default_rng(_SEEDS[2]).choice(len(sources), steps, p=shares)
    state = np.array([_SEEDS[1]], np.uint64)
    tails, heads = (np.zeros((size, WINDOW), np.int32) for size in (BATCH, 2 * BATCH))
    tail_bags, head_bags = (np.zeros((size, BAG), np.int32) for size in (BATCH, 2 * BATCH))
    comma = numbers[COMMA]
    losses = 0.0
    for step in range(steps):
        pick = picks[step]
        source = sources[int(pick)]
        _batch(numbered[pick], *source, state, tails, tail_bags, heads, head_bags)
        if step % 4 == 0:  # what was a comma cannot be read
            tails[tails == comma] = encoder.UNKNOWN
            heads[heads == comma] = encoder.UNKNOWN
        tail = _forward(weights, "tail", tails, tail_bags)
        head = _forward(weights, "head", heads, head_bags)
        loss, products = _contrast(tail.vectors @ head.vectors.T)
        slopes: Arrays = {}
        _backward(weights, "tail", tail, products @ head.vectors, slopes)
        _backward(weights, "head", head, products.T @ tail.vectors, slopes)
        rate = _RATE * min(1.0, step / 200) * max(0.02, 1 - step / steps)
        adam.step(slopes, rate)
        for name in weights:
            largest = _LARGEST_OUT if name.startswith("projection") else _LARGEST
            np.clip(weights[name], -largest, largest, weights[name])
        losses += loss
        if (step + 1) % 1000 == 0:
            print(f"encoders: {step + 1} of {steps}, loss {losses / 1000:.4f}", flush=True)
            losses = 0.0
    places = np.zeros(CHARACTERS, np.int64)
    known = np.flatnonzero(numbers)
    places[numbers[known]] = known
    sides = _side(weights, "tail"), _side(weights, "head")
    write(output, encoder.to_bytes("".join(map(chr, places[2:])), sides))


def _numbers(sources: list[Source]) -> Any:
    """A number for each of the most frequent characters, by code point; 0 for all others."""
    counts = np.zeros(0x20000, np.int64)
    for source in sources:
        found = np.bincount(np.minimum(source.codes, counts.size - 1), minlength=counts.size)
        counts += (found * 1e6 / source.codes.size).astype(np.int64)
    counts[-1] = 0  # all that is beyond
    frequent = np.argsort(-counts, kind="stable")[: CHARACTERS - 2]
    numbers = np.zeros(counts.size, np.int32)
    numbers[frequent] = np.arange(2, CHARACTERS)
    return numbers


def _side(weights: Arrays, side: str) -> bytes:
    def rounded(name: str, one: int) -> Any:
        return np.rint(weights[f"{name} {side}"] * one)

    return b"".join(
        (
            rounded("embeddings", encoder.ONE).astype(np.int8).tobytes(),
            rounded("layer", encoder.ONE).T.astype(np.int8).tobytes(),
            rounded("bias", encoder.ONE).astype("<i2").tobytes(),
            rounded("projection", encoder.ONE_OUT).T.astype(np.int8).tobytes(),
        )
    )
