"""Patterns that are compiled on first use do what compiled ones do."""

from __future__ import annotations

import re

import pytest

from textclean.text.patterns import pattern

_TEXT = "甲，乙, 丙\n丁"


@pytest.mark.parametrize("method", ["search", "match", "fullmatch", "findall", "split"])
@pytest.mark.parametrize("expression", ["甲", "[，,]", "^丁", ".+", "无"])
@pytest.mark.parametrize("flags", [0, re.MULTILINE | re.DOTALL])
def test_methods_answer_as_those_of_a_compiled_pattern(
    method: str, expression: str, flags: int
) -> None:
    lazy, compiled = pattern(expression, flags), re.compile(expression, flags)
    for _ in range(2):
        found, expected = getattr(lazy, method)(_TEXT), getattr(compiled, method)(_TEXT)
        if isinstance(expected, re.Match):
            assert (found.span(), found.group()) == (expected.span(), expected.group())
        else:
            assert found == expected


def test_iteration_substitution_and_bounds() -> None:
    marks = pattern("[，,]")
    assert [match.start() for match in marks.finditer(_TEXT)] == [1, 3]
    assert marks.sub("、", _TEXT) == "甲、乙、 丙\n丁"
    assert marks.search(_TEXT, 2).start() == 3  # type: ignore[union-attr]
    assert marks.search(_TEXT, 2, 3) is None


def test_nothing_is_compiled_before_the_first_use() -> None:
    broken = pattern("(")
    assert broken.pattern == "("
    with pytest.raises(re.error):
        broken.search("")


def test_what_a_pattern_does_not_offer_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError):
        pattern("甲").groupindex  # noqa: B018
    assert not hasattr(pattern("甲"), "__len__")
