"""What is recorded, when a figure has fallen, and how page and plots come from the record."""

from __future__ import annotations

import importlib
import platform
import re
import xml.etree.ElementTree as ET
from functools import partial
from pathlib import Path

import pytest

from tests.seeds import ROOT

pytest.importorskip("rapidfuzz", reason="needs the extra [dedup]")

import page
from figures import RECORD, Figure, figures_of, read_record, worse, write_record
from outputs import OUTPUTS, read_outputs
from parts import PARTS
from plots import Bar, bars


@pytest.mark.parametrize(
    ("figure", "before", "fell"),
    [
        (Figure("a", "b", 0.90), 0.90, False),
        (Figure("a", "b", 0.91), 0.90, False),
        (Figure("a", "b", 0.899), 0.90, True),
        (Figure("a", "b", 3, better="less"), 2, True),
        (Figure("a", "b", 2, better="less"), 2, False),
        (Figure("a", "b", 1.0, "ratio"), 1.3, False),
        (Figure("a", "b", 1.0, "ratio"), 1.4, True),
        (Figure("a", "b", 1.3, "ratio", "less"), 1.0, False),
        (Figure("a", "b", 1.4, "ratio", "less"), 1.0, True),
        (Figure("a", "b", 0.1, "shown"), 0.9, False),
    ],
)
def test_a_quality_must_not_fall_and_a_ratio_by_a_third(
    figure: Figure, before: float, fell: bool
) -> None:
    assert figure.is_worse_than(before) is fell


def test_what_is_recorded_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    figures = [
        Figure("row", "one", 0.123456789, bar=0.1),
        Figure("row", "two", 2.0, "ratio", "less", None, ".1f", (1.5, 2.5)),
    ]
    write_record({"gold": figures}, path)
    write_record({"speed": figures[:1]}, path)
    record = read_record(path)
    assert list(record) == ["gold", "speed"]
    assert figures_of(record["gold"]) == [figures[0]._replace(value=0.123457), figures[1]]
    assert not worse(figures, record["gold"])
    assert worse([figures[0]._replace(value=0.12)], record["gold"]) == [
        "row / one: 0.12, recorded 0.123457"
    ]


def test_a_figure_that_is_not_recorded_is_not_compared() -> None:
    assert not worse([Figure("new", "one", 0.0)], {"figures": []})


def test_ratios_are_compared_under_the_same_python_only() -> None:
    figure = Figure("row", "one", 1.0, "ratio")
    part = {"figures": [figure._replace(value=2.0)._asdict()]}
    assert not worse([figure], part | {"versions": {"python": "2.7.18"}})
    assert worse([figure], part | {"versions": {"python": platform.python_version()}})


def test_the_record_says_on_what_it_was_measured() -> None:
    for name, part in read_record().items():
        assert name.removesuffix(", quick") in PARTS
        assert {"date", "commit", "processor", "versions", "figures"} <= part.keys()
        assert "python" in part["versions"]


def test_the_page_and_its_plots_are_written_from_the_record() -> None:
    record = read_record()
    text = page.PAGE.read_text(encoding="utf-8")
    assert page.written(text, record, read_outputs()) == text, "python -m benchmarks --page"
    assert set(re.findall(r"<!-- part: ([\w-]+) -->", text)) == set(PARTS)
    for name, part in PARTS.items():
        if name in record and (drawn := page.plot(part, figures_of(record[name]))):
            assert (page.FOLDER / f"{name}.svg").read_text(encoding="utf-8") == drawn


def test_only_what_stands_between_the_marks_is_written() -> None:
    figures = {"date": "d", "commit": "c", "processor": "p", "versions": {"python": "3"}}
    record = {"costs": figures | {"figures": [{"row": "a", "column": "figure", "value": 2}]}}
    before = "By hand.\n<!-- part: costs -->\nold\n<!-- end -->\nBy hand, too.\n"
    after = page.written(before, record, {})
    assert after.startswith("By hand.\n")
    assert after.endswith("<!-- end -->\nBy hand, too.\n")
    assert "old" not in after
    assert "| a | 2.000 |" in after
    assert page.written(after, record, {}) == after


def test_an_output_stands_on_the_page_as_it_was_printed() -> None:
    origin = {"date": "d", "commit": "c", "processor": "p", "versions": {"python": "3"}}
    outputs = {"columns": origin | {"command": "benchmarks/columns.py", "output": "lines  .054"}}
    before = "By hand.\n<!-- output: columns -->\nold\n<!-- end -->\n"
    after = page.written(before, {}, outputs)
    assert "$ python benchmarks/columns.py\nlines  .054\n```" in after
    assert "old" not in after
    assert page.written(after, {}, outputs) == after


