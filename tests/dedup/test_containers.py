"""What texts may come in: the result is the same, and what stays comes back in its kind."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.dedup.passages import seed_paragraphs
from textclean.config import Config
from textclean.dedup import deduplicate

LONG = [text for text in seed_paragraphs(150) if len(text) > 60][:4]
TEXTS = [LONG[0], LONG[1], LONG[0].replace("，", ",", 1), LONG[2], LONG[2][:-12], LONG[3]]
EXPECTED = deduplicate(TEXTS)
FRAME = {"n": list(range(len(TEXTS))), "text": TEXTS}


def library(name: str) -> Any:
    return pytest.importorskip(name)


#: A container of the texts, and the texts in one of its kind.
CONTAINERS: dict[str, tuple[Callable[[], Any], Callable[[Any], list[str]]]] = {
    "list": (lambda: TEXTS, list),
    "tuple": (lambda: tuple(TEXTS), list),
    "records": (
        lambda: [{"text": text, "n": n} for n, text in enumerate(TEXTS)],
        lambda rows: [row["text"] for row in rows],
    ),
    "numpy": (lambda: library("numpy").array(TEXTS), lambda column: column.tolist()),
    "numpy of objects": (
        lambda: library("numpy").array(TEXTS, dtype=object),
        lambda column: column.tolist(),
    ),
    "pandas column": (lambda: library("pandas").Series(TEXTS, index=list("abcdef")), list),
    "pandas frame": (lambda: library("pandas").DataFrame(FRAME), lambda frame: list(frame["text"])),
    "polars column": (lambda: library("polars").Series(TEXTS), lambda column: column.to_list()),
    "polars frame": (
        lambda: library("polars").DataFrame(FRAME),
        lambda frame: frame["text"].to_list(),
    ),
    "arrow array": (lambda: library("pyarrow").array(TEXTS), lambda column: column.to_pylist()),
    "arrow chunks": (
        lambda: library("pyarrow").chunked_array([TEXTS[:2], TEXTS[2:]]),
        lambda column: column.to_pylist(),
    ),
    "arrow dictionary": (
        lambda: library("pyarrow").array(TEXTS).dictionary_encode(),
        lambda column: column.to_pylist(),
    ),
    "arrow table": (
        lambda: library("pyarrow").table(FRAME),
        lambda table: table["text"].to_pylist(),
    ),
    "arrow batch": (
        lambda: library("pyarrow").RecordBatch.from_pydict(FRAME),
        lambda table: table.column("text").to_pylist(),
    ),
    "data set": (
        lambda: library("datasets").Dataset.from_dict(FRAME),
        lambda data: list(data["text"]),
    ),
    "data set's column": (
        lambda: library("datasets").Dataset.from_dict(FRAME)["text"],
        list,
    ),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_the_result_is_the_same_whatever_texts_come_in(name: str) -> None:
    make, texts_in = CONTAINERS[name]
    given = make()
    found = deduplicate(given)
    assert found.kept == EXPECTED.kept
    assert found.removals == EXPECTED.removals
    assert texts_in(found.selected) == [TEXTS[index] for index in found.kept]
    assert texts_in(found.filtered) == [TEXTS[one.index] for one in found.removals]
    if name not in ("tuple", "data set's column"):
        assert type(found.selected) is type(given)
    assert pickle.loads(pickle.dumps(found)) == found


def test_a_generator_is_read_once() -> None:
    found = deduplicate(text for text in TEXTS)
    assert found == EXPECTED
    assert found.selected == [TEXTS[index] for index in found.kept]


@pytest.mark.parametrize("name", ["records", "pandas frame", "polars frame", "arrow table"])
def test_the_field_of_the_text_is_the_configurations(name: str) -> None:
    given = CONTAINERS[name][0]()
    if name == "records":
        given = [{"content": row["text"]} for row in given]
    elif name == "arrow table":
        given = given.rename_columns(["n", "content"])
    elif name == "pandas frame":
        given = given.rename(columns={"text": "content"})
    else:
        given = given.rename({"text": "content"})
    assert deduplicate(given, Config(text_field="content")).kept == EXPECTED.kept
    with pytest.raises(ValueError, match=r"no (field|column) 'text'; did you mean .*'content'"):
        deduplicate(given)


@pytest.mark.parametrize(
    "name", ["records", "pandas frame", "polars frame", "arrow table", "data set"]
)
def test_a_function_that_says_what_to_keep_gets_the_record(name: str) -> None:
    found = deduplicate(CONTAINERS[name][0](), keep=lambda record: record["n"])
    assert 2 in found.kept
    assert (0, 2) in [(one.index, one.survivor) for one in found.removals]


@pytest.mark.parametrize(
    "name", ["records", "pandas frame", "polars frame", "arrow table", "data set"]
)
def test_ids_may_be_a_field(name: str) -> None:
    found = deduplicate(CONTAINERS[name][0](), ids="n")
    assert found.kept == EXPECTED.kept
    with pytest.raises(ValueError, match="'m'"):
        deduplicate(CONTAINERS[name][0](), ids="m")


GAPS: list[Any] = [TEXTS[0], None, TEXTS[2], None]
GAPPED: dict[str, Callable[[], Any]] = {
    "list": lambda: GAPS,
    "nan": lambda: [TEXTS[0], float("nan"), TEXTS[2], float("nan")],
    "records": lambda: [{"text": text} for text in GAPS],
    "pandas": lambda: library("pandas").Series(GAPS),
    "pandas strings": lambda: library("pandas").Series(GAPS, dtype="string"),
    "polars": lambda: library("polars").Series(GAPS),
    "arrow": lambda: library("pyarrow").array(GAPS),
    "arrow chunks": lambda: library("pyarrow").chunked_array([GAPS[:1], GAPS[1:]]),
    "data set": lambda: library("datasets").Dataset.from_dict({"text": GAPS}),
}


@pytest.mark.parametrize("name", GAPPED)
def test_what_is_missing_is_refused_by_its_index_or_passed_over(name: str) -> None:
    with pytest.raises(TypeError, match=r"texts\[1\]: expected a string, got (None|NaN).*skip"):
        deduplicate(GAPPED[name]())
    found = deduplicate(GAPPED[name](), missing="skip")
    assert found.kept == [0, 1, 3]
    assert len(found.selected) == 3
    assert found.labels.tolist() == [0, 1, 0, 2]


def test_a_wrong_choice_for_the_missing_is_named() -> None:
    with pytest.raises(ValueError, match="missing: 'drop' is not one of refuse, skip"):
        deduplicate(TEXTS, missing="drop")  # type: ignore[call-overload]


def test_what_holds_no_texts_is_refused() -> None:
    bad: list[tuple[Any, str]] = [
        ("一段", "iterable of strings, got str"),
        ({"text": TEXTS}, "iterable of strings, got dict"),
        ([{"text": TEXTS[0]}, TEXTS[1]], r"texts\[1\]: expected a record, got str"),
        ([TEXTS[1], {"text": TEXTS[0]}], r"texts\[1\]: expected a string, got dict"),
    ]
    for given, message in bad:
        with pytest.raises(TypeError, match=message):
            deduplicate(given)


def test_what_is_no_column_is_refused() -> None:
    with pytest.raises(TypeError, match="one dimension, got 2"):
        deduplicate(library("numpy").array([TEXTS]))
    with pytest.raises(TypeError, match=r"LazyFrame; collect\(\) it"):
        deduplicate(library("polars").DataFrame(FRAME).lazy())
    datasets = library("datasets")
    splits = datasets.DatasetDict({"train": datasets.Dataset.from_dict(FRAME)})
    with pytest.raises(TypeError, match="choose from train"):
        deduplicate(splits)


def test_rows_that_were_selected_are_those_that_are_read() -> None:
    data = library("datasets").Dataset.from_dict(FRAME).select([2, 1, 0])
    found = deduplicate(data)
    assert len(found.kept) == 2
    assert found.text(0) == TEXTS[2]


def test_no_library_is_imported_that_was_not_given() -> None:
    code = (
        "import sys, textclean; text = '好的，今天大家都来了吧。';"
        "found = textclean.deduplicate([text] * 3, ids=list('abc'));"
        "print(found, found.selected, sorted({'pandas', 'polars', 'pyarrow', 'datasets', 'numpy',"
        "'numba'} & {*sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == (
        "<Deduplicated: 3 texts, 1 kept, 2 exact> ['好的，今天大家都来了吧。'] []"
    )


def test_results_are_typed(tmp_path: Any) -> None:
    pytest.importorskip("mypy")
    program = tmp_path / "program.py"
    program.write_text(
        "from textclean import Deduplicated, Removal, deduplicate\n"
        "numbers: list[int] = deduplicate(['x']).kept\n"
        "names: list[str] = deduplicate(['x'], ids=['a']).kept\n"
        "records: Deduplicated[int] = deduplicate([{'text': 'x'}], keep=lambda row: row['n'])\n"
        "removal: Removal = deduplicate(['x'], threshold=0.8, unit='document').removals[0]\n"
        "survivor: str = deduplicate(['x'], ids=['a']).removals[0].survivor\n"
        "deduplicate(['x'], keep='best', reference=deduplicate(['y']))\n"
        "deduplicate(['x'], keep='last')\n"
        "deduplicate(['x'], unit='lines')\n"
        "deduplicate(5)\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache")]
    done = subprocess.run(
        [*command, str(program)], capture_output=True, text=True, encoding="utf-8", check=False
    )
    lines = [line for line in done.stdout.splitlines() if str(program.name) in line]
    assert [int(line.split(":")[1]) for line in lines if ": error:" in line] == [8, 9, 10], (
        done.stdout + done.stderr
    )
