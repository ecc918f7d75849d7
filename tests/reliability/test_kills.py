"""SIGKILL at random moments; `benchmarks/reliability.py` does it a hundred times each."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.reliability.kills import EXPERIMENTS
from tests.reliability.program import environment
from tests.seeds import ROOT

#: How often each command is killed.
KILLS = os.environ.get("TEXTCLEAN_KILLS", "3")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("name", EXPERIMENTS)
def test_what_is_killed_leaves_nothing_half_done(name: str) -> None:
    if name.startswith("run"):
        pytest.importorskip("numba", reason="needs the extra [dedup]")
    # In a process of its own, which has no threads when it forks.
    done = subprocess.run(
        [sys.executable, "benchmarks/reliability.py", "--kills", KILLS, "--only", name],
        cwd=ROOT, capture_output=True, text=True, check=False, env=environment(),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{name}: {KILLS} trials" in done.stdout
