"""`clean_many` over columns of the libraries that hold them, each by its real self."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Callable
from typing import Any

import pytest

import textclean
from textclean import Cleaned, Config, ConfigError, InvalidTextError, clean, clean_many

TEXTS = ["结合党史学习教育,市卫健委", None, "接种疫苗２０万", None]
CLEANED = ["结合党史学习教育，市卫健委", None, "接种疫苗20万", None]


def arrow() -> Any:
    return pytest.importorskip("pyarrow", reason="needs pyarrow")


def pandas() -> Any:
    return pytest.importorskip("pandas", reason="needs pandas")


def polars() -> Any:
    return pytest.importorskip("polars", reason="needs polars")


def datasets() -> Any:
    return pytest.importorskip("datasets", reason="needs datasets")


COLUMNS: dict[str, Callable[[], Any]] = {
    "list": lambda: TEXTS,
    "generator": lambda: iter(TEXTS),
    "arrow": lambda: arrow().array(TEXTS),
    "arrow large": lambda: arrow().array(TEXTS, arrow().large_string()),
    "arrow chunked": lambda: arrow().chunked_array([TEXTS[:1], TEXTS[1:]]),
    "arrow dictionary": lambda: arrow().array(TEXTS).dictionary_encode(),
    "arrow scalars": lambda: list(arrow().array(TEXTS)),
    "pandas": lambda: pandas().Series(TEXTS),
    "pandas string": lambda: pandas().Series(TEXTS, dtype="string"),
    "pandas NaN": lambda: pandas().Series([text or float("nan") for text in TEXTS], dtype=object),
    "numpy": lambda: pandas().Series(TEXTS, dtype=object).to_numpy(),
    "polars": lambda: polars().Series(TEXTS),
    "datasets": lambda: datasets().Dataset.from_dict({"text": TEXTS})["text"],
    "datasets column": lambda: datasets().Dataset.from_dict({"text": TEXTS}).data["text"],
}


@pytest.mark.parametrize("workers", [None, 2])
@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_is_cleaned_and_what_is_missing_stays_missing(
    column: str, workers: int | None
) -> None:
    done = list(clean_many(COLUMNS[column](), workers=workers))
    assert [each and each.text for each in done] == CLEANED


@pytest.mark.parametrize("workers", [None, 2])
@pytest.mark.parametrize("texts", [[], [None], [None, None, "甲"], ["甲", None, None]])
def test_gaps_stand_anywhere(texts: list[str | None], workers: int | None) -> None:
    assert [each and each.text for each in clean_many(texts, workers=workers)] == texts


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (lambda: pandas().DataFrame({"id": [1], "text": ["甲"]}),
         "DataFrame; choose one of id, text"),
        (lambda: polars().DataFrame({"text": ["甲"]}), "DataFrame; choose one of text"),
        (lambda: arrow().table({"text": ["甲"]}), "Table; choose one of text"),
        (lambda: datasets().Dataset.from_dict({"text": ["甲"]}), "Dataset; choose one of text"),
        (lambda: "甲乙", "expected an iterable of strings, got str"),
        (lambda: {"a": "甲"}, "got dict"),
        (lambda: 3, "got int"),
        (lambda: None, "got None"),
    ],
)  # fmt: skip
def test_what_is_no_column_is_refused_at_once(table: Callable[[], Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        clean_many(table())


def test_an_item_that_is_no_text_is_named() -> None:
    with pytest.raises(InvalidTextError, match=r"^text 2: expected a string, got int$"):
        list(clean_many(["甲", None, 3]))


def test_options_may_be_keywords_or_a_mapping() -> None:
    text = "把提质增效列入列入市十大民生实事,好"
    suggested = clean(text, Config(tier="suggested", ignore="P"))
    assert suggested.text != text
    assert clean(text, tier="suggested", ignore="P") == suggested
    assert clean(text, {"tier": "suggested", "ignore": ["P"]}) == suggested
    assert clean(text, {"tier": "suggested"}, ignore="P") == suggested
    assert clean(text, Config(tier="suggested"), ignore="P") == suggested
    assert list(clean_many([text], tier="suggested", ignore="P")) == [suggested]
    assert textclean.check(text, ignore="P") == textclean.check(text, Config(ignore="P"))


@pytest.mark.parametrize("config", [None, Config(tier="suggested"), {"tier": "suggested"}])
def test_an_option_that_does_not_exist_is_named_with_the_nearest(config: Any) -> None:
    with pytest.raises(ConfigError, match=r"unknown key 'teir'; did you mean 'tier'\?"):
        clean("甲", config, teir="safe")


def test_what_is_no_configuration_is_refused() -> None:
    with pytest.raises(TypeError, match="expected a Config or a mapping, got str"):
        clean("甲", "suggested")  # type: ignore[arg-type]


def test_documents_that_are_no_pairs_are_named() -> None:
    pytest.importorskip("numba", reason="needs the extra [dedup]")
    with pytest.raises(TypeError, match=r"documents\[1\]: expected a name and a text, got str"):
        textclean.clean_corpus([("a", "甲"), "乙"])  # type: ignore[list-item]
    with pytest.raises(TypeError, match=r"\.items\(\)"):
        textclean.clean_corpus({"a": "甲"})  # type: ignore[arg-type]


def test_results_are_equal_pickled_and_of_one_line() -> None:
    done = clean("甲,乙的话")
    again = pickle.loads(pickle.dumps(done))
    assert isinstance(again, Cleaned)
    assert again == done
    assert {done: 1}[again] == 1
    assert again.suggestions == done.suggestions
    assert done != clean("甲,乙的话", ignore="P")
    assert done != "甲,乙的话"
    assert repr(Config()) == "Config()"
    assert repr(Config(tier="suggested", ignore="P")) == "Config(ignore=['P'], tier='suggested')"
    for result in (done, dataclasses.replace(Config(), select="P")):
        assert "\n" not in repr(result)


def test_a_corpus_is_equal_to_itself_by_any_way() -> None:
    pytest.importorskip("numba", reason="needs the extra [dedup]")
    documents = [("a", "甲乙,丙丁。\n\n" * 3), ("b", "另一篇文章,内容不同。")]
    corpus = textclean.clean_corpus(documents)
    assert pickle.loads(pickle.dumps(corpus)) == corpus
    assert textclean.clean_corpus(documents, workers=2) == corpus
