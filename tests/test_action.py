"""The GitHub Action: its own script, run by bash with the environment that a runner gives it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CLEAN, DAMAGED, ENVIRONMENT
from tests.seeds import ROOT

yaml = pytest.importorskip("yaml", reason="needs pre-commit")
pytestmark = pytest.mark.skipif(
    os.name == "nt" or shutil.which("bash") is None, reason="needs bash"
)

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def run(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The step that checks, as a runner runs it, with textclean as it is here."""
    programs = folder / "temp" / "textclean" / "bin"
    programs.mkdir(parents=True)
    program = programs / "textclean"
    program.write_text(f"#!{sys.executable}\nfrom textclean.cli import main\nmain()\n")
    program.chmod(0o755)
    given = {name: each["default"] for name, each in ACTION["inputs"].items()} | inputs
    step = ACTION["runs"]["steps"][-1]
    variables = {
        name: given[value.removeprefix("${{ inputs.").removesuffix(" }}")]
        for name, value in step["env"].items()
    }
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder, env={**ENVIRONMENT, "RUNNER_TEMP": str(folder / "temp"), **variables},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "textclean.toml").write_text("")
    (tmp_path / "a b.txt").write_text(DAMAGED)
    (tmp_path / "c.txt").write_text(CLEAN)
    return tmp_path


def test_findings_are_annotations_and_fail_the_job(folder: Path) -> None:
    done = run(folder, paths="a b.txt\nc.txt\n")
    assert done.returncode == 1
    assert done.stdout.startswith("::warning file=a b.txt,line=1,col=13,")
    assert "2 files checked" in done.stderr


def test_options_are_handed_on(folder: Path) -> None:
    done = run(folder, args="--exit-zero --select C")
    assert (done.returncode, done.stdout) == (0, "")


def test_a_log_can_be_written_instead(folder: Path) -> None:
    done = run(folder, **{"sarif-file": "found.sarif"})
    assert (done.returncode, done.stdout) == (1, "")
    assert '"version": "2.1.0"' in (folder / "found.sarif").read_text()


def test_the_workflow_uses_inputs_that_the_action_has() -> None:
    workflow: dict[str, Any] = yaml.safe_load(
        (ROOT / ".github/workflows/texts.yml").read_text(encoding="utf-8")
    )
    [step] = [each for each in workflow["jobs"]["check"]["steps"] if each["uses"] == "./"]
    assert set(step["with"]) <= set(ACTION["inputs"])
