"""Template twins made from real news: the same words, other values. Nothing may be filled.

    python benchmarks/twins.py [--corpus FOLDER] [--paragraphs N] [--seeds N] [--show]

Paragraphs of ``news.txt`` (or ``.xz``; every fifth portion, which no table was counted on) are
redacted, some or all of their values; the twin has other values of the same form:

- *all*: every value is another one, redacted or not;
- *one*: besides what is redacted one thing alone is another: a number, a name of a place, a name of
  a person, a word.

Each is done with several shares of the values redacted and several seeds of chance; the twin is
given whole and as a bad copy (3 % of the characters wrong, marks lost).
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import NamedTuple

from common import CORPUS, options
from restoration import Tally, frequent, held_out, measure, noisy

from textclean.placeholders import PlaceholderType, Redacted, Secret, gazetteer, redact
from textclean.text.words import is_word

SHARES = (0.3, 0.6, 1.0)
NAMES = {PlaceholderType.PLACE, PlaceholderType.PERSON}
_PERSON = re.compile(
    "(?<=主席|总理|书记|部长|省长|主任|教授|记者|院士|局长|院长|校长|总统|首相)"
    "[王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭习][\u4e00-\u9fff]{1,2}"
    "(?=介绍|说|表示|告诉|认为|强调|指出|出席|主持|会见|宣布|代表|在|向|对|就|同|[，。、：；）])"
)


class Value(NamedTuple):
    """A value of a text: where it stands and what it is."""

    start: int
    end: int
    type: PlaceholderType


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
    pieces: list[str] = []
    vault: list[Secret] = []
    last = length = 0
    for number, (start, end, kind) in enumerate(values):
        value = text[start:end]
        mask = "xx" if kind in NAMES else re.sub(r"\d", "x", value)
        length += start - last
        pieces += (text[last:start], mask)
        vault.append(Secret(str(number), length, length + len(mask), kind, value))
        length += len(mask)
        last = end
    return Redacted("".join([*pieces, text[last:]]), tuple(vault))


def another(value: str, kind: PlaceholderType, rng: random.Random, names: Sequence[str]) -> str:
    """Another value of the same form."""
    for _ in range(40):
        if kind is PlaceholderType.PLACE:
            ranked = gazetteer.well_known()
            made = rng.choice([name for name in ranked if len(name) == len(value)] or ranked)
        elif kind is PlaceholderType.PERSON:
            made = rng.choice(names)
        elif kind is PlaceholderType.YEAR and len(value) == 4:
            made = str(int(value) + rng.choice((-2, -1, 1, 2))) if value.isdecimal() else value
        else:
            made = re.sub(r"\d", lambda digit: rng.choice("123456789"), value)
            if kind in (PlaceholderType.MONTH, PlaceholderType.DAY) and value.isdecimal():
                most = 12 if kind is PlaceholderType.MONTH else 28
                low = 1 if len(value) == 1 else 10
                made = str(rng.randint(low, 9 if len(value) == 1 else most))
        if made != value:
            return made
    return value


def changed(text: str, values: Sequence[Value], rng: random.Random, names: Sequence[str]) -> str:
    """The text with other values."""
    pieces: list[str] = []
    last = 0
    for start, end, kind in values:
        pieces += (text[last:start], another(text[start:end], kind, rng, names))
        last = end
    return "".join([*pieces, text[last:]])


def words_of(text: str, taken: Sequence[Value]) -> list[Value]:
    """Words of two characters outside the values, and names of persons, to be others in a twin."""
    free = [True] * len(text)
    for start, end, _ in taken:
        free[start:end] = [False] * (end - start)
    people = [
        Value(*match.span(), PlaceholderType.PERSON)
        for match in _PERSON.finditer(text)
        if all(free[match.start() : match.end()])
    ]
    words = [
        Value(at, at + 2, PlaceholderType.UNKNOWN)
        for at in range(len(text) - 1)
        if free[at] and free[at + 1] and is_word(text[at : at + 2])
    ]
    return people or words


def main() -> None:
    parser = options(__doc__, CORPUS)
    parser.add_argument("--paragraphs", type=int, default=500)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--show", action="store_true", help="print what is filled")
    arguments = parser.parse_args()
    documents = held_out(arguments.corpus)
    common, weights = frequent(documents)
    names = sorted({name for text in documents for name in _PERSON.findall(text)})
    words = [one + other for one in common[:800] for other in common[:800] if is_word(one + other)]
    lines = sorted({line for text in documents for line in text.split("\n") if len(line) >= 40})
    tallies: dict[tuple[str, str], list[Tally]] = {}
    for seed in range(arguments.seeds):
        rng = random.Random(seed)
        for line in rng.sample(lines, arguments.paragraphs):
            values = values_of(line)
            if not values:
                continue
            for share in SHARES:
                number = max(1, round(share * len(values)))
                chosen = sorted(rng.sample(values, number))
                others = [value for value in values if value not in chosen]
                redacted = masked(line, chosen)
                twins = []
                if others:
                    one = sorted([*chosen, rng.choice(others)])
                    twins.append(("all", "values", changed(line, values, rng, names)))
                    twins.append(("one", "value", changed(line, one, rng, names)))
                free = words_of(line, values)
                if free:
                    start, end, kind = rng.choice(free)
                    person = kind is PlaceholderType.PERSON
                    word = rng.choice(names if person else words)
                    whole = changed(
                        line[start:],
                        [
                            Value(v.start - start, v.end - start, v.type)
                            for v in chosen
                            if v.start >= end
                        ],
                        rng,
                        names,
                    )[end - start :]
                    before = changed(
                        line[:start], [v for v in chosen if v.end <= start], rng, names
                    )
                    twins.append(("one", "person" if person else "word", before + word + whole))
                for made, what, twin in twins:
                    for copy, witness in (
                        ("whole", twin), ("bad copy", noisy(twin, common, weights, rng))
                    ):  # fmt: skip
                        key = f"{made}, {what}", copy
                        counted = measure(redacted, witness, arguments.show)
                        tallies.setdefault(key, [Tally()] * len(SHARES))
                        at = SHARES.index(share)
                        tallies[key][at] = tallies[key][at].plus(*counted)
    for (made, copy), found in sorted(tallies.items()):
        every = Tally(*map(sum, zip(*found, strict=True)))
        print(f"{made}, {copy}: {every}")
        for share, tally in zip(SHARES, found, strict=True):
            if tally.slots:
                print(f"    {share:.0%} redacted: {tally}")


if __name__ == "__main__":
    main()
