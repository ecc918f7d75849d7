"""Train the slot model: ``python -m tools.training.train_slots FOLDER... [-o FILE]``.

Folders hold clean prose as plain text (`tools.training.prose`). It is made noisy anew for
every pass, with fixed seeds: the same prose and the same versions of numpy and numba give the same
weights. At the end the scores on held-out prose are printed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from textclean.errors import MissingExtraError, TextcleanError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.training.train_slots", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("-o", "--output", type=Path, default=Path("slots.bin"), metavar="FILE")
    parser.add_argument("--passes", type=int, default=2, help="over the prose (2)")
    parser.add_argument(
        "--window-passes", type=int, default=2, help="the same for the dense network (2)"
    )
    parser.add_argument(
        "--share", action="append", default=[], metavar="NAME=FACTOR",
        help="how often NAME.txt is learnt from in a pass, or which share of it (1)",
    )  # fmt: skip
    parser.add_argument(
        "--stage", action="append", metavar="STAGE",
        help="train this stage only, the others' networks being in FILE already (repeatable)",
    )  # fmt: skip
    given = parser.parse_args(arguments)
    try:
        shares = dict(_share(written) for written in given.share)
        for package in ("numpy", "numba"):
            _require(package)
        training = import_module("tools.training.slots")
        stages = given.stage or training.STAGES
        training.train(
            given.folders, given.output, passes=given.passes, window_passes=given.window_passes,
            shares=shares, stages=stages,
        )  # fmt: skip
    except TextcleanError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


def _share(written: str) -> tuple[str, float]:
    name, _, factor = written.partition("=")
    try:
        return name, float(factor)
    except ValueError:
        raise TextcleanError(f"--share {written}: write NAME=FACTOR, as laws=0.25") from None


def _require(package: str) -> None:
    try:
        import_module(package)
    except ImportError:
        raise MissingExtraError("training", "dedup") from None


if __name__ == "__main__":
    sys.exit(main())
