"""Masking by type, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean.errors import RestoreError
from textclean.placeholders import PlaceholderType as Type
from textclean.placeholders import redact, restore

TEXT = "2021年7月30日，福建省三明市投资1.25亿元，占比85.3%。主任王晓明说，3—6岁儿童有x人。"


def test_digits_are_masked_one_by_one_and_names_by_two_marks():
    redacted = redact(TEXT)
    assert redacted.text == (
        "xxxx年x月xx日，xx省xx市投资x.xx亿元，占比xx.x%。主任xx说，x—x岁儿童有x人。"
    )
    values = {secret.slot: secret.value for secret in redacted.vault}
    assert values["year-1"] == "2021"
    assert values["place-2"] == "三明"
    assert values["person-1"] == "王晓明"
    assert values["percent-1"] == "85.3%"


def test_only_the_types_asked_for_are_masked():
    redacted = redact(TEXT, types=["person", "money"])
    assert redacted.text == TEXT.replace("1.25", "x.xx").replace("王晓明", "xx")
    assert {secret.type for secret in redacted.vault} == {Type.PERSON, Type.MONEY}
    with pytest.raises(ValueError, match="colour"):
        redact(TEXT, types=["colour"])


def test_what_is_protected_stays():
    text = "见https://example.com/2021/7，`x = 12`，2021年。"
    assert redact(text).text == "见https://example.com/2021/7，`x = 12`，xxxx年。"


def test_what_is_masked_already_stays():
    text = "201X年，李某1（身份证号3301**********1234）花了58元。"
    redacted = redact(text)
    assert redacted.text == text.replace("58", "xx")
    assert restore(redacted).text == text


def test_a_vault_does_not_fit_another_text():
    redacted = redact(TEXT)
    with pytest.raises(RestoreError, match="year-1"):
        restore("没有任何占位符的另一段文字，长度足够长长长长长长长长长长长长。", redacted.vault)


VALUES = st.sampled_from([
    "2021年", "xx", "12.5%", "三明市", "x", "福建", "3—6岁", "王x", "0x1f", "主任李xx说", "×××",
    "\n",
])  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.one_of(VALUES, st.text(max_size=4))).map("".join)))
def test_what_was_redacted_comes_back_to_the_letter(text):
    redacted = redact(text)
    assert restore(redacted).text == text
    assert restore(redacted.text, redacted.vault or None).text in (text, redacted.text)
    assert restore(redacted).revert() == redacted.text


@pytest.mark.parametrize("text", ["据xx报道，共xx家。", "xx", "没有可遮的词。", ""])
def test_where_nothing_was_masked_the_masks_of_the_text_stay(text):
    redacted = redact(text)
    assert redacted.vault == ()
    assert restore(redacted).text == text
    assert restore(redacted.text, redacted.vault).text == text
    assert restore(redacted.text, list(redacted.vault)).text == text


@given(st.text(alphabet="据xx报道共xx家12，。", max_size=30))
def test_what_was_masked_before_comes_back_as_it_was(text):
    redacted = redact(text)
    assert restore(redacted.text, redacted.vault).text == text
