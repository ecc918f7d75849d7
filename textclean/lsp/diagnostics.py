"""Findings as a client shows them: place, severity, message, and the page of the rule.

They are made as JSON and not as objects of the protocol's library: a damaged file has thousands,
and making and taking apart so many objects takes longer than finding what they tell. At a keystroke
nearly all of them are what they were, at the same place of the same line: those are remembered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from lsprotocol import converters, types

from textclean.lsp.documents import Document
from textclean.lsp.findings import Found
from textclean.report.findings import message
from textclean.report.language import Language, language_in_use, tr
from textclean.report.rules import page_address
from textclean.text.edit import Edit, Part, Tier
from textclean.text.visible import visible

if TYPE_CHECKING:
    from cattrs import Converter

    from textclean.engine.rule import Rule

SOURCE = "textclean"
_SEVERITY = {
    Tier.SAFE: types.DiagnosticSeverity.Warning.value,
    Tier.SUGGESTED: types.DiagnosticSeverity.Information.value,
    Tier.REPORT: types.DiagnosticSeverity.Hint.value,
}
# Members of a group that are listed with each of them.
_MOST_RELATED = 8
#: Diagnostics that are remembered: those of some large files.
_REMEMBERED = 20_000
#: As the protocol has them in JSON.
Json = dict[str, Any]
#: Line and unit of the start, and of the end.
_Range = tuple[int, int, int, int]


def diagnostics(
    document: Document, rules: Mapping[str, Rule], *, related: bool = True
) -> list[str]:
    """Everything that was found in a document, each as JSON.

    Args:
        rules: by their codes.
        related: whether the client shows what belongs to a diagnostic.
    """
    groups: dict[object, list[Found]] = {}
    if related:
        for each in document.found:
            if each.edit.group is not None:
                groups.setdefault(each.group, []).append(each)
    uri = document.uri if related else None
    language = language_in_use()
    made: list[str] = []
    for each in document.found:
        edit = each.edit
        group = groups.get(each.group, ()) if groups and edit.group is not None else ()
        others = tuple(
            _shown_range(document, other.edit)
            for other in group[:_MOST_RELATED]
            if other is not each
        )
        about = edit[2:8]  # what does not depend on the place
        span = _shown_range(document, edit)
        made.append(_written(about, edit.parts, span, others, rules.get(edit.rule), uri, language))
    return made


def diagnostic(document: Document, found: Found, rule: Rule | None) -> types.Diagnostic:
    """One finding, as an action names it."""
    span = _shown_range(document, found.edit)
    made = _diagnostic(found.edit, span, (), rule, None)
    return _converter().structure(made, types.Diagnostic)


@cache
def _converter() -> Converter:
    return converters.get_converter()


@lru_cache(_REMEMBERED)
def _written(
    about: tuple[Any, ...],
    parts: tuple[Part, ...],
    span: _Range,
    others: tuple[_Range, ...],
    rule: Rule | None,
    uri: str | None,
    _: Language,
) -> str:
    edit = Edit._make((0, 0, *about, None, parts))
    return json.dumps(_diagnostic(edit, span, others, rule, uri))


def _diagnostic(
    edit: Edit,
    span: _Range,
    others: Sequence[_Range],
    rule: Rule | None,
    uri: str | None,
) -> Json:
    """A finding.

    Args:
        others: where those of its group are that are listed with it.
        uri: of the document; None: the client shows nothing that belongs to a diagnostic.
    """
    said, evidence = _said(edit, rule)
    made: Json = {
        "range": _range(span),
        "severity": _SEVERITY[edit.tier],
        "code": edit.rule,
        "message": said,
        "source": SOURCE,
    }
    address = None if rule is None else page_address(rule)
    if address is not None:
        made["codeDescription"] = {"href": address}
    if uri is not None and (evidence or others):
        more = [(span, evidence)] if evidence else []
        more += ((other, tr("changed together with this")) for other in others)
        made["relatedInformation"] = [
            {"location": {"uri": uri, "range": _range(where)}, "message": what}
            for where, what in more
        ]
    return made


def _said(edit: Edit, rule: Rule | None) -> tuple[str, str]:
    """The message of an edit, wherever it stands, and the evidence where that does not tell it."""
    said = message(edit, {} if rule is None else {edit.rule: rule})
    evidence = visible(edit.evidence)
    told = not evidence or evidence in said
    return said, "" if told else f"{tr('evidence')}{tr(': ')}{evidence}"


def exact_range(document: Document, start: int, end: int) -> types.Range:
    """A span of a document's text as the client counts."""
    positions = document.positions
    return types.Range(
        types.Position(*positions.position(start)), types.Position(*positions.position(end))
    )


def _shown_range(document: Document, edit: Edit) -> _Range:
    """Where an edit is shown: what is inserted is nowhere yet, so the character before it, or at a
    line's head the one behind it, stands for it.
    """
    start, end = edit.start, edit.end
    if start == end:
        text = document.text
        if start and text[start - 1] not in "\r\n":
            start -= 1
        elif end < len(text):
            end += 1
    position = document.positions.position
    return position(start) + position(end)


def _range(span: _Range) -> Json:
    line, unit, end_line, end_unit = span
    return {
        "start": {"line": line, "character": unit},
        "end": {"line": end_line, "character": end_unit},
    }
