"""Neovim and Emacs, set up as ``docs/editors.md`` says: findings, a quick fix, formatting."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.lsp import editors
from textclean import clean

pytest.importorskip("pygls", reason="needs the extra [lsp]")
pytest.importorskip("pyte", reason="needs pyte")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")

#: What the settings of the page ask for.
OPTIONS = {"latin_space": "add"}
CLEAN = clean(editors.TEXT, **OPTIONS).text  # type: ignore[arg-type]
#: After the first quick fix, that of the first comma.
FIXED = editors.TEXT.replace(",", "，", 1)


def _findings(text: str) -> int:
    done = clean(text, **OPTIONS)  # type: ignore[arg-type]
    return len(done.edits) + len(done.suggestions)


def test_the_text_has_what_these_tests_are_about() -> None:
    rules = {edit.rule for edit in clean(editors.TEXT, **OPTIONS).edits}  # type: ignore[arg-type]
    assert {"P001", "S001", "S006"} <= rules
    assert FIXED != CLEAN
    assert _findings(CLEAN) == 1
    assert "列入列入" in CLEAN


@pytest.mark.parametrize("new", [True, False], ids=["from 0.11", "before"])
def test_neovim_shows_fixes_and_formats(new: bool, tmp_path: Path) -> None:
    found = [each for each in editors.versions("nvim") if (each[1] >= (0, 11)) is new]
    if not found:
        pytest.skip(f"Neovim {'from' if new else 'before'} 0.11 is not installed")
    program, version = found[0]
    file = tmp_path / "project" / "report.md"
    with editors.neovim(program, version, tmp_path) as sitting:
        sitting.wait_for(f"{_findings(editors.TEXT)} findings")
        sitting.press("f,gra" if new else "f,:lua vim.lsp.buf.code_action()\r")
        sitting.wait_for("Ignore all rules in this line")
        offered = sitting.shown()
        assert '1: P001: "," → "，"' in offered
        assert "All of P001 in this file (3)" in offered
        sitting.press("1\r")
        sitting.wait_for("教育，市")
        sitting.press(":w\r")
        sitting.wait_for("written")
        assert file.read_text(encoding="utf-8") == FIXED
        sitting.wait_for(f"{_findings(FIXED)} findings")
        form = "format()" if version >= (0, 8) else "formatting_sync(nil, 10000)"
        sitting.press(f":lua vim.lsp.buf.{form}\r")
        sitting.wait_for("1 findings")
        sitting.press(":wq\r")
        assert sitting.end() == 0
    assert file.read_text(encoding="utf-8") == CLEAN


def test_emacs_shows_fixes_and_formats(tmp_path: Path) -> None:
    program = shutil.which("emacs")
    if program is None:
        pytest.skip("Emacs is not installed")
    file = tmp_path / "project" / "report.txt"
    with editors.emacs(program, tmp_path) as sitting:
        sitting.wait_for("report.txt")
        if "void-function eglot-ensure" in sitting.shown():
            pytest.skip("this Emacs has no Eglot (Debian's package is elpa-eglot)")
        repairs, others = len(clean(editors.TEXT, **OPTIONS).edits), 1  # type: ignore[arg-type]
        sitting.wait_for(f"Flymake[0 {repairs} {others}]")
        sitting.press("\x13,\r\x1b[D")  # search for the comma, and go before it
        sitting.press("\x1bxeglot-code-actions\r")
        sitting.wait_for('P001: "," → "，"')
        sitting.press("\r")
        sitting.wait_for("教育，市")
        sitting.press("\x18\x13")
        sitting.wait_for("Wrote")
        assert file.read_text(encoding="utf-8") == FIXED
        sitting.press("\x1bxeglot-format-buffer\r")
        sitting.wait_for("Flymake[0 0 1]")
        sitting.press("\x18\x13")
        sitting.rest()
        sitting.press("\x18\x03")
        assert sitting.end() == 0
    assert file.read_text(encoding="utf-8") == CLEAN
