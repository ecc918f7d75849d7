"""The slot model at work: what each slot of a text had been, and how sure that is.

Three steps. Every slot is scored by itself, on what stands around it; pairs of slots that could
enclose a quotation are scored; and over each line the best set of quotations is chosen, then each
slot's label within what that leaves. Texts with few slots are scored in Python alone; with many,
and numpy at hand, in arrays. Numbers are integers, so both come to the same.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.util import find_spec
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from textclean.models.dense import DenseNetwork
from textclean.models.hashing import hashes
from textclean.models.mlp import Network
from textclean.punctuation.decode import (
    BONUS,
    LONE,
    SPLIT,
    best_label,
    choose_in_company,
    mates,
    rivals,
)
from textclean.punctuation.features import FEATURES, line_chain, line_columns
from textclean.punctuation.labels import EDGE, LABELS, MARKS, PRESENT_MARKS
from textclean.punctuation.pairs import (
    UNSPACED,
    Odds,
    candidates,
    odds,
    pair_hashes,
    unspaced,
)
from textclean.punctuation.slot_weights import SHARE, Networks, shipped
from textclean.punctuation.slots import Slots, find_slots
from textclean.punctuation.unquoted_words import plain_penalty
from textclean.punctuation.windows import windows
from textclean.text.words import is_word

if TYPE_CHECKING:
    from textclean.punctuation.arrays.model import BulkModel
    from textclean.punctuation.bulk_decode import Decided

#: From so many slots on, loading numpy is worth the time; if it is loaded, from so many on.
MANY, MANY_LOADED = 2_000, 100
#: A text of so many characters has its slots found in arrays, if numpy is loaded.
LONG = 2_000
#: Labels of present marks.
PRESENT = [LABELS.index(mark) for mark in PRESENT_MARKS]
#: What a present mark may have been. Two dots are never what is read of a comma: a colon that is
#: none was a semicolon.
MAY_BE = {
    mark: [LABELS.index(each) for each in "；："] if mark == "：" else PRESENT for mark in MARKS
}


class Decision(NamedTuple):
    """What one slot had been. Margins are in `weights.UNIT`s: 256 to a nat of odds."""

    #: The slot in the given text: a run of spaces and straight quotes, or one present mark.
    start: int
    end: int
    #: The present mark that is in question, "" for a run.
    mark: str
    #: One of `LABELS`; for a present mark the mark that should stand there.
    label: str
    #: By how much the class leads: whether quotes open, close, both or neither (`Choice.margin`);
    #: for a present mark 0.
    class_margin: int
    #: By how much the label leads within its class; for a present mark, over the present one.
    label_margin: int
    #: Index of the decision that closes the quotation opened here, and of that which opened the
    #: one closed here; -1 if there is none.
    closed_by: int = -1
    opened_by: int = -1
    #: Where the quotation closed here opens, if it opens without a slot: an offset, or -1.
    opened_at: int = -1


def decide(text: str, *, marks: bool = False) -> list[Decision]:
    """What every slot of a text had been, in order of place.

    Args:
        text: lines are the model's paragraphs: join wrapped lines before.
        marks: whether present pause marks are judged as well.

    Raises:
        WeightsError: the shipped weights are damaged.
    """
    slots = _slots_of(text, marks=marks)
    if not slots.places:
        return []
    return _model(slots).decide(text, slots)


def decide_in_arrays(text: str) -> tuple[Slots, Decided] | None:
    """What `decide` decides, as columns; None for texts that it does not decide in arrays."""
    if "numpy" not in sys.modules and len(text) < 2 * MANY:
        return None
    slots = _slots_of(text, marks=False)
    return (slots, _bulk_model().decided(slots)) if _are_many(slots) else None


def score(slots: Slots) -> Scored:
    """What the networks make of slots found by others, before any decision.

    Raises:
        WeightsError: the shipped weights are damaged.
    """
    return _model(slots).score(slots)


def misread_marks(text: str, least: int) -> list[Decision]:
    """The present marks that should be others, by `least` (`label_margin`) or more.

    They are what `decide` finds with `marks`; but runs of spaces are not decided for that.
    """
    slots = _slots_of(text, marks=True)
    if not any(slots.kinds):
        return []
    ranked = _model(slots).rank(slots)
    return [
        _mark_decision(text, slots, index, label, lead)
        for index, label, lead in ranked
        if lead >= least and LABELS[label] != MARKS[slots.kinds[index] - 1]
    ]


@dataclass(frozen=True)
class Scored:
    """A text's slots with what the networks make of them."""

    #: Of each slot, a score for each label.
    scores: Sequence[Sequence[int]]
    #: Of each slot the best label that is no quote; and of each, its lead over the next of those.
    plain: tuple[Sequence[int], Sequence[int]]
    #: Of each run of spaces, unspaced slots among them, in order; and the best of what would make a
    #: quote of it.
    odds_of: Sequence[tuple[int, int]]
    rivals: Sequence[int]
    #: Pairs of runs of one line, as indices of runs, and what each gains (`BONUS` included).
    pairs: Sequence[tuple[int, int]]
    gains: Sequence[int]
    #: Lines in which something gains: their runs and pairs, as ranges.
    lines: Sequence[tuple[int, int, int, int]]
    #: Of each run the index of its slot, -1 for unspaced ones; and its place.
    runs: Sequence[int]
    places: Sequence[int]


