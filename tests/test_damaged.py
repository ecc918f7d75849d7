"""Damaged text of newspapers, reports, laws and clinics comes out as an editor would have it.

A table of ``damaged.tsv`` is called after the rule that its rows are for, or ``mixed``.
"""

from __future__ import annotations

import pytest

from tests.tables import read_rows, unescape
from textclean import Tier, clean
from textclean.rules import all_rules

DAMAGED = list(read_rows("damaged.tsv"))
EACH = [
    pytest.param(row.table, *map(unescape, row.cells), id=f"{row.table}-{number}")
    for number, row in enumerate(DAMAGED, 1)
]


@pytest.mark.parametrize(("rule", "before", "after"), EACH)
def test_damage_is_repaired(rule: str, before: str, after: str) -> None:
    done = clean(before)
    assert done.text == after
    assert done.revert() == before
    rules = {part.rule for edit in done.edits for part in (edit, *edit.parts)}
    assert rule == "mixed" or rule in rules


@pytest.mark.parametrize(("rule", "before", "after"), EACH)
def test_repaired_text_gets_no_edit(rule: str, before: str, after: str) -> None:
    assert list(clean(after).edits) == []


def test_every_rule_that_is_applied_by_default_is_shown() -> None:
    shown = {row.table for row in DAMAGED}
    for rule in all_rules():
        if rule.family in "CPS" and rule.tier is Tier.SAFE and rule.enabled is None:
            assert rule.code in shown
