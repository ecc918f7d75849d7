"""What a run of columns most likely is: what the readings say, and how well it reads.

Every choice for every column is weighed with the best choices for the others beside it, exactly
(forward and backward sums of maxima over the last character). The score of a choice is the weight
of the readings that have it, and how well its characters meet, in nats.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from textclean.consensus.columns import Column
from textclean.consensus.language import preference
from textclean.consensus.reliability import Reliability, is_about_content
from textclean.consensus.tokens import is_content

#: What language counts for beside readings: pairs overlap, and the table knows no more of a pair
#: than whether prose has it.
_LANGUAGE = 1.0


class Judged(NamedTuple):
    """A column, and how good each of its options is at best, in nats."""

    column: Column
    scores: tuple[float, ...]

    @property
    def best(self) -> int:
        """The option with the highest score; of equal ones the first, so the base's."""
        return max(range(len(self.scores)), key=lambda number: (self.scores[number], -number))

    @property
    def margin(self) -> float:
        """By how much the best option is ahead of the next."""
        first, *rest = sorted(self.scores, reverse=True)
        return first - rest[0] if rest else math.inf

    @property
    def likely(self) -> list[float]:
        """The options' probabilities."""
        top = max(self.scores)
        shares = [math.exp(score - top) for score in self.scores]
        return [share / sum(shares) for share in shares]


def judge(
    run: Sequence[Column], reliability: Reliability, before: str, behind: str
) -> list[Judged]:
    """Judge the columns of a run between two characters that all agree on (empty at an end)."""
    own: list[list[float]] = []
    for column in run:
        if column.is_ambiguous:
            own.append([0.0] * len(column.options))
            continue
        content = is_about_content(column)
        own.append([reliability.support(each.witnesses, content) for each in column.options])
    forward: list[dict[str, float]] = [{before: 0.0}]
    for column, scores in zip(run, own, strict=True):
        reached: dict[str, float] = {}
        for last, total in forward[-1].items():
            for option, score in zip(column.options, scores, strict=True):
                reads, end = _reads(last, option.text, column)
                reached[end] = max(total + score + reads, reached.get(end, -math.inf))
        forward.append(reached)
    ahead = {last: _LANGUAGE * preference(last, behind) for last in forward[-1]}
    judged: list[Judged] = []
    for number in range(len(run) - 1, -1, -1):
        column, scores = run[number], own[number]
        totals = [-math.inf] * len(scores)
        nearer: dict[str, float] = {}
        for last, total in forward[number].items():
            rest = -math.inf
            for at, (option, score) in enumerate(zip(column.options, scores, strict=True)):
                reads, end = _reads(last, option.text, column)
                value = score + reads + ahead[end]
                totals[at] = max(totals[at], total + value)
                rest = max(rest, value)
            nearer[last] = rest
        ahead = nearer
        judged.append(Judged(column, tuple(totals)))
    return judged[::-1]


def _reads(last: str, text: str, column: Column) -> tuple[float, str]:
    """How well an option follows a character, and what the next column follows.

    A mark that not all have is read over: else a speck between two characters that prose does not
    know beside each other would be welcome.
    """
    total = 0.0
    contested = len(column.options) > 1
    for char in text:
        if not contested or is_content(char):
            total += preference(last, char)
            last = char
    return _LANGUAGE * total, last
