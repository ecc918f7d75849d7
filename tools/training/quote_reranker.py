"""How much the slot model's opinion of lone quotes counts (`punctuation.quote_reranker.WEIGHTS`).

Learns from the documents that the model of quotes holds out, so that its confidence is that of
documents it has not seen, damaged otherwise than ``benchmarks/quotes.py`` damages them. Prints the
weights: there are thirteen, so they are constants in the module and cannot memorise text.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Annotated, Any

import numpy as np

from textclean.punctuation.quote_defects import find_defects
from textclean.punctuation.quote_model import rank
from textclean.punctuation.quote_repairs import Action
from textclean.punctuation.quote_reranker import SURE, WEIGHTS, features, opinions, shortlist
from tools.command import Folders
from tools.training.corpus import documents, files, is_held_out
from tools.training.optimising import Adam
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
    values = {"weights": np.zeros(rows.shape[1])}
    weights = values["weights"]
    adam = Adam(values)
    for _ in range(ROUNDS):
        logits = rows @ weights
        shares = np.exp(logits - np.maximum.reduceat(logits, starts)[owner])
        shares /= np.add.reduceat(shares, starts)[owner]
        slope = (rows.T @ shares - rows[right].sum(axis=0)) / len(found) + DECAY * weights
        adam.step({"weights": slope}, STEP)
    return weights / scale


def run(folders: Folders, each: Annotated[int, "choices of each file"] = 600) -> None:
    """Fit to the folders given."""
    found: list[tuple[Array, int]] = []
    for path in files(folders):
        of_file = list(choices(path, each))
        print(f"{path.name}: {len(of_file)} choices")
        found += of_file
    weights = fit(found)
    assert weights.size == len(WEIGHTS)
    print(f"WEIGHTS = ({', '.join(f'{weight:.2f}' for weight in weights)})")
