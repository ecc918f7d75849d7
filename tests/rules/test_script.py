"""Family T and C102: a stray is a slip, several in a row are somebody's words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.seeds import TEXTS
from tests.tables import cases
from textclean import Config, clean
from textclean.engine.rule import Proposal, Rule, View
from textclean.rules.misread_words import misread_word
from textclean.rules.nonstandard import nonstandard_character
from textclean.rules.script import (
    is_simplified,
    likely_stray_traditional,
    may_be_name,
    mixed_script,
    passage_bounds,
    stray_shared_form,
    stray_traditional,
)
from textclean.text.variants import fold_table, traditional


def found(rule: Rule, text: str) -> list[Proposal]:
    return list(rule.find(View(text, [], Config())))


def repaired(rule: Rule, text: str) -> str:
    for proposal in sorted(found(rule, text), reverse=True):
        text = text[: proposal.start] + proposal.after + text[proposal.end :]
    return text


# Slips of news, laws, health and technology writing, as they were printed.
@cases
def test_a_stray_that_makes_a_word_is_replaced(damaged: str, repaired_text: str) -> None:
    assert repaired(stray_traditional, damaged) == repaired_text


@cases
def test_names_quotations_and_other_scripts_stay(text: str) -> None:
    assert not found(stray_traditional, text)


@cases
def test_characters_of_both_scripts_are_judged_by_the_word(
    damaged: str, repaired_text: str
) -> None:
    assert repaired(stray_shared_form, damaged) == repaired_text


@cases
def test_characters_of_both_scripts_stay_in_their_own_words(text: str) -> None:
    assert not found(stray_shared_form, text)


@cases
def test_a_word_is_converted_whole_or_left_whole(damaged: str, repaired_text: str) -> None:
    assert clean(damaged, Config(tier="suggested", select=("T",))).text == repaired_text


def test_what_a_text_has_throughout_is_its_writers_own() -> None:
    text = "这些病人素有癥结，脉象变化复杂，应当认真诊断。"
    assert repaired(stray_traditional, text) == text.replace("癥", "症")
    assert not found(stray_traditional, text + "癥瘕积聚，癥块坚硬，皆属此类。")


@cases
def test_words_that_are_misread_are_shown(text: str, spans: list[str]) -> None:
    assert sorted(text[p.start : p.end] for p in found(misread_word, text)) == sorted(spans)


@cases
def test_words_that_meet_are_not_misread(text: str) -> None:
    assert not found(misread_word, text)


def test_a_quotation_is_judged_by_itself_and_so_is_what_is_around_it() -> None:
    text = "他说“國家興亡，匹夫有責”，这话对我們的时代仍然适用，问题在于怎样认识和实践。"
    assert repaired(stray_traditional, text) == text.replace("我們", "我们")


def test_two_in_a_row_and_titles_are_only_suggested() -> None:
    text = "这些運動的胜利，《永远的細节》说得很清楚，问题已经解决。"
    assert not found(stray_traditional, text)
    after = "这些运动的胜利，《永远的细节》说得很清楚，问题已经解决。"
    assert repaired(likely_stray_traditional, text) == after


def test_no_proposal_is_made_by_both_rules() -> None:
    text = (
        "随着改革開放的深入和经济文化的发展，我国工人阶级队伍不断壮大，这些運動的胜利来之不易，"
        "问题总会解决，刘振興这样说，大家都赞成。"
    )
    certain = {text[p.start : p.end] for p in found(stray_traditional, text)}
    likely = {text[p.start : p.end] for p in found(likely_stray_traditional, text)}
    assert certain == {"開"}
    assert likely == {"運動", "興"}


@pytest.mark.parametrize("name", ["003", "004"])
def test_the_seeds_have_one_stray_each(name: str) -> None:
    text = TEXTS[name]
    (proposal,) = found(stray_traditional, text)
    assert text[proposal.start] + proposal.after in {"細细", "來来"}


def test_innermost_quotation_is_the_passage() -> None:
    text = "他说：“《紅樓夢》好看”，我信。"
    assert text[slice(*passage_bounds(text, 5, 0, len(text)))] == "紅樓夢"
    assert text[slice(*passage_bounds(text, 9, 0, len(text)))] == "《紅樓夢》好看"
    assert passage_bounds(text, 13, 0, len(text)) == (0, len(text))


def test_a_surname_counts_only_where_it_is_part_of_no_word() -> None:
    assert may_be_name("刘建國", 2, 0)
    assert may_be_name("马馼", 1, 0)
    assert not may_be_name("对于這", 2, 0)
    assert not may_be_name("提高經", 2, 0)


def test_kana_or_a_third_of_traditional_characters_is_no_simplified_text() -> None:
    assert is_simplified("随着改革開放的深入和经济文化的发展，我国工人阶级队伍壮大")
    assert not is_simplified("东京の图书馆")
    assert not is_simplified("改革開放以來，中国发展")


def test_mixed_script_is_found_once_at_its_first_traditional_character() -> None:
    text = (
        "说明。\n"
        + "改革開放以來，中國經濟發展。\n"
        + "改革开放以来，中国经济发展迅速，问题不断解决。"
    )
    (proposal,) = found(mixed_script, text)
    assert text[proposal.start : proposal.end] == proposal.after == "開"
    assert "6 Traditional" in proposal.evidence


def test_a_stray_is_no_mixture() -> None:
    assert not found(
        mixed_script, "完善考核体系，細化考核指标，控制费用。" + "加强基层卫生服务。" * 40
    )


def test_seed_003_shows_the_character_that_no_standard_has() -> None:
    text = TEXTS["003"]
    assert [text[p.start : p.end] for p in found(nonstandard_character, text)] == ["疛"]


@given(st.text(alphabet="細化以來国家发展的，。“”《》\n\r ·ーの王刘國問題著乾😀𠮷a1", max_size=60))
def test_proposals_are_in_order_on_one_line_and_settle_after_one_pass(text: str) -> None:
    for rule in (stray_traditional, likely_stray_traditional):
        proposals = found(rule, text)
        ends = [proposal.end for proposal in proposals]
        assert all(p.start >= end for p, end in zip(proposals[1:], ends, strict=False))
        for proposal in proposals:
            before = text[proposal.start : proposal.end]
            assert before.translate(fold_table()) == proposal.after != before
        once = repaired(rule, text)
        assert sum(map(once.count, traditional())) <= sum(map(text.count, traditional()))


@given(st.text(max_size=40))
def test_any_text_is_taken(text: str) -> None:
    for rule in (
        stray_traditional,
        likely_stray_traditional,
        stray_shared_form,
        mixed_script,
        nonstandard_character,
        misread_word,
    ):
        found(rule, text)