class Model:
    """Both networks, in Python alone."""

    def __init__(self, networks: Networks) -> None:
        self._slots = Network(networks.slots)
        self._windows = DenseNetwork(networks.windows)
        self._pairs = Network(networks.pairs)
        lexicon = networks.lexicon
        self._usual = dict(zip(lexicon.hashes, lexicon.levels, strict=True))

    def decide(self, text: str, slots: Slots) -> list[Decision]:
        """The decisions on slots found in a text."""
        scored = self.score(slots)
        return decisions(text, slots, scored)

    def rank(self, slots: Slots) -> Iterator[tuple[int, int, int]]:
        """Of each present mark among slots its index, and `best_mark`."""
        for index, (scores, kind) in enumerate(zip(self._scores(slots), slots.kinds, strict=True)):
            if kind:
                yield index, *best_mark(scores, kind)

    def score(self, slots: Slots) -> Scored:
        """Score slots, and pairs of them."""
        scores = [*self._scores(slots)]
        odds_of: list[Odds] = []
        runs: list[int] = []
        places: list[int] = []
        pairs: list[tuple[int, int]] = []
        gains: list[int] = []
        lines: list[tuple[int, int, int, int]] = []
        spaces = [index for index, kind in enumerate(slots.kinds) if not kind]
        spaces_at = [slots.places[index] for index in spaces]
        for one, end_of, start, end in run_lines(slots.text, spaces_at):
            rows = [
                (place - start, index, odds(scores[index]))
                for place, index in zip(spaces_at[one:end_of], spaces[one:end_of], strict=True)
            ]
            line = slots.text[start:end]
            opening = unspaced(line, [row[0] for row in rows], [row[2] for row in rows])
            rows += [(place, -1, Odds(UNSPACED, UNSPACED)) for place in opening]
            rows.sort()
            line_places, line_odds = [row[0] for row in rows], [row[2] for row in rows]
            first, before = len(runs), len(pairs)
            runs += [row[1] for row in rows]
            places += [place + start for place in line_places]
            odds_of += line_odds
            found = list(candidates(line_places, line_odds))
            hashed = pair_hashes(line, line_places, line_odds, found, self._usual)
            for (one, two), features in zip(found, hashed, strict=True):
                no, yes = self._pairs.scores(features)
                pairs.append((first + one, first + two))
                gains.append(
                    yes
                    - no
                    + BONUS
                    - split_word(line, line_places[one])
                    - split_word(line, line_places[two])
                )
            lines.append((first, len(runs), before, len(pairs)))
        best = rivals(odds_of, pairs, gains)
        lines = [line for line in lines if max(best[line[0] : line[1]]) > 0]
        best_of = [best_label(each, 0) for each in scores]
        plain = [label for label, _ in best_of], [lead for _, lead in best_of]
        return Scored(scores, plain, odds_of, best, pairs, gains, lines, runs, places)

    def _scores(self, slots: Slots) -> Iterator[list[int]]:
        """The scores of all slots."""
        for first, last, start, end in run_lines(slots.text, slots.places):
            yield from self._line_scores(
                slots.text[start:end],
                [place - start for place in slots.places[first:last]],
                slots.kinds[first:last],
            )

    def _line_scores(
        self, line: str, places: Sequence[int], kinds: Sequence[int]
    ) -> Iterator[list[int]]:
        """The scores of a line's slots, from both networks."""
        chain = line_chain(line, places, kinds)
        columns = [*line_columns(line, places, kinds, chain)]
        contexts = [values for values, _ in columns]
        around = windows(line, places, kinds, chain, contexts, self._windows.tokens)
        for (values, applies), window in zip(columns, around, strict=True):
            hashed = self._slots.scores(hashes(FEATURES, values, applies))
            dense = self._windows.scores(window)
            yield [(one + other) * SHARE >> 8 for one, other in zip(hashed, dense, strict=True)]


def split_word(text: str, place: int) -> int:
    """What a pair of slots loses if the one at a place of a text would split a word."""
    return SPLIT if place and is_word(text[place - 1 : place + 1]) else 0


def run_lines(text: str, places: Sequence[int]) -> Iterator[tuple[int, int, int, int]]:
    """Lines of squeezed text that hold slots: indices of the first and beyond the last slot, and
    the line's start and end.
    """
    first = 0
    while first < len(places):
        start = text.rfind(EDGE, 0, places[first]) + 1
        end = text.index(EDGE, places[first])
        last = first + 1
        while last < len(places) and places[last] < end:
            last += 1
        yield first, last, start, end
        first = last


