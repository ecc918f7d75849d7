"""Configuration of whatever folder it is: files, patterns, styles."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reliability.program import DAMAGED, Program
from textclean.config import read_config
from textclean.corpus.glob_patterns import GlobPatterns
from textclean.errors import ConfigError
from textclean.quantities.styles import named

LARGE = "".join(f'A{n:06} = "safe"\n' for n in range(200_000))


@pytest.mark.parametrize("option", ["style", "config"])
@pytest.mark.parametrize(
    ("what", "said"),
    [("pipe", "it is a pipe"), ("device", "it is a device"), ("folder", "Is a directory"),
     ("large", "it is larger than 1,048,576 bytes"), ("deep", "nested too deeply"),
     ("gone", "No such file"), ("binary", "not valid TOML")],
)  # fmt: skip
def test_only_ordinary_files_of_sane_size_are_read(
    tmp_path: Path, option: str, what: str, said: str
) -> None:
    path = tmp_path / "x.toml"
    match what:
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case "folder":
            path.mkdir()
        case "large":
            path.write_text(f"[tiers]\n{LARGE}")
        case "deep":
            path.write_text("a = " + "[" * 100_000)
        case "binary":
            path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=said):
        named(str(path)) if option == "style" else read_config(path)


def test_a_style_that_is_none_shows_nothing_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text('password = "1"\nname = "a"\n')
    with pytest.raises(ConfigError) as error:
        named(str(path))
    assert "password" not in str(error.value)
    path.write_text('unit = "chinese"\n')
    with pytest.raises(ConfigError, match="unknown key 'unit'"):
        named(str(path))


def test_a_pipe_for_a_configuration_is_not_waited_for(program: Program, place: Path) -> None:
    (place / "a.txt").write_text(DAMAGED)
    os.mkfifo(place / "f.toml")
    program.give(place / "a.txt", place / "f.toml")
    for arguments in (["--style", "f.toml"], ["--config", "f.toml"]):
        done = program.run(place, "check", "a.txt", *arguments)
        assert done.returncode == 2
        assert b"it is a pipe" in done.stderr


# Patterns


@pytest.mark.parametrize(
    "pattern",
    ["*a*a*a*b", "*a*a*a*a*a*a*a*a*a*a*b", "**/a*/**/a*/**/a*/**/a*/**/b", "[a]*[a]*[a]*[a]*[a]*b",
     "?*?*?*?*?*?*?*b", "/".join(["**", "*a*a*"] * 8) + "/b"],
)  # fmt: skip
def test_patterns_do_not_run_away(pattern: str) -> None:
    patterns = GlobPatterns([pattern])
    before = time.process_time()
    for name in ("a" * 255, "/".join(["a"] * 1000), "/".join(["a" * 200] * 20)):
        assert not patterns.matches(name)
    # What took minutes takes hundredths of a second: this is no measure of speed.
    assert time.process_time() - before < 20


#: Name, patterns, whether it is passed over: as ``git check-ignore`` has it.
TABLE = [
    ("a.txt", ["*.txt"], True), ("b/a.txt", ["*.txt"], True), ("a.txt", ["/b/a.txt"], False),
    ("b/a.txt", ["b/"], True), ("b", ["b/"], False), ("b/", ["b/"], True),
    ("c/b/a.txt", ["b/a.txt"], False), ("c/b/a.txt", ["**/b/a.txt"], True),
    ("c/x/y/a.txt", ["c/**/a.txt"], True), ("c/a.txt", ["c/**/a.txt"], True),
    ("c/a.txt", ["c/**"], True), ("c/", ["c/**"], False), ("a.txt", ["*.txt", "!a.txt"], False),
    ("b/a.txt", ["b/", "!b/a.txt"], True), ("#a", ["#a"], False), ("#a", ["\\#a"], True),
    ("!a", ["\\!a"], True), ("a ", ["a\\ "], True), ("a", ["a "], True), ("a", ["[a-c]"], True),
    ("d", ["[!a-c]"], True), ("d", ["[^a-c]"], True), ("]", ["[]]"], True), ("a", ["[a"], False),
    ("a", ["[z-a]"], False), ("7", ["[[:digit:]]"], True), ("a*b", ["a\\*b"], True),
    ("axb", ["a\\*b"], False), ("abc", ["a?c"], True), ("a/c", ["a?c"], False),
    ("a", ["/"], False), ("a", [""], False), ("x/a", ["***/a"], True), ("甲乙.txt", ["甲*"], True),
]  # fmt: skip


@pytest.mark.parametrize(("name", "patterns", "expected"), TABLE)
def test_patterns_mean_what_git_means(name: str, patterns: list[str], expected: bool) -> None:
    assert GlobPatterns(patterns).matches(name) == expected


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_git_says_the_same(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    for number, (name, patterns, expected) in enumerate(TABLE):
        if name.endswith("/"):
            (tmp_path / str(number) / name).mkdir(parents=True)
        else:
            path = tmp_path / str(number) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("")
        (tmp_path / str(number) / ".gitignore").write_text("\n".join(patterns) + "\n")
        asked = subprocess.run(
            ["git", "check-ignore", "-q", "--no-index", "--", f"{number}/{name}".rstrip("/")],
            cwd=tmp_path, check=False,
        )  # fmt: skip
        assert (asked.returncode == 0) == expected, (name, patterns)


@given(st.text("ab*", max_size=8), st.text("ab", min_size=1, max_size=10))
def test_stars_match_as_expressions_do(glob: str, name: str) -> None:
    if glob.startswith("**") and not glob.strip("*"):
        return  # folders
    expression = re.sub(r"\*+", ".*", glob)
    assert GlobPatterns([glob]).matches(name) == bool(glob and re.fullmatch(expression, name))
