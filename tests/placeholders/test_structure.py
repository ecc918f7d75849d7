"""What the redactor ate, and when it is put back."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cases
from textclean import Config, Tier, check, clean
from textclean.placeholders import find
from textclean.placeholders.detect import find_eaten
from textclean.rules.placeholders import EATEN

SUGGESTED = Config(select=("X",), tier=Tier.SUGGESTED)
AROUND = "全市共有xx家医院、xxx名医生，xx市启动建设，xx省给予支持。"


def canonical(text: str, run: str) -> list[str]:
    """The readings of the first run that reads so, in a text that is redacted elsewhere, too."""
    for each in find(f"{text}\n{AROUND}"):
        if each.text == run:
            return [candidate.text for candidate in each.candidates]
    raise AssertionError(f"{run} was not found in {text}")


@cases
def test_what_was_eaten_is_put_back(text: str, run: str, best: str):
    assert canonical(text, run)[0] == best


@cases
def test_what_lacks_nothing_stays(text: str, run: str):
    assert canonical(text, run)[0] == run


def test_two_readings_are_both_offered_and_neither_applied():
    text = f"今年xxx日上午，活动启动。{AROUND}"
    assert {"x月xx", "xx月x"} <= set(canonical(text, "xxx"))
    done = clean(text, SUGGESTED)
    assert done.text == text
    (finding,) = [edit for edit in check(text, SUGGESTED) if edit.rule == "X002"]
    assert finding.before == finding.after == "xxx"
    assert "x月xx" in finding.evidence


def test_stop_behind_a_percentage_is_put_back_in_prose_and_not_in_a_heading():
    prose = "持续提升服务能力，全市医疗机构药物配置率达到xxx%"
    assert clean(f"{prose}\n\n{AROUND}", SUGGESTED).text.startswith(prose + "。\n")
    heading = "配置率达到xxx%"
    assert clean(f"{heading}\n\n{AROUND}", SUGGESTED).text.startswith(heading + "\n")


def test_nothing_is_applied_by_default():
    text = f"截至xxxxx月底，{AROUND}"
    assert clean(text).text == text


@given(
    st.lists(
        st.sampled_from(
            ["xxxxx月", "xxx日", "xx%", "xxxx市", "xx岁儿童", "，", "。\n", "xxxxxxx日", "增长"]
        ),
        max_size=12,
    ).map("".join)
)
def test_putting_back_once_is_enough_and_invents_no_digit(text):
    once = clean(text, SUGGESTED).text
    assert clean(once, SUGGESTED).text == once
    assert once.count("x") == text.count("x")
    assert not re.search("[0-9]", once)


@given(st.text(alphabet="xX×＊*年月日岁周个%％.。，等省市县区 \n至—今人的", max_size=60))
def test_looking_for_what_was_eaten_alone_finds_all_of_it(text):
    eaten = find_eaten(text)
    assert eaten == [each._replace(slot="") for each in find(text) if each.changed]
    assert not eaten or any(trigger.found_in(text) for trigger in EATEN)