def test_a_figure_in_a_sentence_is_that_of_the_record() -> None:
    figures = {"date": "d", "commit": "c", "processor": "p", "versions": {"python": "3"}}
    record = {"costs": figures | {"figures": [{"row": "a", "column": "b, %", "value": 2}]}}
    before = "In short: <!--= costs | a | b, % -->1<!--/--> %."
    after = page.written(before, record, {})
    assert after == "In short: <!--= costs | a | b, % -->2.000<!--/--> %."
    with pytest.raises(LookupError, match="0 figures"):
        page.written(before.replace("| a |", "| c |"), record, {})


def test_each_recorded_output_is_that_of_a_command_that_is_there() -> None:
    text = page.PAGE.read_text(encoding="utf-8")
    named = re.findall(r"<!-- output: ([\w-]+) -->", text)
    assert sorted(named) == sorted(read_outputs())
    for name, recorded in read_outputs().items():
        assert recorded["command"] == OUTPUTS[name]
        assert (ROOT / recorded["command"].split()[0]).is_file()


def test_a_plot_is_xml_with_a_number_for_each_bar() -> None:
    drawn = bars("A < B", [Bar("ours", 1.5, True, "1.50"), Bar("theirs & more", 3, False, "3.00")])
    root = ET.fromstring(drawn)
    texts = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["A < B", "ours", "1.50", "theirs & more", "3.00"]
    widths = [
        int(each.get("width", "0"))
        for each in root.iter("{http://www.w3.org/2000/svg}rect")
        if each.get("height") == "16"
    ]
    assert widths[1] == 2 * widths[0]


def test_the_page_of_the_seeds_is_what_the_program_does() -> None:
    pytest.importorskip("numba", reason="needs the extra [dedup]")
    import seed_page

    assert seed_page.PAGE.read_text(encoding="utf-8") == seed_page.page(), (
        "python -m benchmarks --page"
    )


def test_the_quick_mode_names_what_fell(monkeypatch: pytest.MonkeyPatch) -> None:
    program = importlib.import_module("benchmarks.__main__")
    recorded = {"costs": {"figures": [Figure("a", "figure", 0.9)._asdict()]}}
    monkeypatch.setattr(program, "read_record", lambda: recorded)
    for value, lines in ((0.9, []), (0.8, ["costs: a / figure: 0.8, recorded 0.9"])):
        measure = partial(iter, [Figure("a", "figure", value)])
        part = PARTS["costs"]._replace(measure=measure, quick=measure)
        monkeypatch.setitem(PARTS, "costs", part)
        assert program.compare(["costs"]) == lines


def test_the_record_is_where_the_project_looks_for_it() -> None:
    assert RECORD.parent == ROOT / "benchmarks"


def _values(part: str, column: str) -> dict[str, float]:
    return {f.row: f.value for f in figures_of(read_record()[part]) if f.column == column}


def test_what_the_readme_says_in_words_is_what_was_recorded() -> None:
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    pages, real, lists = (
        _values("filters", column) for column in ("printed pages", "real pages", "lists and spam")
    )
    every = "texts that should be kept or not"
    lost, found = pages[every] - pages["as it is"], pages["textclean"] - pages["as it is"]
    assert f"Of {lost:.0f} printed pages" in readme
    assert f"{found:.0f} pass after repair" in readme
    assert lists["textclean"] == 0
    assert f"of {lists[every]:.0f} lists and spam pages none" in readme
    lost, found = real[every] - real["as it is"], real["textclean"] - real["as it is"]
    assert f"(of {lost:.0f} real pages {found:.0f} come back)" in readme
    damaged = _values("language-model", "damaged prose: fewer, %")
    read = _values("language-model", "pages that engines read: fewer, %")
    ours, usual = f"{damaged['textclean']:.1f}", f"{damaged['delete and join']:.1f}"
    assert f"needs {ours} % fewer bits" in readme
    assert f"than raw, {usual} % fewer after the usual delete-and-join" in readme
    ours, usual = f"{read['textclean, whole pages']:.1f}", f"{read['delete and join']:.1f}"
    assert f"on what OCR engines really read, {ours} % against {usual} %" in readme
