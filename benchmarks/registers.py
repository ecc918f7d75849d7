"""How often the edits of each rule are right, by register and tier, as careful readers judge them.

    python benchmarks/registers.py [FOLDER…] [--prose N] [--sample N] [--judge FILE]

Every folder of ``*.txt`` and ``*.md`` is a register (by default the folders of ``wild`` beside the
project); ``--prose N`` adds the first documents of each file of clean prose, N characters or more.
A verdict belongs to what an edit does and where: its rule, 24 characters on both sides, before and
after. Only the hash of these is stored, so no foreign text is; tier and confidence are those of
today's edit.

``--sample N`` prints the edits that are missing until N of each rule, register and tier are read,
with what stands around them. Hashes are their order, so that a sample stays random, and what was
read stays read, when rules change. ``--judge FILE`` adds lines of key, tab and 1 or 0. Right is
what a careful editor would accept; against the file's own habit is wrong, useless is wrong.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from math import sqrt
from pathlib import Path
from typing import Annotated, NamedTuple

from common import CORPUS, DATA, SHARED
from figures import Figure

from textclean import Config, Edit, Tier, clean
from tools.command import Folders, command
from tools.training.corpus import documents, register

WILD = SHARED / "wild"
#: Characters on both sides that a verdict belongs to.
WIDTH = 24
#: The share of right edits that a tier asks for.
BARS = {"safe": 0.98, "suggested": 0.90}
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 1.0)
#: Standard deviations that 95 % lie within.
Z = 1.96


class Place(NamedTuple):
    """One edit of a register, and what stands around it."""

    rule: str
    register: str
    tier: str
    confidence: float
    before: str
    after: str
    left: str
    right: str

    @property
    def key(self) -> str:
        """What a verdict on this edit is found by."""
        near = (self.rule, self.left[-WIDTH:], self.before, self.after, self.right[:WIDTH])
        return hashlib.sha256("\0".join(near).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def __str__(self) -> str:
        line = f"{self.left}⟦{self.before}→{self.after}⟧{self.right}".replace("\n", "↵")
        line = line.replace("\r", "␍")
        return f"{self.key}\t{self.rule}\t{self.register}\t{self.tier}\t{line}"


#: The edits of a rule in a register at a tier.
Cells = dict[tuple[str, str, str], list[Place]]


def places(name: str, text: str, around: int = 2 * WIDTH) -> Iterator[Place]:
    """What either tier does to a text; edits that both tiers make are counted at ``safe``."""
    for tier in BARS:
        for edit in clean(text, Config(tier=Tier(tier))).edits:
            if edit.tier == tier:
                yield _place(name, text, edit, around)


def _place(name: str, text: str, edit: Edit, around: int) -> Place:
    # Of changes that fused, the one that needed the tier answers for it.
    rule = next((part.rule for part in edit.parts if part.tier == edit.tier), edit.rule)
    left, right = text[max(0, edit.start - around) : edit.start], text[edit.end :][:around]
    about = (rule, name, str(edit.tier), edit.confidence, edit.before, edit.after)
    return Place(*about, left, right)


def texts(folders: list[Path], corpus: Path, prose: int) -> Iterator[tuple[str, str]]:
    """The texts to be cleaned, each with the name of its register."""
    for folder in folders:
        for path in sorted([*folder.glob("*.txt"), *folder.glob("*.md")]):
            yield folder.name, path.read_bytes().decode("utf-8")
    for path in sorted(corpus.glob("*.txt.xz")) if prose else ():
        left = prose
        for document in documents(path):
            yield f"{register(path)} (prose)", "\n".join(document)
            left -= sum(map(len, document))
            if left <= 0:
                break


def lower_bound(right: int, read: int) -> float:
    """The lower end of Wilson's interval at 95 % for a share."""
    share, square = right / read, Z * Z
    middle = share + square / (2 * read)
    margin = Z * sqrt(share * (1 - share) / read + square / (4 * read * read))
    return max(0.0, (middle - margin) / (1 + square / read))


