"""Groups of copies are compared with what leads them, not each with each."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from tests.dedup.passages import misread, seed_paragraphs
from textclean.dedup import comparing, deduplicate, leaders


def grouped(random: Random, size: int) -> list[str]:
    """Groups of misread copies, shuffled."""
    bodies = [each for each in seed_paragraphs() if 80 <= len(each) <= 400][:6]
    texts = bodies + [misread(body, random) for body in bodies for _ in range(size - 1)]
    random.shuffle(texts)
    return texts


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    counts: list[int] = []
    compare = comparing.compare

    def count(view: Any, codes: Any, *others: Any) -> Any:
        counts.append(len(codes))
        return compare(view, codes, *others)

    monkeypatch.setattr(comparing, "compare", count)
    return counts


def test_of_a_group_hardly_more_than_one_pair_a_text_is_compared(
    counted: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = grouped(Random(1), 40)
    led = deduplicate(texts, threads=1)
    by_leaders = sum(counted)
    counted.clear()
    monkeypatch.setattr(leaders, "FEWEST", len(texts))
    each_with_each = deduplicate(texts, threads=1)
    assert 3 * by_leaders < sum(counted)
    assert len(led.kept) <= len(each_with_each.kept) + 2


@pytest.mark.parametrize("seed", [5, 8])
def test_no_pair_is_compared_twice(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # Some have many candidates, others few; a text says twice that another one is a formula else.
    random = Random(seed)
    bodies = [each for each in seed_paragraphs() if 80 <= len(each) <= 400][:6]
    shares = [0.01, 0.03, 0.06, 0.1]
    texts = [misread(body, random, random.choice(shares)) for body in bodies for _ in range(14)]
    random.shuffle(texts)
    asked: list[int] = []
    compare = comparing.compare

    def note(view: Any, codes: Any, *others: Any) -> Any:
        asked.extend(codes.tolist())
        return compare(view, codes, *others)

    monkeypatch.setattr(comparing, "compare", note)
    deduplicate(texts, threads=1)
    assert len(asked) == len(set(asked)) > 100


@pytest.mark.parametrize("keep", ["best", "first", "longest"])
def test_what_is_kept_does_not_hang_on_the_order_of_the_texts(keep: Any) -> None:
    texts = grouped(Random(2), 30)
    turned = texts[::-1]
    kept = sorted(texts[i] for i in deduplicate(texts, keep=keep).kept)
    assert len(kept) < len(texts) / 4
    if keep == "first":  # which is said by the order
        return
    assert kept == sorted(turned[i] for i in deduplicate(turned, keep=keep).kept)


def test_what_goes_for_a_reference_is_settled_and_the_reference_is_not() -> None:
    texts = grouped(Random(3), 30)
    found = deduplicate(texts[:90], reference=texts[90:])
    assert all(index < 90 for index in found.kept)
    assert all(removal.index < 90 for removal in found.removals)
