"""Findings as a client shows them: place, severity, message, and the page of the rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lsprotocol import types

from textclean.lsp.documents import Document
from textclean.lsp.findings import Found
from textclean.report.findings import message, visible
from textclean.report.language import tr
from textclean.report.rules import page_address
from textclean.text.edit import Edit, Tier

if TYPE_CHECKING:
    from textclean.engine.rule import Rule

SOURCE = "textclean"
_SEVERITY = {
    Tier.SAFE: types.DiagnosticSeverity.Warning,
    Tier.SUGGESTED: types.DiagnosticSeverity.Information,
    Tier.REPORT: types.DiagnosticSeverity.Hint,
}
# Members of a group that are listed with each of them.
_MOST_RELATED = 8


def diagnostics(
    document: Document, rules: Mapping[str, Rule], *, related: bool = True
) -> list[types.Diagnostic]:
    """Everything that was found in a document.

    Args:
        rules: by their codes.
        related: whether the client shows what belongs to a diagnostic.
    """
    groups: dict[object, list[Found]] = {}
    for each in document.found:
        if each.edit.group is not None:
            groups.setdefault(each.group, []).append(each)
    return [
        diagnostic(document, each, rules, groups.get(each.group, ()) if related else None)
        for each in document.found
    ]


def diagnostic(
    document: Document,
    found: Found,
    rules: Mapping[str, Rule],
    group: Sequence[Found] | None = None,
) -> types.Diagnostic:
    """One finding.

    Args:
        group: what stands or falls with it; None: the client shows nothing related.
    """
    edit = found.edit
    address = page_address(rules[edit.rule]) if edit.rule in rules else None
    return types.Diagnostic(
        range=shown_range(document, edit),
        message=message(edit, rules),
        severity=_SEVERITY[edit.tier],
        code=edit.rule,
        code_description=None if address is None else types.CodeDescription(href=address),
        source=SOURCE,
        related_information=None if group is None else _related(document, found, group) or None,
    )


def _related(
    document: Document, found: Found, group: Sequence[Found]
) -> list[types.DiagnosticRelatedInformation]:
    related: list[tuple[Edit, str]] = []
    if found.edit.evidence:
        related.append((found.edit, f"{tr('evidence')}{tr(': ')}{visible(found.edit.evidence)}"))
    related += (
        (each.edit, tr("changed together with this"))
        for each in group[:_MOST_RELATED]
        if each is not found
    )
    return [
        types.DiagnosticRelatedInformation(
            types.Location(document.uri, shown_range(document, edit)), said
        )
        for edit, said in related
    ]


def exact_range(document: Document, start: int, end: int) -> types.Range:
    """A span of a document's text as the client counts."""
    positions = document.positions
    return types.Range(
        types.Position(*positions.position(start)), types.Position(*positions.position(end))
    )


def shown_range(document: Document, edit: Edit) -> types.Range:
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
    return exact_range(document, start, end)
