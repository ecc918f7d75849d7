"""A run: from some files and folders to a folder of cleaned documents, with what undoes it.

The output holds the documents under their own names and, beside them, some records::

    undo.jsonl       a row per document, from which `undo` rebuilds its bytes
    removals.jsonl   a row per removed paragraph, record or line of boilerplate: where it stood,
                     what stays in its place, what it alone says
    boilerplate.jsonl  lines of pages that many documents have, if there are any, with their places;
                     removed only where the configuration says so
    twins.jsonl      pairs alike but for numbers or names, if there are any; both stay
    restorations.jsonl  redacted values that a copy or a twin has, if there are any; put in place
                     only where the configuration says so
    consistency.jsonl  numbers that contradict one another or the calendar, if there are any, with
                     both places and their sentences; nothing is done about them
    annotations.jsonl  paragraphs that are copies or have some, where they are only marked
    stitches.jsonl   paragraphs broken on the page, if there are any, and whether they were joined
    run.json         version, configuration, hashes, counts, failures
    report.html      a page that shows all of it, where a command writes one (`report.html.run`)

``run.json`` is written last, so a folder without it holds a run that did not end. All of them are
the same for every number of workers, and hold no time.
"""

from __future__ import annotations

import dataclasses
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from textclean import __version__
from textclean.config import Config
from textclean.config.options import Unit
from textclean.corpus import names
from textclean.corpus.annotate import BlockAnnotations, RecordAnnotations, spliced
from textclean.corpus.atomic import AtomicFile, write_atomic
from textclean.corpus.decisions import Decisions
from textclean.corpus.documents import ending_of, iter_inputs, lacks_texts, read_file
from textclean.corpus.formats.base import DecodedFile, InputFile, Row
from textclean.corpus.indexed import index_files, is_index, unit_of
from textclean.corpus.output_folder import check_output, finish_output, read_summary, writing
from textclean.corpus.parts import FileParts
from textclean.corpus.reading_order import CleanedDocument
from textclean.corpus.readings import expression
from textclean.corpus.record import VERSION, UndoRow, dump, pack
from textclean.corpus.results import Results
from textclean.corpus.stages import StageProgress, tell_cleaned, unheard
from textclean.corpus.whole_records import have_several_texts
from textclean.corpus.whole_results import WholeResults
from textclean.corpus.working import is_published, note_published, working
from textclean.errors import DocumentError

