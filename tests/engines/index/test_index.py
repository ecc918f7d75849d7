"""What an index keeps, finds, refuses."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from random import Random

import pytest

from tests.dedup.passages import misread, seed_paragraphs
from tests.engines.index.conftest import MakeIndex
from textclean.dedup import RemovalKind, deduplicate
from textclean.dedup.records import InIndex
from textclean.engines.index import Added, Entry, Index, IndexFormatError, store
from textclean.errors import ConfigError, InvalidTextError, MissingExtraError

TEXTS = seed_paragraphs(60)[:40]


def test_entries_are_as_they_were_given(make: MakeIndex) -> None:
    index = make()
    sources = [{"file": "a.txt", "line": n} for n in range(len(TEXTS))]
    ids = [f"a:{n}" for n in range(len(TEXTS))]
    assert index.add(TEXTS, ids=ids, sources=sources) == Added(len(TEXTS), 0)
    assert len(index) == len(TEXTS)
    expected = [Entry(n, *row) for n, row in enumerate(zip(ids, sources, TEXTS, strict=True))]
    assert list(index) == expected
    assert index.entry("a:7") == index.numbered(7) == expected[7]
    assert index.entry("a:99") is None


def test_adding_again_changes_nothing(make: MakeIndex) -> None:
    index = make()
    ids = list(range(len(TEXTS)))
    index.add(TEXTS[:25], ids=ids[:25])
    before = index.stats()
    assert index.add(TEXTS[:25], ids=ids[:25]) == Added(0, 25)
    assert index.stats() == before
    assert index.add(TEXTS, ids=ids) == Added(len(TEXTS) - 25, 25)


def test_another_text_of_an_id_is_refused_and_nothing_is_added(make: MakeIndex) -> None:
    index = make()
    index.add(TEXTS[:2], ids=["a", "b"])
    with pytest.raises(ValueError, match="another text with the id 'b'"):
        index.add(TEXTS[2:4], ids=["c", "b"])
    with pytest.raises(ValueError, match="'c' is given twice"):
        index.add(TEXTS[2:4], ids=["c", "c"])
    assert [entry.id for entry in index] == ["a", "b"]


@pytest.mark.parametrize("name", [None, 1.5, True, ("a",), "长" * 200])
def test_what_is_no_id_is_refused(make: MakeIndex, name: object) -> None:
    index = make()
    if name is None:  # as is what is not there
        index.add(TEXTS[:1], ids=[None])  # type: ignore[list-item]
        assert index.entry(0) is not None
        return
    with pytest.raises((TypeError, ValueError), match="ids: "):
        index.add(TEXTS[:1], ids=[name])  # type: ignore[list-item]


def test_what_is_no_text_is_refused(make: MakeIndex) -> None:
    index = make(TEXTS[:3])
    with pytest.raises(TypeError, match="expected a string"):
        index.add([TEXTS[3], 5])  # type: ignore[list-item]
    with pytest.raises(InvalidTextError):
        index.add(["\ud800"])
    with pytest.raises(InvalidTextError):
        index.query("\ud800")
    assert len(index) == 3


def test_a_paragraph_that_was_seen_is_found_with_all_its_places(make: MakeIndex) -> None:
    index = make()
    text = TEXTS[0]
    forms = [text, text.replace("，", ","), " " + text]
    index.add([*TEXTS[1:5], *forms], ids=["x1", "x2", "x3", "x4", "one", "two", "three"])
    seen = index.query(text.replace("。", " "))
    assert seen is not None
    assert (seen.kind, seen.score, seen.entry.id, seen.copies) == ("exact", 1.0, "one", 3)
    assert [entry.text for entry in index.equal_to(seen.entry)] == forms
    assert [entry.id for entry in index.equal_to(seen.entry, limit=2)] == ["one", "two"]


def test_a_damaged_copy_and_a_part_are_found(make: MakeIndex) -> None:
    index = make(TEXTS)
    damaged = index.query(misread(TEXTS[3], Random(1)))
    assert damaged is not None
    assert (damaged.kind, damaged.entry.text) == (RemovalKind.NEAR, TEXTS[3])
    part = index.query(TEXTS[5][: len(TEXTS[5]) // 2])
    assert part is not None
    assert (part.kind, part.entry.text) == (RemovalKind.CONTAINED, TEXTS[5])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "。。。",
        "短",
        "# 标题不是段落",
        "这一段文字从来没有在任何地方出现过，因为它是刚刚为这个测试写下来的，谁也没有读过它。",
    ],
)
def test_what_was_not_seen_is_not_found(make: MakeIndex, text: str) -> None:
    index = make([*TEXTS, "", "短", "# 标题不是段落"])
    assert index.query(text) is None


def test_a_text_with_other_numbers_was_not_seen(make: MakeIndex) -> None:
    text = "全市完成固定资产投资345.6亿元，比上年增长12.3%，其中工业投资78.9亿元。"
    index = make([text])
    assert index.query(text.replace("12.3", "13.2")) is None
    assert index.query(text) is not None


def test_what_is_removed_is_found_no_more(make: MakeIndex) -> None:
    index = make()
    index.add([*TEXTS, TEXTS[0]], ids=list(range(len(TEXTS) + 1)))
    assert index.remove([0, 1, 999]) == 2
    assert index.remove([0]) == 0
    first, second = index.query(TEXTS[0]), index.query(TEXTS[1])
    assert first is not None
    assert (first.entry.id, first.copies) == (len(TEXTS), 1)
    assert second is None
    assert len(index) == len(TEXTS) - 1
    assert index.verify() == []


def test_what_was_removed_can_be_added_again(make: MakeIndex) -> None:
    index = make()
    index.add(TEXTS[:3], ids=["a", "b", "c"])
    index.remove(["b"])
    index.add([TEXTS[1]], ids=["b"])
    seen = index.query(TEXTS[1])
    assert seen is not None
    assert seen.entry == Entry(3, "b", None, TEXTS[1])
    assert index.verify() == []


def test_an_index_is_there_after_it_was_closed(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index", threshold=0.8, unit="document") as index:
        index.add(TEXTS, ids=[f"t{n}" for n in range(len(TEXTS))])
        stats = index.stats()
    with Index(tmp_path / "index") as again:
        assert again.stats() == stats
        assert again.settings.threshold == 0.8
        assert again.query(TEXTS[4]).entry.id == "t4"  # type: ignore[union-attr]


def test_an_index_can_be_opened_twice_and_pickled(make: MakeIndex) -> None:
    index = make(TEXTS[:5])
    with Index(index.folder) as other, pickle.loads(pickle.dumps(index)) as third:
        other.add(TEXTS[5:7])
        assert len(index) == len(third) == 7


def test_only_an_index_of_this_format_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(IndexFormatError, match="no index"):
        Index(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").write_text("一")
    with pytest.raises(IndexFormatError, match="something there already"):
        Index.create(tmp_path / "full")
    Index.create(tmp_path / "index").close()
    with monkeypatch.context() as patch:
        patch.setattr("textclean.engines.index.state.FORMAT", store.FORMAT + 1)
        with pytest.raises(IndexFormatError, match=f"an index of format {store.FORMAT}; "):
            Index(tmp_path / "index")
    Index(tmp_path / "index").close()
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "data.mdb").write_bytes(b"no environment" * 1000)
    with pytest.raises(IndexFormatError):
        Index(tmp_path / "none")


def test_an_index_answers_under_its_own_settings_alone(make: MakeIndex) -> None:
    index = make(TEXTS[:5])
    with pytest.raises(ConfigError, match=r"threshold: the index .* was made for 0.7, not for 0.8"):
        deduplicate(TEXTS[:2], threshold=0.8, reference=index)
    with pytest.raises(ConfigError, match="unit: "):
        deduplicate(TEXTS[:2], unit="document", reference=index)


def test_texts_with_ids_go_for_entries_by_their_ids(make: MakeIndex) -> None:
    index = make()
    index.add(TEXTS[:5], ids=["a", "b", "c", "d", "e"])
    found = deduplicate([TEXTS[2], TEXTS[9]], ids=["a", "b"], reference=index)
    assert found.kept == ["b"]
    assert [(each.index, each.survivor) for each in found.removals] == [("a", InIndex("c"))]
    assert found.text(InIndex("c")) == TEXTS[2]
    assert found.groups() == [[InIndex("c"), "a"]]
    assert "exact" in found.explain("a")


def test_sources_are_anything_that_json_has(make: MakeIndex) -> None:
    index = make()
    sources = [{"a": [1, "二", None]}, "一个文件", 7]
    index.add(TEXTS[:3], sources=sources)
    assert [entry.source for entry in index] == json.loads(json.dumps(sources))
    with pytest.raises(TypeError):
        index.add(TEXTS[3:4], sources=[{1, 2}])


def test_an_index_grows_beyond_its_first_size(
    make: MakeIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_FIRST_SIZE", 1 << 17)
    index = make()
    for number in range(8):
        index.add([f"{number}，{text}" for text in TEXTS])
    assert len(index) == 8 * len(TEXTS)
    assert index.verify() == []


def test_without_lmdb_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"\[index\]"):
        Index(tmp_path)
