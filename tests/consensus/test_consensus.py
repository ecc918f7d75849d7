"""`consensus`: what holds for any readings, and what readings of pages and copies come to."""

from __future__ import annotations

import pickle
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean import Config, InvalidTextError, Tier, consensus

_SENTENCE = "物的有用性使物成为使用价值。但这种有用性不是飘忽不定的，它决定于商品体的属性。"
_CHARACTERS = "物的有用性使成为价值，。“”\n 13一—O０Ａa（)《☃\U00020000"


@st.composite
def damaged(draw: st.DrawFn, text: str = _SENTENCE) -> str:
    """A sentence with characters misread, lost, added and lines broken."""
    pieces = []
    for char in text:
        what = draw(st.sampled_from(["", "", "", "", "", "", "wrong", "lost", "more", "\n"]))
        other = draw(st.sampled_from(_CHARACTERS)) if what in ("wrong", "more") else ""
        pieces.append(
            {"wrong": other, "lost": "", "more": char + other, "\n": char + "\n"}.get(what, char)
        )
    return "".join(pieces)


_READINGS = st.lists(
    st.one_of(damaged(), st.text(alphabet=_CHARACTERS, max_size=30), st.just(_SENTENCE)),
    min_size=1,
    max_size=4,
)


@given(_READINGS)
def test_every_character_stands_in_a_reading(readings: list[str]) -> None:
    done = consensus(readings)
    assert len(done.sources) == len(done.text)
    for char, sources in zip(done.text, done.sources, strict=True):
        assert sources
        for name, offset in sources:
            assert done.readings[name][offset] == char


@given(_READINGS)
def test_the_edits_lead_from_the_base_and_back(readings: list[str]) -> None:
    done = consensus(readings)
    assert done.original == done.readings[done.base]
    assert done.revert() == done.original
    ends = [0]
    for edit in done.edits:
        assert edit.start >= ends[-1]
        assert edit.before == done.original[edit.start : edit.end]
        ends.append(edit.end)
    for edit in done.suggestions:
        assert edit.before == done.original[edit.start : edit.end]


@given(_READINGS, st.randoms(use_true_random=False))
def test_the_order_of_readings_does_not_matter(readings: list[str], random: object) -> None:
    done = consensus(readings)
    for order in permutations(readings):
        other = consensus(order)
        assert other.text == done.text
        assert other.original == done.original
        assert [edit[:5] for edit in other.edits] == [edit[:5] for edit in done.edits]


@given(damaged(), st.integers(1, 4))
def test_readings_that_agree_change_nothing(text: str, number: int) -> None:
    done = consensus([text] * number)
    assert done.text == text
    assert not done.changed
    assert done.suggestions == []


@given(_READINGS)
def test_tier_safe_brings_in_no_letter_and_takes_out_none(readings: list[str]) -> None:
    done = consensus(readings, Config())
    kept = [char for char in done.text if char.isalnum()]
    assert kept == [char for char in done.original if char.isalnum()]
    assert {edit.tier for edit in done.edits} <= {Tier.SAFE}


@given(_READINGS)
def test_a_result_can_be_pickled(readings: list[str]) -> None:
    done = consensus(readings)
    again = pickle.loads(pickle.dumps(done))
    assert (again.text, again.sources, again.edits) == (done.text, done.sources, done.edits)
    assert again.suggestions == done.suggestions


PAGE = """第一篇 商品和货币
史的事情。为有用物的量找到社会尺度，也是这样。商品的这些
尺度之所以不同，部分是由于被计量的物的性质不同，部分是由
于约定俗成。
物的有用性使物成为使用价值。但这种有用性不是飘忽不
定的。它决定于商品体的属性，离开了商品体就不存在。因此，
商品体本身，例如铁、小麦等等，就是使用价值。"""


def test_the_better_reading_is_the_base_and_stays() -> None:
    bad = PAGE.replace("商品", "高品").replace("价值", "价债").replace("约定", "纠定")
    for readings in ([PAGE, bad], [bad, PAGE]):
        done = consensus(readings)
        assert done.original == PAGE
        assert done.text == PAGE


def test_lines_read_as_latin_do_not_make_a_reading_better() -> None:
    # Verse and old prose have rare pairs: without them a page would read better.
    good = (
        "拽开脚步，取路便走。\n李忠周通，挺着枪，小喽罗呐着喊，抢向前来，喝道：\n"
        "“兀那客人，会事的留下买路钱！”\n众小喽罗一齐都上，那伙客人抵当不住。\n"
    )
    bad = (
        "拽开脚步，取路便走。\n李忠周通，挺着枪，小喽罗呐着喊，抢向前来，喝道:\n"
        "“TO! 那客人，会事的留下买路钱!\nFER TIM BET, RAIA, SGM\n"
    )
    assert consensus({"a": good, "b": bad}).text == good
    assert consensus({"a": bad, "b": good}).text == good


