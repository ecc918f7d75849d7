"""The hand-made truth for the first part of seed 002: no worse than it has been."""

from __future__ import annotations

import json

import pytest

from tests.seeds import ROOT, TEXTS
from textclean.placeholders import find

GOLD = ROOT / "benchmarks" / "gold" / "placeholders.jsonl"


@pytest.mark.skipif(not GOLD.exists(), reason="the benchmarks are not part of the package")
def test_gold_is_found_typed_and_rebuilt():
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    text = TEXTS[rows[0]["file"][:3]]
    last = max(row["end"] for row in rows)
    found = {(each.start, each.end): each for each in find(text) if each.start < last}
    truth = {(row["start"], row["end"]): row for row in rows}
    assert len(found.keys() & truth.keys()) >= 0.98 * max(len(found), len(truth))
    pairs = [(found[place], row) for place, row in truth.items() if place in found]
    typed = sum(each.type in (row["type"], *row["also_types"]) for each, row in pairs)
    assert typed >= 0.98 * len(pairs)
    whole = [(each, row) for each, row in pairs if row["canonical"] == row["text"]]
    assert sum(each.changed for each, _ in whole) <= 0.003 * len(whole)
    eaten = [(each, row) for each, row in pairs if row["canonical"] != row["text"]]
    right = sum(each.canonical in (row["canonical"], *row["also_canonical"]) for each, row in eaten)
    assert right >= 0.9 * len(eaten)
