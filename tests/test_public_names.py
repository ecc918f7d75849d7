"""What `import textclean` shows to completion, `help` and type checkers."""

from __future__ import annotations

import pydoc
import subprocess
import sys
from pathlib import Path

import pytest

import textclean

_PACKAGES = {"layout", "placeholders", "quantities"}


def test_every_public_name_is_there_and_listed() -> None:
    for name in textclean.__all__:
        assert getattr(textclean, name) is not None
    assert set(textclean.__all__) <= set(dir(textclean))


@pytest.mark.parametrize("package", sorted(_PACKAGES))
def test_packages_are_reached_by_their_full_names(package: str) -> None:
    names = getattr(textclean, package)
    assert set(names.__all__) <= set(dir(names))


def test_help_shows_functions_and_classes() -> None:
    text = pydoc.plain(pydoc.render_doc(textclean))
    for name in ("clean(text", "clean_many(", "class Config", "class Cleaned"):
        assert name in text


def test_a_wrong_name_is_an_error() -> None:
    with pytest.raises(AttributeError, match="claen"):
        textclean.claen  # type: ignore[attr-defined]  # noqa: B018


def test_a_wrong_name_is_an_error_for_type_checkers(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    program = tmp_path / "program.py"
    program.write_text(
        "import textclean\n"
        "textclean.claen('x')\n"
        "textclean.placeholders.fnid('x')\n"
        "textclean.layout.stich([])\n"
        "textclean.quantities.find('x').none\n"
        "textclean.quantities.find('3人')[0].value\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path / "cache"), str(program)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    lines = [int(line.split(":")[1]) for line in done.stdout.splitlines() if ": error:" in line]
    assert lines == [2, 3, 4, 5], done.stdout + done.stderr