def test_radicals_of_a_text_layer_do_not_make_a_reading_worse() -> None:
    layer = "客⼾的⼀个⼤问题是⼿机⽤⼾的信息。\n⼆⽉⼗⽇在⼭上看⽇出。\n"
    read = "客户的一个大问题昱手机用户的信息。\n二月十日在山上看日出。\n"
    assert consensus({"a": layer, "b": read}).base == "a"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("公式为 x^2 + y^2，其中\n的符号见下表。", "公式为 xA2 + yA2，其中\n的符号见下表。"),
        ("宏\\alpha 与\\beta 的定义", "宏Nalpha 与Nbeta 的定义"),
    ],
)
def test_two_readings_decide_nothing_about_signs_and_letters(one: str, two: str) -> None:
    done = consensus([one, two])
    assert done.text in (one, two)


def test_a_line_with_holes_is_of_a_table_or_of_columns_and_does_not_come_back() -> None:
    lines = ["商品的天然属性使它们有用。", "使用价值只是在使用中实现。", "物的有用性使物成为价值。"]
    columns = f"{lines[0]}\n印度新德里公交案受害者        瑞士越洋公司日前就海湾漏油\n" + "\n".join(
        lines[1:]
    )
    assert consensus(["\n".join(lines), columns], base="1").text == "\n".join(lines)


def test_three_readings_correct_each_other() -> None:
    readings = [
        PAGE.replace("社会尺度", "社会尽度").replace("离开了", "离开"),
        PAGE.replace("这样", "送样").replace("小麦", "小者"),
        PAGE.replace("属性，", "属性秒，").replace("货币", "货市"),
    ]
    assert consensus(readings).text == PAGE


def test_the_result_in_place_of_its_base_changes_nothing_more() -> None:
    readings = {
        "a": PAGE.replace("社会尺度", "社会尽度").replace("离开了", "离开"),
        "b": PAGE.replace("这样", "送样").replace("于约定俗成。\n", ""),
        "c": PAGE.replace("属性，", "属性秒，").replace("货币", "货市"),
    }
    done = consensus(readings)
    again = consensus({**readings, done.base: done.text}, base=done.base)
    assert again.text == done.text == PAGE


def test_a_lost_line_comes_back_in_place() -> None:
    lines = PAGE.split("\n")
    for at in range(1, len(lines) - 1):
        short = "\n".join(lines[:at] + lines[at + 1 :])
        done = consensus({"whole": PAGE, "short": short}, base="short")
        assert done.text == PAGE, at
        assert [edit.rule for edit in done.edits] == ["N005"]
        assert "whole" in done.edits[0].evidence


def test_the_first_and_the_last_line_come_back_too() -> None:
    lines = PAGE.split("\n")
    for short in ("\n".join(lines[1:]), "\n".join(lines[:-1])):
        assert consensus({"whole": PAGE, "short": short}, base="short").text == PAGE


def test_a_line_that_stands_elsewhere_does_not_come_twice() -> None:
    lines = PAGE.split("\n")
    moved = "\n".join([*lines[1:], lines[0]])
    for base in "ab":
        done = consensus({"a": PAGE, "b": moved}, base=base)
        assert not done.changed


def test_columns_in_another_order_are_still_compared() -> None:
    lines = PAGE.split("\n")
    across = "\n".join(lines[::2] + lines[1::2])
    wrong = PAGE.replace("小麦", "小者")
    done = consensus({"across": across, "wrong": wrong, "third": PAGE}, base="wrong")
    assert done.text == PAGE


def test_a_picture_that_a_text_layer_lacks_is_left_out_if_two_programs_read_it() -> None:
    more = PAGE.replace("于约定俗成。\n", "于约定俗成。\n图中文字应当尽量翻译成为中文。\n")
    more = more.replace("商品", "高品").replace("小麦", "小者")
    done = consensus({"layer": PAGE, "layer again": PAGE.replace("\n", "\n\n"), "engine": more})
    assert "图中" not in done.text


def test_what_is_missing_in_bulk_is_not_put_in() -> None:
    more = "\n".join(
        f"第{number}条规定，单位应当依照本条例执行并报告情况。" for number in "一二三四五六七八"
    )
    done = consensus({"short": PAGE, "long": f"{PAGE[:60]}\n{more}{PAGE[60:]}"}, base="short")
    assert done.text == PAGE


