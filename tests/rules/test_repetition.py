"""Family R: what was printed twice goes; what Chinese doubles, by habit or by accident, stays."""

from hypothesis import given
from hypothesis import strategies as st

from tests.seeds import TEXTS
from tests.tables import cases
from textclean.config import Config
from textclean.engine.rule import Proposal, Rule, View
from textclean.rules.overprinted import overprinted_line
from textclean.rules.repetition import (
    doubled_character,
    doubled_phrase,
    loop,
    stutter,
)

RULES = (doubled_character, doubled_phrase, stutter, loop, overprinted_line)


def found(rule: Rule, text: str) -> list[Proposal]:
    return list(rule.find(View(text, [], Config())))


def repaired(rule: Rule, text: str) -> str:
    proposals = sorted(found(rule, text), reverse=True)
    for proposal in proposals:
        text = text[: proposal.start] + proposal.after + text[proposal.end :]
    return text


def everywhere(text: str) -> list[str]:
    return [text[p.start : p.end] for rule in RULES for p in found(rule, text)]


# Slips found in print: government reports, hospital news, translated articles on technology.
@cases
def test_what_was_printed_twice_goes(name: str, damaged: str, mended: str) -> None:
    (rule,) = (rule for rule in RULES if rule.name == name)
    assert repaired(rule, damaged) == mended


@cases
def test_what_chinese_doubles_stays(text: str) -> None:
    assert everywhere(text) == []


def test_a_repeat_is_never_taken_across_a_line() -> None:
    assert everywhere("医院开展了健康宣教活动。\n医院开展了健康宣教活动。\n") == []
    assert everywhere("把提质增效列入\n列入市十大民生实事，因为\n为重症患者") == []


def test_a_longer_copy_beside_a_shorter_one_and_an_empty_clause_are_no_loop() -> None:
    text = "医院开展健康宣教活动，医院开展健康宣教活动，，居民反映良好。"
    assert repaired(loop, text) == "医院开展健康宣教活动，，居民反映良好。"
    assert everywhere("今天，医院开展健康宣教，医院开展健康宣教活动，居民反映良好。") == []


def test_the_seeds_have_these_and_no_more() -> None:
    text = "\n\n".join(TEXTS.values())
    for rule, expected in (
        (doubled_character, {"为": 1, "癌": 1, "及": 2}),
        (doubled_phrase, {"评省": 1, "列入": 1, "医共体": 2, "、全覆盖、全覆盖": 2}),
        (stutter, {"门门诊诊": 2}),
        (loop, {}),
    ):
        counts: dict[str, int] = {}
        for proposal in found(rule, text):
            removed = text[proposal.start : proposal.end]
            counts[removed] = counts.get(removed, 0) + 1
        assert counts == expected


def test_characters_beyond_the_basic_plane_do_not_move_the_offsets() -> None:
    text = "😀𠮷说：把提质增效列入列入市十大民生实事。"
    assert repaired(doubled_phrase, text) == "😀𠮷说：把提质增效列入市十大民生实事。"
    # Equal in their low bytes only: no repeat.
    assert everywhere("列入刀儥市") == []


PIECES = ["列入", "全覆盖", "医院开展健康宣教活动", *"的门诊、，。\n一😀为x"]
repetitions = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@given(repetitions)
def test_a_proposal_only_takes_away_what_still_stands_before_it(text: str) -> None:
    for rule in RULES:
        proposals = found(rule, text)
        for proposal in proposals:
            removed = text[proposal.start : proposal.end]
            assert "\n" not in removed
            assert len(proposal.after) < len(removed)
            # A copy takes the mark before it along; nothing else is lost.
            gone = set(removed) - set("、，。")
            assert gone <= set(text[: proposal.start] + proposal.after)


@given(repetitions)
def test_removing_comes_to_an_end(text: str) -> None:
    for rule in RULES:
        current = text
        for _ in range(len(text) + 1):
            proposals = found(rule, current)
            if not proposals:
                break
            first = proposals[0]
            shorter = current[: first.start] + first.after + current[first.end :]
            assert len(shorter) < len(current)
            current = shorter
        assert not found(rule, current)
