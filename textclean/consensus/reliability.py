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
_OTHERS = math.log(30)
#: Readings that differ in less than this, and in a quarter of what they differ from others in, are
#: taken for one that was printed twice: two programs that read the same text layer.
_SAME = 0.004
#: Places in which they differ from others: where there are fewer, that two are alike is no wonder.
_LEAST = 4
#: Characters of a text of which two engines hardly read all alike.
_LONG = 250
#: What the word of a double counts for beside that of the best of its set.
_ECHO = 0.1
#: Places at which others have another ideograph that must have been seen, and the share of those at
#: which it may be the better one, for doubles to be taken for right rather than for one voice.
_FEW = 10
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
        self.sets = _one_voice(columns)
        #: By reading, the number of the set of those that may be one layer by their characters, for
        #: what these cannot tell: spaces are put in by the programs that read a layer.
        alike = [
            pair
            for pair, (both, differ) in _compared(columns).items()
            if both >= _LONG and differ < _SAME * both
        ]
        self.layers = _sets(len(columns.readings), alike)
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
        """What the word of some readings weighs: of those that are one voice the best counts, and
        the others a little, for that they are one is never certain.
        """
        voices: dict[int, list[float]] = {}
        for number in witnesses:
            rate = self.rates[number][content]
            weight = math.log((1 - rate) / rate) + _OTHERS
            voices.setdefault(self.sets[number], []).append(weight)
        return sum((1 - _ECHO) * max(weights) + _ECHO * sum(weights) for weights in voices.values())

    def best(self, witnesses: Sequence[int]) -> int:
        """The most reliable of some readings."""
        return min(witnesses, key=lambda number: (sum(self.rates[number]), number))

    def independent(self, witnesses: Sequence[int]) -> int:
        """How many of some readings are none of another's doubles."""
        return len({self.sets[number] for number in witnesses})


def is_about_content(column: Column) -> bool:
    """Whether a letter, ideograph or digit stands in a column, by any reading."""
    return any(is_content(char) for option in column.options for char in option.text)


def _one_voice(columns: Columns) -> list[int]:
    """By reading, the number of the set whose word counts once: of doubles, for they share errors.

    Readings that are all but alike because they are right are as many witnesses: where others have
    another ideograph, language tells whether that is so.
    """
    base = columns.base.folded

    def are_right(one: int, two: int) -> bool:
        right = wrong = 0
        for at in range(1, len(base) - 1):
            own = columns.folded(one, at)
            if not own or not is_han(own) or columns.folded(two, at) != own:
                continue
            for number in range(len(columns.readings)):
                other = columns.folded(number, at)
                if other and other != own and is_han(other):
                    gain = _fits(base, at, other) - _fits(base, at, own)
                    wrong += gain > 0
                    right += gain < 0
        return right >= _FEW and wrong <= _SHARED * (wrong + right)

    return _sets(
        len(columns.readings), [pair for pair in _doubles(columns) if not are_right(*pair)]
    )


def _fits(base: str, at: int, char: str) -> float:
    return meeting(base[at - 1], char) + meeting(char, base[at + 1])


def doubles(columns: Columns) -> list[int]:
    """By reading, the number of the set of readings that are one text layer, read several times."""
    return _sets(len(columns.readings), _doubles(columns))


def _sets(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    sets = list(range(count))
    for one, two in pairs:
        old, new = sets[one], sets[two]
        sets = [new if each == old else each for each in sets]
    return sets


def _doubles(columns: Columns) -> list[tuple[int, int]]:
    """Pairs of readings that differ in less than `_SAME`, and from others much more."""
    count = len(columns.readings)
    most = [0.0] * count
    compared = _compared(columns)
    for (one, two), (both, differ) in compared.items():
        if differ >= _LEAST:
            most[one] = max(most[one], differ / both)
            most[two] = max(most[two], differ / both)
    return [
        (one, two)
        for (one, two), (both, differ) in compared.items()
        if differ < _SAME * both and 4 * differ < both * min(most[one], most[two])
    ]


def _compared(columns: Columns) -> dict[tuple[int, int], tuple[int, int]]:
    """By pair of readings: places that both cover, and those at which they differ."""
    found = {}
    for one in range(len(columns.readings)):
        for two in range(one):
            mine, theirs = columns.places[one], columns.places[two]
            places = [
                at for at in range(len(columns.base)) if mine[at] != SILENT and theirs[at] != SILENT
            ]
            differ = sum(columns.folded(one, at) != columns.folded(two, at) for at in places)
            found[one, two] = max(1, len(places)), differ
    return found
