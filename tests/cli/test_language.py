"""What a user of check, fix and run meets when something is wrong, in Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import DAMAGED, Call

ENGLISH = re.compile(r"[A-Za-z']+ [A-Za-z']+ [A-Za-z']+")
FILES: dict[str, bytes] = {
    "a.csv": b"1,2\n",
    "b.csv": b"id,Text\n1,2\n",
    "c.csv": b'text\n"a"b\n',
    "d.csv": b"text\n1,2\n",
    "a.json": b"{}",
    "b.json": b'{"text": 5}',
    "a.docx": b"PK",
    "a.txt.gz": b"a",
    "strings.jsonl": b'{"body": "1", "title": "2"}\n{}\n',
    "Makefile": b"all:\n",
    "binary.txt": b"a\0b",
    "gbk.txt": "卫生".encode("gb18030"),
    "utf16.txt": "市卫健委".encode("utf-16")[:-1],
    "stray.txt": b"x\xffy",
    "no-field.jsonl": b'{"id": "1"}\n',
    "number.jsonl": b'{"text": 5}\n',
    "half.jsonl": b'{"text": "\\ud83d"}\n',
}


@pytest.mark.parametrize("name", [*FILES, "missing.txt"])
@pytest.mark.parametrize("command", ["check", "fix"])
def test_trouble_with_a_file_is_told_in_chinese(
    folder: Path, call: Call, command: str, name: str
) -> None:
    if name in FILES:
        (folder / name).write_bytes(FILES[name])
    result = call(command, name, "--lang", "zh")
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert lines[0].startswith(f"错误：{name}")
    for line in lines:
        assert not ENGLISH.search(line), line


@pytest.mark.parametrize(
    "content",
    [
        'teir = "safe"', 'tier = "report"', 'tier = "sure"', 'select = ["P999"]', "select = 3",
        'style = "none"', 'plugins = "none"', "threshold = 2", "threshold = true", "min_copy = 0",
        'restore = "yes"', 'tier = "safe"\n[[rule]]\ncode = "U001"',
    ],
)  # fmt: skip
def test_trouble_with_the_configuration_is_told_in_chinese(
    folder: Path, call: Call, content: str
) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    (folder / "textclean.toml").write_text(content)
    result = call("check", "a.txt", "--lang", "zh")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("错误：")
    assert not ENGLISH.search(result.stderr)


def test_a_run_is_told_in_chinese(folder: Path, call: Call) -> None:
    pytest.importorskip("numba", reason="needs the extra [dedup]")
    (folder / "a.txt").write_text(DAMAGED)
    assert "已将1个文档写入 out" in call("run", "a.txt", "-o", "out", "--lang", "zh").stderr
    again = call("run", "a.txt", "-o", "out", "--lang", "zh")
    assert again.stderr.startswith("错误：out：不是空文件夹；")
    quiet = call("run", "a.txt", "-o", "out", "--force", "-q")
    assert (quiet.exit_code, quiet.output) == (0, "")
