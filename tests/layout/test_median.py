"""The median, beside the standard library's."""

from __future__ import annotations

import statistics

from hypothesis import given
from hypothesis import strategies as st

from textclean.layout.median import median

_VALUES = st.one_of(st.integers(-99, 99), st.floats(-99, 99))


@given(st.lists(_VALUES, min_size=1, max_size=9))
def test_it_is_that_of_the_standard_library(values: list[float]) -> None:
    assert median(values) == statistics.median(values)
