from hypothesis import given
from hypothesis import strategies as st

from textclean.quantities import find
from textclean.quantities.windows import sentences


def test_sentences_are_cut_at_their_ends_and_given_once() -> None:
    text = "共15 个。其中3 个是新的，7 个是旧的！0。5 米\n完"
    places = [at for at, char in enumerate(text) if char == " "]
    assert [text[low:high] for low, high in sentences(text, places)] == [
        "共15 个。",
        "其中3 个是新的，7 个是旧的！",
        "0。5 米\n",
    ]


def test_a_text_without_ends_is_cut_between_clauses() -> None:
    text = "增长3个，" * 1_000
    bounds = list(sentences(text, [20, 2_500, 4_999]))
    assert len(bounds) == 3
    for low, high in bounds:
        assert high - low < 1_500
        assert low == 0 or text[low - 1] == "，"


@given(st.lists(st.sampled_from(["共15 个", "。", "，", "\n", "3-5 天", "0。5米", "！", "近8 名"])))
def test_what_is_found_in_a_sentence_is_what_is_found_in_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    places = [at for at, char in enumerate(text) if char == " "]
    whole = {(quantity.start, quantity.end, quantity.value_text) for quantity in find(text)}
    for low, high in sentences(text, places):
        for quantity in find(text[low:high]):
            part = (low + quantity.start, low + quantity.end, quantity.value_text)
            assert part in whole
