from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cases
from textclean.dedup import representatives as many
from textclean.dedup.buffers import StringReader
from textclean.dedup.fold import fold
from textclean.dedup.folded_texts import FoldedTexts
from textclean.dedup.preference import damage, preference
from textclean.dedup.representatives import Groups, preference_order
from textclean.dedup.thread_pool import ThreadPool


@cases
def test_damage_counts_quotes_ends_and_placeholders(text: str, points: int) -> None:
    assert damage(text) == points


def test_the_least_damaged_comes_first_then_the_longest_then_the_lowest_place() -> None:
    texts = ["全面停", "疫情防控取得胜利。", "疫情防控，取得胜利。", "疫情防控，取得胜利。"]
    assert preference(texts, range(4)) == [2, 3, 1, 0]


def test_spaces_do_not_make_a_text_longer() -> None:
    texts = ["瑞 安 市 卫 生 健 康 局。", "瑞安市，卫生健康局。"]
    assert preference(texts, [0, 1]) == [1, 0]


@given(
    st.lists(st.sampled_from(["甲。", "乙。", "丙", "丁“。", "甲 。"]), min_size=1), st.randoms()
)
def test_the_order_of_contents_does_not_depend_on_places(texts: list[str], random: object) -> None:
    shuffled = list(texts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first = [texts[i] for i in preference(texts, range(len(texts)))]
    assert first == [shuffled[i] for i in preference(shuffled, range(len(texts)))]


written = st.text('疫情“”‘’「」《》"＂xX×*37。！… \u3000\n)（𠮷', max_size=12)


def in_arrays(texts: Sequence[str]) -> FoldedTexts:
    folded = FoldedTexts(StringReader(texts), ThreadPool(1))
    for _ in folded.read(range(len(texts))):
        pass
    return folded


@given(texts=st.lists(written, min_size=1, max_size=90))
def test_many_texts_are_ordered_as_few_are(implementation: str, texts: list[str]) -> None:
    indices = np.arange(len(texts))[::-1].copy()
    order = preference_order(in_arrays(texts), indices)
    assert order.tolist() == preference(texts, range(len(texts)))


@given(texts=st.lists(written, min_size=1, max_size=30), characters=st.integers(1, 60))
def test_the_first_in_order_represents_all_of_its_fold(
    implementation: str, texts: list[str], characters: int
) -> None:
    # Pretend that many folds have one digest.
    numbers = np.array([len(fold(text)) % 2 for text in texts])
    members = np.lexsort([np.arange(len(texts)), numbers])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(many, "CHUNK_CHARACTERS", characters)
        best = many.representatives(in_arrays(texts), Groups(members, numbers[members]))
    for index, stands in zip(members.tolist(), best.tolist(), strict=True):
        same = [i for i, text in enumerate(texts) if fold(text) == fold(texts[index])]
        assert stands == preference(texts, same)[0]
