"""P013: English sentences get half-width marks, Chinese ones with English in them do not."""

from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cases
from textclean import Config, check, clean

SUGGESTED = Config(tier="suggested")


@cases
def test_an_english_sentence_has_half_width_marks(text: str, repaired: str) -> None:
    assert clean(text, SUGGESTED).text == repaired
    assert clean(text).text == text


@cases
def test_chinese_with_names_and_terms_keeps_its_marks(text: str) -> None:
    assert not check(text, Config(select=("P013",)))


_PIECES = [
    "the ",
    "old man ",
    "is ",
    "，",
    "。",
    "！",
    "?",
    ", ",
    "（",
    "）",
    "中文",
    "“",
    "”",
    "\n",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=16).map("".join))
def test_other_rules_never_turn_the_marks_back(text: str) -> None:
    done = clean(text, SUGGESTED)
    assert clean(done.text, SUGGESTED).text == done.text
