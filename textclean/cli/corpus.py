"""What ``run`` and ``dedup`` share: their options, the progress bar, the summary."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from textclean.cli.options import rules_by_code
from textclean.cli.output import console, count, is_quiet, say, trouble
from textclean.config import Config
from textclean.report.language import tr

if TYPE_CHECKING:
    from textclean.corpus.run import RunSummary
    from textclean.engine.rule import Rule

Command = TypeVar("Command", bound=Callable[..., Any])


def run_options(command: Command) -> Command:
    """``--against``, ``--force`` and ``--workers``."""
    command = click.option(
        "--workers",
        type=click.IntRange(min=1),
        metavar="N",
        help="Processes to spread the work over; the result is the same for every number.",
    )(command)
    command = click.option(
        "--force", is_flag=True, help="Replace what an earlier run wrote there, and only that."
    )(command)
    return click.option(
        "--against",
        multiple=True,
        metavar="PATH",
        type=click.Path(path_type=Path),
        help="Remove what is a copy of something in this file or folder, too; nothing of it is "
        "written. Repeatable.",
    )(command)


def run_pipeline(
    paths: Sequence[str],
    output: Path,
    config: Config,
    *,
    force: bool,
    workers: int | None,
    read_as: str | None,
    against: Sequence[Path] = (),
    annotate: bool = False,
    readings: str | None = None,
) -> int:
    """Run the pipeline, show what it did, and return the exit status."""
    from textclean.corpus.run import run

    with _progress() as progress:
        summary = run(
            [Path(path) for path in paths],
            output,
            config,
            force=force,
            workers=workers,
            progress=progress,
            read_as=read_as,
            reference=against,
            annotate=annotate,
            readings=readings,
        )
    if summary.documents:
        _show(summary, rules_by_code(config))
    for name, reason in summary.failures:
        trouble(reason if name in reason else f"{name}: {reason}")
    if summary.documents:
        say(
            f"{count(len(summary.documents), 'document')} written to {output}; "
            f"`textclean undo {output} -o DIR` gives the inputs back"
        )
    else:
        say("no document could be read, so nothing was written")
    return 2 if summary.failures else 0


def _show(summary: RunSummary, rules: Mapping[str, Rule]) -> None:
    """The table of documents, and which records are worth a look."""
    from textclean.report.summary import by_rule, run_table

    if is_quiet():
        return
    output = summary.output
    console(sys.stdout).print(run_table(summary))
    if summary.rules:
        print(f"\n{tr('Edits by rule')}{tr(': ')}{by_rule(summary.rules, rules)}")
    if summary.marked:
        copies = "1 copy" if summary.marked == 1 else f"{summary.marked} copies"
        print(tr(f"{copies} marked, nothing removed"))
    if summary.twins:
        pairs = count(summary.twins, "pair")
        where = output / "twins.jsonl"
        print(tr(f"{pairs} alike but for numbers or names, left as they are: {where}"))
    if summary.boilerplate:
        lines = count(summary.boilerplate, "boilerplate line")
        end = (
            f", taken out of {count(summary.boilerplate_removed, 'place')}"
            if summary.boilerplate_removed
            else "; `--boilerplate remove` takes them out"
        )
        print(tr(f"{lines}{end}: {output / 'boilerplate.jsonl'}"))
    if summary.restored or summary.restorable:
        values = count(summary.restored + summary.restorable, "redacted value")
        end = (
            f", {summary.restored} put in place"
            if summary.restored
            else "; `textclean run --restore` puts them in place"
        )
        print(tr(f"{values} found in copies{end}: {output / 'restorations.jsonl'}"))
    if summary.contradictions:
        numbers = count(summary.contradictions, "contradictory number")
        print(tr(f"{numbers}, left as they are: {output / 'consistency.jsonl'}"))
    if summary.joined or summary.broken:
        parts = [
            tr(f"{count(number, 'broken paragraph')} {what}")
            for number, what in (
                (summary.joined, "joined"),
                (summary.broken, "found and, at this tier, left apart"),
            )
            if number
        ]
        print(f"{tr(', ').join(parts)}{tr(': ')}{output / 'stitches.jsonl'}")
    sys.stdout.flush()


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar on stderr while someone watches it there; else nothing."""
    if is_quiet() or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import Progress

    with Progress(console=console(sys.stderr), transient=True) as bar:
        task = bar.add_task("cleaning", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