def decisions(text: str, slots: Slots, scored: Scored) -> list[Decision]:
    """Choose quotations line by line, then each slot's label."""
    runs = scored.runs
    margins: list[int] = [0] * len(slots.kinds)
    for index, rival in zip(runs, scored.rivals, strict=True):
        if index >= 0:
            margins[index] = -rival
    other: dict[int, Decision] = {}
    text_of, places = slots.text, scored.places
    odds_of, best, lines = scored.odds_of, scored.rivals, scored.lines
    if ("“" in text_of or "”" in text_of) and (mated := mates(text_of, places, odds_of)):
        odds_of, best, lines = _with_mates(text_of, scored, mated)
    for first, last, first_pair, last_pair in lines:
        pairs = scored.pairs[first_pair:last_pair]
        chosen = choose_in_company(
            odds_of[first:last],
            [(one - first, two - first) for one, two in pairs],
            scored.gains[first_pair:last_pair],
            best[first:last],
            [plain_penalty(text_of[places[one] : places[two]]) for one, two in pairs],
        )
        for run, (quotes, margin, closed_by, opened_by) in enumerate(
            zip(*chosen, strict=True), first
        ):
            if (index := runs[run]) < 0:
                continue
            margins[index] = margin
            if quotes:
                opening = first + opened_by
                unspaced = opened_by >= 0 and runs[opening] < 0
                label, lead = best_label(scored.scores[index], quotes)
                other[index] = Decision(
                    slots.starts[index],
                    slots.ends[index],
                    "",
                    LABELS[label],
                    margin,
                    lead,
                    runs[first + closed_by] if closed_by >= 0 else -1,
                    runs[opening] if opened_by >= 0 else -1,
                    slots.offset(scored.places[opening]) if unspaced else -1,
                )
    if any(slots.kinds):
        for index, kind in enumerate(slots.kinds):
            if kind:
                label, lead = best_mark(scored.scores[index], kind)
                other[index] = _mark_decision(text, slots, index, label, lead)
    labels, leads = scored.plain
    nothing = repeat(-1)
    columns = (
        slots.starts, slots.ends, repeat(""), map(LABELS.__getitem__, labels), margins, leads,
        nothing, nothing, nothing,
    )  # fmt: skip
    # They are very many: the class's own constructor is Python's code, that of tuples is not.
    found = list(map(partial(tuple.__new__, Decision), zip(*columns, strict=False)))
    for index, decision in other.items():
        found[index] = decision
    return found


def _with_mates(
    text: str, scored: Scored, mated: Mapping[int, tuple[int, int]]
) -> tuple[list[tuple[int, int]], list[int], list[tuple[int, int, int, int]]]:
    """The odds of all runs, what would make quotes of them, and the lines to be decided, with those
    that may have lost the other halves of printed quotes (`mates`).
    """
    odds_of, best = [*scored.odds_of], [*scored.rivals]
    lines = {line[0]: line for line in scored.lines}
    for run, each in mated.items():
        odds_of[run] = each
        best[run] = max(best[run], max(each) - LONE)
    places = scored.places
    known = [*lines]
    for run in mated:
        line = bisect_right(known, run) - 1
        if line >= 0 and run < lines[known[line]][1]:
            continue
        start = text.rfind(EDGE, 0, places[run]) + 1
        first = bisect_left(places, start)
        last = bisect_right(places, text.index(EDGE, places[run]))
        lines[first] = first, last, 0, 0
    return odds_of, best, sorted(lines.values())


def best_mark(scores: Sequence[int], kind: int) -> tuple[int, int]:
    """The label that should stand for a present mark, and its lead over that mark."""
    shown = MARKS[kind - 1]
    label = max(MAY_BE[shown], key=scores.__getitem__)
    return label, scores[label] - scores[LABELS.index(shown)]


def _mark_decision(text: str, slots: Slots, index: int, label: int, lead: int) -> Decision:
    start, end = slots.starts[index], slots.ends[index]
    return Decision(start, end, text[start:end], LABELS[label], 0, lead)


def _slots_of(text: str, *, marks: bool) -> Slots:
    if "numpy" in sys.modules and len(text) >= LONG:
        from textclean.punctuation.arrays.slots import find_slots as in_arrays

        return in_arrays(text, marks=marks)
    return find_slots(text, marks=marks)


def _model(slots: Slots) -> Model | BulkModel:
    return _bulk_model() if _are_many(slots) else _small_model()


def _are_many(slots: Slots) -> bool:
    """Whether slots are so many that arrays are worth their while, and can be had."""
    loaded = "numpy" in sys.modules
    if len(slots.places) < (MANY_LOADED if loaded else MANY):
        return False
    return loaded or find_spec("numpy") is not None


@cache
def _small_model() -> Model:
    return Model(shipped())


@cache
def _bulk_model() -> BulkModel:
    from textclean.punctuation.arrays.model import BulkModel

    return BulkModel(shipped())
