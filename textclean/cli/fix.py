"""``textclean fix``: repair files in place, or show what that would change."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from itertools import chain
from pathlib import Path

import click

from textclean.cli.decisions import decisions_option, say_unmet
from textclean.cli.inputs import STANDARD_INPUT, CheckedFiles
from textclean.cli.options import (
    config_options,
    paths_argument,
    rules_by_code,
    stdin_filename_option,
    workers_option,
)
from textclean.cli.output import count, in_colour, is_quiet, say
from textclean.cli.progress import progress_line
from textclean.config import Config
from textclean.corpus.checking import CheckedPart
from textclean.corpus.decisions import Decisions
from textclean.corpus.files import CheckedFile, FixedFile
from textclean.corpus.in_place import InPlaceRecord, open_record
from textclean.engine.rule import Rule
from textclean.errors import DocumentError
from textclean.report.diff import DiffLine, diff_of_parts
from textclean.report.language import tr
from textclean.report.summary import by_rule


@click.command("fix", short_help="Repair files in place.")
@paths_argument()
@click.option(
    "--diff",
    is_flag=True,
    help="Show what would change, write nothing; exit 1 if there is anything.",
)
@click.option(
    "--exit-non-zero-on-fix", is_flag=True, help="Exit 1 when something was changed (for hooks)."
)
@click.option(
    "--record",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Add to this file what `textclean undo --record FILE` needs.",
)
@decisions_option()
@stdin_filename_option()
@workers_option()
@config_options()
def command(
    paths: tuple[str, ...],
    diff: bool,
    exit_non_zero_on_fix: bool,
    record: Path | None,
    decisions: Decisions | None,
    stdin_filename: str | None,
    workers: int | None,
    read_as: str | None,
    config: Config,
) -> int:
    """Repair files, and the files in folders, in place; each is replaced whole or not at all.

    Text, Markdown, JSON Lines, JSON, CSV, TSV, Parquet and Arrow are repaired, also with .gz, .xz
    or .zst behind their endings; any other file that is named is refused unless --as says what it
    is. `-` reads standard input, as one text, and writes it repaired to standard output;
    --stdin-filename gives it a file's format and configuration.

    \b
    Exit status:
      0  done
      1  something was changed, and --exit-non-zero-on-fix given; with --diff: would be changed
      2  a file could not be read or written, or is of another type; the others were repaired all
         the same

    \b
    Examples:
      textclean fix article.txt
      textclean fix --diff texts/
      textclean fix texts/ --tier suggested --record .textclean-undo.jsonl
      textclean fix texts/ --ignore P006 --latin-space remove
      pdftotext report.pdf - | textclean fix - > report.txt
      textclean fix - --stdin-filename docs/a.md < docs/a.md
      textclean fix thesis.tex --as text --diff
      textclean fix chats.jsonl --text-field 'messages[].content'
    """
    from_standard_input = STANDARD_INPUT in paths
    if record is not None and (diff or from_standard_input):
        raise click.UsageError(tr("--record goes with files that are changed in place"))
    if decisions is not None:
        config = decisions.configured(config)
    files = CheckedFiles(
        paths, config, read_as=read_as, stdin_filename=stdin_filename, leave_out=record
    )
    rules = rules_by_code(config)
    if diff:
        changed = _shown(files, rules, workers, decisions)
    elif from_standard_input:
        changed = 0
        for part in files.parts(decisions=decisions):
            if part.checked is not None:
                sys.stdout.buffer.write(part.checked.fixed)
                changed += part.checked.changed
        if files.excluded:  # an editor replaces its text by what comes back
            sys.stdout.buffer.write(sys.stdin.buffer.read())
        sys.stdout.buffer.flush()
    else:
        with nullcontext() if record is None else open_record(record) as opened:
            changed = _fixed(files, rules, workers, opened, decisions)
    say_unmet(decisions)
    if files.failures:
        return 2
    return 1 if changed and (diff or exit_non_zero_on_fix) else 0


def _parts(
    files: CheckedFiles, workers: int | None, decisions: Decisions | None
) -> Iterator[CheckedPart]:
    """The parts of the files, while progress is shown."""
    with progress_line() as show:

        def progress(done: int, total: int) -> None:
            if show is not None:
                show("repairing", done, total, "bytes")

        yield from files.parts(workers=workers, progress=progress, decisions=decisions)


def _shown(
    files: CheckedFiles,
    rules: Mapping[str, Rule],
    workers: int | None,
    decisions: Decisions | None,
) -> int:
    """Show what would change; the number of files that would."""
    edits: Counter[str] = Counter()
    changed = 0
    paint = _painted if in_colour(sys.stdout) else _plain
    for parts in _by_file(_parts(files, workers, decisions)):
        of_file: Counter[str] = Counter()
        failed: list[DocumentError] = []
        lines = diff_of(_good(parts, of_file, failed, files.fail))
        any_line = False
        for line in lines:
            any_line = True
            sys.stdout.write(paint(line))
        if any_line and not failed:
            changed += 1
            edits += of_file
    _sum_up(files, "would change", changed, edits, rules)
    return changed


def _by_file(parts: Iterator[CheckedPart]) -> Iterator[Iterator[CheckedPart]]:
    """The parts of each file; all of one are taken before the next is asked for."""
    for part in parts:
        of_file = chain([part], () if part.last else _until_last(parts))
        yield of_file
        for _ in of_file:
            pass


def _until_last(parts: Iterator[CheckedPart]) -> Iterator[CheckedPart]:
    for part in parts:
        yield part
        if part.last:
            return


def _good(
    parts: Iterable[CheckedPart],
    edits: Counter[str],
    failed: list[DocumentError],
    refused: Callable[[DocumentError], None],
) -> Iterator[CheckedFile]:
    """The parts up to an error, which is noted; edits are counted by rule.

    Args:
        refused: told of a file that would not be written, for it cannot have such a text.
    """
    for part in parts:
        if part.error is not None:
            failed.append(part.error)
        if part.checked is not None:
            try:
                if part.checked.file.can_lack_characters:
                    _ = part.checked.fixed
            except DocumentError as error:
                failed.append(error)
                refused(error)
                return
            edits.update(part.checked.edits_by_rule())
            yield part.checked


def _fixed(
    files: CheckedFiles,
    rules: Mapping[str, Rule],
    workers: int | None,
    record: InPlaceRecord | None,
    decisions: Decisions | None,
) -> int:
    """Write each file that changes and say what was done; the number of such files."""
    edits: Counter[str] = Counter()
    changed = 0
    for parts in _by_file(_parts(files, workers, decisions)):
        fixed: FixedFile | None = None
        failed: list[DocumentError] = []
        try:
            for part in parts:
                if part.error is not None or part.checked is None or part.parts is None:
                    failed += [part.error] if part.error else []
                    continue
                fixed = fixed or FixedFile(part.parts, record=record is not None)
                fixed.add(part.checked)
            if fixed is not None and fixed.changed and not failed:
                _put_in_place(fixed, rules, record)
                changed += 1
                edits += fixed.edits
        except DocumentError as error:
            files.fail(error)
        finally:
            if fixed is not None:
                fixed.abandon()
    _sum_up(files, "changed", changed, edits, rules)
    return changed


def _put_in_place(
    fixed: FixedFile, rules: Mapping[str, Rule], record: InPlaceRecord | None
) -> None:
    if record is not None:
        record.add(fixed)
    try:
        fixed.commit()
    except DocumentError:
        if record is not None:
            record.withdraw()
        raise
    if not is_quiet():
        print(f"{fixed.path}: {_edits(fixed.edits, rules)}")


def _sum_up(
    files: CheckedFiles, verb: str, changed: int, edits: Counter[str], rules: Mapping[str, Rule]
) -> None:
    sys.stdout.flush()
    result = tr(", ").join((tr(f"{changed} {verb}"), _edits(edits, rules)))
    say(files.summary("read", result if changed else ""))


def _edits(counts: Counter[str], rules: Mapping[str, Rule]) -> str:
    said = tr(count(counts.total(), "edit"))
    return f"{said} ({by_rule(counts, rules)})" if counts else said


def diff_of(parts: Iterable[CheckedFile]) -> Iterator[DiffLine]:
    """A unified diff from the bytes of a file to those that cleaning makes of it, under the name
    that it has from the current folder.
    """
    coming = iter(parts)
    first = next(coming, None)
    if first is None:
        return iter(())
    name = os.path.normpath(first.path)
    if first.path.is_absolute() and not (near := os.path.relpath(name)).startswith(os.pardir):
        name = near
    pieces = ((part.file.content, part.splices()) for part in chain([first], coming))
    return diff_of_parts(Path(name).as_posix(), pieces)


_COLOURS = {"-": "red", "+": "green", "@": "cyan"}


def _plain(line: DiffLine) -> str:
    return line.text


def _painted(line: DiffLine) -> str:
    """A line in colour; where only a part of it changes, that part is reversed."""
    text = line.text[:-1]
    if text.startswith(("--- ", "+++ ")) and not line.spans:
        return click.style(text, bold=True) + "\n"
    for start, end in reversed(line.spans):
        if part := text[start:end]:
            part = click.style(part, reverse=True, reset=False) + _NOT_REVERSED
            text = text[:start] + part + text[end:]
    colour = _COLOURS.get(text[0])
    return line.text if colour is None else click.style(text, fg=colour) + "\n"


_NOT_REVERSED = "\x1b[27m"
