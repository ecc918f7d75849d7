"""``textclean undo``: the inputs of a run, or the files that ``fix`` changed, as they were."""

from __future__ import annotations

from pathlib import Path

import click

from textclean.cli.output import count, say, tell, trouble, unheard
from textclean.report.language import tr


@click.command("undo", short_help="Give the inputs back, byte for byte.")
@click.argument("folder", required=False, metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="OUT",
    help="Folder to write the inputs to, empty or not there yet.",
)
@click.option(
    "--force",
    is_flag=True,
    help="Replace files that stand in OUT already; with --record: give back hidden files, too "
    "(names or folders that begin with a dot).",
)
@click.option(
    "--record",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Undo, in place, what `textclean fix --record FILE` changed.",
)
def command(folder: Path | None, output: Path | None, force: bool, record: Path | None) -> int:
    """Rebuild the inputs of `run` or `dedup` from the folder DIR that they wrote.

    With --record, give files that `fix` changed in place their old bytes; run it from the folder
    that `fix` was run from. A file that was altered since is named and left as it is.

    \b
    Exit status:
      0  everything was given back
      2  something could not be; all the rest was

    \b
    Examples:
      textclean undo cleaned -o texts-as-they-were
      textclean undo --record .textclean-undo.jsonl
    """
    if record is not None:
        if folder is not None or output is not None:
            raise click.UsageError(tr("--record works in place: it takes no DIR or -o"))
        return _undo_fix(record, force)
    if folder is None or output is None:
        raise click.UsageError(tr("give a folder and -o OUT, or --record FILE"))
    return _undo_run(folder, output, force)


def _undo_run(folder: Path, output: Path, force: bool) -> int:
    from textclean.corpus.undo import undo

    summary = undo(folder, output, force=force)
    for name in summary.altered:
        trouble(f"{folder / name}: was altered since the run, so {name} cannot be given back")
    for name, reason in summary.failures:
        trouble(reason if name in reason else f"{name}: {reason}")
    say(f"{count(len(summary.restored), 'document')} given back in {output}")
    return 2 if summary.altered or summary.failures else 0


def _undo_fix(record: Path, force: bool) -> int:
    from textclean.corpus.in_place import undo_in_place

    result = undo_in_place(record, force=force)
    for name in result.restored:
        tell(tr(f"{name}: restored"))
    unheard()
    for failure in result.failures:
        trouble(failure)
    said = f"{count(len(result.restored), 'file')} restored"
    if result.untouched:
        said += f", {len(result.untouched)} needed no change"
    say(said)
    return 2 if result.failures else 0
