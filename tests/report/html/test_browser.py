"""The report in a real Chromium: it shows, filters, decides, can be used by all, asks nobody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Call
from tests.report.html.conftest import Open, Opened
from tests.report.html.corpora import large_report
from tests.seeds import SEEDS
from textclean.config import Config
from textclean.corpus.decisions import Decisions, Verdict
from textclean.corpus.run import run


def _violations(page: Any) -> list[tuple[str, str, str]]:
    """What axe-core finds that keeps somebody from using the page."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = axe.Axe().run(page).response["violations"]
    return [
        (each["id"], node["target"][0], node.get("failureSummary", ""))
        for each in found
        for node in each["nodes"][:3]
    ]


def _wait(page: Any, condition: str) -> None:
    """Wait for an expression to be true; the page's policy forbids Playwright's own way."""
    for _ in range(200):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)


def _saved(opened: Opened, path: Path) -> Decisions:
    with opened.page.expect_download() as download:
        opened.page.click("#save")
    assert download.value.suggested_filename == "decisions.json"
    download.value.save_as(path)
    return Decisions.read(path)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_all_can_use_every_view(
    open_report: Open, seeds_page: Path, scheme: str, language: str
) -> None:
    opened = open_report(seeds_page, color_scheme=scheme)
    page = opened.page
    page.select_option("#language", language)
    found: dict[str, object] = {}
    for tab in page.query_selector_all('[role="tab"]'):
        tab.click()
        if tab.get_attribute("id") == "tab-changes":
            page.focus("#pairs")
            for key in "jjr":
                page.keyboard.press(key)
            found["pairs"] = _violations(page)
            page.click("#view-list")
        if tab.get_attribute("id") == "tab-copies":
            page.locator("details.group summary").first.click()
        found[tab.get_attribute("id")] = _violations(page)
    assert not any(found.values()), found


def test_twins_boilerplate_and_values_are_shown_and_all_can_use_them(
    open_report: Open, views_page: Path
) -> None:
    opened = open_report(views_page)
    page = opened.page
    found: dict[str, object] = {}
    for name in ("copies", "twins", "boilerplate", "values"):
        page.click(f"#tab-{name}")
        for summary in page.locator(f"#panel-{name} summary").all():
            summary.click()
        found[name] = _violations(page)
    assert not any(found.values()), found
    marks = page.locator("#panel-twins details").first.locator("mark").all_text_contents()
    assert marks == ["三", "四"]
    assert "版权所有" in page.text_content("#panel-boilerplate .passage")
    values = page.locator("#panel-values mark").all_text_contents()
    assert values == ["25", "2021年2月30日"]


@pytest.mark.parametrize("width", [360, 800, 1400])
def test_nothing_is_cut_off_on_any_screen(open_report: Open, seeds_page: Path, width: int) -> None:
    opened = open_report(seeds_page, viewport={"width": width, "height": 800})
    for tab in opened.page.query_selector_all('[role="tab"]'):
        tab.click()
        wide = opened.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, tab.get_attribute("id")


@pytest.mark.parametrize("width", [800, 1000, 1280, 1500])
def test_no_line_begins_with_a_mark_that_may_not_stand_there(
    open_report: Open, seeds_page: Path, width: int
) -> None:
    page = open_report(seeds_page, viewport={"width": width, "height": 800}).page
    page.click("#tab-changes")
    assert page.locator("#pairs .glued").count() > 5
    at_the_start = """[...document.querySelectorAll('#pairs .side button')].filter(each =>
        /^[，。、；：？！”’）]/.test(each.textContent) &&
        each.getBoundingClientRect().left - each.closest('.side').getBoundingClientRect().left < 20
    ).map(each => each.parentNode.textContent)"""
    assert page.evaluate(at_the_start) == []


def test_filters_and_search_find_what_the_records_have(open_report: Open, seeds_page: Path) -> None:
    rules = json.loads((seeds_page.parent / "run.json").read_bytes())["rules"]
    opened = open_report(seeds_page)
    page = opened.page
    page.click("#tab-changes")
    every = opened.matches()[1]
    page.select_option("#rule", "P002")
    page.select_option("#state", "applied")
    assert opened.matches() == (rules["P002"], every)
    page.click('#filters button[type="reset"]')
    _wait(page, f"document.getElementById('fitting').value.startsWith('{every:,} ')")
    page.click('#families [data-family="R"]')
    family = sum(number for code, number in rules.items() if code[0] == "R")
    assert opened.matches()[0] >= family
    page.click('#families [data-family="R"]')
    page.fill("#search", "郑州")
    _wait(page, f"!document.getElementById('fitting').value.startsWith('{every:,} ')")
    found = opened.matches()[0]
    assert 0 < found < every
    page.click("#view-list")
    assert "郑州" in (page.text_content('#list [role="option"]') or "")
    page.fill("#search", "没有这样的字句")
    page.wait_for_selector("#none:not([hidden])")
    assert opened.matches()[0] == 0


