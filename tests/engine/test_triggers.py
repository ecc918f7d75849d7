"""Triggers: what each form knows of its matches, and that none misses one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean.engine.rule import Rule, rule
from textclean.engine.triggers import Trigger, literal, one_of, starting_with
from textclean.rules import all_rules
from textclean.text.edit import Tier


@pytest.mark.parametrize("string", ["，，", "...", "?", "textclean:", "0"])
def test_a_string_needs_no_pattern(string: str) -> None:
    trigger = literal(string)
    assert trigger.literal == string
    assert trigger.first == string[0]
    assert trigger.by_character is (len(string) == 1)


def test_a_class_is_looked_for_by_character() -> None:
    assert one_of("０-９、").by_character
    assert [char for char in "0５，、" if one_of("０-９、").found_in(char)] == ["５", "、"]


def test_what_starts_with_a_character_may_look_back_over_it() -> None:
    trigger = starting_with("*", "(?<=甲.)乙|丙")
    assert trigger.first == "*"
    assert trigger.found_in("甲*乙")
    assert not trigger.found_in("乙*乙")


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
        expected = re.search(trigger.expression, text)
        assert trigger.found_in(text) is (expected is not None), trigger.expression
        assert expected is None or expected.group().startswith(trigger.first), trigger.expression


def test_a_code_is_given_once() -> None:
    register = rule(
        "P001", Tier.SAFE,
        reason="", reason_zh="", examples=(), counter_examples=(),
    )  # fmt: skip
    with pytest.raises(ValueError, match="P001 is taken by fullwidth-comma"):
        register(lambda view: ())


_CLASSES = [(rule, each) for rule in all_rules() if rule.by_character for each in rule.triggers]


@given(st.characters(exclude_categories=("Cs",)), st.sampled_from(_CLASSES))
def test_a_class_tells_without_its_pattern_whether_it_is_for_a_character(
    char: str, each: tuple[Rule, Trigger]
) -> None:
    _, trigger = each
    assert trigger.is_for(char) == trigger.found_in(char)
    for edge in trigger.expression[1:4]:
        assert trigger.is_for(edge) == trigger.found_in(edge)
