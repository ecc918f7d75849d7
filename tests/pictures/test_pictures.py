"""The pictures of the READMEs and documents: they exist, are shown, and can be made again."""

from __future__ import annotations

import re
import struct
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from tests.pictures import before_after
from tests.seeds import ROOT

FOLDER = ROOT / "docs" / "pictures"
READMES = ("README.md", "README.zh.md")
#: What both READMEs show: a text before and after, the report, the review, an editor.
SHOWN = ("before-after.svg", "report-changes", "review.svg", "editor.svg")
MOST_BYTES = 200_000
needs_a_terminal = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")


def test_both_readmes_show_them_and_say_what_is_seen() -> None:
    for readme in READMES:
        text = (ROOT / readme).read_text(encoding="utf-8")
        said = re.findall(r"!\[([^\]]+)\]\(docs/pictures/([\w.-]+)\)", text)
        for shown in SHOWN:
            assert any(len(alt) > 20 for alt, name in said if name.startswith(shown)), shown


def test_they_are_small_whole_and_used() -> None:
    pages = "".join(
        path.read_text(encoding="utf-8")
        for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))
    )
    pictures = [path for path in FOLDER.iterdir() if not path.name.startswith(".")]
    assert len(pictures) > 5
    for path in pictures:
        content = path.read_bytes()
        assert len(content) < MOST_BYTES, path.name
        assert f"pictures/{path.name})" in pages, path.name
        if path.suffix == ".svg":
            drawn = ElementTree.fromstring(content)
            assert drawn.find(".//{*}text") is not None
            assert "href" not in content.decode()  # nothing is fetched
        else:
            assert content.startswith(b"\x89PNG\r\n")
            width, height = struct.unpack(">II", content[16:24])
            assert width > 1000
            assert height > 400


def test_the_text_before_and_after_is_what_is_done_today() -> None:
    drawn = before_after.draw()
    assert (FOLDER / before_after.NAME).read_text(encoding="utf-8") == drawn, (
        "run python -m tests.pictures before-after"
    )


def test_the_picture_has_the_paragraph_of_the_seed() -> None:
    before, after = before_after.pieces()
    seed = before_after.SEED.read_text(encoding="utf-8")
    assert "".join(piece.text for piece in before) in seed
    assert {piece.colour for piece in before} == {None, before_after.GONE, before_after.ASKED}
    assert {piece.colour for piece in after} == {None, before_after.NEW, before_after.ASKED}


@needs_a_terminal
def test_the_review_is_what_it_asks_today(tmp_path: Path) -> None:
    pytest.importorskip("pyte", reason="needs pyte")
    from tests.pictures import review

    made = review.make(tmp_path)
    drawn = (tmp_path / made[0]).read_text(encoding="utf-8")
    assert drawn == (FOLDER / made[0]).read_text(encoding="utf-8"), (
        "run python -m tests.pictures review"
    )


@needs_a_terminal
def test_the_editor_is_drawn_where_there_is_one(tmp_path: Path) -> None:
    pytest.importorskip("pyte", reason="needs pyte")
    pytest.importorskip("pygls", reason="needs the extra [lsp]")
    from tests.pictures import editor

    if not editor.make(tmp_path):
        pytest.skip("Neovim from 0.11 on is not installed")
    for folder in (tmp_path, FOLDER):  # another version draws it another way
        drawn = ElementTree.fromstring((folder / editor.NAME).read_bytes())
        text = "".join(drawn.itertext())
        assert "fullwidth-comma" in text
        assert "IgnoreP001inthisline" in text  # spaces are not drawn


def test_the_report_is_drawn_where_there_is_a_browser(tmp_path: Path) -> None:
    for package in ("jinja2", "numba", "playwright"):
        pytest.importorskip(package, reason=f"needs {package}")
    from tests.pictures import report

    made = report.make(tmp_path, report.VIEWS[1:2])
    if not made:
        pytest.skip("Chromium is not installed (Debian's package is `chromium`)")
    assert 50_000 < (tmp_path / made[0]).stat().st_size < MOST_BYTES
