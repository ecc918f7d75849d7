"""The name: no word of ours sends anybody to the package `textclean` on PyPI, which is not ours."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.seeds import ROOT
from textclean.errors import MissingExtraError

#: What installs something: pip, uv and pipx, a requirement with an extra or a URL.
_RECOMMENDED = re.compile(
    r"(?:pip3?|uv|pipx)(?: \w+)? (?:install|add|run|download)\s[^\n`]*?"
    r"(?<![\w./-])textclean(?![\w./-])"
    r"|(?<![\w.-])textclean\[\w"
    r"|(?<![\w.-])textclean ?(?:@ |[=~><]=)"
)
#: These name the stranger's package to warn of it.
_ABOUT_IT = {
    "textclean_zh.py",
    "tests/test_name.py",
    "docs/how-to/install.md",
    "docs/zh/install.md",
}
# Written in Python 2 in 2014, with tabs and spaces mixed: so it cannot be imported today.
_THEIRS = {"__init__.py": "from textclean import textclean", "textclean.py": "import HTMLParser\n"}


def _written() -> list[Path]:
    folders = ("textclean", "docs", "benchmarks", "tools", ".github", ".ci")
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    paths += [path for path in ROOT.iterdir() if path.is_file()]
    endings = {".py", ".md", ".toml", ".yml", ".yaml", ".tsv", ".json", ".cff", ".rst", ""}
    return [path for path in paths if path.suffix in endings]


def test_nothing_recommends_the_package_of_somebody_else() -> None:
    found = []
    for path in _written():
        name = path.relative_to(ROOT).as_posix()
        if name in _ABOUT_IT:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{name}: {match[0]}" for match in _RECOMMENDED.finditer(text)]
    assert not found


@pytest.mark.parametrize(
    "line",
    [
        "pip install textclean", "pip install 'textclean[dedup]'", "uv add textclean",
        "uv tool install textclean", "textclean[rules]", "textclean @ https://x",
        "textclean==0.1.0",
    ],
)  # fmt: skip
def test_a_recommendation_is_recognised(line: str) -> None:
    assert _RECOMMENDED.search(line)


@pytest.mark.parametrize(
    "line",
    [
        "pip install textclean-zh", "pip install 'textclean-zh[dedup]'", ".venv/bin/textclean run",
        "textclean check a.txt", "[tool.textclean]", "uses: textclean/textclean@v0.1.0",
        "textclean_zh-0.1.0-py3-none-any.whl", '"$RUNNER_TEMP/textclean/bin/pip" install --quiet x',
    ],
)  # fmt: skip
def test_our_own_name_is_none(line: str) -> None:
    assert not _RECOMMENDED.search(line)


def test_what_is_missing_is_asked_for_under_our_name() -> None:
    name = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"]
    assert f"pip install '{name}[dedup]'" in str(
        MissingExtraError("near-duplicate search", "dedup")
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of packages with ours in it, as an installation leaves it."""
    ignored = shutil.ignore_patterns("__pycache__", "*.bin", "*.npz")
    shutil.copytree(ROOT / "textclean", tmp_path / "textclean", ignore=ignored)
    shutil.copy(ROOT / "textclean_zh.py", tmp_path)
    return tmp_path


def _version(site: Path) -> subprocess.CompletedProcess[str]:
    # Without the folder of this checkout, where the whole package would be found after all.
    script = (
        "import os, sys\n"
        "others = [path for path in sys.path if not os.path.exists(path + '/textclean')]\n"
        f"sys.path[:] = [{str(site)!r}, *others]\n"
        "import textclean_zh\n"
        "textclean_zh.main()"
    )
    return subprocess.run(
        [sys.executable, "-P", "-c", script, "--version"],
        capture_output=True, encoding="utf-8", check=False, cwd=site.parent,
    )  # fmt: skip


def test_the_command_runs_and_says_nothing_where_all_is_ours(site: Path) -> None:
    done = _version(site)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("textclean ")


@pytest.mark.parametrize("text", ["import HTMLParser\n", "class a:\n\tdef b():\n \treturn\n"])
def test_a_package_that_was_written_over_is_named(site: Path, text: str) -> None:
    for name, theirs in (_THEIRS | {"textclean.py": text}).items():
        (site / "textclean" / name).write_text(theirs)
    done = _version(site)
    assert done.returncode == 2
    assert "pip uninstall --yes textclean textclean-zh\n  pip install textclean-zh" in done.stderr
    assert "他人的包" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_package_whose_front_was_uninstalled_is_named(site: Path) -> None:
    (site / "textclean" / "__init__.py").unlink()
    done = _version(site)
    assert done.returncode == 2
    assert "pip install textclean-zh" in done.stderr


def test_the_other_package_beside_ours_is_warned_of(site: Path) -> None:
    (site / "textclean" / "textclean.py").write_text(_THEIRS["textclean.py"])
    done = _version(site)
    assert done.returncode == 0
    assert done.stdout.startswith("textclean ")
    assert "uninstalling it breaks this one" in done.stderr


def test_an_error_of_our_own_is_no_matter_of_names(site: Path) -> None:
    (site / "textclean" / "cli" / "__init__.py").write_text("import not_there\n")
    done = _version(site)
    assert done.returncode == 1
    assert "not_there" in done.stderr
    assert "PyPI" not in done.stderr
