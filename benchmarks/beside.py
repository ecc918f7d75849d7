"""Two states of the code side by side: the time of each piece of work, here and before.

    python benchmarks/beside.py --before DIR [--rounds 5] [--corpus FILE] [--only NAME,…]

Each piece of work is done in a process of its own, by turns in the two checkouts, and timed inside
by processor time (first use, check and fix: the whole process). Printed is the median of the ratios
here / before, with the range: below 1 is faster than before.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from common import ROOT, SEEDS, seeds, spread

from tools.command import command
from tools.training.corpus import text_of

_INSIDE = """
import json, sys, time

def work(texts):
    {work}

first, texts = json.load(sys.stdin)
work(first)
start = time.process_time()
work(texts)
print(time.process_time() - start)
"""
_CLEAN = """from textclean import Config, clean
    [clean(text, Config(tier={tier!r})) for text in texts]"""
_SAFE, _SUGGESTED = _CLEAN.format(tier="safe"), _CLEAN.format(tier="suggested")
_COPIES = """from textclean import deduplicate
    deduplicate(texts)"""
_NUMPY = "import numpy\n    "
_INTERPRETER = (sys.executable, "-c")
_FIRST_USE = "import textclean; assert textclean.clean('落实 ,完成２０个村改造').edits"
WHOLE = {
    "first-use": (*_INTERPRETER, _FIRST_USE),
    "check-file": (sys.executable, "-m", "textclean", "check", str(sorted(SEEDS.glob("*.txt"))[1])),
    "check-folder": (sys.executable, "-m", "textclean", "check", "clean"),
    "fix-folder": (sys.executable, "-m", "textclean", "fix", "clean"),
}
NAMES = (
    *("slots-safe", "slots-suggested", "numpy-safe", "numpy-suggested"),
    *("prose", "paragraphs", "search", *WHOLE),
)


def pieces(prose: str) -> dict[str, tuple[str, list[str], list[str]]]:
    """What is done inside a process, the texts that warm it up, and those that are timed."""
    million = prose[:1_000_000]
    joined = million.replace("\n", "")
    cuts = [joined[at : at + 120] for at in range(0, len(joined), 120)]
    blocks = list(filter(None, prose.split("\n")))
    # The seeds are dense in slots, no text twice.
    dense = ["落实 ,完成"], list(seeds().values())
    return {
        "slots-safe": (_SAFE, *dense),
        "slots-suggested": (_SUGGESTED, *dense),
        "numpy-safe": (_NUMPY + _SAFE, *dense),
        "numpy-suggested": (_NUMPY + _SUGGESTED, *dense),
        "prose": (_SAFE, [million[:1000]], [million]),
        "paragraphs": (_SAFE, cuts[:1], cuts),
        "search": (_COPIES, blocks[:20_000], blocks),
    }


def run(line: Sequence[str], checkout: Path, folder: Path, given: str = "") -> tuple[str, float]:
    """What a command prints, and the seconds of processor time that it takes."""
    before = os.times()
    done = subprocess.run(
        line, input=given, capture_output=True, text=True, check=False, cwd=folder,
        env={**os.environ, "PYTHONPATH": str(checkout)},
    )  # fmt: skip
    after = os.times()
    return done.stdout, after[2] + after[3] - before[2] - before[3]


@command
def main(
    before: Annotated[Path, "the other checkout"],
    corpus: Annotated[Path | None, "printed prose, a paragraph a line (.txt, .xz)"] = None,
    texts: Annotated[Path, "a folder of texts for check and fix"] = SEEDS,
    rounds: int = 5,
    only: tuple[str, ...] = NAMES,
) -> None:
    inside = pieces(text_of(corpus, 4_000_000) if corpus else "\n".join(seeds().values()))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "clean").mkdir()
        for number, path in enumerate(sorted(texts.rglob("*"))):
            if path.suffix in {".md", ".txt"}:
                shutil.copyfile(path, folder / "clean" / f"{number:04}{path.suffix}")
        for _ in range(2):  # until `fix` has nothing to do there
            run(WHOLE["fix-folder"], ROOT, folder)
        for name in only:
            times = []
            for _ in range(rounds + 1):
                pair = []
                for checkout in (ROOT, before.resolve()):
                    if name in WHOLE:
                        pair.append(run(WHOLE[name], checkout, folder)[1])
                    else:
                        work, *given = inside[name]
                        line = (*_INTERPRETER, _INSIDE.format(work=work))
                        pair.append(float(run(line, checkout, folder, json.dumps(given))[0]))
                times.append(pair)
            del times[0]  # the first round fills caches
            here, there = map(statistics.median, zip(*times, strict=True))
            ratios = [one / other for one, other in times]
            print(f"{name:16} {spread(ratios)}   {here:.3f} s, before {there:.3f} s", flush=True)


if __name__ == "__main__":
    main()
