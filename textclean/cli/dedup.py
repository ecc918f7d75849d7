"""``textclean dedup``: remove copies of paragraphs, and touch nothing else."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import click

from textclean.cli.corpus import run_options, run_pipeline
from textclean.cli.inputs import means_standard_input
from textclean.cli.options import config_options, paths_argument
from textclean.config import Config
from textclean.corpus.decisions import Decisions
from textclean.report.language import tr


@click.command("dedup", short_help="Remove repeated paragraphs, repair nothing.")
@paths_argument("IN...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="OUT",
    help="Folder to write to, empty or not there yet; of `-` standard output.",
)
@click.option(
    "--annotate",
    is_flag=True,
    help="Mark copies instead of removing them: fields in JSON records, annotations.jsonl beside "
    "texts.",
)
@click.option("--report", is_flag=True, help="Write report.html, a page that shows what was done.")
@run_options
@config_options(repairs=False, duplicates=True)
def command(
    paths: tuple[str, ...],
    output: Path | None,
    annotate: bool,
    against: tuple[Path, ...],
    force: bool,
    workers: int | None,
    decisions: Decisions | None,
    report: bool,
    read_as: str | None,
    stdin_filename: str | None,
    work_dir: Path | None,
    memory: int | None,
    config: Config,
) -> int:
    """Remove paragraphs (or records) that are copies of others, and repair nothing.

    Of two equal copies the one in the earlier file stays: files come in the order given, those of a
    folder by name. What stays of a document stays byte for byte. `removals.jsonl` in the output
    lists each removed paragraph, the copy that was kept, and what the removed one alone says;
    `boilerplate.jsonl` lines of pages that many documents have, which --boilerplate remove takes
    out of all but the first. `textclean undo` gives the inputs back.

    With --annotate nothing is removed. Each JSON record gets the fields textclean_cluster_id,
    textclean_survivor, textclean_kind, textclean_score, minhash_cluster_id, minhash_cluster_size;
    paragraphs that are copies or have some are listed in `annotations.jsonl`.

    \b
    Exit status:
      0  done
      2  nothing could be done, or a document could not be read; the others were deduplicated

    \b
    Examples:
      textclean dedup texts/ -o unique
      textclean dedup texts/ -o unique --threshold 0.8
      textclean dedup news.jsonl -o unique --unit document --drop-empty
      textclean dedup train.jsonl -o clean --against test.jsonl --drop-empty
      textclean dedup news.jsonl -o marked --annotate
      zcat news.jsonl.gz | textclean dedup - --as jsonl > unique.jsonl
      textclean dedup pages/ -o unique --boilerplate remove
      textclean dedup big.jsonl -o unique --work-dir work --memory 2GB
    """
    if output is None and not means_standard_input(paths, stdin_filename):
        raise click.UsageError(tr("give -o OUT, the folder to write to"))
    config = dataclasses.replace(without_rules(config), style=None)
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
        annotate=annotate,
    )


def without_rules(config: Config) -> Config:
    """The same configuration with every rule turned off."""
    return dataclasses.replace(config, select=(), ignore=("ALL",), per_file={})
