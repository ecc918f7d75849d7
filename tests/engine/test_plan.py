"""The plan's gates: none says that a text holds nothing where a rule's trigger finds a match."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from textclean import Config, ConfigError
from textclean.engine.plan import PresentLiterals, RareCharacters, Step, plan_of
from textclean.rules import all_rules
from textclean.text.kinds.unreadable import _pages, unreadable_pages
from textclean.text.mojibake import misreadings
from textclean.text.protect import _spans

_MARKS = st.text(
    st.one_of(
        st.sampled_from(' \t\u3000\n"“”‘’，。、；：·.-—－─0九月年%Oh~～_X×某,;()⼀豈\U0002f800'),
        st.characters(),
    ),
    max_size=40,
)
_PLAN = plan_of(all_rules(), Config())
_STEPS = [step for pair in _PLAN.stages[1] for step in pair if step.rules]


def _asked(step: Step, text: str) -> set[str]:
    return {rule.code for rule, _ in step.rules if rule.may_find(text)}


@given(_MARKS)
def test_every_rule_whose_trigger_is_found_is_asked(text: str) -> None:
    for step in _STEPS:
        asked = {
            rule.code for rule, _ in step.candidate_rules(text, PresentLiterals(text, step.firsts))
        }
        assert asked == _asked(step, text)


@given(_MARKS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3), _MARKS), max_size=4))
def test_what_a_text_held_before_edits_hides_nothing_that_they_bring(
    text: str, edits: list[tuple[int, int, str]]
) -> None:
    for step in _STEPS:
        present = PresentLiterals(text, step.firsts)
        step.candidate_rules(text, present)
        current = text
        for at, length, after in edits:
            current = current[:at] + after + current[at + length :]
            present.note_edits({after})
            asked = {rule.code for rule, _ in step.candidate_rules(current, present)}
            assert asked == _asked(step, current)


def test_what_is_taken_out_may_bring_together_what_a_trigger_looks_for() -> None:
    (step,) = (step for step, _ in _PLAN.applied[0] if step.rules[0][0].code == "P001")
    present = PresentLiterals("甲，乙，丙", step.firsts)
    step.candidate_rules("甲，乙，丙", present)
    present.note_edits({""})
    assert "P009" in {rule.code for rule, _ in step.candidate_rules("甲，，丙", present)}


@given(st.text())
def test_rare_characters_are_found_in_and_beyond_the_plane(text: str) -> None:
    classes = ["[\u2e80-\u2fdf]", "[\uf900-\ufa6d\U0002f800-\U0002fa1d]", "\ufeff", "[\U0001f600]"]
    expected = set(re.findall("|".join(classes), text))
    rare = RareCharacters(classes)
    assert rare.present_in(text, beyond_plane=True) == expected
    within = "".join(char for char in text if char <= "\uffff")
    assert rare.present_in(within, beyond_plane=False) == {c for c in expected if c <= "\uffff"}


def test_every_rare_character_of_the_plane_is_found_without_looking_beyond() -> None:
    text = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x10000)]))
    rare = _PLAN.rare[1]
    assert rare is not None
    everywhere = rare.present_in(text, beyond_plane=True)
    assert rare.present_in(text, beyond_plane=False) == everywhere


def test_a_class_that_reaches_beyond_the_plane_keeps_what_lies_within() -> None:
    assert RareCharacters(["[\uff00-\U00010010]"]).present_in("\uff01-", beyond_plane=False) == {
        "\uff01"
    }


def test_where_all_that_is_looked_for_lies_beyond_the_plane_nothing_is_found_within() -> None:
    assert not RareCharacters(["[\U0001f600-\U0001f64f]"]).present_in("甲乙", beyond_plane=False)


def test_a_configuration_that_names_no_rule_is_an_error() -> None:
    with pytest.raises(ConfigError, match="no rule 'Z999'"):
        plan_of(all_rules(), Config(select=("Z999",)))


def test_a_plan_runs_every_rule_that_is_on() -> None:
    planned = {rule.code for step in _STEPS for rule, _ in step.rules}
    asked = [rule for rule in all_rules() if not rule.of_readings]
    on = {rule.code for rule in asked if rule.enabled is None or rule.enabled(Config())}
    assert planned == on


#: What pages without text, misreadings and code are made of, and prose between them.
_ODD = [
    "\ufffd",
    "\ue123",
    "\x83",
    "ä½\xa0å¥½",
    "锟斤拷",
    "鎴戜滑鐨勫伐",
    "ÎÒÃÇ",
    "扂蠅腔",
    "ܚ",
    "ߟ",
    "б",
    "(cid:12)",
    "ア",
    "─",
    "\u3000",
    "\n",
    "`a，b`",
    "&nbsp;",
    "𠀀",
    "我们的工作。",
    "，",
    "hello ",
]


@given(
    st.builds(
        lambda parts, times: "".join(parts) * times,
        st.lists(st.sampled_from(_ODD), max_size=40),
        st.sampled_from([1, 40]),
    )
)
@example("锟斤拷" * 200)
@example("ܚߟб\ufffd" * 150)
@example("我们的工作。" * 80 + "\n" + "\ue123\x83" * 30)
def test_what_is_known_of_a_text_changes_nothing_that_is_found(text: str) -> None:
    rare = _PLAN.rare[0]
    assert rare is not None
    # Without what is remembered, so that one answer is not given for the other.
    spans, pages = _spans.__wrapped__, _pages.__wrapped__  # type: ignore[attr-defined]
    alphabet = "".join(rare.present_in(text, beyond_plane=True))
    assert spans(text, alphabet) == spans(text)
    assert unreadable_pages(text, alphabet) == pages(text)
    assert misreadings(text, alphabet) == misreadings(text)
