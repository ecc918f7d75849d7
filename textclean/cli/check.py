"""``textclean check``: what is wrong in some files, and where."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import click

from textclean.cli.inputs import CheckedFiles
from textclean.cli.options import (
    config_options,
    paths_argument,
    rules_by_code,
    stdin_filename_option,
    workers_option,
)
from textclean.cli.output import count, say
from textclean.cli.progress import progress_line
from textclean.config import Config
from textclean.corpus.atomic import write_atomic
from textclean.corpus.files import CheckedFile
from textclean.corpus.stages import StageProgress
from textclean.engine.rule import Rule
from textclean.report.baseline import Baseline, baseline_json
from textclean.report.findings import Located, findings
from textclean.report.formats import WRITERS
from textclean.report.language import tr
from textclean.report.statistics import statistics_json, statistics_lines, statistics_of
from textclean.report.summary import by_rule
from textclean.text.cleaned import Cleaned
from textclean.text.edit import Tier


@click.command("check", short_help="Report what is wrong, and where.")
@paths_argument()
@click.option(
    "--output-format",
    type=click.Choice(tuple(WRITERS)),
    default="concise",
    show_default=True,
    help="A line for each finding, or with its text and reason; or for programs.",
)
@click.option(
    "--statistics",
    is_flag=True,
    help="Show what each text was taken for and why, and counts by rule, instead of findings.",
)
@click.option("--no-notes", is_flag=True, help="Leave out what `fix` would not change; faster.")
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Leave out what --write-baseline wrote there, wherever it stands now.",
)
@click.option(
    "--write-baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write down all findings, to be left out from now on.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["suggested", "report"]),
    help="Exit 1 for suggestions too, or for everything that is reported.",
)
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever is found.")
@stdin_filename_option()
@workers_option()
@config_options()
def command(
    paths: tuple[str, ...],
    output_format: str,
    statistics: bool,
    no_notes: bool,
    baseline: Path | None,
    write_baseline: Path | None,
    fail_on: str | None,
    exit_zero: bool,
    stdin_filename: str | None,
    workers: int | None,
    read_as: str | None,
    config: Config,
) -> int:
    """Report what is wrong in files and folders as `path:line:column: CODE name: message`.

    What `fix` would leave alone is marked as a note. Duplicates are found by `run` and `dedup`.
    Text, Markdown, JSON Lines, JSON, CSV, TSV, Parquet and Arrow are read, also with .gz, .xz or
    .zst behind their endings; any other file that is named is refused unless --as says what it is.
    `-` reads standard input, as one text; --stdin-filename gives it a file's format and
    configuration.

    What kind of text a document is decides which rules are believed in it: --statistics shows it.

    \b
    Exit status:
      0  `fix` with the same options would change nothing
      1  it would change something (or there is what --fail-on names)
      2  a file could not be read, or is of another type; the others were checked all the same

    \b
    Examples:
      textclean check article.txt
      textclean check texts/ --select P,S --output-format full
      textclean check texts/ --tier suggested
      textclean check texts/ --output-format sarif > findings.sarif
      textclean check texts/ --write-baseline known.json
      textclean check texts/ --baseline known.json
      textclean check texts/ --statistics
      textclean check news.csv.gz --text-field 正文
      pdftotext report.pdf - | textclean check -
    """
    if baseline and write_baseline:
        raise click.UsageError(tr("--baseline and --write-baseline exclude each other"))
    if statistics and write_baseline:
        raise click.UsageError(tr("--statistics and --write-baseline exclude each other"))
    if fail_on and (exit_zero or no_notes):
        other = "--exit-zero and --fail-on" if exit_zero else "--fail-on and --no-notes"
        raise click.UsageError(tr(f"{other} exclude each other"))
    known = None if baseline is None else Baseline(baseline)
    files = CheckedFiles(
        paths, config, read_as=read_as, stdin_filename=stdin_filename,
        leave_out=baseline or write_baseline,
    )  # fmt: skip
    rules = rules_by_code(config)
    repairs, notes, tiers = Counter[str](), Counter[str](), set[Tier]()
    seen: list[str] = []

    def counted(found: Iterable[Located]) -> Iterator[Located]:
        for each in found if known is None else known.unknown(found):
            finding = each.finding
            (repairs if finding.fixable else notes)[finding.code] += 1
            tiers.add(finding.tier)
            yield each

    def texts() -> Iterator[tuple[str, Cleaned, Iterator[Located]]]:
        with progress_line() as show:
            progress = None if show is None else partial(_show_progress, show)
            for part in files.parts(notes=not no_notes, workers=workers, progress=progress):
                file = part.checked
                if file is None:
                    continue
                if part.first:
                    seen.append(str(file.path))
                for name, cleaned, found in findings_of(file, rules, notes=not no_notes):
                    yield name, cleaned, counted(found)

    if statistics:
        documents = (
            statistics_of(name, cleaned.original, cleaned.kind, (each.finding for each in found))
            for name, cleaned, found in texts()
        )
        as_json = output_format in ("json", "json-lines")
        sys.stdout.writelines((statistics_json if as_json else statistics_lines)(documents))
    else:
        every = (each for _, _, found in texts() for each in found)
        if write_baseline is None:
            sys.stdout.writelines(WRITERS[output_format](every, rules))
        else:
            write_atomic(write_baseline, baseline_json(every).encode())
            number = count(repairs.total() + notes.total(), "finding")
            say(f"the baseline {write_baseline} is written: {number}")
    sys.stdout.flush()
    made = tr(f"{count(repairs.total(), 'repair')} to make") if repairs else ""
    said = [
        *([f"{made} ({by_rule(repairs, rules)})"] if repairs else [""]),
        *([f"{tr(count(notes.total(), 'note'))} ({by_rule(notes, rules)})"] if notes else []),
    ]
    if known is not None:
        said += [tr(f"{known.met} known by the baseline")] if known.met else []
        said += [tr(f"{gone} of the baseline gone")] if (gone := known.gone(seen)) else []
    say(files.summary("checked", *said))
    if files.failures:
        return 2
    if exit_zero or write_baseline is not None:
        return 0
    fails = fail_on is not None and any(tier.rank <= Tier(fail_on).rank for tier in tiers)
    return 1 if repairs or fails or files.drops else 0


def _show_progress(show: StageProgress, done: int, total: int) -> None:
    show("checking", done, total, "bytes")


def findings_of(
    file: CheckedFile, rules: dict[str, Rule], *, notes: bool
) -> Iterator[tuple[str, Cleaned, list[Located]]]:
    """The texts of a file by name, with their findings in order of place."""
    has_records = file.file.has_records
    for passage, cleaned in file.texts:
        place = partial(file.file.position, passage)
        path = str(file.path)
        more = cleaned.suggestions if notes else ()
        found = findings(path, cleaned.edits, more, place, rules)
        located = [Located(each, cleaned.original, not has_records) for each in found]
        yield f"{path}:{passage.line}" if has_records else path, cleaned, located
