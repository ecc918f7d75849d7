"""Quantities against hand-made truth: spans, kinds, values, units and how they should read.

    python benchmarks/quantities_gold.py [--gold FILE] [--seeds FOLDER] [--show]

Of every numeric expression in the seeds ``gold/numbers.jsonl`` says where it stands and what it
means. A span counts when both ends agree; kind, value with unit, bound and normalised form are
shares of the spans of the truth, so what was not found is wrong in all of them. Besides: idioms that
the default rules or a style would change. There must be none.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from textclean import Config, clean
from textclean.quantities import find, normalize

HERE = Path(__file__).resolve().parent
GOLD = HERE / "gold" / "numbers.jsonl"
SEEDS = HERE.parent / "seeds"
BARS = {"spans F1": 0.96, "value and unit": 0.96, "kind": 0.92, "normalised": 0.98}


def changed(text: str, idioms: list[tuple[int, int]]) -> list[str]:
    """Idioms of a text that the default rules or the built-in style touch but for spaces."""
    edits = [*clean(text, Config(select=("Q",))).edits, *normalize(text).edits]
    return [
        text[start:end]
        for start, end in idioms
        for edit in edits
        if edit.start < end and edit.end > start and edit.before.strip() + edit.after
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--seeds", type=Path, default=SEEDS)
    parser.add_argument("--show", action="store_true", help="print every difference")
    arguments = parser.parse_args()
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in arguments.gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows[row["file"]].append(row)
    hits = extra = 0
    right = dict.fromkeys(("kind", "value and unit", "bound", "normalised"), 0)
    touched: list[str] = []
    for name, truths in rows.items():
        text = (arguments.seeds / name).read_bytes().decode("utf-8")
        found = {(quantity.start, quantity.end): quantity for quantity in find(text)}
        spans = {(truth["start"], truth["end"]) for truth in truths}
        for span in sorted(found.keys() - spans):
            extra += 1
            if arguments.show:
                print(f"  not in the truth: {found[span].text} ({found[span].kind})")
        for truth in truths:
            quantity = found.get((truth["start"], truth["end"]))
            if quantity is None:
                if arguments.show:
                    print(f"  not found: {truth['text']} ({truth['kind']})")
                continue
            hits += 1
            same = {
                "kind": quantity.kind == truth["kind"],
                "value and unit": (quantity.value_text, quantity.unit)
                == (truth["value"], truth["unit"]),
                "bound": quantity.bound == truth["bound"],
                "normalised": quantity.normalised == truth["normalised"],
            }
            for measure, is_right in same.items():
                right[measure] += is_right
                if arguments.show and not is_right:
                    print(f"  {measure}: {quantity}")
        touched += changed(
            text, [(row["start"], row["end"]) for row in truths if row["kind"] == "idiom"]
        )
    total = sum(map(len, rows.values()))
    scores = {"spans F1": 2 * hits / (total + hits + extra)}
    scores |= {measure: count / total for measure, count in right.items()}
    for measure, score in scores.items():
        bar = f" (at least {BARS[measure]})" if measure in BARS else ""
        print(f"{measure}: {score:.3f}{bar}")
    print(f"{total} expressions, idioms changed: {len(touched)} {touched}")


if __name__ == "__main__":
    main()
