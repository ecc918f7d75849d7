"""``textclean report``: a page to look at, of what a run did."""

from __future__ import annotations

from pathlib import Path

import click

from textclean.cli.decisions import decisions_option
from textclean.cli.options import message_options
from textclean.cli.output import say
from textclean.corpus.decisions import Decisions
from textclean.report.language import language_in_use


@click.command("report", short_help="Write a page that shows what a run did.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write it there.  [default: DIR/report.html]",
)
@decisions_option()
@message_options()
def command(folder: Path, output: Path | None, decisions: Decisions | None) -> int:
    """Show in one HTML file what `run` or `dedup` did, from the records in the folder DIR.

    It holds the texts before and after, each change with its rule and evidence, the copies and
    what they differ in. What you accept and reject there, it saves as decisions.json, which `fix`,
    `run` and `dedup` obey. It asks for nothing from anywhere. Of much that was done it shows a
    sample. Needs the extra [report].

    \b
    Exit status:
      0  done
      2  the folder holds no run that ended, or a package is not installed

    \b
    Examples:
      textclean report cleaned
      textclean report cleaned -o for-the-editor.html --lang zh
      textclean run texts/ -o again --decisions decisions.json
    """
    from textclean.report.html.run import write_run_report

    path = write_run_report(folder, language=language_in_use(), path=output, decisions=decisions)
    say(f"report written to {path}")
    return 0
