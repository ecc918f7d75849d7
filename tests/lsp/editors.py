"""Real editors at a terminal, set up as ``docs/editors.md`` says, with a damaged text open."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.docs.pages import blocks
from tests.programs import on_the_path
from tests.seeds import ROOT
from tests.terminals import Sitting

PAGE = ROOT / "docs" / "editors.md"
#: Something for each rule that is asked about; the settings of the page add spaces (S006).
TEXT = (
    "结合党史学习教育,市卫健委号召干部带头接种疫苗。\n\n"
    "落实 ,完成２０个村改造,使用API接口。\n\n"
    "把提质增效列入列入市十大民生实事。\n"
)
# Shows how many findings there are, for whoever waits for them.
_COUNT = """
vim.o.statusline = "%f %{luaeval('#vim.diagnostic.get(0)')} findings"
vim.api.nvim_create_autocmd("DiagnosticChanged", { command = "redrawstatus" })
"""


class Version(NamedTuple):
    """The first two numbers of a version."""

    major: int
    minor: int


def versions(name: str) -> Iterator[tuple[str, Version]]:
    """The programs of a name on the path, with their versions."""
    found: set[str] = set()
    path = shutil.which(name)
    for folder in [] if path is None else _folders():
        program = shutil.which(name, path=folder)
        if program is None or (real := str(Path(program).resolve())) in found:
            continue
        found.add(real)
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
        if number := re.search(r"(\d+)\.(\d+)", said.stdout):
            yield program, Version(int(number[1]), int(number[2]))


def _folders() -> list[str]:
    import os

    return os.environ["PATH"].split(os.pathsep)


def settings(language: str, number: int = 0) -> str:
    """A block of the page."""
    return [each.text for each in blocks(PAGE) if each.language == language][number]


def neovim(
    program: str,
    version: Version,
    folder: Path,
    *,
    text: str = TEXT,
    more: str = _COUNT,
    **size: int,
) -> Sitting:
    """Neovim with a text open; `folder` gets all that it reads and writes."""
    environment = on_the_path(folder / "bin")
    for each in ("CONFIG", "STATE", "DATA", "CACHE"):
        environment[f"XDG_{each}_HOME"] = str(folder / each.lower())
    init = folder / "config" / "nvim" / "init.lua"
    init.parent.mkdir(parents=True)
    init.write_text(settings("lua", 0 if version >= (0, 11) else 1) + more, encoding="utf-8")
    file = _open_file(folder, "report.md", text)
    return Sitting([program, "-n", file.name], folder=file.parent, environment=environment, **size)


def emacs(program: str, folder: Path, *, text: str = TEXT) -> Sitting:
    """Emacs with a text open; `folder` gets all that it reads and writes."""
    home = folder / "home"
    environment = {**on_the_path(folder / "bin"), "HOME": str(home)}
    start = home / ".emacs.d"
    start.mkdir(parents=True)
    # Without this it compiles its own libraries meanwhile, and fills the screen with warnings.
    (start / "early-init.el").write_text("(setq native-comp-deferred-compilation nil)\n")
    more = "(setq inhibit-startup-screen t make-backup-files nil)\n"
    (start / "init.el").write_text(settings("elisp") + more, encoding="utf-8")
    file = _open_file(folder, "report.txt", text)
    return Sitting([program, "-nw", file.name], folder=file.parent, environment=environment)


def _open_file(folder: Path, name: str, text: str) -> Path:
    path = folder / "project" / name
    path.parent.mkdir()
    (path.parent / "textclean.toml").write_text("")
    path.write_text(text, encoding="utf-8")
    return path
