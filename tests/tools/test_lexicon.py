"""The lexicon knows what is quoted, and how usually."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")

from textclean.models.hashing import FNV_BASIS, MASK, STEP
from textclean.punctuation.labels import FOLDING
from tools.training.lexicon import count_quoted

PROSE = (
    "深化“最多跑一次”改革，落实“最多跑一次”要求，“最多跑一次”深入人心。共建“一带一路”。\n"
    "“健康中国”建设取得进展。健康中国，人人有责；建设健康中国，“健康中国”行动全面展开。\n"
    "“十三五”规划。“１２３４５”热线和“12345”热线。\n"
)


def _hash(term: str) -> int:
    h = FNV_BASIS
    for character in term.translate(FOLDING):
        h = (h ^ ord(character)) * STEP & MASK
    return h


def test_what_is_always_quoted_ranks_above_what_often_is_not() -> None:
    lexicon = count_quoted([PROSE])
    levels = dict(zip(lexicon.hashes, lexicon.levels, strict=True))
    assert levels[_hash("最多跑一次")] > levels[_hash("健康中国")] > 0
    # Folded, both numbers are one term.
    assert _hash("12345") in levels


@pytest.mark.parametrize("term", ["一带一路", "改革", "深入人心", "十三五"])
def test_what_was_quoted_once_or_never_is_no_term(term: str) -> None:
    assert _hash(term) not in set(count_quoted([PROSE]).hashes)


def test_hashes_ascend_and_texts_count_together() -> None:
    lexicon = count_quoted(PROSE.split("\n"))
    assert list(lexicon.hashes) == sorted(set(lexicon.hashes))
    assert bytes(lexicon.levels) == bytes(count_quoted([PROSE]).levels)
