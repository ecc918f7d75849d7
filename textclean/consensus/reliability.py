"""How far each reading is believed on this page: error rates learnt from where readings differ.

Expectation maximisation after Dawid and Skene (1979): the readings' error rates say what each
column most likely is, and that says how often each reading was wrong; language is one more voice,
and the only one that tells two readings apart. Marks have rates of their own, for an engine that
knows its characters may not know its commas.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from textclean.consensus.columns import SILENT, Column, Columns
from textclean.consensus.language import meeting
from textclean.consensus.tokens import is_content
from textclean.text.classes import is_han

#: The error rate that a reading is thought to have before it is seen, and the weight of that
#: thought in characters: an engine on a clean page.
_PRIOR = 0.03
_WEIGHT = 30
#: What the rate of all characters weighs in that of marks: of those language knows little.
_MARKS = 100
#: Wrong characters that are about as likely as each other in a misread one's place, as logarithm:
#: two readings that agree hardly agree in an error.
_OTHERS = math.log(8)
#: Readings that differ in less than this, and in a quarter of what they differ from others in, are
#: taken for one that was printed twice: two programs that read the same text layer.
_SAME = 0.01
#: The share of the places at which others have another ideograph, and a better one, from which
#: doubles are one voice.
_SHARED = 0.2


class Reliability:
    """Error rates of readings, and what each one's word weighs, in nats."""

    def __init__(self, columns: Columns) -> None:
        base = columns.base.characters
        kinds = [is_content(char) for char in base]
        #: By reading: the characters that it covers, marks and others.
        self.covered = [[0, 0] for _ in columns.readings]
        for number, places in enumerate(columns.places):
            for at, place in enumerate(places):
                if place != SILENT:
                    self.covered[number][kinds[at]] += 1
        self.sets = _one_voice(columns, doubles(columns))
        self.rates = [(_PRIOR, _PRIOR)] * len(columns.readings)

    def learn(self, judged: Iterable[tuple[Column, Sequence[float]]]) -> None:
        """New rates, from how likely each option of each column is."""
        wrong = [[0.0, 0.0] for _ in self.rates]
        for column, likely in judged:
            kind = is_about_content(column)
            for option, probability in zip(column.options, likely, strict=True):
                for number in option.witnesses:
                    wrong[number][kind] += 1 - probability
        rates = []
        for (mark, other), (marks, others) in zip(wrong, self.covered, strict=True):
            rate = (mark + other + _WEIGHT * _PRIOR) / (marks + others + _WEIGHT)
            rates.append(
                (
                    min(0.9, (mark + _MARKS * rate) / (marks + _MARKS)),
                    min(0.9, (other + _WEIGHT * rate) / (others + _WEIGHT)),
                )
            )
        self.rates = rates

    def support(self, witnesses: Sequence[int], content: bool) -> float:
        """What the word of some readings weighs; of those that are one, the best counts."""
        heaviest: dict[int, float] = {}
        for number in witnesses:
            rate = self.rates[number][content]
            weight = math.log((1 - rate) / rate) + _OTHERS
            which = self.sets[number]
            heaviest[which] = max(weight, heaviest.get(which, 0.0))
        return sum(heaviest.values())

    def best(self, witnesses: Sequence[int]) -> int:
        """The most reliable of some readings."""
        return min(witnesses, key=lambda number: (sum(self.rates[number]), number))

    def independent(self, witnesses: Sequence[int]) -> int:
        """How many of some readings are none of another's doubles."""
        return len({self.sets[number] for number in witnesses})


def is_about_content(column: Column) -> bool:
    """Whether a letter, ideograph or digit stands in a column, by any reading."""
    return any(is_content(char) for option in column.options for char in option.text)


def _one_voice(columns: Columns, sets: Sequence[int]) -> list[int]:
    """The sets of doubles that share errors; readings that are all but alike because they are right
    are as many witnesses.

    Where others have another ideograph than the doubles, language tells how often those err.
    """
    base = columns.base.folded
    kept = list(range(len(sets)))
    for which in set(sets):
        members = [number for number, each in enumerate(sets) if each == which]
        if len(members) < 2:
            continue
        right = wrong = 0
        for at in range(1, len(base) - 1):
            mine = {columns.folded(number, at) for number in members} - {""}
            if len(mine) != 1:
                continue
            (own,) = mine
            for number in range(len(sets)):
                other = columns.folded(number, at)
                if number not in members and other != own and is_han(own) and is_han(other):
                    gain = _fits(base, at, other) - _fits(base, at, own)
                    wrong += gain > 0
                    right += gain < 0
        if wrong > _SHARED * (wrong + right):
            for number in members:
                kept[number] = which
    return kept


def _fits(base: str, at: int, char: str) -> float:
    return meeting(base[at - 1], char) + meeting(char, base[at + 1])


def doubles(columns: Columns) -> list[int]:
    """By reading, the number of the set of readings that are one text layer, read several times."""
    count = len(columns.readings)
    base = columns.base.folded
    differ = [[0] * count for _ in range(count)]
    both = [[0] * count for _ in range(count)]
    rows = list(zip(columns.places, columns.readings, strict=True))
    for one in range(count):
        for two in range(one):
            (mine, first), (theirs, second) = rows[one], rows[two]
            for at in range(len(base)):
                if mine[at] == SILENT or theirs[at] == SILENT:
                    continue
                both[one][two] += 1
                has = first.folded[mine[at]] if mine[at] >= 0 else ""
                differ[one][two] += has != (second.folded[theirs[at]] if theirs[at] >= 0 else "")
            both[two][one], differ[two][one] = both[one][two], differ[one][two]
    rates = [
        [each / max(1, of) for each, of in zip(*pair, strict=True)]
        for pair in zip(differ, both, strict=True)
    ]
    sets = list(range(count))
    for one in range(count):
        for two in range(one):
            most = min(max(rates[one]), max(rates[two]))
            if rates[one][two] < _SAME and 4 * rates[one][two] < most:
                old, new = sets[one], sets[two]
                sets = [new if each == old else each for each in sets]
    return sets
