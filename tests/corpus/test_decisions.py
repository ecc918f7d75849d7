"""Decisions: known again on a second run, obeyed, and applied to nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from textclean import clean
from textclean.cleaning import Outcome
from textclean.config import Config
from textclean.corpus.decided import decided
from textclean.corpus.decisions import (
    Change,
    Decisions,
    Occurrence,
    Passage,
    Verdict,
    document_name,
    numbered,
    occurrences,
    words_digest,
)
from textclean.errors import ConfigError
from textclean.text.compose import apply
from textclean.text.edit import Edit

SCHEMA = Path(__file__).parents[2] / "docs/schemas/decisions.schema.json"
NEWS = (
    "市卫健委通报,今日新增确诊病例3例,均为密切接触者。\n\n"
    "医院门诊恢复,实行预约制,患者须持健康码就诊。\n\n"
    "他说, 这 是必须的,也是应该的。\n"
)


def _decided(text: str, decisions: Decisions, **options: str) -> Outcome:
    config = decisions.configured(Config(**options))  # type: ignore[arg-type]
    done = clean(text, config)
    return decided(decisions, "a.txt", text, Outcome(done.text, done.columns), config)


def _edits(text: str, **options: str) -> list[tuple[Edit, Occurrence]]:
    edits = list(clean(text, Config(**options)).edits)  # type: ignore[arg-type]
    return list(zip(edits, occurrences("a.txt", text, edits), strict=True))


def test_a_rejected_change_is_not_made_and_all_others_are() -> None:
    edits = _edits(NEWS)
    assert len(edits) > 5
    for edit, occurrence in edits:
        decisions = Decisions()
        decisions.decide(occurrence, Verdict.REJECT)
        others = [each for each, _ in edits if each is not edit]
        assert _decided(NEWS, decisions).text == apply(NEWS, others)
        assert decisions.unmet() == []


def test_a_second_run_over_the_result_remembers_what_was_rejected() -> None:
    for _, occurrence in _edits(NEWS):
        decisions = Decisions()
        decisions.decide(occurrence, Verdict.REJECT)
        once = _decided(NEWS, decisions).text
        again = _decided(once, Decisions.load(decisions.dump()))
        assert again.text == once


def test_of_changes_that_are_alike_one_is_rejected() -> None:
    text = "他来了,我走了。\n\n" * 3
    edits = _edits(text)
    commas = [each for edit, each in edits if edit.rule == "P001"]
    assert [(each.number, each.of) for each in commas] == [(0, 3), (1, 3), (2, 3)]
    decisions = Decisions()
    decisions.decide(commas[1], Verdict.REJECT)
    once = _decided(text, decisions).text
    assert once.split("\n\n")[:3] == ["他来了，我走了。", "他来了,我走了。", "他来了，我走了。"]
    assert _decided(once, decisions).text == once


def test_where_it_is_not_clear_which_is_meant_none_is() -> None:
    decisions = Decisions()
    text = "他来了,我走了。\n\n" * 3
    commas = [each for edit, each in _edits(text) if edit.rule == "P001"]
    decisions.decide(commas[1], Verdict.REJECT)
    shorter = "他来了,我走了。\n\n" * 2
    assert _decided(shorter, decisions).text == clean(shorter).text
    assert decisions.unmet() == [commas[1].subject]


def test_a_decision_on_what_is_gone_is_told_and_applied_to_nothing() -> None:
    decisions = Decisions()
    _, first = _edits(NEWS)[0]
    decisions.decide(first, Verdict.REJECT)
    other = NEWS.replace("市卫健委通报", "市卫健委今天通报")
    assert _decided(other, decisions).text == clean(other).text
    assert decisions.unmet() == [first.subject]


def test_an_accepted_suggestion_is_made_though_the_tier_is_safe() -> None:
    text = "记者 采访了 王医生，他说 工作 很忙 但是 值得。今天 下雨 了 我们 回家 吧。\n"
    done = clean(text)
    offered = [edit for edit in done.suggestions if edit.changes]
    assert offered
    for edit, occurrence in zip(offered, occurrences("a.txt", text, offered), strict=True):
        decisions = Decisions()
        decisions.decide(occurrence, Verdict.ACCEPT)
        after = _decided(text, decisions)
        assert after.text != done.text
        made = {(span[0], span[1], span[2]) for span in after.columns}
        assert (edit.start, edit.end, edit.after) in made
        assert decisions.unmet() == []
        assert _decided(after.text, decisions).text == after.text


def test_what_stands_or_falls_together_is_rejected_together() -> None:
    text = '他说:"我们今天就出发,明天到达。"大家都同意了。\n'
    edits = _edits(text)
    grouped = [pair for pair in edits if pair[0].group is not None]
    for edit, occurrence in grouped:
        decisions = Decisions()
        decisions.decide(occurrence, Verdict.REJECT)
        expected = [each for each, _ in edits if each.group != edit.group]
        assert _decided(text, decisions).text == apply(text, expected)


def test_decisions_on_a_rule_choose_its_tier() -> None:
    decisions = Decisions()
    decisions.decide_rule("P001", Verdict.REJECT)
    assert "通报,今日" in _decided(NEWS, decisions).text
    # A single change of it is accepted all the same.
    _, comma = next(pair for pair in _edits(NEWS) if pair[0].rule == "P001")
    decisions.decide(comma, Verdict.ACCEPT)
    text = _decided(NEWS, decisions).text
    assert "通报，今日" in text
    assert "恢复,实行" in text


def test_a_file_of_decisions_comes_back_as_it_was() -> None:
    decisions = Decisions()
    decisions.decide_rule("S001", Verdict.ACCEPT)
    for number, (_, occurrence) in enumerate(_edits(NEWS)):
        decisions.decide(occurrence, list(Verdict)[number % 2])
    passage = Occurrence(Passage("a.txt", words_digest("某段，文字")))
    decisions.decide(passage, Verdict.REJECT, "某段，文字")
    data = decisions.dump()
    jsonschema.validate(json.loads(data), json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert Decisions.load(data).dump() == data
    decisions.decide(passage, None)
    assert "某段" not in decisions.dump()


def test_repairs_of_marks_leave_a_passage_known() -> None:
    assert words_digest("疫情, 防控") == words_digest("疫情，防控。")
    assert words_digest("疫情防控1") != words_digest("疫情防控2")


def test_names_of_texts() -> None:
    assert document_name("a.txt") == "a.txt"
    assert document_name("a.jsonl", 3) == "a.jsonl:3"
    assert document_name("a.jsonl", 3, 1) == "a.jsonl:3:1"


def test_numbers_of_those_alike() -> None:
    one, two = (
        Change("a", "P001", ",", "，", "甲", "乙"),
        Change("a", "P001", ",", "，", "丙", "丁"),
    )
    assert [(o.number, o.of) for o in numbered([one, two, one])] == [(0, 2), (0, 1), (1, 2)]


@pytest.mark.parametrize(
    "data",
    [
        "",
        "[]",
        "{}",
        '{"textclean-decisions": 2, "decisions": []}',
        '{"textclean-decisions": 1, "decisions": {}}',
        '{"textclean-decisions": 1, "decisions": [{}]}',
        '{"textclean-decisions": 1, "decisions": [{"rule": "P001", "decision": "perhaps"}]}',
        '{"textclean-decisions": 1, "decisions": [{"rule": 1, "decision": "accept"}]}',
        '{"textclean-decisions": 1, "decisions": [{"document": "a", "digest": "b", "number": 1, '
        '"of": 1, "decision": "reject"}]}',
    ],
)
def test_what_is_no_file_of_decisions_is_refused(data: str) -> None:
    with pytest.raises(ConfigError):
        Decisions.load(data)
