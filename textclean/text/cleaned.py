"""`Cleaned`: what became of one text, and everything needed to undo and to explain it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from textclean.text.columns import EditColumns, EditSequence
from textclean.text.compose import revert
from textclean.text.edit import Edit
from textclean.text.kinds.document import DocumentKind, kind_of

Suggest = Callable[[str, EditColumns], list[Edit]]


class Cleaned:
    """A cleaned text with its original and the edits between them; immutable, picklable, and equal
    to another one of the same original, text and edits.

    Attributes:
        original: the text as it was.
        text: the text with `edits` made.
        kind: what kind of text the original is, as a `DocumentKind`: register, script, habits; its
            `evidence()` says why rules were left out.
        columns: the edits as `EditColumns`: the form that is kept, from which an `Edit` is made
            when it is looked at.
    """

    def __init__(self, original: str, text: str, columns: EditColumns, suggest: Suggest) -> None:
        self.original = original
        self.text = text
        self.columns = columns
        self._suggest = suggest

    @property
    def edits(self) -> Sequence[Edit]:
        """What was applied: sorted, disjoint; offsets count code points of `original`."""
        return EditSequence(self.columns, self.original)

    @cached_property
    def suggestions(self) -> list[Edit]:
        """What was found and not applied, in order of place; offsets in `original`. Looking at it
        the first time cleans the text once more.

        A suggestion replaces whatever applied edits it overlaps. A mere finding proposes no
        change (``before == after``).
        """
        return self._suggest(self.original, self.columns)

    @property
    def kind(self) -> DocumentKind:
        """What kind of text the original is, which decides how far rules are believed."""
        return kind_of(self.original)

    @property
    def changed(self) -> bool:
        """Whether anything was applied."""
        return len(self.columns) > 0

    def revert(self) -> str:
        """The original, rebuilt from the cleaned text and the edits."""
        return revert(self.text, self.edits)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Cleaned):
            return NotImplemented
        return (self.original, self.text, self.columns) == (
            other.original, other.text, other.columns,
        )  # fmt: skip

    def __hash__(self) -> int:
        return hash((self.original, self.text))

    def __repr__(self) -> str:
        return f"<Cleaned: {len(self.original)} characters, {len(self.columns)} edits>"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from textclean.text.notebook import of_edits  # nobody else has a use for it

        return of_edits(type(self).__name__, self.original, self.edits)
