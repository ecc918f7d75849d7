"""What a page shows, taken out of it and run.

- `console`: where lines begin with ``$`` these are commands (``>`` goes on with one) and what
  follows is what they print, on both streams; ``…`` in it stands for anything, alone on a line for
  any lines. What stands behind a question (``]? n``) is what is answered. Without ``$`` all lines
  are commands.
- `python`: run in the page's folder, all of one page in one namespace; with ``>>>`` what is shown
  is compared.
- `toml`, `yaml`: a first line like ``# textclean.toml`` names a file that is written.

A comment ``<!-- not run: why -->`` before a block leaves it out. A command that fails (status 2 and
more) must show its error.
"""

from __future__ import annotations

import doctest
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.programs import on_the_path

_FENCE = re.compile(
    r"(<!-- not run: [^>]+-->\s*)?^( *)```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL
)
_FILE = re.compile(r"# ([\w./-]+\.(?:toml|ya?ml|py))\n")
# An answer behind a question, as the terminal shows it.
_ANSWER = re.compile(r"(?<=\]\? )\w$", re.MULTILINE)
# What goes over the network or makes an environment: .ci/run does it, once, before the tests.
_INSTALLS = re.compile(r"(?:\S*/)?(?:pip|pipx|uv) |git clone |python3? -m venv ")


class Block(NamedTuple):
    """A fenced block."""

    language: str
    text: str
    line: int


class Command(NamedTuple):
    """A command, and what a page says that it prints; None where it says nothing of that."""

    text: str
    output: str | None


def blocks(page: Path) -> Iterator[Block]:
    """The blocks of a page that are to be run or written."""
    text = page.read_text(encoding="utf-8")
    for fence in _FENCE.finditer(text):
        if fence[1] is None:
            body = re.sub(rf"^{fence[2]}", "", fence[4], flags=re.MULTILINE)
            yield Block(fence[3], body, text.count("\n", 0, fence.start(3)) + 1)


def commands(text: str) -> Iterator[Command]:
    """The commands of a block."""
    if not re.search(r"^\$ ", text, re.MULTILINE):
        for line in re.sub(r" *\\\n\s*", " ", text).splitlines():
            if line.strip() and not line.startswith("#"):
                yield Command(line, None)
        return
    for each in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        first, *lines = each.splitlines()
        while lines and lines[0].startswith("> "):
            first += "\n" + lines.pop(0)[2:]
        yield Command(first, "\n".join(lines).strip("\n"))


def offline(command: str) -> str:
    """What of a command needs no network: "a && b" without what installs, "" if nothing is left."""
    parts = [part for part in command.split(" && ") if not _INSTALLS.match(part)]
    return " && ".join(part for part in parts if "-m pytest" not in part)


def fits(shown: str, printed: str) -> bool:
    """Whether a command printed what the page shows."""
    expression = ""
    for line in shown.splitlines():
        if line.strip() == "…":
            expression += r"(?:.*\n)*?"
        else:
            expression += "[^\n]*".join(map(re.escape, line.rstrip().split("…"))) + "\n"
    printed = "".join(line.rstrip() + "\n" for line in printed.strip("\n").splitlines())
    return re.fullmatch(expression, printed) is not None


class Reader:
    """Somebody who does what a page says, in a folder with the programs that the page needs."""

    def __init__(self, folder: Path, *, locale: str = "C.UTF-8") -> None:
        self.folder = folder / "here"
        self.folder.mkdir()
        programs = folder / "venv" / "bin"
        found = on_the_path(programs, **{"textclean": "textclean", "pre-commit": "pre_commit"})
        for name in ("python", "python3"):
            program = programs / name
            program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
            program.chmod(0o755)
        (self.folder / ".venv").symlink_to(folder / "venv", target_is_directory=True)
        self.environment = {
            **found,
            "LANG": locale,
            "NO_COLOR": "1",
            "COLUMNS": "100",
            "PRE_COMMIT_HOME": str(folder / "cache"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org",
        }  # fmt: skip
        self.names: dict[str, Any] = {"__name__": "__main__"}

    def do(self, block: Block) -> None:
        """What the block says.

        Raises:
            AssertionError: it fails, or prints something else than the page shows.
        """
        if block.language == "console":
            for command in commands(block.text):
                self._call(command, block.line)
        elif block.language == "python" and not _FILE.match(block.text):
            self._python(block)
        elif name := _FILE.match(block.text):
            path = self.folder / name[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")

    def _call(self, command: Command, line: int) -> None:
        text = offline(command.text)
        if not text:
            return
        answers = _ANSWER.findall(command.output or "")
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", text], cwd=self.folder, env=self.environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False,
            input="".join(f"{each}\n" for each in answers), timeout=240,
        )  # fmt: skip
        place = f"block of line {line}: {text}"
        shows_error = command.output is not None and re.search("error: |错误：", command.output)
        cut_short = done.returncode == 128 + signal.SIGPIPE and "| head" in text
        assert done.returncode in (0, 1) or shows_error or cut_short, f"{place}\n{done.stdout}"
        assert "Traceback" not in done.stdout, f"{place}\n{done.stdout}"
        if command.output is not None:
            printed = done.stdout
            for answer in answers:  # a terminal shows what is typed
                printed = re.sub(r"\]\? (?!\w\n)", f"]? {answer}\n", printed, count=1)
            assert fits(command.output, printed), f"{place}\nprints\n{printed}"

    def _python(self, block: Block) -> None:
        before = Path.cwd()
        os.chdir(self.folder)
        try:
            if ">>> " in block.text:
                test = doctest.DocTestParser().get_doctest(
                    block.text, self.names, f"line {block.line}", None, block.line
                )
                said: list[str] = []
                options = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
                doctest.DocTestRunner(optionflags=options).run(
                    test, out=said.append, clear_globs=False
                )
                assert not said, "".join(said)
                self.names.update(test.globs)
            else:
                code = compile(block.text, f"block of line {block.line}", "exec")
                exec(code, self.names)
        finally:
            os.chdir(before)
