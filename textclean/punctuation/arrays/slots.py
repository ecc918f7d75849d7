"""`textclean.punctuation.slots.find_slots` in arrays, for long texts: with the same result."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from textclean.punctuation.arrays.features import code_points
from textclean.punctuation.labels import (
    BREAKS,
    CHINESE_RANGES,
    EDGE,
    FOLDING,
    MARK_CODES,
    PRESENT_MARKS,
)
from textclean.punctuation.slots import SPACE_CLASS, Slots

Array = npt.NDArray[Any]

_SPACE, _QUOTE, _BREAK, _CHINESE = 1, 2, 4, 8
_BASIC = 0x10000


@cache
def _tables() -> tuple[Array, Array, Array]:
    """Of every code point below 65536 what it is beside a slot, what it folds to, its mark."""
    kinds = np.zeros(_BASIC, np.uint8)
    kinds[[*map(ord, SPACE_CLASS)]] = _SPACE
    kinds[[*map(ord, '"＂')]] = _QUOTE
    kinds[[*map(ord, BREAKS)]] = _BREAK
    for first, last in CHINESE_RANGES:
        if first < _BASIC:
            kinds[first : last + 1] |= _CHINESE
    folded = np.arange(_BASIC, dtype=np.uint32)
    folded[[*FOLDING]] = [*FOLDING.values()]
    marks = np.zeros(_BASIC, np.uint8)
    for mark in PRESENT_MARKS:
        marks[ord(mark)] = MARK_CODES[mark]
    return kinds, folded, marks


def find_slots(text: str, *, marks: bool = False) -> Slots:
    """The slots of a text, and the text without them; arguments are those of the other way."""
    codes = code_points(text)
    kinds, folding, mark_codes = _tables()
    basic = codes < _BASIC
    if basic.all():
        kind, folded = kinds[codes], folding[codes]
    else:
        low = np.where(basic, codes, 0)
        chinese = np.zeros(codes.size, bool)
        for first, last in CHINESE_RANGES:
            chinese |= (codes >= first) & (codes <= last)
        kind = np.where(basic, kinds[low], chinese * np.uint8(_CHINESE))
        folded = np.where(basic, folding[low], codes)
    in_run = (kind & (_SPACE | _QUOTE)) > 0
    borders = np.flatnonzero(np.diff(in_run, prepend=False, append=False))
    starts, ends = borders[::2], borders[1::2]
    # What stands before and behind each run; the text's edges count as breaks.
    edged = np.concatenate([[_BREAK], kind, [_BREAK]])
    before, behind = edged[starts], edged[ends + 1]
    inside = ((before | behind) & _BREAK) == 0
    is_slot = inside & (((before | behind) & _CHINESE) > 0)
    kept = ~in_run
    _keep_quotes(kind, folded, kept, starts, ends, inside & ~is_slot)
    reached = np.concatenate([[0], np.cumsum(kept)])
    squeezed = np.append(folded[kept], np.uint32(ord(EDGE)))
    offsets = ends if starts.size and not starts[0] else np.concatenate([[0], ends])
    begins = reached[offsets]
    columns = reached[starts[is_slot]], np.zeros(is_slot.sum(), np.uint8), starts[is_slot]
    places, codes_of, starts = columns
    ends = ends[is_slot]
    if marks:
        found = mark_codes[np.where(squeezed < _BASIC, squeezed, 0)]
        at = np.flatnonzero(found)
        edge = np.concatenate([[True], squeezed == ord(EDGE), [True]])
        at = at[~(edge[at] | edge[at + 2])]
        piece = np.searchsorted(begins, at, side="right") - 1
        marks_at = offsets[piece] + at - begins[piece]
        order = np.lexsort((np.concatenate([codes_of, found[at]]), np.concatenate([places, at])))
        places, codes_of, starts, ends = (
            np.concatenate(pair)[order]
            for pair in (
                (places, at), (codes_of, found[at]), (starts, marks_at), (ends, marks_at + 1)
            )
        )  # fmt: skip
    return Slots(
        squeezed.tobytes().decode("utf-32-le", "surrogatepass"),
        *(column.tolist() for column in (places, codes_of, starts, ends, begins, offsets)),
    )


def _keep_quotes(
    kind: Array, folded: Array, kept: Array, starts: Array, ends: Array, which: Array
) -> None:
    """Keep of some runs their quotes, of those that have none one space."""
    quotes = np.concatenate([[0], np.cumsum(kind & _QUOTE)])
    for start, end in zip(starts[which].tolist(), ends[which].tolist(), strict=True):
        if quotes[end] > quotes[start]:
            kept[start:end] = (kind[start:end] & _QUOTE) > 0
        else:
            folded[start] = ord(" ")
            kept[start] = True
