"""Tables and closing lines: the rules, what a run did, how many edits there were by rule.

rich is imported when a table is built.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from textclean.report.language import tr
from textclean.report.reasons import one_line as reason_in_a_line
from textclean.report.terminal import one_line

if TYPE_CHECKING:
    from rich.table import Table

    from textclean.corpus.run import RunSummary
    from textclean.engine.rule import Rule

_STYLES = {"safe": "green", "suggested": "yellow", "report": "cyan"}


def rules_table(rules: Iterable[Rule]) -> Table:
    """Code, name, tier and one line of each rule."""
    from rich.text import Text

    table = _table()
    for column in ("code", "name", "tier"):
        table.add_column(column, no_wrap=True)
    table.add_column("what for")
    for rule in rules:
        tier = Text(rule.tier, style=_STYLES[rule.tier])
        table.add_row(rule.code, rule.name, tier, Text(reason_in_a_line(rule)))
    return table


def by_rule(counts: Mapping[str, int], rules: Mapping[str, Rule]) -> str:
    """``P001 fullwidth-comma ×10, S002 …``: the most frequent first."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    names = {code: f"{code} {rules[code].name}" for code in counts if code in rules}
    return tr(", ").join(f"{names.get(code, code)} ×{number}" for code, number in ranked)


def run_table(summary: RunSummary) -> Table:
    """What a run did to each document, and to all of them."""
    from rich.text import Text

    table = _table(show_footer=len(summary.documents) > 1, footer_style="bold")
    table.add_column(tr("document"), tr("all"), overflow="fold")
    columns = ("characters", "edits", "removed", "characters removed")
    for column, total in zip(columns, summary.total[1:], strict=True):
        table.add_column(tr(column), f"{total:,}", justify="right", no_wrap=True)
    for name, *counts in summary.documents:
        table.add_row(Text(one_line(name)), *(f"{number:,}" for number in counts))
    return table


def _table(**options: Any) -> Table:
    from rich.table import Table

    return Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", **options)
