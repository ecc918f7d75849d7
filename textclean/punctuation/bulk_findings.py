"""`textclean.punctuation.findings` in arrays: what the decisions on many lines come to.

Most slots are no quotes, and what they come to is a matter of a few comparisons, made for all of
them at once. Quotations are few and depend on each other: they are left to `quoted_findings`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from textclean.punctuation.alphabet import EDGE, LABELS
from textclean.punctuation.bulk import code_points
from textclean.punctuation.bulk_decode import Decided, as_decisions
from textclean.punctuation.bylines import PIECE_EDGE, ROLES_BEGIN, belongs, role_places
from textclean.punctuation.findings import (
    LATIN,
    LETTERS,
    LIKELY,
    LONGEST_OPENING,
    PAUSES,
    SAFE,
    START,
    ByKind,
    Kind,
    make_finding,
    probability,
    quoted_findings,
)
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
#: Kinds of findings that are no quotations, and one number more for none.
_KINDS = (Kind.SPACE, Kind.LIKELY_SPACE, Kind.PAUSE, Kind.LIKELY_PAUSE, Kind.UNDECIDED)
_NOTHING = len(_KINDS)
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
    begins, of_line, starts, ends = page.begins, page.of_line, page.starts, page.ends
    grouped = (decided.closed_by >= 0) | (decided.opened_by >= 0) | (decided.opened_at >= 0)
    kinds = np.where(grouped, _NOTHING, _kinds(page, decided.labels, styled=styled))
    kinds[_belonging(page, kinds != _NOTHING)] = _NOTHING
    found: list[ByKind] = [{} for _ in lines]
    for number, kind in enumerate(_KINDS):
        which = np.flatnonzero(kinds == number)
        begin = begins[of_line[which]]
        columns = (
            repeat(kind),
            (starts[which] - begin).tolist(),
            (ends[which] - begin).tolist(),
            map(LABELS.__getitem__, decided.labels[which].tolist()),
            _confidences()[np.clip(page.leads[which], 0, _CERTAIN)].tolist(),
            repeat(None),
        )
        of_kind = list(map(make_finding, zip(*columns, strict=False)))
        for line, first, last in _stretches(of_line[which]):
            found[line][kind] = of_kind[first:last]
    which = np.flatnonzero(grouped)
    quoted = list(zip(which.tolist(), as_decisions(slots, decided, which), strict=True))
    roles = page.roles.tolist()
    for line, first, last in _stretches(of_line[which]):
        by_kind = found[line]
        for finding in quoted_findings(
            lines[line],
            int(begins[line]),
            dict(quoted[first:last]),
            damaged=damaged[line],
            roles=roles[line],
        ):
            by_kind.setdefault(finding.kind, []).append(finding)
        for of_kind in by_kind.values():
            of_kind.sort(key=START)  # what opens without a slot is found with what it is closed by
    return found


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
    marks, wide = (
        np.concatenate([[0], np.cumsum((page.classes & bit) > 0)]) for bit in (_IS_MARK, _IS_WIDE)
    )
    opens = page.starts - begins <= LONGEST_OPENING
    unmarked = marks[page.starts] == marks[begins]
    found: Array = (wide[page.ends] > wide[page.starts]) | (opens & unmarked)
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
