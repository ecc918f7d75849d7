"""The slot model's scores in Python's integers, for texts with few slots.

Every slot is scored by itself, on what stands around it; then pairs of slots that could enclose a
quotation. `textclean.punctuation.arrays.scoring` has a `Scorer` with the same results, for texts
with many; `textclean.punctuation.model` chooses.
"""

from __future__ import annotations

from collections.abc import Iterator

from textclean.models.hashing import hashes
from textclean.models.mlp import DenseNetwork, HashedNetwork
from textclean.punctuation.decode import PAIR_BONUS_Q8, SPLIT_WORD_PENALTY_Q8, best_label, rivals
from textclean.punctuation.features import FEATURES, line_chain, line_columns
from textclean.punctuation.pairs import UNSPACED, Odds, candidates, odds, pair_hashes, unspaced
from textclean.punctuation.slot_weights import SHARE, Networks
from textclean.punctuation.slots import Scored, Slots, slotted_lines
from textclean.punctuation.windows import tokens_of, windows
from textclean.text.words import is_word


class Scorer:
    """All networks, in Python alone."""

    def __init__(self, networks: Networks) -> None:
        self._slots = HashedNetwork(networks.slots)
        self._windows = DenseNetwork(networks.windows)
        self._tokens = tokens_of(networks.windows.characters)
        self._pairs = HashedNetwork(networks.pairs)
        lexicon = networks.lexicon
        self._usual = dict(zip(lexicon.hashes, lexicon.levels, strict=True))

    def score_marks(self, slots: Slots) -> list[tuple[int, list[int]]]:
        """Of each present mark among slots its index and its scores."""
        marks = [index for index, kind in enumerate(slots.kinds) if kind]
        return list(zip(marks, self._scores(slots, marks_only=True), strict=True))

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
        for first_space, last_space, start, end in slotted_lines(slots.text, spaces_at):
            of_line = slice(first_space, last_space)
            rows = [
                (place - start, index, odds(scores[index]))
                for place, index in zip(spaces_at[of_line], spaces[of_line], strict=True)
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
            line_pairs = list(candidates(line_places, line_odds))
            hashed = pair_hashes(line, line_places, line_odds, line_pairs, self._usual)
            for (one, two), features in zip(line_pairs, hashed, strict=True):
                no, yes = self._pairs.scores(features)
                pairs.append((first + one, first + two))
                split = sum(_split_word_penalty(line, line_places[each]) for each in (one, two))
                gains.append(yes - no + PAIR_BONUS_Q8 - split)
            lines.append((first, len(runs), before, len(pairs)))
        best = rivals(odds_of, pairs, gains)
        lines = [line for line in lines if max(best[line[0] : line[1]]) > 0]
        best_of = [best_label(each, 0) for each in scores]
        plain = [label for label, _ in best_of], [lead for _, lead in best_of]
        return Scored(scores, plain, odds_of, best, pairs, gains, lines, runs, places)

    def _scores(self, slots: Slots, *, marks_only: bool = False) -> Iterator[list[int]]:
        """The scores of all slots, or of the present marks among them, from both networks."""
        for first, last, start, end in slotted_lines(slots.text, slots.places):
            line, kinds = slots.text[start:end], slots.kinds[first:last]
            places = [place - start for place in slots.places[first:last]]
            chain = line_chain(line, places, kinds)
            columns = [*line_columns(line, places, kinds, chain)]
            contexts = [values for values, _ in columns]
            around = windows(line, places, kinds, chain, contexts, self._tokens)
            for kind, (values, applies), window in zip(kinds, columns, around, strict=True):
                if kind or not marks_only:
                    hashed = self._slots.scores(hashes(FEATURES, values, applies))
                    both = zip(hashed, self._windows.scores(window), strict=True)
                    yield [(one + other) * SHARE >> 8 for one, other in both]


def _split_word_penalty(text: str, place: int) -> int:
    """What a pair of slots loses if the one at a place of a text would split a word."""
    return SPLIT_WORD_PENALTY_Q8 if place and is_word(text[place - 1 : place + 1]) else 0
