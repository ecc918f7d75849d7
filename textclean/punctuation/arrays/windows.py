"""The windows of many slots in arrays: the same tokens as in `textclean.punctuation.windows`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from textclean.models.mlp_arrays import NarrowPlace
from textclean.punctuation import windows
from textclean.punctuation.arrays.features import BATCH
from textclean.punctuation.labels import EDGE
from textclean.punctuation.line_grid import PER_LINE_COUNT

Array = npt.NDArray[Any]

#: The places of a window's context, by twos and threes: few tokens each, so that there are not too
#: many sums of their rows.
NARROW = tuple(
    tuple(
        NarrowPlace(
            windows.MIDDLE + number, windows.CONTEXT_TOKENS[number][1], windows.CONTEXT[number][1]
        )
        for number in numbers
    )
    for numbers in ((0, 11, 12), (1, 2), (3, 4), (5, 6), (7, 8), (9, 10))
)


def token_table(characters: Array) -> Array:
    """The token of every code point, from the code points that have one of their own."""
    table = np.full(0x110000, windows.UNKNOWN, np.int32)
    table[characters] = np.arange(
        windows.FIRST_CHARACTER, windows.FIRST_CHARACTER + characters.size
    )
    table[ord(EDGE)] = windows.OUTSIDE
    return table


class Windows:
    """The windows of all slots of a squeezed text (`textclean.punctuation.windows.windows`)."""

    def __init__(
        self,
        codes: Array,
        places: Array,
        kinds: Array,
        chain: Array,
        table: Array,
        which: Array | None = None,
    ) -> None:
        """Take a text and its slots.

        Args:
            chain: of each slot its code on its line's chain, 0 for marks.
            table: the token of every code point (`token_table`).
            which: indices of the slots whose windows are computed; all if None.
        """
        is_run = kinds == 0
        code = chain.astype(np.int64)
        gap, regularity = (code - 1) % 10, (code - 1) % PER_LINE_COUNT // 10
        own = np.where(
            gap <= windows.ON,
            windows.ON_CHAIN,
            np.where(gap >= windows.OFF, windows.OFF_CHAIN, windows.SLOT),
        )
        own = np.where((code > 0) & (regularity >= windows.REGULAR), own, windows.SLOT)
        runs = places[is_run]
        outside = np.full(windows.REACH, windows.OUTSIDE, np.int32)
        self._sequence = np.concatenate(
            [outside, np.insert(table[codes], runs, own[is_run]), outside]
        )
        before = np.where(
            is_run,
            np.searchsorted(runs, places, side="left"),
            np.searchsorted(runs, places, side="right"),
        )
        self._middle = places + before + windows.REACH
        self._own = np.where(is_run, own, windows.MARK + kinds)
        if which is not None:
            self._middle, self._own = self._middle[which], self._own[which]

    def of(self, number: int, columns: Sequence[Array]) -> Array:
        """The windows of a batch of slots, int32 [slots, `windows.WINDOW`].

        Args:
            number: which batch (`textclean.punctuation.arrays.features.BATCH`), from nought.
            columns: of its slots.
        """
        batch = slice(number * BATCH, (number + 1) * BATCH)
        offsets = np.arange(-windows.REACH, windows.REACH + 1)
        window = np.empty((columns[0].size, windows.WINDOW), np.int32)
        middle = window[:, : windows.MIDDLE]
        middle[:] = self._sequence[self._middle[batch, None] + offsets]
        middle[:, windows.REACH] = self._own[batch]
        outer = middle == windows.OUTSIDE
        left = np.maximum.accumulate(outer[:, windows.REACH - 1 :: -1], axis=1)[:, ::-1]
        right = np.maximum.accumulate(outer[:, windows.REACH + 1 :], axis=1)
        middle[:, : windows.REACH][left] = windows.OUTSIDE
        middle[:, windows.REACH + 1 :][right] = windows.OUTSIDE
        for place, (column, token) in enumerate(windows.CONTEXT_TOKENS, windows.MIDDLE):
            window[:, place] = columns[column] + np.uint32(token)
        return window
