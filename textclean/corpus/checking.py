"""Files cleaned part by part, in order; a few parts are in memory, and processes may help.

Trouble with one file is told in its place and keeps no other from its turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from textclean.cleaning import ENDED, Failure, clean
from textclean.config import Config
from textclean.corpus.decided import decided_text, passage_names
from textclean.corpus.decisions import Decisions
from textclean.corpus.documents import config_of_file
from textclean.corpus.files import CheckedFile
from textclean.corpus.formats.base import DecodedFile, InputFile
from textclean.corpus.parts import FileParts
from textclean.engine.parallel import Work, stream_batches, workers_for
from textclean.errors import DocumentError, RuleError
from textclean.text.cleaned import Cleaned
from textclean.text.columns import EditColumns
from textclean.text.edit import Edit

#: Told how many bytes of how many are done.
Progress = Callable[[int, int], None]
# Bytes of Chinese text for one character, about.
_BYTES = 3


class CheckedPart(NamedTuple):
    """A part of a file, or the trouble that ends the file's turn."""

    #: The file; None: standard input, or what could not be opened.
    parts: FileParts | None
    #: The part with what cleaning makes of it; None: there is trouble.
    checked: CheckedFile | None
    error: DocumentError | None
    first: bool
    last: bool


class _Job(NamedTuple):
    work: Work[Any]
    texts: list[str]
    parts: FileParts | None
    file: DecodedFile | None
    error: DocumentError | None
    first: bool
    last: bool


class _Looked(NamedTuple):
    """What becomes of a text: a process sends it back."""

    text: str
    columns: EditColumns
    suggestions: list[Edit] | None


def check_files(
    sources: Sequence[InputFile],
    config: Config,
    *,
    notes: bool = False,
    workers: int | None = 1,
    progress: Progress | None = None,
    decisions: Decisions | None = None,
) -> Iterator[CheckedPart]:
    """The parts of some files, cleaned as `per_file` says for each.

    Args:
        notes: whether `Cleaned.suggestions` will be asked for.
        workers: as for `clean_corpus`.
        decisions: on single changes; those on rules are in `config`.
    """
    opened: list[FileParts | tuple[InputFile, DocumentError]] = []
    size = 0
    for source in sources:
        try:
            parts = FileParts(source, config)
        except DocumentError as error:
            opened.append((source, error))
        else:
            opened.append(parts)
            size += parts.size
    number = workers_for(size // _BYTES, workers)
    done = 0
    for part in _checked(_jobs(opened, config, notes), number, config, decisions):
        yield part
        if part.last and part.parts is not None and progress is not None:
            done += part.parts.size
            progress(done, size)


def check_file(
    file: DecodedFile, config: Config, decisions: Decisions | None = None
) -> CheckedPart:
    """A file that was read already, as one part."""
    job = _job(None, file, config, notes=True, first=True, last=True)
    return next(_checked([job], 1, config, decisions))


def _checked(
    jobs: Iterable[_Job], workers: int, config: Config, decisions: Decisions | None
) -> Iterator[CheckedPart]:
    skipped: FileParts | None = None
    for job, results in stream_batches(jobs, workers, ENDED):
        if skipped is not None and job.parts is skipped:
            continue
        error = job.error
        for result in results:
            if isinstance(result, Failure) and error is None and job.file is not None:
                error = DocumentError(f"{job.file.source.path}: {result.message}")
        if error is not None:
            skipped = job.parts
            yield CheckedPart(job.parts, None, error, job.first, True)
            continue
        assert job.file is not None  # there is a file or an error
        cleaned = tuple(
            Cleaned(passage.text, done.text, done.columns, partial(_known, done.suggestions))
            for passage, done in zip(job.file.passages, results, strict=True)
        )
        if decisions is not None:
            own = config_of_file(job.file.source, config)
            cleaned = tuple(
                decided_text(decisions, name, each, own)
                for name, each in zip(passage_names(job.file), cleaned, strict=True)
            )
        checked = CheckedFile(job.file, cleaned)
        yield CheckedPart(job.parts, checked, None, job.first, job.last)


def _jobs(
    opened: Sequence[FileParts | tuple[InputFile, DocumentError]], config: Config, notes: bool
) -> Iterator[_Job]:
    for parts in opened:
        if isinstance(parts, tuple):
            yield _Job(_nothing, [], None, None, parts[1], True, True)
            continue
        before: DecodedFile | None = None
        first = True
        try:
            for part in parts:
                if before is not None:
                    yield _job(parts, before, config, notes=notes, first=first, last=False)
                    first = False
                before = part
        except DocumentError as error:
            yield _Job(_nothing, [], parts, None, error, first, True)
            continue
        if before is not None:
            yield _job(parts, before, config, notes=notes, first=first, last=True)


def _job(
    parts: FileParts | None,
    file: DecodedFile,
    config: Config,
    *,
    notes: bool,
    first: bool,
    last: bool,
) -> _Job:
    work = partial(_look, config_of_file(file.source, config), notes)
    texts = [passage.text for passage in file.passages]
    return _Job(work, texts, parts, file, None, first, last)


def _look(config: Config, notes: bool, texts: Sequence[str]) -> list[_Looked | Failure]:
    results: list[_Looked | Failure] = []
    for text in texts:
        try:
            cleaned = clean(text, config)
            # Asked for at once: what the rules said of the text is at hand.
            more = cleaned.suggestions if notes else None
        except RuleError as error:
            results.append(Failure(str(error)))
        else:
            results.append(_Looked(cleaned.text, cleaned.columns, more))
    return results


def _nothing(texts: Sequence[str]) -> list[Any]:
    return []


def _known(suggestions: list[Edit] | None, original: str, columns: EditColumns) -> list[Edit]:
    return suggestions or []
