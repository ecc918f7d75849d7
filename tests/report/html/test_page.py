"""What the report's page holds: exact alignment, what the records say, a fair sample, no markup."""

from __future__ import annotations

import html
import json
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.seeds import SEEDS
from textclean import clean
from textclean.config import Config
from textclean.corpus.run import run
from textclean.errors import MissingExtraError
from textclean.report.html import page as pages
from textclean.report.html.alignment import differences, in_utf16, rows
from textclean.report.html.data import report_data
from textclean.report.html.labels import LABELS
from textclean.report.html.page import page_html
from textclean.report.html.records import read_run
from textclean.report.html.run import write_run_report
from textclean.report.html.sampling import Budget, sampled, thinned
from textclean.report.html.summary import DocumentFigures, Figures
from textclean.report.html.texts import ReportText, line_breaks
from textclean.rules import all_rules
from textclean.text.compose import apply, rewrite
from textclean.text.edit import Cause, Span, Tier

RULES = {rule.code: rule for rule in all_rules()}
PARTS = [Path(pages.__file__).with_name(name) for name in ("report.html.j2", "report.js")]
CAUSE = Cause("P001", Tier.SAFE, 1.0, "beside Chinese")


def _text(name: str, text: str, **options: str) -> ReportText:
    done = clean(text, Config(**options))  # type: ignore[arg-type]
    return ReportText(
        name, name, None, text, done.columns, suggestions=done.suggestions,
        characters=len(text), breaks=line_breaks(text),
    )  # fmt: skip


def _page(*texts: ReportText) -> str:
    figures = Figures(
        [DocumentFigures(each.name, len(each.text), len(each.columns), 0) for each in texts],
    )
    return page_html(figures, texts, {}, RULES, language="en")


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(st.text("甲乙,。\n\r 😀", max_size=40))
    cuts = draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True).map(sorted))
    spans: list[Span] = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        spans.append((start, end, draw(st.sampled_from(["", "，", "\n", "丙\n丁"])), CAUSE, None))
    return text, spans


