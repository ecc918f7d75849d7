"""The texts of many files cleaned together as whole documents, and written file by file.

Files are read in parts, twice: once for the texts, which lie in a temporary file meanwhile, and
once more to write what became of them. In memory are some numbers for each text.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, compress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textclean.cleaning import resolved, runs_rules
from textclean.config import Config
from textclean.corpus.atomic import AtomicFile
from textclean.corpus.consistency import CorpusContradiction, contradictions
from textclean.corpus.decided import DocumentDecisions, decisions_for
from textclean.corpus.decisions import Decisions, document_name
from textclean.corpus.documents import config_of_file, ending_of, lacks_texts
from textclean.corpus.formats.base import DecodedFile, Row
from textclean.corpus.formats.positions import Lines
from textclean.corpus.parts import FileParts, PartsOutput
from textclean.corpus.pipeline import whole_removals, whole_twins, work_on
from textclean.corpus.readings import groups
from textclean.corpus.record import UndoRow, pack_text, row_head
from textclean.corpus.restoring import CorpusRestoration
from textclean.corpus.rows import (
    contradiction_row,
    removal_row,
    restoration_row,
    twin_row,
    unreadable_rows,
)
from textclean.corpus.stages import StageProgress, tell_cleaned
from textclean.corpus.whole_documents import Choice, WholeDocuments
from textclean.corpus.whole_records import text_of_record
from textclean.errors import DocumentError
from textclean.text.stored import StoredTexts

if TYPE_CHECKING:
    from textclean.engines.disk.folder import WorkFolder
    from textclean.engines.disk.texts import KeptTexts

# Bytes of texts that are kept together, where what comes is kept.
_KEPT_BYTES = 1 << 26


def _reading(progress: StageProgress, size: int, done: int) -> None:
    progress("reading", done, size, "bytes")


@dataclass
class FileCounts:
    """What was done to a file."""

    characters: int = 0
    edits: int = 0
    removals: int = 0
    removed_characters: int = 0


class LineNumbers(Collection[int]):
    """Numbers of lines, a byte for each line of a file."""

    def __init__(self, last: int, numbers: Iterable[int]) -> None:
        self._held = bytearray(last + 1)
        for number in numbers:
            self._held[number] = 1

    def __contains__(self, number: object) -> bool:
        held = self._held
        return isinstance(number, int) and number < len(held) and held[number] == 1

    def __iter__(self) -> Iterator[int]:
        return compress(range(len(self._held)), self._held)

    def __len__(self) -> int:
        return self._held.count(1)


class WholeResults:
    """What became of the texts of some files, each a document; rows are in order of place.

    Args:
        files: those that are cleaned.
        reference: files for whose texts copies are removed, too.
        workers: as for `clean_corpus`.
        readings: the pattern of the names of files that are readings of one page.
        folder: where temporary files may be made.
        joined: whether all texts of a record are one document: then records can be marked, and
            nothing else is written of them. Else a record has one text.
        passed_over: files without records of this kind are counted there, by ending.
        decisions: on single changes; those on rules are in `config`.
        work: where what is finished is kept, for whoever goes on with it.
        memory: bytes that the process may have then; None: as many as it takes.
    """

    def __init__(
        self,
        files: Sequence[FileParts],
        reference: Sequence[FileParts],
        config: Config,
        workers: int | None,
        progress: StageProgress,
        readings: str | None,
        folder: Path | None,
        *,
        joined: bool = False,
        passed_over: Counter[str] | None = None,
        decisions: Decisions | None = None,
        work: WorkFolder | None = None,
        memory: int | None = None,
    ) -> None:
        self.config = config = resolved(config)
        self._joined = joined
        self._folder = folder
        self._kept: KeptTexts | None = None
        if work is not None:
            from textclean.engines.disk.texts import KeptTexts

            self._kept = KeptTexts(work)
        self._texts = StoredTexts(folder) if self._kept is None else self._kept.texts
        self._lines = array("I") if self._kept is None else self._kept.numbers
        # What is known of each file of which texts are kept, by its place; texts that are taken up.
        self._known: dict[str, Row] = (
            {} if self._kept is None else self._kept.state.get("files", {})
        )
        self._taken = 0
        self._characters: dict[str, int] = {}
        # Names of files that cannot have every text.
        self._lacking: set[str] = set()
        # Records that cannot be read, by file, as rows of ``removals.jsonl``.
        self._bad: dict[str, list[Row]] = {}
        #: The files that could be read, those of the reference behind; where the texts of each
        #: begin, and where the last end.
        self._files: list[FileParts] = []
        self._starts: list[int] = [0]
        #: (name, reason) of each file that could not be read, or text that could not be cleaned.
        self.failures: list[tuple[str, str]] = []
        size, self._done_bytes = sum(file.size for file in (*files, *reference)), 0
        self._progress = partial(_reading, progress, size)
        for number, file in enumerate(files):
            known = self._known.get(f"{number} {file.source.name}", {})
            try:
                if "failed" not in known:
                    self._read(number, file)
                    continue
            except DocumentError as error:
                lacks = lacks_texts(file.source, error)
                known = self._give_up(number, file, str(error), lacks=lacks)
            if passed_over is not None and known["lacks"]:
                passed_over[ending_of(file.source.name)] += 1
            else:
                self.failures.append((file.source.name, known["failed"]))
        own = self._starts[-1]
        self.files = list(self._files)
        for number, file in enumerate(reference, len(files)):
            self._read(number, file)
        if self._kept is not None:
            self._kept.keep(files=self._known)
            if memory is not None:
                from textclean.engines.disk.memory import require

                require(memory, len(self._texts), cleaning=runs_rules(config))
        ranges = {
            file.source.name: range(start, stop)
            for file, start, stop in zip(self.files, self._starts, self._starts[1:], strict=False)
        }
        self._ranges: Mapping[str, range] = ranges
        choices = [
            Choice(ranges[file.source.name], config_of_file(file.source, config))
            for file in self.files
            if config.per_file
        ]
        pages: list[list[int]] = []
        if readings:
            named = [file.source.name for file in self.files if not file.has_records]
            for page in groups(named, readings).values():
                pages.append([number for name in page.values() for number in ranges[name]])
        self.whole = WholeDocuments(self._texts, own, config, int, choices, folder, work)
        if decisions is not None:
            self.whole.decisions = {
                number: found
                for file in self.files
                for number in self.numbers(file)
                if (found := self._decisions_for(decisions, file, number)) is not None
            }
        pages = [members for members in pages if len(members) > 1]
        progress("comparing", 0, None, "")
        cleaning = partial(tell_cleaned, progress)
        self._restored = work_on(self.whole, pages, config, workers, cleaning)
        for number, reason in sorted(self.whole.failed.items()):
            file, line = self._file_and_line(number)
            name = file.source.name
            self.failures.append((f"{name}:{line}" if file.has_records else name, reason))
        if not self._drops_bad:
            for file in self.files:
                name = file.source.name
                rows = self._bad[name]
                self.failures += ((f"{name}:{row['line']}", row["reason"]) for row in rows)

    @property
    def _drops_bad(self) -> bool:
        return self.config.on_bad_record == "drop"

    def _read(self, number: int, file: FileParts) -> None:
        """Have the texts of a file, or what is still missing of them.

        Args:
            number: the place of the file among all.
        """
        place = f"{number} {file.source.name}"
        known = self._known.setdefault(
            place, {"parts": 0, "texts": 0, "characters": 0, "bad": [], "lacking": False}
        )
        before = self._texts.stored.bounds[self._taken]
        parts = iter(()) if "digest" in known else file.parts(after=known["parts"])
        for part in parts:
            known["bad"] += unreadable_rows(part)
            known["lacking"] |= part.can_lack_characters
            if self._joined:
                records = part.records()
                texts = list(map(text_of_record, records))
                lines = [record[0].line for record in records]
            else:
                texts = [passage.text for passage in part.passages]
                lines = [passage.line for passage in part.passages]
            if self._kept is not None:
                self._kept.extend(texts, lines)
            else:
                self._texts.extend(texts)
                self._lines.extend(lines)
            known["characters"] += sum(map(len, texts))
            known["texts"] += len(texts)
            known["parts"] += 1
            if self._kept is not None and file.in_parts and self._kept.pending >= _KEPT_BYTES:
                self._kept.keep(files=self._known)
            if file.in_parts and file.compression is None:
                self._progress(self._done_bytes + self._texts.stored.size - before)
        if "digest" in known:
            file.digest = known["digest"]
        elif self._kept is not None:
            known["digest"] = file.digest
            if self._kept.pending >= _KEPT_BYTES or file.in_parts:
                self._kept.keep(files=self._known)
        if known["lacking"]:
            self._lacking.add(file.source.name)
        self._characters[file.source.name] = known["characters"]
        self._bad[file.source.name] = known["bad"]
        self._done_bytes += file.size
        self._progress(self._done_bytes)
        self._files.append(file)
        self._taken += known["texts"]
        self._starts.append(self._taken)

    def _give_up(self, number: int, file: FileParts, message: str, *, lacks: bool) -> Row:
        """Have no texts of a file that cannot be read: what is known of it.

        Args:
            lacks: whether it holds no texts.
        """
        if self._kept is not None:
            self._kept.truncate(self._taken)
        else:
            self._texts.stored.truncate(self._taken)
            del self._lines[self._taken :]
        known = {"failed": message, "lacks": lacks}
        self._known[f"{number} {file.source.name}"] = known
        return known

    def numbers(self, file: FileParts) -> range:
        """The numbers of a file's texts."""
        return self._ranges[file.source.name]

    def _decisions_for(
        self, decisions: Decisions, file: FileParts, number: int
    ) -> DocumentDecisions | None:
        line = self._lines[number] if file.has_records else None
        own = config_of_file(file.source, self.config)
        return decisions_for(decisions, document_name(file.source.name, line), own)

    def keeps(self, file: FileParts) -> bool:
        """Whether a file is written: a text that failed is not, a record that failed stays."""
        failed = self.whole.failed
        return file.has_records or not failed or failed.keys().isdisjoint(self.numbers(file))

    def unwritable(self) -> dict[str, str]:
        """Why a file cannot be written, since it can have no such text, by name."""
        found: dict[str, str] = {}
        for file in self.files:
            if file.source.name not in self._lacking:
                continue
            numbers = iter(self.numbers(file))
            try:
                for part in file:
                    texts, _ = self._done(part, numbers, FileCounts(), Counter())
                    if texts is not None:
                        part.written(texts)
            except DocumentError as error:
                found[file.source.name] = str(error)
        return found

    def close(self) -> None:
        """Give up what is on disk."""
        self.whole.close()
        self._texts.close()

    # Files

    def write(
        self, file: FileParts, path: Path, rules: Counter[str]
    ) -> tuple[FileCounts, UndoRow, Row]:
        """Write what became of a file.

        Args:
            rules: the edits are counted there, by rule.

        Returns:
            The counts, and what undoes it: the row, and what it begins with.

        Raises:
            DocumentError: the file cannot be written, or was changed since it was read.
        """
        counts, undo = FileCounts(self._characters[file.source.name]), UndoRow(self._folder)
        numbers: Iterable[int] = self.numbers(file)
        lines: LineNumbers | None = None
        if file.in_parts:  # what stays as it is need not be looked at
            bad = self._bad[file.source.name] if self._drops_bad else []
            last = max((self._lines[number] for number in self.numbers(file)[-1:]), default=0)
            last = max([last, *(row["line"] for row in bad)])
            changed = (n for n in self.numbers(file) if not self.whole.is_same(n))
            looked = lines = LineNumbers(last, (self._lines[number] for number in changed))
            if bad:
                lines = LineNumbers(last, chain(looked, (row["line"] for row in bad)))
            numbers = (number for number in numbers if self._lines[number] in looked)
        numbers = iter(numbers)
        if file.in_groups:
            assert lines is not None
            head = self._write_groups(file, path, lines, numbers, counts, rules, undo)
            return counts, undo, head
        part: DecodedFile | None = None
        with AtomicFile(path) as target:
            output = PartsOutput(target, file.compression if file.in_parts else None)
            for part in file.parts(lines):
                texts, packed = self._done(part, numbers, counts, rules)
                same = [passage.text for passage in part.passages]
                stays = texts is None and not part.converts
                data = part.data if stays else part.written(same if texts is None else texts)
                output.write(data)
                if file.in_parts:
                    entry = {"changes": []} if texts is None else part.undo_entry(texts, packed)
                    undo.add(entry, len(data.decode("utf-8")))
                else:
                    undo.add_whole(part.undo_entry(same if texts is None else texts, packed))
                    after = part.digest(data)
            raw = output.finish()
            target.commit()
        assert part is not None  # no file has no part
        head = row_head(part, file.digest or "", raw if file.in_parts else after)
        return counts, undo, {**head, "compression": file.compression or head["compression"]}

    def _write_groups(
        self,
        file: FileParts,
        path: Path,
        lines: Collection[int],
        numbers: Iterator[int],
        counts: FileCounts,
        rules: Counter[str],
        undo: UndoRow,
    ) -> Row:
        """As `write`, of a table that comes in groups of rows: what the row that undoes it begins
        with.

        Args:
            lines: the rows that may change.
            numbers: those of their texts.
        """
        from textclean.corpus.formats import parquet_groups

        texts: list[str | None] | None
        dropped = parquet_groups.DroppedRows()
        written = 0
        part: DecodedFile | None = None
        with AtomicFile(path) as target:
            output = parquet_groups.GroupsOutput(target, file.source) if len(lines) else None
            for part in file.parts(lines):
                assert isinstance(part, parquet_groups.RowGroup)
                texts, packed = self._done(part, numbers, counts, rules)
                if output is not None:
                    output.add(part.rewritten(texts))
                    undo.add_texts(part.changes(written, texts, packed))
                    dropped.add(part, texts)
                    written += part.count - (0 if texts is None else texts.count(None))
            assert part is not None  # no file has no part
            after = file.digest or ""
            if output is None:
                parquet_groups.copy(file.source, target)
            else:
                after = output.finish()
            target.commit()
        if (rows := dropped.row()) is not None:
            undo.drop(rows)
        return {**row_head(part, file.digest or "", after), "fields": list(self.config.text_fields)}

    def _done(
        self, part: DecodedFile, numbers: Iterator[int], counts: FileCounts, rules: Counter[str]
    ) -> tuple[list[str | None] | None, list[Row]]:
        """The new texts of a part (None: all stay), and what leads back from each."""
        whole = self.whole
        drops = self.config.drop_empty and part.has_records
        texts: list[str | None] = []
        packed: list[Row] = []
        changed = bool(part.bad) and part.drops_bad
        for passage, number in zip(part.passages, numbers, strict=False):
            text = passage.text
            if whole.is_same(number):
                texts.append(text)
                packed.append({})
                continue
            changed = True
            done = whole.finished(number, text)
            if done.remainder.cuts:
                counts.removals += 1
                counts.removed_characters += len(text)
            counts.edits += len(done.columns)
            rules.update(cause.rule for cause in done.columns.causes)
            dropped = drops and done.emptied
            texts.append(None if dropped else done.text)
            packed.append({} if dropped else pack_text(done.remainder, done.columns, done.order))
        return texts if changed else None, packed

    # Rows

    def removals(self) -> Iterator[Row]:
        """The rows of ``removals.jsonl``."""
        return (removal_row(one, self.where) for one in whole_removals(self.whole))

    def unreadable(self) -> Iterator[Row]:
        """What of ``removals.jsonl`` are records that cannot be read."""
        for file in self.files:
            if self._drops_bad:
                yield from self._bad[file.source.name]

    def twins(self) -> Iterator[Row]:
        """The rows of ``twins.jsonl``."""
        return (twin_row(one, self.where) for one in whole_twins(self.whole))

    def restorations(self) -> Iterator[Row]:
        """The rows of ``restorations.jsonl``."""
        found: Sequence[CorpusRestoration[Any]] = self._restored
        return (restoration_row(one, self.where) for one in found)

    def stitches(self) -> Iterator[Row]:
        """Whole documents are not joined."""
        return iter(())

    def contradictions(self) -> Iterator[Row]:
        """The rows of ``consistency.jsonl``."""
        cleaned = (
            (text, partial(self.whole.finished, number))
            for number, text in self.whole.contradictory()
        )
        found: Iterator[CorpusContradiction[int]] = contradictions(cleaned, self.config)
        return (contradiction_row(one, self.where) for one in found)

    def _file_and_line(self, number: int) -> tuple[FileParts, int]:
        at = bisect_right(self._starts, number) - 1
        return self._files[at], self._lines[number]

    def named(self, number: int) -> str:
        """A document as ``name:line``."""
        file, line = self._file_and_line(number)
        return f"{file.source.name}:{line}"

    def where(self, prefix: str, number: int, start: int, end: int, text: str) -> Row:
        """The fields that say where a stretch of a document stands, each with a prefix."""
        file, line = self._file_and_line(number)
        if start and not file.has_records:
            line = Lines(self._texts[number]).position(start).line
        values = {
            "document": file.source.name, "line": line, "start": start, "end": end, "text": text,
        }  # fmt: skip
        return {f"{prefix}{field}": value for field, value in values.items()}
