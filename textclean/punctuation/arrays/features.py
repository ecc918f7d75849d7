"""The features of many slots at once, in arrays: the same numbers as one by one.

Columns and tables are those of `textclean.punctuation.features`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from textclean.models.hashing import FNV_BASIS, STEP
from textclean.punctuation import features, labels
from textclean.punctuation.arrays.line_grid import chain_codes
from textclean.punctuation.line_grid import PER_LINE_COUNT

Array = npt.NDArray[Any]
_EDGE = 10
#: Slots hashed together: few enough that their columns stay in the processor's cache.
BATCH = 4096


@cache
def _tables() -> tuple[Array, Array]:
    """Kind of boundary and width of every code point below 65535; what is above shares the last."""
    kinds = np.zeros(0x10000, np.uint8)
    for code, kind in labels.BOUNDARIES.items():
        kinds[code] = kind
    widths = np.ones(0x10000, np.uint8)
    for first, end in labels.WIDE_RANGES:
        widths[first:end] = 2
    return kinds, widths


def code_points(text: str) -> Array:
    """The code points of a text, as uint32."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


class Columns:
    """The columns of all slots of a squeezed text (`COLUMNS`), computed for one batch at a time."""

    def __init__(
        self, codes: Array, places: Array, kinds: Array, which: Array | None = None
    ) -> None:
        """Take a squeezed text's code points, every line of it ended; its slots' places, kinds.

        Args:
            which: indices of the slots whose columns are computed; all if None.
        """
        edges = np.full(features.PADDING, _EDGE, np.uint32)
        self._codes = padded = np.concatenate([edges, codes, edges])
        self._places = places + features.PADDING
        self._kinds = kinds
        is_run = kinds == 0
        boundary_kinds, widths = _tables()
        small = np.minimum(padded, 0xFFFF)
        self._kind_at = boundary_kinds[small]
        self._boundaries = np.flatnonzero(self._kind_at)
        self._edges = np.flatnonzero(padded == _EDGE)
        self._runs = self._places[is_run]
        self._quotes = np.flatnonzero(
            (padded == ord("“")) | (padded == ord("”")) | (padded == _EDGE)
        )
        self._stops = np.flatnonzero(np.isin(padded, [_EDGE, *map(ord, "。？！")]))
        self._parts = np.flatnonzero(np.isin(padded, [_EDGE, *map(ord, "。？！；")]))
        self._semis = np.concatenate([[0], np.cumsum(padded == ord("；"))])
        self._lists = np.flatnonzero(padded[self._runs] == ord(features.ETC))
        is_pause = (self._kind_at >= labels.FIRST_PAUSE) & (self._kind_at <= labels.LAST_PAUSE)
        self._pauses = np.concatenate([[0], np.cumsum(is_pause)])
        #: Of each slot its code on the chain of its line, 0 for present marks.
        self.chain = np.zeros(places.size, np.uint32)
        self.chain[is_run] = self._chain_codes(widths[small])
        #: Places, kinds and chains of the slots whose columns are computed.
        self._slots = [
            column if which is None else column[which]
            for column in (self._places, self._kinds, self.chain)
        ]

    def _chain_codes(self, widths: Array) -> Array:
        """Of each run of spaces, its code on the chain of its line."""
        if not self._runs.size:
            return np.zeros(0, np.uint32)
        size = self._codes.size
        at_run = np.zeros(size, bool)
        at_run[self._runs] = True
        mark = (self._kind_at > 0) & (self._kind_at < labels.EDGE_BOUNDARY)
        behind = np.zeros(size, bool)
        behind[1:] = mark[:-1]
        nodes = np.flatnonzero(at_run | (behind & (self._kind_at == 0)))
        is_slot = at_run[nodes]
        # Columns before each character, slots counted as one; the line feed before a line as none.
        reached = np.cumsum(widths, dtype=np.int64) - widths + np.cumsum(at_run)
        bounds = np.searchsorted(nodes, self._edges)
        sizes = np.diff(bounds)
        ends = reached[self._edges]
        begins = ends[:-1] + 1
        columns = reached[nodes] - np.repeat(begins, sizes)
        used = np.flatnonzero(sizes)
        bounds = np.concatenate([bounds[used], [nodes.size]])
        totals = (ends[1:] - begins)[used]
        codes = chain_codes(bounds, columns, is_slot.astype(np.int64), totals)
        return codes[is_slot].astype(np.uint32)

    def batches(self) -> Iterator[tuple[list[Array], list[Array]]]:
        """The columns and conditions of all slots, a batch at a time."""
        for first in range(0, self._slots[0].size, BATCH):
            yield self._columns(*(column[first : first + BATCH] for column in self._slots))

    def _columns(self, at: Array, kinds: Array, chain: Array) -> tuple[list[Array], list[Array]]:
        codes, runs = self._codes, self._runs
        kind = kinds.astype(np.int64)
        back = at + (kind > 0)
        before_codes: list[Array] = []
        behind_codes: list[Array] = []
        for characters, place, step in ((before_codes, at - 1, -1), (behind_codes, back, 1)):
            inside = np.ones(at.size, bool)
            for distance in range(6):
                character = np.where(inside, codes[place + step * distance], _EDGE)
                inside &= character != _EDGE
                characters.append(character)
        far_away = codes.size
        # Boundaries before: a printed mark or another slot, whichever is nearer.
        mark = self._boundaries[np.searchsorted(self._boundaries, at) - 1]
        to_mark, mark_kind = at - mark - 1, self._kind_at[mark].astype(np.int64)
        index = np.searchsorted(runs, at) - 1
        to_run, second = _distances(at, runs, index, index - 1, far_away)
        near, before, far, before2 = _boundary(to_mark, mark_kind, to_run, second)
        # And behind.
        mark = self._boundaries[np.searchsorted(self._boundaries, back)]
        to_mark, mark_kind = mark - back, self._kind_at[mark].astype(np.int64)
        index = np.searchsorted(runs, at, side="right")
        to_run, second = _distances(back, runs, index, index + 1, far_away)
        following, behind, beyond, behind2 = _boundary(to_mark, mark_kind, to_run, second)
        left_known = (near > 0) & (near <= features.LONGEST_PIECE)
        right_known = (following > 0) & (following <= features.LONGEST_PIECE)
        left_at, right_at = at - near, back + following
        left = _pieces(codes, at - 1, -1, np.where(left_known, near, 0))
        right = _pieces(codes, back, 1, np.where(right_known, following, 0))
        left_out, right_out = codes[left_at - 1], codes[right_at]
        quote = self._quotes[np.searchsorted(self._quotes, at) - 1]
        quote2 = self._quotes[np.searchsorted(self._quotes, back)]
        index = np.searchsorted(self._edges, at)
        start, end = self._edges[index - 1] + 1, self._edges[index]
        size = np.maximum(end - start, 1)
        pauses = self._pauses[end] - self._pauses[start]
        slots = np.searchsorted(runs, end) - np.searchsorted(runs, start)
        stop, part = (marks[np.searchsorted(marks, at) - 1] for marks in (self._stops, self._parts))
        stop2, part2 = (marks[np.searchsorted(marks, back)] for marks in (self._stops, self._parts))
        semis = self._semis
        semis_before, semis_behind = semis[at] - semis[start], semis[end] - semis[back]
        columns = [
            *before_codes, *behind_codes, kind,
            before, np.minimum(near, features.NEAR), before2, np.minimum(far, features.FAR),
            behind, np.minimum(following, features.NEAR), behind2, np.minimum(beyond, features.FAR),
            np.minimum(near, features.NEAREST), np.minimum(following, features.NEAREST),
            np.minimum(near, features.CLOSEST), np.minimum(following, features.CLOSEST),
            left, right,
            codes[left_at], left_out, np.where(left_out == _EDGE, _EDGE, codes[left_at - 2]),
            codes[right_at - 1], right_out,
            np.where(right_out == _EDGE, _EDGE, codes[np.minimum(right_at + 1, codes.size - 1)]),
            _quote_kinds(codes[quote]), np.minimum((at - quote) // 4, features.QUOTE_STEPS),
            _quote_kinds(codes[quote2]), np.minimum((quote2 - back) // 4, features.QUOTE_STEPS),
            np.minimum(pauses * 200 // size, 12), np.minimum(slots * 100 // size, 15),
            chain, np.where(chain > 0, (chain - 1) % np.uint32(PER_LINE_COUNT) + 1, 0),
            np.minimum(at - start, features.EDGE_NEAR), np.minimum(end - back, features.EDGE_NEAR),
            _reach(at - stop - 1), _reach(stop2 - back),
            _reach(at - part - 1), _reach(part2 - back),
            3 * np.minimum(semis_before, features.MOST_SEMIS)
            + np.minimum(semis_behind, features.MOST_SEMIS),
            self._etc(back, end),
        ]  # fmt: skip
        left_seen, right_seen = (each <= features.LONGEST_LOOK for each in (near, following))
        conditions = [
            np.ones(at.size, bool), left_known, right_known,
            left_seen, right_seen, (near > 0) & left_seen, (following > 0) & right_seen,
        ]  # fmt: skip
        return [column.astype(np.uint32) for column in columns], conditions

    def _etc(self, back: Array, end: Array) -> Array:
        """The column ``etc`` of slots behind which text goes on at `back`, in lines that end."""
        lists, runs = self._lists, self._runs
        if not lists.size:
            return np.zeros(back.size, np.int64)
        here = np.searchsorted(runs, back)
        index = np.searchsorted(lists, here)
        nearest = lists[np.minimum(index, lists.size - 1)]
        which = nearest - here + 1
        near = (index < lists.size) & (which <= features.MOST_ETC) & (runs[nearest] < end)
        return np.where(near, which, 0)


def _reach(distance: Array) -> Array:
    """`textclean.punctuation.features.reach` of distances: how many bits each has."""
    bits: Array = np.searchsorted(2 ** np.arange(features.MOST_BITS), distance, side="right")
    return bits


def _distances(
    at: Array, runs: Array, index: Array, index2: Array, far_away: int
) -> tuple[Array, Array]:
    """How far the runs of two indices lie from places; `far_away` where there is no such run."""
    distances = []
    for which in (index, index2):
        if not runs.size:
            distances.append(np.full(at.size, far_away))
            continue
        there = (which >= 0) & (which < runs.size)
        distance = np.abs(at - runs[np.clip(which, 0, runs.size - 1)])
        distances.append(np.where(there, distance, far_away))
    return distances[0], distances[1]


def _boundary(
    to_mark: Array, mark_kind: Array, to_run: Array, second: Array
) -> tuple[Array, Array, Array, Array]:
    """The nearest boundary (distance, kind), and the one beyond it if that one is a slot."""
    is_run = to_run <= to_mark
    near = np.where(is_run, to_run, to_mark)
    kind = np.where(is_run, labels.SLOT_BOUNDARY + 8 * (to_run == to_mark), mark_kind)
    far = np.where(is_run, np.minimum(second, to_mark), near)
    kind2 = np.where(is_run & (second < to_mark), labels.SLOT_BOUNDARY, mark_kind)
    return near, kind, far, kind2


def _pieces(codes: Array, place: Array, step: int, sizes: Array) -> Array:
    """Hashes of pieces of at most `features.LONGEST_PIECE` characters, read from a place on."""
    h = np.full(place.size, FNV_BASIS, np.uint32)
    for distance in range(features.LONGEST_PIECE):
        here = distance < sizes
        if not here.any():
            break
        code = codes[np.where(here, place + step * distance, 0)]
        h = np.where(here, (h ^ code) * np.uint32(STEP), h)
    return h


def _quote_kinds(codes: Array) -> Array:
    """1 for an opening quote, 2 for a closing one, 0 for anything else."""
    kinds: Array = (codes == ord("“")) + 2 * (codes == ord("”"))
    return kinds
