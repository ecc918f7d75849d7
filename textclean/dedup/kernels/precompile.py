"""What the second process does: it compiles the loops of each stage on two short texts.

The arguments have the types that a search gives them, so that the search finds the compiled loops
in numba's cache. See `stages`.
"""

from __future__ import annotations

import os

import numpy as np

from textclean.dedup.fold import SHINGLE_SIZE
from textclean.dedup.kernels import choosing, covering, pairing, sketching, verdicts
from textclean.dedup.kernels.folding import Folds
from textclean.dedup.kernels.stages import CHOOSING, COMPARING, COVERING, SKETCHING


def compile_all() -> None:
    """Compile stage by stage; from the second on, giving way to other processes.

    When the program that waits has ended it goes on until all is compiled or the cache is gone.
    """
    folds = sample()
    for stage, compile_stage in STEPS:
        if stage.is_ready():
            continue
        compile_stage(folds)
        mark = stage.mark()
        if mark is None or not mark.parent.is_dir():
            return
        mark.touch()
        if hasattr(os, "nice"):
            os.nice(5)


def compile_sketching(folds: Folds) -> None:
    """Compile the loops that sketch texts."""
    count = len(folds.begins)
    signatures = sketching.signatures(folds, SHINGLE_SIZE, *sketching.permutations(6, 1))
    sketching.band_keys(signatures, 3)
    pairing.Parts.of(sketching.anchors(folds, np.arange(count))[0], 2)
    nothing = np.zeros(1, np.uint8)
    sketching.heads_and_tails(folds, np.ones(count, np.uint8), nothing, np.uint64(61), 1)


def compile_comparing(folds: Folds) -> None:
    """Compile the loops that compare texts, that which aligns them last."""
    pairs = np.array([0, 0]), np.array([1, 1])
    pairing.Shingles.of(folds).common(pairs, np.array([1, 1]))
    verdicts.Judge(folds, 167, compiled=True).verdicts(pairs)


def compile_choosing(folds: Folds) -> None:
    """Compile the loops that choose which text stays."""
    count = len(folds.begins)
    texts = folds.codes, np.append(folds.begins, folds.ends[-1:])
    numbers = np.zeros(count, np.int64)
    choosing.representatives_of(texts, folds, numbers, compiled=True)
    choosing.decide(np.zeros(count + 1, np.int64), numbers[:0], compiled=True)
    choosing.worths(folds, compiled=True)


def compile_covering(folds: Folds) -> None:
    """Compile the loops that compare long texts."""
    size = int(folds.ends[0])
    skipped = np.zeros(size, np.bool_)
    covering.cover(folds.codes, folds.marks, size, skipped, compiled=True)
    covering.runs(folds.codes, size, compiled=True)


def sample() -> Folds:
    """Two texts."""
    one, other = "全市共有医疗机构1434个，床位2万张。", "全市共有医疗机构1435个，床往2万张，医护"
    codes = np.array([ord(character) for character in one + other], np.uint32)
    bounds = np.array([0, len(one), len(codes)])
    return Folds(codes, bounds[:-1], bounds[1:], np.zeros(len(codes), np.uint8))


#: What is compiled, and how.
STEPS = (
    (SKETCHING, compile_sketching),
    (COMPARING, compile_comparing),
    (CHOOSING, compile_choosing),
    (COVERING, compile_covering),
)
