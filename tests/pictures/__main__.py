"""``python -m tests.pictures [NAME…]``: the pictures of ``docs/pictures``, or some, made anew."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tests.pictures import before_after, editor, report, review
from tests.seeds import ROOT

FOLDER = ROOT / "docs" / "pictures"
#: What makes the pictures, in a folder; each gives the names of those that it made.
MAKERS: dict[str, Callable[[Path], list[str]]] = {
    "before-after": before_after.make,
    "report": report.make,
    "review": review.make,
    "editor": editor.make,
}


def main(names: list[str], folder: Path = FOLDER) -> None:
    """Make some pictures, or all."""
    for name in names or MAKERS:
        made = MAKERS[name](folder)
        print(f"{name}: {', '.join(made) or 'passed over, its program is not installed'}")


if __name__ == "__main__":
    main(sys.argv[1:])
