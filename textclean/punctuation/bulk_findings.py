"""`textclean.punctuation.findings` in arrays: what the decisions on many lines come to.

What a slot comes to is a matter of a few comparisons, made for all of them at once. Only whether a
space beside a name belongs there, and quotes within quotes, are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from textclean.punctuation.arrays.features import code_points
from textclean.punctuation.bulk_decode import Decided, as_decisions
from textclean.punctuation.bylines import PIECE_EDGE, ROLES_BEGIN, belongs, role_places
from textclean.punctuation.findings import (
    LATIN,
    LETTERS,
    LIKELY,
    LIKELY_QUOTES,
    LONGEST_OPENING,
    PAUSES,
    SAFE,
    SAFE_HALF,
    SAFE_PAIR,
    ByKind,
    Kind,
    levels,
    make_finding,
    probability,
)
from textclean.punctuation.labels import CLASSES, EDGE, LABELS
from textclean.punctuation.prose_lines import ANY_MARKS
from textclean.punctuation.slots import Slots

Array = npt.NDArray[Any]

_IS_LATIN, _IS_LETTER, _IS_PAUSE, _IS_COLON, _IS_EDGE, _BEGINS_ROLE, _IS_MARK, _IS_WIDE = (
    1 << bit for bit in range(8)
)
_CLASSES = {
    _IS_LATIN: LATIN, _IS_LETTER: LETTERS, _IS_PAUSE: PAUSES, _IS_COLON: ":",
    _IS_EDGE: PIECE_EDGE, _BEGINS_ROLE: ROLES_BEGIN, _IS_MARK: ANY_MARKS, _IS_WIDE: "\u3000",
}  # fmt: skip
#: Kinds of findings, and one number more for none.
_KINDS = (
    Kind.SPACE, Kind.LIKELY_SPACE, Kind.PAUSE, Kind.LIKELY_PAUSE,
    Kind.UNDECIDED, Kind.QUOTES, Kind.LIKELY_QUOTES,
)  # fmt: skip
_UNDECIDED, _PAIR, _LIKELY_PAIR, _NOTHING = range(4, 8)
#: Whether nothing stood in the slot or a mark, and how sure that is: sure, likely or neither.
_KIND_OF = np.array([[0, 1, 4], [2, 3, 4]])
#: From so many units of lead on, confidence is 1.
_CERTAIN = 2_000


@cache
def _classes() -> Array:
    """Of every code point below 65536 what it is beside a slot; all else is nothing of that."""
    classes = np.zeros(0x10000, np.uint8)
    for bit, characters in _CLASSES.items():
        classes[[*map(ord, characters)]] |= bit
    return classes


@cache
def _confidences() -> Array:
    return np.array([probability(lead) for lead in range(_CERTAIN + 1)])


def line_findings(
    lines: Sequence[str],
    slots: Slots,
    decided: Decided,
    damaged: Sequence[bool],
    *,
    styled: bool,
) -> list[ByKind]:
    """`textclean.punctuation.findings.line_findings`, whose arguments these are.

    Args:
        slots: of the text that the lines make.
        decided: what they had been.
    """
    page = _page(lines, slots, decided, damaged)
    roots = _roots(decided.opened_by)
    grouped = np.array(CLASSES)[decided.labels] > 0
    kinds, leads = _quotations(page, decided, roots)
    kinds = np.where(grouped, kinds, _kinds(page, decided.labels, styled=styled))
    stays = np.zeros(grouped.size, bool)
    stays[roots[_belonging(page, kinds != _NOTHING)]] = True
    which = np.flatnonzero((kinds != _NOTHING) & ~stays[roots])
    marks = np.array(LABELS, object)[decided.labels]
    openings = np.full(marks.size, "“", object)
    _set_levels(page, slots, decided, which[grouped[which]], marks, openings)

    # What opens without a slot is found with what it is closed by.
    unspaced = which[decided.opened_at[which] >= 0]
    of = np.concatenate([which, unspaced])
    begins = page.begins[page.of_line[of]]
    starts = np.concatenate([page.starts[which], decided.opened_at[unspaced]]) - begins
    ends = np.concatenate([page.ends[which], decided.opened_at[unspaced]]) - begins
    afters = np.concatenate([marks[which], openings[unspaced]])
    order = np.lexsort((starts, page.of_line[of]))
    groups = np.where(grouped[of], page.starts[roots[of]] - begins, -1)
    found: list[ByKind] = [{} for _ in lines]
    for number, kind in enumerate(_KINDS):
        rows = order[kinds[of[order]] == number]
        columns = (
            repeat(kind),
            starts[rows].tolist(),
            ends[rows].tolist(),
            afters[rows].tolist(),
            _confidences()[np.clip(leads[of[rows]], 0, _CERTAIN)].tolist(),
            [None if group < 0 else group for group in groups[rows].tolist()],
        )
        of_kind = list(map(make_finding, zip(*columns, strict=False)))
        for line, first, last in _stretches(page.of_line[of[rows]]):
            found[line][kind] = of_kind[first:last]
    return found


def _roots(opened_by: Array) -> Array:
    """Of each slot the first one of the quotations that hang together by slots, or itself."""
    roots = np.where(opened_by >= 0, opened_by, np.arange(opened_by.size))
    while not np.array_equal(further := roots[roots], roots):
        roots = further
    return roots


def _quotations(page: _Page, decided: Decided, roots: Array) -> tuple[Array, Array]:
    """What slots come to if they are quotes (`findings.quotation`), and by how much they lead:
    all by what hangs together.
    """
    surest, which = decided.class_margins.copy(), decided.label_margins.copy()
    np.minimum.at(surest, roots, decided.class_margins)
    np.minimum.at(which, roots, decided.label_margins)
    surest, which = surest[roots], which[roots]
    leads = np.minimum(surest, which)
    # What stands alone is the other half of a printed quote.
    least = np.where(np.bincount(roots)[roots] == 1, SAFE_HALF, SAFE_PAIR)

    def any_of(which: Array) -> Array:
        found = np.zeros(roots.size, bool)
        found[roots[which]] = True
        return found[roots]

    beside = page.classes[page.starts - 1] | page.classes[page.ends]
    latin, unspaced = any_of((beside & _IS_LATIN) > 0), any_of(decided.opened_at >= 0)
    sure = (which >= SAFE["quotes"]) & (surest >= least) & ~unspaced & ~latin
    kinds = np.where(leads >= LIKELY_QUOTES, _LIKELY_PAIR, _UNDECIDED)
    kinds[sure] = _PAIR
    kinds[unspaced & (~page.damaged[page.of_line] | any_of(_wide(page)))] = _NOTHING
    return kinds, leads


def _set_levels(
    page: _Page, slots: Slots, decided: Decided, quoted: Array, marks: Array, openings: Array
) -> None:
    """Set ‘ ’ for “ ” within other quotations: in lines that have printed ones.

    Args:
        quoted: indices of slots with quotes that are proposed.
        marks: of each slot its label, corrected.
        openings: of each slot what opens the quotation that it closes without a slot, corrected.
    """
    for number, first, last in _stretches(page.of_line[quoted]):
        line = page.lines[number]
        if "“" in line or "”" in line:
            here = quoted[first:last]
            decisions = dict(zip(here.tolist(), as_decisions(slots, decided, here), strict=True))
            found = levels(line, int(page.begins[number]), decisions, [*decisions])
            for index, (mark, opening) in found.items():
                marks[index], openings[index] = mark, opening


class _Page(NamedTuple):
    """Lines that were decided as one text, and what is known of them and of its slots."""

    lines: Sequence[str]
    #: Of each character of the text what it is beside a slot, bits of `_classes`.
    classes: Array
    #: Of each line where it begins, whether it has lost marks, whether it names roles.
    begins: Array
    damaged: Array
    roles: Array
    #: Of each slot its offsets, the index of its line, by how much the decision leads.
    starts: Array
    ends: Array
    of_line: Array
    leads: Array


def _page(lines: Sequence[str], slots: Slots, decided: Decided, damaged: Sequence[bool]) -> _Page:
    text = EDGE.join(lines)
    codes = code_points(text)
    table = _classes()
    classes = np.where(codes < table.size, table[np.minimum(codes, table.size - 1)], 0)
    begins = np.cumsum([0, *(len(line) + 1 for line in lines[:-1])])
    roles = np.zeros(len(lines), bool)
    roles[np.searchsorted(begins, role_places(text), side="right") - 1] = True
    starts, ends = np.array(slots.starts), np.array(slots.ends)
    return _Page(
        lines,
        classes,
        begins,
        np.array(damaged, bool),
        roles,
        starts,
        ends,
        np.searchsorted(begins, starts, side="right") - 1,
        np.minimum(decided.class_margins, decided.label_margins),
    )


def _kinds(page: _Page, labels: Array, *, styled: bool) -> Array:
    """What slots come to if they are no quotes: indices of `_KINDS`, `_NOTHING` for none."""
    beside = page.classes[page.starts - 1] | page.classes[page.ends]
    damaged = page.damaged[page.of_line]
    beside_latin = (beside & _IS_LATIN) > 0
    had_mark = labels > 0
    stays = ~had_mark & (
        ((beside & _IS_PAUSE) > 0)  # the rules of spaces do that
        | (beside_latin & (styled | ~damaged | ((beside & _IS_LETTER) > 0)))  # a matter of style
    )
    stays |= ~damaged & _set_apart(page)
    # The space beside a half-width colon is what tells a misread semicolon from a colon set
    # without care (P003): it does not go by default.
    sure = page.leads >= np.where(had_mark, SAFE["pause"], SAFE[""])
    sure &= ~(beside_latin | (~had_mark & ((beside & _IS_COLON) > 0)))
    certainty = np.where(sure, 0, np.where(page.leads >= LIKELY, 1, 2))
    return np.where(stays, _NOTHING, _KIND_OF[had_mark.astype(np.intp), certainty])


def _set_apart(page: _Page) -> Array:
    """Which slots stand behind what a line opens with (`findings.sets_apart`)."""
    begins = page.begins[page.of_line]
    marks = np.concatenate([[0], np.cumsum((page.classes & _IS_MARK) > 0)])
    opens = page.starts - begins <= LONGEST_OPENING
    unmarked = marks[page.starts] == marks[begins]
    found: Array = _wide(page) | (opens & unmarked)
    return found


def _wide(page: _Page) -> Array:
    """Which slots hold an ideographic space."""
    wide = np.concatenate([[0], np.cumsum((page.classes & _IS_WIDE) > 0)])
    found: Array = wide[page.ends] > wide[page.starts]
    return found


def _belonging(page: _Page, asked: Array) -> Array:
    """Indices of those of some slots whose spaces belong where they are (`bylines.belongs`)."""
    before = page.starts - page.begins[page.of_line] == 1
    before |= (page.classes[page.starts - 2] & _IS_EDGE) > 0
    may = page.roles[page.of_line] | before | ((page.classes[page.ends] & _BEGINS_ROLE) > 0)
    which = np.flatnonzero(asked & may)
    of_line = page.of_line[which]
    begin = page.begins[of_line]
    columns = of_line, page.starts[which] - begin, page.ends[which] - begin, page.roles[of_line]
    rows = zip(*(column.tolist() for column in columns), strict=True)
    found: Array = which[
        [belongs(page.lines[line], low, high, roles=roles) for line, low, high, roles in rows]
    ]
    return found


def _stretches(values: Array) -> Iterator[tuple[int, int, int]]:
    """The different ones of ascending values, and where each begins and ends."""
    if values.size:
        borders = [0, *(np.flatnonzero(np.diff(values)) + 1).tolist(), values.size]
        yield from zip(values[borders[:-1]].tolist(), borders, borders[1:], strict=False)
