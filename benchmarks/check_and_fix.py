"""How many times as long `textclean check` takes as `textclean fix` where nothing is to be done.

    python benchmarks/check_and_fix.py [FOLDER] [--rounds 5]

FOLDER (by default the seeds) is copied, and its .txt and .md files are repaired first. Then the two
commands take turns, each as a whole process; printed are the medians of processor time and of time
that passes, and of the ratios of each round, with their range.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from common import ROOT, SEEDS, spread


def run(command: str, folder: Path, cache: Path) -> tuple[float, float]:
    """Seconds that a command takes: of the processor, and by the clock."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        # As for a package that is installed, modules are compiled once.
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(cache),
    }
    before, start = os.times(), time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "textclean", command, str(folder)],
        check=False, capture_output=True, env=environment,
    )  # fmt: skip
    after, stop = os.times(), time.perf_counter()
    return sum(after[2:4]) - sum(before[2:4]), stop - start


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=SEEDS)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder, cache = Path(temporary, "texts"), Path(temporary, "cache")
        shutil.copytree(arguments.folder, folder)
        for command in ("fix", "fix", "check"):
            run(command, folder, cache)
        rounds = [
            (run("check", folder, cache), run("fix", folder, cache))
            for _ in range(arguments.rounds)
        ]
    for name, of in (("processor", 0), ("clock", 1)):
        check, fix = (statistics.median(each[which][of] for each in rounds) for which in (0, 1))
        ratios = [checked[of] / fixed[of] for checked, fixed in rounds]
        print(f"{name:9} check {check:.2f} s, fix {fix:.2f} s: {spread(ratios)} times")


if __name__ == "__main__":
    main()
