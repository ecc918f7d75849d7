"""What `quotes.py` and `ends.py` share: held-out documents of the shared corpus."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.training.corpus import documents, is_held_out

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "corpus"


def held_out(path: Path) -> Iterator[list[str]]:
    """The documents of a file that no training saw."""
    return filter(is_held_out, documents(path))


def run(description: str, score: Callable[[Path, int, int], None], paragraphs: int) -> None:
    """Score each file that the command line asks for.

    Args:
        score: prints the figures of a file, for at most so many paragraphs, showing so many errors.
        paragraphs: how many of each file unless the command line says otherwise.
    """
    parser = argparse.ArgumentParser(description=description.split("\n", maxsplit=1)[0])
    parser.add_argument("--corpus", type=Path, default=BESIDE)
    parser.add_argument("--paragraphs", type=int, default=paragraphs, help="at most, of each file")
    parser.add_argument("--names", nargs="*", default=("news", "reports", "health", "tech"))
    parser.add_argument("--show", type=int, default=0, help="errors to print for each file")
    arguments = parser.parse_args()
    for name in arguments.names:
        path = next(iter(sorted(arguments.corpus.glob(f"{name}.txt*"))), None)
        if path is None:
            print(f"{name}: no such file in {arguments.corpus}")
        else:
            score(path, arguments.paragraphs, arguments.show)
