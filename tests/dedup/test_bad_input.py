"""Input that has broken other engines, in small: what it costs must not grow with its square."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from tests.dedup.passages import seed_paragraphs
from textclean.dedup import candidates, comparing, deduplicate

CHARACTERS = [chr(code) for code in range(0x4E00, 0x5E00)]
BODY = "医疗卫生服务能力全面提升，基层首诊制度逐步落实到位，群众满意度不断提高，各项工作有序推进。"


def drawn(random: Random, size: int) -> str:
    return "".join(random.choices(CHARACTERS, k=size))


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pairs each comparison looks at."""
    counts: list[int] = []
    compare = comparing.compare

    def count(view: Any, codes: Any, *rest: Any, **options: Any) -> Any:
        counts.append(len(codes))
        return compare(view, codes, *rest, **options)

    monkeypatch.setattr(comparing, "compare", count)
    return counts


def test_a_very_long_paragraph_goes_for_its_copy_and_no_other() -> None:
    random = Random(1)
    long = drawn(random, 300_000)
    texts = [long, BODY, long[:-500] + drawn(random, 500), *(drawn(random, 60) for _ in range(30))]
    # Five hundred characters of either are not in the other.
    assert deduplicate(texts).removals == []
    texts.append(long[:-500])
    assert [removal.index for removal in deduplicate(texts).removals] == [len(texts) - 1]


def test_many_equal_paragraphs_are_compared_once(looked_at: list[int]) -> None:
    random = Random(2)
    texts = [BODY] * 20_000 + [drawn(random, 60) for _ in range(30)]
    result = deduplicate(texts)
    assert result.kept == [0, *range(20_000, 20_030)]
    assert looked_at == [0]


def test_a_band_that_half_of_all_share_costs_few_pairs_a_text_and_a_warning(
    looked_at: list[int],
) -> None:
    random = Random(3)
    crowd = [BODY + drawn(random, 8) for _ in range(1200)]
    others = [drawn(random, 60) for _ in range(1200)]
    with pytest.warns(UserWarning, match=r"different texts look alike \(among them '医疗卫生服务"):
        result = deduplicate(crowd + others)
    assert result.removals == []
    # All pairs of the crowd would be 719,400.
    bands = candidates.PERMUTATIONS // candidates.band_rows(0.7)
    assert looked_at[0] <= len(crowd) * 12 * bands


def test_a_chain_of_documents_that_begin_with_one_another_is_settled_without_pairs(
    looked_at: list[int],
) -> None:
    """Of 400 documents there are 79,800 pairs."""
    long = "\n".join(seed_paragraphs())
    chain = [long[:size] for size in range(300, 8300, 20)]
    result = deduplicate(chain, unit="document")
    assert result.kept == [len(chain) - 1]
    assert looked_at == [0]
