"""A second opinion on quotes without their other half: what the slot model makes of each way.

The model of `quote_model` learnt from some hundred thousand damaged quotations. The slot model has
read far more prose, and knows what stands where a quote was. It is asked as if the lone mark and
the one proposed had both been lost: how likely a quote is at either place, and how likely both are
a pair. A log-linear sum of the two opinions ranks the likeliest ways again; its few weights are
fitted by ``python -m tools.training quote-reranker``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, chain
from math import exp, log
from typing import NamedTuple

from textclean.models.mlp import LOGIT_Q8
from textclean.punctuation.labels import FOLDING
from textclean.punctuation.model import score
from textclean.punctuation.quote_defects import Defect, Paragraph
from textclean.punctuation.quote_model import Scored, rank
from textclean.punctuation.quote_repairs import Action, Candidate
from textclean.punctuation.slots import Slots

#: Confidence of the first opinion from which a change is proposed. Turned marks, which are proposed
#: as safe, were without an error from here on held-out text; marks to be deleted are the hardest to
#: tell. Where there is a second opinion it must be sure, or agree and not be too unsure.
LIKELY = {
    Action.INSERT_OPENING: 0.7,
    Action.INSERT_CLOSING: 0.7,
    Action.DELETE: 0.8,
    Action.FLIP: 0.98,
}
LIKELY_BY_BOTH, AGREEING = 0.8, 0.6
#: So sure the first opinion needs no second.
SURE = 0.9
#: Places for the missing half that are asked about.
MOST = 8
#: What each of `features` weighs, in nats.
WEIGHTS = (0.86, 0.26, 0.05, -0.07, -0.27, -0.21, 0.09, 0.40, -1.25, -0.38, -0.65, 0.04, 0.03)
_LEAST, _FURTHEST, _MOST_ODDS, _MOST_GAIN = 1e-6, -8.0, 4.0, 9.0


class Opinion(NamedTuple):
    """What the slot model says of one way, in nats."""

    #: Of the quote that would come, and of the lone one (or of the one that would go).
    proposed: float
    lone: float
    #: What the two gain as a pair; None if they are none that it would look at.
    gain: float | None


class Judged(NamedTuple):
    """The ways to mend a defect, the likeliest first, and whether that one is to be proposed."""

    ranked: list[Scored]
    likely: bool


def judge(
    paragraph: Paragraph, defect: Defect, known: frozenset[str], *, second: bool = True
) -> Judged:
    """What mends a defect, by both opinions.

    Args:
        second: whether to ask for the second opinion where the first is not sure.
    """
    first = rank(paragraph, defect, known)
    best, confidence = first[0]
    likely = confidence >= LIKELY[best.action]
    if not second or confidence >= SURE or best.action is Action.FLIP:
        return Judged(first, likely)
    ranked = _weigh(paragraph, defect, first)
    agreeing = likely and ranked[0].candidate == best
    return Judged(ranked, ranked[0].confidence >= (AGREEING if agreeing else LIKELY_BY_BOTH))


def _weigh(paragraph: Paragraph, defect: Defect, ranked: Sequence[Scored]) -> list[Scored]:
    """The likeliest candidates, ranked by both opinions."""
    asked = shortlist(ranked)
    rows = features(asked, opinions(paragraph, defect, asked), defect)
    logits = [sum(map(float.__mul__, WEIGHTS, row)) for row in rows]
    top = max(logits)
    shares = [exp(logit - top) for logit in logits]
    # Marks turned round keep their share, and are not proposed: they are for the first opinion.
    turned = [scored for scored in ranked if scored.candidate.action is Action.FLIP]
    scale = (1 - sum(scored.confidence for scored in turned)) / sum(shares)
    weighed = [
        Scored(scored.candidate, share * scale) for scored, share in zip(asked, shares, strict=True)
    ]
    return sorted(weighed, key=lambda scored: -scored.confidence) + turned


def shortlist(ranked: Sequence[Scored]) -> list[Scored]:
    """The likeliest places for the missing half, and the marks that may be taken out."""
    places = [scored for scored in ranked if _inserts(scored.candidate)][:MOST]
    return places + [scored for scored in ranked if scored.candidate.action is Action.DELETE]


def features(asked: Sequence[Scored], said: Sequence[Opinion], defect: Defect) -> list[list[float]]:
    """What `WEIGHTS` weigh of each candidate."""
    best = max(
        (
            opinion.proposed
            for scored, opinion in zip(asked, said, strict=True)
            if _inserts(scored.candidate)
        ),
        default=_FURTHEST,
    )
    rows = []
    for (candidate, confidence), (proposed, lone, gain) in zip(asked, said, strict=True):
        first = log(max(confidence, _LEAST))
        odds = [*_halves(proposed, _MOST_ODDS), *_halves(lone, _MOST_ODDS)]
        if _inserts(candidate):
            pair = [1.0, 0.0, 0.0] if gain is None else [0.0, *_halves(gain, _MOST_GAIN)]
            rows.append([first, *odds, *pair, 0.0, 0.0, 0.0, 0.0, 0.0])
        else:
            neighbour = float(candidate.quote != defect.quote)
            going = [1.0, *_halves(lone, _MOST_ODDS), neighbour, _halves(best, 0.0)[0]]
            rows.append([first, *[0.0] * 7, *going])
    return rows


def _halves(value: float, most: float) -> tuple[float, float]:
    """A value's part below nought and its part above, within bounds."""
    return max(_FURTHEST, min(value, 0.0)), max(0.0, min(value, most))


