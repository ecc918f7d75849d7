"""Restoring from real twins, which must fill nothing, and from bad copies: the trade-off.

    python benchmarks/twins.py [--corpus FOLDER] [--pairs N] [--copies N] [--half 0|1] [--show]

Reads the registers of a folder of clean prose, by default the one beside the project, if it is
there; nothing of it is kept. Only the fifth of each that the table of boilerplate was not counted
on is redacted, and of that one half: the constants of `textclean.placeholders.event_proof` were
chosen on half 0, half 1 gives the figures.

*Twins*: pairs of paragraphs alike but for their numbers, as `deduplicate` lists them over the whole
file. Each is redacted with the other as its witness: all numbers; all that `redact` knows, names,
too; or only the numbers in which the two differ, so that all the rest agrees. What is right in a
twin besides (a year that both have) counts as filled and not as wrong.

*Copies*: single paragraphs with numbers, 3 % of the characters wrong and the marks lost. Redacted
are all numbers, half of the values, or all values. Paragraphs that keep the name of a person behind
an office, a foreign name, a date with its day or a title are counted once more by themselves.

Both are done with several strictnesses: what unusual words must amount to before they prove an
event, in parts of what is built in. At 0 any unusual word does.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

from common import CORPUS, Corpus, files, ratio
from restoration import PERSON, Ideographs, Tally, masked, measure, values_of

from textclean import deduplicate
from textclean.placeholders import PlaceholderType as Type
from textclean.placeholders import Redacted, event_proof, redact
from tools.command import command
from tools.training.boilerplate import LEFT_OUT, PORTIONS
from tools.training.corpus import documents, register

#: Paragraphs of fewer characters say too little.
LEAST = 20
NUMBERS = frozenset(Type) - {Type.PLACE, Type.PERSON, Type.ETHNICITY}
STRICTNESS = (0.0, 0.33, 0.67, 1.0, 1.33, 2.0, 4.0)
TITLE = re.compile("《[^》x]{4,}》")
DATE = re.compile("[0-9]月[0-9]+[日号]")
FOREIGN = re.compile("[\u4e00-\u9fff]·[\u4e00-\u9fff]")


class Paragraphs(NamedTuple):
    """The paragraphs of one file."""

    name: str
    texts: list[str]
    #: Whether each may be redacted: it is of the half, and no table was counted on it.
    measured: list[bool]


class Case(NamedTuple):
    """A redacted paragraph and its witness."""

    kind: str
    redacted: Redacted
    witness: str


def paragraphs(path: Path, half: int) -> Paragraphs:
    """The paragraphs of a file that are long enough."""
    sizes = {name: int(size) for name, size, _ in (each.split(":") for each in PORTIONS)}
    name = register(path)
    texts: dict[str, bool] = {}
    for at, document in enumerate(documents(path)):
        portion = at // sizes[name]
        measured = portion % LEFT_OUT == 0 and portion // LEFT_OUT % 2 == half
        for text in document:
            if len(text) >= LEAST:
                texts.setdefault(text, measured)
    return Paragraphs(name, list(texts), list(texts.values()))


def twins(of: Paragraphs, pairs: int, rng: random.Random) -> Iterator[Case]:
    """Redacted paragraphs with a twin as the witness."""
    found = [
        (first, second)
        for one, other, _ in deduplicate(of.texts).twins
        for first, second in ((one, other), (other, one))
        if of.measured[first]
    ]
    rng.shuffle(found)
    for first, second in found[: 2 * pairs]:
        text, twin = of.texts[first], of.texts[second]
        yield Case("numbers", redact(text, NUMBERS), twin)
        yield Case("all", redact(text), twin)
        yield Case("differing", differing(text, twin), twin)


def differing(text: str, twin: str) -> Redacted:
    """The text without the numbers that its twin does not have."""
    there = Counter(twin[start:end] for start, end, _ in values_of(twin))
    chosen = []
    for value in values_of(text):
        written = text[value.start : value.end]
        if there[written]:
            there[written] -= 1
        elif value.type in NUMBERS:
            chosen.append(value)
    return masked(text, chosen)


def copies(of: Paragraphs, number: int, rng: random.Random) -> Iterator[Case]:
    """Redacted paragraphs with a bad copy as the witness."""
    ideographs = Ideographs.of(of.texts[:20_000])
    having = [
        text
        for text, measured in zip(of.texts, of.measured, strict=True)
        if measured and re.search("[0-9]", text)
    ]
    for text in rng.sample(having, min(number, len(having))):
        witness = ideographs.noisy(text, rng)
        values = values_of(text)
        half = sorted(rng.sample(values, (len(values) + 1) // 2))
        for kind, redacted in (
            ("numbers", redact(text, NUMBERS)),
            ("all", redact(text)),
            ("half", masked(text, half)),
        ):
            yield Case(kind, redacted, witness)
            if has_names(redacted.text):
                yield Case(f"{kind}, named", redacted, witness)


def has_names(text: str) -> bool:
    """Whether a name, a date with its day or a title is left in a redacted text."""
    return bool(
        TITLE.search(text) or DATE.search(text) or FOREIGN.search(text) or PERSON.search(text)
    )


def curve(cases: list[Case], show: bool) -> dict[str, list[Tally]]:
    """For each kind the tally at each strictness."""
    built_in = event_proof.UNUSUAL, event_proof.UNUSUAL_WITH_PLACE
    tallies: defaultdict[str, list[Tally]] = defaultdict(lambda: [Tally()] * len(STRICTNESS))
    for at, strictness in enumerate(STRICTNESS):
        event_proof.UNUSUAL, event_proof.UNUSUAL_WITH_PLACE = (
            max(1e-9, strictness * each) for each in built_in
        )
        for kind, redacted, witness in cases:
            if redacted.vault:
                tally = measure(redacted, witness, show and strictness == 1)
                tallies[kind][at] = tallies[kind][at].plus(*tally)
    event_proof.UNUSUAL, event_proof.UNUSUAL_WITH_PLACE = built_in
    return tallies


@command
def main(
    corpus: Corpus = CORPUS,
    pairs: Annotated[int, "of twins, of each file"] = 1000,
    number: Annotated[int, "of copies, of each file"] = 600,
    half: Annotated[int, "which half: 0 for constants, 1 for figures"] = 1,
    show: Annotated[bool, "print what is filled wrongly as built in"] = False,
) -> None:
    print("strictness", *STRICTNESS, sep="\t")
    for path in files(corpus, ("news", "laws", "reports", "health")):
        of = paragraphs(path, half)
        rng = random.Random(7)
        for title, cases in (
            ("twins", list(twins(of, pairs, rng))),
            ("copies", list(copies(of, number, rng))),
        ):
            for kind, found in sorted(curve(cases, show).items()):
                print(f"{of.name}, {title}, {kind}: {found[0].slots:,} slots")
                print("    filled", *(f"{ratio(each.filled, each.slots):.3f}" for each in found))
                print("    wrong", *(f"{ratio(each.wrong, each.slots):.4f}" for each in found))


if __name__ == "__main__":
    main()
