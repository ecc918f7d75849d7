"""The folder in which a run keeps what is finished, and how a run is known again."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textclean import __version__
from textclean.config import Config
from textclean.corpus.decisions import Decisions
from textclean.corpus.documents import iter_inputs
from textclean.corpus.formats.base import InputFile
from textclean.corpus.indexed import is_index
from textclean.corpus.names import LOCK, RUN
from textclean.corpus.output_folder import recover
from textclean.corpus.stages import StageProgress
from textclean.errors import DocumentError
from textclean.text.lock import locked

if TYPE_CHECKING:
    from textclean.engines.disk import WorkFolder

# What a run notes before it takes its place: the digest of its ``run.json``.
_PUBLISHED = "published.json"


@contextmanager
def working(
    path: Path,
    sources: Sequence[InputFile],
    reference: Sequence[Path],
    config: Config,
    progress: StageProgress,
    *,
    annotate: bool,
    readings: str | None,
    decisions: Decisions | None,
) -> Iterator[WorkFolder]:
    """The folder of a run, which no other process may use meanwhile.

    Raises:
        DocumentError: it holds the work of another run, or is used by one; or the reference is an
            index, which may change meanwhile.
        MissingExtraError: the packages that a search needs are not installed.
    """
    from textclean.dedup.inputs import require

    require()
    from textclean.engines.disk import WorkFolder

    for each in reference:
        if is_index(each):
            raise DocumentError(f"{each}: an index may change; it cannot be gone on with")
    others = list(iter_inputs(reference, config)) if reference else []
    command: dict[str, Any] = {
        "textclean": __version__,
        "configuration": config.as_mapping(),
        "inputs": [_known(source) for source in sources],
        "reference": [_known(source) for source in others],
        "annotate": annotate,
        "readings": readings,
        "decisions": None if not decisions else sha256(decisions.dump().encode()).hexdigest(),
    }
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(path / LOCK, wait=0, title=path, remove=True):
        yield WorkFolder(path, command, progress)
    with suppress(OSError):  # something is in it
        path.rmdir()


def _known(source: InputFile) -> list[Any]:
    """By what an input is known again: that its bytes are the same is seen when it is written."""
    status = source.path.stat()
    return [source.name, os.path.realpath(source.path), status.st_size, status.st_mtime_ns]


def note_published(work: WorkFolder, new: Path) -> None:
    """Note that a run is whole, and about to take its place."""
    work.write_row(_PUBLISHED, {"run": sha256((new / RUN).read_bytes()).hexdigest()})


def is_published(work: WorkFolder, output: Path) -> bool:
    """Whether the run is in its place, and only its folder to work in was not given up."""
    row = work.read_row(_PUBLISHED)
    if row is None or not output.is_dir():
        return False
    recover(output)
    path = output / RUN
    return path.is_file() and sha256(path.read_bytes()).hexdigest() == row["run"]
