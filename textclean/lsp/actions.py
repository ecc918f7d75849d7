"""What is offered for findings: repairs, all of a rule or of the file, and switching rules off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lsprotocol import types

from textclean.lsp.diagnostics import diagnostic, exact_range
from textclean.lsp.documents import Document
from textclean.lsp.findings import Found, disjoint, with_group
from textclean.report.findings import change_in_words
from textclean.report.language import tr
from textclean.text.edit import Edit, Tier
from textclean.text.protect import switches_of
from textclean.text.switches import line_switch

if TYPE_CHECKING:
    from textclean.engine.rule import Rule

#: All that is safe, as "fix all on save" asks for it.
FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.textclean"
_TEX = ("tex", "plaintex", "latex")
# So many findings at one place get actions of their own: nobody reads more.
_MOST_FINDINGS = 20


def actions(
    document: Document,
    span: tuple[int, int],
    rules: Mapping[str, Rule],
    only: Sequence[str] | None = None,
    *,
    versioned: bool = False,
) -> list[types.CodeAction]:
    """What is offered for a span of a document.

    Args:
        only: kinds of actions that are asked for; None: all.
        versioned: whether the client takes edits for a version of a document.
    """
    make = _Maker(document, rules, versioned=versioned)
    offered: list[types.CodeAction] = []
    if is_wanted(types.CodeActionKind.QuickFix.value, only):
        here = [each for each in document.found if _meets(each.edit, *span)][:_MOST_FINDINGS]
        offered += make.repairs(here)
        offered += make.of_rules(here)
        offered += make.switches(here)
    if is_wanted(FIX_ALL, only):
        offered += make.fix_all()
    return offered


def is_wanted(kind: str, only: Sequence[str] | None) -> bool:
    """Whether actions of a kind are asked for."""
    return only is None or any(kind == each or kind.startswith(f"{each}.") for each in only)


def _meets(edit: Edit, start: int, end: int) -> bool:
    return edit.start <= end and edit.end >= start


def text_edits(document: Document, edits: Iterable[Edit]) -> list[types.TextEdit]:
    """Edits as the client makes them."""
    return [
        types.TextEdit(exact_range(document, edit.start, edit.end), edit.after) for edit in edits
    ]


class _Maker:
    """Makes the actions of one document."""

    def __init__(self, document: Document, rules: Mapping[str, Rule], *, versioned: bool) -> None:
        self._document = document
        self._rules = rules
        self._versioned = versioned

    def repairs(self, here: Sequence[Found]) -> Iterator[types.CodeAction]:
        """One for each finding that changes anything; what belongs together is one edit."""
        offered: set[object] = set()
        for each in here:
            if not each.edit.changes or (each.edit.group is not None and each.group in offered):
                continue
            offered.add(each.group)
            group = [other for other in with_group(self._document.found, each) if
                     other.edit.changes]  # fmt: skip
            title = f"{each.edit.rule}{tr(': ')}{change_in_words(each.edit)}"
            if len(group) > 1:
                title += f" ({tr(f'and {len(group) - 1} that belong to it')})"
            yield self._action(
                title,
                [other.edit for other in group],
                about=group,
                preferred=each.edit.tier is Tier.SAFE,
            )

    def of_rules(self, here: Sequence[Found]) -> Iterator[types.CodeAction]:
        """All changes of a rule at a tier, where there are several."""
        seen: set[tuple[str, Tier]] = set()
        for one in here:
            code, tier = one.edit.rule, one.edit.tier
            if (code, tier) in seen or not one.edit.changes:
                continue
            seen.add((code, tier))
            alike = [
                each
                for each in self._document.found
                if each.edit.changes and (each.edit.rule, each.edit.tier) == (code, tier)
            ]
            if len(alike) < 2:
                continue
            groups = {each.group for each in alike} - {None}
            edits = [
                each.edit
                for each in self._document.found
                if each.edit.changes and (each in alike or each.group in groups)
            ]
            title = tr(f"All of {code} in this file ({len(alike)})")
            yield self._action(title, disjoint(edits), about=[one])

    def switches(self, here: Sequence[Found]) -> Iterator[types.CodeAction]:
        """To switch a rule off in the line where it found something, or all rules."""
        found = {each.edit.rule: each for each in here}
        if not found:
            return
        text = self._document.text
        switches = switches_of(text)
        chosen = [(tr(f"Ignore {code} in this line"), each, code) for code, each in found.items()]
        chosen.append((tr("Ignore all rules in this line"), next(iter(found.values())), ""))
        for title, about, code in chosen:
            start, end = about.edit.start, about.edit.end
            # What is said of a switch is said wherever it stands.
            if switches.is_switch(start, end):
                continue
            tex = self._document.language in _TEX
            if (switch := line_switch(text, start, code, switches, tex=tex)) is not None:
                at, said = switch
                edit = types.TextEdit(exact_range(self._document, at, at), said)
                yield self._of_edits(title, [edit], about=[about])

    def fix_all(self) -> Iterator[types.CodeAction]:
        """Everything that is repaired at tier ``safe``."""
        edits = [each.edit for each in self._document.found if each.applied]
        if edits:
            title = tr(f"Repair everything that is safe ({len(edits)})")
            yield self._action(title, edits, kind=FIX_ALL)

    def _action(
        self,
        title: str,
        edits: Sequence[Edit],
        *,
        about: Sequence[Found] = (),
        kind: str = types.CodeActionKind.QuickFix.value,
        preferred: bool = False,
    ) -> types.CodeAction:
        changes = text_edits(self._document, edits)
        return self._of_edits(title, changes, about=about, kind=kind, preferred=preferred)

    def _of_edits(
        self,
        title: str,
        edits: list[types.TextEdit],
        *,
        about: Sequence[Found] = (),
        kind: str = types.CodeActionKind.QuickFix.value,
        preferred: bool = False,
    ) -> types.CodeAction:
        document = self._document
        if self._versioned:
            identifier = types.OptionalVersionedTextDocumentIdentifier(
                document.uri, document.version
            )
            change = types.WorkspaceEdit(
                document_changes=[types.TextDocumentEdit(identifier, list(edits))]
            )
        else:
            change = types.WorkspaceEdit(changes={document.uri: edits})
        shown = [diagnostic(document, each, self._rules.get(each.edit.rule)) for each in about]
        return types.CodeAction(
            title,
            kind=types.CodeActionKind(kind) if kind != FIX_ALL else FIX_ALL,
            diagnostics=shown or None,
            is_preferred=preferred or None,
            edit=change,
        )
