"""Damaged text of newspapers, reports, laws and clinics comes out as an editor would have it."""

from __future__ import annotations

import pytest

from tests.passages import Damage, read_damages
from textclean import Tier, clean
from textclean.rules import all_rules

DAMAGED = read_damages("damaged.tsv")
EACH = [
    pytest.param(damage, id=f"{damage.rule}-{number}") for number, damage in enumerate(DAMAGED, 1)
]


@pytest.mark.parametrize("damage", EACH)
def test_damage_is_repaired(damage: Damage) -> None:
    done = clean(damage.before)
    assert done.text == damage.after
    assert done.revert() == damage.before
    rules = {part.rule for edit in done.edits for part in (edit, *edit.parts)}
    assert damage.rule == "mixed" or damage.rule in rules


@pytest.mark.parametrize("damage", EACH)
def test_repaired_text_gets_no_edit(damage: Damage) -> None:
    assert list(clean(damage.after).edits) == []


def test_every_rule_that_is_applied_by_default_is_shown() -> None:
    shown = {damage.rule for damage in DAMAGED}
    for rule in all_rules():
        if rule.family in "CPS" and rule.tier is Tier.SAFE and rule.enabled is None:
            assert rule.code in shown