if TYPE_CHECKING:
    from textclean.engines.disk import WorkFolder


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
    #: Lines in ``boilerplate.jsonl``, and how many places of them were taken out.
    boilerplate: int = 0
    boilerplate_removed: int = 0
    #: Records and paragraphs that are marked as copies instead of being removed.
    marked: int = 0
    #: Records that could not be read and were dropped.
    unreadable: int = 0
    #: Files in folders that are of no format, by ending.
    passed_over: Mapping[str, int] = field(default_factory=dict)

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
    progress: StageProgress | None = None,
    read_as: str | None = None,
    reference: Sequence[Path] = (),
    annotate: bool = False,
    readings: str | None = None,
    standard_input: InputFile | None = None,
    decisions: Decisions | None = None,
    work_folder: Path | None = None,
    memory: int | None = None,
) -> RunSummary:
    """Clean and deduplicate files and folders into another folder.

    Args:
        inputs: as for `iter_inputs`; nothing in them is changed.
        output: a folder that is empty or not there yet.
        force: replace what an earlier run wrote into `output`, and nothing else there.
        workers: as for `clean_corpus`.
        progress: told how far each stage is.
        read_as: as for `iter_inputs`.
        reference: files and folders for whose texts copies are removed, too; nothing of them is
            written. In the records they go by their paths.
        annotate: mark copies instead of removing them, and change nothing else: the rules that
            `config` selects only make copies alike.
        standard_input: one more file to clean, whose bytes it has.
        readings: a pattern of names by which files are readings of one page (`readings.groups`);
            one of them stays, mended by the others.
        decisions: what a reader accepted and rejected; afterwards it knows what it met.
        work_folder: where what is finished is kept until the run is whole: the same run, begun
            again, goes on from there (`engines.disk`). Records as whole documents only.
        memory: bytes that the process may have, where there is such a folder.

    Raises:
        DocumentError: `work_folder` cannot be used, or the run holds more than it can keep; or
            `readings` is no such pattern, an input is not there, a file of the reference
            cannot be read, input and output overlap, two inputs have one name, or `output` holds
            what is not the run's to replace. Nothing has been written then. A single document that
            cannot be read or cleaned is no error but one of the `failures`.
        MissingExtraError: the packages that finding near copies needs are not installed.

    Where no document could be read, nothing is written.
    """
    if readings is not None:
        expression(readings)
    if annotate:  # nothing goes
        config = dataclasses.replace(config, boilerplate="report")
        if config.on_bad_record == "drop":
            config = dataclasses.replace(config, on_bad_record="copy")
    if decisions is not None:
        config = decisions.configured(config)
    names.refuse_overlap(inputs, output)
    passed_over: Counter[str] = Counter()
    unreadable: list[tuple[str, str]] = []
    sources = [
        source
        for source in iter_inputs(inputs, config, read_as, passed_over, unreadable)
        if not _is_settings(source, config, passed_over)
    ]
    if standard_input is not None:
        sources.append(standard_input)
    if not sources and unreadable:
        return RunSummary(output, (), tuple(unreadable), {}, 0, passed_over=passed_over)
    if not sources:
        hint = ", or `exclude` passes over them" if config.exclude else ""
        raise DocumentError(f"{', '.join(map(str, inputs))}: no documents were found there{hint}")
    names.refuse_clashes((source.name, source.path) for source in sources)
    with ExitStack() as stack:
        progress = progress or unheard
        work = None
        if work_folder is not None:
            if standard_input is not None:
                raise DocumentError("what comes from standard input cannot be gone on with")
            work = stack.enter_context(
                working(
                    work_folder, sources, reference, config, progress,
                    annotate=annotate, readings=readings, decisions=decisions,
                )
            )  # fmt: skip
            if is_published(work, output):
                work.remove()
                return summary_of(output)
        earlier = check_output(output, [source.name for source in sources], force=force)
        blocks, whole, failures = clean_files(
            sources, reference, config, workers, progress, readings, output, stack,
            annotate=annotate, passed_over=passed_over, decisions=decisions, work=work,
            memory=memory,
        )  # fmt: skip
        failures = [*unreadable, *failures]
        written = {file.source.name for each in blocks for file in each.files}
        if whole:
            written |= {file.source.name for file in whole.files if whole.keeps(file)}
        if not written:
            return RunSummary(output, (), tuple(failures), {}, 0, passed_over=passed_over)
        sources = [source for source in sources if source.name in written]
        order = [source.name for source in sources]
        with writing(output, earlier, sources) as new:
            write = _write_annotated if annotate else _write
            summary = write(new, order, blocks, whole, failures, config, progress, passed_over)
            if work is not None:
                note_published(work, new)
        if work is not None:
            work.remove()
        return dataclasses.replace(summary, output=output)


def summary_of(output: Path) -> RunSummary:
    """What the run in a folder did, as ``run.json`` has it."""
    row = read_summary(output)
    counts = row["counts"]
    fields = [name for name in DocumentSummary._fields if name != "name"]
    return RunSummary(
        output,
        tuple(
            DocumentSummary(each["document"], *(each[name] for name in fields))
            for each in row["documents"]
        ),
        tuple((each["document"], each["message"]) for each in row["failures"]),
        row["rules"],
        **{name: counts[name] for name in _COUNTS},
        passed_over=counts["passed_over"],
    )


def _is_settings(source: InputFile, config: Config, passed_over: Counter[str]) -> bool:
    """Whether a file that has the name of ours holds no texts: then it is in nobody's way.

    Args:
        passed_over: it is counted there.
    """
    if source.name.casefold() != names.RUN:
        return False
    try:
        read_file(source, config)
    except DocumentError as error:
        if lacks_texts(source, error):
            passed_over[ending_of(source.name)] += 1
            return True
    return False


