"""``textclean rules``: the list, the pages, and the documentation made from them."""

from __future__ import annotations

import json

from tests.cli.conftest import Call
from tests.seeds import ROOT
from textclean.rules import all_rules


def test_every_rule_has_a_line(call: Call) -> None:
    lines = call("rules").stdout.splitlines()[1:]
    assert [line.split()[:3] for line in lines] == [
        [rule.code, rule.name, rule.tier] for rule in all_rules()
    ]


def test_a_page_has_reason_examples_and_the_way_out(call: Call) -> None:
    for rule in all_rules():
        page = call("rules", rule.code).stdout
        assert page.startswith(f"{rule.code} {rule.name}\n")
        assert rule.reason.split()[-1] in page
        assert rule.reason_zh[:6] in page
        assert f"--ignore {rule.code}" in page
        assert page.count("\n  - ") == len(rule.examples)
        assert page.count("\n  = ") == len(rule.counter_examples)


def test_codes_may_be_prefixes_in_either_case(call: Call) -> None:
    page = call("rules", "p", "S001").stdout
    for rule in all_rules():
        shown = rule.family == "P" or rule.code == "S001"
        assert (f"{rule.code} {rule.name}\n" in page) == shown


def test_json_is_all_that_is_known(call: Call) -> None:
    found = json.loads(call("rules", "--output-format", "json").stdout)
    assert [item["code"] for item in found] == [rule.code for rule in all_rules()]
    for item, rule in zip(found, all_rules(), strict=True):
        assert item["reason"] == rule.reason
        assert [tuple(pair.values()) for pair in item["examples"]] == list(rule.examples)


def test_the_documentation_is_current(call: Call) -> None:
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == call("rules", "--markdown").stdout, (
        "out of date: textclean rules --markdown > docs/rules.md"
    )
