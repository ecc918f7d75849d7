"""Compiling ahead: on the first use after an installation two processes share the work.

Compiling takes seconds, and holds the interpreter's lock. While this process compiles the loops
that read texts and pair them, a second one compiles those that sketch them, then those that compare
pairs, then those that choose who stays, and leaves them all in numba's cache. For those that
compare nobody waits who has but a few pairs: to compare these without a compiled loop
(`uncompiled`) takes less time, and the result is the same; and those that choose run as they are
written where there is little to choose from, else are compiled here. The second process then goes
on until all are in the cache. What it is through with it says by an empty file beside them. Where
there is no such process this one compiles what it needs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from textclean.dedup import preference as choose
from textclean.dedup.kernels import aligning, choosing, pairing, sketching, values
from textclean.dedup.kernels import edit_counts as counting
from textclean.dedup.kernels import verdicts as judging
from textclean.dedup.kernels.folding import Folds
from textclean.dedup.shingles import SHINGLE_SIZE
from textclean.dedup.verify import MISREAD

#: Seconds after which the second process is no longer waited for.
PATIENCE = 60
#: Candidate pairs that are compared without compiled loops, at most, while there are none.
FEW_PAIRS = 1 << 10

Loops = tuple[Any, ...]
#: What the second process compiles, step by step. Meanwhile this one may see to `align`.
SKETCHING: Loops = (
    sketching.shingle_hashes,
    sketching.minhash,
    sketching._band_keys,
    sketching._anchors,
    sketching._heads_and_tails,
    pairing._part,
    pairing._pack,
)
COMPARING: Loops = (
    pairing._distinct_shingles,
    pairing._common_shingles,
    values.tokens,
    values.compare_values,
    judging.equal_at,
    aligning.align,
)
CHOOSING: Loops = (choosing.weigh, choosing.stand_ins, choosing.settle)
#: Characters of texts to choose from, or texts, for which those last are not compiled.
FEW_TO_CHOOSE_FROM = 1 << 16
_STEP = 0.02


class Choosing(NamedTuple):
    """The loops of `kernels.choosing`, compiled or as they are written."""

    weigh: Callable[..., None]
    stand_ins: Callable[..., None]
    settle: Callable[..., None]


class Compiling:
    """What is compiled, and a second process that compiles."""

    def __init__(self, process: subprocess.Popen[bytes] | None) -> None:
        self.process = process

    def finish_sketching(self) -> None:
        """Wait until the loops that sketch texts are compiled, where somebody else does that."""
        if self.process is not None and not _are_compiled(SKETCHING):
            pairing.pairs_of(np.zeros(2, np.uint64), 2)
            self._wait_for(SKETCHING)

    def may_compare(self, pairs: int) -> bool:
        """Whether so many pairs are to be compared by compiled loops; waits for them if so."""
        if not _are_compiled(COMPARING):
            if pairs <= FEW_PAIRS:
                return False
            if self.process is not None:
                aligning.aligned(*_spans(_sample()))
            self._wait_for(COMPARING)
        return True

    def choosing(self, size: int) -> Choosing:
        """The loops that choose; compiled, unless they never were, and there is little to do.

        Args:
            size: the characters to look at in all, or the texts and their edges.
        """
        if size <= FEW_TO_CHOOSE_FROM and not _are_compiled(CHOOSING):
            return Choosing(*(loop.py_func for loop in CHOOSING))
        return Choosing(*CHOOSING)

    def _wait_for(self, loops: Loops) -> None:
        patient_until = time.monotonic() + PATIENCE
        while self.process is not None and not _are_compiled(loops):
            if self.process.poll() is not None:
                break
            if time.monotonic() > patient_until:
                self.process.kill()
                self.process.wait()
                break
            time.sleep(_STEP)


def begin(*, alone: bool = False) -> Compiling:
    """Let a second process compile what there is to compile.

    Args:
        alone: let there be no second process.
    """
    return Compiling(None if alone else _second_process())


@cache
def _second_process() -> subprocess.Popen[bytes] | None:
    """The second process, if there is one. Started once in the life of this one."""
    if (os.cpu_count() or 1) < 2 or not sys.executable or not _mark(COMPARING):
        return None
    if all(_are_compiled(loops) for loops, _ in STEPS):
        return None
    command = [sys.executable, "-c", f"from {__name__} import compile_all; compile_all()"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    silent = subprocess.DEVNULL
    with suppress(OSError):
        return subprocess.Popen(
            command, env=environment, stdin=silent, stdout=silent, stderr=silent, close_fds=True
        )
    return None


def compile_all() -> None:
    """Compile the loops that sketch texts, and then, giving way to others, the rest."""
    folds = _sample()
    for loops, compile_them in STEPS:
        compile_them(folds)
        if mark := _mark(loops):
            mark.touch()
        if hasattr(os, "nice"):
            os.nice(5)


def compile_sketching(folds: Folds) -> None:
    """Compile the loops that sketch texts."""
    count = len(folds.begins)
    signatures = sketching.signatures(folds, SHINGLE_SIZE, *sketching.permutations(6, 1))
    keys = sketching.band_keys(signatures, 3)
    pairing.packed(keys[0], np.arange(count))
    pairing.Parts.of(sketching.anchors(folds, np.arange(count))[0], 2)
    nothing = np.zeros(1, np.uint8)
    sketching.heads_and_tails(folds, np.ones(count, np.uint8), nothing, np.uint64(61), 1)


def compile_comparing(folds: Folds) -> None:
    """Compile the loops that compare texts, that which aligns them last."""
    pairs = np.array([0, 0]), np.array([1, 1])
    pairing.Shingles.of(folds).common(pairs, np.array([1, 1]))
    codes, spans = _spans(folds)
    counting.tokenized(codes, spans, np.array([True]))
    counting.compared(codes, spans)
    judging.judge_pairs(folds, pairs, np.array([True, False]), MISREAD)
    judging.find_pieces(folds, pairs, MISREAD)


def compile_choosing(folds: Folds) -> None:
    """Compile the loops that choose which text stays."""
    count = len(folds.begins)
    starts = np.append(folds.begins, folds.ends[-1:])
    merits = choose.merits(folds.codes, starts, Choosing(*CHOOSING))
    numbers = np.zeros(count, np.int64)
    choosing.stand_ins(
        folds.codes,
        starts,
        folds.begins,
        folds.ends,
        folds.codes,
        numbers,
        merits,
        np.array(numbers),
    )
    edges = choosing.Edges.of(count, numbers[:0], numbers[:0], np.zeros(0))
    kinds, survivors = np.zeros((2, count), np.int64)
    choosing.settle(*edges, *edges, folds.lengths, numbers, kinds, survivors, np.zeros(count))


def _sample() -> Folds:
    """Two texts."""
    one, other = "全市共有医疗机构1434个，床位2万张。", "全市共有医疗机构1435个，床往2万张，医护"
    codes = np.array([ord(character) for character in one + other], np.uint32)
    bounds = np.array([0, len(one), len(codes)])
    return Folds(codes, bounds[:-1], bounds[1:])


def _spans(folds: Folds) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Two texts as a pair to align."""
    return folds.codes, np.stack([folds.begins, folds.ends], axis=1).reshape(1, 4)


def _are_compiled(loops: Loops) -> bool:
    """Whether all of the loops are compiled here, or were for the cache."""
    if all(loop.signatures for loop in loops):
        return True
    mark = _mark(loops)
    return mark is not None and mark.exists()


def _mark(loops: Loops) -> Path | None:
    """The file that says that the loops are in the cache; None if they can't be kept in one."""
    folder = loops[-1].stats.cache_path
    return folder and Path(folder) / f"{loops[-1].__name__}-{_version()}.compiled"


@cache
def _version() -> str:
    """What the loops were compiled from, and by what."""
    found = sha256(numba.__version__.encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        found.update(source.read_bytes())
    return found.hexdigest()[:16]


#: What the second process compiles, and how, step by step.
STEPS = (
    (SKETCHING, compile_sketching),
    (COMPARING, compile_comparing),
    (CHOOSING, compile_choosing),
)
