"""How many times as long `textclean check` takes as `textclean fix` where nothing is to be done.

    python benchmarks/check_and_fix.py [--folder FOLDER] [--rounds 5]

The folder (by default the seeds) is copied, and its .txt and .md files are repaired first. Then the
two commands take turns, each as a whole process; printed are the medians of processor time and of
time that passes, and of the ratios of each round, with their range.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated

from common import ROOT, SEEDS, spread

from tools.command import command


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


@command
def main(
    folder: Annotated[Path, "texts that are copied and repaired first"] = SEEDS, rounds: int = 5
) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        copy, cache = Path(temporary, "texts"), Path(temporary, "cache")
        shutil.copytree(folder, copy)
        for name in ("fix", "fix", "check"):
            run(name, copy, cache)
        pairs = [(run("check", copy, cache), run("fix", copy, cache)) for _ in range(rounds)]
    for name, of in (("processor", 0), ("clock", 1)):
        check, fix = (statistics.median(each[which][of] for each in pairs) for which in (0, 1))
        ratios = [checked[of] / fixed[of] for checked, fixed in pairs]
        print(f"{name:9} check {check:.2f} s, fix {fix:.2f} s: {spread(ratios)} times")


if __name__ == "__main__":
    main()
