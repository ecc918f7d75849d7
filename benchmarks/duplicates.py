"""How many copies in the seeds are found, and what else goes: `python benchmarks/duplicates.py`.

Reads ``benchmarks/gold/duplicates.json`` and prints a line for each kind: pairs found, missed, and
texts removed that are no copy. Those that the gold calls contained may go and need not.
"""

from __future__ import annotations

import json

from common import GOLD, seeds

from textclean.dedup import deduplicate

KINDS = ("exact", "near", "contained")


def main() -> None:
    texts = seeds()
    for file in json.loads((GOLD / "duplicates.json").read_text(encoding="utf-8")):
        text = texts[file["file"]]
        blocks = [text[block["start"] : block["end"]] for block in file["blocks"]]
        result = deduplicate(blocks)
        removed = {removal.index for removal in result.removals}
        print(f"{file['file']}: {len(blocks)} blocks, {len(removed)} removed")
        extra = removed
        for kind in KINDS:
            missed = [(copy, first) for copy, first in file[kind] if copy not in removed]
            extra = extra - {copy for copy, _ in file[kind]}
            print(
                f"  {kind:<10} {len(file[kind]) - len(missed):>3} found,"
                f" {len(missed)} missed{f': {missed}' if missed else ''}"
            )
        print(f"  extra      {len(extra):>3} {sorted(extra) or ''}")
        print(f"  twins      {len(result.twins):>3}, shared spans {len(result.shared_spans)}")


if __name__ == "__main__":
    main()
