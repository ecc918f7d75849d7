"""Numbers as lanes of one integer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from textclean.models.mlp import lanes, packed

_NUMBERS = st.lists(st.integers(-(1 << 31), (1 << 31) - 1), min_size=1, max_size=9)


@given(_NUMBERS)
def test_lanes_come_back(numbers: list[int]) -> None:
    assert lanes(packed(numbers), len(numbers)) == numbers


@given(st.lists(st.integers(-100, 100), min_size=1, max_size=9), st.integers(-50, 50))
def test_a_multiple_of_all_is_that_of_each(numbers: list[int], factor: int) -> None:
    assert lanes(factor * packed(numbers), len(numbers)) == [factor * each for each in numbers]
