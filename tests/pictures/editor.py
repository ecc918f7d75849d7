"""The picture of the language server: Neovim, set up as ``docs/editors.md`` says."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.lsp import editors
from tests.pictures.terminal import svg

NAME = "editor.svg"
TEXT = """# 卫生健康工作小结

结合党史学习教育,市卫健委号召干部带头接种疫苗。

抓住 最多跑一次 改革机遇期 提高效能。

把提质增效列入列入市十大民生实事。

防线 疛住了 医务人员零感染
"""
_MORE = """
vim.diagnostic.config({ virtual_text = { prefix = "■" } })
vim.opt.laststatus = 0
"""


def draw() -> str | None:
    """The picture, as SVG; None: there is no Neovim from 0.11 on."""
    found = [each for each in editors.versions("nvim") if each[1] >= (0, 11)]
    if not found:
        return None
    with (
        TemporaryDirectory() as temporary,
        editors.neovim(
            *found[0], Path(temporary), text=TEXT, more=_MORE, columns=116, lines=18
        ) as sitting,
    ):
        sitting.wait_for("fullwidth-comma")
        sitting.wait_for("doubled-phrase")
        sitting.press("2jf,gra")
        sitting.wait_for("Type number")
        sitting.rest()
        return svg(sitting.screen, "Neovim: findings beside their lines, and quick fixes")


def make(folder: Path) -> list[str]:
    """Write the picture into a folder, if it can be made."""
    drawn = draw()
    if drawn is None:
        return []
    (folder / NAME).write_text(drawn, encoding="utf-8")
    return [NAME]
