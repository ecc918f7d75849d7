"""Places inside sentences, drawn at random: what the models of seams and clauses learn on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from textclean.layout.seam_model import SCALE, fold
from tools.training.compiling import compiled
from tools.training.corpus import Document, Split, documents, files, is_held_out
from tools.training.linear import Rounded, most_seen

#: The sources take turns, so that none has the last word.
TURNS = 40
#: No comma is lost (`fill`).
WHOLE = 1 << 30
_SHORTEST = 12  # folded characters of a paragraph that is cut


class Source(NamedTuple):
    """A file's folded text in arrays."""

    codes: Any  # uint32: the folded characters of all paragraphs, one after the other
    starts: Any  # int64: where each paragraph begins, and the end
    first: Any  # int32: for each paragraph, its document's first paragraph …
    last: Any  # … and the one behind its last


def read_sources(folders: Iterable[Path], split: Split) -> tuple[list[Source], Any]:
    """The sources of the folders given, and the share of each in what is drawn: by the square root
    of the size, so that a large source does not drown the others.
    """
    sources = [_read(documents(path), split) for path in files(folders)]
    sources = [source for source in sources if source.codes.size]
    shares = np.array([np.sqrt(source.codes.size) for source in sources])
    return sources, shares / shares.sum()


def _read(texts: Iterable[Document], split: Split) -> Source:
    """Documents but for those held out."""
    pieces: list[str] = []
    first: list[int] = []
    last: list[int] = []
    for document in texts:
        if is_held_out(document, split):
            continue
        folded = [piece for piece in map(fold, document) if piece]
        begin = len(pieces)
        pieces += folded
        first += [begin] * len(folded)
        last += [len(pieces)] * len(folded)
    lengths = np.fromiter(map(len, pieces), np.int64, len(pieces))
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
    codes = np.frombuffer("".join(pieces).encode("utf-32-le", "surrogatepass"), np.uint32)
    return Source(codes, starts, np.array(first, np.int32), np.array(last, np.int32))


def learn_by_turns(
    learn: Callable[..., None], folders: Iterable[Path], split: Split, draws: int, seed: int,
    bits: int, kept: int, questions: Sequence[str],
) -> Rounded:  # fmt: skip
    """The weights that answer yes-or-no questions about places drawn from prose.

    Args:
        learn: learns from a source: takes it, how many places to draw, the random state, weights
            and squares of AdaGrad, and rows of loss and number, one for each question.
        draws: places in all.
        bits: of a place in the table of weights.
        kept: how many weights are kept.
    """
    sources, shares = read_sources(folders, split)
    weights, squares = np.zeros(1 << bits, np.float32), np.ones(1 << bits, np.float32)
    state = np.array([seed], np.uint64)
    for turn in range(TURNS):
        losses = np.zeros((len(questions), 2))
        for source, share in zip(sources, shares, strict=True):
            learn(source, int(draws * share / TURNS) + 1, state, weights, squares, losses)
        if turn % 8 == 7:
            means = zip(questions, losses[:, 0] / np.maximum(losses[:, 1], 1), strict=True)
            said = ", ".join(f"{question} {mean:.4f}" for question, mean in means)
            print(f"{turn + 1} of {TURNS}: loss of {said}", flush=True)
    return most_seen(weights, squares, SCALE, kept)


ENDS = np.array(list(map(ord, "。！？；：…—")), np.uint32)
CLOSING = np.array(list(map(ord, "，。、；：！？”’）》」』】…—%％")), np.uint32)
OPENING = np.array(list(map(ord, "“‘（《「『【")), np.uint32)
COMMA, ZERO = ord("，"), ord("0")


@compiled
def draw(state: Any) -> Any:
    """The next of a sequence of 64 random bits (splitmix64); `state` holds one number."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    value = state[0]
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


@compiled
def below(state: Any, number: Any) -> Any:
    """A number from 0 to ``number - 1``."""
    return np.int64((draw(state) >> np.uint64(16)) % np.uint64(number))


@compiled
def among(code: Any, codes: Any) -> Any:
    """Whether a character is one of several."""
    for other in codes:  # noqa: SIM110, for numba
        if code == other:
            return True
    return False


@compiled
def paragraph_at(starts: Any, place: Any) -> Any:
    """The number of the paragraph that holds a place."""
    low, high = 0, starts.size - 1
    while high - low > 1:
        middle = (low + high) // 2
        if starts[middle] <= place:
            low = middle
        else:
            high = middle
    return low


@compiled
def seam(codes: Any, starts: Any, low: Any, high: Any, state: Any, place: Any) -> Any:
    """Draw a place inside a sentence from ``codes[low:high]``: whether one was found.

    `place` receives the paragraph, the tail's end and the head's start (a number may be cut in two,
    and then its folded sign belongs to both).
    """
    for _ in range(8):
        at = low + below(state, high - low)
        paragraph = paragraph_at(starts, at)
        start, end = starts[paragraph], starts[paragraph + 1]
        if end - start < _SHORTEST or at < start + 3 or at > end - 3:
            continue
        if among(codes[at - 1], ENDS) or among(codes[at - 1], OPENING):
            continue
        if codes[at] == ZERO and not below(state, 4):
            place[0], place[1], place[2] = paragraph, at + 1, at
            return True
        if among(codes[at], CLOSING):
            continue
        place[0], place[1], place[2] = paragraph, at, at
        return True
    return False


@compiled
def fill(
    codes: Any, at: Any, step: Any, low: Any, high: Any, loss: Any, state: Any, window: Any
) -> Any:
    """Characters from `at` on, in direction `step`, inside ``codes[low:high]``, into `window`: how
    many. One in `loss` commas is left out.
    """
    size = 0
    while low <= at < high and size < window.size:
        if codes[at] != COMMA or below(state, loss):
            window[size] = codes[at]
            size += 1
        at += step
    return size


@compiled
def bare_end(codes: Any, start: Any, end: Any) -> Any:
    """The end of a paragraph without the marks it ends with."""
    while end > start and among(codes[end - 1], CLOSING):
        end -= 1
    return end
