"""What holds for every text and every selection of rules: the promises of the edit model."""

from __future__ import annotations

import gc
import pickle
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import example, given, settings

from tests.promises import counted
from tests.seeds import TEXTS
from tests.strategies import RULES, configs, texts
from textclean import Config, ConfigError, InvalidTextError, Tier, check, clean, clean_many
from textclean.engine.plan import Plan, plan_of
from textclean.engine.rounds import Views, run_rounds
from textclean.text.blocks import split_blocks
from textclean.text.compose import apply, revert
from textclean.text.protect import entities_in_prose, protected_spans

DEFAULT = Config()
SUGGESTED = Config(tier=Tier.SUGGESTED)


@given(texts, configs())
def test_edits_lead_from_the_original_to_the_text_and_back(text: str, config: Config) -> None:
    done = clean(text, config)
    edits = list(done.edits)
    assert done.original == text
    assert apply(text, edits) == done.text
    assert revert(done.text, edits) == text
    assert done.revert() == text


@given(texts, configs())
def test_edits_are_sorted_disjoint_and_no_two_start_together(text: str, config: Config) -> None:
    edits = list(clean(text, config).edits)
    for before, behind in pairwise(edits):
        assert before.end <= behind.start
        assert before.start < behind.start
    for edit in edits:
        assert edit.before == text[edit.start : edit.end]
        assert edit.before != edit.after
        assert edit.tier.rank <= config.tier.rank
        assert edit.evidence


@given(texts, configs())
def test_cleaning_twice_changes_nothing_more(text: str, config: Config) -> None:
    once = clean(text, config).text
    again = clean(once, config)
    assert again.text == once
    assert not again.edits


@given(texts, configs())
def test_protected_spans_are_untouched(text: str, config: Config) -> None:
    entities = entities_in_prose(text)  # those are protected from all rules but their own
    spans = [span for span in protected_spans(text) if span not in entities]
    for edit in clean(text, config).edits:
        assert all(edit.end <= start or end <= edit.start for start, end in spans)


@given(texts, configs())
def test_no_edit_crosses_a_block(text: str, config: Config) -> None:
    blocks = split_blocks(text)
    for edit in clean(text, config).edits:
        if edit.rule in ("S009", "C006") or any(p.rule in ("S009", "C006") for p in edit.parts):
            continue  # these are about the breaks themselves
        touched = [b for b in blocks if b.start < edit.end and edit.start < b.end]
        assert len(touched) <= 1


@given(texts)
def test_safe_edits_keep_every_digit_and_han_character(text: str) -> None:
    assert counted(clean(text).text) == counted(text)


@given(texts, configs())
def test_check_finds_nothing_to_change_after_cleaning(text: str, config: Config) -> None:
    once = clean(text, config).text
    applied = [e for e in check(once, config) if e.tier.rank <= config.tier.rank and e.changes]
    assert applied == []


@given(texts, configs())
def test_suggestions_are_written_against_the_original(text: str, config: Config) -> None:
    for edit in clean(text, config).suggestions:
        assert edit.before == text[edit.start : edit.end]
        assert edit.rule
        assert edit.evidence


@given(texts)
def test_what_is_suggested_is_what_the_higher_tier_applies(text: str) -> None:
    done, more = clean(text, DEFAULT), clean(text, SUGGESTED)
    offered = {edit[:4] for edit in (*done.edits, *done.suggestions)}
    assert {edit[:4] for edit in more.edits} <= offered


@given(texts, configs())
@settings(max_examples=300)
def test_three_rounds_bring_every_text_to_rest(text: str, config: Config) -> None:
    with pytest.MonkeyPatch.context() as patch:
        # Three that change something, and the one that finds nothing.
        patch.setattr("textclean.engine.rounds.MOST_ROUNDS", 4)
        run_rounds(Views(text, config), plan_of(RULES, config), config.tier.rank)


# A repair that would make prose of what is protected

UNPROTECTING = [
    "`）`\u200b`",
    "a＠b.cnａ.cnａ.cna＠b.cn",
    "完成２０个村`）`\u200b`。",
]


