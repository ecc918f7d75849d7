from __future__ import annotations

import pytest

from tools.training.measures import measure


def test_measures_count_marks_by_class() -> None:
    found = measure(["", "，", "“", "”，", ""], ["", "；", "“", "”", "，"])
    assert found.exact == pytest.approx(0.4)
    # One of two slots held to be nothing was; it was the only one.
    assert found.deletion == pytest.approx(2 / 3)
    # Which pause it was does not count.
    assert found.pause == pytest.approx(0.5)
    assert (found.quote_precision, found.quote_recall, found.quote) == (1, 1, 1)


def test_a_quote_the_wrong_way_round_is_wrong() -> None:
    assert measure(["”"], ["“"]).quote == 0
