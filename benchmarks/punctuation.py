"""What spaces and lost quotes had been: the slot model's scores, with intervals.

    python benchmarks/punctuation.py [--corpus FOLDER] [--weights FILE] [--show] [--resamples N]

Two kinds of text. ``gold/punctuation.jsonl``: damaged newspaper paragraphs with the text as it must
have been printed; source and gold are aligned, and what the gold has between a slot's neighbours is
what the slot had been (a slot whose neighbours do not align is left out). And prose of the corpus
folder (by default the one beside the project, if it is there), the part that training holds out,
made noisy with a seed of its own; its news also damaged otherwise than in training: lines wrapped
at one width, marks lost one by one, quotes by a rate that is given. Scored are the decisions of the
model, and what ``clean`` makes of the gold's paragraphs at the tiers safe and suggested. Intervals:
95 %, bootstrap over paragraphs.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Annotated, NamedTuple

from common import CORPUS, GOLD, Corpus, rows
from figures import Figure
from rapidfuzz.distance import Levenshtein

from textclean import Config, clean
from textclean.punctuation.arrays.scoring import Scorer
from textclean.punctuation.decisions import Decision, decide_slots
from textclean.punctuation.labels import LABELS
from textclean.punctuation.slot_weights import read_networks, shipped
from textclean.punctuation.slots import Slots, find_slots
from tools.command import command
from tools.training.corpus import chunks, read_registers, rich
from tools.training.measures import Measures, measure
from tools.training.noise import noisy

REGISTERS = ("news", "reports", "health")
SLOT = re.compile(r'(?<=[^\s"])[ \t\u3000"]+(?=[^\s"])')
FULL_WIDTH = str.maketrans(",;:()?!‘’", "，；：（）？！“”")
NOISE_SEED = 20_240_601
#: Of each register: some 18,000 slots.
NOISY_CHARACTERS = 300_000
#: Of the other damage: rates at which quotes are lost, and of commas and semicolons; stops are lost
#: a tenth as often.
QUOTES_LOST, PAUSES_LOST = (1.0, 0.8, 0.5, 0.3), 0.45
LEAST_CHARACTERS = 60


class Slot(NamedTuple):
    """One slot of a paragraph: decided and true labels, and what stands around it."""

    decided: str
    true: str
    before: str
    behind: str


def contents(source: str, target: str, slots: Sequence[tuple[int, int]]) -> list[str | None]:
    """What another version of a text has in the place of each slot; None where it has no place."""
    source, target = source.translate(FULL_WIDTH), target.translate(FULL_WIDTH)
    places: dict[int, int] = {}
    for step in Levenshtein.opcodes(source, target):
        same = step.tag == "equal"
        width = step.src_end - step.src_start
        if same or (step.tag == "replace" and width == step.dest_end - step.dest_start):
            for offset in range(width):
                if same or source[step.src_start + offset] not in ' "':
                    places[step.src_start + offset] = step.dest_start + offset
    found: list[str | None] = []
    for start, end in slots:
        before, behind = places.get(start - 1), places.get(end)
        aligned = before is not None and behind is not None
        found.append(target[before + 1 : behind] if aligned else None)
    return found


def decided_by(scorer: Scorer, text: str, slots: Slots) -> list[Decision]:
    """The decisions on slots found in a text."""
    return decide_slots(text, slots, scorer.score(slots)).in_order()


def gold_paragraphs(scorer: Scorer) -> Iterator[list[list[Slot]]]:
    """For each paragraph of the gold the slots as decided by the model and by both tiers."""
    for row in rows(GOLD / "punctuation.jsonl"):
        source = row["source"]
        slots = [match.span() for match in SLOT.finditer(source)]
        true = contents(source, row["gold"], slots)
        found = find_slots(source)
        by_start = {each.start: each.label for each in decided_by(scorer, source, found)}
        versions = [[by_start.get(start, " ") for start, _ in slots]]
        for tier in ("safe", "suggested"):
            cleaned = clean(source, Config(tier=tier)).text
            versions.append([text or "" for text in contents(source, cleaned, slots)])
        yield [
            [
                Slot(label, wanted, source[max(0, start - 8) : start], source[end : end + 8])
                for label, wanted, (start, end) in zip(version, true, slots, strict=True)
                if wanted is not None
            ]
            for version in versions
        ]


def noisy_paragraphs(scorer: Scorer, folder: Path) -> Iterator[tuple[str, list[list[Slot]]]]:
    """Of each register's held-out prose, made noisy, the slots paragraph by paragraph; and of their
    paragraphs rich in quotes or semicolons, which are most like the gold.
    """
    registers = {
        register.name: register.held_out
        for register in read_registers([folder], "place")
        if register.name in REGISTERS
    }
    registers["paragraphs rich in marks"] = "\n\n".join(map(rich, registers.values()))
    for name, prose in registers.items():
        noise = noisy(next(chunks(prose))[:NOISY_CHARACTERS], NOISE_SEED)
        slots = noise.slots()
        text = slots.text
        paragraphs: dict[int, list[Slot]] = {}
        decided = decided_by(scorer, "", slots)
        for each, place, kind, label in zip(
            decided, slots.places, slots.kinds, noise.labels.tolist(), strict=True
        ):
            if not kind and label >= 0:
                line = text.rfind("\n", 0, place)
                around = text[max(0, place - 8) : place], text[place : place + 8]
                paragraphs.setdefault(line, []).append(Slot(each.label, LABELS[label], *around))
        yield name, list(paragraphs.values())


def damaged(paragraph: str, quotes_lost: float, draw: random.Random) -> tuple[str, list[str]]:
    """A paragraph wrapped and robbed of marks, and what its spaces had been."""
    width = draw.randint(18, 30)
    rates = dict.fromkeys("“”", quotes_lost) | dict.fromkeys("，；", PAUSES_LOST)
    rates["。"] = PAUSES_LOST / 10
    pieces: list[str] = []
    true: list[str] = []
    lost = ""
    gap = False
    column = 0
    for character in paragraph.translate({ord(space): None for space in " \u3000"}):
        column += 1
        if column > width and character not in "，。；：、”）":
            gap, column = True, 1
        if draw.random() < rates.get(character, 0.0):
            lost += character
            gap = True
            continue
        if gap and pieces:
            pieces.append(" ")
            true.append(lost)
        pieces.append(character)
        lost, gap = "", False
    return "".join(pieces), true


def damaged_paragraphs(scorer: Scorer, folder: Path) -> Iterator[tuple[str, list[list[Slot]]]]:
    """Of the held-out news, damaged at each rate of `QUOTES_LOST`, the slots by paragraphs."""
    registers = read_registers([folder], "place")
    held_out = next(each.held_out for each in registers if each.name == "news")
    lines = held_out[:NOISY_CHARACTERS].split("\n")
    for rate in QUOTES_LOST:
        draw = random.Random(NOISE_SEED)
        made = [damaged(line, rate, draw) for line in lines if len(line) >= LEAST_CHARACTERS]
        text = "\n".join(source for source, _ in made)
        decided = {each.end: each.label for each in decided_by(scorer, text, find_slots(text))}
        paragraphs = []
        start = 0
        for source, true in made:
            places = [start + match.end() for match in re.finditer(" ", source)]
            paragraphs.append(
                [
                    Slot(decided[at], label, text[max(0, at - 9) : at - 1], text[at : at + 8])
                    for at, label in zip(places, true, strict=True)
                    if at in decided
                ]
            )
            start += len(source) + 1
        yield f"news that lost {rate:.0%} of its quotes", paragraphs


def of_slots(paragraphs: Sequence[Sequence[Slot]]) -> Measures:
    slots = list(chain.from_iterable(paragraphs))
    return measure([slot.decided for slot in slots], [slot.true for slot in slots])


def measure_gold() -> Iterator[Figure]:
    """What of the gold's slots is right: by the model, and after `clean` at both tiers."""
    versions = zip(*gold_paragraphs(Scorer(shipped())), strict=True)
    names = ("the model", "clean at safe", "clean at suggested")
    for name, paragraphs in zip(names, versions, strict=True):
        whole = of_slots(paragraphs)
        for field in ("exact", "pause", "quote"):
            row = f"slots, {field}" + ("" if field == "exact" else " F1")
            yield Figure(f"{row}, {name}", "figure", getattr(whole, field))


