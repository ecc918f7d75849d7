"""``textclean config``: which configuration is in force, and the schema of all there can be."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from textclean.cli.output import say
from textclean.config import load_config, read_config
from textclean.report.terminal import json_text


@click.command("config", short_help="Show the configuration in force, or its JSON Schema.")
@click.option("--schema", is_flag=True, help="Write the JSON Schema of configurations.")
@click.option(
    "--config",
    "config_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Read this file; otherwise textclean.toml or pyproject.toml here or above.",
)
def command(schema: bool, config_file: Path | None) -> int:
    """Show what the configuration file says, as JSON, and check it: rules of your own are loaded,
    and their examples run.

    \b
    Exit status:
      0  the configuration is valid
      2  it is not; the message says what is wrong

    \b
    Examples:
      textclean config
      textclean config --schema > textclean.schema.json
    """
    if schema:
        from textclean.config.schema import config_schema

        _write(config_schema())
        return 0
    source = config_file
    if config_file is None:
        config, source = load_config(Path.cwd())
    else:
        config = read_config(config_file)
    from textclean.cleaning import resolved

    resolved(config)
    for pattern in config.per_file:
        resolved(config.for_file([pattern]))
    say("no configuration file: the defaults hold" if source is None else str(source))
    _write(config.as_mapping())
    return 0


def _write(value: object) -> None:
    sys.stdout.write(json_text(value, indent=2) + "\n")
