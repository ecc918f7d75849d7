"""The decision over lines: which slots open and close quotations, and each slot's label.

Quotations do not overlap, so the best set of pairs is weighted interval scheduling: a dynamic
program over the slots in order. A slot may close one quotation and open the next. One half alone
(the other half is printed, or lies beyond the line) must be likelier by `LONE_HALF_PENALTY_Q8`; a
pair may be less likely than not by `PAIR_BONUS_Q8`, and loses `SPLIT_WORD_PENALTY_Q8` for each word
it would split. They were chosen on held-out noisy prose and on the development gold, which quotes
more than such prose does: a little of the first was given for the second.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from math import log
from typing import NamedTuple

from textclean.models.mlp import LOGIT_Q8
from textclean.punctuation.labels import CLASSES, CLOSING, OPENING
from textclean.text.patterns import pattern

#: Log-odds that a quote without its other half needs: hardly any has them; the halves of printed
#: quotes that do not pair are for other rules to mend.
LONE_HALF_PENALTY_Q8 = 8 * LOGIT_Q8
#: The same for a quote whose other half is printed: it may be less likely than not.
PRINTED_HALF_PENALTY_Q8 = -LOGIT_Q8
#: Added to the gain of a pair, since most slots that pairs are learnt from lost no quote.
PAIR_BONUS_Q8 = 560
#: What a pair loses for each of its slots that would split a word.
SPLIT_WORD_PENALTY_Q8 = 2 * LOGIT_Q8
#: The prose that pairs were learnt from has this share of pairs among its slots. Pairs of a line
#: that quotes more gain `QUOTING_Q8` for each nat by which its share is larger, `STEADY` slots of
#: that prose added to the line's own.
SHARE_OF_PAIRS, STEADY, QUOTING_Q8 = 0.04, 8, 448
#: Labels by class: those that neither open nor close, open, close, do both.
LABELS_OF = tuple(
    tuple(index for index, which in enumerate(CLASSES) if which == quotes) for quotes in range(4)
)
_NOTHING, _LONE_OPENING, _LONE_CLOSING = -1, -2, -3
_QUOTES = pattern("[“”\\n]")


class Quotations(NamedTuple):
    """What was decided of runs of spaces, as columns."""

    #: 0 no quote, `OPENING`, `CLOSING`, or their sum.
    quotes: list[int]
    #: By how much this class leads (`LOGIT_Q8`): for a quote, what its pair gains and how far it is
    #: ahead of pairs that it excludes; for none, how far the best pair or half is from gaining.
    margins: list[int]
    #: Index of the run that this one, as an opening, is closed by; -1 if none is.
    closed_by: list[int]
    #: Index of the run that this one, as a closing, was opened by; -1 if none was.
    opened_by: list[int]


def choose_quotations(
    odds_of: Sequence[tuple[int, int]],
    pairs: Sequence[tuple[int, int]],
    gains: Sequence[int],
    best: Sequence[int],
    lines: Sequence[tuple[int, int, int, int]],
    penalty: Callable[[int, int], int],
) -> Quotations:
    """The quotations of a text's runs of spaces; none reaches from one line into another.

    Args:
        odds_of: of each run, in order (`Odds`).
        pairs: indices of runs that may enclose a quotation.
        gains: of each pair, its score over being none, and the bonus (`PAIR_BONUS_Q8`).
        best: of each run, the best of what would make a quote of it (`rivals`).
        lines: those in which something gains: their runs and pairs, as ranges.
        penalty: by how much less a pair gains for what it encloses.
    """
    gaining = _gaining(pairs, gains)
    chosen = schedule(odds_of, gaining, best)
    changed = [*gains]
    for first, last, first_pair, last_pair in lines:
        closed_by = chosen[1][first:last]
        bonus = quoting_bonus(len(closed_by) - closed_by.count(-1), len(closed_by))
        for pair in range(first_pair, last_pair):
            changed[pair] += bonus - penalty(*pairs[pair])
    if changed != gains:
        best = rivals(odds_of, pairs, changed)
        gaining = _gaining(pairs, changed)
        chosen = schedule(odds_of, gaining, best)
    return with_margins(odds_of, gaining, best, chosen)


def _gaining(pairs: Sequence[tuple[int, int]], gains: Sequence[int]) -> list[tuple[int, int, int]]:
    """The pairs that gain, and what they do: no other is ever chosen."""
    return [(*pair, gain) for pair, gain in zip(pairs, gains, strict=True) if gain > 0]


def schedule(
    odds_of: Sequence[tuple[int, int]],
    gaining: Sequence[tuple[int, int, int]],
    rivals: Sequence[int],
) -> tuple[list[int], list[int], list[int]]:
    """The best set of quotations: of each slot its quotes, what closes it, what it closes."""
    count = len(odds_of)
    ending: dict[int, list[tuple[int, int]]] = {}
    for first, second, gain in gaining:
        ending.setdefault(second, []).append((first, gain))
    # Only these can gain by being a quote, alone or in a pair: the others are passed over.
    active = [slot for slot, rival in enumerate(rivals) if rival > 0]
    number_of = {slot: number for number, slot in enumerate(active)}
    # best[k]: of the first k of them; how[k]: what the one behind these is.
    best = [0]
    how: list[int] = []
    for slot in active:
        before = value = best[-1]
        chosen = _NOTHING
        opens, closes = odds_of[slot]
        if opens > LONE_HALF_PENALTY_Q8:
            value, chosen = before + opens - LONE_HALF_PENALTY_Q8, _LONE_OPENING
        if closes > LONE_HALF_PENALTY_Q8 and before + closes - LONE_HALF_PENALTY_Q8 > value:
            value, chosen = before + closes - LONE_HALF_PENALTY_Q8, _LONE_CLOSING
        for first, gain in ending.get(slot, ()):
            # What opens a pair may have closed another before, but is not an opening half alone.
            number = number_of[first]
            before = best[number if how[number] == _LONE_OPENING else number + 1]
            if before + gain > value:
                value, chosen = before + gain, first
        best.append(value)
        how.append(chosen)
    closed_by, opened_by = [-1] * count, [-1] * count
    quotes = [0] * count
    left = len(active)
    while left:
        left -= 1
        slot, chosen = active[left], how[left]
        if chosen == _NOTHING:
            continue
        quotes[slot] |= OPENING if chosen == _LONE_OPENING else CLOSING
        if chosen >= 0:
            quotes[chosen] |= OPENING
            closed_by[chosen], opened_by[slot] = slot, chosen
            number = number_of[chosen]
            left = number if how[number] == _LONE_OPENING else number + 1
    return quotes, closed_by, opened_by


def quoting_bonus(pairs: int, slots: int) -> int:
    """What each pair of a line gains for the others: a line that quotes once quotes again.

    Args:
        pairs: of the line, chosen without this bonus.
        slots: runs of spaces in the line.
    """
    share = (pairs + STEADY * SHARE_OF_PAIRS) / (slots + STEADY)
    return max(0, round(QUOTING_Q8 * log(share / SHARE_OF_PAIRS))) if pairs else 0


def other_halves(
    text: str, places: Sequence[int], odds_of: Sequence[tuple[int, int]]
) -> dict[int, tuple[int, int]]:
    """The runs of spaces likeliest to have lost the other half of a printed quote, and their odds
    with what printing that half is worth added.

    Where a printed “ is not closed before the next quote, its closing half was lost between; and so
    for a printed ” that nothing opened. Of the runs between, the likeliest may be that half.

    Args:
        text: squeezed, its lines ended by line feeds.
        places: of the runs, ascending.
        odds_of: of each run (`Odds`).
    """
    raised: dict[int, tuple[int, int]] = {}
    for start, end, half in _unpaired(text):
        first, last = bisect_left(places, start + 1), bisect_right(places, end)
        if first < last:
            run = max(range(first, last), key=lambda run: odds_of[run][half])
            odds = [*raised.get(run, odds_of[run])]
            odds[half] += LONE_HALF_PENALTY_Q8 - PRINTED_HALF_PENALTY_Q8
            if odds[half] > LONE_HALF_PENALTY_Q8:
                raised[run] = odds[0], odds[1]
    return raised


def _unpaired(text: str) -> Iterator[tuple[int, int, int]]:
    """Where the lost halves of a text's printed quotes must have stood: between which two places
    (of quotes, or edges of the line), and whether an opening (0) or a closing half (1) was lost.
    """
    # Opened quotes, each with the place of the next quote: only the last has none yet.
    opened: list[tuple[int, int]] = []
    at = -1
    for match in _QUOTES.finditer(text):
        mark, place = match.group(), match.start()
        if opened and opened[-1][1] < 0:
            opened[-1] = opened[-1][0], place
        if mark == "“":
            opened.append((place, -1))
        elif mark == "”":
            if opened:
                opened.pop()
            else:
                yield at, place, 0
        else:
            yield from ((one, following, 1) for one, following in opened)
            opened = []
        at = place


def rivals(
    odds_of: Sequence[tuple[int, int]], pairs: Sequence[tuple[int, int]], gains: Sequence[int]
) -> list[int]:
    """Of each slot the best of what would make a quote of it: its odds alone, or a pair's gain."""
    best = [
        (opens if opens > closes else closes) - LONE_HALF_PENALTY_Q8 for opens, closes in odds_of
    ]
    for (first, second), gain in zip(pairs, gains, strict=True):
        if gain > best[first]:
            best[first] = gain
        if gain > best[second]:
            best[second] = gain
    return best


