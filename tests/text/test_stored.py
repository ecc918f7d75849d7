"""Texts on disk are those that were added, whatever is asked for in between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean.text import stored
from textclean.text.stored import StoredBytes, StoredTexts


@pytest.fixture(autouse=True, scope="module")
def small_blocks() -> Iterator[None]:
    before, stored._BLOCK = stored._BLOCK, 16
    yield
    stored._BLOCK = before


texts = st.lists(st.text(max_size=12))


@given(texts, st.data())
def test_what_was_added_comes_back(given_texts: list[str], data: st.DataObject) -> None:
    held = StoredTexts()
    for number, text in enumerate(given_texts):
        held.append(text)
        at = data.draw(st.integers(0, number))
        assert held[at] == given_texts[at]
    assert list(held) == given_texts == held
    start, stop = sorted(data.draw(st.tuples(*[st.integers(0, len(given_texts))] * 2)))
    assert held[start:stop] == given_texts[start:stop]
    held.close()


@given(texts, texts, st.data())
def test_what_is_cut_off_makes_room(one: list[str], other: list[str], data: st.DataObject) -> None:
    held = StoredTexts(texts=one)
    left = data.draw(st.integers(0, len(one)))
    held.stored.truncate(left)
    for text in other:
        held.append(text)
    assert list(held) == one[:left] + other


def test_no_file_has_a_name(tmp_path: Path) -> None:
    pieces = StoredBytes(tmp_path)
    for _ in range(100):
        pieces.append(b"abc")
    assert pieces[99] == b"abc"
    assert list(tmp_path.iterdir()) == []


def test_a_lone_surrogate_is_no_text() -> None:
    with pytest.raises(UnicodeEncodeError):
        StoredTexts(texts=["\ud800"])
