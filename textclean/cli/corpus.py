"""What ``run`` and ``dedup`` share: their options, the progress bar, the summary."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

import click

from textclean.cli.decisions import decisions_option, say_unmet
from textclean.cli.inputs import (
    LISTED,
    means_standard_input,
    say_passed_over,
    standard_input,
)
from textclean.cli.options import rules_by_code, stdin_filename_option, work_options, workers_option
from textclean.cli.output import console, count, is_quiet, put, say, tell, trouble, unheard
from textclean.cli.progress import progress_line
from textclean.config import Config
from textclean.corpus.decisions import Decisions
from textclean.corpus.documents import is_excluded
from textclean.report.language import language_in_use, tr

if TYPE_CHECKING:
    from textclean.corpus.run import RunSummary
    from textclean.engine.rule import Rule

Command = TypeVar("Command", bound=Callable[..., Any])


def run_options(command: Command) -> Command:
    """``--against``, ``--force``, ``--workers``, ``--work-dir``, ``--memory``, ``--decisions`` and
    ``--stdin-filename``.
    """
    command = stdin_filename_option()(command)
    command = decisions_option()(command)
    command = work_options()(command)
    command = workers_option()(command)
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
    output: Path | None,
    config: Config,
    *,
    force: bool,
    workers: int | None,
    read_as: str | None,
    stdin_filename: str | None,
    against: Sequence[Path] = (),
    annotate: bool = False,
    readings: str | None = None,
    decisions: Decisions | None = None,
    report: bool | None = None,
    work_dir: Path | None = None,
    memory: int | None = None,
) -> int:
    """Run the pipeline, show what it did, and return the exit status.

    Args:
        output: None writes the one document, from standard input, to standard output.
        report: whether a page shows what was done; None: if the package that makes it is there.
        work_dir: the folder in which what is finished is kept.
        memory: bytes that the process may have; None: as many as it takes.
    """
    from textclean.corpus.run import run

    if memory is not None and work_dir is None:
        raise click.UsageError(tr("--memory goes with --work-dir"))

    given = None
    if means_standard_input(paths, stdin_filename):
        given = standard_input(stdin_filename, read_as)
        if is_excluded(given.path, config):
            raise click.UsageError(tr("`exclude` passes over what standard input is called"))
    _give_memory_back()
    with ExitStack() as stack:
        folder = output
        if folder is None:
            folder = Path(stack.enter_context(TemporaryDirectory())) / "out"
        progress = stack.enter_context(progress_line())
        summary = run(
            [] if given else [Path(path) for path in paths],
            folder,
            config,
            force=force,
            workers=workers,
            progress=progress,
            read_as=read_as,
            reference=against,
            annotate=annotate,
            readings=readings,
            standard_input=given,
            decisions=decisions,
            work_folder=work_dir,
            memory=memory,
        )
        if output is None:
            for document in summary.documents:
                put((folder / document.name).read_bytes())
            sys.stdout.buffer.flush()
    if summary.documents and output is not None:
        _show(summary, rules_by_code(config))
        _write_report(output, decisions, report)
    _say_failures(summary)
    say_unmet(decisions)
    say_passed_over(summary.passed_over)
    number = count(len(summary.documents), "document")
    if not summary.documents:
        say("no document could be read, so nothing was written")
    elif output is None:
        say(f"{number} written to standard output, without a record: it cannot be undone")
    else:
        say(f"{number} written to {output}; `textclean undo {output} -o DIR` gives the inputs back")
    return 2 if summary.failures or not summary.documents else 0


def _write_report(output: Path, decisions: Decisions | None, wanted: bool | None) -> None:
    """Write the page that shows what a run did, beside its records."""
    if wanted is False or (wanted is None and find_spec("jinja2") is None):
        return
    from textclean.report.html.run import write_run_report
    from textclean.report.html.sampling import MOST_BYTES, MOST_BYTES_UNASKED

    path = write_run_report(
        output,
        language=language_in_use(),
        decisions=decisions,
        most_bytes=MOST_BYTES if wanted else MOST_BYTES_UNASKED,
    )
    say(f"report written to {path}")


def _say_failures(summary: RunSummary) -> None:
    """What could not be read or cleaned; of the records of a file the first ones."""
    listed: Counter[str] = Counter()
    for name, reason in summary.failures:
        file, colon, line = name.rpartition(":")
        if colon and line.isdecimal():
            listed[file] += 1
            if listed[file] > LISTED:
                continue
        trouble(reason if name in reason else f"{name}: {reason}")
    for number in listed.values():
        if number > LISTED:
            say(f"{count(number - LISTED, 'more bad record')} not listed")
    if summary.unreadable:
        records = count(summary.unreadable, "record")
        say(f"{records} that could not be read dropped; `undo` brings them back")


def _show(summary: RunSummary, rules: Mapping[str, Rule]) -> None:
    """The table of documents, and which records are worth a look."""
    from textclean.report.summary import by_rule, run_table

    if is_quiet():
        return
    output = summary.output
    with suppress(OSError):  # what was done is done, whether somebody reads of it or not
        console(sys.stdout).print(run_table(summary))
    if summary.rules:
        tell("")
        tell(f"{tr('Edits by rule')}{tr(': ')}{by_rule(summary.rules, rules)}")
    if summary.marked:
        copies = "1 copy" if summary.marked == 1 else f"{summary.marked} copies"
        tell(tr(f"{copies} marked, nothing removed"))
    if summary.twins:
        pairs = count(summary.twins, "pair")
        where = output / "twins.jsonl"
        tell(tr(f"{pairs} alike but for numbers or names, left as they are: {where}"))
    if summary.boilerplate:
        lines = count(summary.boilerplate, "boilerplate line")
        end = (
            f", taken out of {count(summary.boilerplate_removed, 'place')}"
            if summary.boilerplate_removed
            else "; `--boilerplate remove` takes them out"
        )
        tell(tr(f"{lines}{end}: {output / 'boilerplate.jsonl'}"))
    if summary.restored or summary.restorable:
        values = count(summary.restored + summary.restorable, "redacted value")
        end = (
            f", {summary.restored} put in place"
            if summary.restored
            else "; `textclean run --restore` puts them in place"
        )
        tell(tr(f"{values} found in copies{end}: {output / 'restorations.jsonl'}"))
    if summary.contradictions:
        numbers = count(summary.contradictions, "contradictory number")
        tell(tr(f"{numbers}, left as they are: {output / 'consistency.jsonl'}"))
    if summary.joined or summary.broken:
        parts = [
            tr(f"{count(number, 'broken paragraph')} {what}")
            for number, what in (
                (summary.joined, "joined"),
                (summary.broken, "found and, at this tier, left apart"),
            )
            if number
        ]
        tell(f"{tr(', ').join(parts)}{tr(': ')}{output / 'stitches.jsonl'}")
    unheard()


# Options of glibc's `mallopt`, and what they are set to: one heap for all threads, and blocks of
# four megabytes and more, as what is known of all texts, get pages of their own. By itself glibc
# raises that bound to 32 MB when such a block is given up, and then keeps what is given up: half of
# what a search had at most. With a lower bound each chunk of texts gets new pages, which the system
# empties first: a quarter of the processor time, for 2 % less memory.
_MALLOC = {-8: 1, -3: 1 << 22, -1: 1 << 23}


def _give_memory_back() -> None:
    """Have what is given up go back to the system at once, where the C library can be told so."""
    import ctypes

    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # another C library
        return
    for option, value in _MALLOC.items():
        mallopt(option, value)
