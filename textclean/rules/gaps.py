"""What rules ask about the spaces of a text: `text.kinds.spaces` with the models' opinion.

All but `may_be_hole`, which takes a place, are questions for `View.once`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from textclean.engine.rule import View
from textclean.layout.bigrams import knows, meets
from textclean.punctuation.certainty import ByKind, Finding, Kind
from textclean.punctuation.prose_lines import Line, lines_of_prose, slotted_lines
from textclean.text.classes import HAN_CLASS, PAUSE_CLASS, SPACE_CLASS, is_han
from textclean.text.kinds.losses import Losses
from textclean.text.kinds.spaces import (
    BETWEEN_PAUSES,
    Joints,
    divide_clauses,
    is_listed,
    is_strange,
    joints_of,
    lines_set_apart,
)
from textclean.text.patterns import pattern
from textclean.text.variants import fold_table

_MARKS = frozenset((Kind.PAUSE, Kind.QUOTES, Kind.LIKELY_PAUSE, Kind.LIKELY_QUOTES))
#: From so many on, and from one in so many marks on, spaces beside marks are the setter's.
_LEAST_SET, _ONE_IN = 5, 7
_BEFORE_MARK = pattern(f"[{SPACE_CLASS}](?=[{PAUSE_CLASS}])")
_AFTER_MARK = pattern(f"[{PAUSE_CLASS}][{SPACE_CLASS}]+(?=[{HAN_CLASS}])")


def set_apart(view: View) -> list[tuple[int, int]]:
    """The lines whose words or characters are set apart by spaces."""
    return lines_set_apart(view.text)


def slotted(view: View) -> list[Line]:
    """The lines of prose that have a slot between Chinese characters, and whose words are not set
    apart.
    """
    lines = slotted_lines(view.text)
    if not lines:
        return lines
    if max(line.slots for line in lines) < _FEWEST_SET_APART:
        return lines_of_prose(lines, view.blocks)
    apart = {start for start, _ in view.once(set_apart)}
    return lines_of_prose([line for line in lines if line.start not in apart], view.blocks)


#: A line whose words are set apart has so many spaces between them.
_FEWEST_SET_APART = 2


def findings(view: View) -> Sequence[tuple[Line, ByKind]]:
    """What the slot model finds in each such line."""
    lines = view.once(slotted)
    if not lines:
        return ()
    from textclean.punctuation.findings import find_runs  # the model is loaded for slots only

    by_kind = find_runs(lines, styled=view.config.latin_space != "keep")
    return list(zip(lines, by_kind, strict=True))


def losses(view: View) -> Losses:
    """What the text has lost, by its spaces."""
    from textclean.punctuation.evidence import losses_of

    return losses_of(view.text, view.once(findings))


def strange(view: View) -> bool:
    """Whether the text is not like the prose of today, on which the models were trained."""
    return is_strange(view.text, meets)


def joints(view: View) -> Joints:
    """What the spaces between Chinese characters join."""
    return joints_of(view.text, meets)


def _unmarked(view: View) -> tuple[Joints, int]:
    """What those of them join that the model takes for nothing, and how many it takes for marks."""
    of_text = Joints(view.text, meets)
    marks = 0
    for line, by_kind in view.once(findings):
        for kind, each in by_kind.items():
            for finding in each:
                before, behind = _beside(line.text, finding)
                if not (is_han(before) and is_han(behind)):
                    continue
                if kind in _MARKS:
                    marks += 1
                elif kind is not Kind.UNDECIDED and not is_listed(line.text, *finding[1:3]):
                    of_text.add(before, behind)
    return of_text, marks


def holes(view: View) -> bool:
    """Whether the text has holes: its spaces stand for characters that were lost.

    Lost marks look the same to the characters beside them. In prose of today the model tells; of
    what it was not trained on it knows nothing.
    """
    if view.once(strange):
        return view.once(joints).holes
    unmarked, marks = view.once(_unmarked)
    return unmarked.seen >= marks and unmarked.holes


def _pauses(view: View) -> bool:
    """Whether there are many spaces, and they are a speaker's."""
    return view.once(losses).spaces >= _FEWEST_PAUSES and divide_clauses(view.text)


#: Fewer spaces say nothing of who set them.
_FEWEST_PAUSES = 8


def credible(view: View) -> Sequence[tuple[int, ByKind]]:
    """The findings that the text bears out, with their lines' offsets.

    None where the spaces stand for lost characters, or for the pauses of who speaks. Of a text or
    line that is not like the prose of today the model can only say that nothing stood in a place,
    and that not surely; nor elsewhere, where neither the place nor the other spaces of the text
    speak for the end of a printed line.
    """
    of_lines = () if view.once(holes) or view.once(_pauses) else view.once(findings)
    if not of_lines:
        return ()
    from textclean.punctuation.evidence import borne_out

    of_text, _ = view.once(_unmarked)
    every = view.once(strange)
    lost = view.once(losses)
    return [
        (
            line.start,
            _with_joints(
                line.text,
                borne_out(line, by_kind, lost),
                of_text,
                every or is_strange(line.text, meets),
            ),
        )
        for line, by_kind in of_lines
        if by_kind
    ]


def _with_joints(line: str, by_kind: ByKind, of_text: Joints, is_odd: bool) -> ByKind:
    if is_odd:
        by_kind = {
            kind: [finding for finding in each if not is_listed(line, *finding[1:3])]
            for kind, each in by_kind.items()
            if kind not in _MARKS
        }
    elif of_text.wraps or Kind.SPACE not in by_kind:
        return by_kind
    sure: list[Finding] = []
    likely = list(by_kind.get(Kind.LIKELY_SPACE, ()))
    for finding in by_kind.get(Kind.SPACE, ()):
        if not is_odd and of_text.meet(*_beside(line, finding)):
            sure.append(finding)
        else:
            likely.append(finding._replace(kind=Kind.LIKELY_SPACE))
    return {**by_kind, Kind.SPACE: sure, Kind.LIKELY_SPACE: likely}


def _beside(line: str, finding: Finding) -> tuple[str, str]:
    return line[max(0, finding.start - 1) : finding.start], line[finding.end : finding.end + 1]


def may_be_hole(view: View, start: int, end: int) -> bool:
    """Whether a space beside a mark may stand for a character that was lost.

    So it is where the spaces between Chinese stand for such, unless many marks have a space beside
    them; and in doubt where nothing is known of these, but the text is strange or the character
    beside the space is rare.
    """
    text = view.text
    before, behind = text[start - 1], text[end]
    if BETWEEN_PAUSES.match(text, start):
        return True
    beside = before if is_han(before) else behind
    if not is_han(beside):
        return before in PAUSE_CLASS and behind in PAUSE_CLASS and view.once(holes)
    of_text = view.once(joints)
    if of_text.wraps or view.once(_spaced_before if beside is before else _spaced_behind):
        return False
    if view.once(strange) or not knows(beside.translate(fold_table())):
        return True
    return view.once(_seem_holes)


def _seem_holes(view: View) -> bool:
    return view.once(joints).holes and view.once(holes)


def _spaced_before(view: View) -> bool:
    return _is_habit(view.text, _BEFORE_MARK)


def _spaced_behind(view: View) -> bool:
    return _is_habit(view.text, _AFTER_MARK)


def _is_habit(text: str, spaced: re.Pattern[str]) -> bool:
    count = len(spaced.findall(text))
    return count >= _LEAST_SET and _ONE_IN * count >= sum(map(text.count, PAUSE_CLASS))
