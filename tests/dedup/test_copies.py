"""The search from end to end: what it promises for every input."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dedup.passages import misread, seed_paragraphs
from tests.dedup.verdicts import holds
from tests.seeds import ROOT
from textclean.config import Config
from textclean.dedup import (
    Deduplicated,
    RemovalKind,
    deduplicate,
    deduplicate_documents,
    deduplicate_records,
    search,
)
from textclean.dedup.comparing import PairVerdicts
from textclean.dedup.fold import fold, jaccard, shingles
from textclean.dedup.folded_texts import CorpusView
from textclean.dedup.representatives import Groups
from textclean.errors import InvalidTextError
from textclean.text.classes import is_han

pytestmark = pytest.mark.usefixtures("implementation")

PARAGRAPHS = seed_paragraphs()
NUMBERED = (
    "截至{}日，全市累计确诊病例{}例，治愈出院{}例，疫情防控取得阶段性胜利，各项工作有序推进。"
)


@st.composite
def collections(draw: st.DrawFn) -> list[str]:
    """Blocks with copies, misread copies, cut-off copies and twins among them."""
    random = draw(st.randoms(use_true_random=False))
    blocks: list[str] = []
    for paragraph in draw(st.lists(st.sampled_from(PARAGRAPHS[:60]), min_size=1, max_size=6)):
        blocks.append(paragraph)
        for damage in draw(st.lists(st.sampled_from("emct"), max_size=4)):
            if damage == "e":
                blocks.append(paragraph)
            elif damage == "m":
                blocks.append(misread(paragraph, random))
            elif damage == "c":
                blocks.append(paragraph[: random.randint(5, len(paragraph))])
            else:
                blocks.append(NUMBERED.format(*(random.randint(1, 30) for _ in range(3))))
    blocks += draw(st.lists(st.text("医疗 。x1", max_size=12), max_size=4))
    random.shuffle(blocks)
    return blocks


relaxed = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@relaxed
@given(collections())
def test_every_text_is_kept_or_removed_for_a_kept_one_that_it_verifiably_copies(
    blocks: list[str],
) -> None:
    result = deduplicate(blocks)
    removed = [removal.index for removal in result.removals]
    assert sorted(result.kept + removed) == list(range(len(blocks)))
    for removal in result.removals:
        assert removal.survivor in result.kept
        copy, survivor = fold(blocks[removal.index]), fold(blocks[removal.survivor])
        if removal.kind is RemovalKind.EXACT:
            assert copy == survivor
            assert removal.score == 1
        elif removal.kind is RemovalKind.NEAR:
            assert removal.score == jaccard(shingles(copy), shingles(survivor))
        elif removal.kind is RemovalKind.CONTAINED and copy in survivor:
            assert removal.score == 1
        assert holds(blocks, removal)


@relaxed
@given(collections(), st.randoms(use_true_random=False))
def test_the_kept_texts_are_the_same_in_any_order(blocks: list[str], random: Any) -> None:
    shuffled = list(blocks)
    random.shuffle(shuffled)
    assert kept_texts(deduplicate(blocks)) == kept_texts(deduplicate(shuffled))


@relaxed
@given(collections())
def test_what_is_kept_holds_no_copies(blocks: list[str]) -> None:
    kept = [blocks[index] for index in deduplicate(blocks).kept]
    assert deduplicate(kept).removals == []


@relaxed
@given(collections())
def test_twins_are_kept(blocks: list[str]) -> None:
    result = deduplicate(blocks)
    for twin in result.twins:
        assert {twin.first, twin.second} <= set(result.kept)
        assert twin.first < twin.second
        assert twin.differences


@given(st.lists(st.text(st.characters(codec="utf-8")), max_size=12))
def test_any_texts_at_all_can_be_deduplicated(texts: list[str]) -> None:
    for result in (deduplicate(texts), deduplicate_records(texts)):
        assert len(result.kept) + len(result.removals) == len(texts)
        assert all(index in result.kept for index, text in enumerate(texts) if not fold(text))


def kept_texts(result: Deduplicated) -> Counter[str]:
    return Counter(result.texts[index] for index in result.kept)


NEGATIONS = frozenset("不没无未非否勿莫")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_misread_copies_of_the_seeds_are_found(seed: int) -> None:
    paragraphs = seed_paragraphs(100)
    base = deduplicate(paragraphs).kept
    random = Random(seed)
    originals = [paragraphs[index] for index in base]
    noisy = [misread(paragraph, random) for paragraph in originals]
    result = deduplicate(originals + noisy)
    survivor = {removal.index: removal.survivor for removal in result.removals}
    count = len(originals)
    # A negation that was misread, or came of a misreading, is another statement: those may stay.
    asked = [
        index
        for index in range(count)
        if not any(
            before != after and (before in NEGATIONS or after in NEGATIONS)
            for before, after in zip(
                filter(is_han, originals[index]), filter(is_han, noisy[index]), strict=True
            )
        )
    ]
    found = sum(survivor.get(i) == i + count or survivor.get(i + count) == i for i in asked)
    assert found >= 0.93 * len(asked)
    assert all(index % count == other % count for index, other in survivor.items())


def test_lost_marks_spaces_and_traditional_characters_make_exact_copies() -> None:
    text = "近年来，开封市紧紧围绕构筑中医药高地，夯实基层基础，中医药工作取得成效。"
    blocks = [text.replace("，", " "), text, " ".join(text), text.replace("医药", "醫藥")]
    result = deduplicate(blocks)
    assert {r.kind for r in result.removals} == {RemovalKind.EXACT}
    assert len(result.kept) == 1
    assert result.kept != [0]


def test_of_identical_texts_the_first_is_kept() -> None:
    text = PARAGRAPHS[0]
    assert deduplicate([PARAGRAPHS[1], text, text, text]).kept == [0, 1]


def test_the_undamaged_copy_is_kept_wherever_it_stands() -> None:
    whole = "全市每年争取有两三件卫生健康工作列入“民生实事”，着力解决基层不强的问题。"
    broken = whole.replace("”", "")
    assert deduplicate([broken, whole]).kept == [1]
    assert deduplicate([whole, broken]).kept == [0]


def test_twins_stay_and_are_listed_with_what_differs() -> None:
    blocks = [NUMBERED.format(21, 274, 272), NUMBERED.format(22, 281, 272)]
    result = deduplicate(blocks)
    assert result.removals == []
    assert [(t.first, t.second, t.differences) for t in result.twins] == [
        (0, 1, (("21", "22"), ("274", "281")))
    ]


def test_many_twins_are_listed_once_each() -> None:
    blocks = [NUMBERED.format(n % 30, n, n) for n in range(1, 200)]
    result = deduplicate(blocks)
    assert result.removals == []
    assert [(twin.first, twin.second) for twin in result.twins] == [(0, n) for n in range(1, 199)]


def test_across_documents_only_long_prose_goes() -> None:
    short, long = "开到湖北、武汉客运班车。", PARAGRAPHS[0]
    documents = [["# 第一篇报道", short, long, short], ["# 第一篇报道", short, long]]
    result = deduplicate_documents(documents)
    assert [(r.index, r.survivor) for r in result.removals] == [(3, 1), (6, 2)]


def test_a_part_of_a_paragraph_of_another_document_stays() -> None:
    first = "今天，全市召开卫生健康工作会议，总结去年工作，部署下一阶段重点任务。"
    second = PARAGRAPHS[0]
    assert deduplicate([first + second, first]).kept == [0]
    assert deduplicate_documents([[first + second], [first]]).kept == [0, 1]


def test_records_are_copies_however_short_and_whatever_their_kind() -> None:
    result = deduplicate_records(["好的", "- 好的。", "不好", "", "！", "！"])
    assert [(r.index, r.survivor) for r in result.removals] in ([(0, 1)], [(1, 0)])
    by_unit = deduplicate(["好的", "- 好的。", "不好", "", "！", "！"], Config(unit="document"))
    assert by_unit == result


def test_thresholds_come_from_the_configuration() -> None:
    text = "开到湖北、武汉客运班车。"
    assert len(deduplicate([text, text]).kept) == 1
    assert len(deduplicate([text, text], Config(min_copy=11)).kept) == 2
    near = [PARAGRAPHS[0], misread(PARAGRAPHS[0], Random(3), 0.04)]
    assert len(deduplicate(near).kept) == 1
    assert len(deduplicate(near, Config(threshold=0.99)).kept) == 2


def test_an_avalanche_of_copies_costs_one_comparison_each(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def count(view: CorpusView, *_: Any, **__: Any) -> tuple[PairVerdicts, Groups]:
        seen.append(len(view.at))
        return PairVerdicts.none(), Groups(view.at[:0], view.at[:0])

    monkeypatch.setattr(search, "find_pairs", count)
    result = deduplicate([PARAGRAPHS[0], PARAGRAPHS[1]] * 5000)
    assert seen == [2]
    assert result.kept == [0, 1]


def test_an_arrow_array_is_taken_as_its_strings() -> None:
    class Column:
        def to_pylist(self) -> list[Any]:
            return [PARAGRAPHS[0], PARAGRAPHS[0]]

    assert deduplicate(Column()).kept == [0]
    assert deduplicate_documents([Column(), Column()]).kept == [0]


def test_generators_are_read_once() -> None:
    assert deduplicate(text for text in [PARAGRAPHS[0]] * 3).kept == [0]


@pytest.mark.parametrize("bad", [None, "一段文字", b"bytes", 7, {"text": 1}])
def test_what_is_no_collection_of_texts_is_refused(bad: Any) -> None:
    with pytest.raises(TypeError, match="texts: expected"):
        deduplicate(bad)
    with pytest.raises(TypeError, match="expected"):
        deduplicate_documents([["好"], bad] if bad is not None else bad)


@pytest.mark.parametrize("bad", [None, b"bytes", 3, ["一"]])
def test_what_is_no_text_is_refused_by_its_index(bad: Any) -> None:
    with pytest.raises(TypeError, match=r"texts\[1\]"):
        deduplicate(["好", bad])
    with pytest.raises(TypeError, match=r"documents\[1\]\[0\]"):
        deduplicate_documents([["好"], [bad]])


def test_a_lone_surrogate_is_refused_by_its_place() -> None:
    with pytest.raises(InvalidTextError, match=r"texts\[1\].*offset 2"):
        deduplicate(["好", "文字\ud800"])


def test_nothing_is_the_copy_of_nothing() -> None:
    assert deduplicate([]).kept == []
    assert deduplicate_documents([]).kept == deduplicate_documents([[], []]).kept == []


def test_importing_loads_neither_numpy_nor_datasketch() -> None:
    code = (
        "import sys, textclean.dedup as d; d.deduplicate(['好的好的好的好的好的'] * 2);"
        "print([m for m in ('numpy', 'datasketch', 'numba', 'pyarrow') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_result_does_not_depend_on_the_hash_seed() -> None:
    code = (
        "from random import Random; from tests.dedup.passages import *;"
        "from textclean.dedup import deduplicate; r = Random(5);"
        "print(deduplicate([misread(p, r) for p in seed_paragraphs() for _ in 'ab']))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1")
    }
    assert len(outputs) == 1
