"""A newcomer who reads a README for two minutes can clean a folder, see what happened, refuse one
change and undo the rest: what its section says is done to the letter, in a terminal and a browser.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.docs.pages import Block, Command, Reader, blocks, commands
from tests.report.html import browsers
from tests.seeds import ROOT

pytest.importorskip("jinja2", reason="needs the extra [report]")
pytest.importorskip("numba", reason="needs the extra [dedup]")
pytestmark = pytest.mark.skipif(
    os.name == "nt" or shutil.which("bash") is None, reason="needs bash"
)

#: By README: its section, the locale, what the page of the report calls its parts.
READMES = {
    "README.md": ("## In two minutes", "C.UTF-8", "Save decisions"),
    "README.zh.md": ("## 两分钟上手", "zh_CN.UTF-8", "保存决定"),
}
REFUSED = "把提质增效列入列入市十大民生实事。"


def _section(readme: str) -> str:
    text = (ROOT / readme).read_text(encoding="utf-8")
    return text.partition(f"{READMES[readme][0]}\n")[2].partition("\n## ")[0]


@pytest.fixture(params=READMES)
def readme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def shown(readme: str, tmp_path: Path) -> list[Block]:
    page = tmp_path / "section.md"
    page.write_text(_section(readme), encoding="utf-8")
    return list(blocks(page))


@pytest.fixture
def reader(readme: str, tmp_path: Path) -> Reader:
    reader = Reader(tmp_path, locale=READMES[readme][1])
    (reader.folder / "textclean.toml").write_text("")
    return reader


def _commands(shown: list[Block]) -> list[Command]:
    return [command for block in shown for command in commands(block.text)]


def test_both_readmes_say_the_same_commands() -> None:
    first, second = (
        [line for line in _section(readme).splitlines() if line.startswith("$ ")]
        for readme in READMES
    )
    assert first == second
    assert [line.split()[1:3] for line in first if line.startswith("$ textclean")] == [
        ["textclean", "run"], ["textclean", "review"], ["textclean", "run"], ["textclean", "undo"],
    ]  # fmt: skip


def test_it_takes_two_minutes_to_read(readme: str) -> None:
    section = _section(readme)
    words = len(section.split()) + sum("\u4e00" <= each <= "\u9fff" for each in section) // 2
    assert words < 600


def test_in_the_terminal(reader: Reader, shown: list[Block]) -> None:
    for block in shown:
        reader.do(block)
    kept = (reader.folder / "notes/a.txt").read_text(encoding="utf-8")
    cleaned = (reader.folder / "tidy/a.txt").read_text(encoding="utf-8")
    assert REFUSED in kept
    assert REFUSED in cleaned
    assert cleaned != kept
    assert (reader.folder / "as-it-was/a.txt").read_text(encoding="utf-8") == kept


def test_in_the_browser(readme: str, reader: Reader, shown: list[Block]) -> None:
    api: Any = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if browsers.PROGRAM is None:
        pytest.skip("Chromium is not installed (Debian's package is `chromium`)")
    save = READMES[readme][2]
    assert f"*{save}*" in _section(readme) or f"“{save}”" in _section(readme)
    assert "`r`" in _section(readme)
    every = _commands(shown)
    asks = next(i for i, each in enumerate(every) if each.text.startswith("textclean review"))
    for command in every[:asks]:
        reader.do(Block("console", f"$ {command.text}\n{command.output}\n", 1))
    with api.sync_playwright() as playwright:
        chromium = browsers.launched(playwright)
        page = chromium.new_context(accept_downloads=True).new_page()
        page.goto((reader.folder / "tidy/report.html").as_uri())
        page.wait_for_selector("html[data-ready]")
        page.click("#tab-changes")
        page.click('#pairs [aria-label^="R002"][data-side="after"]')
        page.keyboard.press("r")
        with page.expect_download() as download:
            page.get_by_role("button", name=save).click()
        download.value.save_as(reader.folder / download.value.suggested_filename)
        chromium.close()
    for command in every[asks + 1 :]:
        reader.do(Block("console", f"$ {command.text}\n{command.output}\n", 1))
    cleaned = (reader.folder / "tidy/a.txt").read_text(encoding="utf-8")
    assert REFUSED in cleaned
