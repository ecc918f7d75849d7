"""Which texts may hold anchors: all that do, by the fold that `alike` compares."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy", reason="needs the extra [dedup]")

from hypothesis import given
from hypothesis import strategies as st

from tests.corpus.paragraphs import PARAGRAPHS
from tests.placeholders.test_witness import WHOLE
from textclean.corpus.anchors import AnchorFilter
from textclean.placeholders.alignment import folded

LENGTH = 8


def grams(text: str) -> set[str]:
    fold = folded(text)
    return {fold[at : at + LENGTH] for at in range(len(fold) - LENGTH + 1)}


def places_of(anchors: list[str], texts: list[str]) -> list[int]:
    return [place for place, _ in AnchorFilter(anchors, LENGTH).hits(texts)]


def test_texts_without_anchors_are_told_apart():
    anchors = grams(WHOLE)
    some = [*PARAGRAPHS, WHOLE.replace("，", " , \n"), "", WHOLE[:9], WHOLE]
    places = places_of(sorted(anchors), some)
    assert places == [at for at, text in enumerate(some) if len(grams(text) & anchors) > 1]
    assert len(places) < 10


def test_without_anchors_or_text_there_are_none():
    assert places_of([], PARAGRAPHS) == []
    assert places_of(sorted(grams(WHOLE)), ["", "，。"]) == []


ANY = st.text(st.sampled_from("甲乙丙丁ＡaÅ①½，。 \n\0\U000f0000𠀀\u0301"), max_size=40)


@given(ANY, st.lists(ANY, max_size=6))
def test_no_text_with_two_anchors_is_missed(text: str, texts: list[str]):
    anchors = sorted(grams(text))
    hits = dict(AnchorFilter(anchors, LENGTH).hits(texts))
    for place, each in enumerate(texts):
        held = grams(each) & set(anchors)
        if len(held) > 1:
            fold = folded(each)
            assert held <= {fold[at : at + LENGTH] for at in hits[place]}
