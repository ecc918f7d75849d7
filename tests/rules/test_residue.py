"""Family C, residue: entities, escapes, glyphs without a character."""

from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cases
from textclean import Config, clean

SUGGESTED = Config(tier="suggested")


@cases
def test_an_entity_in_prose_is_its_character(text: str, replaced: str) -> None:
    done = clean(text, SUGGESTED)
    assert done.text == replaced
    assert done.revert() == text
    assert clean(replaced, SUGGESTED).text == replaced
    assert "&" in clean(text).text  # at safe all entities stay


@cases
def test_an_entity_stays_where_it_is_shown_or_rendered(text: str) -> None:
    assert clean(text, Config(tier="suggested", select=("C013",))).text == text


@cases
def test_an_escape_in_prose_is_its_character(text: str, replaced: str) -> None:
    done = clean(text, SUGGESTED)
    assert done.text == replaced
    assert done.revert() == text
    assert clean(text, Config(select=("C015",))).text == text


@cases
def test_an_escape_stays_where_it_is_shown(text: str) -> None:
    assert clean(text, Config(tier="suggested", select=("C015",))).text == text


_ENTITIES = [
    "&ldquo;",
    "&amp;",
    "lt;",
    "&nbsp;",
    "&#9;",
    "甲",
    ",",
    "`",
    "<b>",
    "&",
    ";",
    "\n",
    "x",
]


@given(st.lists(st.sampled_from(_ENTITIES), max_size=12).map("".join))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    done = clean(text, SUGGESTED)
    assert done.revert() == text
    assert clean(done.text, SUGGESTED).text == done.text
