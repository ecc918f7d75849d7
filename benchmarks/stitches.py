"""Broken paragraphs: those of the gold, and news that was cut artificially.

    python benchmarks/stitches.py              recall and precision
    python benchmarks/stitches.py --seeds      every join proposed in the seeds
    python benchmarks/stitches.py --fit        the weights of `evidence` and `stitching`

The news is the part of the shared corpus that no training saw (by two lines), cut by
`pages.py`; half of it serves ``--fit``, the other half is measured. A copy of a tail counts as the
tail, and a copy of a head as the head.
"""

from __future__ import annotations

import json
import random
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import common
import numpy as np
from common import CORPUS, GOLD, Corpus, files, held_out, ratio
from figures import Figure
from pages import Page, pages

from textclean.corpus.excise import blocks_of
from textclean.layout import stitch_features, stitching
from textclean.layout.stitch_pairs import Heads
from tools.command import command
from tools.training.corpus import register

SOURCES = ("news", "health", "reports", "laws", "tech")
#: Those that ``--fit`` looks at: laws and articles on technology are unlike what is damaged.
FITTED = ("news", "health", "reports")
#: Documents of a source that are cut, for fitting and for measuring each.
MOST = 250
STEPS = (0.8, 0.9, 0.98)


def blocks_of_seeds() -> Iterator[tuple[str, list[str]]]:
    """The name and the blocks of each seed."""
    for name, text in common.seeds().items():
        yield name, [text[block.start : block.end] for block in blocks_of(text)]


def cut(corpus: Path, sources: Sequence[str], fit: bool) -> Iterator[tuple[str, list[Page]]]:
    """Cut pages of held-out documents of each source, of one half of them or of the other."""
    for path in files(corpus, sources):
        some: list[list[str]] = []
        for document in held_out(path, "two-lines"):
            if zlib.adler32(document[-1].encode()) & 1 == fit:
                # Long documents fill a page by themselves.
                some += (document[at : at + 30] for at in range(0, min(len(document), 300), 30))
        source = register(path)
        sample = random.Random(source).sample(some, min(MOST * (4 if fit else 1), len(some)))
        yield source, list(pages(sample, 7 if fit else 11))


def measure() -> Iterator[Figure]:
    """Of the gold: pairs found, others proposed, tails that go on nowhere reported."""
    blocks = dict(blocks_of_seeds())
    pairs = hits = others = loose = reported = 0
    for file in json.loads((GOLD / "stitches.json").read_text(encoding="utf-8")):
        texts = blocks[file["file"]]
        wanted = {(pair["tail"], pair["head"]) for pair in file["continues"]}
        found = {(one.tail, one.head) for one in stitching.stitch(texts)}
        keys = {(texts[tail][-16:], texts[head][:16]) for tail, head in wanted}
        pairs += len(wanted)
        hits += len(wanted & found)
        others += sum(
            (texts[tail][-16:], texts[head][:16]) not in keys for tail, head in found - wanted
        )
        tails = set(file["tail_without_continuation"])
        loose += len(tails)
        reported += len(tails & {one.block for one in stitching.loose_ends(texts) if one.at_end})
    row = "broken paragraphs"
    yield Figure(f"{row}, pairs found", "figure", ratio(hits, pairs), bar=1)
    yield Figure(f"{row}, others joined", "figure", others, better="less", bar=0, form=".0f")
    yield Figure(f"{row}, loose tails reported", "figure", ratio(reported, loose))


def gold() -> None:
    """Print what of the gold is found."""
    blocks = dict(blocks_of_seeds())
    for file in json.loads((GOLD / "stitches.json").read_text(encoding="utf-8")):
        texts = blocks[file["file"]]
        wanted = {(pair["tail"], pair["head"]) for pair in file["continues"]}
        found = {(one.tail, one.head): one.confidence for one in stitching.stitch(texts)}
        keys = {(texts[tail][-16:], texts[head][:16]) for tail, head in wanted}
        hit = {pair for pair in wanted if pair in found}
        others = [pair for pair in found if (texts[pair[0]][-16:], texts[pair[1]][:16]) not in keys]
        loose = set(file["tail_without_continuation"])
        wrong = [pair for pair in found if pair[0] in loose]
        reported = {one.block for one in stitching.loose_ends(texts) if one.at_end}
        print(
            f"{file['file'][:3]}: {len(hit)} of {len(wanted)} pairs found, "
            f"{len(others)} others proposed; of {len(loose)} that go on nowhere "
            f"{len(loose & reported)} reported, {len(wrong)} joined"
        )
        for tail, head in sorted(wanted - hit):
            print(f"     missed: …{texts[tail][-12:]} | {texts[head][:12]}…")


