"""Values from a table: by place, by slot, by type; what does not fit is named."""

from __future__ import annotations

import json

import pytest

from textclean import Tier
from textclean.errors import RestoreError
from textclean.placeholders import find, restore
from textclean.placeholders.tables import read_table, write_slots

TEXT = "xxxx年，xx市新增床位xxxx张，增长x.x%，xx县新增xx张。"
FULL = "2021年，三明市新增床位1234张，增长5.6%，将乐县新增78张。"
BY_SLOT = {
    "year-1": "2021",
    "place-1": "三明",
    "quantity-1": "1234",
    "percent-1": "5.6%",
    "place-2": "将乐",
    "quantity-2": "78",
}


@pytest.mark.parametrize(
    "values",
    [
        list(BY_SLOT.values()),
        BY_SLOT,
        {"year": "2021", "place": ["三明", "将乐"], "quantity": ["1234", "78"], "percent": "5.6"},
    ],
)
def test_values_are_put_in_their_slots(values):
    done = restore(TEXT, values)
    assert done.text == FULL
    assert done.revert() == TEXT
    assert {edit.tier for edit in done.edits} == {Tier.SUGGESTED}


def test_a_unit_that_stands_behind_the_slot_is_not_said_twice():
    assert restore("截至xxxxx月底，共xx家。", ["2021年7月", "12家"]).text == (
        "截至2021年7月底，共12家。"
    )


def test_none_leaves_a_slot_as_it_is():
    done = restore(TEXT, {**BY_SLOT, "place-1": None})
    assert done.text == FULL.replace("三明", "xx")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({**BY_SLOT, "year-1": "三明"}, "year-1: '三明' is no year"),
        ({**BY_SLOT, "place-2": "1234"}, "place-2: '1234' is no place"),
        ({**BY_SLOT, "percent-1": "很多"}, "percent-1"),
        ({key: BY_SLOT[key] for key in list(BY_SLOT)[:5]}, "quantity-2: no value"),
        ({**BY_SLOT, "year-2": "2022"}, "year-2: the text has no such slot"),
        ({**BY_SLOT, "money": "12"}, "money: the text has no such slot"),
        ({**BY_SLOT, "place": ["三明", "将乐", "永安"]}, "place-3"),
        (list(BY_SLOT.values())[:-1], "quantity-2"),
        ([*BY_SLOT.values(), "9"], "value 7"),
        ({**BY_SLOT, "year-1": 2021}, "year-1: expected one value, got 2021"),
        ({**BY_SLOT, "year-1": ["2021"]}, "year-1: expected one value"),
    ],
)
def test_what_does_not_fit_is_an_error_that_names_the_slot(values, message):
    with pytest.raises(RestoreError, match=message):
        restore(TEXT, values)


def test_tables_are_read_from_json_and_csv(tmp_path):
    as_json, as_csv, in_order = (tmp_path / name for name in ("v.json", "v.csv", "o.csv"))
    as_json.write_text(json.dumps(BY_SLOT, ensure_ascii=False), encoding="utf-8")
    rows = "".join(f"{slot},{value}\n" for slot, value in BY_SLOT.items())
    as_csv.write_text("slot,value\n" + rows, encoding="utf-8-sig")
    in_order.write_text("\n".join(BY_SLOT.values()), encoding="utf-8")
    for path in (as_json, as_csv, in_order):
        assert restore(TEXT, read_table(path)).text == FULL


def test_the_list_of_slots_is_a_table_to_fill_in(tmp_path):
    lines = list(write_slots(TEXT, find(TEXT)))
    assert lines[0] == "slot,value,text,canonical,around\n"
    assert lines[1].startswith("year-1,,xxxx,xxxx,")
    filled = [lines[0]] + [
        line.replace(",,", f",{value},", 1)
        for line, value in zip(lines[1:], BY_SLOT.values(), strict=True)
    ]
    path = tmp_path / "slots.csv"
    path.write_text("".join(filled), encoding="utf-8")
    assert restore(TEXT, read_table(path)).text == FULL


@pytest.mark.parametrize("content", ["{", "12", '{"year-1": [[]]}', "[true]"])
def test_a_table_that_is_none_is_refused(tmp_path, content):
    path = tmp_path / "v.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RestoreError, match=r"v\.json"):
        read_table(path)
