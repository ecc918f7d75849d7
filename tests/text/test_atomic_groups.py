"""Possessive repeats of groups, which Python matches wrongly before 3.11.5, as atomic groups."""

from __future__ import annotations

import re

import pytest

from textclean.quantities.shapes import NUMERAL_RUN
from textclean.text.patterns import atomic


@pytest.mark.parametrize(
    ("possessive", "expected"),
    [
        (r"a(?:bc)*+d", r"a(?>(?:bc)*)d"),
        (r"(?:(?:a|b)++\)){1,3}+", r"(?>(?:(?>(?:a|b)+)\)){1,3})"),
        (r"(?P<one>x)?+[)(]*+\(", r"(?>(?P<one>x)?)[)(]*+\("),
        (r"(?:ab)+[]+*)]++", r"(?:ab)+[]+*)]++"),
    ],
)
def test_only_repeats_of_groups_are_written_otherwise(possessive: str, expected: str) -> None:
    assert atomic(possessive) == expected


@pytest.mark.parametrize(
    ("text", "run"),
    [("三天", "三"), ("三十五天", "三十五"), ("五十两银子", "五十"), ("二〇一九年", "二〇一九")],
)
def test_a_run_of_numerals_is_matched_as_before(text: str, run: str) -> None:
    match = re.match(atomic(NUMERAL_RUN), text)
    assert match is not None
    assert match.group() == run
