"""Removals from real prose in which nothing was planted, to be read: is each one really a copy?

    python benchmarks/unplanted_copies.py [--names NAMES] [--paragraphs N] [--skip N]
        [--sample N] [--seed N]

Reads the registers of ``../shared/corpus``, and the Markdown and the classics beside it, if they
are there. Of each register prints how many exact, near, contained and carried removals there are,
and a sample of those that are not exact: kind and score, and what the removed text and its survivor
differ in. In ``[-…-]`` stands what only the removed text says, in ``{+…+}`` what only the survivor
does; what is equal is shortened to what stands beside a difference.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Annotated

from common import CORPUS, NAMES, SHARED, files

from textclean import deduplicate
from textclean.dedup import RemovalKind, policy
from tools.command import command
from tools.training.corpus import lines

#: Equal characters printed beside a difference, and of what hangs over.
BESIDE, OVER = 10, 16


def short(text: str, *, first: bool = False, last: bool = False, beside: int = BESIDE) -> str:
    """A text with its middle left out; of the first and the last piece only the inner end stays."""
    text = text.replace("\n", "⏎")
    if len(text) <= 2 * beside:
        return text
    return ("" if first else text[:beside]) + "…" + ("" if last else text[-beside:])


def difference(removed: str, survivor: str) -> str:
    """What two texts differ in, with a few characters around it."""
    codes = SequenceMatcher(None, removed, survivor, autojunk=False).get_opcodes()
    parts: list[str] = []
    for number, (tag, i, j, k, m) in enumerate(codes):
        first, last = number == 0, number == len(codes) - 1
        if tag == "equal":
            parts.append(short(removed[i:j], first=first, last=last))
            continue
        if i < j:
            parts.append(f"[-{removed[i:j]}-]")
        if k < m:
            beside = OVER if first or last else 40
            parts.append(f"{{+{short(survivor[k:m], first=first, last=last, beside=beside)}+}}")
    return "".join(parts)


def registers(names: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """The names of registers, and their paragraphs."""
    for path in files(CORPUS, [name for name in names if name not in ("wild", "classics")]):
        yield path.name.split(".")[0], list(lines(path))
    for name in names:
        if name in ("wild", "classics"):
            yield name, list(folder(SHARED / name))


def folder(path: Path) -> Iterator[str]:
    """The paragraphs of the texts of a folder that may be removed at all."""
    for file in sorted(path.rglob("*")):
        if file.suffix in (".txt", ".md"):
            text = re.sub(r"(?ms)^ *```.*?^ *```", "", file.read_text(encoding="utf-8"))
            # A text without empty lines has a paragraph a line.
            for block in re.split(r"\n\s*\n" if "\n\n" in text.strip() else "\n", text):
                if policy.is_prose(block):
                    yield block


@command
def main(
    names: Annotated[tuple[str, ...], "names"] = (*NAMES, "laws", "wild", "classics"),
    paragraphs: Annotated[int, "at most, of each register"] = 60_000,
    skip: Annotated[int, "paragraphs before them"] = 0,
    sample: Annotated[int, "removals to print, of each register"] = 40,
    seed: int = 1,
) -> None:
    for name, texts in registers(names):
        result = deduplicate(texts[skip : skip + paragraphs])
        kinds = Counter(removal.kind for removal in result.removals)
        counts = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
        print(f"\n## {name}: {len(result.texts):,} paragraphs, removed {counts}")
        others = [removal for removal in result.removals if removal.kind != RemovalKind.EXACT]
        chance = random.Random(seed)
        for removal in sorted(chance.sample(others, min(sample, len(others)))):
            shown = difference(result.texts[removal.index], result.texts[removal.survivor])
            print(f"{removal.index} {removal.kind} {removal.score:.2f} {shown}")


if __name__ == "__main__":
    main()
