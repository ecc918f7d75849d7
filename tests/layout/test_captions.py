from __future__ import annotations

import pytest

from tests.tables import cases
from textclean.layout.captions import Role, begins_item, role


@cases
def test_what_a_block_is(text: str, expected: Role):
    assert role(text) is expected


@pytest.mark.parametrize(
    "text", ["一、总则", "（二）保障措施", "1. 目标", "第三条 本法", "——为民", "①"]
)
def test_items_begin_with_a_number_or_a_dash(text):
    assert begins_item(text)


@pytest.mark.parametrize("text", ["一体化服务", "2021年7月", "第一时间", "12家医院", "3.5万人"])
def test_a_number_in_prose_begins_no_item(text):
    assert not begins_item(text)