def clean_files(
    sources: Sequence[InputFile],
    reference: Sequence[Path],
    config: Config,
    workers: int | None,
    progress: StageProgress,
    readings: str | None,
    output: Path,
    stack: ExitStack,
    *,
    annotate: bool,
    passed_over: Counter[str],
    decisions: Decisions | None = None,
    work: WorkFolder | None = None,
    memory: int | None = None,
) -> tuple[list[Results], WholeResults | None, list[tuple[str, str]]]:
    """What became of files that are held in memory, of files as whole documents, and what failed.

    Args:
        stack: closes what lies on disk meanwhile.
        annotate: whether copies are only marked.
        passed_over: files that hold no texts are counted there, by ending.
        work: where what is finished is kept.
        memory: bytes that the process may have then.

    Raises:
        WorkFolderError: these are not enough.
        DocumentError: a file of the reference cannot be read, or one is held in memory though there
            is a folder to work in.
    """
    others = reference_files(reference, config, sources)
    parts, failures = _open(sources, config, grouped=not annotate)
    # Records of several texts are cleaned text by text and compared as one, and documents that can
    # lose lines are kept line by line: in memory.
    held_whole = not annotate and (have_several_texts(config) or config.boilerplate == "remove")
    if work is not None:
        for each in parts:
            if held_whole or unit_of(each.has_records, config) != "document":
                raise DocumentError(
                    f"{each.source.path}: is held in memory, paragraph by paragraph or text by "
                    "text, so a folder to work in is of no use; leave it out, or choose `--unit "
                    "document` and one field of records"
                )
    blocks: list[Results] = []
    for unit in get_args(Unit)[1:]:
        held: list[DecodedFile] = []
        for each in parts:
            if unit_of(each.has_records, config) == unit and (held_whole or unit == "paragraph"):
                try:
                    held.append(read_file(each.source, config))
                except DocumentError as error:
                    if lacks_texts(each.source, error):
                        passed_over[ending_of(each.source.name)] += 1
                    else:
                        failures.append((each.source.name, str(error)))
        others_of_unit = [
            each for each in others if held and unit_of(each.has_records, config) == unit
        ]
        beside = [read_file(each.source, config) for each in others_of_unit]
        of_unit = dataclasses.replace(config, unit=unit)
        cleaning = partial(tell_cleaned, progress)
        while held:
            results = Results(held, beside, of_unit, workers, cleaning, readings, decisions)
            unwritable = {} if annotate else _unwritable(results, config)
            failures += unwritable.items()
            if not unwritable:
                blocks.append(results)
                failures += results.failures
                break
            # Nothing may have gone for what is not written.
            held = [file for file in held if file.source.name not in unwritable]
    whole = None
    files = [each for each in parts if unit_of(each.has_records, config) == "document"]
    others = [each for each in others if unit_of(each.has_records, config) == "document"]
    of_unit = dataclasses.replace(config, unit="document")
    folder = next(path for path in (output, *output.absolute().parents) if path.is_dir())
    if work is not None:
        folder = work.path
    while files and not held_whole:
        passed: Counter[str] = Counter()
        whole = WholeResults(
            files, others, of_unit, workers, progress, readings, folder,
            joined=annotate, passed_over=passed, decisions=decisions, work=work, memory=memory,
        )  # fmt: skip
        unwritable = {} if annotate else whole.unwritable()
        failures += unwritable.items()
        if not unwritable:
            stack.callback(whole.close)
            passed_over += passed
            failures += whole.failures
            break
        whole.close()
        whole = None
        if work is not None:
            work.begin_again()
        files = [each for each in files if each.source.name not in unwritable]
    # In the order of the files.
    places = {source.name: number for number, source in enumerate(sources)}
    failures.sort(key=lambda each: places.get(each[0], places.get(each[0].rpartition(":")[0], -1)))
    return blocks, whole, failures


def reference_files(
    paths: Sequence[Path], config: Config, sources: Sequence[InputFile]
) -> list[FileParts]:
    """The files under some paths, by the names that they have as paths, but for inputs; of an
    index the entries that matter for the inputs.

    Raises:
        DocumentError: there are none, or one cannot be read.
    """
    inputs = {os.path.realpath(source.path) for source in sources}
    stored = [path for path in paths if is_index(path)]
    plain = [path for path in paths if path not in stored]
    files = [
        FileParts(source._replace(name=source.path.as_posix()), config, unpacked=True, grouped=True)
        for source in iter_inputs(plain, config)
        if os.path.realpath(source.path) not in inputs
    ]
    if plain and not files:
        raise DocumentError(f"{', '.join(map(str, plain))}: no other documents were found there")
    for folder in stored:
        files += index_files(folder, sources, config)
    return files


