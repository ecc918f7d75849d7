"""The texts of many files cleaned together block by block, all of it in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textclean.config import Config
from textclean.corpus.decided import DocumentDecisions, decisions_for, passage_names
from textclean.corpus.decisions import Decisions
from textclean.corpus.documents import config_of_file
from textclean.corpus.excise import Remainder
from textclean.corpus.formats.base import DecodedFile, Row
from textclean.corpus.pipeline import Corpus, CorpusRemoval, Deciding, clean_documents
from textclean.corpus.reading_order import CleanedDocument
from textclean.corpus.readings import groups
from textclean.corpus.rows import (
    boilerplate_row,
    contradiction_row,
    removal_row,
    restoration_row,
    twin_row,
    unreadable_rows,
)
from textclean.corpus.whole_documents import Progress
from textclean.corpus.whole_records import Text, clean_records, have_several_texts
from textclean.text.columns import EditColumns


class Results:
    """What became of the texts of some files, block by block; rows are in order of place.

    Args:
        files: those that are cleaned.
        reference: files for whose texts copies are removed, too.
        workers: as for `clean_corpus`.
        readings: the pattern of the names of files that are readings of one page.
        decisions: on single changes; those on rules are in `config`.
    """

    def __init__(
        self,
        files: Sequence[DecodedFile],
        reference: Sequence[DecodedFile],
        config: Config,
        workers: int | None,
        progress: Progress | None,
        readings: str | None = None,
        decisions: Decisions | None = None,
    ) -> None:

        def config_for(text: Text) -> Config:
            return config_of_file(text[0].source, config)

        choice = config_for if config.per_file else None
        deciding = _deciding(decisions, files, config) if decisions else None
        if config.unit == "document" and have_several_texts(config):
            self._corpus: Corpus[Text] = clean_records(
                files, reference, config, workers, progress, choice, deciding
            )
        else:
            texts, others = (
                [((file, passage), passage.text) for file in some for passage in file.passages]
                for some in (files, reference)
            )
            groups = _readings(files, readings) if readings else []
            self._corpus = clean_documents(
                texts, config, workers, progress, choice,
                reference=others, readings=groups, decisions=deciding,
            )  # fmt: skip
        self._cleaned = {document.name: document for document in self._corpus.cleaned}
        #: (name, reason) of each file, or ``name:line`` of each record, that could not be cleaned.
        self.failures: list[tuple[str, str]] = []
        for (file, passage), reason in self._corpus.failures:
            name = file.source.name
            self.failures.append((f"{name}:{passage.line}" if file.has_records else name, reason))
        for file in files:
            if not file.drops_bad:
                name = file.source.name
                self.failures += ((f"{name}:{bad.line}", bad.reason) for bad in file.bad)
        self.files = [file for file in files if self.keeps(file)]

    def keeps(self, file: DecodedFile) -> bool:
        """Whether a file is written: a text that failed is not, a record that failed stays."""
        return file.has_records or all((file, each) in self._cleaned for each in file.passages)

    def documents(self, file: DecodedFile) -> list[CleanedDocument[Text]]:
        """What became of each text of a file; one that failed is as it was."""
        return [
            self._cleaned.get((file, each))
            or CleanedDocument((file, each), each.text, Remainder(each.text), EditColumns())
            for each in file.passages
        ]

    def removed(self) -> dict[DecodedFile, tuple[int, int]]:
        """For each file with removals their number, and that of their characters."""
        counts: dict[DecodedFile, tuple[int, int]] = {}
        for removal in self._corpus.removals:
            file, _ = removal.document
            number, characters = counts.get(file, (0, 0))
            counts[file] = number + 1, characters + len(removal.text)
        return counts

    def each_removal(self) -> Iterator[CorpusRemoval[Text]]:
        """What was removed."""
        return iter(self._corpus.removals)

    def removals(self) -> Iterator[Row]:
        """The rows of ``removals.jsonl``."""
        return (removal_row(one, _where) for one in self.each_removal())

    @property
    def removed_lines(self) -> int:
        """How many of the removals are lines of pages."""
        return sum(one.kind == "boilerplate" for one in self._corpus.removals)

    def boilerplate(self) -> Iterator[Row]:
        """The rows of ``boilerplate.jsonl``."""
        return (boilerplate_row(one, _where) for one in self._corpus.boilerplate)

    def unreadable(self) -> Iterator[Row]:
        """What of ``removals.jsonl`` are records that cannot be read."""
        for file in self.files:
            if file.drops_bad:
                yield from unreadable_rows(file)

    def twins(self) -> Iterator[Row]:
        """The rows of ``twins.jsonl``."""
        return (twin_row(one, _where) for one in self._corpus.twins)

    def restorations(self) -> Iterator[Row]:
        """The rows of ``restorations.jsonl``."""
        return (restoration_row(one, _where) for one in self._corpus.restorations)

    def stitches(self) -> Iterator[Row]:
        """The rows of ``stitches.jsonl``."""
        for one in self._corpus.stitches:
            where = {**_where("", *one[:4]), **_where("head_", one.document, *one[4:7])}
            yield {**where, "confidence": one.confidence, "joined": one.joined}

    def contradictions(self) -> Iterator[Row]:
        """The rows of ``consistency.jsonl``."""
        return (contradiction_row(one, _where) for one in self._corpus.contradictions)


def _deciding(decisions: Decisions, files: Sequence[DecodedFile], config: Config) -> Deciding:
    names = {
        (file, passage): name
        for file in files
        for passage, name in zip(file.passages, passage_names(file), strict=True)
    }

    def deciding(text: Text) -> DocumentDecisions | None:
        return decisions_for(decisions, names[text], config_of_file(text[0].source, config))

    return deciding


def _where(prefix: str, document: Text, start: int, end: int, text: str) -> Row:
    """The fields that say where a block stands, each with a prefix."""
    file, passage = document
    line = file.position(passage, start).line
    values = {"document": file.source.name, "line": line, "start": start, "end": end, "text": text}
    return {f"{prefix}{field}": value for field, value in values.items()}


def _readings(files: Sequence[DecodedFile], pattern: str) -> list[list[Text]]:
    """The texts that are readings of one page, by the names of their files."""
    named = {file.source.name: file for file in files if not file.has_records}
    return [
        [(named[name], passage) for name in names.values() for passage in named[name].passages]
        for names in groups(named, pattern).values()
    ]
