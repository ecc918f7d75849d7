"""The program ``textclean`` in a process of its own, as an ordinary user, too, if root runs it."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from tests.seeds import ROOT

#: The user that owns nothing.
NOBODY = 65534
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
DAMAGED = "全市有2800名医务人员,组成13个团队。\n"
CLEAN = "全市有2800名医务人员，组成13个团队。\n"


def environment(**more: str) -> dict[str, str]:
    """In which the package is found wherever the program is started."""
    paths = str(ROOT), sysconfig.get_path("purelib"), *_given()
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return {
        **kept, "PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8", **more,
    }  # fmt: skip


def _given() -> list[str]:
    return [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]


@cache
def ordinary_user() -> tuple[str, ...]:
    """What a command is put behind to be run as `NOBODY`; empty where that cannot be."""
    if not IS_ROOT or shutil.which("setpriv") is None:
        return ()
    start = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    major, minor = sys.version_info[:2]
    for python in (sys.executable, f"/usr/bin/python{major}.{minor}"):
        try:
            subprocess.run(
                [*start, python, "-m", "textclean", "--version"],
                check=True, capture_output=True, env=environment(), cwd="/",
            )  # fmt: skip
        except (OSError, subprocess.CalledProcessError):
            continue
        return (*start, python)
    return ()


@cache
def compiled_code() -> str:
    """A folder in which numba keeps what it compiled for `NOBODY`, who has no other."""
    folder = tempfile.mkdtemp(prefix="textclean-numba-")
    os.chown(folder, NOBODY, NOBODY)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class Program:
    """How the program is started."""

    def __init__(self, *, ordinary: bool) -> None:
        self.ordinary = ordinary
        # -P: as the installed program, which does not look for modules in the current folder.
        self.start = (*(ordinary_user() if ordinary else (sys.executable,)), "-P")

    def popen(
        self, folder: Path, *arguments: str | Path, **options: Any
    ) -> subprocess.Popen[bytes]:
        """The program, started."""
        options.setdefault("env", environment())
        return subprocess.Popen(
            [*self.start, "-m", "textclean", *map(str, arguments)], cwd=folder, **options
        )

    def run(
        self, folder: Path, *arguments: str | Path, stdin: bytes = b"", **more: str
    ) -> subprocess.CompletedProcess[bytes]:
        """The program, run to its end."""
        if self.ordinary:
            more = {"NUMBA_CACHE_DIR": compiled_code(), **more}
        return subprocess.run(
            [*self.start, "-m", "textclean", *map(str, arguments)],
            cwd=folder, input=stdin, capture_output=True, env=environment(**more),
            check=False, timeout=600,
        )  # fmt: skip

    def give(self, *paths: Path) -> None:
        """Let files belong to whom the program runs as."""
        for path in paths:
            if self.ordinary:
                os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