class _Records:
    """The records beside the documents, each written as its rows come; hashes by name."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self.hashes: dict[str, str] = {}

    def write(self, name: str, rows: Iterable[Row]) -> Counter[tuple[bool, ...]]:
        """Write a record, if there are rows; how many have what in `_COUNTED`."""
        counted: Counter[tuple[bool, ...]] = Counter()
        coming = iter(rows)
        first = next(coming, None)
        if first is None and name != names.REMOVALS:
            return counted
        with AtomicFile(self._output / name) as file:
            for row in coming if first is None else chain([first], coming):
                file.write(dump(row))
                counted[tuple(row[key] for key in _COUNTED if key in row)] += 1
            file.commit()
            self.hashes[name] = file.sha256
        return counted


#: What of the rows of records is in the summary.
_COUNTED = ("joined", "applied")


class _Written(NamedTuple):
    """A document that was written, and what undoes it."""

    summary: DocumentSummary
    #: The row of the undo record, or what it begins with.
    head: Row
    #: The rest of the row, where it is made in pieces.
    undo: UndoRow | None = None


def _write_documents(
    output: Path,
    order: Sequence[str],
    records: _Records,
    progress: StageProgress,
    write: Callable[[str, Path], _Written],
) -> tuple[list[DocumentSummary], list[Row]]:
    """Write the documents and the undo record: their summaries, and their rows in ``run.json``.

    Args:
        write: writes the document of a name to a path.
    """
    summaries: list[DocumentSummary] = []
    documents: list[Row] = []
    with AtomicFile(output / names.UNDO) as record:
        for number, name in enumerate(order):
            progress("writing", number, len(order), "files")
            summary, head, undo = write(name, names.place(output, name))
            for piece in [dump(head)] if undo is None else undo.lines(head):
                record.write(piece)
            if undo is not None:
                undo.close()
            summaries.append(summary)
            row = {key: head[key] for key in ("document", "input", "output")}
            documents.append({**row, **_counts(summary)})
        record.commit()
        records.hashes[names.UNDO] = record.sha256
    return summaries, documents


def _write(
    output: Path,
    order: Sequence[str],
    blocks: Sequence[Results],
    whole: WholeResults | None,
    failures: Sequence[tuple[str, str]],
    config: Config,
    progress: StageProgress,
    passed_over: Mapping[str, int],
) -> RunSummary:
    rules: Counter[str] = Counter()
    block_files = {file.source.name: (each, file) for each in blocks for file in each.files}
    whole_files = {file.source.name: file for file in whole.files} if whole else {}
    removed = {file: counts for each in blocks for file, counts in each.removed().items()}

    def write(name: str, path: Path) -> _Written:
        if name in whole_files and whole is not None:
            counts, undo, head = whole.write(whole_files[name], path, rules)
            summary = DocumentSummary(
                name, counts.characters, counts.edits, counts.removals, counts.removed_characters
            )
            return _Written(summary, head, undo)
        results, file = block_files[name]
        done = results.documents(file)
        kept = _kept(file, results, config)
        data = file.written([one.text if one else None for one in kept])
        write_atomic(path, data)
        summary = DocumentSummary(
            name,
            sum(len(passage.text) for passage in file.passages),
            sum(len(one.columns) for one in done),
            *removed.get(file, (0, 0)),
        )
        rules.update(cause.rule for one in done for cause in one.columns.causes)
        return _Written(summary, pack(file, kept, data))

    records = _Records(output)
    summaries, documents = _write_documents(output, order, records, progress, write)
    every: list[Results | WholeResults] = [*blocks, *([whole] if whole else [])]
    unreadable = [row for each in every for row in each.unreadable()]
    pages = chain.from_iterable(each.boilerplate() for each in blocks)
    boilerplate = records.write(names.BOILERPLATE, pages)
    removals = chain.from_iterable(each.removals() for each in every)
    records.write(names.REMOVALS, chain(removals, unreadable))
    twins = records.write(names.TWINS, chain.from_iterable(each.twins() for each in every))
    restorations = records.write(
        names.RESTORATIONS, chain.from_iterable(each.restorations() for each in every)
    )
    contradictions = records.write(
        names.CONSISTENCY, chain.from_iterable(each.contradictions() for each in every)
    )
    stitches = records.write(names.STITCHES, chain.from_iterable(each.stitches() for each in every))
    result = RunSummary(
        output,
        tuple(summaries),
        tuple(failures),
        dict(sorted(rules.items())),
        twins.total(),
        joined=stitches[(True,)],
        broken=stitches[(False,)],
        restored=restorations[(True,)],
        restorable=restorations[(False,)],
        contradictions=contradictions.total(),
        unreadable=len(unreadable),
        passed_over=passed_over,
        boilerplate=boilerplate.total(),
        boilerplate_removed=sum(each.removed_lines for each in blocks),
    )
    finish_output(output, _run_row(result, config, documents, records.hashes))
    return result


def _unwritable(results: Results, config: Config) -> dict[str, str]:
    """Why a file cannot be written, since it can have no such text, by name."""
    found: dict[str, str] = {}
    for file in results.files:
        if file.can_lack_characters:
            try:
                file.written([one.text if one else None for one in _kept(file, results, config)])
            except DocumentError as error:
                found[file.source.name] = str(error)
    return found


def _kept(file: DecodedFile, results: Results, config: Config) -> list[CleanedDocument[Any] | None]:
    """What became of each text of a file; None for a record that is dropped."""
    done = results.documents(file)
    gone = file.dropped([config.drop_empty and one.emptied for one in done])
    return [None if goes else one for goes, one in zip(gone, done, strict=True)]


def _write_annotated(
    output: Path,
    order: Sequence[str],
    blocks: Sequence[Results],
    whole: WholeResults | None,
    failures: Sequence[tuple[str, str]],
    config: Config,
    progress: StageProgress,
    passed_over: Mapping[str, int],
) -> RunSummary:
    of_records = None if whole is None else RecordAnnotations(whole)
    first = 0 if of_records is None else of_records.count
    of_blocks: list[BlockAnnotations] = []
    for results in blocks:
        of_blocks.append(BlockAnnotations(results, first))
        first += of_blocks[-1].count
    block_files = {file.source.name: file for each in blocks for file in each.files}
    whole_files = {file.source.name: file for file in whole.files} if whole else {}

    def write(name: str, path: Path) -> _Written:
        if name in whole_files and of_records is not None:
            characters, undo, head = of_records.write(whole_files[name], path)
            return _Written(DocumentSummary(name, characters, 0, 0, 0), head, undo)
        file = block_files[name]
        data, head = spliced(file, [])
        write_atomic(path, data)
        characters = sum(len(passage.text) for passage in file.passages)
        return _Written(DocumentSummary(name, characters, 0, 0, 0), head)

    records = _Records(output)
    summaries, documents = _write_documents(output, order, records, progress, write)
    every: list[Results | WholeResults] = [*blocks, *([whole] if whole else [])]
    annotations = [each for each in (*of_blocks, of_records) if each is not None]
    records.write(names.ANNOTATIONS, chain.from_iterable(each.rows() for each in annotations))
    twins = records.write(names.TWINS, chain.from_iterable(each.twins() for each in every))
    marked = sum(each.marked for each in annotations)
    pages = chain.from_iterable(each.boilerplate() for each in blocks)
    boilerplate = records.write(names.BOILERPLATE, pages)
    result = RunSummary(
        output, tuple(summaries), tuple(failures), {}, twins.total(),
        marked=marked, boilerplate=boilerplate.total(), passed_over=passed_over,
    )  # fmt: skip
    finish_output(output, _run_row(result, config, documents, records.hashes))
    return result


_COUNTS = (
    "twins", "restored", "restorable", "joined", "broken", "contradictions", "boilerplate",
    "boilerplate_removed", "marked", "unreadable",
)  # fmt: skip


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
            "passed_over": dict(sorted(result.passed_over.items())),
        },
        "rules": result.rules,
        "documents": documents,
        "failures": [{"document": name, "message": message} for name, message in result.failures],
        "records": hashes,
    }


def _open(
    sources: Sequence[InputFile], config: Config, *, grouped: bool
) -> tuple[list[FileParts], list[tuple[str, str]]]:
    files: list[FileParts] = []
    failures: list[tuple[str, str]] = []
    for source in sources:
        try:
            files.append(FileParts(source, config, unpacked=True, grouped=grouped))
        except DocumentError as error:
            failures.append((source.name, str(error)))
    return files, failures
