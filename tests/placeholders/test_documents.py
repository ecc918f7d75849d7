"""Whole documents of many kinds, each mask marked by hand with the name of its slot.

``⟦person-1:李某某⟧`` is a mask and the slot that it fills; what repeats the name of a slot stands
for the same value. Everything else of a document is no placeholder.
"""

from __future__ import annotations

import re

import pytest

from tests.tables import read_text
from textclean import check
from textclean.placeholders import find, redact, restore
from textclean.placeholders.value_parser import read

_MARKED = re.compile(r"⟦([a-z-]+-[0-9]+):([^⟦⟧]+)⟧")
DOCUMENTS = dict(
    part.split("\n", 1) for part in read_text("placeholders/documents.txt").split("=== ")[1:]
)
every_document = pytest.mark.parametrize("title", DOCUMENTS)


def plain(title: str) -> str:
    return _MARKED.sub(r"\2", DOCUMENTS[title])


@every_document
def test_masks_are_found_with_their_slots_and_nothing_else(title: str):
    text = plain(title)
    marked: list[str] = []
    last = 0
    for each in find(text):
        marked += (text[last : each.start], f"⟦{each.slot}:{each.text}⟧")
        last = each.end
    assert "".join((*marked, text[last:])) == DOCUMENTS[title]


@every_document
def test_what_is_masked_comes_back_as_it_was(title: str):
    text = plain(title)
    assert restore(redact(text)).text == text
    assert restore(redact(text, ["place", "person"])).text == text


@every_document
def test_no_value_is_filled_in_that_nobody_gave(title: str):
    text = plain(title)
    assert restore(text, witnesses=[text]).text == text


@every_document
def test_a_redacted_value_is_reported_once(title: str):
    text = plain(title)
    noted = [note for note in check(text) if note.rule == "X003"]
    slots = {each.slot for each in find(text) if not each.is_blank and not each.changed}
    assert len(noted) <= len(slots)
    assert bool(noted) == bool(slots)


def test_a_value_given_for_a_slot_fills_all_its_places():
    text = plain("客服工单")
    values = {each.slot: None for each in find(text)}
    done = restore(text, {**values, "phone-1": "13800001234"})
    assert done.text == text.replace("138****1234", "13800001234")
    assert done.revert() == text


def test_parties_against_each_other_are_two_values_whatever_they_are_called():
    one, other, *_ = (each.slot for each in find("原告李某与被告李某离婚纠纷一案，原告李某诉称。"))
    assert one != other
    slots = [each.slot for each in find("被告人×××、×××到案。被告人×××供认。")]
    assert len(set(slots)) == len(slots)


def test_a_form_is_never_filled_from_another_that_was():
    form = "出租方（甲方）：________\n乙方逾期超过【  】日支付租金的，甲方有权解除合同。"
    full = form.replace("________", "王建国").replace("【  】", "15")
    done = restore(form, witnesses=[full])
    assert (done.text, done.suggestions) == (form, [])


def test_a_name_agrees_with_what_its_mask_left():
    (slot,) = find("被告人李某某犯盗窃罪。")
    assert read(slot, "被告人李建国犯盗窃罪。", 3, 6) is not None
    assert read(slot, "被告人王建国犯盗窃罪。", 3, 6) is None
    (year,) = find("该厂建于201X年。")
    assert read(year, "该厂建于2014年。", 4, 8) is not None
    assert read(year, "该厂建于2004年。", 4, 8) is None


@pytest.mark.parametrize(
    "text",
    ["据xx报道，共xx家", "原告×××与被告×××", "被告人李某某", "甲方：____", "[姓名]于某年某月到案"],
)
def test_masks_alone_are_nothing_to_redact(text: str):
    redacted = redact(text)
    assert (redacted.text, redacted.vault) == (text, ())
    assert restore(redacted).text == text
