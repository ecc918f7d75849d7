"""``docs/deduplication.md``: every example runs and shows what it says."""

from __future__ import annotations

import doctest
import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.seeds import ROOT
from textclean.cli import commands

PAGE = (ROOT / "docs" / "deduplication.md").read_text(encoding="utf-8")
COMMANDS = [
    line.partition("  #")[0].strip()
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
]
TEXT = "抽调省市2800名医务人员组成13个团队，承接接管医疗救治工作，6名国家级、省级专家巡回指导。"


def test_the_examples_show_what_they_say() -> None:
    test = doctest.DocTestParser().get_doctest(PAGE, {}, "deduplication.md", None, 0)
    assert len(test.examples) > 15
    output: list[str] = []
    failed, _ = doctest.DocTestRunner().run(test, out=output.append)
    assert not failed, "".join(output)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_run(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "textclean.toml").write_text("")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text(TEXT, encoding="utf-8")
    for name in ("train", "test"):
        record = json.dumps({"text": TEXT}, ensure_ascii=False)
        (tmp_path / f"{name}.jsonl").write_text(f"{record}\n", encoding="utf-8")
    program, *arguments = shlex.split(command)
    assert program == "textclean"
    result = CliRunner().invoke(commands, arguments)
    assert result.exit_code == 0, result.output


def test_every_option_that_chooses_is_documented() -> None:
    described = CliRunner().invoke(commands, ["dedup", "--help"]).output
    for option in (
        "--keep",
        "--against",
        "--annotate",
        "--min-copy",
        "--min-copy-across",
        "--unit",
    ):
        assert option in described
    for option in ("--against", "--keep", "--min-copy-across"):
        assert option in CliRunner().invoke(commands, ["run", "--help"]).output
