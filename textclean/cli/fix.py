"""``textclean fix``: repair files in place, or show what that would change."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import click

from textclean.cli.inputs import STANDARD_INPUT, CheckedFiles
from textclean.cli.options import (
    config_options,
    paths_argument,
    rules_by_code,
    stdin_filename_option,
)
from textclean.cli.output import count, in_colour, is_quiet, say
from textclean.config import Config
from textclean.corpus.files import CheckedFile
from textclean.corpus.in_place import InPlaceRecord, open_record
from textclean.engine.rule import Rule
from textclean.errors import DocumentError
from textclean.report.diff import DiffLine, diff_lines
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
@stdin_filename_option()
@config_options()
def command(
    paths: tuple[str, ...],
    diff: bool,
    exit_non_zero_on_fix: bool,
    record: Path | None,
    stdin_filename: str | None,
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
    files = CheckedFiles(
        paths, config, read_as=read_as, stdin_filename=stdin_filename, leave_out=record
    )
    rules = rules_by_code(config)
    if diff:
        changed = _each(files, "would change", rules, _show)
    elif from_standard_input:
        changed = 0
        for file in files:
            sys.stdout.buffer.write(file.fixed)
            changed += file.changed
        if files.excluded:  # an editor replaces its text by what comes back
            sys.stdout.buffer.write(sys.stdin.buffer.read())
        sys.stdout.buffer.flush()
    else:
        with nullcontext() if record is None else open_record(record) as opened:
            changed = _each(files, "changed", rules, partial(_write, opened, rules))
    if files.failures:
        return 2
    return 1 if changed and (diff or exit_non_zero_on_fix) else 0


def _each(
    files: CheckedFiles, verb: str, rules: Mapping[str, Rule], act: Callable[[CheckedFile], None]
) -> int:
    """Show or write each file that changes and say what was done; the number of such files."""
    edits: Counter[str] = Counter()
    changed = 0
    for file in files:
        if not file.changed:
            continue
        try:
            act(file)
        except DocumentError as error:
            files.fail(error)
            continue
        changed += 1
        edits += _counts(file)
    sys.stdout.flush()
    result = tr(", ").join((tr(f"{changed} {verb}"), _edits(edits, rules)))
    say(files.summary("read", result if changed else ""))
    return changed


def _edits(counts: Counter[str], rules: Mapping[str, Rule]) -> str:
    said = tr(count(counts.total(), "edit"))
    return f"{said} ({by_rule(counts, rules)})" if counts else said


def _write(record: InPlaceRecord | None, rules: Mapping[str, Rule], file: CheckedFile) -> None:
    # Replacing a file asks leave of its folder only; whoever made it read-only meant the file.
    if not file.file.mode & 0o222:
        raise DocumentError(f"{file.path}: is read-only, so it was left as it is")
    if record is not None:
        record.add(file)
    try:
        file.write()
    except DocumentError:
        if record is not None:
            record.withdraw()
        raise
    if not is_quiet():
        print(f"{file.path}: {_edits(_counts(file), rules)}")


def _show(file: CheckedFile) -> None:
    lines = diff_of(file)
    paint = _painted if in_colour(sys.stdout) else _plain
    sys.stdout.writelines(map(paint, lines))


def diff_of(file: CheckedFile) -> Iterator[DiffLine]:
    """A unified diff from the bytes of a file to those that cleaning makes of it, under the name
    that it has from the current folder.
    """
    name = os.path.normpath(file.path)
    if file.path.is_absolute() and not (near := os.path.relpath(name)).startswith(os.pardir):
        name = near
    return diff_lines(Path(name).as_posix(), file.file.content, file.splices())


def _counts(file: CheckedFile) -> Counter[str]:
    return Counter(cause.rule for cleaned in file.cleaned for cause in cleaned.columns.causes)


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
