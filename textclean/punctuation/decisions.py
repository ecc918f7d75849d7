"""What each slot of a text had been, from its scores: quotations line by line, then labels."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textclean.punctuation import decode
from textclean.punctuation.labels import EDGE, LABELS, MARKS, PRESENT_MARKS
from textclean.punctuation.slots import Scored, Slots
from textclean.punctuation.unquoted_words import plain_penalty

#: Labels of present marks.
PRESENT = [LABELS.index(mark) for mark in PRESENT_MARKS]
#: What a present mark may have been. Two dots are never what is read of a comma: a colon that is
#: none was a semicolon.
READINGS = {
    mark: [LABELS.index(each) for each in "；："] if mark == "：" else PRESENT for mark in MARKS
}


class Decision(NamedTuple):
    """What one slot had been. Margins are log-odds (`LOGIT_Q8`)."""

    #: The slot in the given text: a run of spaces and straight quotes, or one present mark.
    start: int
    end: int
    #: The present mark that is in question, "" for a run.
    mark: str
    #: One of `LABELS`; for a present mark the mark that should stand there.
    label: str
    #: By how much the class leads: whether quotes open, close, both or neither
    #: (`Quotations.margins`); for a present mark 0.
    class_margin: int
    #: By how much the label leads within its class; for a present mark, over the present one.
    label_margin: int
    #: Index of the decision that closes the quotation opened here, and of that which opened the
    #: one closed here; -1 if there is none.
    closed_by: int = -1
    opened_by: int = -1
    #: Where the quotation closed here opens, if it opens without a slot: an offset, or -1.
    opened_at: int = -1


@dataclass(frozen=True)
class Decisions:
    """The decisions on all slots of a text: columns, for most slots had no quote.

    What stands in the columns of slots that are in `quoted` or `marks` is not decided.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    #: Indices of `LABELS`.
    labels: Sequence[int]
    class_margins: Sequence[int]
    label_margins: Sequence[int]
    #: The decisions on slots that had a quote, and on present marks, by their index.
    quoted: Mapping[int, Decision]
    marks: Mapping[int, Decision]

    def rows(self, of: slice) -> Iterator[tuple[int, int, int, int, int]]:
        """The columns of some slots, slot by slot."""
        return zip(
            self.starts[of], self.ends[of], self.labels[of], self.class_margins[of],
            self.label_margins[of], strict=True,
        )  # fmt: skip

    def in_order(self) -> list[Decision]:
        """The decisions one by one, in order of place."""
        others = {**self.quoted, **self.marks}
        return [
            others.get(index) or Decision(start, end, "", LABELS[label], by_class, by_label)
            for index, (start, end, label, by_class, by_label) in enumerate(self.rows(slice(None)))
        ]


def decide_slots(text: str, slots: Slots, scored: Scored) -> Decisions:
    """The decisions on the slots of a text, from their scores."""
    runs = scored.runs
    margins: list[int] = [0] * len(slots.kinds)
    for index, rival in zip(runs, scored.rivals, strict=True):
        if index >= 0:
            margins[index] = -rival
    quoted: dict[int, Decision] = {}
    squeezed, places = slots.text, scored.places
    odds_of, best, lines = scored.odds_of, scored.rivals, scored.lines
    if ("“" in squeezed or "”" in squeezed) and (
        halves := decode.other_halves(squeezed, places, odds_of)
    ):
        odds_of, best, lines = _with_other_halves(squeezed, scored, halves)

    def penalty(one: int, two: int) -> int:
        return plain_penalty(squeezed[places[one] : places[two]])

    chosen = decode.choose_quotations(odds_of, scored.pairs, scored.gains, best, lines, penalty)
    for first, last, _, _ in lines:
        for run in range(first, last):
            index = runs[run]
            if index < 0:
                continue
            margins[index] = chosen.margins[run]
            if quotes := chosen.quotes[run]:
                closed_by, opened_by = chosen.closed_by[run], chosen.opened_by[run]
                unspaced = opened_by >= 0 and runs[opened_by] < 0
                label, lead = decode.best_label(scored.scores[index], quotes)
                quoted[index] = Decision(
                    slots.starts[index], slots.ends[index], "", LABELS[label], margins[index], lead,
                    runs[closed_by] if closed_by >= 0 else -1,
                    runs[opened_by] if opened_by >= 0 else -1,
                    slots.offset(places[opened_by]) if unspaced else -1,
                )  # fmt: skip
    marks = {
        index: decide_mark(text, slots, index, scored.scores[index])
        for index, kind in enumerate(slots.kinds)
        if kind
    }
    return Decisions(
        slots.starts, slots.ends, scored.plain[0], margins, scored.plain[1], quoted, marks
    )


def decide_mark(text: str, slots: Slots, index: int, scores: Sequence[int]) -> Decision:
    """The decision on a present mark, and its lead over the mark that is there.

    Args:
        index: of its slot.
        scores: of its labels.
    """
    start, end = slots.starts[index], slots.ends[index]
    shown = MARKS[slots.kinds[index] - 1]
    label = max(READINGS[shown], key=scores.__getitem__)
    lead = scores[label] - scores[LABELS.index(shown)]
    return Decision(start, end, text[start:end], LABELS[label], 0, lead)


def _with_other_halves(
    text: str, scored: Scored, halves: Mapping[int, tuple[int, int]]
) -> tuple[list[tuple[int, int]], list[int], list[tuple[int, int, int, int]]]:
    """The odds of all runs, what would make quotes of them, and the lines to be decided, with those
    runs that may have lost the other halves of printed quotes (`decode.other_halves`).
    """
    odds_of, best = [*scored.odds_of], [*scored.rivals]
    lines = {line[0]: line for line in scored.lines}
    for run, each in halves.items():
        odds_of[run] = each
        best[run] = max(best[run], max(each) - decode.LONE_HALF_PENALTY_Q8)
    places = scored.places
    starts = [*lines]
    last = 0
    for run in sorted(halves):
        line = bisect_right(starts, run) - 1
        if run < last or (line >= 0 and run < lines[starts[line]][1]):
            continue
        start = text.rfind(EDGE, 0, places[run]) + 1
        first = bisect_left(places, start)
        last = bisect_right(places, text.index(EDGE, places[run]))
        lines[first] = first, last, 0, 0
    return odds_of, best, sorted(lines.values())
