"""Long texts, covered by one another: `coverage`, compiled or as it stands."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.kernels import coverage, decision
from textclean.dedup.kernels.language import language, language_record
from textclean.dedup.kernels.stages import COVERING, compiled_functions
from textclean.dedup.kernels.verdicts import decision_loops, evidence_loops

_loops = compiled_functions(
    (coverage,), COVERING.loop, decision_loops, evidence_loops, entries=("cover", "runs")
)
_RUNS, _CELLS = 4096, 1 << 18


def cover(
    codes: NDArray[np.uint32],
    marks: NDArray[np.uint8],
    size: int,
    skipped: NDArray[np.bool_],
    *,
    compiled: bool,
) -> tuple[NDArray[np.int64], int]:
    """What `decision` counts of two folds, of which the second stands behind the first, and how
    many characters of the first are lost.

    Args:
        size: characters of the first.
        skipped: which of them do not count.
    """
    bounds = np.array([0, size, size, len(codes)])
    tally = np.zeros(decision.COLUMNS, np.int64)
    lost = (_loops if compiled else coverage).cover(
        codes, marks, bounds, skipped, language_record() if compiled else language(),
        *_index(len(codes) - size), _runs(), np.empty(_CELLS, np.int32),
        np.empty((decision.MOST + 2, coverage.BOUNDS), np.int64),
        np.empty(decision.COLUMNS, np.int64), tally,
    )  # fmt: skip
    return tally, int(lost)


def runs(codes: NDArray[np.uint32], size: int, *, compiled: bool | None = None) -> Any:
    """The runs of the first of two folds that stand in the second, as `coverage.runs` has them.

    Args:
        size: characters of the first.
        compiled: whether by compiled loops; None: as it is worth.
    """
    if compiled is None:
        compiled = COVERING.runs_compiled(len(codes) // 100)
    out = _runs()
    loops: Any = _loops if compiled else coverage
    count = loops.runs(codes, 0, size, size, len(codes), *_index(len(codes) - size), out)
    return out[:count]


def _runs() -> NDArray[np.int64]:
    return np.empty((_RUNS, coverage.BOUNDS), np.int64)


def _index(length: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Room for the index of a text."""
    room = 1 << max(8, (2 * length).bit_length())
    return np.empty(room, np.int64), np.empty(length + 1, np.int64)
