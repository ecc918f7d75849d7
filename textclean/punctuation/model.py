"""The slot model at work: what each slot of a text had been, and how sure that is.

Three steps. Every slot is scored by itself, on what stands around it; pairs of slots that could
enclose a quotation are scored; and over each line the best set of quotations is chosen, then each
slot's label within what that leaves. Texts with few slots are scored in Python alone; with many,
and numpy at hand, in arrays. Numbers are integers, so both come to the same.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from textclean.punctuation.alphabet import EDGE, LABELS, MARKS, PRESENT_MARKS
from textclean.punctuation.decode import (
    BONUS,
    SPLIT,
    best_label,
    choose_quotes,
    count_pairs,
    habit,
    rivals,
)
from textclean.punctuation.dense import DenseNetwork
from textclean.punctuation.features import FEATURES, line_chain, line_columns
from textclean.punctuation.hashing import hashes
from textclean.punctuation.network import Network
from textclean.punctuation.pairs import (
    UNSPACED,
    Odds,
    candidates,
    odds,
    pair_hashes,
    unspaced,
)
from textclean.punctuation.plain import plain_penalty
from textclean.punctuation.slots import Slots, find_slots
from textclean.punctuation.weights import SHARE, Networks, shipped
from textclean.punctuation.windows import windows
from textclean.text.words import is_word

if TYPE_CHECKING:
    from textclean.punctuation.bulk_model import BulkModel

#: From so many slots on, loading numpy is worth the time; if it is loaded, from so many on.
MANY, MANY_LOADED = 2_000, 100
_PRESENT = [LABELS.index(mark) for mark in PRESENT_MARKS]
#: What a present mark may have been. Two dots are never what is read of a comma: a colon that is
#: none was a semicolon.
_MAY_BE = {
    mark: [LABELS.index(each) for each in "；："] if mark == "：" else _PRESENT for mark in MARKS
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
    slots = find_slots(text, marks=marks)
    if not slots.places:
        return []
    return _model(len(slots.places)).decide(text, slots)


def score(slots: Slots) -> Scored:
    """What the networks make of slots found by others, before any decision.

    Raises:
        WeightsError: the shipped weights are damaged.
    """
    return _model(len(slots.places)).score(slots)


@dataclass(frozen=True)
class Scored:
    """A text's slots with what the networks make of them."""

    #: Of each slot, a score for each label.
    scores: Sequence[Sequence[int]]
    #: Of each slot, the best label that is no quote, and its lead over the next of those.
    plain: Sequence[tuple[int, int]]
    #: Of each run of spaces, unspaced slots among them, in order; and the best of what would make a
    #: quote of it.
    odds_of: Sequence[Odds]
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

    def score(self, slots: Slots) -> Scored:
        """Score slots, and pairs of them."""
        scores = [
            scores
            for first, last, start, end in run_lines(slots.text, slots.places)
            for scores in self._line_scores(
                slots.text[start:end],
                [place - start for place in slots.places[first:last]],
                slots.kinds[first:last],
            )
        ]
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
                    yes - no + BONUS - split_words(line, line_places[one], line_places[two])
                )
            lines.append((first, len(runs), before, len(pairs)))
        best = rivals(odds_of, pairs, gains)
        lines = [line for line in lines if max(best[line[0] : line[1]]) > 0]
        plain = [best_label(each, 0) for each in scores]
        return Scored(scores, plain, odds_of, best, pairs, gains, lines, runs, places)

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


def split_words(text: str, *places: int) -> int:
    """What a pair of slots at places of a text loses for the words that it would split."""
    return SPLIT * sum(is_word(text[max(0, place - 1) : place + 1]) for place in places)


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
    found = [
        Decision(start, end, "", LABELS[label], margin, lead)
        for start, end, margin, (label, lead) in zip(
            slots.starts, slots.ends, margins, scored.plain, strict=True
        )
    ]
    for index, kind in enumerate(slots.kinds) if any(slots.kinds) else ():
        if kind:
            scores = scored.scores[index]
            shown = MARKS[kind - 1]
            label = max(_MAY_BE[shown], key=scores.__getitem__)
            lead = int(scores[label] - scores[LABELS.index(shown)])
            mark = text[slots.starts[index] : slots.ends[index]]
            found[index] = found[index]._replace(
                mark=mark, label=LABELS[label], class_margin=0, label_margin=lead
            )
    for first, last, first_pair, last_pair in scored.lines:
        odds_of = scored.odds_of[first:last]
        pairs = [(one - first, two - first) for one, two in scored.pairs[first_pair:last_pair]]
        gains = scored.gains[first_pair:last_pair]
        best = scored.rivals[first:last]
        more = habit(count_pairs(odds_of, pairs, gains), last - first)
        places = scored.places[first:last]
        plain = [plain_penalty(slots.text[places[one] : places[two]]) for one, two in pairs]
        if changed := more or any(plain):
            gains = [gain + more - less for gain, less in zip(gains, plain, strict=True)]
            best = rivals(odds_of, pairs, gains)
        chosen = choose_quotes(odds_of, pairs, gains, best)
        if changed:
            for index, choice in zip(runs[first:last], chosen, strict=True):
                if index >= 0:
                    found[index] = found[index]._replace(class_margin=choice.margin)
        for run, choice in enumerate(chosen, first):
            if choice.quotes and (index := runs[run]) >= 0:
                opened_by = first + choice.opened_by if choice.opened_by >= 0 else -1
                unspaced_opening = opened_by >= 0 and runs[opened_by] < 0
                label, lead = best_label(scored.scores[index], choice.quotes)
                found[index] = Decision(
                    slots.starts[index],
                    slots.ends[index],
                    "",
                    LABELS[label],
                    choice.margin,
                    lead,
                    runs[first + choice.closed_by] if choice.closed_by >= 0 else -1,
                    runs[opened_by] if opened_by >= 0 else -1,
                    slots.offset(scored.places[opened_by]) if unspaced_opening else -1,
                )
    return found


def _model(slots: int) -> Model | BulkModel:
    loaded = "numpy" in sys.modules
    if slots < (MANY_LOADED if loaded else MANY) or not (loaded or find_spec("numpy")):
        return _small_model()
    return _bulk_model()


@cache
def _small_model() -> Model:
    return Model(shipped())


@cache
def _bulk_model() -> BulkModel:
    from textclean.punctuation.bulk_model import BulkModel

    return BulkModel(shipped())
