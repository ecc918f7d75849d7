"""Reports to look at: of the seeds, with something for every view, and of 100,000 edits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.seeds import SEEDS, TEXTS
from textclean import clean
from textclean.config import Config
from textclean.corpus.run import run
from textclean.report.html.page import page_html, write_page
from textclean.report.html.records import within
from textclean.report.html.run import write_run_report
from textclean.report.html.sampling import Budget
from textclean.report.html.summary import DocumentFigures, Figures
from textclean.report.html.texts import ReportText, line_breaks
from textclean.rules import all_rules


def seeds_report(folder: Path) -> Path:
    """The report of a run over the seeds."""
    run([SEEDS], folder, Config(tier="suggested"))  # type: ignore[arg-type]
    return write_run_report(folder, language="en")


def large_report(path: Path, edits: int) -> Figures:
    """A report of the seeds again and again, under other names, with more than so many edits."""
    texts = [
        ReportText(
            f"{name}.txt", f"{name}.txt", None, text, done.columns,
            suggestions=done.suggestions, characters=len(text), breaks=line_breaks(text),
        )
        for name, text in TEXTS.items()
        for done in [clean(text, tier="suggested")]
    ]  # fmt: skip
    every: list[ReportText] = []
    number = 0
    while sum(len(each.columns) for each in every) < edits:
        for each in texts:
            name = f"{number:03}-{each.name}"
            every.append(replace(each, name=name, file=name))
        number += 1
    figures = Figures(
        [DocumentFigures(each.name, len(each.text), len(each.columns), 0) for each in every],
    )
    for each in every:
        figures.rules.update(cause.rule for cause in each.columns.causes)
    shown = within(every, Budget())
    names = {each.name for each in shown}
    left_out = [(each.name, "no more room") for each in every if each.name not in names]
    rules = {rule.code: rule for rule in all_rules()}
    page = page_html(figures, shown, {}, rules, language="en", left_out=left_out)
    write_page(path, page, narrowest=0o644)
    return figures


def every_view_report(folder: Path) -> Path:
    """The report of a small run that has something for every view, of rules of several families."""
    notice = (
        "市卫健委今日通报,本市新增确诊病例{}例,均为此前病例的密切接触者,已转至定点医院隔离治疗。"
    )
    footer = "版权所有 郑州日报社 未经授权不得转载"
    more = (
        "接待人数从1200人增加到1500人,增长了三成,总数仍为1800人,全年增长50%。",
        "“十三五”期间(2016年至2022年),全市新建医院十二所,改建乡镇卫生院三十七所。",
        "发布会于2021年2月30日举行,市卫健委主任介绍了疫情防控工作的有关情况。",
    )
    redacted = "据统计,全市共有xx家医院参加演练,演练历时三天,共出动救护车三十二辆,无一人受伤。"
    inputs = folder / "in"
    inputs.mkdir(parents=True)
    for number, text in enumerate(more):
        value = redacted if number % 2 else redacted.replace("xx", "25")
        body = f"{notice.format('三四五'[number])}\n\n{text}\n\n{value}\n\n{footer}\n"
        (inputs / f"{number}.txt").write_text(body, encoding="utf-8")
    run([inputs], folder / "out", Config(tier="suggested"))  # type: ignore[arg-type]
    return write_run_report(folder / "out", language="en")
