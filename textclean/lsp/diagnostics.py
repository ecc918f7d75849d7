"""Findings as a client shows them: place, severity, message, and the page of the rule.

They are made as JSON has them and not as objects of the protocol's library: a damaged file has
thousands, and making and taking apart so many objects takes longer than finding what they tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from lsprotocol import converters, types

from textclean.lsp.documents import Document
from textclean.lsp.findings import Found
from textclean.report.findings import message
from textclean.report.language import Language, language_in_use, tr
from textclean.report.rules import page_address
from textclean.text.edit import Edit, Tier
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
#: As the protocol has them in JSON.
Json = dict[str, Any]


def diagnostics(
    document: Document, rules: Mapping[str, Rule], *, related: bool = True
) -> list[Json]:
    """Everything that was found in a document.

    Args:
        rules: by their codes.
        related: whether the client shows what belongs to a diagnostic.
    """
    groups: dict[object, list[Found]] = {}
    if related:
        for each in document.found:
            if each.edit.group is not None:
                groups.setdefault(each.group, []).append(each)
    of_rule = cache(lambda code: _of_rule(rules.get(code)))
    return [
        _diagnostic(
            document,
            each,
            of_rule(each.edit.rule),
            groups.get(each.group, ()) if groups and each.edit.group is not None else (),
            related=related,
        )
        for each in document.found
    ]


def diagnostic(document: Document, found: Found, rule: Rule | None) -> types.Diagnostic:
    """One finding, as an action names it."""
    made = _diagnostic(document, found, _of_rule(rule), (), related=False)
    return _converter().structure(made, types.Diagnostic)


@cache
def _converter() -> Converter:
    return converters.get_converter()


def _of_rule(rule: Rule | None) -> tuple[Rule | None, Json]:
    """A rule, and what all its findings have."""
    address = None if rule is None else page_address(rule)
    link = {} if address is None else {"codeDescription": {"href": address}}
    return rule, {"source": SOURCE, **link}


def _diagnostic(
    document: Document,
    found: Found,
    of_rule: tuple[Rule | None, Json],
    group: Sequence[Found],
    *,
    related: bool,
) -> Json:
    edit = found.edit
    rule, common = of_rule
    said, evidence = _said(edit._replace(start=0, end=0, group=None), rule, language_in_use())
    made = {
        "range": _shown_range(document, edit),
        "severity": _SEVERITY[edit.tier],
        "code": edit.rule,
        "message": said,
        **common,
    }
    if related and (evidence or len(group) > 1):
        more = [(edit, evidence)] if evidence else []
        more += (
            (each.edit, tr("changed together with this"))
            for each in group[:_MOST_RELATED]
            if each is not found
        )
        made["relatedInformation"] = [
            {
                "location": {"uri": document.uri, "range": _shown_range(document, each)},
                "message": what,
            }
            for each, what in more
        ]
    return made


@lru_cache(10_000)
def _said(edit: Edit, rule: Rule | None, _: Language) -> tuple[str, str]:
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


def _shown_range(document: Document, edit: Edit) -> Json:
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
    (line, unit), (end_line, end_unit) = map(document.positions.position, (start, end))
    return {
        "start": {"line": line, "character": unit},
        "end": {"line": end_line, "character": end_unit},
    }
