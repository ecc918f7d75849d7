from __future__ import annotations

import warnings
from random import Random

import datasketch
import pytest

from tests.dedup.passages import misread, seed_paragraphs
from tests.dedup.reference import lsh
from textclean.dedup.fold import fold, jaccard, shingles


def noisy_folds() -> list[str]:
    random = Random(1)
    paragraphs = seed_paragraphs()
    return list(dict.fromkeys(fold(misread(p, random, 0.03)) for p in paragraphs for _ in range(2)))


@pytest.mark.parametrize("threshold", [0.5, 0.7, 0.9])
def test_pairs_at_the_threshold_are_candidates(threshold: float) -> None:
    folds = noisy_folds()
    sets = [shingles(text) for text in folds]
    true = {
        (i, j)
        for i in range(len(folds))
        for j in range(i + 1, len(folds))
        if jaccard(sets[i], sets[j]) >= threshold
    }
    assert len(true) > 3
    found = set(lsh.candidate_pairs(folds, threshold))
    assert len(true & found) >= 0.99 * len(true)


def test_candidates_are_few() -> None:
    folds = noisy_folds()
    assert len(lsh.candidate_pairs(folds, 0.7)) < 3 * len(folds)


def test_pairs_are_sorted_and_independent_of_the_order_of_the_folds() -> None:
    folds = noisy_folds()
    pairs = lsh.candidate_pairs(folds, 0.7)
    assert pairs == sorted(set(pairs))
    assert all(i < j for i, j in pairs)
    turned = folds[::-1]
    assert {frozenset((folds[i], folds[j])) for i, j in pairs} == {
        frozenset((turned[i], turned[j])) for i, j in lsh.candidate_pairs(turned, 0.7)
    }


@pytest.mark.parametrize("threshold", [0.05, 0.3, 0.5, 0.7, 0.85, 1.0])
def test_the_bands_miss_less_than_one_pair_in_a_thousand(threshold: float) -> None:
    rows, bands = lsh.band_shape(threshold)
    assert rows * bands <= lsh.SIGNATURE_SIZE
    assert 1 - (1 - threshold**rows) ** bands >= lsh.RECALL or rows == 1


def test_signatures_are_those_of_datasketch_and_estimate_the_similarity() -> None:
    first, second = fold(seed_paragraphs()[0]), fold(seed_paragraphs()[0][8:])
    rows = lsh.signatures([first, second])
    sketch = datasketch.MinHash(lsh.SIGNATURE_SIZE, scheme="affine32", hashfunc=int)
    sketch.update_batch(lsh.shingle_hashes(first).tolist())
    assert rows[0].tolist() == sketch.hashvalues.tolist()
    estimate = float((rows[0] == rows[1]).mean())
    assert abs(estimate - jaccard(shingles(first), shingles(second))) < 0.15


def test_every_shingle_has_a_hash_of_its_own_place() -> None:
    text = fold(seed_paragraphs()[0])
    assert len(lsh.shingle_hashes(text)) == len(text) - 2
    assert len(lsh.shingle_hashes("医")) == 1
    assert len(set(lsh.shingle_hashes(text).tolist())) == len(shingles(text))


def test_a_crowded_band_is_bounded_and_says_so() -> None:
    body = fold(max(seed_paragraphs(), key=len))
    folds = [f"{body}{chr(0x4E00 + n)}" for n in range(2 * lsh.MAX_BAND)]
    with pytest.warns(UserWarning, match="look alike"):
        pairs = lsh.candidate_pairs(folds, 0.7)
    assert 0 < len(pairs) < len(folds) ** 2 / 4


def test_an_ordinary_corpus_draws_no_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        lsh.candidate_pairs(noisy_folds(), 0.7)
    assert lsh.candidate_pairs(["独此一段"], 0.7) == []
