"""A folder of traps: whatever somebody may leave lying about where texts are cleaned."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from tests.reliability.program import DAMAGED

#: Modules that the program imports, or its processes.
MODULES = (
    "click", "json", "pickle", "numba", "numpy", "rich", "multiprocessing", "concurrent",
    "subprocess", "importlib", "signal", "traceback", "sitecustomize", "usercustomize", "rapidfuzz",
)  # fmt: skip
#: What a module of the folder leaves behind when it is imported.
MARK = "RAN"
#: Names that a terminal would obey, or that are no UTF-8.
NAMES = (
    b"escape\x1b]0;owned\x07.txt", b"line\nbreak.txt", b"carriage\rreturn.txt", b"tab\tin.txt",
    "turned\u202etxt.txt".encode(), "c1\x9b31m.txt".encode(), b"stray\xff.txt", b"[red]markup.txt",
    b"a b.txt", b"-o.txt", "报告.txt".encode(),
)  # fmt: skip


def links(folder: Path) -> None:
    """Links inside, outside, to themselves and to nothing; and what some lead to."""
    outside = folder.parent / "outside"
    outside.mkdir(exist_ok=True)
    (outside / "secret.txt").write_text(DAMAGED)
    (folder / "sub").mkdir()
    (folder / "sub" / "deep.txt").write_text(DAMAGED)
    (folder / "out").symlink_to("../outside")
    (folder / "out.txt").symlink_to("../outside/secret.txt")
    (folder / "again").symlink_to("sub")
    (folder / "inside.txt").symlink_to("sub/deep.txt")
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "nowhere.txt").symlink_to("gone.txt")


def devices(folder: Path) -> None:
    """Pipes, sockets and devices, and links to them, all with names of texts."""
    os.mkfifo(folder / "pipe.txt")
    (folder / "to_pipe.txt").symlink_to("pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "terminal.txt").symlink_to("/dev/tty")
    here = Path.cwd()
    os.chdir(folder)  # a socket's path has 107 bytes
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind("socket.txt")
    finally:
        os.chdir(here)


def modules(folder: Path) -> None:
    """Modules by the names of those that the program imports."""
    for name in MODULES:
        (folder / f"{name}.py").write_text(f"open({MARK!r}, 'w').close()\n")


def named_files(folder: Path) -> list[Path]:
    """A damaged text under each of the names."""
    paths = [folder / os.fsdecode(name) for name in NAMES]
    for path in paths:
        path.write_text(DAMAGED)
    return paths


def hidden_files(folder: Path) -> list[Path]:
    """Files that no walk enters."""
    paths = [folder / ".git" / "hooks" / "pre-commit.txt", folder / ".profile.txt"]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(DAMAGED)
    return paths


def all_of(folder: Path) -> None:
    """Every trap, and a text beside them."""
    (folder / "a.txt").write_text(DAMAGED)
    links(folder)
    devices(folder)
    modules(folder)
    named_files(folder)
    hidden_files(folder)
