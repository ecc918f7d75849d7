"""What texts were taken for, and counts by rule and tier."""

from __future__ import annotations

import json

from textclean import clean
from textclean.report.findings import findings
from textclean.report.statistics import (
    Statistics,
    statistics_json,
    statistics_lines,
    statistics_of,
)
from textclean.rules import all_rules

NEWS = "会议指出,要坚持以人民为中心的发展思想,把群众的事办好。全市有\ufffd名医务人员。\n"
CLASSIC = "黄帝曰：善哉，夫子之论也。岐伯对曰：此先师之所秘也，虽伯高犹不能明之矣。" * 3


def statistics(name: str, text: str) -> Statistics:
    done = clean(text)
    rules = {rule.code: rule for rule in all_rules()}
    found = findings(name, done.edits, done.suggestions, lambda offset: (1, offset), rules)
    return statistics_of(name, text, done.kind, found)


def test_a_text_is_shown_with_its_kind_the_evidence_and_its_rules() -> None:
    lines = list(statistics_lines([statistics("a.txt", NEWS)]))
    assert lines[0] == f"a.txt: {len(NEWS)} characters\n"
    assert lines[1].startswith("  register: prose (")
    assert "  P001 fullwidth-comma: 2 safe, to be made\n" in lines
    assert "  C101 unreadable-character: 1 report\n" in lines
    assert f"all: 1 document, {len(NEWS)} characters\n" in lines


def test_the_sum_counts_kinds_and_rules_over_all_texts() -> None:
    every = [statistics("a.txt", NEWS), statistics("b.txt", NEWS), statistics("c.txt", CLASSIC)]
    lines = list(statistics_lines(every))
    total = lines[lines.index(f"all: 3 documents, {2 * len(NEWS) + len(CLASSIC)} characters\n") :]
    assert "  register: 2 prose, 1 classical\n" in total
    assert "  P001 fullwidth-comma: 4 safe, to be made\n" in total


def test_json_says_the_same_as_data() -> None:
    every = [statistics("a.txt", NEWS), statistics("c.jsonl:3", CLASSIC)]
    data = json.loads("".join(statistics_json(every)))
    first, second = data["documents"]
    assert (first["name"], first["register"]) == ("a.txt", "prose")
    assert (second["name"], second["register"]) == ("c.jsonl:3", "classical")
    assert first["evidence"]["register"].startswith("prose (")
    assert {
        "code": "P001",
        "name": "fullwidth-comma",
        "tier": "safe",
        "fixable": True,
        "count": 2,
    } in (first["rules"])
    assert data["all"]["documents"] == 2
    assert data["all"]["registers"] == {"prose": 1, "classical": 1}


def test_of_nothing_there_is_an_empty_sum() -> None:
    assert list(statistics_lines([])) == ["all: 0 documents, 0 characters\n"]
    assert json.loads("".join(statistics_json([])))["documents"] == []