@given(edited())
def test_rows_hold_all_of_both_texts_and_no_edit_crosses_one(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    found = rows(text, spans)
    assert [start for start, _ in found] == [0, *(end for _, end in found[:-1])]
    assert found[-1][1] == len(text)
    cleaned = ""
    at = 0
    for start, end in found:
        mine = [span for span in spans if start <= span[0] and span[1] <= end]
        mine = [span for span in mine if span not in spans[:at]]
        at += len(mine)
        cleaned += rewrite(text, start, end, mine)
    assert at == len(spans)
    assert cleaned == rewrite(text, 0, len(text), spans)


@given(st.text("a甲😀", max_size=12), st.data())
def test_offsets_are_those_of_utf_16(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    assert in_utf16(text, [at]) == [len(text[:at].encode("utf-16-le")) // 2]


@given(st.text("甲乙丙", max_size=12), st.text("甲乙丙", max_size=12))
def test_differences_lead_from_the_one_to_the_other(one: str, other: str) -> None:
    found = differences(one, other)
    assert found is not None
    built, at = "", 0
    for a, b, c, d in found:
        built += one[at:a] + other[c:d]
        at = b
    assert built + one[at:] == other


@pytest.fixture(scope="module")
def seeds_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run") / "out"
    run([SEEDS], folder, Config(tier="suggested"))  # type: ignore[arg-type]
    return folder


def test_the_records_of_a_run_give_every_text_with_its_edits_back(seeds_run: Path) -> None:
    found = read_run(seeds_run)
    assert found.left_out == []
    assert len(found.texts) == len(list(SEEDS.glob("*.txt")))
    summary = json.loads((seeds_run / "run.json").read_bytes())
    for text, row in zip(found.texts, summary["documents"], strict=True):
        assert apply(text.text, text.edits) == (seeds_run / text.name).read_text(encoding="utf-8")
        # An edit that reaches over a seam is several in the original, and is counted so.
        assert len(text.edits) <= row["edits"]
        assert all(edit.evidence and 0 < edit.confidence <= 1 for edit in text.edits)
        original = (SEEDS / text.name).read_text(encoding="utf-8")
        lines = original.split("\n")
        for start, end in rows(text.text, list(text.columns))[:40]:
            shown = text.text[start:end].lstrip("\n").split("\n")[0]
            if shown and text.text[start] != "\n":
                assert shown[:8] in lines[text.line_of(start) - 1]
        removed = sum(len(each.text) for each in text.removed)
        assert len(text.text) + removed == len(original)


def test_what_the_page_holds_of_a_run_is_what_was_done(seeds_run: Path) -> None:
    found = read_run(seeds_run)
    data = report_data(found.texts, found.rows, RULES)
    for text, shown in zip(found.texts, data["documents"], strict=True):
        changes = shown["changes"]
        made = [
            (start, end, data["afters"][after], data["causes"][cause][0])
            for start, end, after, cause, state in zip(
                changes["s"], changes["e"], changes["a"], changes["c"], changes["p"], strict=True
            )
            if state == "a"
        ]
        edits = [(e.start, e.end, e.after, e.rule) for e in text.edits]
        assert made == edits
    removals = (seeds_run / "removals.jsonl").read_bytes().splitlines()
    assert sum(len(group["goes"]) for group in data["copies"]) == len(removals)
    stitches = (seeds_run / "stitches.jsonl").read_bytes().splitlines()
    assert data["stitches"] == list(map(json.loads, stitches))


def test_records_are_named_by_their_lines(tmp_path: Path) -> None:
    lines = ['{"text": "干净的一句话。"}', '{"text": "他来了,我走了。"}', '{"text": "她说,好的。"}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    run([tmp_path / "a.jsonl"], tmp_path / "out", Config())
    found = read_run(tmp_path / "out")
    assert [(text.name, text.line) for text in found.texts] == [("a.jsonl:2", 2), ("a.jsonl:3", 3)]


def test_the_report_is_the_same_every_time(seeds_run: Path, tmp_path: Path) -> None:
    one = write_run_report(seeds_run, language="zh", path=tmp_path / "one.html").read_bytes()
    other = write_run_report(seeds_run, language="zh", path=tmp_path / "two.html").read_bytes()
    assert one == other
    assert b'<html lang="zh-Hans">' in one


def test_no_text_becomes_markup() -> None:
    name = '<script>alert(1)</script>"&.txt'
    page = _page(_text(name, "他说</script><img src=x onerror=alert(2)>,走了。\u2028好,的。"))
    assert "<img" not in page
    assert "<script>alert" not in page
    assert page.count("<script") == 3
    assert page.count("</script>") == 3
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page)
    assert data is not None
    assert json.loads(data[1])["documents"][0]["name"] == name
    assert "\u2028" not in data[1]


def test_the_page_names_no_place_to_ask() -> None:
    page = html.unescape(_page(_text("a.txt", "他来了,我走了。")))
    assert "default-src 'none'" in page
    assert "unsafe" not in page
    assert " style=" not in page
    addresses = set(re.findall(r"https?://[^\s\"'<)]+", page))
    assert addresses <= {"http://www.w3.org/2000/svg"}


def test_a_sample_is_fair_and_says_what_is_left_out() -> None:
    names = [f"{number}.txt" for number in range(100)]
    changed = [bool(number % 2) for number in range(100)]
    order = sampled(names, changed)
    assert sorted(order) == list(range(100))
    assert all(changed[at] for at in order[:50])
    assert order == sampled(names, changed)
    budget = Budget(edits=10, characters=100)
    assert [budget.take(4, 30) for _ in range(3)] == [True, True, False]
    assert list(thinned(10, 5)) == [0, 2, 4, 6, 8]
    text = _text("a.txt", "他来了,我走了。")
    figures = Figures([DocumentFigures("a.txt", 8, 1, 0), DocumentFigures("b", 8, 4, 0)])
    page = page_html(figures, [text], {}, RULES, language="en", left_out=[("b", "no more room")])
    assert "Shown are 1 of 5 changes" in page


def test_a_long_text_is_shown_as_far_as_there_is_room() -> None:
    whole = _text("a.txt", "他来了,我走了。\n" * 50)
    short = whole.shortened(100)
    assert len(short.text) <= 100
    assert short.text.endswith("\n")
    assert short.left_out == len(whole.text) - len(short.text)
    cleaned = apply(whole.text, whole.edits)
    assert cleaned.startswith(apply(short.text, short.edits))


def test_every_word_of_the_page_is_there_in_both_languages() -> None:
    assert all(label.en and label.zh for label in LABELS.values())
    assert all(label.en.count("{}") == label.zh.count("{}") for label in LABELS.values())
    for path in PARTS:
        content = path.read_text(encoding="utf-8")
        used = set(re.findall(r"\bt\(\"([a-z_]+)\"", content))
        used |= set(re.findall(r"words\.([a-z_]+)\[at\]", content))
        assert used - {"family_"} <= LABELS.keys()


def test_without_jinja_it_is_said_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, seeds_run: Path
) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'textclean[a-z-]*\[report\]'"):
        write_run_report(seeds_run, language="en")
    assert not (seeds_run / "report.html").exists()
