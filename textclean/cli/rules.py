"""``textclean rules``: what each rule does, why, and what it leaves alone."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from textclean.cli.output import console
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
    """List all rules, or explain those with these codes or prefixes: the reason in English and
    Chinese, what changes and what does not, and how to turn the rule off.

    \b
    Examples:
      textclean rules                        a table of all rules
      textclean rules P001                   one rule's page
      textclean rules P                      the pages of a family
      textclean rules --output-format json   everything, for programs
    """
    from textclean.report import rules as pages

    chosen = _chosen(codes)
    if markdown:
        sys.stdout.write(pages.markdown(chosen))
    elif output_format == "json":
        rules = [pages.rule_json(rule) for rule in chosen]
        sys.stdout.write(json.dumps(rules, ensure_ascii=False, indent=2) + "\n")
    elif codes:
        sys.stdout.write("\n\n".join(map(pages.rule_page, chosen)))
    else:
        from textclean.report.summary import rules_table

        console(sys.stdout).print(rules_table(chosen))
    return 0


def _chosen(codes: tuple[str, ...]) -> list[Rule]:
    from textclean.rules import all_rules

    rules = all_rules()
    for code in codes:
        if not any(rule.code.startswith(code.upper()) for rule in rules):
            raise ConfigError(f"there is no rule {code!r}; `textclean rules` lists them all")
    if not codes:
        return list(rules)
    prefixes = tuple(code.upper() for code in codes)
    return [rule for rule in rules if rule.code.startswith(prefixes)]
