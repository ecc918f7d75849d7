"""``textclean run``: the whole pipeline, from some files and folders into another folder."""

from __future__ import annotations

from pathlib import Path

import click

from textclean.cli.corpus import run_options, run_pipeline
from textclean.cli.inputs import means_standard_input
from textclean.cli.options import config_options, paths_argument
from textclean.cli.output import say
from textclean.config import Config
from textclean.corpus.decisions import Decisions

_DEFAULT_OUTPUT = Path("cleaned")


@click.command("run", short_help="Repair and deduplicate into another folder.")
@paths_argument("IN...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Folder to write to, empty or not there yet.  [default: cleaned; of `-` standard output]",
)
@click.option(
    "--readings",
    metavar="PATTERN",
    help="Files whose names fit are readings of one page, as '{page}.{reading}.txt'; one of them "
    "stays, mended by the others.",
)
@click.option(
    "--report/--no-report",
    default=None,
    help="Write report.html, a page that shows what was done.  [default: if the extra [report] is "
    "installed]",
)
@run_options
@config_options(duplicates=True, restoring=True)
def command(
    paths: tuple[str, ...],
    output: Path | None,
    against: tuple[Path, ...],
    readings: str | None,
    force: bool,
    workers: int | None,
    decisions: Decisions | None,
    report: bool | None,
    read_as: str | None,
    stdin_filename: str | None,
    work_dir: Path | None,
    memory: int | None,
    config: Config,
) -> int:
    """Remove copies of paragraphs and repair what is left, over many documents at once.

    Of two equal copies the one in the earlier file stays: files come in the order given, those of a
    folder by name. The inputs stay as they are. Beside the cleaned documents the output holds
    records of all that was changed and removed, from which `textclean undo` gives the inputs back.

    \b
    Exit status:
      0  done
      2  nothing could be done, or a document could not be read; the others were cleaned

    \b
    Examples:
      textclean run texts/ -o cleaned
      textclean run texts/ -o cleaned --tier suggested --force
      textclean run pages/ -o cleaned --readings '{page}.{reading}.txt'
      textclean run news.jsonl -o cleaned --text-field content --workers 4
      textclean undo cleaned -o texts-as-they-were
    """
    if output is None and not means_standard_input(paths, stdin_filename):
        output = _DEFAULT_OUTPUT
        say(f"no -o given: writing to the folder {output}")
    return run_pipeline(
        paths,
        output,
        config,
        force=force,
        workers=workers,
        decisions=decisions,
        report=report,
        read_as=read_as,
        stdin_filename=stdin_filename,
        work_dir=work_dir,
        memory=memory,
        against=against,
        readings=readings,
    )
