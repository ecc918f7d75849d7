"""Which change mends a quotation: a log-linear model over the candidates of `quote_repairs`.

Every candidate is one or two pieces (the quotation it makes, the one it leaves, the mark it takes
out), each scored by the integer weights of hashed features: n-grams around both ends, what the
quoted words are and how long, the pauses inside, the neighbouring marks, a space where the mark
would stand, whether the text quotes the same words elsewhere. The softmax over the candidates of a
defect is its confidence; ``python -m tools.training quotes`` trains the weights.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from functools import lru_cache
from typing import NamedTuple

from textclean.models.hashing import FNV_PRIME, MASK
from textclean.models.linear import SCALE, Model, Templates, softmax
from textclean.punctuation.quote_defects import Defect, Paragraph
from textclean.punctuation.quote_repairs import Candidate, Piece, candidates

MODEL = Model("quotes", b"TCQUOTES", 1)

#: What stands for a character beyond an end of the paragraph, or beyond the quotation's other mark.
EDGE, MARK = 10, 34
_COMMA, _DUN, _COLON, _STOP, _SEMICOLON, _EXCLAMATION, _QUESTION, _ELLIPSIS = map(
    ord, "，、：。；！？…"
)
WINDOW = 26

# Fields of a window. Four characters each: before the opening mark (nearest first), behind it,
# before the closing mark (nearest first), behind it.
_B, _I, _E, _A = 0, 4, 8, 12
_LENGTH, _PAUSES, _CONTENT, _ROLE, _KNOWN, _SPACED, _BEFORE, _BEHIND, _PLACE, _FULL = range(16, 26)

TEMPLATES = Templates.numbered(
    2,
    (_B,), (_B, _B + 1), (_B, _B + 1, _B + 2), (_I,), (_I, _I + 1), (_I, _I + 1, _I + 2),
    (_I, _I + 1, _I + 2, _I + 3), (_B, _I), (_B, _B + 1, _I), (_B, _I, _I + 1),
    (_B, _B + 1, _I, _I + 1), (_B, _B + 1, _B + 2, _I), (_B, _I, _I + 1, _I + 2),
    (_E,), (_E, _E + 1), (_E, _E + 1, _E + 2), (_E, _E + 1, _E + 2, _E + 3), (_A,), (_A, _A + 1),
    (_A, _A + 1, _A + 2), (_E, _A), (_E, _E + 1, _A), (_E, _A, _A + 1), (_E, _E + 1, _A, _A + 1),
    (_E, _E + 1, _E + 2, _A), (_E, _A, _A + 1, _A + 2),
    (_LENGTH,), (_PAUSES,), (_LENGTH, _PAUSES), (_CONTENT,), (_CONTENT, _B), (_CONTENT, _A),
    (_I, _E), (_I, _I + 1, _E, _E + 1), (_B, _A), (_B, _B + 1, _A), (_B, _A, _A + 1),
    (_LENGTH, _B), (_LENGTH, _A), (_LENGTH, _E, _A), (_LENGTH, _A, _A + 1), (_LENGTH, _B, _B + 1),
    (_PAUSES, _B), (_PAUSES, _A), (_PAUSES, _E, _A), (_PAUSES, _B, _A), (_B, _I, _E, _A),
    (_ROLE,), (_ROLE, _LENGTH), (_ROLE, _KNOWN), (_KNOWN, _LENGTH), (_ROLE, _SPACED),
    (_BEFORE,), (_BEHIND,), (_BEFORE, _B), (_BEHIND, _A), (_BEFORE, _BEHIND), (_PLACE,),
    (_PLACE, _LENGTH), (_ROLE, _PLACE), (_ROLE, _PAUSES), (_ROLE, _FULL), (_FULL, _PAUSES, _LENGTH),
)  # fmt: skip

#: By the role of a piece: marks that are taken out share no feature with quotations.
BASES = (0, 0, 0, 1, 0, 1, 1)


def fill_window(
    codes: Sequence[int],
    size: int,
    role: int,
    opening: int,
    closing: int,
    before: int,
    behind: int,
    known: int,
    spaced: int,
    window: MutableSequence[int],
) -> None:
    """Describe one piece; plain enough for numba to compile.

    Args:
        codes: the bare paragraph's code points, of which `size` are its own.
        window: takes `WINDOW` fields.
    """
    lone = opening == closing
    beyond = EDGE if lone else MARK
    for k in range(4):
        at = opening - 1 - k
        window[_B + k] = codes[at] if at >= 0 else EDGE
        at = opening + k
        window[_I + k] = codes[at] if at < size and (lone or at < closing) else beyond
        at = closing - 1 - k
        window[_E + k] = codes[at] if at >= 0 and (lone or at >= opening) else beyond
        at = closing + k
        window[_A + k] = codes[at] if at < size else EDGE
    length = closing - opening
    bucket = length
    if length > 12:
        bucket = 13 + (length > 15) + (length > 19) + (length > 25) + (length > 35)
        bucket += (length > 50) + (length > 80) + (length > 150)
    commas = stops = duns = 0
    content = 0
    for at in range(opening, closing):
        code = codes[at]
        if code == _COMMA:
            commas += 1
        elif code == _DUN:
            duns += 1
        elif code in (_STOP, _SEMICOLON, _EXCLAMATION, _QUESTION):
            stops += 1
        if length <= 12:
            content = (content ^ code) * FNV_PRIME + 1 & MASK
    window[_LENGTH] = bucket
    window[_PAUSES] = min(commas, 3) * 16 + min(stops, 3) * 4 + min(duns, 3)
    window[_CONTENT] = content
    window[_ROLE] = role
    window[_KNOWN] = known
    window[_SPACED] = spaced
    window[_BEFORE] = min(opening - before, 15) if before >= 0 else 16
    window[_BEHIND] = min(behind - closing, 15) if behind >= 0 else 16
    window[_PLACE] = (opening == 0) * 2 + (closing == size)
    # A quotation that is a sentence ends with its mark inside; one that is a word does not.
    last = codes[closing - 1] if closing else EDGE
    ends = last in (_STOP, _EXCLAMATION, _QUESTION, _ELLIPSIS)
    lead = codes[opening - 1] if opening else EDGE
    window[_FULL] = ends * 3 + (lead == _COLON) + 2 * (lead in (_COMMA, EDGE))


class Scored(NamedTuple):
    """A candidate and its share of the softmax."""

    candidate: Candidate
    confidence: float


def rank(paragraph: Paragraph, defect: Defect, known: frozenset[str]) -> list[Scored]:
    """The candidates of a defect, the likeliest first; confidences sum to one."""
    ways = candidates(paragraph, defect, known)
    pieces = tuple(dict.fromkeys(piece for each in ways for piece in each.pieces))
    scores = dict(zip(pieces, _scores(paragraph.bare, pieces), strict=True))
    logits = [sum(scores[piece] for piece in each.pieces) / SCALE for each in ways]
    ranked = map(Scored, ways, softmax(logits))
    return sorted(ranked, key=lambda scored: -scored.confidence)


@lru_cache(maxsize=4)
def _code_points(bare: str) -> tuple[int, ...]:
    """Of a paragraph, which is asked about once for each of its defects."""
    return tuple(map(ord, bare))


@lru_cache(maxsize=512)
def _scores(bare: str, pieces: tuple[Piece, ...]) -> list[int]:
    """The score of every piece; kept, because stages run again and paragraphs have copies."""
    codes = _code_points(bare)
    window = [0] * WINDOW
    scores = []
    for piece in pieces:
        fill_window(codes, len(codes), *piece, window)
        scores.append(MODEL.weights.score(window, TEMPLATES, BASES[piece.role]))
    return scores
