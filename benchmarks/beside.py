"""Two states of the code side by side: the time of each piece of work, here and before.

    python benchmarks/beside.py --before DIR [--rounds 5] [--corpus FILE] [--only NAME,…]

Each piece of work is done in a process of its own, by turns in the two checkouts, and timed inside
by processor time (first use, check and fix: the whole process). Printed is the median of the ratios
here / before, with the range: below 1 is faster than before.
"""

from __future__ import annotations

import argparse
import lzma
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from common import ROOT, SEEDS, options, seconds, seeds, spread

_SEEDS = sorted(SEEDS.glob("*.txt"))


def _prose(corpus: Path | None, characters: int) -> str:
    if corpus is None or not corpus.is_file():
        return "\n".join(seeds().values())[:characters]
    with (lzma.open if corpus.suffix == ".xz" else open)(corpus, "rt", encoding="utf-8") as file:
        return file.read(characters)


def _timed(work: Callable[[], object]) -> float:
    return seconds(work, time.process_time)


def slots(tier: str, *, numpy: bool = False) -> float:
    """The seeds, dense in slots, no text twice; `numpy`: loaded by the caller already."""
    if numpy:
        import_module("numpy")
    from textclean import Config, clean

    clean("落实 ,完成", Config(tier=tier))
    return _timed(lambda: [clean(text, Config(tier=tier)) for text in seeds().values()])


def prose(corpus: Path | None) -> float:
    """A million characters of printed prose."""
    from textclean import clean

    text = _prose(corpus, 1_000_000)
    clean(text[:1000])
    return _timed(lambda: clean(text))


def paragraphs(corpus: Path | None) -> float:
    """Single paragraphs of 120 characters."""
    from textclean import clean

    text = _prose(corpus, 1_000_000).replace("\n", "")
    cuts = [text[at : at + 120] for at in range(0, len(text), 120)]
    clean(cuts[0])
    return _timed(lambda: [clean(cut) for cut in cuts])


def search(corpus: Path | None) -> float:
    """Copies among the paragraphs of four million characters."""
    from textclean import deduplicate

    blocks = [line for line in _prose(corpus, 4_000_000).split("\n") if line]
    deduplicate(blocks[:20_000])
    return _timed(lambda: deduplicate(blocks))


def first_use() -> None:
    """Import, clean one line, look at its edits."""
    import textclean

    assert textclean.clean("落实 ,完成２０个村改造").edits


_INSIDE = {
    "slots-safe": lambda corpus: slots("safe"),
    "slots-suggested": lambda corpus: slots("suggested"),
    "numpy-safe": lambda corpus: slots("safe", numpy=True),
    "numpy-suggested": lambda corpus: slots("suggested", numpy=True),
    "prose": prose,
    "paragraphs": paragraphs,
    "search": search,
}


def _processor_time(command: Sequence[str], checkout: Path, folder: Path) -> float:
    """Seconds of processor time that a whole command takes."""
    before = os.times()
    subprocess.run(command, check=False, capture_output=True, cwd=folder, env=_env(checkout))
    after = os.times()
    return after[2] + after[3] - before[2] - before[3]


def _env(checkout: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(checkout)}


def _whole(name: str, checkout: Path, clean_folder: Path) -> float:
    textclean = [sys.executable, "-m", "textclean"]
    if name == "first-use":
        command = [sys.executable, str(Path(__file__)), "--inside", name]
    elif name == "check-file":
        command = [*textclean, "check", str(_SEEDS[1])]
    else:
        command = [*textclean, name.partition("-")[0], str(clean_folder)]
    return _processor_time(command, checkout, clean_folder.parent)


_WHOLE = ("first-use", "check-file", "check-folder", "fix-folder")


def _clean_folder(into: Path, texts: Path | None) -> Path:
    """A folder of text that `fix` has nothing to do on."""
    folder = into / "clean"
    folder.mkdir()
    paths = sorted(texts.rglob("*")) if texts else _SEEDS
    for number, path in enumerate(paths):
        if path.suffix not in {".md", ".txt"}:
            continue
        shutil.copyfile(path, folder / f"{number:04}{path.suffix}")
    for _ in range(2):
        subprocess.run(
            [sys.executable, "-m", "textclean", "fix", str(folder)],
            check=False, capture_output=True, env=_env(ROOT),
        )  # fmt: skip
    return folder


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--before", type=Path, help="the other checkout")
    parser.add_argument("--corpus", type=Path, help="printed prose, a paragraph a line (.txt, .xz)")
    parser.add_argument("--texts", type=Path, help="a folder of texts for check and fix")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default=",".join((*_INSIDE, *_WHOLE)))
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inside == "first-use":
        first_use()
        return
    if arguments.inside:
        print(_INSIDE[arguments.inside](arguments.corpus))
        return
    if arguments.before is None:
        parser.error("--before DIR: which state to compare with?")
    before = arguments.before.resolve()
    with tempfile.TemporaryDirectory() as folder:
        clean_folder = _clean_folder(Path(folder), arguments.texts)
        for name in arguments.only.split(","):
            times: list[tuple[float, float]] = []
            for number in range(arguments.rounds + 1):  # the first round fills caches
                pair = []
                for checkout in (ROOT, before):
                    if name in _WHOLE:
                        pair.append(_whole(name, checkout, clean_folder))
                        continue
                    command = [sys.executable, str(Path(__file__)), "--inside", name]
                    if arguments.corpus:
                        command += ["--corpus", str(arguments.corpus.resolve())]
                    done = subprocess.run(
                        command, check=True, capture_output=True, text=True, env=_env(checkout)
                    )
                    pair.append(float(done.stdout))
                if number:
                    times.append((pair[0], pair[1]))
            ratios = [here / there for here, there in times]
            here, there = (statistics.median(column) for column in zip(*times, strict=True))
            print(
                f"{name:16} {spread(ratios)}   {here:.3f} s, before {there:.3f} s",
                flush=True,
            )


if __name__ == "__main__":
    main()
