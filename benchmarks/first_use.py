"""The first search after an installation, compiling included, and the next ones, from the cache.

Each is a process of its own, from its start to its end, with a cache folder that is empty at first.
The first process may leave a second one behind that goes on compiling; the last line waits for it.

    python benchmarks/first_use.py [--corpus FOLDER_OR_FILE] [--paragraphs N] [--rounds N]
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from common import ROOT, options, seconds
from dedup import pace, paragraphs, plant

from textclean.dedup.kernels.stages import STAGES

SEARCH = """
import json, sys
from textclean import deduplicate
deduplicate(json.load(sys.stdin))
"""


def use(texts: str, cache: str) -> float:
    """Seconds that a process takes to find the copies among texts, given as JSON."""
    environment = os.environ | {"NUMBA_CACHE_DIR": cache, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", SEARCH]
    return seconds(
        lambda: subprocess.run(command, input=texts, text=True, env=environment, check=True)
    )


def main() -> None:
    """Time some first, second and later uses."""
    parser = options(__doc__)
    parser.add_argument("--corpus", type=Path, help="real prose, instead of made-up paragraphs")
    parser.add_argument("--paragraphs", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    texts, _ = plant(paragraphs(arguments.corpus, arguments.paragraphs, 1), 1)
    given = json.dumps(texts)
    rounds = []
    for _ in range(arguments.rounds):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as cache:
            speed = pace()
            times = [use(given, cache), use(given, cache)]
            while len(list(Path(cache).rglob("*.compiled"))) < len(STAGES):
                time.sleep(0.2)
            rounds.append([*times, use(given, cache), speed])
    first, second, later, speed = map(statistics.median, zip(*rounds, strict=True))
    print(f"{len(texts):,} paragraphs, median of {len(rounds)}; a plain loop took {speed:.2f} s")
    print(f"first use {first:.2f} s (under 8), the next {second:.2f} s, later ones {later:.2f} s")


if __name__ == "__main__":
    main()
