"""Pages that are no text: one finding, and nothing edited in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean import Config, Tier, check, clean
from textclean.text.kinds.unreadable import unreadable_pages

SUGGESTED = Config(tier=Tier.SUGGESTED)
PROSE = "各级部门要进一步加强组织领导,压实工作责任,把各项措施落到实处。会议强调,要坚持总基调。"
GLYPHS = "(cid:12)(cid:13)(cid:15)\n(cid:12) (cid:12)(cid:13),(cid:9)\n- 3 -\n(cid:12)(cid:15)"

NO_TEXT = {
    "glyphs": GLYPHS,
    "font map": "ܚߟؔ ౒ϽѺ෿ ܚߟؔ౒ϽѺ෿\nܚߟؔ ౒ϽѺ,෿ܚߟؔ ౒ϽѺ෿\n\nܚߟؔ ౒ϽѺ෿ܚߟؔ",
    "private use": "\ue012\ue034\ue055\ue011\ue0aa, \ue034\ue055\n" * 3,
    "replaced": "\ufffd\ufffd\ufffd\ufffd\ufffd,\ufffd\ufffd  \ufffd\ufffd\n" * 3,
    "controls": "\x02\x03\x04\x05\x06\x07\x0e\x0f\x10 \x12\x13\n" * 3,
    "UTF-8 as Windows-1252": PROSE.encode().decode("cp1252", "replace"),
    "UTF-8 as GBK": (PROSE * 2).encode().decode("gbk", "replace"),
    "lost": "锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷,锟斤拷锟斤拷\n锟斤拷锟斤拷 锟斤拷",
}
TEXT = [
    PROSE,
    "门诊大楼(cid:3427)(cid:512)已经启用",
    "Он сказал, что приедет завтра утром. Он сказал, что приедет завтра.",
    "สวัสดีครับ ภาษาไทย ประเทศไทย กรุงเทพ",
    "语言：العربية、हिन्दी、ไทย、Русский、한국어、ελληνικά、עברית、日本語、Հայերեն、తెలుగు、தமிழ்",
    "α+β=γ，Δx→0，∀ε>0∃δ>0，σ²=∑(x−μ)²",
    "Việt Nam đất nước tôi yêu, thủ đô Hà Nội",
    "一级医院锟斤拷名单",
]


@pytest.mark.parametrize("text", NO_TEXT.values(), ids=NO_TEXT)
def test_a_page_that_is_no_text_is_one_finding_and_stays(text: str) -> None:
    assert clean(text, SUGGESTED).text == text
    (finding,) = check(text)
    assert finding.rule == "C109"
    assert "OCR" in finding.evidence


@pytest.mark.parametrize("text", TEXT)
def test_other_scripts_and_single_losses_are_no_such_page(text: str) -> None:
    assert not unreadable_pages(text)


def test_the_prose_around_such_a_page_is_cleaned() -> None:
    text = f"{PROSE}\n\n{GLYPHS}\n\n{PROSE}"
    cleaned = clean(text, SUGGESTED).text
    prose = PROSE.replace(",", "，")
    assert cleaned == f"{prose}\n\n{GLYPHS}\n\n{prose}"


@pytest.mark.parametrize("text", [*NO_TEXT.values(), *TEXT], ids=ascii)
def test_what_a_text_is_known_to_hold_changes_no_page(text: str) -> None:
    long = f"{PROSE * 10}\n{text}\n{PROSE}"
    assert unreadable_pages(long, "".join(set(long) - set(PROSE))) == unreadable_pages(long)


@given(st.text("\ue012\u0e01\xe4\u3000甲，\n", max_size=60))
def test_suspects_that_stand_apart_make_no_page(text: str) -> None:
    long = f"{PROSE * 10}\n{text}"
    for held in ("\ue012\u0e01\xe4", "\ue012\u0e01\xe4\u3000·者"):
        assert unreadable_pages(long, held) == unreadable_pages(long)