def report(name: str, paragraphs: Sequence[Sequence[Slot]], resamples: int) -> None:
    whole = of_slots(paragraphs)
    draw = random.Random(0)
    samples = [of_slots(draw.choices(paragraphs, k=len(paragraphs))) for _ in range(resamples)]
    print(f"{name}: {whole.slots} slots in {len(paragraphs)} paragraphs")
    for field in Measures._fields[1:]:
        values = sorted(getattr(sample, field) for sample in samples)
        low, high = values[int(0.025 * resamples)], values[int(0.975 * resamples) - 1]
        print(f"  {field:16} {getattr(whole, field):.4f}   [{low:.4f}, {high:.4f}]")


@command
def main(
    corpus: Corpus = CORPUS,
    weights: Annotated[Path | None, "instead of those that come with textclean"] = None,
    show: Annotated[bool, "print every wrong slot of the gold"] = False,
    resamples: int = 1_000,
) -> None:
    scorer = Scorer(read_networks(weights) if weights else shipped())
    versions = list(zip(*gold_paragraphs(scorer), strict=True))
    names = ("gold, the model", "gold, clean at safe", "gold, clean at suggested")
    for name, paragraphs in zip(names, versions, strict=True):
        report(name, [paragraph for paragraph in paragraphs if paragraph], resamples)
    for slot in chain.from_iterable(versions[0] if show else ()):
        if slot.decided != slot.true:
            print(f"  {slot.before}[{slot.decided}|{slot.true}]{slot.behind}")
    if not corpus.is_dir():
        print(f"no prose in {corpus}: noisy prose is left out")
        return
    for name, paragraphs in noisy_paragraphs(scorer, corpus):
        report(f"noisy {name}", paragraphs, min(resamples, 50))
    for name, paragraphs in damaged_paragraphs(scorer, corpus):
        report(name, paragraphs, min(resamples, 50))


if __name__ == "__main__":
    main()
