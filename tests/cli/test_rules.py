"""``textclean rules``: the list, the pages, and the documentation made from them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

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


def test_a_rule_is_found_by_its_name_too(call: Call) -> None:
    assert call("rules", "fullwidth-comma").stdout == call("rules", "p001").stdout


def test_rules_of_ones_own_are_listed(folder: Path, call: Call) -> None:
    pytest.importorskip("regex", reason="needs the extra [rules]")
    (folder / "textclean.toml").write_text(
        '[[rule]]\ncode = "U001"\npattern = "登陆(?=网站)"\nreplacement = "登录"\n'
        'reason = "One logs in to a site."\nexamples = [["登陆网站", "登录网站"]]\n'
    )
    page = call("rules", "U001").stdout
    assert page.startswith("U001 u001\n\nFamily: your own\nTier:   suggested")
    assert "U001" in call("rules").stdout
    assert "U001" not in call("rules", "--markdown").stdout
    (folder / "a.txt").write_text("登陆网站")
    assert call("check", "a.txt").stdout.startswith("a.txt:1:1: note: U001 u001: ")
    assert call("config").exit_code == 0
    broken = (folder / "textclean.toml").read_text().replace('"登录网站"', '"登网站"')
    (folder / "textclean.toml").write_text(broken)
    for command in ("config", "rules"):
        result = call(command)
        assert result.exit_code == 2
        assert result.stderr.startswith("error: rule U001: example '登陆网站': expected '登网站'")


def test_what_a_rule_of_ones_own_did_is_undone(folder: Path, call: Call) -> None:
    pytest.importorskip("regex", reason="needs the extra [rules]")
    (folder / "textclean.toml").write_text(
        '[[rule]]\ncode = "U001"\npattern = "登陆(?=网站)"\nreplacement = "登录"\ntier = "safe"\n'
        'reason = "One logs in to a site."\nexamples = [["登陆网站", "登录网站"]]\n'
    )
    text = "请登陆网站,谢谢。\n`登陆网站`\n"
    (folder / "a.txt").write_text(text)
    assert call("fix", "a.txt", "--record", "undo.jsonl").exit_code == 0
    assert (folder / "a.txt").read_text() == "请登录网站，谢谢。\n`登陆网站`\n"
    assert call("check", "a.txt").exit_code == 0
    assert call("undo", "--record", "undo.jsonl").exit_code == 0
    assert (folder / "a.txt").read_text() == text


def test_dedup_repairs_nothing_by_rules_of_ones_own_either(folder: Path, call: Call) -> None:
    pytest.importorskip("numba", reason="needs the extra [dedup]")
    (folder / "textclean.toml").write_text(
        '[[rule]]\ncode = "U001"\npattern = "登陆(?=网站)"\nreplacement = "登录"\ntier = "safe"\n'
        'reason = "One logs in to a site."\nexamples = [["登陆网站", "登录网站"]]\n'
        '[per-file."*.txt"]\nselect = ["ALL"]\n'
    )
    (folder / "a.txt").write_text("请登陆网站,谢谢。\n")
    assert call("dedup", "a.txt", "-o", "out").exit_code == 0
    assert (folder / "out" / "a.txt").read_text() == "请登陆网站,谢谢。\n"
