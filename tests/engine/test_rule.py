"""Triggers: what is known of a pattern without compiling it, and that none misses a match."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean.engine.rule import Trigger, all_rules, any_found


@pytest.mark.parametrize(
    ("expression", "literal"),
    [("，，", "，，"), (r"\.\.\.", "..."), (r"\?", "?"), ("textclean:", "textclean:"), ("0", "0")],
)
def test_a_trigger_that_is_one_string_needs_no_pattern(expression: str, literal: str) -> None:
    assert Trigger(expression).literal == literal


@pytest.mark.parametrize(
    "expression", ["。+", "[，、]", "其中|包括", r"\d年", "0。[0-9]", "^#", "(甲)"]
)
def test_what_means_more_than_its_characters_is_a_pattern(expression: str) -> None:
    assert not Trigger(expression).literal


_TRIGGERS = sorted(
    {trigger for rule in all_rules() for trigger in rule.triggers}, key=lambda each: each.expression
)


@given(
    st.text(
        st.one_of(
            st.sampled_from(' \t\u3000\n"“”‘’，。、；：·.-—－─0九月年%Oh~～_X×某'), st.characters()
        ),
        max_size=40,
    )
)
def test_a_trigger_finds_what_its_expression_finds(text: str) -> None:
    for trigger in _TRIGGERS:
        found = re.search(trigger.expression, text) is not None
        assert trigger.found_in(text) is found, trigger.expression
        assert any_found([trigger], text) is found


def test_a_rule_without_triggers_is_always_asked() -> None:
    assert any_found((), "")
