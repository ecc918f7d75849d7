from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.dedup.passages import seed_paragraphs
from tests.dedup.reference.containers import containers
from textclean.dedup.fold import fold
from textclean.dedup.spans import MIN_SHARED, find_shared_spans


@given(
    st.lists(st.text("医疗", min_size=8, max_size=30), max_size=8, unique=True),
    st.lists(st.text("医疗", min_size=8, max_size=40), max_size=8, unique=True),
)
def test_every_proper_part_of_ten_characters_is_found(parts: list[str], wholes: list[str]) -> None:
    expected = {
        (part, whole, offset)
        for part in parts
        for whole in wholes
        for offset in range(len(whole) - len(part) + 1)
        if len(part) >= 10 and part != whole and whole.startswith(part, offset)
    }
    assert set(containers(parts, wholes)) == expected


def test_a_shared_span_is_given_in_both_texts() -> None:
    paragraphs = [p for p in seed_paragraphs(120) if "\n" not in p]
    shared, head, tail = paragraphs[0], paragraphs[1], paragraphs[2]
    texts = [head + shared, "短句。", shared + tail]
    [span] = find_shared_spans(texts, range(3))
    assert (span.first, span.second) == (0, 2)
    first = texts[0][span.first_start : span.first_end]
    second = texts[2][span.second_start : span.second_end]
    assert fold(first) == fold(second)
    assert fold(shared) in fold(first)


def test_short_and_foreign_spans_are_not_reported() -> None:
    texts = list(seed_paragraphs(100))[:2]
    assert find_shared_spans(texts, range(2)) == []
    piece = texts[0][: MIN_SHARED - 15]
    assert find_shared_spans([texts[0], piece + texts[1]], range(2)) == []


def test_a_formula_common_to_many_texts_is_not_listed_for_all_their_pairs() -> None:
    formula = seed_paragraphs(100)[-1][:60]
    texts = [paragraph + formula for paragraph in seed_paragraphs(60)[:40]]
    assert len(find_shared_spans(texts, range(len(texts)))) < len(texts)