def test_numbers_are_left_open_where_two_readings_differ() -> None:
    done = consensus(["全市新增床位320张，投入使用。", "全市新增床位820张，投入使用。"])
    assert not done.changed
    (found,) = done.suggestions
    assert (found.rule, found.tier, found.before, found.after) == ("N006", "report", "3", "3") or (
        found.before == "8"
    )
    assert "3 (" in found.evidence
    assert "8 (" in found.evidence


def test_two_of_three_decide_a_number() -> None:
    good, bad = "全市新增床位320张，投入使用。", "全市新增床位820张，投入使用。"
    assert consensus([good, bad, good + "\n"], base="2").text == bad.replace("8", "3")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("实行GB/T 7714一1987的规定。", "实行GB/T 7714-1987的规定。"),
        ("尺寸为2X3厘米的纸张。", "尺寸为2×3厘米的纸张。"),
        ("温度为34C的室内。", "温度为34℃的室内。"),
    ],
)
def test_signs_that_engines_take_for_each_other_are_not_voted_on(one: str, two: str) -> None:
    for base in (one, two):
        other = two if base == one else one
        done = consensus({"a": base, "b": other, "c": other + "\n"}, base="a")
        assert done.text == base


def test_marks_of_the_worse_reading_are_not_taken_over() -> None:
    bad = PAGE.replace("、", ".").replace("商品", "高品").replace("。\n", "。”\n")
    assert consensus([PAGE, bad]).text == PAGE


def test_width_is_no_difference() -> None:
    done = consensus(["会议指出,要落实责任。", "会议指出，要落实责任。"])
    assert not done.changed
    assert done.suggestions == []


def test_rules_can_be_chosen_and_trusted_otherwise() -> None:
    readings = {"a": PAGE.replace("小麦", "小者").replace("离开了", "离开"), "b": PAGE}
    assert "小者" in consensus(readings, Config(tier="suggested", ignore="N001"), base="a").text
    assert consensus(readings, Config(tiers={"N": "safe"}), base="a").text == PAGE
    done = consensus(readings, Config(), base="a")
    assert done.text == readings["a"]
    assert {edit.rule for edit in done.suggestions} == {"N001", "N002"}


def test_what_a_writer_switched_off_is_left_alone() -> None:
    base = PAGE.replace("小麦", "小者") + "\n<!-- textclean: off-line N001 -->"
    whole = PAGE + "\n<!-- textclean: off-line N001 -->"
    assert consensus({"a": base, "b": whole}, base="a").text == whole
    everywhere = "<!-- textclean: off N -->\n"
    done = consensus({"a": everywhere + base, "b": everywhere + whole}, base="a")
    assert not done.changed


def test_evidence_names_the_readings() -> None:
    done = consensus({"a": PAGE.replace("小麦", "小者"), "b": PAGE}, base="a")
    (edit,) = done.edits
    assert (edit.rule, edit.before, edit.after) == ("N001", "者", "麦")
    assert edit.evidence == "者 (a), 麦 (b)"


def test_the_package_is_the_function() -> None:
    import textclean.consensus.codes

    assert textclean.consensus([PAGE]).text == PAGE
    assert "consensus" in dir(textclean)


@pytest.mark.parametrize("readings", ["一个字符串", [3], ["\ud800"]])
def test_what_is_no_reading_is_an_error(readings: object) -> None:
    with pytest.raises(InvalidTextError):
        consensus(readings)  # type: ignore[arg-type]


def test_there_must_be_a_reading_and_the_base_one_of_them() -> None:
    with pytest.raises(ValueError, match="no reading"):
        consensus([])
    with pytest.raises(ValueError, match="'x'"):
        consensus([PAGE], base="x")


def test_two_readings_decide_a_space_but_no_line_break() -> None:
    good = "请用 Git 命令提交修改的内容。"
    done = consensus({"a": "请用 Git 命 令提交修改的内容。", "b": good, "c": good + "\n"}, base="a")
    assert done.text == good
    (edit,) = done.edits
    assert (edit.rule, edit.tier, edit.evidence) == ("N007", "safe", "a space (a), nothing (b, c)")
    done = consensus({"a": "请用Git 命令提交修改的内容。", "b": good, "c": good + "\n"}, base="a")
    assert done.text == good
    broken = "请用 Git 命\n令提交修改的内容。"
    assert consensus({"a": broken, "b": good, "c": good + "\n"}, base="a").text == broken