def with_margins(
    odds_of: Sequence[tuple[int, int]],
    gaining: Sequence[tuple[int, int, int]],
    rivals: Sequence[int],
    chosen: tuple[list[int], list[int], list[int]],
) -> Quotations:
    """What was chosen (`schedule`), and by how much each slot's class leads."""
    quotes, closed_by, opened_by = chosen
    lost = [0] * len(odds_of)
    for first, second, gain in gaining:
        if closed_by[first] != second:
            for slot in range(first, second + 1):
                if gain > lost[slot]:
                    lost[slot] = gain
    # A slot that closes one quotation and opens the next leads by the less sure of the two.
    leads: dict[int, int] = {}
    paired = [0] * len(odds_of)
    for first, second, gain in gaining:
        if closed_by[first] == second:
            ahead = gain - max(lost[first : second + 1])
            for slot, half in ((first, OPENING), (second, CLOSING)):
                leads[slot] = min(leads.get(slot, ahead), ahead)
                paired[slot] |= half
    margins = [-rival for rival in rivals]
    for slot, which in enumerate(quotes):
        if which != paired[slot]:
            odds = odds_of[slot][0 if which & OPENING else 1]
            ahead = odds - LONE_HALF_PENALTY_Q8 - lost[slot]
            leads[slot] = min(leads.get(slot, ahead), ahead)
    for slot, lead in leads.items():
        margins[slot] = lead
    return Quotations(quotes, margins, closed_by, opened_by)


def best_label(scores: Sequence[int], quotes: int) -> tuple[int, int]:
    """The label of a class with the best score, and its lead over the next of the class."""
    labels = LABELS_OF[quotes]
    ranked = [scores[label] for label in labels]
    most = max(ranked)
    best = ranked.index(most)
    del ranked[best]
    return labels[best], most - max(ranked, default=most)
