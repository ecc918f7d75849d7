"""Switches: what is one, what only looks like one, and what each keeps rules from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cases
from textclean import Config, check, clean
from textclean.text.protect import protected_spans, switches_of
from textclean.text.switches import line_switch

LINE = "门诊,住院"
FIXED = "门诊，住院"


@cases
def test_a_switch_stands_in_a_comment_or_alone_on_its_line(switch: str) -> None:
    text = f"{LINE}\n\n{switch}\n{LINE}\n\n{LINE}"
    assert clean(text).text == f"{FIXED}\n\n{switch}\n{LINE}\n\n{LINE}"
    assert [edit.rule for edit in check(text, Config(select="C"))] == ["C103"]


@cases
def test_what_mentions_a_switch_is_none(prose: str) -> None:
    assert switches_of(f"{LINE}\n\n{prose}").all == []
    if not prose.endswith("off") or not prose.startswith("<!--"):
        assert clean(f"{prose}\n\n{LINE}").text.endswith(FIXED)


def _spans(text: str, rule: str) -> list[str]:
    return [text[start:end] for start, end in switches_of(text).off_for(rule)]


def test_codes_switch_off_their_rules_and_no_others() -> None:
    text = (
        "<!-- textclean: off P001 S -->\n甲,乙 ;丙\n"
        "<!-- textclean: on P001 -->\n甲,乙 ;丙\n<!-- textclean: on -->\n甲,乙 ;丙"
    )
    first, second, third = (line for line in clean(text).text.split("\n") if "甲" in line)
    assert (first, second, third) == ("甲,乙 ；丙", "甲，乙 ；丙", "甲，乙；丙")
    assert _spans(text, "P001") == [
        text[: text.index(" -->\n甲,乙 ;丙\n<!-- textclean: on -->") + 4]
    ]
    assert _spans(text, "S002") == [text[: text.rindex("\n")]]
    assert _spans(text, "P002") == []


def test_codes_silence_reports_as_well() -> None:
    text = "<!-- textclean: off C101 -->\n门诊\ufffd楼\n<!-- textclean: on -->\n门诊\ufffd楼\n"
    (report,) = check(text)
    assert report.start > text.index("on -->")
    everything = text.replace(" C101", "")
    assert [edit.start for edit in check(everything)] == [report.start - 5]


def test_an_off_ends_where_its_own_code_or_everything_is_switched_on() -> None:
    for close in ("on", "on P", "on P001", "on S P001"):
        text = f"% textclean: off P001\n{LINE}\n% textclean: {close}\n{LINE}"
        assert clean(text).text == text[: -len(LINE)] + FIXED
    for close in ("on P002", "on P0O1", "on S"):
        text = f"% textclean: off P001\n{LINE}\n% textclean: {close}\n{LINE}"
        assert clean(text).text == text


def test_one_line_can_be_switched_off() -> None:
    text = f"{LINE} <!-- textclean: off-line -->\n{LINE}\n"
    assert clean(text).text == f"{LINE} <!-- textclean: off-line -->\n{FIXED}\n"
    text = f"甲,乙;丙 % textclean: off-line P001\n{LINE}\n"
    assert clean(text).text == f"甲,乙；丙 % textclean: off-line P001\n{FIXED}\n"
    text = f"{LINE}。 % textclean: off-line P001\n"
    assert clean(text).text == text


@pytest.mark.parametrize("between", ["", "\n", " \n\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_next_line_can_be_switched_off(between: str, end: str) -> None:
    text = f"<!-- textclean: off-next-line -->\n{between}{LINE}\n{LINE}\n".replace("\n", end)
    done = clean(text, Config(ignore="S")).text
    assert done == text.replace(f"{LINE}{end}{LINE}", f"{LINE}{end}{FIXED}")
    text = f"# textclean: off-next-line P001, C\n{between}甲,乙;丙\n\n{LINE}".replace("\n", end)
    assert clean(text, Config(ignore="S")).text.endswith(f"甲,乙；丙{end}{end}{FIXED}")


def test_a_comment_over_some_lines_is_one_switch() -> None:
    text = f"<!--\ntextclean: off-next-line\n-->\n{LINE}\n{LINE}\n"
    assert clean(text).text == text[: -len(LINE) - 1] + FIXED + "\n"
    text = f"<!--\ntextclean: off\n-->\n{LINE}\n<!--\ntextclean: on\n--> {LINE}\n{LINE}"
    assert clean(text).text == text[: -len(LINE)] + FIXED


def test_a_switch_switches_its_own_line() -> None:
    text = "甲,乙 <!-- textclean: off -->\n丙,丁\n戊,己 <!-- textclean: on --> 庚,辛\n壬,癸"
    assert clean(text).text == text[:-3] + "壬，癸"


def test_in_doubt_everything_stays_as_it_is() -> None:
    for names in ("P0O1", "p001", "此处", "P0011"):
        text = f"<!-- textclean: off {names} -->\n{LINE}\n<!-- textclean: on -->"
        assert clean(text).text == text
        assert [edit.rule for edit in check(text)] == ["C105"]


def test_what_is_not_known_is_reported_and_switches_nothing() -> None:
    for wrong in ("of", "disable P001", "", "OFF", "off-next", "on S001"):
        text = f"<!-- textclean: {wrong} -->\n{LINE}\n"
        assert [edit.rule for edit in check(text)] == ["C105", "P001"], wrong
    text = "<!-- textclean: off P001 P999 -->\n甲,乙;丙\n<!-- textclean: on -->"
    (report, edit) = check(text)
    assert (report.rule, edit.rule) == ("C105", "P002")
    assert "'P999'" in report.evidence


def test_a_wrong_switch_is_reported_where_everything_is_off() -> None:
    text = f"<!-- textclean: off -->\n{LINE}\n<!-- textclean: onn -->\n{LINE}"
    assert [edit.rule for edit in check(text)] == ["C103", "C105"]


def test_each_switch_that_stays_off_is_reported() -> None:
    text = "% textclean: off P001 P002\n甲\n% textclean: off S\n乙\n% textclean: on P001"
    found = [edit.before for edit in check(text)]
    assert found == ["% textclean: off P001 P002", "% textclean: off S"]


@pytest.mark.parametrize("form", ["<!-- {} -->", "[//]: # ({})", "% {}", "# {}", "// {}", "{}"])
@pytest.mark.parametrize("verb", ["off", "on", "off-line", "off-next-line P001", "off P0O1"])
def test_no_rule_edits_a_switch(form: str, verb: str) -> None:
    switch = form.format(f"textclean:  {verb}")
    text = f"这是一行没有写完的\n{switch}\n正文，后面还有一行\n文字。"
    everything = Config(tier="suggested", latin_space="add", indent="drop", blank_lines="collapse")
    assert switch in clean(text, everything).text.splitlines()
    assert any(start <= text.index("textclean") < end for start, end in protected_spans(text))


def test_a_pair_with_one_half_switched_off_stays_as_it_is() -> None:
    text = "王庆(助理\n研究员)说。 <!-- textclean: off-line {} -->"
    assert clean(text.format("P001")).text.startswith("王庆（助理\n研究员）说。")
    assert clean(text.format("P006")).text == text.format("P006")


_PIECES = [
    "<!-- ", " -->", "textclean: ", "off", "on", "off-line", "off-next-line", " P001", " S", " X9",
    "[//]: # (", ")", "% ", "# ", "// ", "`", "```\n", "\n", "\r\n", "\n\n", " ", "\u200b",
    "\u2028", "甲,乙", "丙 ;丁", "\ufffd", "门诊楼", '"', "　", "\x0c",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=24).map("".join))
def test_switched_text_is_clean_after_one_cleaning(text: str) -> None:
    for tier in ("safe", "suggested"):
        config = Config(tier=tier)
        once = clean(text, config)
        assert clean(once.text, config).text == once.text
        assert once.revert() == text


@given(st.lists(st.sampled_from(_PIECES), max_size=24).map("".join))
def test_what_is_off_holds_no_edit_of_its_rules(text: str) -> None:
    switches = switches_of(text)
    for edit in clean(text).edits:
        for start, end in switches.off_for(edit.rule):
            if len(edit.parts) < 2:
                assert edit.end <= start or edit.start >= end


@pytest.mark.parametrize(
    ("text", "tex", "after"),
    [
        ("门诊,住院", False, "门诊,住院 <!-- textclean: off-line P001 -->"),
        ("门诊,住院\r\n", True, "门诊,住院 % textclean: off-line P001\r\n"),
        (
            "门诊,住院 <!-- textclean: off-line S -->\n\n甲",
            False,
            "门诊,住院 <!-- textclean: off-line S, P001 -->\n\n甲",
        ),
        (
            "门诊,住院 % textclean: off-line S001 Q",
            True,
            "门诊,住院 % textclean: off-line S001 Q, P001",
        ),
        # Code shows a switch and is none.
        (
            "门诊,住院`<!-- textclean: off-line S -->`",
            False,
            "门诊,住院`<!-- textclean: off-line S -->` <!-- textclean: off-line P001 -->",
        ),
    ],
)
def test_a_rule_is_switched_off_in_its_line(text: str, tex: bool, after: str) -> None:
    (edit,) = clean(text, select="P001").edits
    at, said = line_switch(text, edit.start, "P001", switches_of(text), tex=tex) or (0, "")
    assert text[:at] + said + text[at:] == after
    assert clean(after, select="P001").text == after


def test_a_line_that_is_a_switch_takes_up_no_other() -> None:
    text = "textclean: off P001\n门诊,住院"
    assert line_switch(text, 0, "C103", switches_of(text)) is None
