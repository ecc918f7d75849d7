"""``textclean consensus``: several readings of a page, or of many by name, made one text each."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from textclean.cli.options import config_options
from textclean.cli.output import count, put, put_lines, say, trouble
from textclean.config import Config
from textclean.errors import DocumentError, TextcleanError

if TYPE_CHECKING:
    from textclean.consensus.result import Consensus
    from textclean.corpus.formats.base import InputFile


def _codes(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> list[str] | None:
    return [part.strip() for each in given for part in each.split(",") if part.strip()] or None


@click.command("consensus", short_help="Make one text of several readings of it.")
@click.argument("paths", nargs=-1, required=True, metavar="A B...", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Write here; of folders, a folder.  [default, of files: standard output]",
)
@click.option("--diff", is_flag=True, help="Show what would change of the base, write nothing.")
@click.option("--force", is_flag=True, help="Replace files that are there.")
@click.option("--select", multiple=True, callback=_codes, metavar="CODES", help="Only these rules.")
@click.option("--ignore", multiple=True, callback=_codes, metavar="CODES", help="Not these rules.")
@click.option(
    "--tier",
    type=click.Choice(("safe", "suggested")),
    default="suggested",
    show_default=True,
    help="safe: only marks against which two other readings stand.",
)
@config_options(repairs=False)
def command(
    paths: tuple[Path, ...],
    output: Path | None,
    diff: bool,
    force: bool,
    read_as: str | None,
    config: Config,
) -> int:
    """Make one text of several readings of one page: of OCR engines, a PDF's own layer, reprints.

    A, B and so on are files; or folders, in which files of one name are readings of one page. The
    reading that is best as language is taken, and mended where others are to be believed; each
    character of the result stands in one of them. What is not decided stays and is listed.
    Nothing else is repaired: `textclean fix` or `run` comes after.

    \b
    Exit status:
      0  done
      2  a file could not be read or written; the others were

    \b
    Examples:
      textclean consensus tesseract.txt rapidocr.txt -o page.txt
      textclean consensus tesseract/ rapidocr/ layer/ -o pages/
      textclean consensus a.txt b.txt --diff
    """
    from textclean.corpus import names
    from textclean.corpus.readings import readings_of_paths

    if len(paths) < 2:
        raise click.UsageError("give two readings or more")
    pages = readings_of_paths(paths, config, read_as)
    of_folders = paths[0].is_dir()
    if of_folders and output is None and not diff:
        raise click.UsageError("of folders, give -o DIR or --diff")
    if output is not None and of_folders:
        names.refuse_overlap(paths, output)
    failed = False
    for name, sources in pages.items():
        try:
            done = _merge(sources, config)
            if diff:
                _show(done)
            elif output is None:
                put(done.text.encode("utf-8"))
                sys.stdout.flush()
            else:
                target = names.place(output, name) if of_folders else output
                _write(target, done, sources, config, force=force)
        except TextcleanError as error:
            trouble(str(error))
            failed = True
            continue
        _say(name, done)
    return 2 if failed else 0


def _merge(sources: Mapping[str, InputFile], config: Config) -> Consensus:
    from textclean.consensus.merging import consensus
    from textclean.corpus.readings import text_of

    return consensus({name: text_of(file, config)[1] for name, file in sources.items()}, config)


def _show(done: Consensus) -> None:
    from textclean.report.diff import unified_diff

    splices = ((edit.start, edit.end, edit.after) for edit in done.edits)
    put_lines(unified_diff(done.base, done.original, splices))
    sys.stdout.flush()


def _write(
    target: Path, done: Consensus, sources: Mapping[str, InputFile], config: Config, *, force: bool
) -> None:
    from textclean.corpus.atomic import write_atomic
    from textclean.corpus.readings import text_of

    if target.exists() and not force:
        raise DocumentError(f"{target}: is there already; --force replaces it")
    file, _ = text_of(sources[done.base], config)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(target, file.named(target).written([done.text]))


def _say(name: str, done: Consensus) -> None:
    """What was made of a page, and what was left open, with all candidates."""
    from textclean.corpus.formats.positions import Lines

    lines = Lines(done.original)
    for edit in done.suggestions:
        place = lines.position(edit.start)
        say(f"{done.base}:{place.line}:{place.column}: {edit.rule} left open: {edit.evidence}")
    changes = f"{count(len(done.edits), 'change')}, {len(done.suggestions)} left open"
    say(f"{name}: {done.base} of {count(len(done.readings), 'reading')}, {changes}")
