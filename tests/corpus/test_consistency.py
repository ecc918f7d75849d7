"""Numbers that contradict one another: a run lists them with both places, as `check` does."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("numba", reason="needs the extra [dedup]")

from tests.folders import rows
from textclean import Config, check, clean_corpus
from textclean.corpus.consistency import CODES
from textclean.corpus.run import run
from textclean.corpus.undo import undo

BEDS = (
    "2021年全市共建成养老托老床位3600多张，配置母婴室315个，覆盖率达到100%，超额完成任务。\n\n"
    "港口的吊机彻夜未停，二十多艘货轮在锚地等着靠泊，引航员轮班出海。\n\n"
    "2021年全市共建成养老托老床位3600多张，配置母婴室375个，覆盖率达到100%，超额完成任务。\n"
)
PARTS = "全年共有学生300人，其中男生512人。\n"
DAY = "会议定于2月30日召开。\n"
SHARE = "全市接种率达到153.89%。\n"
RIGHT = "全年共有学生300人，其中男生152人，女生148人。会议定于2月28日召开。\n"


def test_two_values_have_both_places_and_their_sentences():
    (found,) = clean_corpus([("a", BEDS)]).contradictions
    assert (found.document, found.rule) == ("a", "Q024")
    assert (found.place.text, found.other.text) == ("375个", "315个")
    for each in (found.place, found.other):
        assert BEDS[each.start : each.end] == each.text
        assert each.sentence in BEDS
        assert each.text in each.sentence


def test_a_total_stands_against_its_parts():
    (found,) = clean_corpus([("a", PARTS)]).contradictions
    assert (found.rule, found.place.text, found.other.text) == ("Q022", "300人", "512人")


@pytest.mark.parametrize(
    ("text", "rule", "number"), [(DAY, "Q021", "2月30日"), (SHARE, "Q023", "153.89%")]
)
def test_what_is_impossible_by_itself_has_one_place(text, rule, number):
    (found,) = clean_corpus([("a", text)]).contradictions
    assert (found.rule, found.place.text, found.other) == (rule, number, None)


def test_numbers_that_agree_are_not_listed():
    assert clean_corpus([("a", RIGHT), ("b", BEDS.replace("375", "315"))]).contradictions == []


def test_what_the_configuration_leaves_out_is_not_listed():
    assert clean_corpus([("a", BEDS + PARTS)], Config(ignore="Q02")).contradictions == []
    (found,) = clean_corpus([("a", BEDS + PARTS)], Config(select=("P", "Q022"))).contradictions
    assert found.rule == "Q022"


def test_offsets_are_those_of_the_original_where_copies_went_and_marks_changed():
    story = "渔民们在退潮之前把最后一批海带挂上竹架，海风里全是盐和柴油的味道。\n\n"
    text = f"{story}会议于 2月28日召开,地点未定。{DAY}"
    corpus = clean_corpus([("a", story), ("b", text)], Config(tier="suggested"))
    assert [removal.document for removal in corpus.removals] == ["b"]
    (found,) = corpus.contradictions
    assert (found.document, text[found.place.start : found.place.end]) == ("b", "2月30日")


def test_they_are_what_check_finds():
    text = BEDS + "\n" + PARTS + "\n" + DAY + "\n" + SHARE
    found = clean_corpus([("a", text)]).contradictions
    reported = [(edit.rule, edit.start, edit.end) for edit in check(text) if edit.rule in CODES]
    assert [(each.rule, each.place.start, each.place.end) for each in found] == reported
    assert len(reported) == 4


def test_a_run_writes_them_down_the_same_for_any_workers(tmp_path: Path):
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "a.txt").write_text(BEDS, encoding="utf-8")
    (inputs / "b.jsonl").write_text(f'{{"text": "{DAY.strip()}"}}\n', encoding="utf-8")
    (inputs / "c.txt").write_text(RIGHT, encoding="utf-8")
    summary = run([inputs], tmp_path / "out", Config())
    assert summary.contradictions == 2
    first, second = rows(tmp_path / "out" / "consistency.jsonl")
    assert (first["document"], first["line"], first["text"]) == ("a.txt", 5, "375个")
    assert (first["other_document"], first["other_line"], first["other_text"]) == (
        "a.txt", 1, "315个",
    )  # fmt: skip
    assert first["sentence"] != first["other_sentence"]
    assert (second["document"], second["rule"]) == ("b.jsonl", "Q021")
    assert "other_document" not in second
    run([inputs], tmp_path / "again", Config(), workers=2)
    same = [(tmp_path / name / "consistency.jsonl").read_bytes() for name in ("out", "again")]
    assert same[0] == same[1]
    undo(tmp_path / "out", tmp_path / "back")
    assert (tmp_path / "back" / "a.txt").read_text(encoding="utf-8") == BEDS


def test_a_run_without_contradictions_has_no_such_file(tmp_path: Path):
    (tmp_path / "a.txt").write_text(RIGHT, encoding="utf-8")
    run([tmp_path / "a.txt"], tmp_path / "out", Config())
    assert not (tmp_path / "out" / "consistency.jsonl").exists()
