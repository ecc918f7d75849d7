"""How a paragraph's last words end: as a sentence does, broken off, or as a title.

What stands behind a paragraph's last end mark is its *remainder*. It may be a sentence whose full
stop was lost, a piece of a sentence that goes on elsewhere, or a heading glued to the paragraph. A
log-linear model of its first and last characters, its length and its pauses tells the three apart;
``python -m tools.training ends`` trains the weights.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from textclean.models.linear import SCALE, Model, Templates, softmax
from textclean.punctuation.labels import BARE_FOLDING
from textclean.text.patterns import pattern

MODEL = Model("ends", b"TCENDS\n\n", 1)

#: Marks that end a sentence.
END_MARKS = "。！？…"
_WINDOW = 22
_EDGE = 10
_REDACTED = pattern(r"[xX×]+(?![A-Za-z])")
#: As the halves of quotes are folded; quotes go.
_FOLDING = BARE_FOLDING | dict.fromkeys(map(ord, "“”‘’*"))
_SQUEEZED = pattern("[ \t\u3000\u00a0]+")


class Ending(IntEnum):
    """What a remainder is; the values are the bases of the model's windows."""

    SENTENCE = 0
    BROKEN = 1
    TITLE = 2


class Likelihood(NamedTuple):
    """What the model makes of a remainder; the three sum to one."""

    sentence: float
    broken: float
    title: float


# Fields: the last eight characters (the very last first), the first four, then the rest.
_L, _F = 0, 8
_LENGTH, _COMMAS, _DUNS, _NUMBERS, _LAST_CLAUSE, _CONTEXT, _FIRST_CLAUSE, _SPACES = range(12, 20)
_CLAUSE_START = 20

TEMPLATES = Templates.numbered(
    3,
    (), (_L,), (_L, 1), (_L, 1, 2), (_L, 1, 2, 3), (_L, 1, 2, 3, 4), (_L, 1, 2, 3, 4, 5),
    (1,), (1, 2), (_L, 2), (2, 3), (1, 2, 3),
    (_F,), (_F, 9), (_F, 9, 10), (_F, 9, 10, 11), (_L, _F), (_L, 1, _F, 9),
    (_LENGTH,), (_COMMAS,), (_LENGTH, _COMMAS), (_LENGTH, _COMMAS, _DUNS), (_NUMBERS,),
    (_NUMBERS, _LENGTH), (_LAST_CLAUSE,), (_LAST_CLAUSE, _L), (_LAST_CLAUSE, _L, 1),
    (_LENGTH, _L), (_LENGTH, _F), (_LENGTH, _F, 9), (_LENGTH, _L, 1), (_CONTEXT, _LENGTH),
    (_CONTEXT, _COMMAS), (_FIRST_CLAUSE, _LENGTH), (_SPACES,), (_SPACES, _LENGTH, _COMMAS),
    (_CLAUSE_START, 21), (_CLAUSE_START, 21, _L), (_CLAUSE_START, 21, _L, 1), (_CLAUSE_START, _L),
    (_NUMBERS, _L, 1), (_NUMBERS, _COMMAS, _LENGTH),
)  # fmt: skip


def fold(text: str) -> str:
    """A remainder without its quotes, with redacted numbers as digits, one space for many."""
    if "x" in text or "X" in text or "×" in text:
        text = _REDACTED.sub(lambda run: "0" * len(run.group()), text)
    return _SQUEEZED.sub(" ", text.translate(_FOLDING)).strip(" ")


def window(folded: str, alone: bool) -> Sequence[int]:
    """Describe a folded remainder.

    Args:
        alone: whether it is all there is of the paragraph.
    """
    fields = [_EDGE] * _WINDOW
    # Spaces set a heading's parts apart; in a sentence they are damage, or beside Latin words.
    spaces = 0 if "，" in folded else folded.count(" ")
    folded = folded.replace(" ", "")
    size = len(folded)
    for k in range(min(8, size)):
        fields[k] = ord(folded[size - 1 - k])
    for k in range(min(4, size)):
        fields[_F + k] = ord(folded[k])
    clauses = folded.replace("；", "，").replace("：", "，").split("，")
    last = clauses[-1]
    fields[_LENGTH] = bucket(size)
    fields[_COMMAS] = min(len(clauses) - 1, 4)
    fields[_DUNS] = min(folded.count("、"), 3)
    fields[_NUMBERS] = ("0" in folded) + 2 * ("%" in folded)
    fields[_LAST_CLAUSE] = bucket(len(last))
    fields[_CONTEXT] = int(alone)
    fields[_FIRST_CLAUSE] = bucket(len(clauses[0])) if len(clauses) > 1 else 0
    fields[_SPACES] = min(spaces, 3)
    for k in range(min(2, len(last))):
        fields[_CLAUSE_START + k] = ord(last[k])
    return fields


def bucket(length: int) -> int:
    """Lengths exact up to twelve, then ever coarser."""
    return length if length <= 12 else 12 + bisect_left(_BOUNDS, length)


_BOUNDS = (12, 14, 16, 18, 20, 23, 27, 33, 40, 55, 80, 120)


def likelihood(remainder: str, alone: bool) -> Likelihood:
    """How likely a remainder is a sentence, a broken one, a title.

    Args:
        alone: whether it is all there is of the paragraph.
    """
    fields = window(fold(remainder), alone)
    logits = [MODEL.weights.score(fields, TEMPLATES, ending) / SCALE for ending in Ending]
    return Likelihood(*softmax(logits))


class Remainder(NamedTuple):
    """What stands behind the last end mark of ``text[start:end]``."""

    start: int
    end: int
    #: End marks before it in the paragraph.
    sentences: int


_ENDS = pattern(r"[。！？…][”’）》〉]*")


def remainder(text: str, start: int, end: int) -> Remainder:
    """The remainder of a paragraph; marks in quotes and brackets that go on do not end it."""
    at, sentences = start, 0
    # How many quotes and brackets are open, counted on from one end mark to the next.
    counted, quotes, brackets = start, 0, 0
    for match in _ENDS.finditer(text, start, end):
        piece, counted = text[counted : match.end()], match.end()
        quotes += piece.count("“") - piece.count("”")
        brackets += piece.count("（") - piece.count("）")
        if quotes > 0 or brackets > 0:
            continue
        at, sentences = match.end(), sentences + 1
    while at < end and text[at] in " \t\u3000\r\n":
        at += 1
    return Remainder(at, end, sentences)
