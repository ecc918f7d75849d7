"""The hooks, run by the real pre-commit on a repository of texts; no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import CLEAN, DAMAGED
from tests.seeds import ROOT

yaml = pytest.importorskip("yaml", reason="needs pre-commit")
pytest.importorskip("pre_commit", reason="needs pre-commit")
pytestmark = [
    pytest.mark.skipif(shutil.which("git") is None, reason="needs git"),
    pytest.mark.skipif(os.name == "nt", reason="the stand-in for the entry point is a script"),
]

HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


class Repository:
    """A git repository in which one of our hooks is installed by its real definition."""

    def __init__(self, folder: Path, hook: str) -> None:
        self.folder = folder / "repository"
        self.folder.mkdir()
        programs = folder / "bin"
        programs.mkdir()
        # What pip would make of the entry point; pre-commit would install it over the network.
        script = programs / "textclean"
        script.write_text(f"#!{sys.executable}\nfrom textclean.cli import main\nmain()\n")
        script.chmod(0o755)
        self.environment = {
            **os.environ,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PRE_COMMIT_HOME": str(folder / "cache"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org",
        }  # fmt: skip
        definition = next(dict(item) for item in HOOKS if item["id"] == hook)
        definition["language"] = "system"
        config = {"repos": [{"repo": "local", "hooks": [definition]}]}
        (self.folder / ".pre-commit-config.yaml").write_text(
            yaml.safe_dump(config, allow_unicode=True)
        )
        self.git("init", "--quiet")

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *arguments], cwd=self.folder, env=self.environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    def pre_commit(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", *arguments],
            cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text)
        self.git("add", "--all")
        return path


def test_pre_commit_accepts_the_hooks(tmp_path: Path) -> None:
    repository = Repository(tmp_path, "textclean")
    done = repository.pre_commit("validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"))
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_hook_repairs_and_fails_and_then_passes(tmp_path: Path) -> None:
    repository = Repository(tmp_path, "textclean")
    text = repository.write("a.txt", DAMAGED)
    records = repository.write("b.jsonl", '{"text": "甲乙,丙丁"}\n')
    code = repository.write("c.py", "x = '甲乙,丙丁'\n")
    done = repository.pre_commit("run", "--all-files")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "a.txt: 1 edit (P001 fullwidth-comma ×1)" in done.stdout
    assert text.read_text() == CLEAN
    assert records.read_text() == '{"text": "甲乙，丙丁"}\n'
    assert code.read_text() == "x = '甲乙,丙丁'\n"
    repository.git("add", "--all")
    again = repository.pre_commit("run", "--all-files")
    assert again.returncode == 0, again.stdout + again.stderr


def test_a_commit_of_damaged_text_is_stopped(tmp_path: Path) -> None:
    repository = Repository(tmp_path, "textclean")
    assert repository.pre_commit("install").returncode == 0
    repository.write("a.txt", DAMAGED)
    assert repository.git("commit", "-m", "one").returncode == 1
    repository.git("add", "--all")
    done = repository.git("commit", "-m", "one")
    assert done.returncode == 0, done.stdout + done.stderr
    assert repository.git("show", "HEAD:a.txt").stdout == CLEAN


def test_the_checking_hook_fails_and_changes_nothing(tmp_path: Path) -> None:
    repository = Repository(tmp_path, "textclean-check")
    text = repository.write("a.md", DAMAGED)
    done = repository.pre_commit("run", "--all-files")
    assert done.returncode == 1
    assert "a.md:1:13: P001" in done.stdout
    assert text.read_text() == DAMAGED
    repository.write("a.md", CLEAN)
    assert repository.pre_commit("run", "--all-files").returncode == 0


def test_the_hook_reads_the_repositorys_configuration(tmp_path: Path) -> None:
    repository = Repository(tmp_path, "textclean")
    (repository.folder / "textclean.toml").write_text('ignore = ["P001"]\n')
    repository.write("a.txt", DAMAGED)
    assert repository.pre_commit("run", "--all-files").returncode == 0


def test_the_hook_passes_over_what_the_configuration_excludes(tmp_path: Path) -> None:
    repository = Repository(tmp_path, "textclean")
    (repository.folder / "textclean.toml").write_text('exclude = ["vendor/", "*.draft.md"]\n')
    (repository.folder / "vendor").mkdir()
    kept = [repository.write(name, DAMAGED) for name in ("vendor/a.txt", "b.draft.md")]
    assert repository.pre_commit("run", "--all-files").returncode == 0
    text = repository.write("c.md", DAMAGED)
    assert repository.pre_commit("run", "--all-files").returncode == 1
    assert text.read_text() == CLEAN
    assert [path.read_text() for path in kept] == [DAMAGED, DAMAGED]