def proposals() -> None:
    """Print every join proposed in the seeds."""
    for name, texts in blocks_of_seeds():
        for tail, head, confidence in stitching.stitch(texts):
            one, two = texts[tail].strip(), texts[head].strip()
            print(f"{name[:3]} {tail:4} {head:4} {confidence:.3f} …{one[-14:]} | {two[:14]}…")


def belong(page: Page, tail: int, head: int) -> bool:
    """Whether two blocks of a page belong together, or are copies of such."""
    return page.pairs.get(page.copies.get(tail, tail)) == head


def artificial(corpus: Path) -> None:
    """Print recall and precision on cut text, by threshold; and which tails are seen to break off,
    against those that lost their stop.
    """
    stitching.LEAST = STEPS[0]
    for source, cut_pages in cut(corpus, SOURCES, False):
        total = sum(len(page.pairs) for page in cut_pages)
        found = [
            (one.confidence, belong(page, one.tail, one.head))
            for page in cut_pages
            for one in stitching.stitch(page.blocks)
        ]
        print(f"{source}: {total} pairs")
        for step in STEPS:
            hits = [hit for confidence, hit in found if confidence >= step]
            if hits:
                print(
                    f"     from {step:.2f}  precision {sum(hits) / len(hits):.3f}"
                    f"  recall {sum(hits) / total:.3f}"
                )
        ends = [
            (side.hangs or stitch_features.breaks_off(side) >= stitching.LOOSE,
             side.block in page.pairs.keys() | page.copies.keys() | set(page.loose))
            for page in cut_pages
            for side in stitch_features.sides(page.blocks)[0]
        ]  # fmt: skip
        told, true = (sum(column) for column in zip(*ends, strict=True))
        right = sum(one and other for one, other in ends)
        print(
            f"     of {len(ends)} ends without a mark {true} break off; seen with precision "
            f"{right / told:.3f}, recall {right / true:.3f}"
        )


def print_weights(corpus: Path) -> None:
    """Print the weights of the two logistic models."""
    vectors: list[tuple[float, ...]] = []
    labels: list[bool] = []
    keys: list[tuple[int, str, str]] = []
    every = (page for _, cut_pages in cut(corpus, FITTED, True) for page in cut_pages)
    for number, page in enumerate(every):
        tails, heads, roles = stitch_features.sides(page.blocks)
        tail_keys = {side.block: side.key for side in tails}
        head_keys = {side.block: side.key for side in heads}
        right = {(tail_keys.get(a), head_keys.get(b)) for a, b in page.pairs.items()}
        for pair in Heads(heads, roles).pairs(tails):
            vectors.append(pair.evidence.vector())
            labels.append((pair.tail.key, pair.head.key) in right)
            keys.append((number, pair.tail.key, pair.head.key))
    weights = _logistic(vectors, labels)
    print("_WEIGHTS =", tuple(float(weight) for weight in weights.round(3)))
    rows: defaultdict[tuple[int, str], dict[str, float]] = defaultdict(dict)
    columns: defaultdict[tuple[int, str], dict[str, float]] = defaultdict(dict)
    for value, (number, tail, head) in zip(np.array(vectors) @ weights, keys, strict=True):
        row, column = rows[number, tail], columns[number, head]
        row[head] = max(value, row.get(head, -99.0))
        column[tail] = max(value, column.get(tail, -99.0))
    known = dict(zip(keys, labels, strict=True))
    chosen: list[tuple[float, ...]] = []
    hits: list[bool] = []
    for (number, tail), row in rows.items():
        head = max(row, key=row.__getitem__)
        rivals = [stitching.NOWHERE]
        rivals += [value for key, value in row.items() if key != head]
        rivals += [value for key, value in columns[number, head].items() if key != tail]
        margin = row[head] - max(rivals)
        if margin > 0:
            chosen.append((1.0, row[head], min(margin, stitching.WIDEST)))
            hits.append(known[number, tail, head])
    sure = _logistic(chosen, hits)
    print("_SURE, _SCORE, _MARGIN =", ", ".join(f"{value:.3f}" for value in sure))


def _logistic(vectors: Sequence[Sequence[float]], labels: Sequence[bool]) -> np.ndarray:
    """The weights of a logistic regression, by Newton's method, with a little ridge."""
    inputs, truth = np.array(vectors), np.array(labels, float)
    weights = np.zeros(inputs.shape[1])
    for _ in range(60):
        chances = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (truth - chances) - 0.1 * weights
        bend = (inputs * (chances * (1 - chances))[:, None]).T @ inputs
        weights += np.linalg.solve(bend + 0.1 * np.eye(len(weights)), slope)
    return weights


@command
def main(
    corpus: Corpus = CORPUS,
    seeds: Annotated[bool, "list the joins of the seeds"] = False,
    fit: Annotated[bool, "print the weights of the decision"] = False,
) -> None:
    if fit:
        print_weights(corpus)
    elif seeds:
        proposals()
    else:
        gold()
        artificial(corpus)


if __name__ == "__main__":
    main()