def _inserts(candidate: Candidate) -> bool:
    return candidate.action in (Action.INSERT_OPENING, Action.INSERT_CLOSING)


def opinions(paragraph: Paragraph, defect: Defect, asked: Sequence[Scored]) -> list[Opinion]:
    """What the slot model says of each candidate."""
    lone = paragraph.quotes[defect.quote]
    lines = []
    for candidate, _ in asked:
        if _inserts(candidate):
            gaps = sorted((candidate.gap, lone.gap))
            lines.append(_line(paragraph, defect.quote, gaps))
        else:
            lines.append(_line(paragraph, candidate.quote, [candidate.gap]))
    scored_lines = score_lines(tuple(lines))
    said = []
    for (candidate, _), (odds_of, gain) in zip(asked, scored_lines, strict=True):
        if not _inserts(candidate):
            going = _odds(odds_of[0], opens=paragraph.quotes[candidate.quote].opens)
            said.append(Opinion(0.0, going, None))
        else:
            opening, closing = _odds(odds_of[0], opens=True), _odds(odds_of[-1], opens=False)
            proposed, there = (closing, opening) if lone.opens else (opening, closing)
            said.append(Opinion(proposed, there, gain))
    return said


def _odds(odds: tuple[int, int], *, opens: bool) -> float:
    return odds[0 if opens else 1] / LOGIT_Q8


class Line(NamedTuple):
    """A squeezed line in which some quotes were lost."""

    text: str
    places: tuple[int, ...]


def _line(paragraph: Paragraph, without: int, gaps: Sequence[int]) -> Line:
    """The paragraph's line without one of its quotes, and the places of gaps, ascending."""
    bare = paragraph.bare
    # At one gap what was lost stands behind a closing mark and before an opening one.
    events = [
        (quote.gap, 2, "“") if quote.opens else (quote.gap, 0, "”")
        for number, quote in enumerate(paragraph.quotes)
        if number != without
    ]
    events += [(gap, 1, "") for gap in gaps]
    pieces: list[str] = []
    places: dict[int, int] = {}
    length = done = 0
    for gap, _, mark in sorted(events):
        pieces += (bare[done:gap], mark)
        length += gap - done + len(mark)
        done = gap
        if not mark:
            places[gap] = length
    pieces.append(bare[done:])
    return Line("".join(pieces).translate(FOLDING), tuple(places[gap] for gap in gaps))


@lru_cache(maxsize=256)
def score_lines(lines: tuple[Line, ...]) -> list[tuple[list[tuple[int, int]], float | None]]:
    """Of each line the odds of its places, and what the first and the last gain as a pair."""
    starts = accumulate((len(line.text) + 1 for line in lines), initial=0)
    placed = zip(starts, lines, strict=False)  # the last start is where the text ends
    of_lines = [[start + at for at in line.places] for start, line in placed]
    places = [*chain.from_iterable(of_lines)]
    nowhere = [0] * len(places)
    text = "".join(line.text + "\n" for line in lines)
    scored = score(Slots(text, places, nowhere, nowhere, nowhere))
    odds_at = dict(zip(scored.places, scored.odds_of, strict=True))
    gains = {
        (scored.places[one], scored.places[two]): gain / LOGIT_Q8
        for (one, two), gain in zip(scored.pairs, scored.gains, strict=True)
    }
    return [([odds_at[at] for at in own], gains.get((own[0], own[-1]))) for own in of_lines]
