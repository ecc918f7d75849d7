"""The files that a command's arguments mean; trouble with one keeps no other from its turn."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from textclean.cli.output import count, say, trouble
from textclean.config import Config
from textclean.corpus.checking import CheckedPart, Progress, check_file, check_files
from textclean.corpus.decisions import Decisions
from textclean.corpus.documents import (
    ending_of,
    input_file,
    is_excluded,
    iter_inputs,
    lacks_texts,
    read_file,
)
from textclean.corpus.formats import READ_AS, encoding
from textclean.corpus.formats.base import InputFile
from textclean.errors import DocumentError, TextcleanError
from textclean.report.language import tr

#: The path that means standard input.
STANDARD_INPUT = "-"


#: Bad records of a file that are listed one by one.
LISTED = 20


class CheckedFiles:
    """The files under some paths, each cleaned when its turn comes; counts what could not be.

    Attributes:
        seen: files that were read and cleaned.
        excluded: files that were named and are passed over, as `exclude` says.
        drops: records that cannot be read and that `fix` drops.
        failures: paths and files that could not be, and records that stay as they are for that;
            each was reported on stderr.
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
        means_standard_input(paths, stdin_filename)
        self._read_as = read_as
        self._stdin_filename = stdin_filename
        self._paths = tuple(paths)
        self._config = config
        self._leave_out = None if leave_out is None else os.path.realpath(leave_out)
        self._passed_over: Counter[str] = Counter()
        self.seen = 0
        self.excluded = 0
        self.drops = 0
        self.failures = 0
        # Bad records of the file whose turn it is.
        self._bad = 0

    def parts(
        self,
        *,
        notes: bool = False,
        workers: int | None = 1,
        progress: Progress | None = None,
        decisions: Decisions | None = None,
    ) -> Iterator[CheckedPart]:
        """The parts of each file, files sorted by path, with what cleaning makes of them.

        A part with an error was reported, and ends its file's turn.

        Args:
            notes: whether suggestions will be asked for.
            workers: as for `clean_corpus`.
            decisions: as for `check_files`.
        """
        if self._paths == (STANDARD_INPUT,):
            name = self._stdin_filename
            if name is not None and is_excluded(Path(name), self._config):
                self.excluded = 1
                return
            file = read_file(standard_input(name, self._read_as), self._config)
            if name is None:
                source = file.source._replace(path=Path(STANDARD_INPUT))
                file = dataclasses.replace(file, source=source)
            part = check_file(file, self._config, decisions)
            if part.error is not None:
                raise part.error
            self.seen = 1
            self._bad_records(part)
            yield part
            return
        each = check_files(
            self._sources(), self._config, notes=notes, workers=workers, progress=progress,
            decisions=decisions,
        )  # fmt: skip
        for part in each:
            if part.error is None:
                self._bad_records(part)
                self.seen += part.last
            elif part.parts is not None and lacks_texts(part.parts.source, part.error):
                self._passed_over[ending_of(part.parts.source.name)] += 1
            else:
                self.fail(part.error)
            yield part

    def fail(self, error: TextcleanError) -> None:
        """Report a file that could not be dealt with, and count it."""
        self.failures += 1
        trouble(str(error))

    def _bad_records(self, part: CheckedPart) -> None:
        """Tell of the records that could not be read; they are errors if they stay."""
        assert part.checked is not None
        file = part.checked.file
        if part.first:
            self._bad = 0
        left = max(LISTED - self._bad, 0)
        say_bad_records(
            [(f"{file.source.path}:{each.line}", each.reason) for each in file.bad[:left]],
            dropped=file.drops_bad,
        )
        self._bad += len(file.bad)
        if part.last and self._bad > LISTED:
            say(f"{count(self._bad - LISTED, 'more bad record')} not listed")
        if file.drops_bad:
            self.drops += len(file.bad)
        else:
            self.failures += len(file.bad)

    def summary(self, verb: str, repairs: str, *notes: str) -> str:
        """How many files were read, how many errors there were, and what came of it.

        Says first which files were passed over.

        Args:
            repairs: empty if there are none. After an error nobody knows that there are none.
        """
        say_passed_over(self._passed_over)
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
                files = iter_inputs([Path(path)], self._config, self._read_as, self._passed_over)
                for source in files:
                    sources.setdefault(os.path.realpath(source.path), source)
                self.excluded += not files and not Path(path).is_dir()
            except DocumentError as error:
                self.fail(error)
        if self._leave_out is not None:
            sources.pop(self._leave_out, None)
        return sorted(sources.values(), key=lambda source: str(source.path))


def means_standard_input(paths: Sequence[str], stdin_filename: str | None) -> bool:
    """Whether paths mean standard input.

    Raises:
        click.UsageError: it stands beside other paths, or its name without it.
    """
    if STANDARD_INPUT in paths and len(paths) > 1:
        raise click.UsageError(tr("'-' (standard input) stands alone, without other paths"))
    if stdin_filename is not None and STANDARD_INPUT not in paths:
        raise click.UsageError(tr("--stdin-filename goes with '-' (standard input)"))
    return STANDARD_INPUT in paths


def standard_input(name: str | None, read_as: str | None) -> InputFile:
    """Standard input as a file of some name.

    Args:
        read_as: its format, as `READ_AS` names it; None: by the name, without one it is text.
    """
    data = sys.stdin.buffer.read()
    if name is not None:
        return input_file(Path(name), read_as)._replace(data=data)
    read_as = read_as or "text"
    called = "stdin" + (".md" if read_as == "markdown" else READ_AS[read_as].endings[0])
    return InputFile(encoding.STANDARD_INPUT, called, read_as, data=data)


def say_passed_over(counts: Mapping[str, int]) -> None:
    """Which files in folders were of no format, by their endings, the most frequent first."""
    if not counts:
        return
    kinds = sorted(counts.items(), key=lambda item: (-item[1], not item[0], item[0]))
    named = tr(", ").join(f"{kind or tr('without ending')} {number}" for kind, number in kinds)
    say(f"{tr(count(sum(counts.values()), 'file') + ' passed over')}{tr(': ')}{named}")


def say_bad_records(records: Sequence[tuple[str, str]], *, dropped: bool) -> None:
    """Which records could not be read (``file:line`` and why), and what became of them."""
    for place, reason in records:
        said = tr(f"{place}: {reason}")
        if dropped:
            say(f"{said}{tr('; ')}{tr('dropped')}")
        else:
            trouble(f"{said}{tr('; ')}{tr('left as it is')}")
