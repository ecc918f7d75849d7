"""One file, as ``check`` and ``fix`` see it: its texts, each cleaned by itself, and what is where.

Duplicates are no matter of one file; `textclean.corpus.run` looks for those.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from textclean.corpus.atomic import AtomicFile
from textclean.corpus.excise import Remainder
from textclean.corpus.formats.base import DecodedFile, Passage, Row, Splice
from textclean.corpus.parts import FileParts
from textclean.corpus.record import UndoRow, pack_text, row_head
from textclean.errors import DocumentError
from textclean.text.cleaned import Cleaned


@dataclass(frozen=True)
class CheckedFile:
    """A file, what cleaning makes of its texts, and the bytes that it would have then."""

    file: DecodedFile
    #: One for each of the file's passages.
    cleaned: tuple[Cleaned, ...]

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.file.source.path

    @property
    def texts(self) -> Iterator[tuple[Passage, Cleaned]]:
        """Each passage and what cleaning makes of it."""
        return zip(self.file.passages, self.cleaned, strict=True)

    @property
    def changed(self) -> bool:
        """Whether cleaning changes anything, or the file is written in another encoding."""
        if self.file.converts or (self.file.bad and self.file.drops_bad):
            return True
        return any(cleaned.text != passage.text for passage, cleaned in self.texts)

    @cached_property
    def fixed(self) -> bytes:
        """The file's bytes after cleaning."""
        return self.file.written([cleaned.text for cleaned in self.cleaned])

    def splices(self) -> Iterator[Splice]:
        """What changes in the file's content, in order of place."""
        splices = [
            splice
            for passage, cleaned in self.texts
            for splice in self.file.splices(passage, cleaned)
        ]
        splices += ((start, end, "") for start, end in self.file.bad_slices())
        return iter(sorted(splices))

    def undo_entry(self) -> Row:
        """What leads from the fixed content back to the original one."""
        packed = [
            pack_text(Remainder(passage.text), cleaned.columns) for passage, cleaned in self.texts
        ]
        return self.file.undo_entry([cleaned.text for cleaned in self.cleaned], packed)

    def edits_by_rule(self) -> Counter[str]:
        """How many edits each rule made."""
        return Counter(cause.rule for each in self.cleaned for cause in each.columns.causes)


class FixedFile:
    """A file that is repaired part by part: the new bytes wait beside it until the last.

    Args:
        parts: the file.
        record: whether what undoes the change will be asked for.
    """

    def __init__(self, parts: FileParts, *, record: bool) -> None:
        self.path = parts.source.path
        self._parts = parts
        self._undo = UndoRow() if record else None
        self._output: AtomicFile | None = None
        self._part: CheckedFile | None = None
        self.changed = False
        #: The edits by rule.
        self.edits: Counter[str] = Counter()

    def add(self, part: CheckedFile) -> None:
        """Add what a part becomes.

        Raises:
            DocumentError: the file is read-only, or nothing can be written beside it.
        """
        self._part = part
        self.edits += part.edits_by_rule()
        self.changed = self.changed or part.changed
        alone = not self._parts.in_parts
        if alone and not part.changed:
            return
        # Replacing a file asks leave of its folder only; whoever made it read-only meant the file.
        if self.changed and not part.file.mode & 0o222:
            self.abandon()
            raise DocumentError(f"{self.path}: is read-only, so it was left as it is")
        if self._output is None:
            self._output = AtomicFile(self.path)
        data = part.fixed
        self._output.write(data)
        if self._undo is not None and alone:
            self._undo.add_whole(part.undo_entry())
        elif self._undo is not None:
            self._undo.add(part.undo_entry(), len(data.decode("utf-8")))
        self._after = part.file.digest(data) if alone and self._undo is not None else None

    def undo_row(self, name: str) -> Iterator[bytes]:
        """The row of an undo record that leads back to the file, once all parts were added.

        Args:
            name: of the document.
        """
        assert self._undo is not None
        assert self._part is not None
        assert self._output is not None
        after = self._after or self._output.sha256
        head = row_head(self._part.file, self._parts.digest or "", after)
        return self._undo.lines({**head, "document": name})

    def commit(self) -> None:
        """Put the new bytes in the file's place.

        Raises:
            DocumentError: the file cannot be written, or was changed since it was read; it stays
                as it is then.
        """
        if self._output is not None:
            # As late as can be: cleaning may have taken long enough for somebody to save the file.
            self._output.commit(self._parts.require_unchanged)

    def abandon(self) -> None:
        """Leave the file as it is."""
        if self._output is not None:
            self._output.abandon()
        if self._undo is not None:
            self._undo.close()
