"""A diff that `patch` takes must give the new text, byte for byte."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textclean.report.diff import diff_lines, split_lines, unified_diff

Splice = tuple[int, int, str]


def diff_of(original: str, splices: list[Splice]) -> str:
    return "".join(unified_diff("a.txt", original, splices))


def changed(original: str, splices: list[Splice]) -> str:
    """The text with its splices made, one by one from the end."""
    for start, end, after in reversed(splices):
        original = original[:start] + after + original[end:]
    return original


def patched(original: str, diff: str, folder: Path) -> bytes:
    """What git makes of a text and a diff of it."""
    (folder / "a.txt").write_bytes(original.encode())
    (folder / "a.diff").write_bytes(diff.encode())
    subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "a.diff"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return (folder / "a.txt").read_bytes()


def follow(original: str, diff: str) -> str:
    """A diff applied by its own words alone: the reference that needs no program."""
    old = split_lines(original)
    new: list[str] = []
    at = 0
    lines = [line + "\n" for line in diff.split("\n")[:-1]][2:]
    for index, line in enumerate(lines):
        last = index + 1 < len(lines) and lines[index + 1].startswith("\\")
        body = line[1:-1] if last else line[1:]
        if line.startswith("@@"):
            start, _, length = line.split()[1][1:].partition(",")
            first = int(start) if length == "0" else int(start) - 1
            new += old[at:first]
            at = first
        elif line.startswith("+"):
            new.append(body)
        elif line.startswith(("-", " ")):
            assert old[at] == body
            at += 1
            if line.startswith(" "):
                new.append(body)
    return "".join(new + old[at:])


def test_no_edits_give_no_diff() -> None:
    assert diff_of("健康汝州的满意答卷\n", []) == ""


def test_a_changed_line_stands_between_three_lines_of_context() -> None:
    original = "".join(f"第{n}行,完\n" for n in range(9))
    at = original.index(",", original.index("第4行"))
    assert diff_of(original, [(at, at + 1, "，")]) == (
        "--- a/a.txt\n+++ b/a.txt\n@@ -2,7 +2,7 @@\n"
        " 第1行,完\n 第2行,完\n 第3行,完\n-第4行,完\n+第4行，完\n 第5行,完\n 第6行,完\n 第7行,完\n"
    )


def test_changes_far_apart_are_hunks_of_their_own_and_near_ones_share_one() -> None:
    original = "".join(f"第{n}行,完\n" for n in range(30))
    commas = [at for at, c in enumerate(original) if c == ","]
    edits = [(commas[n], commas[n] + 1, "，") for n in (2, 5, 20)]
    assert diff_of(original, edits).count("@@ -") == 2


def test_a_missing_last_line_break_is_said() -> None:
    diff = diff_of("甲,乙", [(1, 2, "，")])
    assert diff.endswith(
        "-甲,乙\n\\ No newline at end of file\n+甲，乙\n\\ No newline at end of file\n"
    )


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Splice]]:
    original = draw(st.text(st.sampled_from("市卫健委,。 \n\n\r"), max_size=80))
    cuts = sorted(draw(st.sets(st.integers(0, len(original)), max_size=8)))
    edits = [
        (start, end, draw(st.text(st.sampled_from("，市\n"), max_size=3)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    return original, edits


@given(edited())
@settings(max_examples=500)
def test_a_diff_says_all_that_the_edits_change(case: tuple[str, list[Splice]]) -> None:
    original, edits = case
    assert follow(original, diff_of(original, edits)) == changed(original, edits)


@given(edited())
def test_what_is_marked_in_a_line_is_what_differs(case: tuple[str, list[Splice]]) -> None:
    """Without what is marked, the old lines of a hunk and the new ones are the same."""
    original, edits = case
    old, new = "", ""
    for text, spans in diff_lines("a.txt", original, edits):
        assert all(1 <= start < end <= len(text) for start, end in spans)
        kept = list(text)
        for start, end in reversed(spans):
            del kept[start:end]
        rest = "".join(kept)[1:]
        if text.startswith("@@"):
            assert old == new
            old = new = ""
        elif text.startswith(("-", " ")) and not text.startswith("---"):
            old += rest
        if text.startswith(("+", " ")) and not text.startswith("+++"):
            new += rest


def test_only_the_changed_characters_of_a_line_are_marked() -> None:
    lines = list(diff_lines("a.txt", "甲,乙 丙\n", [(1, 2, "，"), (3, 4, "")]))
    assert lines[-2:] == [("-甲,乙 丙\n", [(2, 3), (4, 5)]), ("+甲，乙丙\n", [(2, 3)])]


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize(
    ("original", "changes"),
    [
        ("甲,乙\n丙\n", [(1, 2, "，")]),
        ("甲,乙", [(1, 2, "，")]),
        ("甲\n\n\n\n乙\n", [(2, 4, "")]),
        ("甲\n乙\n", [(1, 2, "")]),
        ("甲\n", [(2, 2, "乙\n")]),
        ("甲\n乙", [(1, 3, "")]),
        ("\ufeff甲,\r\n乙,\r\n", [(0, 1, ""), (2, 3, "，"), (6, 7, "，")]),
    ],
)
def test_git_applies_a_diff(
    original: str, changes: list[tuple[int, int, str]], tmp_path: Path
) -> None:
    diff = diff_of(original, changes)
    assert patched(original, diff, tmp_path) == changed(original, changes).encode()


@pytest.mark.parametrize("command", ["patch -p1 -i a.diff", "git apply a.diff"])
@pytest.mark.parametrize("name", ["a.txt", "a b.txt", "通 知 .txt", '甲"乙\\.txt', "a\tb.txt"])
def test_a_diff_finds_a_file_whatever_its_name(tmp_path: Path, command: str, name: str) -> None:
    program, *arguments = command.split()
    if shutil.which(program) is None:
        pytest.skip(f"needs {program}")
    diff = unified_diff(name, "甲,\n", [(1, 2, "，")])
    (tmp_path / "a.diff").write_text("".join(diff))
    (tmp_path / name).write_text("甲,\n")
    subprocess.run([program, *arguments], cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / name).read_text() == "甲，\n"
