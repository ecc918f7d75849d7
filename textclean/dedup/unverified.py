"""Plain MinHash, for who asks for it: candidates whose shingles are alike enough are copies.

Nothing guards texts that say something else in much the same words.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.buffers import chunks
from textclean.dedup.comparing import EDGE, NEAR, PairVerdicts, pair_numbers
from textclean.dedup.folded_texts import CorpusView
from textclean.dedup.kernels import pairing, uncompiled
from textclean.dedup.kernels.stages import COMPARING

# Pairs that are compared together, and characters of theirs.
_PAIRS, _CHARACTERS = 1 << 14, 1 << 22


def compare(view: CorpusView, codes: NDArray[np.uint64], threshold: float) -> PairVerdicts:
    """Which candidate pairs have a Jaccard similarity of `threshold` or more: either may go.

    Args:
        codes: the pairs, the lower number above the higher in one integer, sorted.
    """
    return compare_pairs(view, *pair_numbers(codes), threshold)


def compare_pairs(
    view: CorpusView, ones: NDArray[np.int64], others: NDArray[np.int64], threshold: float
) -> PairVerdicts:
    """As `compare`, of pairs that are given by their numbers."""
    compiled = COMPARING.runs_compiled(len(ones))

    def look(block: range) -> NDArray[np.float64]:
        one, other = ones[block.start : block.stop], others[block.start : block.stop]
        members = np.unique(np.concatenate([one, other]))
        folds = view.texts.folds(view.at[members])
        shingles = (pairing.Shingles if compiled else uncompiled.Shingles).of(folds)
        pair = np.searchsorted(members, one), np.searchsorted(members, other)
        common = shingles.common(pair, np.zeros(len(one), np.int64))
        both = shingles.sizes[pair[0]] + shingles.sizes[pair[1]] - common
        score: NDArray[np.float64] = common / np.maximum(both, 1)
        return score

    blocks = list(chunks(view.lengths[ones] + view.lengths[others], _PAIRS, _CHARACTERS))
    score = np.concatenate([np.zeros(0), *view.texts.pool.map(look, blocks)])
    alike = np.flatnonzero(score >= threshold)
    edges = np.zeros(2 * len(alike), EDGE)
    edges["goes"] = view.at[np.concatenate([ones[alike], others[alike]])]
    edges["stays"] = view.at[np.concatenate([others[alike], ones[alike]])]
    edges["kind"] = NEAR
    edges["score"] = np.tile(score[alike], 2)
    return PairVerdicts.none()._replace(edges=edges)
