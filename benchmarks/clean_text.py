"""How often clean text is touched: edits in ten thousand characters of printed prose, each shown.

    python benchmarks/clean_text.py [--corpus FOLDER] [--characters N] [--tier suggested] [--show N]

Reads ``*.txt`` or ``*.txt.xz`` files of clean prose, one paragraph a line (by default the
``corpus`` folder of the data beside the project, if it is there). Counted are lines with none of
ASCII's marks and with quotes that pair: what is edited there is an error of ours unless reading it
says otherwise, so every edit is printed with what stands around it. Lines that hold full-width
letters or digits, or invisible characters, are printed text too, but not clean by any reading of
the rules; they are counted apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from common import CORPUS, Corpus, Names, files, ratio

from textclean import Config, clean
from tools.command import command
from tools.training.corpus import lines, register

HALF_WIDTH = re.compile(r"[!-/:-@\[-`{-~]")
WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ\u200b-\u200f\u2060\ufeff\u00ad]")


def clean_lines(path: Path, characters: int) -> Iterator[str]:
    """Lines of a file with only full-width marks and balanced quotes, up to a sum of characters."""
    total = 0
    for line in lines(path):
        if not line or HALF_WIDTH.search(line) or line.count("“") != line.count("”"):
            continue
        yield line
        total += len(line)
        if total >= characters:
            return


@command
def main(
    corpus: Corpus = CORPUS,
    characters: Annotated[int, "of each file"] = 1_000_000,
    tier: str = "safe",
    show: Annotated[int, "edits to print for each file"] = 1_000,
    names: Names = ("news", "reports", "laws"),
) -> None:
    for path in files(corpus, names):
        read = edits = wide_edits = 0
        codes: Counter[str] = Counter()
        for line in clean_lines(path, characters):
            read += len(line)
            wide = bool(WIDE.search(line))
            for edit in clean(line, Config(tier=tier)).edits:
                edits += not wide
                wide_edits += wide
                codes[edit.rule] += 1
                if codes.total() <= show:
                    around = line[max(0, edit.start - 18) : edit.start]
                    behind = line[edit.end : edit.end + 18]
                    print(f"  {edit.rule} {around}[{edit.before!r}→{edit.after!r}]{behind}")
        print(
            f"{register(path)}: {read:,} characters, {edits} edits, "
            f"{10_000 * ratio(edits, read):.3f} in 10,000 (at most 1); {wide_edits} more on lines "
            f"with full-width digits or the like; {dict(codes)}"
        )


if __name__ == "__main__":
    main()
