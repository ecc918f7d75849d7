"""How well quantities are found, read and written: scores against the hand-made truth.

    python benchmarks/quantities.py [--gold FILE] [--seeds FOLDER] [--show N]
    python benchmarks/quantities.py --written 1000000 [--seed N] [--styled N]

The truth (``benchmarks/gold/numbers.jsonl``) holds every expression with a digit or numeral of two
scanned compilations. A span counts as found when both ends agree; value and unit, kind, bound and
``normalised`` are scored on all rows of the truth, so that what is not found is also wrong there.
An idiom is changed when ``normalize`` under any built-in style alters a character of it that is no
space.

With ``--written`` so many random quantities are written in every form that Chinese has for them
(`written.py` and `written_everyday.py` in ``tests/quantities`` write them, and know what they mean)
and read back; one in ``--styled`` once more after a random style has rewritten it. Printed are the
differences: there must be none. How fast quantities are found and rewritten, `quantities_peers.py`
says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from random import Random
from typing import Annotated

from common import GOLD, SEEDS, rows, seconds
from figures import Figure

from tests.quantities.written import FORMS, difference, in_context, random_style
from tests.quantities.written_everyday import EVERYDAY_FORMS
from textclean.quantities import find, normalize
from tools.command import command

FIELDS = ("value and unit", "kind", "normalised", "bound")
BARS = {"span F1": 0.96, "value and unit": 0.96, "kind": 0.92, "normalised": 0.98}


def measure() -> Iterator[Figure]:
    """How well the rows of the truth are found."""
    counts = scores(GOLD / "numbers.jsonl", SEEDS, 0)
    for name, figure in shares(counts).items():
        yield Figure(f"quantities, {name}", "figure", figure, bar=BARS.get(name))
    changed = counts["idioms changed"]
    yield Figure("quantities, idioms changed", "figure", changed, better="less", bar=0, form=".0f")


def shares(counts: Counter[str]) -> dict[str, float]:
    """What is right, as shares of the truth's rows."""
    found = {"span F1": 2 * counts["span"] / (counts["gold"] + counts["found"])}
    return found | {name: counts[name] / counts["gold"] for name in FIELDS}


def scores(gold: Path, seeds: Path, show: int) -> Counter[str]:
    """How many rows of the truth are found, and what of each is right; prints wrong ones."""
    counts: Counter[str] = Counter()
    for name, of_file in groupby(rows(gold), itemgetter("file")):
        expected = list(of_file)
        text = (seeds / name).read_text(encoding="utf-8")
        low, high = min(row["start"] for row in expected), max(row["end"] for row in expected)
        found = {(q.start, q.end): q for q in find(text) if low <= q.start and q.end <= high}
        counts["found"] += len(found)
        altered = [
            (edit.start, edit.end)
            for style in ("gbt15835", "gbt15835-symbols")
            for edit in normalize(text, style).edits
            if edit.before.strip() or edit.after
        ]
        for row in expected:
            if row["kind"] == "idiom":
                changed = any(s < row["end"] and row["start"] < e for s, e in altered)
                counts["idioms changed"] += changed
            quantity = found.get((row["start"], row["end"]))
            wrong = ["not found"]
            if quantity is not None:
                unit = quantity.value_text, quantity.unit
                read = (unit, quantity.kind, quantity.normalised, quantity.bound)
                true = ((row["value"], row["unit"]), row["kind"], row["normalised"], row["bound"])
                right = {name for name, a, b in zip(FIELDS, read, true, strict=True) if a == b}
                counts.update(right | {"span"})
                wrong = [name for name in FIELDS if name not in right]
            counts["gold"] += 1
            counts["wrong"] += bool(wrong)
            if wrong and counts["wrong"] <= show:
                print(f"  {row['kind']} {row['text']!r}: {', '.join(wrong)} {quantity or ''}")
    return counts


def score(gold: Path, seeds: Path, show: int) -> None:
    """Print how well the rows of the truth are found."""
    counts = scores(gold, seeds, show)
    for name, figure in shares(counts).items():
        print(f"{name}: {figure:.4f}" + (f" (at least {BARS[name]})" if name in BARS else ""))
    print(f"idioms changed: {counts['idioms changed']} (none); {counts['gold']} rows")


def read_back(number: int, seed: int, styled: int, show: int) -> None:
    """Write random quantities, read them, and print what differs."""
    random = Random(seed)
    wrong: Counter[str] = Counter()
    rewritten = 0

    forms = FORMS + EVERYDAY_FORMS

    def write_and_read() -> None:
        nonlocal rewritten
        for turn in range(number):
            form = random.choice(forms)
            written = form(random)
            text, at = in_context(random, written)
            problem = difference(written, at, find(text))
            if problem is None and turn % styled == 0:
                after = normalize(text, random_style(random)).text
                rewritten += after != text
                if problem := difference(written, at, find(after), len(after) - len(text)):
                    problem = f"{after}: {problem}"
            if problem is not None:
                wrong[form.__name__] += 1
                if wrong.total() <= show:
                    print(f"  {form.__name__}: {text}: {problem}")

    took = seconds(write_and_read)
    print(
        f"{number:,} quantities in {took:.0f} s, {rewritten:,} of them rewritten by a style: "
        f"{wrong.total()} differences {dict(wrong)}"
    )


@command
def main(
    gold: Path = GOLD / "numbers.jsonl",
    seeds: Path = SEEDS,
    show: Annotated[int, "wrong rows to print"] = 40,
    written: Annotated[int, "random quantities to write and read back"] = 0,
    seed: int = 15835,
    styled: int = 5,
) -> None:
    if written:
        read_back(written, seed, styled, show)
    else:
        score(gold, seeds, show)


if __name__ == "__main__":
    main()
