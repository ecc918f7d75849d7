"""A run: from some files and folders to a folder of cleaned documents, with what undoes it.

The output holds the documents under their own names and, beside them, some records::

    undo.jsonl       a row per document, from which `undo` rebuilds its bytes
    removals.jsonl   a row per removed paragraph or record: where it stood, what stays in its place
    twins.jsonl      pairs alike but for numbers or names, if there are any; both stay
    restorations.jsonl  redacted values that a copy or a twin has, if there are any; put in place
                     only where the configuration says so
    consistency.jsonl  numbers that contradict one another or the calendar, if there are any, with
                     both places and their sentences; nothing is done about them
    annotations.jsonl  paragraphs that are copies or have some, where they are only marked
    stitches.jsonl   paragraphs broken on the page, if there are any, and whether they were joined
    run.json         version, configuration, hashes, counts, failures

``run.json`` is written last, so a folder without it holds a run that did not end. All of them are
the same for every number of workers, and hold no time.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from textclean import __version__
from textclean.config import Config
from textclean.corpus import names
from textclean.corpus.annotate import Annotations, spliced
from textclean.corpus.atomic import write_atomic
from textclean.corpus.documents import iter_inputs, read_file
from textclean.corpus.formats.base import DecodedFile, InputFile, Row, sha256
from textclean.corpus.formats.encoding import UTF_8
from textclean.corpus.output_folder import check_output, finish_output, writing
from textclean.corpus.pipeline import Progress
from textclean.corpus.reading_order import CleanedDocument
from textclean.corpus.readings import expression
from textclean.corpus.record import VERSION, dump, pack
from textclean.corpus.results import Results, clean_files
from textclean.errors import DocumentError


class DocumentSummary(NamedTuple):
    """What a run did to one file, or to all of them."""

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
    #: As in `Results.failures`. The file is not in the output then; the record is there as it was.
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
    #: Numbers in ``consistency.jsonl``.
    contradictions: int = 0
    #: Records and paragraphs that are marked as copies instead of being removed.
    marked: int = 0

    @property
    def total(self) -> DocumentSummary:
        """The sums over all documents."""
        columns = zip(*(counts for _, *counts in self.documents), strict=True)
        return DocumentSummary("all", *(map(sum, columns) if self.documents else (0, 0, 0, 0)))


def run(
    inputs: Sequence[Path],
    output: Path,
    config: Config,
    *,
    force: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
    read_as: str | None = None,
    reference: Sequence[Path] = (),
    annotate: bool = False,
    readings: str | None = None,
) -> RunSummary:
    """Clean and deduplicate files and folders into another folder.

    Args:
        inputs: as for `iter_inputs`; nothing in them is changed.
        output: a folder that is empty or not there yet.
        force: replace what an earlier run wrote into `output`, and nothing else there.
        workers: as for `clean_corpus`.
        progress: told (texts cleaned, texts in all).
        read_as: as for `iter_inputs`.
        reference: files and folders for whose texts copies are removed, too; nothing of them is
            written. In the records they go by their paths.
        annotate: mark copies instead of removing them, and change nothing else: the rules that
            `config` selects only make copies alike.
        readings: a pattern of names by which files are readings of one page (`readings.groups`);
            one of them stays, mended by the others.

    Raises:
        DocumentError: `readings` is no such pattern, an input is not there, a file of the reference
            cannot be read, input and output overlap, two inputs have one name, or `output` holds
            what is not the run's to replace. Nothing has been written then. A single document that
            cannot be read or cleaned is no error but one of the `failures`.
        MissingExtraError: the packages that finding near copies needs are not installed.

    Where no document could be read, nothing is written.
    """
    if readings is not None:
        expression(readings)
    names.refuse_overlap(inputs, output)
    sources = iter_inputs(inputs, config, read_as)
    if not sources:
        hint = ", or `exclude` passes over them" if config.exclude else ""
        raise DocumentError(f"{', '.join(map(str, inputs))}: no documents were found there{hint}")
    names.refuse_clashes((source.name, source.path) for source in sources)
    earlier = check_output(output, [source.name for source in sources], force=force)
    others = read_reference(reference, config, sources)
    files, failures = _read(sources, config)
    results = clean_files(files, config, workers, progress, others, readings)
    failures += results.failures
    files = [file for file in files if results.keeps(file)]
    failures += _unwritable(files, results, config, annotate=annotate)
    failed = {name for name, _ in failures}
    files = [file for file in files if file.source.name not in failed]
    if not files:
        return RunSummary(output, (), tuple(failures), {}, 0)
    with writing(output, earlier, [file.source.name for file in files]):
        if annotate:
            return _write_annotated(output, files, results, failures, config)
        return _write(output, files, results, failures, config)


def read_reference(
    paths: Sequence[Path], config: Config, sources: Sequence[InputFile]
) -> list[DecodedFile]:
    """The files under some paths, by the names that they have as paths, but for inputs.

    Raises:
        DocumentError: there are none, or one cannot be read.
    """
    inputs = {os.path.realpath(source.path) for source in sources}
    files = [
        read_file(source._replace(name=source.path.as_posix()), config)
        for source in iter_inputs(paths, config)
        if os.path.realpath(source.path) not in inputs
    ]
    if paths and not files:
        raise DocumentError(f"{', '.join(map(str, paths))}: no other documents were found there")
    return files


def _write(
    output: Path,
    files: Sequence[DecodedFile],
    results: Results,
    failures: Sequence[tuple[str, str]],
    config: Config,
) -> RunSummary:
    rows: list[Row] = []
    documents: list[Row] = []
    summaries: list[DocumentSummary] = []
    rules: Counter[str] = Counter()
    removed = results.removed()
    for file in files:
        name = file.source.name
        done = results.documents(file)
        kept = _kept(file, results, config)
        data = file.written([one.text if one else None for one in kept])
        write_atomic(names.place(output, name), data)
        row = pack(file, kept, data)
        rows.append(row)
        summary = DocumentSummary(
            name,
            sum(len(passage.text) for passage in file.passages),
            sum(len(one.columns) for one in done),
            *removed.get(file, (0, 0)),
        )
        summaries.append(summary)
        row = {key: row[key] for key in ("document", "input", "output")}
        documents.append({**row, **_counts(summary)})
        rules.update(cause.rule for one in done for cause in one.columns.causes)
    twins, restorations = list(results.twins()), list(results.restorations())
    stitches, contradictions = list(results.stitches()), list(results.contradictions())
    records = {names.UNDO: rows, names.REMOVALS: list(results.removals())}
    some = {
        names.TWINS: twins,
        names.RESTORATIONS: restorations,
        names.CONSISTENCY: contradictions,
        names.STITCHES: stitches,
    }
    records.update((name, lines) for name, lines in some.items() if lines)
    hashes = _write_records(output, records)
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
        contradictions=len(contradictions),
    )
    finish_output(output, _run_row(result, config, documents, hashes))
    return result


def _unwritable(
    files: Sequence[DecodedFile], results: Results, config: Config, *, annotate: bool
) -> list[tuple[str, str]]:
    """(name, reason) of each file that cannot be written, since its encoding lacks a character."""
    failures: list[tuple[str, str]] = []
    annotations: Annotations | None = None
    for file in files:
        if file.output_encoding == UTF_8:
            continue
        try:
            if annotate:
                annotations = annotations or Annotations(files, results, config)
                spliced(file, annotations.splices(file))
            else:
                file.written([one.text if one else None for one in _kept(file, results, config)])
        except DocumentError as error:
            failures.append((file.source.name, str(error)))
    return failures


def _kept(file: DecodedFile, results: Results, config: Config) -> list[CleanedDocument[Any] | None]:
    """What became of each text of a file; None for a record that is dropped."""
    drops = config.drop_empty and file.has_records
    return [None if drops and one.emptied else one for one in results.documents(file)]


def _write_annotated(
    output: Path,
    files: Sequence[DecodedFile],
    results: Results,
    failures: Sequence[tuple[str, str]],
    config: Config,
) -> RunSummary:
    annotations = Annotations(files, results, config)
    rows: list[Row] = []
    documents: list[Row] = []
    summaries: list[DocumentSummary] = []
    for file in files:
        data, row = spliced(file, annotations.splices(file))
        write_atomic(names.place(output, file.source.name), data)
        rows.append(row)
        characters = sum(len(passage.text) for passage in file.passages)
        summaries.append(DocumentSummary(file.source.name, characters, 0, 0, 0))
        row = {key: row[key] for key in ("document", "input", "output")}
        documents.append({**row, **_counts(summaries[-1])})
    twins, marks = list(results.twins()), list(annotations.rows())
    records = {names.UNDO: rows}
    some = {names.ANNOTATIONS: marks, names.TWINS: twins}
    records.update((name, lines) for name, lines in some.items() if lines)
    hashes = _write_records(output, records)
    result = RunSummary(
        output, tuple(summaries), tuple(failures), {}, len(twins), marked=annotations.marked
    )
    finish_output(output, _run_row(result, config, documents, hashes))
    return result


def _write_records(output: Path, records: Mapping[str, Sequence[Row]]) -> dict[str, str]:
    """Write the records of a run; their hashes."""
    hashes = {}
    for record, lines in records.items():
        data = b"".join(map(dump, lines))
        write_atomic(output / record, data)
        hashes[record] = sha256(data)
    return hashes


_COUNTS = ("twins", "restored", "restorable", "joined", "broken", "contradictions", "marked")


def _counts(summary: DocumentSummary) -> dict[str, int]:
    counts = summary._asdict()
    del counts["name"]
    return counts


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
            **_counts(result.total),
            **{name: getattr(result, name) for name in _COUNTS},
        },
        "rules": result.rules,
        "documents": documents,
        "failures": [{"document": name, "message": message} for name, message in result.failures],
        "records": hashes,
    }


def _read(
    sources: Sequence[InputFile], config: Config
) -> tuple[list[DecodedFile], list[tuple[str, str]]]:
    files: list[DecodedFile] = []
    failures: list[tuple[str, str]] = []
    for source in sources:
        try:
            source.name.encode("utf-8")
            files.append(read_file(source, config))
        except UnicodeEncodeError:
            failures.append((ascii(source.name), "the file's name is not valid UTF-8; rename it"))
        except DocumentError as error:
            failures.append((source.name, str(error)))
    return files, failures
