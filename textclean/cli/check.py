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
    tally = _Tally(Tier(fail_on) if fail_on else None)
    counted = tally.count(finding for file in files for finding in findings_of(file))
    if output_format == "json":
        sys.stdout.writelines(json_array(counted))
    else:
        sys.stdout.writelines(text_line(finding) + "\n" for finding in counted)
    sys.stdout.flush()
    say(files.summary("checked", *tally.summary()))
    if files.failures:
        return 2
    return 1 if tally.failing else 0


def findings_of(file: CheckedFile) -> Iterator[Finding]:
    """The findings of a file, in order of place."""
    names = {rule.code: rule.name for rule in all_rules()}
    for passage, cleaned in file.texts:
        place = partial(file.file.position, passage)
        yield from findings(str(file.path), cleaned.edits, cleaned.suggestions, place, names)


class _Tally:
    """Counts findings as they go by."""

    def __init__(self, fail_on: Tier | None) -> None:
        self._rank = -1 if fail_on is None else fail_on.rank
        self.repairs: Counter[str] = Counter()
        self.notes: Counter[str] = Counter()
        self.failing = False

    def count(self, findings: Iterator[Finding]) -> Iterator[Finding]:
        for finding in findings:
            (self.repairs if finding.fixable else self.notes)[finding.code] += 1
            self.failing |= finding.fixable or finding.tier.rank <= self._rank
            yield finding

    def summary(self) -> tuple[str, str]:
        """The repairs and the notes in words; empty where there are none."""
        repairs, notes = self.repairs.total(), self.notes.total()
        return (
            f"{count(repairs, 'repair')} to make ({by_rule(self.repairs)})" if repairs else "",
            f"{count(notes, 'note')} ({by_rule(self.notes)})" if notes else "",
        )
