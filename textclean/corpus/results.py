"""The texts of many files cleaned together, and what was done as rows of a run's records."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from itertools import chain

from textclean.config import Config, Unit
from textclean.corpus.consistency import Passage as NumberPlace
from textclean.corpus.documents import config_of_file
from textclean.corpus.excise import Remainder
from textclean.corpus.formats.base import DecodedFile, Passage, Row
from textclean.corpus.pipeline import Corpus, CorpusRemoval, Progress, clean_documents
from textclean.corpus.reading_order import CleanedDocument
from textclean.corpus.readings import groups
from textclean.text.columns import EditColumns

#: A text of a file, as the pipeline knows it.
Text = tuple[DecodedFile, Passage]


class Results:
    """What became of the texts of some files; rows are in order of document and place."""

    def __init__(self) -> None:
        #: (name, reason) of each file, or ``name:line`` of each record, that could not be cleaned.
        self.failures: list[tuple[str, str]] = []
        self._cleaned: dict[Text, CleanedDocument[Text]] = {}
        self._corpora: list[Corpus[Text]] = []

    def add(
        self,
        files: Sequence[DecodedFile],
        reference: Sequence[DecodedFile],
        config: Config,
        workers: int | None,
        progress: Progress,
        readings: str | None = None,
    ) -> None:
        """Clean and deduplicate the texts of some files, against those of a reference, too.

        `readings` is as for `clean_files`.
        """
        texts, others = (
            [((file, passage), passage.text) for file in some for passage in file.passages]
            for some in (files, reference)
        )
        groups = _readings(files, readings) if readings else []

        def config_for(text: Text) -> Config:
            return config_of_file(text[0].source, config)

        choice = config_for if config.per_file else None
        corpus = clean_documents(
            texts, config, workers, progress, choice, reference=others, readings=groups
        )
        self._cleaned.update((document.name, document) for document in corpus.cleaned)
        self._corpora.append(corpus)
        for (file, passage), reason in corpus.failures:
            name = file.source.name
            self.failures.append((f"{name}:{passage.line}" if file.has_records else name, reason))

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
        for corpus in self._corpora:
            for removal in corpus.removals:
                file, _ = removal.document
                number, characters = counts.get(file, (0, 0))
                counts[file] = number + 1, characters + len(removal.text)
        return counts

    def each_removal(self) -> Iterator[CorpusRemoval[Text]]:
        """What was removed."""
        return chain.from_iterable(corpus.removals for corpus in self._corpora)

    def removals(self) -> Iterator[Row]:
        """The rows of ``removals.jsonl``."""
        for one in self.each_removal():
            kind = {"kind": str(one.kind), "score": one.score}
            row = {**_where("", *one[:4]), **kind, **_where("survivor_", *one[6:10])}
            if one.lost:
                row["lost"] = [passage._asdict() for passage in one.lost]
            yield row

    def boilerplate(self) -> Iterator[Row]:
        """The rows of ``boilerplate.jsonl``."""
        for one in chain.from_iterable(corpus.boilerplate for corpus in self._corpora):
            places = []
            for (file, passage), start, end in one.places:
                line = file.position(passage, start).line
                places.append(
                    {"document": file.source.name, "line": line, "start": start, "end": end}
                )
            yield {
                "text": one.text,
                "documents": one.documents,
                "end": str(one.end),
                "places": places,
            }

    def twins(self) -> Iterator[Row]:
        """The rows of ``twins.jsonl``."""
        for one in chain.from_iterable(corpus.twins for corpus in self._corpora):
            kind = "numbers" if one.certain else "names"
            where = {**_where("", *one[:4]), **_where("twin_", *one[4:8])}
            yield {**where, "differences": one.differences, "kind": kind}

    def restorations(self) -> Iterator[Row]:
        """The rows of ``restorations.jsonl``."""
        for one in chain.from_iterable(corpus.restorations for corpus in self._corpora):
            yield {
                **_where("", *one[:4]),
                "value": one.value,
                "type": str(one.type),
                "confidence": one.confidence,
                "evidence": one.evidence,
                **_where("witness_", *one[8:12]),
                "applied": one.applied,
            }

    def stitches(self) -> Iterator[Row]:
        """The rows of ``stitches.jsonl``."""
        for one in chain.from_iterable(corpus.stitches for corpus in self._corpora):
            where = {**_where("", *one[:4]), **_where("head_", one.document, *one[4:7])}
            yield {**where, "confidence": one.confidence, "joined": one.joined}

    def contradictions(self) -> Iterator[Row]:
        """The rows of ``consistency.jsonl``."""
        for one in chain.from_iterable(corpus.contradictions for corpus in self._corpora):
            row = _place("", one.document, one.place)
            row |= {"rule": one.rule, "evidence": one.evidence}
            yield row if one.other is None else row | _place("other_", one.document, one.other)


def _place(prefix: str, document: Text, place: NumberPlace) -> Row:
    """`_where` for a number, with its sentence."""
    where = _where(prefix, document, place.start, place.end, place.text)
    return {**where, f"{prefix}sentence": place.sentence}


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


def clean_files(
    files: Sequence[DecodedFile],
    config: Config,
    workers: int | None,
    progress: Progress | None,
    reference: Sequence[DecodedFile] = (),
    readings: str | None = None,
) -> Results:
    """Clean the texts of all files together; where the unit is ``auto``, records apart.

    Args:
        reference: files for whose texts copies are removed, too.
        readings: the pattern of the names of files that are readings of one page.
    """
    parts: list[tuple[Sequence[DecodedFile], Unit]] = [(files, config.unit)]
    if config.unit == "auto":
        texts = [file for file in files if not file.has_records]
        records = [file for file in files if file.has_records]
        parts = [(texts, "paragraph"), (records, "document")]
    total = sum(len(file.passages) for file in files)
    before = 0

    def report(done: int, _: int) -> None:
        if progress is not None:
            progress(before + done, total)

    results = Results()
    for some, unit in parts:
        if some:
            others = [
                file
                for file in reference
                if config.unit != "auto" or file.has_records == some[0].has_records
            ]
            of_unit = dataclasses.replace(config, unit=unit)
            results.add(some, others, of_unit, workers, report, readings)
            before += sum(len(file.passages) for file in some)
    return results
