"""The how-tos, the tour and both READMEs do what they say, from their first block to their last."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.docs.pages import Block, Command, Reader, blocks, commands, fits, offline
from tests.seeds import ROOT, SEEDS

DOCS = ROOT / "docs"
PAGES = [
    ROOT / "README.md",
    ROOT / "README.zh.md",
    DOCS / "tour.md",
    *sorted((DOCS / "how-to").glob("*.md")),
    *sorted((DOCS / "zh").glob("*.md")),
]
#: Packages and programs without which a page cannot be run, by what on the page asks for them.
_PACKAGES = {
    r"^import pandas": "pandas", r"^import polars": "polars", r"^import pyarrow": "pyarrow",
    r"^import datasets": "datasets", r"pre-commit ": "pre_commit", r"--script": "opencc",
    r"dedup|textclean run|deduplicate|clean_corpus": "numba",
}  # fmt: skip

pytestmark = pytest.mark.skipif(
    os.name == "nt" or shutil.which("bash") is None, reason="needs bash"
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_does_what_it_says(page: Path, tmp_path: Path) -> None:
    shown = list(blocks(page))
    text = "\n".join(block.text for block in shown)
    for expression, package in _PACKAGES.items():
        if re.search(expression, text, re.MULTILINE):
            pytest.importorskip(package, reason=f"{page.name} needs {package}")
    if re.search(r"^\$? ?git ", text, re.MULTILINE) and shutil.which("git") is None:
        pytest.skip("needs git")
    chinese = page.name == "README.zh.md" or page.parent.name == "zh"
    reader = Reader(tmp_path, locale="zh_CN.UTF-8" if chinese else "C.UTF-8")
    if "seeds" in text:  # in a clone they are there
        shutil.copytree(SEEDS, reader.folder / "seeds")
    (reader.folder / "textclean.toml").write_text("")
    for block in shown:
        reader.do(block)


def test_blocks_are_taken_out_with_their_places() -> None:
    page = DOCS / "how-to" / "index.md"
    assert all(block.line > 1 for block in blocks(page))


def test_a_session_is_commands_with_what_they_print() -> None:
    text = "$ a b\nx\n\ny\n$ c <<'E'\n> d\n> E\n"
    assert list(commands(text)) == [Command("a b", "x\n\ny"), Command("c <<'E'\nd\nE", "")]


def test_a_script_is_commands_of_whose_output_nothing_is_said() -> None:
    assert list(commands("# why\na \\\n  b  # c\n\nd\n")) == [
        Command("a b  # c", None),
        Command("d", None),
    ]


@pytest.mark.parametrize(
    ("command", "left"),
    [
        ("python3 -m venv .venv && .venv/bin/pip install -q x && .venv/bin/textclean run s",
         ".venv/bin/textclean run s"),
        ("python3 -m venv .venv && .venv/bin/pip install x && .venv/bin/python -m pytest", ""),
        ("textclean check a", "textclean check a"),
    ],
)  # fmt: skip
def test_what_installs_is_left_to_ci(command: str, left: str) -> None:
    assert offline(command) == left


@pytest.mark.parametrize(
    ("shown", "printed", "fit"),
    [
        ("a\nb", "a\nb\n", True), ("a\nb", "a\nc\n", False), ("a…d", "abcd\n", True),
        ("a\n…\nd", "a\nb\nc\nd\n", True), ("a\n…\nd", "a\nd\n", True), ("a", "a\nb\n", False),
        ("", "a\n", False), ("", "", True), ("a", "a  \n", True),
    ],
)  # fmt: skip
def test_what_is_shown_must_be_what_is_printed(shown: str, printed: str, fit: bool) -> None:
    assert fits(shown, printed) is fit


def test_what_a_page_shows_wrongly_is_found(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    reader.do(Block("python", "x = 1\n", 1))
    reader.do(Block("python", ">>> x + 1\n2\n", 1))
    reader.do(Block("toml", '# a/textclean.toml\ntier = "safe"\n', 1))
    reader.do(Block("console", "$ cat a/textclean.toml\n# a/…\ntier…\n", 1))
    for wrong in (
        Block("python", ">>> x + 1\n3\n", 1),
        Block("console", "$ echo a\nb\n", 1),
        Block("console", "textclean check not-there.txt\n", 1),
    ):
        with pytest.raises(AssertionError):
            reader.do(wrong)
    reader.do(Block("console", "$ textclean check not-there.txt\nerror: not-there.txt: …\n…\n", 1))
