"""What rules ask about the spaces of a text: `text.kinds.spaces` with the models' opinion.

Each function is a question to `View.once` but for the last ones, which ask it themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textclean.engine.rule import View
from textclean.layout.bigrams import knows, meets
from textclean.punctuation.certainty import Finding, Kind
from textclean.punctuation.prose_lines import Line, lines_of_prose, slotted_lines
from textclean.text.classes import HAN_CLASS, PAUSE_CLASS, SPACE_CLASS, is_han
from textclean.text.kinds.spaces import Joints, is_listed, is_strange, lines_set_apart
from textclean.text.patterns import pattern
from textclean.text.variants import fold_table

# The model is loaded when a text has a slot.
if TYPE_CHECKING:
    from textclean.punctuation.findings import ByKind

_MARKS = frozenset((Kind.PAUSE, Kind.QUOTES, Kind.LIKELY_PAUSE, Kind.LIKELY_QUOTES))
_DIVIDES = "，、；"
#: Between two pauses something was lost; behind a colon there is room to fill in.
BETWEEN_PAUSES = pattern(f"(?<=[{_DIVIDES}])[{SPACE_CLASS}]+(?=[{_DIVIDES}。])")
#: From so many on, and from one in so many marks on, spaces beside marks are the setter's.
_LEAST_SET, _ONE_IN = 5, 7
_MARK = pattern(f"[{PAUSE_CLASS}]")
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
    apart = {start for start, _ in view.once(set_apart)}
    return lines_of_prose([line for line in lines if line.start not in apart], view.blocks)


def findings(view: View) -> Sequence[tuple[Line, ByKind]]:
    """What the slot model finds in each such line."""
    lines = view.once(slotted)
    if not lines:
        return ()
    from textclean.punctuation.findings import find_runs

    by_kind = find_runs(lines, styled=view.config.latin_space != "keep")
    return list(zip(lines, by_kind, strict=True))


def joints(view: View) -> Joints:
    """What the spaces join that the model takes for nothing, or that stand between two pauses."""
    of_text = Joints(view.text, meets)
    for line, by_kind in view.once(findings):
        for kind, each in by_kind.items():
            if kind in _MARKS and not of_text.strange:
                of_text.marks += len(each)
            elif kind is not Kind.UNDECIDED or of_text.strange:
                for finding in each:
                    _add(of_text, line.text, finding)
    of_text.seen += len(BETWEEN_PAUSES.findall(view.text))
    return of_text


def _add(of_text: Joints, line: str, finding: Finding) -> None:
    before, behind = _beside(line, finding)
    if is_han(before) and is_han(behind) and not is_listed(line, finding.start, finding.end):
        of_text.add(before, behind)


def credible(view: View) -> Sequence[tuple[int, ByKind]]:
    """The findings that the text bears out, with their lines' offsets.

    None where the spaces stand for lost characters. Of a text or line that is not like the prose of
    today the model can only say that nothing stood in a place, and that not surely; nor elsewhere,
    where neither the place nor the other spaces of the text speak for the end of a printed line.
    """
    of_lines = view.once(findings)
    if not of_lines:
        return ()
    of_text = view.once(joints)
    if of_text.holes:
        return ()
    return [
        (
            line.start,
            _borne_out(
                line.text, by_kind, of_text, of_text.strange or is_strange(line.text, meets)
            ),
        )
        for line, by_kind in of_lines
    ]


def _borne_out(line: str, by_kind: ByKind, of_text: Joints, strange: bool) -> ByKind:
    if strange:
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
        if not strange and of_text.meet(*_beside(line, finding)):
            sure.append(finding)
        else:
            likely.append(finding._replace(kind=Kind.LIKELY_SPACE))
    return {**by_kind, Kind.SPACE: sure, Kind.LIKELY_SPACE: likely}


def _beside(line: str, finding: Finding) -> tuple[str, str]:
    return line[finding.start - 1], line[finding.end]


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
    of_text = view.once(joints)
    beside = before if is_han(before) else behind
    if not is_han(beside):
        return before in PAUSE_CLASS and behind in PAUSE_CLASS and of_text.holes
    if of_text.wraps or view.once(_spaced_before if beside is before else _spaced_behind):
        return False
    return of_text.holes or of_text.strange or not knows(beside.translate(fold_table()))


def _spaced_before(view: View) -> bool:
    return _is_habit(view.text, len(_BEFORE_MARK.findall(view.text)))


def _spaced_behind(view: View) -> bool:
    return _is_habit(view.text, len(_AFTER_MARK.findall(view.text)))


def _is_habit(text: str, spaced: int) -> bool:
    return spaced >= _LEAST_SET and _ONE_IN * spaced >= len(_MARK.findall(text))
