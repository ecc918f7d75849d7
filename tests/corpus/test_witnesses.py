"""Documents mended by other readings: near copies that were removed, files of one page."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.consensus.test_consensus import PAGE, damaged
from textclean import Config, clean_corpus
from textclean.corpus.readings import groups
from textclean.corpus.run import run
from textclean.corpus.undo import undo
from textclean.errors import DocumentError

SUGGESTED = Config(tier="suggested")
PARAGRAPH = (
    "联合声明强调卡塔尔必须无条件执行决定，旨在解决断交危机，"
    "各方应当通过对话和协商解决分歧，维护地区和平稳定。"
)
OTHER = "别的段落在这里说了另外一件事情，与上面的内容没有关系，也不重复。"
COPIES = [
    ("a", PARAGRAPH.replace("强调", "强凋").replace("协商", "协") + "\n\n" + OTHER),
    ("b", PARAGRAPH.replace("危机", "危朹").replace("地区", "地过区")),
    ("c", PARAGRAPH.replace("旨在", "皆在").replace("声明", "声眀")),
]


def test_removed_near_copies_serve_the_text_that_stays() -> None:
    corpus = clean_corpus(COPIES, SUGGESTED, workers=1)
    assert len(corpus.removals) == 2
    assert [text for _, text in corpus.documents if text.startswith("联合")] == [PARAGRAPH]
    assert {edit.rule for edits in corpus.edits.values() for edit in edits} == {"N001", "N003"}


def test_at_tier_safe_the_text_stays_as_it_is() -> None:
    corpus = clean_corpus(COPIES, workers=1)
    assert not any(corpus.edits.values())


def test_a_number_is_never_taken_from_a_copy() -> None:
    texts = [PARAGRAPH.replace("决定", f"决定{number}号") for number in ("第320", "第820")]
    corpus = clean_corpus(enumerate([*texts, texts[1].replace("危机", "危朹")]), SUGGESTED)
    assert {text for _, text in corpus.documents if text} <= set(texts)


def test_what_was_redacted_stays_redacted() -> None:
    redacted = PARAGRAPH.replace("各方", "xx家单位").replace("危机", "危朹")
    whole = PARAGRAPH.replace("各方", "32家单位")
    for texts in ([redacted, whole, whole], [whole, redacted, redacted]):
        for _, text in clean_corpus(enumerate(texts), SUGGESTED, workers=1).documents:
            assert ("xx家" in text) is not ("32家" in text) or not text


def test_a_second_run_finds_nothing() -> None:
    once = clean_corpus(COPIES, SUGGESTED, workers=1).documents
    assert clean_corpus(once, SUGGESTED, workers=1).documents == once


@settings(max_examples=25)
@given(st.lists(damaged(), min_size=2, max_size=3))
def test_of_readings_of_a_page_one_stays(texts: list[str]) -> None:
    documents = list(enumerate(texts))
    corpus = clean_corpus(documents, workers=1, readings=[list(range(len(texts)))])
    assert sum(bool(text.strip()) for _, text in corpus.documents) <= 1
    gone = {removal.document for removal in corpus.removals}
    assert len(gone | {name for name, text in corpus.documents if text}) >= min(1, len(texts))
    for document, text in zip(corpus.cleaned, texts, strict=True):
        assert document.original == text


def put(folder: Path) -> None:
    for name, text in (
        ("p1.tess.txt", PAGE.replace("商品", "高品").replace("小麦", "小者")),
        ("p1.rapid.txt", PAGE.replace("于约定俗成。\n", "")),
        ("p2.tess.txt", OTHER),
        ("notes.txt", PARAGRAPH),
    ):
        (folder / name).write_text(text, encoding="utf-8")


def test_files_of_a_page_are_one_text_and_come_back(tmp_path: Path) -> None:
    inputs, output = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    put(inputs)
    run([inputs], output, Config(), readings="{page}.{reading}.txt", workers=1)
    assert (output / "p1.rapid.txt").read_text(encoding="utf-8") == PAGE
    assert (output / "p1.tess.txt").read_text(encoding="utf-8") == ""
    assert (output / "p2.tess.txt").read_text(encoding="utf-8") == OTHER
    assert (output / "notes.txt").read_text(encoding="utf-8") == PARAGRAPH
    again = tmp_path / "again"
    run([output], again, Config(), readings="{page}.{reading}.txt", workers=1)
    for file in output.glob("*.txt"):
        assert (again / file.name).read_bytes() == file.read_bytes()
    undo(output, tmp_path / "back")
    for file in inputs.iterdir():
        assert (tmp_path / "back" / file.name).read_bytes() == file.read_bytes()


def test_a_pattern_says_which_page_and_who_read_it() -> None:
    names = ["a/1.txt", "b/1.txt", "b/2.txt", "c.txt"]
    assert groups(names, "{reading}/{page}.txt") == {"1": {"a": "a/1.txt", "b": "b/1.txt"}}
    assert groups(["x/p.1.a.txt", "x/p.1.b.txt"], "{page}.{reading}.txt") == {
        "x/p.1": {"a": "x/p.1.a.txt", "b": "x/p.1.b.txt"}
    }


@pytest.mark.parametrize("pattern", ["*.txt", "{page}.txt", "{page}{page}{reading}"])
def test_a_pattern_without_its_places_is_an_error(pattern: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="pattern of readings"):
        run([tmp_path], tmp_path / "out", Config(), readings=pattern)
