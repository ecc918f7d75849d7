"""The picture of the READMEs shows what the program does."""

from __future__ import annotations

import runpy
import xml.etree.ElementTree as ElementTree

from tests.seeds import ROOT

DRAW = runpy.run_path(str(ROOT / "docs" / "pictures" / "draw.py"))
NAME = "docs/pictures/before-after.svg"


def test_the_picture_is_drawn_from_what_is_done_today() -> None:
    drawn = DRAW["draw"]()
    assert (ROOT / NAME).read_text(encoding="utf-8") == drawn, "run docs/pictures/draw.py"
    ElementTree.fromstring(drawn)


def test_the_picture_has_the_paragraph_of_the_seed() -> None:
    before, after = DRAW["pieces"]()
    seed = DRAW["SEED"].read_text(encoding="utf-8")
    assert "".join(piece.text for piece in before) in seed
    assert {piece.colour for piece in before} == {None, DRAW["GONE"], DRAW["ASKED"]}
    assert {piece.colour for piece in after} == {None, DRAW["NEW"], DRAW["ASKED"]}


def test_both_readmes_show_it() -> None:
    for name in ("README.md", "README.zh.md"):
        assert NAME in (ROOT / name).read_text(encoding="utf-8")
