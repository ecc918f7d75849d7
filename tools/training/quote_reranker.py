"""Fit how much the slot model's opinion of lone quotes counts (`halves_slots.WEIGHTS`).

    python -m tools.training.quote_reranker FOLDER… [--each N]

Learns from the documents that `halves_train` holds out, so that its model's confidence is that of
documents it has not seen, damaged otherwise than ``benchmarks/quotes.py`` damages them. Prints the
weights, which are so few that they stand in the module, and learn nothing by heart.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from textclean.punctuation.quote_defects import Action, find_defects
from textclean.punctuation.quote_model import rank
from textclean.punctuation.quote_reranker import SURE, WEIGHTS, features, opinions, shortlist
from tools.training.fit_linear import documents, files, is_held_out
from tools.training.quotes import Damaged, damaged

Array = Any

STEP, ROUNDS, DECAY = 0.1, 3_000, 1e-3


def choices(path: Path, most: int) -> Iterator[tuple[Array, int]]:
    """What is known of each way to mend a damage [ways, weights], and which of them is right."""
    random = Random(3)
    made = 0
    for document in filter(is_held_out, documents(path)):
        for damage in damaged(document, random):
            if choice := _choice(damage):
                yield choice
                made += 1
        if made >= most:
            return


def _choice(damage: Damaged) -> tuple[Array, int] | None:
    defects = find_defects(damage.paragraph.quotes)
    if not defects:
        return None
    ranked = rank(damage.paragraph, defects[0], damage.known)
    if ranked[0].confidence >= SURE or ranked[0].candidate.action is Action.FLIP:
        return None
    asked = shortlist(ranked)
    right = [at for at, scored in enumerate(asked) if damage.is_right(scored.candidate)]
    if len(right) != 1:
        return None
    said = opinions(damage.paragraph, defects[0], asked)
    return np.array(features(asked, said, defects[0])), right[0]


def fit(found: list[tuple[Array, int]]) -> Array:
    """The weights by which the right ways are likeliest: full-batch Adam on the cross entropy."""
    rows = np.concatenate([row for row, _ in found])
    scale = rows.std(axis=0) + 1e-6
    rows = rows / scale
    sizes = np.array([len(row) for row, _ in found])
    starts = np.concatenate([[0], np.cumsum(sizes)])[:-1]
    owner = np.repeat(np.arange(len(found)), sizes)
    right = starts + [at for _, at in found]
    weights, mean, square = np.zeros((3, rows.shape[1]))
    for number in range(1, ROUNDS + 1):
        logits = rows @ weights
        shares = np.exp(logits - np.maximum.reduceat(logits, starts)[owner])
        shares /= np.add.reduceat(shares, starts)[owner]
        slope = (rows.T @ shares - rows[right].sum(axis=0)) / len(found) + DECAY * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope * slope
        weights = weights - STEP * (mean / (1 - 0.9**number)) / (
            np.sqrt(square / (1 - 0.999**number)) + 1e-8
        )
    return weights / scale


def main() -> None:
    """Fit to the folders that the command line names."""
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n", maxsplit=1)[0])
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--each", type=int, default=600, help="choices of each file, at most")
    arguments = parser.parse_args()
    found: list[tuple[Array, int]] = []
    for folder in arguments.folders:
        for path in files(folder):
            of_file = list(choices(path, arguments.each))
            print(f"{path.name}: {len(of_file)} choices")
            found += of_file
    weights = fit(found)
    assert weights.size == len(WEIGHTS)
    print(f"WEIGHTS = ({', '.join(f'{weight:.2f}' for weight in weights)})")


if __name__ == "__main__":
    main()
