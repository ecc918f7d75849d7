"""How well quantities are found, read and written: scores against the hand-made truth.

    python benchmarks/quantities.py [--gold FILE] [--seeds FOLDER] [--show N] [--speed FILE]

The truth (``benchmarks/gold/numbers.jsonl``) holds every expression with a digit or numeral of two
scanned compilations. A span counts as found when both ends agree; value and unit, kind, bound and
``normalised`` are scored on all rows of the truth, so that what is not found is also wrong there.
An idiom is changed when ``normalize`` under any built-in style alters a character of it that is no
space. With ``--speed``, `find` and the rules of family Q are timed on a text file, in one process.
"""

from __future__ import annotations

import statistics
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from common import CORPUS, GOLD, SEEDS, by_turns, options, rows

from textclean import Config, clean
from textclean.quantities import find, normalize
from tools.training.corpus import text_of

NEWS = CORPUS / "news.txt.xz"
BARS = {"span F1": 0.96, "value and unit": 0.96, "kind": 0.92, "normalised": 0.98}


def rows_by_file(gold: Path) -> dict[str, list[dict[str, Any]]]:
    by_file: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(gold):
        by_file[row["file"]].append(row)
    return by_file


def score(gold: Path, seeds: Path, show: int) -> None:
    counts: Counter[str] = Counter()
    shown = 0
    for name, expected in rows_by_file(gold).items():
        text = (seeds / name).read_text(encoding="utf-8")
        low = min(row["start"] for row in expected)
        high = max(row["end"] for row in expected)
        found = {(q.start, q.end): q for q in find(text) if low <= q.start and q.end <= high}
        counts["found"] += len(found)
        altered = [
            (edit.start, edit.end)
            for style in ("gbt15835", "gbt15835-symbols")
            for edit in normalize(text, style).edits
            if edit.before.strip() or edit.after
        ]
        for row in expected:
            counts["gold"] += 1
            if row["kind"] == "idiom":
                changed = any(s < row["end"] and row["start"] < e for s, e in altered)
                counts["idioms changed"] += changed
            quantity = found.get((row["start"], row["end"]))
            if quantity is None:
                wrong = "not found"
            else:
                right = {
                    "span": True,
                    "value and unit": (quantity.value_text, quantity.unit)
                    == (row["value"], row["unit"]),
                    "kind": quantity.kind == row["kind"],
                    "bound": quantity.bound == row["bound"],
                    "normalised": quantity.normalised == row["normalised"],
                }
                counts.update(name for name, is_right in right.items() if is_right)
                wrong = ", ".join(name for name, is_right in right.items() if not is_right)
            if wrong and shown < show:
                shown += 1
                print(f"  {row['kind']} {row['text']!r}: {wrong} {quantity or ''}")
    total, spans = counts["gold"], counts["span"]
    figures = {"span F1": 2 * spans / (total + counts["found"])}
    figures |= {name: counts[name] / total for name in ("value and unit", "kind", "normalised")}
    figures["bound"] = counts["bound"] / total
    for name, figure in figures.items():
        bar = f" (at least {BARS[name]})" if name in BARS else ""
        print(f"{name}: {figure:.4f}{bar}")
    print(f"idioms changed: {counts['idioms changed']} (none); {total} rows")


def time_family(path: Path, characters: int = 1_000_000, times: int = 5) -> None:
    text = text_of(path, characters)
    paragraphs = text.split("\n")
    size = len(text.encode()) / 1e6
    rules, style = Config(select=("Q",)), Config(select=("Q",), style="gbt15835")
    tasks = {
        "find": lambda: [find(paragraph) for paragraph in paragraphs],
        "rules of Q": lambda: [clean(paragraph, rules) for paragraph in paragraphs],
        "rules of Q with a style": lambda: [clean(paragraph, style) for paragraph in paragraphs],
    }
    for name, figures in by_turns(tasks, times, time.process_time).items():
        print(f"{name}: {size / statistics.median(figures):.2f} MB/s (median of {times})")


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD / "numbers.jsonl")
    parser.add_argument("--seeds", type=Path, default=SEEDS)
    parser.add_argument("--show", type=int, default=40, help="wrong rows to print")
    parser.add_argument("--speed", type=Path, nargs="?", const=NEWS, help="time on this text")
    arguments = parser.parse_args()
    score(arguments.gold, arguments.seeds, arguments.show)
    if arguments.speed is not None:
        if arguments.speed.exists():
            time_family(arguments.speed)
        else:
            print(f"{arguments.speed}: no such file, so nothing was timed")


if __name__ == "__main__":
    main()
