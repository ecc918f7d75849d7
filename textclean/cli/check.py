"""``textclean check``: what is wrong in some files, and where."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from functools import partial

import click

from textclean.cli.inputs import CheckedFiles
from textclean.cli.options import config_options, paths_argument
from textclean.cli.output import count, say
from textclean.config import Config
from textclean.corpus.files import CheckedFile
from textclean.report.findings import Finding, findings, json_array, text_line
from textclean.report.summary import by_rule
from textclean.rules import all_rules
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
    "--fail-on",
    type=click.Choice(["suggested", "report"]),
    help="Exit 1 for suggestions too, or for everything that is reported.",
)
@config_options()
def command(paths: tuple[str, ...], output_format: str, fail_on: str | None, config: Config) -> int:
    """Report what is wrong in files and folders as `path:line:column: CODE message`.

    What `fix` would leave alone is marked as a note. Duplicates are found by `run` and `dedup`.
    `-` reads standard input, as one text.

    \b
    Exit status:
      0  `fix` with the same options would change nothing
      1  it would change something (or there is what --fail-on names)
      2  a file could not be read; the others were checked all the same

    \b
    Examples:
      textclean check article.txt
      textclean check texts/ --select P,S
      textclean check texts/ --tier suggested
      textclean check texts/ --output-format json > findings.json
      pdftotext report.pdf - | textclean check -
    """
    files = CheckedFiles(paths, config)
    repairs, notes, tiers = Counter[str](), Counter[str](), set[Tier]()

    def counted() -> Iterator[Finding]:
        for file in files:
            for finding in findings_of(file):
                (repairs if finding.fixable else notes)[finding.code] += 1
                tiers.add(finding.tier)
                yield finding

    if output_format == "json":
        sys.stdout.writelines(json_array(counted()))
    else:
        sys.stdout.writelines(text_line(finding) + "\n" for finding in counted())
    sys.stdout.flush()
    made = f"{count(repairs.total(), 'repair')} to make ({by_rule(repairs)})" if repairs else ""
    noted = f"{count(notes.total(), 'note')} ({by_rule(notes)})" if notes else ""
    say(files.summary("checked", made, noted))
    if files.failures:
        return 2
    fails = fail_on is not None and any(tier.rank <= Tier(fail_on).rank for tier in tiers)
    return 1 if repairs or fails else 0


def findings_of(file: CheckedFile) -> Iterator[Finding]:
    """The findings of a file, in order of place."""
    names = {rule.code: rule.name for rule in all_rules()}
    for passage, cleaned in file.texts:
        place = partial(file.file.position, passage)
        yield from findings(str(file.path), cleaned.edits, cleaned.suggestions, place, names)
