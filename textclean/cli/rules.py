"""``textclean rules``: what each rule does, why, and what it leaves alone."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from textclean.cli.output import console, put_lines
from textclean.config import Config, load_config
from textclean.errors import ConfigError

if TYPE_CHECKING:
    from textclean.engine.rule import Rule


@click.command("rules", short_help="List the rules, or explain some of them.")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A table or pages to read, or a JSON array.",
)
@click.option("--markdown", is_flag=True, help="Write docs/rules.md to standard output.")
def command(codes: tuple[str, ...], output_format: str, markdown: bool) -> int:
    """List all rules, or explain those with these codes, prefixes or names: the reason in English
    and Chinese, what changes and what does not, and how to turn the rule off. Rules of your own and
    of plug-ins are listed, too, where the configuration file names them.

    \b
    Examples:
      textclean rules                        a table of all rules
      textclean rules P001                   one rule's page
      textclean rules P                      the pages of a family
      textclean rules --output-format json   everything, for programs
    """
    from textclean.report import rules as pages

    chosen = _chosen(codes, ours=markdown)
    if markdown:
        sys.stdout.write(pages.markdown(chosen))
    elif output_format == "json":
        rules = [pages.rule_json(rule) for rule in chosen]
        sys.stdout.write(json.dumps(rules, ensure_ascii=False, indent=2) + "\n")
    elif codes:
        put_lines(["\n\n".join(map(pages.rule_page, chosen))])
    else:
        from textclean.report.summary import rules_table

        console(sys.stdout).print(rules_table(chosen))
    return 0


def _chosen(codes: tuple[str, ...], *, ours: bool) -> list[Rule]:
    """The rules with these codes, prefixes or names; all of them where none is given.

    Args:
        ours: only those of this package; else those of the configuration in force, too.
    """
    from textclean.config.values import rule_name
    from textclean.rules.others import rules_for

    rules = rules_for(Config() if ours else load_config(Path.cwd())[0])
    chosen: set[str] = set()
    for code in codes:
        sought = rule_name(code)
        found = {rule.code for rule in rules if rule.code.startswith(sought) or rule.name == sought}
        if not found:
            raise ConfigError(f"there is no rule {code!r}; `textclean rules` lists them all")
        chosen |= found
    return [rule for rule in rules if not codes or rule.code in chosen]
