"""An index for a reference decides as all its texts in memory would."""

from __future__ import annotations

import warnings
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dedup.passages import misread, seed_paragraphs
from tests.dedup.test_reference import planted
from tests.engines.index.conftest import MakeIndex
from textclean.dedup import Removal, deduplicate
from textclean.engines.index import postings


def documents(seed: int) -> list[str]:
    """Documents of several paragraphs, some of which begin others, or have most of them."""
    random = Random(seed)
    paragraphs = seed_paragraphs()
    texts = []
    for _ in range(70):
        chosen = random.sample(paragraphs, random.randint(1, 5))
        whole = "\n".join(["首页 > 新闻 > 正文", *chosen])
        texts.append(whole)
        kind = random.randrange(5)
        if kind == 0:
            texts.append(misread(whole, random))
        elif kind == 1:
            texts += ["\n".join(chosen[:size]) for size in range(1, len(chosen))]
        elif kind == 2:
            texts.append("\n".join(random.sample(chosen, len(chosen))))
        elif kind == 3:
            texts.append(whole[: len(whole) * 9 // 10])
    random.shuffle(texts)
    return texts


def compare(make: MakeIndex, texts: list[str], own: int, parts: int, unit: str) -> int:
    """Compare the removals with an index and those in memory; how many there are."""
    searched, others = texts[:own], texts[own:]
    index = make(unit=unit)
    for start in range(0, len(others), max(1, len(others) // parts)):
        index.add(others[start : start + max(1, len(others) // parts)])
    expected = deduplicate(searched, unit=unit, reference=others)  # type: ignore[arg-type]
    found = deduplicate(searched, unit=unit, reference=index)  # type: ignore[arg-type]
    assert found.removals == expected.removals
    assert found.kept == expected.kept
    for removal in found.removals[:10]:
        assert found.explain(removal.index) == expected.explain(removal.index)
    for number in range(0, own, max(1, own // 8)):
        alone = deduplicate([searched[number]], unit=unit, reference=others)  # type: ignore[arg-type]
        seen = index.query(searched[number])
        have = [] if seen is None else [Removal(0, seen.entry.number + 1, seen.kind, seen.score)]
        assert have == alone.removals
        assert ([] if seen is None else [seen.lost]) == [each.lost for each in alone.removals]
    return len(found.removals)


@pytest.mark.parametrize("own", [60, 250])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_paragraphs_go_as_in_memory(make: MakeIndex, seed: int, own: int) -> None:
    assert compare(make, planted(seed), own, parts=3, unit="paragraph") > 20


@pytest.mark.parametrize("seed", [1, 2])
def test_documents_go_as_in_memory(make: MakeIndex, seed: int) -> None:
    assert compare(make, documents(seed), 50, parts=3, unit="document") > 10


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_what_goes_does_not_depend_on_how_an_index_came_about(
    make: MakeIndex, data: st.DataObject
) -> None:
    texts = planted(data.draw(st.integers(4, 100)))
    own = data.draw(st.integers(1, 80))
    parts = data.draw(st.integers(1, 12))
    size = data.draw(st.integers(40, len(texts)))
    compare(make, texts[:size], min(own, size - 1), parts, "paragraph")


def test_what_is_removed_plays_no_part(make: MakeIndex) -> None:
    texts = planted(5)
    searched, others = texts[:150], texts[150:]
    gone = set(Random(5).sample(range(len(others)), 120))
    index = make(others)
    index.remove(sorted(gone))
    left = [number for number in range(len(others)) if number not in gone]
    expected = deduplicate(searched, reference=[others[number] for number in left])
    own = len(searched)
    numbers = [*range(own), *(own + number for number in left)]
    found = deduplicate(searched, reference=index)
    assert [each[:1] + each[2:] for each in found.removals] == [
        each[:1] + each[2:] for each in expected.removals
    ]
    assert [each.survivor for each in found.removals] == [
        numbers[each.survivor] for each in expected.removals
    ]


def test_arrays_that_are_merged_find_the_same(
    make: MakeIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postings, "LARGEST", 3000)
    assert compare(make, planted(6), 150, parts=40, unit="paragraph") > 20


def test_copies_of_one_text_are_found_among_many(make: MakeIndex) -> None:
    random = Random(3)
    text = seed_paragraphs(100)[0]
    others = [misread(text, random) for _ in range(300)]
    index = make([*seed_paragraphs(), *others])
    searched = [misread(text, random) for _ in range(20)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = deduplicate(searched, reference=index)
        expected = deduplicate(searched, reference=[*seed_paragraphs(), *others])
    gone = {removal.index for removal in found.removals}
    assert gone == {removal.index for removal in expected.removals}
    assert len(gone) > 10


def test_a_text_shared_by_very_many_entries_is_looked_up_in_bounded_work(make: MakeIndex) -> None:
    formula = "本报讯（记者）为深入贯彻落实会议精神，进一步推动各项工作取得新的成效，"
    index = make([f"{formula}第{number}个单位组织了学习活动。" for number in range(2000)])
    selected = index.select([f"{formula}某单位召开了动员大会。"], index.config)
    assert 0 < len(selected.texts) < 500
