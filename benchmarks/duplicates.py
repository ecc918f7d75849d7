"""How many copies in the seeds are found, and what else goes: `python benchmarks/duplicates.py`.

Reads ``benchmarks/gold/duplicates.json`` and prints a line for each kind: pairs found, missed, and
texts removed that are no copy. Those that the gold calls contained may go and need not.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from textclean.dedup import Deduplicated, deduplicate  # noqa: E402

KINDS = ("exact", "near", "contained")


class Score(NamedTuple):
    """Gold pairs whose copy was removed, gold pairs whose copy stayed, and other removals."""

    found: dict[str, list[tuple[int, int]]]
    missed: dict[str, list[tuple[int, int]]]
    extra: list[int]


def read_gold() -> list[tuple[str, list[str], dict[str, list[tuple[int, int]]]]]:
    """Each file of the gold: its name, its blocks, and the pairs [copy, original] of each kind."""
    files = json.loads((HERE / "gold" / "duplicates.json").read_text(encoding="utf-8"))
    gold = []
    for file in files:
        path = HERE.parent / "seeds" / file["file"]
        text = path.read_bytes().decode("utf-8")
        blocks = [text[block["start"] : block["end"]] for block in file["blocks"]]
        pairs = {kind: [(a, b) for a, b in file[kind]] for kind in (*KINDS, "shared_span")}
        gold.append((file["file"], blocks, pairs))
    return gold


def score(result: Deduplicated, pairs: dict[str, list[tuple[int, int]]]) -> Score:
    """Compare a result with the gold pairs of one file."""
    removed = {removal.index for removal in result.removals}
    copies = {copy for kind in KINDS for copy, _ in pairs[kind]}
    return Score(
        {kind: [pair for pair in pairs[kind] if pair[0] in removed] for kind in KINDS},
        {kind: [pair for pair in pairs[kind] if pair[0] not in removed] for kind in KINDS},
        sorted(removed - copies),
    )


def main() -> None:
    for name, blocks, pairs in read_gold():
        result = deduplicate(blocks)
        outcome = score(result, pairs)
        print(f"{name}: {len(blocks)} blocks, {len(result.removals)} removed")
        for kind in KINDS:
            missed = f": {outcome.missed[kind]}" if outcome.missed[kind] else ""
            print(
                f"  {kind:<10} {len(outcome.found[kind]):>3} found,"
                f" {len(outcome.missed[kind])} missed{missed}"
            )
        print(f"  extra      {len(outcome.extra):>3} {outcome.extra or ''}")
        print(f"  twins      {len(result.twins):>3}, shared spans {len(result.shared_spans)}")


if __name__ == "__main__":
    main()
