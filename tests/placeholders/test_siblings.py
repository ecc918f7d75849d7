"""Masks of other documents: found, typed, of the right kind; what looks like one is left alone."""

from __future__ import annotations

import pytest

from tests.tables import read_rows, unescape
from textclean.placeholders import find

_, *ROWS = read_rows("placeholders_siblings.tsv")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(unescape(row.cells[2]), row.cells[3], id=" ".join([row.place, *row.cells[:2]]))
        for row in ROWS
    ],
)
def test_masks_of_other_documents(text: str, found: str):
    own = "; ".join(f"{each.text}={each.type}/{each.mask}" for each in find(text))
    assert (own or "-") == found
