"""Programs as a user has them: `textclean` on the path, run from this checkout."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.seeds import ROOT


def on_the_path(folder: Path, **modules: str) -> dict[str, str]:
    """An environment in which ``textclean`` is the one of this checkout.

    Args:
        folder: a program is written there for each name.
        modules: what ``python -m`` runs, by the name of the program; by default `textclean`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, module in (modules or {"textclean": "textclean"}).items():
        program = folder / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {module} "$@"\n')
        program.chmod(0o755)
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("LC_")},
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
    }
