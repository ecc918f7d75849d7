"""Every rule against its own examples and counter-examples, and all rules as a whole."""

from __future__ import annotations

import re

import pytest

from textclean import Config, Tier, check, clean
from textclean.engine.rule import Rule
from textclean.rules import all_rules

RULES = all_rules()


def alone(rule: Rule) -> Config:
    """The configuration under which a rule's examples hold: this rule, and it is applied."""
    return Config(
        select=(rule.code,),
        tier=Tier.SUGGESTED,
        **dict(rule.options),  # type: ignore[arg-type]
    )


EXAMPLES = [
    pytest.param(rule, before, after, id=f"{rule.code}-{number}")
    for rule in RULES
    for number, (before, after) in enumerate(rule.examples)
]
COUNTER_EXAMPLES = [
    pytest.param(rule, text, id=f"{rule.code}-{number}")
    for rule in RULES
    for number, text in enumerate(rule.counter_examples)
]


@pytest.mark.parametrize(("rule", "before", "after"), EXAMPLES)
def test_example_comes_out_as_written(rule: Rule, before: str, after: str) -> None:
    if rule.tier is Tier.REPORT:
        found = [edit.before for edit in check(before, alone(rule))]
        assert found
        assert found[0] == after
        assert clean(before, alone(rule)).text == before
    else:
        done = clean(before, alone(rule))
        assert done.text == after
        assert {edit.rule for edit in done.edits} == {rule.code}
        assert done.revert() == before


@pytest.mark.parametrize(("rule", "text"), COUNTER_EXAMPLES)
def test_counter_example_finds_nothing(rule: Rule, text: str) -> None:
    assert check(text, alone(rule)) == []


@pytest.mark.parametrize(("rule", "before", "after"), EXAMPLES)
def test_example_is_clean_after_one_cleaning(rule: Rule, before: str, after: str) -> None:
    once = clean(before, alone(rule)).text
    assert clean(once, alone(rule)).text == once


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rule_says_all_there_is_to_know(rule: Rule) -> None:
    assert re.fullmatch(r"[CTPSRLQXD]\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert rule.reason.endswith(".")
    assert re.search(r"[\u4e00-\u9fff]", rule.reason_zh)
    assert rule.examples
    assert rule.counter_examples
    assert rule.find.__doc__


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_trigger_never_hides_a_finding(rule: Rule) -> None:
    for before, _ in rule.examples:
        assert rule.may_find(before)


def test_names_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
