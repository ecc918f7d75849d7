"""How many copies in the seeds are found, and what else goes: `python benchmarks/duplicates.py`.

Reads ``benchmarks/gold/duplicates.json`` and prints a line for each kind: pairs found, missed, and
texts removed that are no copy. Those that the gold calls contained may go and need not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from common import GOLD, ratio, seeds
from figures import Figure

from textclean.dedup import deduplicate

KINDS = ("exact", "near", "contained")


def measure() -> Iterator[Figure]:
    """The share of copies that are found, and how many other texts go."""
    copies = hits = extra = 0
    for file in json.loads((GOLD / "duplicates.json").read_text(encoding="utf-8")):
        removed, _, _ = removals(file)
        wanted = {copy for kind in KINDS[:2] for copy, _ in file[kind]}
        copies += len(wanted)
        hits += len(wanted & removed)
        extra += len(removed - {copy for kind in KINDS for copy, _ in file[kind]})
    yield Figure("copies, found", "figure", ratio(hits, copies), bar=1)
    yield Figure("copies, others removed", "figure", extra, better="less", bar=0, form=".0f")


def removals(file: dict[str, Any]) -> tuple[set[int], int, int]:
    """Which blocks of a file go; how many twins and shared spans are listed."""
    text = seeds()[file["file"]]
    result = deduplicate([text[block["start"] : block["end"]] for block in file["blocks"]])
    return {each.index for each in result.removals}, len(result.twins), len(result.shared_spans)


def main() -> None:
    for file in json.loads((GOLD / "duplicates.json").read_text(encoding="utf-8")):
        removed, twins, spans = removals(file)
        print(f"{file['file']}: {len(file['blocks'])} blocks, {len(removed)} removed")
        extra = removed
        for kind in KINDS:
            missed = [(copy, first) for copy, first in file[kind] if copy not in removed]
            extra = extra - {copy for copy, _ in file[kind]}
            print(
                f"  {kind:<10} {len(file[kind]) - len(missed):>3} found,"
                f" {len(missed)} missed{f': {missed}' if missed else ''}"
            )
        print(f"  extra      {len(extra):>3} {sorted(extra) or ''}")
        print(f"  twins      {twins:>3}, shared spans {spans}")


if __name__ == "__main__":
    main()
