"""The compiled loops beside what they stand for: the fold, datasketch, and plain Python."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import datasketch
import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dedup.passages import misread, seed_paragraphs
from tests.tables import cases
from textclean.dedup import buffers, candidates, comparing, deduplicate, folded_texts
from textclean.dedup.buffers import StringReader
from textclean.dedup.fold import SHINGLE_SIZE, fold, shingles
from textclean.dedup.kernels import folding, pairing, sketching
from textclean.dedup.kernels.stages import compiled
from textclean.dedup.policy import is_prose
from textclean.dedup.signatures import signatures

any_text = st.text(st.characters(codec="utf-8")) | st.text(
    "1*＊9a，㈱㎡ 一|#x\u3000(—。-.`>\n", max_size=30
)


def folded(texts: list[str]) -> folding.Folds:
    return folding.fold_texts(*StringReader(texts).codes(range(len(texts))))[0]


def strings(folds: Any, starts: Any) -> list[str]:
    bounds = zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)
    return ["".join(map(chr, folds[start:end].tolist())) for start, end in bounds]


def test_every_code_point_folds_as_the_fold_says() -> None:
    characters = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    folds = folded(characters)
    assert [folds.text(number) for number in range(len(characters))] == [
        fold(character) for character in characters
    ]


@given(st.lists(any_text, max_size=6))
def test_texts_fold_as_the_fold_says(texts: list[str]) -> None:
    folds = folded(texts)
    assert [folds.text(number) for number in range(len(texts))] == [fold(text) for text in texts]


def test_what_another_thread_has_learned_since_is_unknown_not_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "㌀㎡㍿"
    learned = folding.FoldTable()
    learned.learn(StringReader([text]).codes(range(1))[0])

    class Lagging(folding.FoldTable):
        """Has the codes already, and the expansions when it looks again."""

        def learn(self, codes: object) -> None:
            self.expansions = learned.expansions

    table = Lagging()
    table.codes = learned.codes
    monkeypatch.setattr(folding, "_table", table)
    assert folded([text]).text(0) == fold(text)


def sure_of(texts: list[str]) -> list[str]:
    """The texts that are prose at first sight."""
    _, plain = folding.fold_texts(*StringReader(texts).codes(range(len(texts))))
    return [text for text, sure in zip(texts, plain.tolist(), strict=True) if sure]


@given(st.lists(any_text, min_size=1, max_size=6))
def test_prose_at_first_sight_is_prose(texts: list[str]) -> None:
    assert all(map(is_prose, sure_of(texts)))


@pytest.mark.parametrize(
    "opening", ["{}全市", "{} 全市", "12{}全市", "12{} 全市", "\u3000 {} 全市"]
)
def test_whatever_a_text_opens_with_it_is_prose_if_it_is_at_first_sight(opening: str) -> None:
    codes = [code for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    assert all(map(is_prose, sure_of([opening.format(chr(code)) for code in codes])))


@cases
def test_most_prose_is_seen_at_first_sight(text: str) -> None:
    assert sure_of([text]) == [text]


def test_sketches_of_a_hundred_thousand_random_sets_are_those_of_datasketch() -> None:
    random = np.random.default_rng(7)
    for seed, permutations in ((1, 128), (5, 16)):
        reference = datasketch.MinHash(permutations, seed=seed, scheme="affine32", hashfunc=int)
        starts = np.concatenate([[0], np.cumsum(random.integers(0, 12, 50_000))])
        hashes = random.integers(0, 1 << 32, starts[-1], np.uint32)
        own = np.empty((50_000, permutations), np.uint32)
        multipliers, addends = sketching.permutations(permutations, seed)
        sketching.minhash(hashes.copy(), starts, multipliers, addends, own)
        for row, start, end in zip(own, starts[:-1], starts[1:], strict=True):
            reference.clear()
            reference.update_batch(hashes[start:end])
            assert np.array_equal(row, reference.hashvalues)


def test_signatures_are_lean_minhashes_that_datasketch_can_use() -> None:
    text = seed_paragraphs()[0]
    for count, seed in ((128, 1), (50, 3)):
        one, other, empty = signatures([text, text[:-10], "。"], permutations=count, seed=seed)
        assert isinstance(one, datasketch.LeanMinHash)
        assert 0.7 < one.jaccard(other) < 1
        reference = datasketch.MinHash(count, seed=seed, scheme="affine32", hashfunc=int)
        folds = folded([text])
        hashes, ends = np.empty(len(folds.codes), np.uint32), np.empty(2, np.int64)
        sketching.shingle_hashes(*folds[:3], SHINGLE_SIZE, hashes, ends)
        assert ends.tolist() == [0, len(fold(text)) - SHINGLE_SIZE + 1]
        reference.update_batch(hashes[: ends[1]].tolist())
        assert one == datasketch.LeanMinHash(reference)
        assert empty == datasketch.LeanMinHash(
            datasketch.MinHash(count, seed=seed, scheme="affine32")
        )


@settings(deadline=None)
@given(st.lists(st.text("医疗卫生服务", max_size=30), min_size=2, max_size=5))
def test_common_shingles_are_counted_as_sets(texts: list[str]) -> None:
    found = pairing.Shingles.of(folded(texts))
    sets = [shingles(fold(text)) for text in texts]
    assert found.sizes.tolist() == [len(one) for one in sets]
    pairs = [(i, j) for i in range(len(texts)) for j in range(len(texts))]
    one, other = (np.array(side) for side in zip(*pairs, strict=True))
    expected = [len(sets[i] & sets[j]) for i, j in pairs]
    for needed in (0, 1, 3):
        least = np.full(len(pairs), needed)
        common = found.common((one, other), least)
        assert common.tolist() == [count if count >= needed else 0 for count in expected]


@given(st.text("医疗卫生服务", min_size=23, max_size=60), st.text("一二三", max_size=30))
def test_texts_that_share_a_long_piece_share_an_anchor(shared: str, other: str) -> None:
    assert len(shared) >= sketching.ANCHOR + sketching.WINDOW - 1
    folds = folded([shared + other, other + shared])
    anchors, _ = sketching.anchors(folds, np.arange(2))
    found: dict[int, set[int]] = {0: set(), 1: set()}
    for anchor in anchors.tolist():
        found[anchor & 0xFFFFFFFF].add(anchor >> 32)
    assert found[0] & found[1]


@given(st.lists(any_text, min_size=1, max_size=5))
def test_utf_8_is_read_as_it_was_written(texts: list[str]) -> None:
    raw = [text.encode() for text in texts]
    offsets = np.concatenate([[0], np.cumsum([len(part) for part in raw])]).astype(np.int64)
    codes, starts = folding.decode_utf8(np.frombuffer(b"".join(raw), np.uint8), offsets)
    assert strings(codes, starts) == texts


def test_loops_are_compiled_without_a_cache_where_none_can_be_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import_module("numba.typed.typeddict")  # has loops of its own, which numba imports late
    njit = numba.njit

    def refuse(cache: bool = False, **options: Any) -> Any:
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return njit(**options)

    monkeypatch.setattr(numba, "njit", refuse)
    assert compiled(_twice)(21) == 42


def _twice(number: int) -> int:
    return 2 * number


def test_threads_and_chunks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(4)
    texts = [misread(p, random) for p in seed_paragraphs() for _ in range(2)]
    texts += [text[: random.randint(12, len(text))] for text in texts[::7]]
    expected = deduplicate(texts, threads=1)
    assert deduplicate(texts, threads=4) == expected
    monkeypatch.setattr(buffers, "CHUNK_TEXTS", 7)
    monkeypatch.setattr(comparing, "_PAIRS", 5)
    assert deduplicate(texts, threads=3) == expected
    monkeypatch.setattr(folded_texts, "MOST_KEPT", 100)
    assert deduplicate(texts, threads=3) == expected


def test_folds_longer_than_their_texts_are_found_all_the_same() -> None:
    texts = [text.replace("五", "㍿㈱㍻") for text in seed_paragraphs()] + ["㍿" * 40] * 2
    assert len(fold(texts[-1])) > len(texts[-1])
    assert deduplicate([*texts, *texts]).kept == deduplicate(texts).kept


def test_an_arrow_array_is_read_where_it_lies() -> None:
    pa = pytest.importorskip("pyarrow")
    random = Random(8)
    texts = [misread(p, random) for p in seed_paragraphs() for _ in range(2)]
    expected = deduplicate(texts)
    assert expected.removals
    columns = [
        pa.array(texts),
        pa.array(texts, pa.large_string()),
        pa.array(["前", *texts, "后"])[1:-1],
        pa.chunked_array([texts[:9], texts[9:]]),
    ]
    for column in columns:
        found = deduplicate(column)
        assert found.kept == expected.kept
        assert (found.removals, found.twins) == (expected.removals, expected.twins)
        removed = expected.removals[0].index
        assert found.explain(removed) == expected.explain(removed)
        assert found.shared_spans == expected.shared_spans
    with pytest.raises(TypeError, match=r"texts\[1\]: expected a string, got None"):
        deduplicate(pa.array(["好", None]))


def test_compiled_code_finds_a_cache_where_the_package_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from numba.core import caching

    def refuse(self: object) -> None:
        raise OSError("read-only")

    monkeypatch.setattr(caching.InTreeCacheLocator, "ensure_cache_path", refuse)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    module = tmp_path / "loop.py"
    module.write_text("def twice(number):\n    return 2 * number\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    loop = compiled(__import__("loop").twice)
    assert loop(21) == 42
    if sys.platform == "linux":
        assert list(tmp_path.rglob("*.nbi"))


def test_a_crowded_band_is_bounded_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    body = max(seed_paragraphs(), key=len)
    texts = [f"{body}第{chr(0x4E00 + 3 * n)}{chr(0x5E00 + 7 * n)}号。" for n in range(60)]
    monkeypatch.setattr(candidates, "MAX_BAND", 20)
    monkeypatch.setattr(candidates, "NEIGHBOURS", 2)
    with pytest.warns(UserWarning, match="60 different texts look alike") as caught:
        found = deduplicate(texts)
    assert body[:20] in str(caught[0].message)
    with pytest.warns(UserWarning, match="look alike"):
        turned = deduplicate(texts[::-1])
    assert {found.texts[i] for i in found.kept} == {turned.texts[i] for i in turned.kept}


def test_half_the_corpus_in_one_formula_costs_bounded_work() -> None:
    head = seed_paragraphs()[0][:40]
    random = Random(2)
    characters = "".join(seed_paragraphs())
    texts = [head + "".join(random.choices(characters, k=80)) for _ in range(3000)]
    assert len(deduplicate(texts).kept) == 3000


def test_very_long_and_very_many_texts_are_taken() -> None:
    body = "".join(seed_paragraphs())
    long = body * (1_000_000 // len(body))
    result = deduplicate(
        [long, *["独此一段，与其他各段毫无相同之处。"] * 100_000, long + "又一句。"]
    )
    assert len(result.kept) == 2
    assert len(result.removals) == 100_000
