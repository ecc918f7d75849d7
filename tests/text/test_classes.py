"""What is found character by character, beside what expressions find."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from textclean.text.classes import line_end, occurrences


@given(st.text("甲，\r\n ", max_size=40), st.integers(0, 40), st.sampled_from(["", "甲" * 5_000]))
def test_a_line_ends_before_its_break(text: str, at: int, long: str) -> None:
    text = f"{text[:at]}{long}{text[at:]}"
    at = min(at, len(text))
    end = re.compile(r"[\r\n]|\Z").search(text, at)
    assert end is not None
    assert line_end(text, at) == end.start()


@given(st.text("甲乙", max_size=30), st.sampled_from(["甲", "甲甲", "甲乙"]))
def test_occurrences_may_overlap(text: str, sought: str) -> None:
    assert occurrences(text, sought) == [
        match.start() for match in re.finditer(f"(?={sought})", text)
    ]
