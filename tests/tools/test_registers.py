"""The benchmark of rules by register runs, and finds a verdict again by what the edit does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BENCHMARK = ROOT / "benchmarks" / "registers.py"

pytestmark = pytest.mark.skipif(not BENCHMARK.exists(), reason="benchmarks are not in the package")


def run(*arguments: object) -> str:
    command = [sys.executable, str(BENCHMARK), *map(str, arguments)]
    return subprocess.run(
        command, check=True, capture_output=True, encoding="utf-8", cwd=ROOT,
        env=os.environ | {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
    ).stdout  # fmt: skip


def test_reads_judges_and_counts(tmp_path: Path) -> None:
    letters, verdicts = tmp_path / "letters", tmp_path / "verdicts.tsv"
    letters.mkdir()
    text = "来信收到了,谢谢你寄来的照片,孩子们都很喜欢。\r\n"
    (letters / "one.md").write_bytes(text.encode())

    sample = run(letters, "--verdicts", verdicts, "--sample", 9).splitlines()
    assert [line.split("\t")[1:4] for line in sample] == [["P001", "letters", "safe"]] * 2
    assert all("⟦,→，⟧" in line and "␍↵" in line for line in sample)
    assert "| P001 | – (2) |" in run(letters, "--verdicts", verdicts)

    judged = tmp_path / "judged.tsv"
    keys = [line.split("\t")[0] for line in sample]
    judged.write_text(f"{keys[0]}\t1\n{keys[1]}\t0\tseen twice\n", encoding="utf-8")
    run("--verdicts", verdicts, "--judge", judged)
    assert "来信" not in verdicts.read_text(encoding="utf-8")

    (letters / "two.md").write_text("那天好冷,我没有出门。\n", encoding="utf-8")
    assert "| P001 | 1/2 (3) 0.09 ✗ |" in run(letters, "--verdicts", verdicts)
    assert len(run(letters, "--verdicts", verdicts, "--sample", 9).splitlines()) == 1