def test_the_overview_leads_to_the_changes_of_a_rule(open_report: Open, seeds_page: Path) -> None:
    opened = open_report(seeds_page)
    opened.page.click('[data-rule="P006"]')
    assert opened.page.input_value("#rule") == "P006"
    assert opened.page.is_visible("#pairs")
    assert opened.matches()[0] > 0


def test_an_opened_group_shows_what_differs_from_what_stays(
    open_report: Open, seeds_page: Path
) -> None:
    opened = open_report(seeds_page)
    page = opened.page
    page.click("#tab-copies")
    rows = [
        json.loads(line)
        for line in (seeds_page.parent / "removals.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    first = rows[0]
    page.locator("details.group summary").first.click()
    group = page.locator("details.group").first
    assert group.locator(".passage.stays").text_content() == first["survivor_text"]
    goes = group.locator(".passage.goes").first
    kept = goes.evaluate(
        "e => [...e.childNodes].filter(n => n.nodeName !== 'DEL').map(n => n.textContent).join('')"
    )
    assert kept == first["text"]


def test_the_keyboard_walks_through_and_decides(open_report: Open, seeds_page: Path) -> None:
    opened = open_report(seeds_page)
    page = opened.page
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.press("Escape")
    seen = []
    for key in "jjkjj":
        page.keyboard.press(key)
        seen.append(page.evaluate("document.activeElement.dataset.id"))
        assert page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert seen == ["0", "1", "0", "1", "2"]
    _wait(page, "document.getElementById('status').textContent.startsWith('3 of ')")
    page.keyboard.press("r")
    assert page.text_content("#decided") == "1"
    assert "rejected" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("u")
    assert page.text_content("#decided") == "0"
    page.keyboard.press("?")
    assert page.is_visible("#keys")
    page.keyboard.press("Escape")
    page.focus("#tab-changes")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-copies"


def test_a_run_obeys_what_was_decided_on_the_page(
    open_report: Open, seeds_page: Path, tmp_path: Path
) -> None:
    opened = open_report(seeds_page)
    page = opened.page
    page.click("#tab-changes")
    page.focus("#pairs")
    for key in "jrjjr":
        page.keyboard.press(key)
    labels = page.evaluate(
        "[0, 2].map(id => { const c = change(id);"
        "return [c.doc.name, c.before, c.after, c.left, c.right]; })"
    )
    page.select_option("#rule", "R001")
    page.focus("#pairs")
    page.keyboard.press("j")
    page.click('[data-act="rule-reject"]')
    page.click("#tab-copies")
    page.locator("details.group summary").first.click()
    page.locator("details.group button").first.click()
    decisions = _saved(opened, tmp_path / "decisions.json")
    assert decisions.rules == {"R001": Verdict.REJECT}
    assert len(decisions) == 4
    before = json.loads((seeds_page.parent / "run.json").read_bytes())
    config = Config(tier="suggested")  # type: ignore[arg-type]
    after = run([SEEDS], tmp_path / "out", config, decisions=decisions)
    assert decisions.unmet() == []
    assert after.total.removals == before["counts"]["removals"] - 1
    assert "R001" not in after.rules
    for name, was, _, left, right in labels:
        text = (tmp_path / "out" / name).read_text(encoding="utf-8")
        words = "".join(filter(str.isalnum, text.split(was)[0]))
        assert f"{left[-4:]}{was}{right[:2]}" in text, words[:20]
    again = Decisions.read(tmp_path / "decisions.json")
    second = run(
        [tmp_path / "out" / p.name for p in sorted(SEEDS.glob("*.txt"))],
        tmp_path / "second",
        config,
        decisions=again,
    )
    assert second.total.edits == 0
    assert second.total.removals == 0


def test_fix_makes_a_suggestion_that_was_accepted_on_the_page(
    open_report: Open, call: Call, folder: Path, tmp_path: Path
) -> None:
    file = folder / "a.txt"
    text = "记者 采访了 王医生，他说 工作 很忙 但是 值得。今天 下雨 了 我们 回家 吧。\n"
    file.write_text(text, encoding="utf-8")
    result = call("fix", file, "--report", folder / "report.html")
    assert result.exit_code == 0, result.stderr
    once = file.read_text(encoding="utf-8")
    opened = open_report(folder / "report.html")
    page = opened.page
    page.click("#tab-changes")
    page.select_option("#state", "offered")
    assert opened.matches()[0] > 0
    page.focus("#pairs")
    page.keyboard.press("j")
    page.keyboard.press("a")
    assert "✓" not in page.inner_text("#pairs")
    _saved(opened, tmp_path / "decisions.json")
    result = call("fix", "--decisions", tmp_path / "decisions.json", file)
    assert result.exit_code == 0, result.stderr
    assert "nothing that is there" not in result.stderr
    twice = file.read_text(encoding="utf-8")
    assert twice != once
    call("fix", "--decisions", tmp_path / "decisions.json", file)
    assert file.read_text(encoding="utf-8") == twice


def test_decisions_are_remembered_and_can_be_loaded(
    open_report: Open, seeds_page: Path, tmp_path: Path
) -> None:
    opened = open_report(seeds_page)
    page = opened.page
    page.click("#tab-changes")
    page.focus("#pairs")
    for key in "jrja":
        page.keyboard.press(key)
    decisions = _saved(opened, tmp_path / "decisions.json")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.text_content("#decided") == "2"
    fresh = open_report(seeds_page)
    assert fresh.page.text_content("#decided") == "0"
    fresh.page.set_input_files("#file", tmp_path / "decisions.json")
    _wait(fresh.page, "document.getElementById('decided').textContent === '2'")
    assert _saved(fresh, tmp_path / "again.json").dump() == decisions.dump()
    (tmp_path / "other.json").write_text("{}")
    fresh.page.set_input_files("#file", tmp_path / "other.json")
    _wait(fresh.page, "document.getElementById('status').textContent.includes('no decisions')")
    assert fresh.page.text_content("#decided") == "2"


def test_a_document_that_is_called_script_is_harmless(
    open_report: Open, call: Call, folder: Path
) -> None:
    name = "<script>alert(1)<!-- &amp; \"'.txt"
    bad = (
        "他说</script><img src=x onerror=alert(2)>,走了。\n\n"
        "<svg onload=alert(3)>,好的,<b>粗</b>。\n"
    )
    (folder / name).write_text(f"医院门诊恢复,实行预约制。\n\n{bad}", encoding="utf-8")
    result = call("run", folder / name, "-o", folder / "out")
    assert result.exit_code == 0, result.stderr
    opened = open_report(folder / "out/report.html")
    page = opened.page
    page.click("#tab-changes")
    page.focus("#pairs")
    page.keyboard.press("j")
    for tab in page.query_selector_all('[role="tab"]'):
        tab.click()
    assert name in (page.text_content("#details") or "")
    assert page.locator("img, b:not(.text-item b):not(.legend b), iframe, #pairs svg").count() == 0


def test_a_report_of_100_000_edits_is_small_and_shows_only_what_is_seen(
    open_report: Open, tmp_path: Path
) -> None:
    path = tmp_path / "large.html"
    figures = large_report(path, 104_000)
    assert figures.edits > 100_000
    assert path.stat().st_size < 30_000_000
    opened = open_report(path)
    page = opened.page
    assert "Not everything is shown" in page.inner_text("#panel-overview")
    page.click("#tab-changes")
    found, every = opened.matches()
    assert found == every > 95_000
    page.fill("#search", "医院")
    _wait(page, f"!document.getElementById('fitting').value.startsWith('{found:,} ')")
    assert 0 < opened.matches()[0] < every
    page.fill("#search", "")
    _wait(page, f"found.length === {every}")
    page.click("#view-list")
    page.evaluate("list.box.scrollTop = 1e9")
    _wait(page, "document.querySelector(`#list [aria-posinset='${found.length}']`)")
    assert page.evaluate("document.querySelectorAll('*').length") < 6_000
    page.focus("#list")
    page.keyboard.press("End")
    page.keyboard.press("r")
    assert page.text_content("#decided") == "1"
    page.click("#view-pairs")
    assert page.evaluate("document.querySelectorAll('*').length") < 6_000
    assert _violations(page) == []
