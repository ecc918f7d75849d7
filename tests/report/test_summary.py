"""Tables and closing lines."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console
from rich.table import Table

from textclean.corpus.run import DocumentSummary, RunSummary
from textclean.report.summary import by_rule, run_table
from textclean.rules import all_rules


def printed(table: Table, width: int) -> list[str]:
    stream = io.StringIO()
    Console(file=stream, width=width, highlight=False).print(table)
    return [line.rstrip() for line in stream.getvalue().splitlines()]


def a_summary(*names: str) -> RunSummary:
    documents = tuple(DocumentSummary(name, 1200, 3, 1, 200) for name in names)
    return RunSummary(Path("out"), documents, (), {"P001": 3 * len(names)}, 0)


def test_rules_are_counted_the_most_frequent_first() -> None:
    rules = {"P001": next(rule for rule in all_rules() if rule.code == "P001")}
    counts = {"S001": 2, "P002": 5, "P001": 5}
    assert by_rule(counts, rules) == "P001 fullwidth-comma ×5, P002 ×5, S001 ×2"
    assert by_rule({}, rules) == ""


def test_a_run_has_a_line_per_document_and_a_total() -> None:
    lines = printed(run_table(a_summary("新闻/甲.txt", "b.txt")), 200)
    assert [line.split() for line in lines[1:]] == [
        ["新闻/甲.txt", "1,200", "3", "1", "200"],
        ["b.txt", "1,200", "3", "1", "200"],
        ["all", "2,400", "6", "2", "400"],
    ]


def test_one_document_needs_no_total() -> None:
    assert len(printed(run_table(a_summary("a.txt")), 200)) == 2


def test_a_name_is_no_markup_and_is_never_cut() -> None:
    name = "[red]" + "很长的名字" * 30 + ".txt"
    lines = printed(run_table(a_summary(name)), 80)
    assert "".join(line.split(" ")[0] for line in lines[1:]) == name
