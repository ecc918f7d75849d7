"""What a removed text alone says: the passages of which nothing stands in its survivor.

A long text goes if enough of it stands in another one, so it may say a little that is said nowhere
then. Runs of equal characters are found as when the two were compared (`kernels.coverage`); what
lies between two runs is a passage, unless the survivor has it there in other characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from textclean.dedup.buffers import chunks
from textclean.dedup.fold import fold_with_offsets
from textclean.dedup.folded_texts import FoldedTexts
from textclean.dedup.kernels import covering
from textclean.dedup.kernels.coverage import DENIAL, LONGEST
from textclean.dedup.kernels.folding import text_of
from textclean.dedup.kernels.stages import COVERING
from textclean.dedup.records import LostPassage

#: Folded characters from which what is missing is a passage: fewer are a word that was misread.
LEAST = 4
# Characters that take about as long as to compare a pair of paragraphs.
_CHARACTERS = 100

# Bounds in a fold.
_Spans = list[tuple[int, int]]


def lost_by(
    removals: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8], NDArray[np.float64]],
    texts: FoldedTexts,
    long: NDArray[np.bool_],
) -> dict[int, tuple[LostPassage, ...]]:
    """What is lost by some removals, by place.

    Args:
        removals: what goes, what stays for it, the kind's number (0: equal), the score.
        long: of each text whether it is so long that it may lose something.
    """
    goes, stays, kinds, _ = removals
    places = np.flatnonzero((kinds != 0) & long[goes])
    if not len(places):
        return {}
    pairs = np.stack([goes[places], stays[places]], axis=1)
    sizes = texts.sizes(pairs.ravel()).reshape(-1, 2).sum(axis=1)
    compiled = COVERING.runs_compiled(int(sizes.sum()) // _CHARACTERS)

    def look(chunk: range) -> list[tuple[int, tuple[LostPassage, ...]]]:
        here = pairs[chunk.start : chunk.stop]
        members, numbers = np.unique(here, return_inverse=True)
        folds = texts.folds(members)
        found = []
        for place, (one, other) in zip(chunk, numbers.reshape(-1, 2).tolist(), strict=True):
            sides = [folds.codes[folds.begins[side] : folds.ends[side]] for side in (one, other)]
            if spans := _missing(sides[0], sides[1], compiled):
                text = texts.texts[int(pairs[place, 0])]
                found.append((int(places[place]), _passages(text, spans)))
        return found

    return {place: lost for part in texts.pool.map(look, chunks(sizes)) for place, lost in part}


def _passages(text: str, spans: _Spans) -> tuple[LostPassage, ...]:
    if not spans:
        return ()
    offsets = fold_with_offsets(text).offsets
    places = [(offsets[start], offsets[end - 1] + 1) for start, end in spans]
    return tuple(LostPassage(start, end, text[start:end]) for start, end in places)


def _missing(one: NDArray[np.uint32], other: NDArray[np.uint32], compiled: bool) -> _Spans:
    """Where the first of two folds has what the second has not."""
    size = len(one)
    codes = np.concatenate([one, other])
    runs = covering.runs(codes, size, compiled=compiled).tolist()
    bounds: list[Sequence[int]] = [
        (0, 0, size, size),
        *runs,
        (size, size, len(codes), len(codes)),
    ]
    spans: _Spans = []
    for at, ((_, begin, _, there), (end, _, until, _)) in enumerate(pairwise(bounds)):
        gap = end - begin
        if gap < LEAST:
            continue
        ends = at in (0, len(runs))
        room = until - there
        if ends:  # of what hangs over there, what is beside the run
            near = min(room, 2 * gap + DENIAL)
            there, until = (until - near, until) if at == 0 else (there, there + near)
        elif not 0 <= room <= LONGEST:
            until = there
        if _is_missing(text_of(codes, begin, end), text_of(codes, there, max(there, until)), ends):
            spans.append((begin, end))
    return spans


def _is_missing(gap: str, instead: str, ends: bool) -> bool:
    """Whether what stands instead is another thing, or too little to be a reading of the gap."""
    if len(gap) > LONGEST or not instead:
        return True
    if not ends and len(gap) - len(instead) >= LEAST:
        return True
    return 2 * LCSseq.similarity(gap, instead) < len(gap)
