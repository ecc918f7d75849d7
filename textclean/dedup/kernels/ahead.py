"""Compiling ahead: on the first use after an installation two processes share the work.

Compiling takes seconds, and holds the interpreter's lock. The loops that compare texts are needed
last, so a second process compiles those, and leaves them in numba's cache, while this one compiles
and runs the others. Where that can't be done this one compiles them all; the results are the same.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np

from textclean.dedup.kernels import aligning, judging, pairing
from textclean.dedup.kernels.folding import Folds
from textclean.dedup.shingles import SHINGLE_SIZE
from textclean.dedup.verify import MISREAD

#: Seconds after which the second process is no longer waited for.
PATIENCE = 60


@cache
def begin() -> subprocess.Popen[bytes] | None:
    """Let a second process compile the loops that compare; None if that is done or won't do.

    Asked once in a process.
    """
    if (os.cpu_count() or 1) < 2 or not sys.executable or _is_compiled():
        return None
    command = [sys.executable, "-c", f"from {__name__} import compile_last; compile_last()"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    silent = subprocess.DEVNULL
    with suppress(OSError):
        return subprocess.Popen(
            command, env=environment, stdin=silent, stdout=silent, stderr=silent, close_fds=True
        )
    return None


def finish(process: subprocess.Popen[bytes] | None) -> None:
    """Wait for what `begin` began."""
    if process is None:
        return
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def compile_last() -> None:
    """Compile the loops that compare texts, by comparing two."""
    one, other = "全市共有医疗机构1434个，床位2万张。", "全市共有医疗机构1435个，床往2万张，医护"
    codes = np.array([ord(character) for character in one + other], np.uint32)
    bounds = np.array([0, len(one), len(codes)])
    folds = Folds(codes, bounds[:-1], bounds[1:])
    pairs = np.array([0, 0]), np.array([1, 1])
    shingles, starts = pairing.distinct_shingles(folds, SHINGLE_SIZE)
    pairing.common_shingles(pairs, shingles, starts, np.array([1, 1]))
    judging.judge_pairs(folds, pairs, np.array([True, False]), MISREAD)
    judging.find_pieces(folds, pairs, MISREAD)


def _is_compiled() -> bool:
    """Whether the last of the loops is compiled or in the cache, or can't be kept in one."""
    folder = aligning.align.stats.cache_path  # type: ignore[attr-defined]
    if aligning.align.signatures or folder is None:  # type: ignore[attr-defined]
        return True
    source = Path(aligning.__file__)
    kept = Path(folder).glob(f"{source.stem}.{aligning.align.__name__}-*.nbi")
    with suppress(OSError):
        return any(index.stat().st_mtime >= source.stat().st_mtime for index in kept)
    return True
