"""The files that a command's arguments mean; trouble with one keeps no other from its turn."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from textclean.cli.output import count, trouble
from textclean.config import Config
from textclean.corpus.documents import input_file, is_excluded, iter_inputs
from textclean.corpus.files import CheckedFile, fix_file
from textclean.corpus.formats import READ_AS, encoding, format_of
from textclean.corpus.formats.base import InputFile
from textclean.errors import DocumentError, TextcleanError
from textclean.report.language import tr

#: The path that means standard input.
STANDARD_INPUT = "-"


class CheckedFiles:
    """The files under some paths, each cleaned when its turn comes; counts what could not be.

    Attributes:
        seen: files that were read and cleaned.
        excluded: files that were named and are passed over, as `exclude` says.
        failures: paths and files that could not be; each was reported on stderr.
    """

    def __init__(
        self,
        paths: Sequence[str],
        config: Config,
        *,
        read_as: str | None = None,
        stdin_filename: str | None = None,
        leave_out: Path | None = None,
    ) -> None:
        """The files under `paths`, without `leave_out`.

        Args:
            read_as: the format of files that are named, and of standard input.
            stdin_filename: the name that standard input has elsewhere.

        Raises:
            click.UsageError: standard input stands beside other paths, or its name without it.
        """
        if STANDARD_INPUT in paths and len(paths) > 1:
            raise click.UsageError(tr("'-' (standard input) stands alone, without other paths"))
        if stdin_filename is not None and STANDARD_INPUT not in paths:
            raise click.UsageError(tr("--stdin-filename goes with '-' (standard input)"))
        self._read_as = read_as
        self._stdin_filename = stdin_filename
        self._paths = tuple(paths)
        self._config = config
        self._leave_out = None if leave_out is None else os.path.realpath(leave_out)
        self.seen = 0
        self.excluded = 0
        self.failures = 0

    def __iter__(self) -> Iterator[CheckedFile]:
        """Each file once, sorted by path."""
        if self._paths == (STANDARD_INPUT,):
            name = self._stdin_filename
            if name is not None and is_excluded(Path(name), self._config):
                self.excluded = 1
            else:
                self.seen = 1
                yield _standard_input(name, self._read_as, self._config)
            return
        for source in self._sources():
            try:
                file = fix_file(source, self._config)
            except DocumentError as error:
                self.fail(error)
                continue
            self.seen += 1
            yield file

    def fail(self, error: TextcleanError) -> None:
        """Report a file that could not be dealt with, and count it."""
        self.failures += 1
        trouble(str(error))

    def summary(self, verb: str, repairs: str, *notes: str) -> str:
        """How many files were read, how many errors there were, and what came of it.

        Args:
            repairs: empty if there are none. After an error nobody knows that there are none.
        """
        parts = [f"{count(self.seen, 'file')} {verb}"]
        if self.excluded:
            parts.append(f"{self.excluded} passed over as `exclude` says")
        if self.failures:
            parts.append(count(self.failures, "error"))
        elif not repairs:
            repairs = tr("nothing to repair")
        said = tr(", ").join(map(tr, parts))
        results = tr("; ").join(filter(None, (repairs, *notes)))
        return f"{said}{tr(': ')}{results}" if results else said

    def _sources(self) -> list[InputFile]:
        sources: dict[str, InputFile] = {}
        for path in self._paths:
            try:
                files = iter_inputs([Path(path)], self._config, self._read_as)
                for source in files:
                    sources.setdefault(os.path.realpath(source.path), source)
                self.excluded += not files and not Path(path).is_dir()
            except DocumentError as error:
                self.fail(error)
        if self._leave_out is not None:
            sources.pop(self._leave_out, None)
        return sorted(sources.values(), key=lambda source: str(source.path))


def _standard_input(name: str | None, read_as: str | None, config: Config) -> CheckedFile:
    data = sys.stdin.buffer.read()
    source = input_file(Path(STANDARD_INPUT if name is None else name))
    form = READ_AS[read_as or "text"] if name is None or read_as else format_of(source.path, data)
    called = source if name is not None else source._replace(path=encoding.STANDARD_INPUT)
    file = form.decode(called, data, 0o644, config)
    return CheckedFile.of(dataclasses.replace(file, source=source), config)
