"""The verdicts on pairs of folds: `decision`, compiled or as it stands."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.kernels import alignment, decision
from textclean.dedup.kernels.evidence import (
    bounds,
    characters,
    conflicts,
    english,
    gaps,
    naming,
    numbers,
    rules,
)
from textclean.dedup.kernels.folding import Folds
from textclean.dedup.kernels.language import language, language_record
from textclean.dedup.kernels.pairing import Pairs
from textclean.dedup.kernels.stages import COMPARING, compiled_functions

# Each module after those that it imports from.
_EVIDENCE = characters, english, bounds, numbers, naming, rules, conflicts, gaps
#: The functions of `evidence`, compiled.
evidence_loops = compiled_functions(_EVIDENCE, COMPARING.loop)
#: The functions of `decision`, compiled.
decision_loops = compiled_functions(
    (alignment, decision), COMPARING.loop, evidence_loops, entries=("judge",)
)
# Room for an alignment: of texts of 500 characters any, of longer ones that differ in a tenth.
_CELLS = 1 << 20
# More stretches than there can be in an alignment.
_STRETCHES = decision.MOST + 2


class Judge(NamedTuple):
    """Compares folds of a chunk of texts; pairs are given by the numbers of both folds."""

    folds: Folds
    #: The share of a text, in thousandths, that may be damaged.
    damage: int
    #: Whether by compiled loops.
    compiled: bool

    def verdicts(self, pairs: Pairs) -> NDArray[np.int64]:
        """A row of `decision.COLUMNS` for each pair, of which the first is no longer."""
        folds = self.folds
        shorter, longer = pairs
        begins, ends = folds.begins, folds.ends
        columns = begins[shorter], ends[shorter], begins[longer], ends[longer]
        spans = np.stack(columns, axis=1)
        verdicts = np.empty((len(spans), decision.COLUMNS), np.int64)
        loops: Any = decision_loops if self.compiled else decision
        lang = language_record() if self.compiled else language()
        scratch = np.empty(_CELLS, np.int32), np.empty((_STRETCHES, alignment.BOUNDS), np.int64)
        loops.judge(folds.codes, folds.marks, spans, self.damage, lang, *scratch, verdicts)
        return verdicts
