from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean.dedup import representatives as exact
from textclean.dedup.buffers import StringList
from textclean.dedup.fold import fold
from textclean.dedup.folding import FoldedTexts
from textclean.dedup.kernels import precompile as ahead
from textclean.dedup.pair_tables import Groups
from textclean.dedup.preference import damage, preference, ranked
from textclean.dedup.representatives import stand_ins
from textclean.dedup.thread_pool import Crew

CREW = Crew(1)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("各项工作有序推进。", 0),
        ("（本报记者刘尚整理。）", 0),
        ("实行“统一”管理。”", 1),
        ('抓住深化医改机遇期 "层层推进。', 1),
        ("市政府与河南大学开展市校合作,共", 1),
        ("**以夯实为目标**", 1),
        ("截至xxxx年xx月，全市共有xx例。", 3),
        ("It's over. 他说：‘好。’", 0),
        ("the doctor’s bag。", 0),
        ("", 1),
    ],
)
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
    folded = FoldedTexts(StringList(texts))
    for _ in folded.read(range(len(texts))):
        pass
    return folded


@pytest.mark.parametrize("few", [0, 1 << 30])
@given(texts=st.lists(written, min_size=1, max_size=90))
def test_many_texts_are_ordered_as_few_are(few: int, texts: list[str]) -> None:
    indices = np.arange(len(texts))[::-1].copy()
    with pytest.MonkeyPatch.context() as patch:
        as_written_or_compiled(patch, few)
        found = ranked(in_arrays(texts), indices, ahead.begin(), CREW)
    assert found.tolist() == preference(texts, range(len(texts)))


@pytest.mark.parametrize("few", [0, 1 << 30])
@given(texts=st.lists(written, min_size=1, max_size=30), characters=st.integers(1, 60))
def test_the_first_in_order_stands_for_all_of_its_fold(
    few: int, texts: list[str], characters: int
) -> None:
    # Pretend that many folds have one digest.
    numbers = np.array([len(fold(text)) % 2 for text in texts])
    members = np.lexsort([np.arange(len(texts)), numbers])
    with pytest.MonkeyPatch.context() as patch:
        as_written_or_compiled(patch, few)
        patch.setattr(exact, "CHUNK_CHARACTERS", characters)
        groups = Groups(members, numbers[members])
        found = stand_ins(in_arrays(texts), groups, ahead.begin(), CREW)
    for index, stands in zip(members.tolist(), found.tolist(), strict=True):
        same = [i for i, text in enumerate(texts) if fold(text) == fold(texts[index])]
        assert stands == preference(texts, same)[0]


def as_written_or_compiled(patch: pytest.MonkeyPatch, few: int) -> None:
    patch.setattr(ahead, "FEW_TO_CHOOSE_FROM", few)
    if few:
        patch.setattr(ahead, "_are_compiled", lambda _: False)
        patch.setattr(ahead, "_second_process", lambda: None)
