"""Every rule against its own examples and counter-examples, and all rules as a whole."""

from __future__ import annotations

import re

import pytest

from tests.rules.alone import alone, applied
from textclean import Edit, Tier, check
from textclean.engine.rule import READINGS_SEPARATOR, Rule
from textclean.rules import all_rules

RULES = all_rules()


def found(rule: Rule, text: str) -> list[Edit]:
    """All that a rule finds in an example."""
    if rule.of_readings:
        done = applied(rule, text)
        return [*done.edits, *done.suggestions]
    return check(text, alone(rule))


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
    done = applied(rule, before)
    if rule.tier is Tier.REPORT:
        places = [edit.before for edit in found(rule, before)]
        assert places
        assert places[0] == after
        assert done.text == done.original
    else:
        assert done.text == after
        assert {edit.rule for edit in done.edits} == {rule.code}
    assert done.revert() == done.original
    assert done.original in before.split(READINGS_SEPARATOR)


@pytest.mark.parametrize(("rule", "text"), COUNTER_EXAMPLES)
def test_counter_example_finds_nothing(rule: Rule, text: str) -> None:
    assert found(rule, text) == []


@pytest.mark.parametrize(("rule", "before", "after"), EXAMPLES)
def test_example_is_clean_after_one_cleaning(rule: Rule, before: str, after: str) -> None:
    once = applied(rule, before).text
    assert applied(rule, once).text == once


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rule_says_all_there_is_to_know(rule: Rule) -> None:
    assert re.fullmatch(r"[CTPSRLQXDN]\d{3}", rule.code)
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