@pytest.mark.parametrize("config", [DEFAULT, SUGGESTED], ids=["safe", "suggested"])
@pytest.mark.parametrize("line", UNPROTECTING)
def test_a_line_whose_repair_would_unprotect_code_stays_and_is_reported(
    line: str, config: Config
) -> None:
    before, after = "落实 ,完成２０个村。", "落实，完成20个村。"
    done = clean(f"{before}\n\n{line}\n\n{before}", config)
    assert done.text.startswith(after)
    assert done.text.endswith(after)
    assert clean(done.text, config).text == done.text
    alone = clean(line, config)
    if alone.text == line:
        assert any("left out" in edit.evidence for edit in alone.suggestions)


@pytest.mark.parametrize(
    "text", ["用`a＠b.cn`和`ｘ）`，见a@b.cn。", "`code`\u200b旁，完成20个村。"]
)
def test_what_unprotects_nothing_is_not_reported_so(text: str) -> None:
    assert not any("left out" in edit.evidence for edit in clean(text).suggestions)


@given(texts)
def test_groups_are_whole(text: str) -> None:
    counts = Counter(edit.group for edit in clean(text, SUGGESTED).edits if edit.group is not None)
    assert list(counts) == list(range(len(counts)))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("config", [DEFAULT, SUGGESTED], ids=["safe", "suggested"])
def test_seeds_come_back_and_are_clean_after_one_cleaning(text: str, config: Config) -> None:
    done = clean(text, config)
    assert done.revert() == text
    assert clean(done.text, config).text == done.text


def test_clean_many_keeps_the_order_and_needs_no_particular_number_of_workers() -> None:
    paragraphs = "\n".join(TEXTS.values()).split("\n")
    alone = list(clean_many(paragraphs))
    spread = list(clean_many(iter(paragraphs), workers=2))
    assert [c.original for c in spread] == paragraphs
    assert [(c.text, c.columns) for c in spread] == [(c.text, c.columns) for c in alone]
    assert spread[5].suggestions == alone[5].suggestions


def test_cleaned_can_be_pickled() -> None:
    done = clean("落实 ,完成２０个")
    again = pickle.loads(pickle.dumps(done))
    assert (again.text, list(again.edits)) == (done.text, list(done.edits))
    assert again.suggestions == done.suggestions


def test_fused_edits_keep_what_each_stage_did() -> None:
    edit = next(iter(clean("互联网﹐医疗").edits))
    assert (edit.before, edit.after, edit.rule) == ("﹐", "，", "C008")
    (edit,) = clean("健康，,中国").edits
    assert edit.before == ","
    assert edit.after == ""
    assert [part.rule for part in edit.parts] == ["P001", "P009"]


@pytest.mark.parametrize("bad", [None, b"\xe4\xb8\xad", 3, ["中"]])
def test_what_is_no_string_is_refused(bad: object) -> None:
    with pytest.raises(InvalidTextError, match="expected a string"):
        clean(bad)  # type: ignore[arg-type]


def test_a_lone_surrogate_is_refused_by_place() -> None:
    with pytest.raises(InvalidTextError, match=r"U\+D800 at offset 2"):
        clean("中国\ud800")


def test_unknown_rules_are_refused() -> None:
    with pytest.raises(ConfigError, match="Z9"):
        clean("中国", Config(select=("Z9",)))


@example("`a\u200b`b`,中`")
@given(texts)
def test_cleaning_never_turns_code_into_prose(text: str) -> None:
    done = clean(text)
    kept = [text[start:end] for start, end in protected_spans(text)]
    after = [done.text[start:end] for start, end in protected_spans(done.text)]
    joined = "\x00".join(after)
    assert all(piece in joined for piece in kept)


@pytest.mark.parametrize("text", TEXTS.values())
def test_suggestions_are_those_of_a_text_that_was_never_met(text: str) -> None:
    met = clean(text).suggestions
    unmet = clean(text)
    clean("别的文本。")
    assert unmet.suggestions == met


def test_many_configurations_take_no_more_memory_than_some() -> None:
    """As with a server that is given one for each text."""
    for number in range(200):
        clean("全市有医院,建设了.", Config(min_copy=40 + number))
    gc.collect()
    assert sum(type(each) is Plan for each in gc.get_objects()) < 100
