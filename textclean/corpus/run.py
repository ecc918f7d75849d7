"""A run: from some files and folders to a folder of cleaned documents, with what undoes it.

The output holds the documents under their own names and, beside them, some records::

    undo.jsonl       a row per document, from which `undo` rebuilds its bytes
    removals.jsonl   a row per removed paragraph or record: where it stood, what stays in its place
    twins.jsonl      pairs alike but for numbers or names, if there are any; both stay
    restorations.jsonl  redacted values that a copy or a twin has, if there are any; put in place
                     only where the configuration says so
    stitches.jsonl   paragraphs broken on the page, if there are any, and whether they were joined
    run.json         version, configuration, hashes, counts, failures

``run.json`` is written last, so a folder without it holds a run that did not end. All of them are
the same for every number of workers, and hold no time.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textclean import __version__
from textclean.config import Config, Unit
from textclean.corpus import names
from textclean.corpus.atomic import write_atomic
from textclean.corpus.documents import DecodedFile, Passage, Source, iter_inputs, read_source
from textclean.corpus.excise import Remainder
from textclean.corpus.output import begin_output, check_output, finish_output
from textclean.corpus.pipeline import CorpusRemoval, CorpusTwin, clean_corpus
from textclean.corpus.positions import Lines
from textclean.corpus.reading_order import CleanedDocument
from textclean.corpus.record import VERSION, Row, dump, pack, sha256
from textclean.corpus.restoring import CorpusRestoration
from textclean.corpus.stitch_documents import CorpusStitch
from textclean.errors import DocumentError
from textclean.text.columns import EditColumns

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class DocumentSummary:
    """What a run did to one file."""

    name: str
    #: Characters of its texts before.
    characters: int
    edits: int
    #: Paragraphs or records that were removed, and their characters.
    removals: int
    removed_characters: int


@dataclass(frozen=True)
class RunSummary:
    """What a run did."""

    output: Path
    documents: tuple[DocumentSummary, ...]
    #: (name, reason) of each file, or ``name:line`` of each record, that could not be cleaned. The
    #: file is not in the output then; the record is there as it was.
    failures: tuple[tuple[str, str], ...]
    #: Number of edits by rule code.
    rules: Mapping[str, int]
    #: Number of pairs in ``twins.jsonl``.
    twins: int
    #: Redacted values that witnesses have: put in place, and only listed in ``restorations.jsonl``.
    restored: int = 0
    restorable: int = 0
    #: Broken paragraphs in ``stitches.jsonl`` that were joined, and that were only found.
    joined: int = 0
    broken: int = 0

    @property
    def characters(self) -> int:
        """Characters of all texts before."""
        return sum(document.characters for document in self.documents)

    @property
    def edits(self) -> int:
        """Edits in all documents."""
        return sum(document.edits for document in self.documents)

    @property
    def removals(self) -> int:
        """Paragraphs or records removed from all documents."""
        return sum(document.removals for document in self.documents)

    @property
    def removed_characters(self) -> int:
        """Characters of all paragraphs or records that were removed."""
        return sum(document.removed_characters for document in self.documents)


def run(
    inputs: Sequence[Path],
    output: Path,
    config: Config,
    *,
    force: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
) -> RunSummary:
    """Clean and deduplicate files and folders into another folder.

    Args:
        inputs: as for `iter_inputs`; nothing in them is changed.
        output: a folder that is empty or not there yet.
        force: replace what an earlier run wrote into `output`, and nothing else there.
        workers: as for `clean_corpus`.
        progress: told (texts cleaned, texts in all).

    Raises:
        DocumentError: an input is not there, input and output overlap, two inputs have one name,
            or `output` holds what is not the run's to replace. Nothing has been written then. A
            single document that cannot be read or cleaned is no error but one of the `failures`.
        MissingExtraError: the packages that finding near copies needs are not installed.
    """
    names.refuse_overlap(inputs, output)
    sources = iter_inputs(inputs, config)
    if not sources:
        raise DocumentError(f"{', '.join(map(str, inputs))}: no documents were found there")
    names.refuse_clashes((source.name, source.path) for source in sources)
    earlier = check_output(output, [source.name for source in sources], force=force)
    files, failures = _read(sources, config)
    work = _clean(files, config, workers, progress)
    failures += work.failures
    files = [file for file in files if file.source.format == "jsonl" or file.source.name in work]
    begin_output(output, earlier, [file.source.name for file in files])

    rows: list[Row] = []
    documents: list[Row] = []
    summaries: list[DocumentSummary] = []
    rules: Counter[str] = Counter()
    removed = work.removed()
    for file in files:
        name = file.source.name
        done = [work.outcome(name, passage) for passage in file.passages]
        kept = [None if config.drop_empty and _emptied(file, one) else one for one in done]
        data = file.rewrite([one.text if one else None for one in kept])
        write_atomic(names.place(output, name), data)
        rows.append(pack(file, kept, data, config.text_field))
        summary = DocumentSummary(
            name,
            sum(len(passage.text) for passage in file.passages),
            sum(len(one.columns) for one in done),
            *removed.get(name, (0, 0)),
        )
        summaries.append(summary)
        counts = dataclasses.asdict(summary)
        del counts["name"]
        documents.append(
            {"document": name, "input": sha256(file.data), "output": sha256(data), **counts}
        )
        rules.update(cause.rule for one in done for cause in one.columns.causes)
    records = {names.UNDO: rows, names.REMOVALS: list(work.removal_rows())}
    if twins := list(work.twin_rows()):
        records[names.TWINS] = twins
    if restorations := list(work.restoration_rows()):
        records[names.RESTORATIONS] = restorations
    if stitches := list(work.stitch_rows()):
        records[names.STITCHES] = stitches
    hashes = {}
    for record, lines in records.items():
        data = b"".join(map(dump, lines))
        write_atomic(output / record, data)
        hashes[record] = sha256(data)
    result = RunSummary(
        output,
        tuple(summaries),
        tuple(failures),
        dict(sorted(rules.items())),
        len(twins),
        joined=sum(row["joined"] for row in stitches),
        broken=sum(not row["joined"] for row in stitches),
        restored=sum(row["applied"] for row in restorations),
        restorable=sum(not row["applied"] for row in restorations),
    )
    finish_output(output, _run_row(result, config, documents, hashes))
    return result


def _run_row(
    result: RunSummary, config: Config, documents: Sequence[Row], hashes: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "textclean": __version__,
        "record": VERSION,
        "configuration": config.as_mapping(),
        "counts": {
            "documents": len(result.documents),
            "failures": len(result.failures),
            "characters": result.characters,
            "edits": result.edits,
            "removals": result.removals,
            "removed_characters": result.removed_characters,
            "twins": result.twins,
            "restored": result.restored,
            "restorable": result.restorable,
            "joined": result.joined,
            "broken": result.broken,
        },
        "rules": result.rules,
        "documents": documents,
        "failures": [{"document": name, "message": message} for name, message in result.failures],
        "records": hashes,
    }


def _read(
    sources: Sequence[Source], config: Config
) -> tuple[list[DecodedFile], list[tuple[str, str]]]:
    files: list[DecodedFile] = []
    failures: list[tuple[str, str]] = []
    for source in sources:
        try:
            source.name.encode("utf-8")
            files.append(read_source(source, config))
        except UnicodeEncodeError:
            failures.append((ascii(source.name), "the file's name is not valid UTF-8; rename it"))
        except DocumentError as error:
            failures.append((source.name, str(error)))
    return files, failures


def _emptied(file: DecodedFile, document: CleanedDocument) -> bool:
    """Whether deduplication left nothing of a record."""
    taken = bool(document.remainder.cuts)
    return file.source.format == "jsonl" and taken and not document.text


class _Work:
    """What the pipeline made of the passages of all files, found again by file and line."""

    def __init__(self, files: Sequence[DecodedFile]) -> None:
        self.failures: list[tuple[str, str]] = []
        self._cleaned: dict[str, CleanedDocument] = {}
        self._removals: list[CorpusRemoval] = []
        self._twins: list[CorpusTwin] = []
        self._restorations: list[CorpusRestoration] = []
        self._stitches: list[CorpusStitch] = []
        self._files = {file.source.name: file for file in files}
        self._lines: dict[str, Lines] = {}

    def __contains__(self, name: str) -> bool:
        return _key(name, 1) in self._cleaned

    def outcome(self, name: str, passage: Passage) -> CleanedDocument:
        """What became of a passage; one that failed stays as it was."""
        done = self._cleaned.get(_key(name, passage.line))
        if done is None:
            columns = EditColumns.from_spans(())
            done = CleanedDocument(name, passage.text, Remainder(passage.text), columns)
        return done

    def add(
        self, files: Sequence[DecodedFile], config: Config, workers: int | None, progress: Progress
    ) -> None:
        """Clean and deduplicate the passages of some files."""
        texts = [
            (_key(file.source.name, passage.line), passage.text)
            for file in files
            for passage in file.passages
        ]
        corpus = clean_corpus(texts, config, workers, progress)
        self._cleaned.update((document.name, document) for document in corpus.cleaned)
        self._removals += corpus.removals
        self._twins += corpus.twins
        self._restorations += corpus.restorations
        self._stitches += corpus.stitches
        for key, message in corpus.failures:
            name, line = _parts(key)
            jsonl = self._files[name].source.format == "jsonl"
            self.failures.append((f"{name}:{line}" if jsonl else name, message))

    def removed(self) -> dict[str, tuple[int, int]]:
        """For each file how many removals it has, and of how many characters."""
        counts: dict[str, tuple[int, int]] = {}
        for removal in self._removals:
            name, _ = _parts(removal.document)
            number, characters = counts.get(name, (0, 0))
            counts[name] = number + 1, characters + len(removal.text)
        return counts

    def removal_rows(self) -> Iterator[Row]:
        """The rows of ``removals.jsonl``, in order of document and place."""
        for removal in self._removals:
            document, start, end, text, kind, score, *survivor = removal
            yield {
                **self._where("", document, start, end, text),
                "kind": str(kind),
                "score": score,
                **self._where("survivor_", *survivor),  # type: ignore[arg-type]
            }

    def twin_rows(self) -> Iterator[Row]:
        """The rows of ``twins.jsonl``."""
        for document, start, end, text, *twin, differences, certain in self._twins:
            yield {
                **self._where("", document, start, end, text),
                **self._where("twin_", *twin),  # type: ignore[arg-type]
                "differences": differences,
                "kind": "numbers" if certain else "names",
            }

    def restoration_rows(self) -> Iterator[Row]:
        """The rows of ``restorations.jsonl``, in order of document and place."""
        for one in self._restorations:
            yield {
                **self._where("", one.document, one.start, one.end, one.text),
                "value": one.value,
                "type": str(one.type),
                "confidence": one.confidence,
                "evidence": one.evidence,
                **self._where(
                    "witness_",
                    one.witness_document,
                    one.witness_start,
                    one.witness_end,
                    one.witness_text,
                ),
                "applied": one.applied,
            }

    def stitch_rows(self) -> list[Row]:
        """The rows of ``stitches.jsonl``, in order of document and place."""
        return [
            {
                **self._where("", one.document, one.start, one.end, one.text),
                **self._where("head_", one.document, one.head_start, one.head_end, one.head_text),
                "confidence": one.confidence,
                "joined": one.joined,
            }
            for one in self._stitches
        ]

    def _where(self, prefix: str, key: str, start: int, end: int, text: str) -> Row:
        name, line = _parts(key)
        file = self._files[name]
        if file.source.format == "text":
            if name not in self._lines:
                self._lines[name] = Lines(file.content)
            line = self._lines[name].position(start).line
        values = {"document": name, "line": line, "start": start, "end": end, "text": text}
        return {f"{prefix}{field}": value for field, value in values.items()}


def _key(name: str, line: int) -> str:
    """A name for a passage: no file's name holds a zero byte."""
    return f"{name}\0{line}"


def _parts(key: str) -> tuple[str, int]:
    name, _, line = key.rpartition("\0")
    return name, int(line)


def _clean(
    files: Sequence[DecodedFile], config: Config, workers: int | None, progress: Progress | None
) -> _Work:
    """The pipeline over all passages: all together, or records apart where those are the unit."""
    if config.unit == "auto":
        kinds: tuple[tuple[str, Unit], ...] = (("text", "paragraph"), ("jsonl", "document"))
        parts = [
            ([file for file in files if file.source.format == kind], unit) for kind, unit in kinds
        ]
    else:
        parts = [(list(files), config.unit)]
    total = sum(len(file.passages) for file in files)
    before = 0
    work = _Work(files)

    def report(done: int, _: int) -> None:
        if progress is not None:
            progress(before + done, total)

    for some, unit in parts:
        if some:
            work.add(some, dataclasses.replace(config, unit=unit), workers, report)
            before += sum(len(file.passages) for file in some)
    return work