def measure(characters: int = 100_000) -> Iterator[Figure]:
    """Edits in 10,000 characters of each register, and how many of them may be wrong at most.

    The bound is the upper end of Wilson's interval for the wrong among those that a reader judged,
    times the edits; a register of which nothing was judged has none.
    """
    known = dict(map(_verdict, (DATA / "verdicts.tsv").read_text("utf-8").splitlines()))
    folders = sorted(path for path in WILD.glob("*") if path.is_dir())
    sizes: dict[str, int] = defaultdict(int)
    found: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for name, text in texts(folders, CORPUS, characters):
        if sizes[name] < characters:
            piece = text[: characters - sizes[name]]
            sizes[name] += len(piece)
            for place in places(name, piece):
                found[name, place.tier].append(place)
    for name, size in sizes.items():
        yield Figure(name, "characters", size, "shown", form=",.0f")
        for tier in BARS:
            edits = found[name, tier]
            rate = 10_000 * len(edits) / size
            yield Figure(name, f"{tier}: edits in 10,000", rate, "shown", "less", form=".2f")
            judged = [known[key] for key in {one.key for one in edits} & known.keys()]
            if judged:
                right, read = sum(judged), len(judged)
                wrong = 10_000 * len(edits) / size * (1 - right / read)
                most = rate * (1 - lower_bound(right, read))
                yield Figure(name, f"{tier}: read", read, "shown", form=".0f")
                yield Figure(name, f"{tier}: wrong", wrong, "quality", "less", form=".2f")
                yield Figure(name, f"{tier}: at most", most, "shown", "less", form=".2f")


def print_precision(cells: Cells, verdicts: dict[str, bool]) -> None:
    """Rule by register, a table for each tier."""
    for tier, bar in BARS.items():
        names = list(dict.fromkeys(name for _, name, of in cells if of == tier))
        if not names:
            continue
        print(f"\n`{tier}`: right of read (edits), lower bound at 95 %; ✗: below {bar:.2f}\n")
        print(f"| rule | {' | '.join(names)} |\n|---|{'---|' * len(names)}")
        for rule in sorted({rule for rule, _, of in cells if of == tier}):
            row = (_cell(cells.get((rule, name, tier), []), verdicts, bar) for name in names)
            print(f"| {rule} | {' | '.join(row)} |")


def _cell(cell: list[Place], verdicts: dict[str, bool], bar: float) -> str:
    if not cell:
        return ""
    # What recurs to the letter, a running title, was judged once.
    judged = [verdicts[key] for key in {place.key for place in cell} & verdicts.keys()]
    right, read = sum(judged), len(judged)
    if not read:
        return f"– ({len(cell):,})"
    mark = " ✗" if right < bar * read else ""
    return f"{right}/{read} ({len(cell):,}) {lower_bound(right, read):.2f}{mark}"


def print_reliability(cells: Cells, verdicts: dict[str, bool]) -> None:
    """How many edits of a confidence are right: a read edit speaks for all of its cell."""
    print(
        "\n| confidence | edits | read | right | share | share of all edits |\n|---|" + "---|" * 5
    )
    for low, high in pairwise((*BINS, 2.0)):
        edits = read = right = 0
        weights = good = 0.0
        for cell in cells.values():
            within = [place for place in cell if low <= place.confidence < high]
            judged = [verdicts[place.key] for place in within if place.key in verdicts]
            edits, read, right = edits + len(within), read + len(judged), right + sum(judged)
            if judged:
                weights += len(within)
                good += len(within) * sum(judged) / len(judged)
        if read:
            shares = f"{right / read:.3f} | {good / weights:.3f}"
            print(f"| {low:.2f} and more | {edits:,} | {read:,} | {right:,} | {shares} |")


@command
def main(
    folders: Folders = (),
    corpus: Annotated[Path, "clean prose"] = CORPUS,
    prose: Annotated[int, "characters of each file of prose"] = 0,
    sample: Annotated[int, "print what is missing until so many are read"] = 0,
    judge: Annotated[Path | None, "a file of verdicts to add"] = None,
    verdicts: Annotated[Path, "where verdicts are kept"] = DATA / "verdicts.tsv",
) -> None:
    stored = verdicts.read_text("utf-8") if verdicts.exists() else ""
    known = dict(map(_verdict, stored.splitlines()))
    if judge:
        known |= dict(map(_verdict, judge.read_text("utf-8").splitlines()))
        rows = (f"{key}\t{right:d}\n" for key, right in sorted(known.items()))
        verdicts.write_text("".join(rows), "utf-8")
        return
    registers = folders or sorted(path for path in WILD.glob("*") if path.is_dir())
    cells: Cells = defaultdict(list)
    for name, text in texts(registers, corpus, prose):
        for place in places(name, text):
            cells[place.rule, place.register, place.tier].append(place)
    if sample:
        for cell in cells.values():
            by_key = {place.key: place for place in cell}
            for key in sorted(by_key)[:sample]:
                if key not in known:
                    print(by_key[key])
        return
    print_precision(cells, known)
    print_reliability(cells, known)


def _verdict(line: str) -> tuple[str, bool]:
    """Key and verdict of a line; what may follow them is for the reader."""
    key, right = line.split("\t")[:2]
    return key, bool(int(right))


if __name__ == "__main__":
    main()
