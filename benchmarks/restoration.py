"""Restoring redacted news: from a noisy copy, from news of another day, from twins that are made.

    python benchmarks/restoration.py [--corpus FOLDER] [--documents N] [--pairs N] [--show]
    python benchmarks/restoration.py --made 500 [--corpus FOLDER] [--seeds N] [--show]

Reads ``news.txt`` (or ``.xz``) of a folder of clean prose, by default the one beside the project,
if it is there; nothing of it is kept. Of it that fifth is measured on of which the table of
formulas was not counted. Documents are redacted by `textclean.placeholders.redact`.

*Noisy copy*: of the whole document 3 % of the characters, those of the values too, are replaced by
common ideographs, and the marks are lost. *Twin*: paragraphs of other days that begin in the same
words, from 60 to 99 % alike. Pairs in which only what is redacted differs are counted apart:
nothing in them says that they are two events.

With ``--made``, so many paragraphs with twins that are made of them: the same words, other values
of the same form. Nothing may be filled from them.

- *all*: every value is another one, redacted or not;
- *one*: besides what is redacted one thing alone is another: a number, a name of a place, a name of
  a person, a word.

Each is done with several shares of the values redacted and several seeds of chance; the twin is
given whole and as a bad copy (as above).
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

from common import CORPUS, Corpus, files, ratio
from rapidfuzz import fuzz

from textclean.placeholders import PlaceholderType as Type
from textclean.placeholders import Redacted, Secret, find, gazetteer, redact, restore
from textclean.placeholders.alignment import fold, without_slots
from textclean.text.words import is_word
from tools.command import command
from tools.training.corpus import documents

WRONG = 0.03
#: As `tools.training.boilerplate` has them: documents that go together, and which are left out.
PORTION, LEFT_OUT = 120, 5
OPENING = re.compile("^(?:中国网络电视台|央视网)消息新闻联播")
#: Of twins that are made, the shares of the values that are redacted.
SHARES = (0.3, 0.6, 1.0)
NAMES = {Type.PLACE, Type.PERSON}
PERSON = re.compile(
    "(?<=主席|总理|书记|部长|省长|主任|教授|记者|院士|局长|院长|校长|总统|首相)"
    "[王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭习][\u4e00-\u9fff]{1,2}"
    "(?=介绍|说|表示|告诉|认为|强调|指出|出席|主持|会见|宣布|代表|在|向|对|就|同|[，。、：；）])"
)


class Tally(NamedTuple):
    """Slots, how many were filled, and how many of those wrongly."""

    slots: int = 0
    filled: int = 0
    wrong: int = 0

    def plus(self, *more: int) -> Tally:
        """This tally and another."""
        return Tally(*map(sum, zip(self, more, strict=True)))

    def __str__(self) -> str:
        return (
            f"{self.slots:,} slots, {ratio(self.filled, self.slots):.1%} filled, {self.wrong} "
            f"wrong ({ratio(self.wrong, self.slots):.3%})"
        )


class Value(NamedTuple):
    """A value of a text: where it stands and what it is."""

    start: int
    end: int
    type: Type


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


def measure(redacted: Redacted, witness: str, show: bool) -> Tally:
    """Restore a redacted text from a witness."""
    done = restore(redacted.text, witnesses=[witness])
    put = {(edit.start, edit.end): edit.after for edit in done.edits}
    slots = filled = wrong = 0
    for each in find(redacted.text):
        truth = original(redacted, each.start, each.end)
        if truth is None or truth == each.text:
            continue
        slots += 1
        after = put.get((each.start, each.end))
        filled += after is not None
        if after not in (None, truth):
            wrong += 1
            if show:
                around = redacted.text[max(0, each.start - 12) : each.end + 12]
                print(f"  {after}, not {truth}: {around!r}")
    return Tally(slots, filled, wrong)


def held_out(corpus: Path) -> list[str]:
    """The news that no table was counted on: every fifth portion of 120 documents."""
    texts = ["\n".join(each) for path in files(corpus, ["news"]) for each in documents(path)]
    return [
        text for at, text in enumerate(texts) if at // PORTION % LEFT_OUT == 0 and len(text) > 80
    ]


class Ideographs(NamedTuple):
    """What characters are misread as: those of some texts, and how often each stands there."""

    common: list[str]
    weights: list[int]

    @classmethod
    def of(cls, texts: list[str]) -> Ideographs:
        """Count them."""
        counts = Counter(char for text in texts[:2000] for char in text if "一" <= char <= "鿿")
        return cls(list(counts), list(counts.values()))

    def noisy(self, text: str, rng: random.Random) -> str:
        """A bad copy: characters misread, marks lost, line breaks kept."""
        kept = [char for char in text if char.isalnum() or char == "\n"]
        instead = rng.choices(self.common, self.weights, k=len(kept))
        return "".join(
            other if char != "\n" and rng.random() < WRONG else char
            for char, other in zip(kept, instead, strict=True)
        )


def real_twins(texts: list[str], number: int, rng: random.Random) -> list[tuple[str, str]]:
    """Pairs of paragraphs that begin in the same words and go on much alike."""
    buckets: defaultdict[str, list[str]] = defaultdict(list)
    for line in dict.fromkeys(line for text in texts for line in text.split("\n")):
        if 40 < len(line) < 400 and re.search(r"\d", line):
            words = OPENING.sub("", re.sub("[^\u4e00-\u9fff]", "", line))
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
    return list(pairs)[:number]


def bare(text: str) -> str:
    """What is left of a text when all that `redact` masks is taken out."""
    redacted = redact(text).text
    spans = [(each.start, each.end) for each in find(redacted)]
    return without_slots(fold(redacted, spans).text)


def from_news(texts: list[str], copies: int, pairs: int, show: bool) -> None:
    """Restore from noisy copies, and from paragraphs of other days."""
    rng = random.Random(11)
    ideographs = Ideographs.of(texts)
    tally = Tally()
    characters = 0
    started = time.process_time()
    for text in rng.sample(texts, min(copies, len(texts))):
        witness = ideographs.noisy(text, rng)
        tally = tally.plus(*measure(redact(text), witness, show))
        characters += len(text)
    took = time.process_time() - started
    print(f"noisy copies: {tally} (aims: 85 %, 0.1 %); {characters / took / 1e3:.0f} kchar/s")

    twins = {False: Tally(), True: Tally()}
    for one, other in real_twins(texts, pairs, rng):
        same = bare(one) == bare(other)
        twins[same] = twins[same].plus(*measure(redact(one), other, show))
    print(f"twins that differ in words: {twins[False]} (aim: 0.1 % wrong)")
    print(f"twins that differ only in what is redacted: {twins[True]}")


def values_of(text: str) -> list[Value]:
    """The values that `redact` would mask, in order."""
    values: list[Value] = []
    longer = 0
    for secret in redact(text).vault:
        start = secret.start + longer
        values.append(Value(start, start + len(secret.value), secret.type))
        longer += len(secret.value) - (secret.end - secret.start)
    return values


def masked(text: str, values: Sequence[Value]) -> Redacted:
    """The text with just these values masked."""
    made = ""
    vault: list[Secret] = []
    last = 0
    for number, (start, end, kind) in enumerate(values):
        value = text[start:end]
        made += text[last:start]
        mask = "xx" if kind in NAMES else re.sub(r"\d", "x", value)
        vault.append(Secret(str(number), len(made), len(made) + len(mask), kind, value))
        made += mask
        last = end
    return Redacted(made + text[last:], tuple(vault))


class Others(NamedTuple):
    """What else may stand where a value, a name or a word stands."""

    names: list[str]
    words: list[str]
    rng: random.Random

    def instead_of(self, value: str, kind: Type) -> str:
        """Another value of the same form."""
        rng = self.rng
        for _ in range(40):
            if kind is Type.PLACE:
                ranked = gazetteer.well_known()
                made = rng.choice([name for name in ranked if len(name) == len(value)] or ranked)
            elif kind is Type.PERSON:
                made = rng.choice(self.names)
            elif kind is Type.YEAR and len(value) == 4:
                made = str(int(value) + rng.choice((-2, -1, 1, 2))) if value.isdecimal() else value
            else:
                made = re.sub(r"\d", lambda digit: rng.choice("123456789"), value)
                if kind in (Type.MONTH, Type.DAY) and value.isdecimal():
                    most = 12 if kind is Type.MONTH else 28
                    low = 1 if len(value) == 1 else 10
                    made = str(rng.randint(low, 9 if len(value) == 1 else most))
            if made != value:
                return made
        return value

    def change(self, text: str, values: Sequence[Value], word: Value | None = None) -> str:
        """The text with other values, and another word in the place of one."""
        made: dict[Value, str] = {}
        if word is not None:
            person = word.type is Type.PERSON
            made[word] = self.rng.choice(self.names if person else self.words)
        for each in sorted(values, key=lambda value: word is not None and value < word):
            made[each] = self.instead_of(text[each.start : each.end], each.type)
        for value in sorted(made, reverse=True):
            text = text[: value.start] + made[value] + text[value.end :]
        return text


def words_of(text: str, taken: Sequence[Value]) -> list[Value]:
    """Words of two characters outside the values, and names of persons, to be others in a twin."""
    free = [True] * len(text)
    for start, end, _ in taken:
        free[start:end] = [False] * (end - start)
    people = [
        Value(*match.span(), Type.PERSON)
        for match in PERSON.finditer(text)
        if all(free[match.start() : match.end()])
    ]
    words = [
        Value(at, at + 2, Type.UNKNOWN)
        for at in range(len(text) - 1)
        if free[at] and free[at + 1] and is_word(text[at : at + 2])
    ]
    return people or words


def made_twins(line: str, chosen: list[Value], others: Others) -> Iterator[tuple[str, str]]:
    """Twins of a paragraph of which some values are redacted, each with its kind."""
    values = values_of(line)
    if kept := [value for value in values if value not in chosen]:
        one = sorted([*chosen, others.rng.choice(kept)])
        yield "all, values", others.change(line, values)
        yield "one, value", others.change(line, one)
    if free := words_of(line, values):
        word = others.rng.choice(free)
        kind = "person" if word.type is Type.PERSON else "word"
        yield f"one, {kind}", others.change(line, chosen, word)


def from_made_twins(texts: list[str], number: int, seeds: int, show: bool) -> None:
    """Restore from twins that are made."""
    ideographs = Ideographs.of(texts)
    names = sorted({name for text in texts for name in PERSON.findall(text)})
    common = ideographs.common[:800]
    words = [one + other for one in common for other in common if is_word(one + other)]
    lines = sorted({line for text in texts for line in text.split("\n") if len(line) >= 40})
    tallies: defaultdict[tuple[str, str], dict[float, Tally]] = defaultdict(
        lambda: dict.fromkeys(SHARES, Tally())
    )
    for seed in range(seeds):
        rng = random.Random(seed)
        others = Others(names, words, rng)
        for line in rng.sample(lines, number):
            values = values_of(line)
            for share in SHARES if values else ():
                chosen = sorted(rng.sample(values, max(1, round(share * len(values)))))
                redacted = masked(line, chosen)
                for kind, twin in list(made_twins(line, chosen, others)):
                    for copy, witness in (
                        ("whole", twin),
                        ("bad copy", ideographs.noisy(twin, rng)),
                    ):
                        tally = tallies[kind, copy]
                        tally[share] = tally[share].plus(*measure(redacted, witness, show))
    for (kind, copy), found in sorted(tallies.items()):
        print(f"{kind}, {copy}: {Tally(*map(sum, zip(*found.values(), strict=True)))}")
        for share, of_share in found.items():
            if of_share.slots:
                print(f"    {share:.0%} redacted: {of_share}")


@command
def main(
    corpus: Corpus = CORPUS,
    documents: Annotated[int, "noisy copies"] = 400,
    pairs: Annotated[int, "paragraphs of other days"] = 3000,
    made: Annotated[int, "paragraphs with twins that are made of them"] = 0,
    seeds: Annotated[int, "of chance, for these"] = 3,
    show: Annotated[bool, "print what is filled wrongly"] = False,
) -> None:
    texts = held_out(corpus)
    if made:
        from_made_twins(texts, made, seeds, show)
    else:
        from_news(texts, documents, pairs, show)


if __name__ == "__main__":
    main()
