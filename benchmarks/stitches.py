"""Broken paragraphs: those of the gold, and news that was cut artificially.

    python benchmarks/stitches.py              recall and precision
    python benchmarks/stitches.py --seeds      every join proposed in the seeds
    python benchmarks/stitches.py --fit        the weights of `evidence` and `stitching`

The news is the part of the shared corpus that no training saw (`Split.TWO_LINES`), cut by
`pages.py`; half of it serves ``--fit``, the other half is measured. A copy of a tail counts as the
tail, and a copy of a head as the head.
"""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import common
from pages import Page, pages

from textclean.corpus.excise import blocks_of
from textclean.layout import stitch_features, stitching
from tools.training.corpus import Split, documents, is_held_out

SOURCES = ("news", "health", "reports", "laws", "tech")
#: Those that ``--fit`` looks at: laws and articles on technology are unlike what is damaged.
FITTED = ("news", "health", "reports")
#: Documents of a source that are cut, for fitting and for measuring each.
MOST = 250
STEPS = (0.8, 0.9, 0.98)


def seeds() -> Iterator[tuple[str, list[str]]]:
    """The name and the blocks of each seed."""
    for name, text in common.seeds().items():
        yield name, [text[block.start : block.end] for block in blocks_of(text)]


def measured_documents(corpus: Path, source: str, fit: bool) -> list[list[str]]:
    """Held-out documents of a source; for fitting one half of them, for measuring the other."""
    path = corpus / f"{source}.txt.xz"
    found: list[list[str]] = []
    for document in documents(path):
        if (
            is_held_out(document, Split.TWO_LINES)
            and bool(zlib.adler32(document[-1].encode()) & 1) is fit
        ):
            # Long documents fill a page by themselves.
            found += (document[at : at + 30] for at in range(0, min(len(document), 300), 30))
    return random.Random(source).sample(found, min(MOST * (4 if fit else 1), len(found)))


def gold() -> None:
    """Print what of the gold is found."""
    blocks = dict(seeds())
    for file in json.loads((common.GOLD / "stitches.json").read_text(encoding="utf-8")):
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
    for name, texts in seeds():
        for tail, head, confidence in stitching.stitch(texts):
            one, two = texts[tail].strip(), texts[head].strip()
            print(f"{name[:3]} {tail:4} {head:4} {confidence:.3f} …{one[-14:]} | {two[:14]}…")


def belong(page: Page, tail: int, head: int) -> bool:
    """Whether two blocks of a page belong together, or are copies of such."""
    return page.pairs.get(page.copies.get(tail, tail)) == head


def artificial(corpus: Path) -> None:
    """Print recall and precision on cut text, by threshold."""
    stitching.LEAST = STEPS[0]
    for source in SOURCES:
        total = 0
        found: list[tuple[float, bool]] = []
        for page in pages(measured_documents(corpus, source, False), 11):
            total += len(page.pairs)
            found += (
                (one.confidence, belong(page, one.tail, one.head))
                for one in stitching.stitch(page.blocks)
            )
        print(f"{source}: {total} pairs")
        for step in STEPS:
            right = [hit for confidence, hit in found if confidence >= step]
            if right:
                print(
                    f"     from {step:.2f}  precision {sum(right) / len(right):.3f}"
                    f"  recall {sum(right) / total:.3f}"
                )


def loose(corpus: Path) -> None:
    """Print which tails of cut text are seen to break off, against those that lost their stop."""
    for source in SOURCES:
        seen: list[tuple[bool, bool]] = []
        for page in pages(measured_documents(corpus, source, False), 11):
            cut = page.pairs.keys() | page.copies.keys() | set(page.loose)
            seen += (
                (
                    side.hangs or stitch_features.breaks_off(side) >= stitching.LOOSE,
                    side.block in cut,
                )
                for side in stitch_features.sides(page.blocks)[0]
            )
        told, true = (sum(column) for column in zip(*seen, strict=True))
        right = sum(one and other for one, other in seen)
        print(
            f"{source}: of {len(seen)} ends without a mark {true} break off; seen with precision "
            f"{right / told:.3f}, recall {right / true:.3f}"
        )


def fit(corpus: Path) -> None:
    """Print the weights of the two logistic models."""
    import numpy as np

    vectors: list[tuple[float, ...]] = []
    labels: list[bool] = []
    keys: list[tuple[int, str, str]] = []
    number = 0
    for source in FITTED:
        for page in pages(measured_documents(corpus, source, True), 7):
            number += 1
            tails, heads, roles = stitch_features.sides(page.blocks)
            tail_keys = {side.block: side.key for side in tails}
            head_keys = {side.block: side.key for side in heads}
            right = {(tail_keys.get(a), head_keys.get(b)) for a, b in page.pairs.items()}
            for pair in stitch_features.pairs(tails, heads, roles):
                vectors.append(pair.evidence.vector())
                labels.append((pair.tail.key, pair.head.key) in right)
                keys.append((number, pair.tail.key, pair.head.key))
    inputs, truth = np.array(vectors), np.array(labels, float)
    weights = _logistic(inputs, truth)
    print("_WEIGHTS =", tuple(float(weight) for weight in weights.round(3)))
    rows: dict[tuple[int, str], dict[str, float]] = {}
    columns: dict[tuple[int, str], dict[str, float]] = {}
    for value, (page_number, tail, head) in zip(inputs @ weights, keys, strict=True):
        row = rows.setdefault((page_number, tail), {})
        row[head] = max(value, row.get(head, -99.0))
        column = columns.setdefault((page_number, head), {})
        column[tail] = max(value, column.get(tail, -99.0))
    known = dict(zip(keys, labels, strict=True))
    chosen: list[tuple[float, float, float]] = []
    hits: list[bool] = []
    for (page_number, tail), row in rows.items():
        head = max(row, key=row.__getitem__)
        column = columns[page_number, head]
        rivals = [stitching.NOWHERE]
        rivals += [value for key, value in row.items() if key != head]
        rivals += [value for key, value in column.items() if key != tail]
        margin = row[head] - max(rivals)
        if margin > 0:
            chosen.append((1.0, row[head], min(margin, stitching.WIDEST)))
            hits.append(known[page_number, tail, head])
    sure = _logistic(np.array(chosen), np.array(hits, float))
    print("_SURE, _SCORE, _MARGIN =", ", ".join(f"{value:.3f}" for value in sure))


def _logistic(inputs: Any, truth: Any) -> Any:
    """The weights of a logistic regression, by Newton's method, with a little ridge."""
    import numpy as np

    weights = np.zeros(inputs.shape[1])
    for _ in range(60):
        chances = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (truth - chances) - 0.1 * weights
        bend = (inputs * (chances * (1 - chances))[:, None]).T @ inputs
        weights += np.linalg.solve(bend + 0.1 * np.eye(len(weights)), slope)
    return weights


def main() -> None:
    parser = common.options(__doc__, common.CORPUS)
    parser.add_argument("--seeds", action="store_true", help="list the joins of the seeds")
    parser.add_argument("--fit", action="store_true", help="print the weights of the decision")
    options = parser.parse_args()
    if options.fit:
        fit(options.corpus)
    elif options.seeds:
        proposals()
    else:
        gold()
        if options.corpus.is_dir():
            artificial(options.corpus)
            loose(options.corpus)
        else:
            print(f"{options.corpus} is not there: nothing was cut")


if __name__ == "__main__":
    main()
