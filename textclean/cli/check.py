"""``textclean check``: what is wrong in some files, and where."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial

import click

from textclean.cli.inputs import CheckedFiles
from textclean.cli.options import config_options, paths_argument, stdin_filename_option
from textclean.cli.output import count, say
from textclean.config import Config
from textclean.corpus.files import CheckedFile
from textclean.report.findings import Finding, findings, json_array, text_line
from textclean.report.statistics import statistics_json, statistics_lines, statistics_of
from textclean.report.summary import by_rule
from textclean.rules import all_rules
from textclean.text.cleaned import Cleaned
from textclean.text.edit import Tier


@click.command("check", short_help="Report what is wrong, and where.")
@paths_argument()
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Lines to read, or a JSON array with all details.",
)
@click.option(
    "--statistics",
    is_flag=True,
    help="Show what each text was taken for and why, and counts by rule, instead of findings.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["suggested", "report"]),
    help="Exit 1 for suggestions too, or for everything that is reported.",
)
@stdin_filename_option()
@config_options()
def command(
    paths: tuple[str, ...],
    output_format: str,
    statistics: bool,
    fail_on: str | None,
    stdin_filename: str | None,
    read_as: str | None,
    config: Config,
) -> int:
    """Report what is wrong in files and folders as `path:line:column: CODE message`.

    What `fix` would leave alone is marked as a note. Duplicates are found by `run` and `dedup`.
    Of files that are named, text, Markdown and JSON Lines are read, by their endings; any other one
    is refused unless --as says what it is. `-` reads standard input, as one text; --stdin-filename
    gives it a file's format and configuration.

    What kind of text a document is decides which rules are believed in it: --statistics shows it.

    \b
    Exit status:
      0  `fix` with the same options would change nothing
      1  it would change something (or there is what --fail-on names)
      2  a file could not be read, or is of another type; the others were checked all the same

    \b
    Examples:
      textclean check article.txt
      textclean check texts/ --select P,S
      textclean check texts/ --tier suggested
      textclean check texts/ --output-format json > findings.json
      textclean check texts/ --statistics
      pdftotext report.pdf - | textclean check -
    """
    files = CheckedFiles(paths, config, read_as=read_as, stdin_filename=stdin_filename)
    repairs, notes, tiers = Counter[str](), Counter[str](), set[Tier]()

    def counted(found: Iterable[Finding]) -> Iterator[Finding]:
        for finding in found:
            (repairs if finding.fixable else notes)[finding.code] += 1
            tiers.add(finding.tier)
            yield finding

    if statistics:
        documents = (
            statistics_of(name, cleaned.original, cleaned.kind, counted(found))
            for file in files
            for name, cleaned, found in findings_of(file)
        )
        as_lines = statistics_json if output_format == "json" else statistics_lines
        sys.stdout.writelines(as_lines(documents))
    else:
        every = counted(
            each for file in files for _, _, found in findings_of(file) for each in found
        )
        if output_format == "json":
            sys.stdout.writelines(json_array(every))
        else:
            sys.stdout.writelines(text_line(finding) + "\n" for finding in every)
    sys.stdout.flush()
    made = f"{count(repairs.total(), 'repair')} to make ({by_rule(repairs)})" if repairs else ""
    noted = f"{count(notes.total(), 'note')} ({by_rule(notes)})" if notes else ""
    say(files.summary("checked", made, noted))
    if files.failures:
        return 2
    fails = fail_on is not None and any(tier.rank <= Tier(fail_on).rank for tier in tiers)
    return 1 if repairs or fails else 0


def findings_of(file: CheckedFile) -> Iterator[tuple[str, Cleaned, list[Finding]]]:
    """The texts of a file by name, with their findings in order of place."""
    names = {rule.code: rule.name for rule in all_rules()}
    for passage, cleaned in file.texts:
        place = partial(file.file.position, passage)
        path = str(file.path)
        found = findings(path, cleaned.edits, cleaned.suggestions, place, names)
        yield f"{path}:{passage.line}" if file.file.has_records else path, cleaned, found
