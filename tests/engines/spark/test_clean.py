"""Each document of a frame is cleaned as `clean` cleans it; one that cannot be stops nothing."""

from __future__ import annotations

import pytest
from pyspark.sql import SparkSession

import textclean
from tests.seeds import TEXTS
from textclean.engines.spark import clean, cleaning
from textclean.errors import ConfigError

pytestmark = pytest.mark.spark


def test_documents_are_cleaned_with_their_edits(spark: SparkSession) -> None:
    texts = dict(enumerate(TEXTS.values())) | {1000: None}
    frame = spark.createDataFrame(list(texts.items()), "number int, body string").repartition(3)
    found = clean(frame, "body", tier="suggested")
    assert found.columns == ["number", "body", "edits", "error"]
    seen = {row.number: row for row in found.collect()}
    assert seen.keys() == texts.keys()
    for number, text in texts.items():
        row = seen[number]
        assert row.error is None
        if text is None:
            assert (row.body, row.edits) == (None, None)
            continue
        expected = textclean.clean(text, tier="suggested")
        assert row.body == expected.text
        assert [edit.asDict(recursive=True) for edit in row.edits] == [
            edit._asdict() | {"parts": [part._asdict() for part in edit.parts]}
            for edit in expected.edits
        ]


def test_a_document_that_cannot_be_cleaned_says_why_and_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import pyarrow as pa

    def fail(text: str, config: object) -> object:
        if "坏" in text:
            raise RuntimeError("no such text")
        return textclean.clean(text, config)

    monkeypatch.setattr(cleaning, "clean_text", fail)
    batch = pa.record_batch({"text": ["落实,完成", "坏的,文本", None]})
    (found,) = cleaning.cleaned([batch], 0, textclean.Config())
    assert found.column(0).to_pylist() == ["落实，完成", "坏的,文本", None]
    assert found.column(2).to_pylist() == [None, "RuntimeError: no such text", None]
    assert [edits and len(edits) for edits in found.column(1).to_pylist()] == [1, None, None]


def test_what_does_not_fit_is_refused(spark: SparkSession) -> None:
    frame = spark.createDataFrame([(1, "文")], "edits int, text string")
    with pytest.raises(ValueError, match="'edits' already"):
        clean(frame)
    with pytest.raises(ValueError, match="no column 'body'"):
        clean(frame, "body", edits="changes")
    with pytest.raises(ConfigError):
        clean(frame, edits="changes", tier="none")
    assert clean(frame, edits="changes").first().text == "文"
