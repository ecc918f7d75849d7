from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cases
from textclean import Config, Tier, check, clean

QUOTES = Config(select=("P040", "P041", "P042", "P043"), tier=Tier.SUGGESTED)


@cases
def test_half_is_mended(damaged: str, mended: str) -> None:
    assert clean(damaged, QUOTES).text == mended


@cases
def test_doubtful_half_is_reported_with_what_could_mend_it(text: str) -> None:
    assert clean(text, QUOTES).text == text
    (found,) = check(text, QUOTES)
    assert found.rule == "P043"
    assert found.before == found.after == "“"
    assert "after" in found.evidence


def test_two_marks_that_are_turned_are_turned_together() -> None:
    text = "记者：”您觉得自己这样忙是为什么呢？“"
    assert clean(text, QUOTES).text == "记者：“您觉得自己这样忙是为什么呢？”"
    speech = "这样不行。”他说，“再来一次。"
    assert clean(speech, QUOTES).text == speech


def test_a_quotation_that_is_opened_in_each_paragraph_stays() -> None:
    text = "“情节严重的，并处罚金:\n“（一）为他人提供便利的；\n“（二）拒不改正的。”"
    assert clean(text, QUOTES).text == text


def test_words_that_the_text_quotes_elsewhere_are_evidence() -> None:
    lone = "全面推进医、养、护、康、内设医疗机构、内设养老床位”健康养老服务模式，有效破解难题。"
    whole = "按照“医、养、护、康、内设医疗机构、内设养老床位”健康养老服务模式，开展工作。"
    with_witness = check(f"{lone}\n\n{whole}", QUOTES)[0]
    without = check(lone, QUOTES)[0]
    assert with_witness.rule == "P040"
    assert with_witness.start == lone.index("医")
    assert without.rule != "P040" or without.confidence < with_witness.confidence


@cases
def test_what_is_no_broken_quotation_is_left_alone(text: str) -> None:
    assert check(text, QUOTES) == []


def test_turned_marks_are_mended_by_default_and_lost_ones_are_not() -> None:
    assert clean("开展“送医下乡“活动。").text == "开展“送医下乡”活动。"
    assert clean("积极落实一岗双责”制度，压实责任。").text == "积极落实一岗双责”制度，压实责任。"


@given(st.text(alphabet='“”‘’"甲乙健康中国，。 \n', max_size=60))
def test_mending_ends_and_can_be_undone(text: str) -> None:
    done = clean(text, QUOTES)
    assert done.revert() == text
    assert clean(done.text, QUOTES).text == done.text


@cases
def test_a_turned_mark_is_seen_wherever_it_stands(damaged: str, mended: str) -> None:
    assert clean(damaged).text == mended


def test_the_half_that_is_on_another_page_is_not_put_at_the_edge() -> None:
    page = (
        "旧小说选读\n他来寨里，让他上面坐！”\n李忠便叫小喽啰去牵马。两个同鲁智深\n都到了寨前，"
        "下了马，李忠请智深到厅上\n坐定，唤小喽啰烫酒来吃，又说了些旧话。\n智深便叫人去请那大王来。"
    )
    cleaned = clean(page, Config(select=("P04",), tier=Tier.SUGGESTED)).text
    assert cleaned == page
