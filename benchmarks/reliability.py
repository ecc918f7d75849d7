"""SIGKILL at a hundred random moments each of ``fix``, ``fix --record``, ``run``, ``run --force``.

    python benchmarks/reliability.py [--kills N] [--only NAME]

What must hold after each: every file is as it was or as it would be, `undo` gives everything back,
and a second try comes to the same end (`tests/reliability/kills.py`). Printed is how often what was
seen; any fault is printed and makes the exit status 1. Faults of other kinds (links, devices, full
disks, records of strangers) are the tests in ``tests/reliability``; ``docs/reliability.md`` lists
them.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Annotated

from tests.reliability.kills import EXPERIMENTS
from tools.command import command


@command
def main(
    kills: Annotated[int, "how often each command is killed"] = 100,
    only: Annotated[str, "one of the commands"] = "",
) -> None:
    faults = 0
    for name, experiment in EXPERIMENTS.items():
        if only and name != only:
            continue
        with tempfile.TemporaryDirectory() as folder:
            trials = experiment(Path(folder).resolve(), kills)
        seen = ", ".join(f"{what} {count}" for what, count in trials.counts.items() if count)
        print(f"{name}: {kills} trials: {seen}; faults {len(trials.faults)}", flush=True)
        for fault in trials.faults[:10]:
            print(f"  {fault}")
        faults += len(trials.faults)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
