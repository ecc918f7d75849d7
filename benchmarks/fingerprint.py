"""Hashes of everything that textclean does to fixed texts, to compare two states of the code.

    python benchmarks/fingerprint.py [--checkout DIR] [--without-numpy] [--sets SETS] > FILE

Run it before and after a step that moves code: the lines must be equal (``diff``). Each line names
a set, a configuration and a text, then gives the hashes of the edits and of the suggestions.

Sets: ``fixed`` are the seeds and what the tests and benchmarks ship; ``wild`` real texts of other
kinds and ``prose`` 10 MB of clean prose, two fifths of it damaged with a fixed seed, both read from
``--shared`` where that folder is there.
"""

from __future__ import annotations

import hashlib
import importlib.abc
import lzma
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

from common import ROOT, SHARED

from tools.command import command

_REGISTERS = ("news", "reports", "health", "laws", "tech")
_LOST = dict.fromkeys("，。；：、“”《》", " ")


class _Hide(importlib.abc.MetaPathFinder):
    """Makes numpy look as if it were not installed."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name.partition(".")[0] == "numpy":
            raise ImportError(name)


def digest(value: object) -> str:
    """Sixteen hexadecimal digits of the SHA-256 of what `repr` says."""
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def damaged(text: str, seed: int) -> str:
    """A text with marks lost, spaces strayed and characters doubled, by a fixed seed."""
    dice = random.Random(seed)
    pieces: list[str] = []
    for char in text:
        roll = dice.random()
        if char in _LOST and roll < 0.25:
            pieces.append(" " if roll < 0.2 else "")
        elif char in "，。" and roll < 0.4:
            pieces.append({"，": ",", "。": "."}[char])
        elif roll < 0.003:
            pieces.append(char + char)
        elif roll < 0.009:
            pieces.append(char + " ")
        elif roll < 0.011:
            pieces.append(char + "\n")
        else:
            pieces.append(char)
    return "".join(pieces)


def read(paths: Iterable[Path], below: Path) -> dict[str, str]:
    """The texts of files, by their places below a folder."""
    return {str(path.relative_to(below)): path.read_bytes().decode() for path in paths}


def fixed_texts(checkout: Path) -> dict[str, str]:
    """The texts that the project ships."""
    patterns = "seeds/*.txt", "tests/data/*", "benchmarks/gold/*.json*"
    paths = [path for pattern in patterns for path in sorted(checkout.glob(pattern))]
    return read(filter(Path.is_file, paths), checkout)


def wild_texts(shared: Path) -> dict[str, str]:
    """Real texts of other kinds."""
    paths = sorted(path for path in shared.glob("wild/*/*") if path.suffix in {".md", ".txt"})
    return read(paths, shared)


def prose_texts(shared: Path, megabytes: int) -> dict[str, str]:
    """Clean prose of all registers in pieces of 100,000 characters; two in five are damaged."""
    texts: dict[str, str] = {}
    for register in _REGISTERS:
        path = shared / "corpus" / f"{register}.txt.xz"
        if not path.is_file():
            continue
        with lzma.open(path, "rt", encoding="utf-8", newline="") as file:
            for number in range(megabytes * 1_000_000 // 300_000 // len(_REGISTERS)):
                text = file.read(100_000)
                if number % 5 in {1, 3}:
                    text = damaged(text, number)
                texts[f"{register}-{number:03}"] = text
    return texts


def lines_of_cleaning(name: str, texts: dict[str, str], tiers: Sequence[str]) -> Iterator[str]:
    """What `clean` makes of each text in each configuration, with one and two workers."""
    from textclean import Config, clean, clean_many

    configs = {
        "safe": Config(),
        "suggested": Config(tier="suggested"),
        "style": Config(tier="suggested", style="gbt15835"),
        "symbols": Config(tier="suggested", style="gbt15835-symbols"),
        "spaces": Config(latin_space="remove", indent="drop", blank_lines="collapse"),
    }
    for kind in tiers:
        for title, text in texts.items():
            done = clean(text, configs[kind])
            edits = [tuple(edit) for edit in done.edits]
            suggestions = [tuple(edit) for edit in done.suggestions]
            counts = f"{len(edits)} {len(suggestions)}"
            yield f"{name} {kind} {title} {digest(edits)} {digest(suggestions)} {counts}"
            if done.revert() != text:
                yield f"{name} {kind} {title} IS NOT REVERTED"
    few = list(texts.values())[:40]
    for workers in (1, 2):
        done_all = [
            (done.text, [tuple(edit) for edit in done.edits])
            for done in clean_many(few, configs["suggested"], workers=workers)
        ]
        yield f"{name} many {workers} workers {digest(done_all)}"


def lines_of_finding(name: str, texts: dict[str, str]) -> Iterator[str]:
    """Quantities, placeholders and stitches."""
    from textclean.layout import stitch
    from textclean.placeholders import find as find_placeholders
    from textclean.quantities import find as find_quantities

    for title, text in texts.items():
        blocks = [block for block in text[:60_000].split("\n") if block.strip()]
        found = find_quantities(text), find_placeholders(text), stitch(blocks)
        yield f"{name} find {title} {' '.join(map(digest, found))}"


def lines_of_corpora(name: str, texts: dict[str, str], most: int) -> Iterator[str]:
    """Copies with one and two threads; whole corpora with one and two workers."""
    from textclean import Config, clean_corpus, deduplicate

    blocks = [block for text in texts.values() for block in text.split("\n") if block.strip()]
    for threads in (1, 2):
        done = deduplicate(blocks, threads=threads)
        hashes = map(digest, (done.removals, done.twins, done.possible_twins, done.shared_spans))
        yield f"{name} dedup {threads} threads {' '.join(hashes)} {len(done.removals)}"
    few = list(texts.items())[:most]
    for tier, workers in (("safe", 1), ("suggested", 1), ("suggested", 2)):
        corpus = clean_corpus(few, Config(tier=tier), workers=workers)
        edits = [[tuple(edit) for edit in edits] for edits in corpus.edits.values()]
        parts = (
            corpus.documents, corpus.removals, corpus.twins, corpus.stitches,
            corpus.restorations, edits,
        )  # fmt: skip
        yield f"{name} corpus {tier} {workers} workers {' '.join(map(digest, parts))}"


@command
def main(
    checkout: Annotated[Path, "the code that is run"] = ROOT,
    texts: Annotated[Path, "the checkout whose texts are read"] = ROOT,
    shared: Path = SHARED,
    sets: tuple[str, ...] = ("fixed", "wild", "prose"),
    megabytes: Annotated[int, "how much prose"] = 10,
    without_numpy: bool = False,
) -> None:
    sys.path.insert(0, str(checkout.resolve()))
    if without_numpy:
        sys.meta_path.insert(0, _Hide())
    for name in sets:
        tiers = ["safe", "suggested"]
        if name == "fixed":
            given = fixed_texts(texts)
            tiers += ["style", "symbols", "spaces"]
        else:
            given = wild_texts(shared) if name == "wild" else prose_texts(shared, megabytes)
        steps = [lines_of_cleaning(name, given, tiers), lines_of_finding(name, given)]
        if not without_numpy:
            steps.append(lines_of_corpora(name, given, 30))
        for step in steps:
            for line in step:
                print(line, flush=True)


if __name__ == "__main__":
    main()
