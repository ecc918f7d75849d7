"""A finding: an edit or a suggestion with its place in a file, and its message.

A place is a line and a column, both from 1, columns in code points: what editors and other linters
count. Whatever the eye cannot see (a zero-width space, a no-break space) is written as its code
point, so that a message never shows two equal texts and calls them different.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from textclean.report.language import language_in_use, tr
from textclean.report.reasons import one_line_zh
from textclean.text.edit import Edit, Tier
from textclean.text.visible import visible

if TYPE_CHECKING:
    from textclean.engine.rule import Rule

#: From an offset in a text to the line and column in its file.
Place = Callable[[int], tuple[int, int]]

_QUOTED = str.maketrans({"\\": "\\\\", '"': '\\"'})


class Finding(NamedTuple):
    """An edit, a suggestion or a mere report, and where it stands; fields as JSON has them."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    #: Offsets in the text (of a JSONL record: in the record's text), in code points.
    start: int
    end: int
    code: str
    name: str
    tier: Tier
    confidence: float
    before: str
    after: str
    evidence: str
    #: Findings of one text with the same number stand or fall together.
    group: int | None
    #: Whether ``fix`` under the same configuration makes this change.
    fixable: bool
    message: str


class Located(NamedTuple):
    """A finding and the text in which it stands."""

    finding: Finding
    text: str
    #: Whether the text is a file as it stands there, so that an edit of it is one of the file.
    is_file: bool


def findings(
    path: str,
    edits: Iterable[Edit],
    suggestions: Iterable[Edit],
    place: Place,
    rules: Mapping[str, Rule],
) -> list[Finding]:
    """The edits (fixable) and suggestions (not) of one text as findings, in order of place.

    Args:
        rules: the rules by their codes, for their names and reasons.
    """
    result = [
        *(_finding(path, edit, place, rules, fixable=True) for edit in edits),
        *(_finding(path, edit, place, rules, fixable=False) for edit in suggestions),
    ]
    result.sort(key=lambda f: (f.line, f.column, f.end_line, f.end_column, f.code, not f.fixable))
    return result


def _finding(
    path: str, edit: Edit, place: Place, rules: Mapping[str, Rule], *, fixable: bool
) -> Finding:
    start, end, before, after, code, tier, confidence, evidence, group, _ = edit
    name = rules[code].name if code in rules else code
    return Finding(
        path, *(*place(start), *place(end)), start, end, code, name, tier, confidence, before,
        after, evidence, group, fixable, message(edit, rules),
    )  # fmt: skip


def message(edit: Edit, rules: Mapping[str, Rule]) -> str:
    """An edit in words: the rule's name, what becomes what, and the evidence.

    In Chinese the rule's reason stands for evidence that only says which case of it this is; what
    is only reported has both, for there the evidence is all that was found out.
    """
    rule = rules.get(edit.rule)
    said = f"{edit.rule if rule is None else rule.name}{tr(': ')}{change_in_words(edit)}"
    others = sorted({part.rule for part in edit.parts} - {edit.rule})
    if others:
        said += f" ({tr('with ' + ', '.join(others))})"
    evidence = visible(_shortened(edit.evidence, 200))
    if language_in_use() == "zh" and rule is not None:
        detail = f"（{evidence}）" if evidence and not edit.changes else ""
        evidence = one_line_zh(rule) + detail
    return f"{said}{tr('; ')}{evidence}" if evidence else said


def change_in_words(edit: Edit) -> str:
    """What becomes what, in double quotes and visible."""
    if not edit.changes:
        return quoted(edit.before)
    if not edit.after:
        return tr(f"remove {quoted(edit.before)}")
    if not edit.before:
        return tr(f"insert {quoted(edit.after)}")
    return f"{quoted(edit.before)} → {quoted(edit.after)}"


def quoted(text: str) -> str:
    """A text in double quotes, visible and of a length fit for a line."""
    return f'"{visible(_shortened(text).translate(_QUOTED))}"'


def _shortened(text: str, longest: int = 40) -> str:
    if len(text) <= longest:
        return text
    tail = longest // 3
    return f"{text[: longest - tail - 1]}…{text[-tail:]}"
