"""Restoring redacted news from a noisy copy, and from news of another day in the same words.

    python benchmarks/restoration.py [--corpus FOLDER] [--documents N] [--pairs N] [--show]

Reads ``news.txt`` (or ``.xz``) of a folder of clean prose, by default the one beside the project,
if it is there; nothing of it is kept. Of it that fifth is measured on of which the table of
formulas was not counted. Documents are redacted by `textclean.placeholders.redact`.

*Noisy copy*: of the whole document 3 % of the characters, those of the values too, are replaced by
common ideographs, and the marks are lost. *Twin*: paragraphs of other days that begin in the same
words, from 60 to 99 % alike. Pairs in which only what is redacted differs are counted apart:
nothing in them says that they are two events.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from common import CORPUS, files, options
from rapidfuzz import fuzz

from textclean.placeholders import Redacted, find, redact, restore
from textclean.placeholders.alignment import fold, without_slots
from tools.training.corpus import documents

WRONG = 0.03
#: As `tools.training.boilerplate` has them: documents that go together, and which are left out.
PORTION, LEFT_OUT = 120, 5


class Tally(NamedTuple):
    """Slots, how many were filled, and how many of those wrongly."""

    slots: int = 0
    filled: int = 0
    wrong: int = 0

    def plus(self, slots: int, filled: int, wrong: int) -> Tally:
        """This tally and more."""
        return Tally(self.slots + slots, self.filled + filled, self.wrong + wrong)

    def __str__(self) -> str:
        slots = max(1, self.slots)
        return (
            f"{self.slots:,} slots, {self.filled / slots:.1%} filled, {self.wrong} wrong "
            f"({self.wrong / slots:.3%})"
        )


def original(redacted: Redacted, start: int, end: int) -> str | None:
    """What stood where ``redacted.text[start:end]`` stands; None where that cuts a value."""
    pieces: list[str] = []
    at = start
    for secret in redacted.vault:
        if secret.end <= start or secret.start >= end:
            continue
        if secret.start < start or secret.end > end:
            return None
        pieces += (redacted.text[at : secret.start], secret.value)
        at = secret.end
    return "".join(pieces) + redacted.text[at:end]


def measure(redacted: Redacted, witness: str, show: bool) -> tuple[int, int, int]:
    """Restore a redacted text from a witness, count slots, filled and wrong ones."""
    done = restore(redacted.text, witnesses=[witness])
    put = {(edit.start, edit.end): edit for edit in done.edits}
    slots = filled = wrong = 0
    for each in find(redacted.text):
        truth = original(redacted, each.start, each.end)
        if truth is None or truth == each.text:
            continue
        slots += 1
        edit = put.get((each.start, each.end))
        if edit is not None:
            filled += 1
            if edit.after != truth:
                wrong += 1
                if show:
                    around = redacted.text[max(0, each.start - 12) : each.end + 12]
                    print(f"  {edit.after}, not {truth}: {around!r}")
    return slots, filled, wrong


def held_out(corpus: Path) -> list[str]:
    """The news that no table was counted on: every fifth portion of 120 documents."""
    texts = ["\n".join(each) for path in files(corpus, ["news"]) for each in documents(path)]
    return [
        text for at, text in enumerate(texts) if at // PORTION % LEFT_OUT == 0 and len(text) > 80
    ]


def frequent(texts: list[str]) -> tuple[list[str], list[int]]:
    """The ideographs of some texts, and how often each stands there."""
    counts = Counter(char for text in texts[:2000] for char in text if "一" <= char <= "鿿")
    return list(counts), list(counts.values())


def noisy(text: str, common: list[str], weights: list[int], rng: random.Random) -> str:
    """A bad copy: characters misread, marks lost, line breaks kept."""
    kept = [char for char in text if char.isalnum() or char == "\n"]
    instead = rng.choices(common, weights, k=len(kept))
    return "".join(
        other if char != "\n" and rng.random() < WRONG else char
        for char, other in zip(kept, instead, strict=True)
    )


def twins(texts: list[str], number: int, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Pairs of paragraphs that begin in the same words and go on much alike."""
    buckets: defaultdict[str, list[str]] = defaultdict(list)
    opening = re.compile("^(?:中国网络电视台|央视网)消息新闻联播")
    for line in dict.fromkeys(line for text in texts for line in text.split("\n")):
        if 40 < len(line) < 400 and re.search(r"\d", line):
            words = opening.sub("", re.sub("[^\u4e00-\u9fff]", "", line))
            buckets[words[4:10]].append(line)
            buckets[words[12:18]].append(line)
    pairs: dict[tuple[str, str], None] = {}
    keys = sorted(key for key, found in buckets.items() if len(found) > 1)
    rng.shuffle(keys)
    for key in keys:
        found = buckets[key]
        for at, one in enumerate(found[:6]):
            for other in found[at + 1 : at + 6]:
                if 60 < fuzz.ratio(one, other) < 99.5:
                    pairs[one, other] = None
        if len(pairs) >= number:
            break
    yield from list(pairs)[:number]


def bare(text: str) -> str:
    """What is left of a text when all that `redact` masks is taken out."""
    redacted = redact(text).text
    spans = [(each.start, each.end) for each in find(redacted)]
    return without_slots(fold(redacted, spans).text)


def main() -> None:
    parser = options(__doc__, CORPUS)
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--pairs", type=int, default=3000)
    parser.add_argument("--show", action="store_true", help="print what is filled wrongly")
    arguments = parser.parse_args()
    texts = held_out(arguments.corpus)
    rng = random.Random(11)
    common, weights = frequent(texts)

    tally = Tally()
    characters = 0
    started = time.process_time()
    for text in rng.sample(texts, min(arguments.documents, len(texts))):
        witness = noisy(text, common, weights, rng)
        tally = tally.plus(*measure(redact(text), witness, arguments.show))
        characters += len(text)
    took = time.process_time() - started
    print(f"noisy copies: {tally} (aims: 85 %, 0.1 %); {characters / took / 1e3:.0f} kchar/s")

    told, same = Tally(), Tally()
    for one, other in twins(texts, arguments.pairs, rng):
        counted = measure(redact(one), other, arguments.show)
        if bare(one) == bare(other):
            same = same.plus(*counted)
        else:
            told = told.plus(*counted)
    print(f"twins that differ in words: {told} (aim: 0.1 % wrong)")
    print(f"twins that differ only in what is redacted: {same}")


if __name__ == "__main__":
    main()
