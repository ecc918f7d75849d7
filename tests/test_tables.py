"""No table of cases lies idle, and a row that does not fit its test is named by file and line."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from tests import tables
from tests.tables import DATA, cases, read_rows

FILES = [path.relative_to(DATA).as_posix() for path in sorted(DATA.rglob("test_*.tsv"))]


@pytest.mark.parametrize("name", FILES)
def test_every_table_is_that_of_a_test(name: str) -> None:
    module = import_module("tests." + name.removesuffix(".tsv").replace("/", "."))
    for table in {row.table for row in read_rows(name)}:
        marks = getattr(module, table).pytestmark
        assert any(name in str(mark.args[1]) for mark in marks if mark.name == "parametrize")


def asked(text: str, number: int | None, more: list[str]) -> None:
    """A test that stands for those of other modules."""


def parameters(monkeypatch: pytest.MonkeyPatch, folder: Path, *lines: str) -> list[list[object]]:
    """What `asked` is asked when these are the rows of its table."""
    (folder / "test_tables.tsv").write_text("\n".join(("%# asked", *lines)), encoding="utf-8")
    monkeypatch.setattr(tables, "DATA", folder)
    monkeypatch.setattr(asked, "pytestmark", [], raising=False)
    (mark,) = cases(asked).pytestmark  # type: ignore[attr-defined]
    return [list(case.values) for case in mark.args[1]]


def test_annotations_say_what_cells_mean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["case\ttext\tnumber\tmore", "% why", "one\t甲\\n\\u200B\t7\t乙\t丙", "two\t\\e"]
    found = parameters(monkeypatch, tmp_path, *lines)
    assert found == [["甲\n\u200b", 7, ["乙", "丙"]], ["", None, []]]


@pytest.mark.parametrize(
    ("columns", "row", "said"),
    [
        ("text\tnumber", "甲\t7\t乙", "more cells than columns"),
        ("text\tnumber", "\t7", "text: an empty cell"),
    ],
)
def test_a_row_that_does_not_fit_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: str, row: str, said: str
) -> None:
    with pytest.raises(AssertionError, match=rf"test_tables\.tsv:3: {said}"):
        parameters(monkeypatch, tmp_path, columns, row)
