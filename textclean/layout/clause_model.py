"""Whether a block's last clause breaks off: evidence beside `seam_model`, in integers.

The seam model knows the last four characters. A clause says more: it is short, or lists things and
has not come to the last of them; a 将 or 对 that opens it wants a verb behind its object; and what
stands before the last word says what is to come. Learned on top of what the seam model says of the
same end (`tools.training.clauses`), it is what is to be added to those log-odds.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence

from textclean.layout.seam_model import seed
from textclean.models.hashing import MISSING, SEAMS
from textclean.models.linear import Model, Templates

MODEL = Model("clauses", b"TCCLAUSE", 1)
#: Folded characters in which the clause's beginning is looked for; those whose openers are seen;
#: those seen as they stand.
CLAUSE, NEAR, TRAIL = 40, 16, 9

_ENDS = tuple(map(ord, "，。；：！？"))
#: What takes an object that the rest of the clause goes on about.
_OPENERS = tuple(map(ord, "将把对在以从由为使让与被向按就给"))
_LIST = ord("、")

# Fields of a window: how the clause lists things (0: it does not, 1: it does, 2: it ends on 、),
# its length in steps, its last pair of characters, each of the openers with how far from the end it
# stands, the last pairs of characters, these again if it lists things, and their numbers.
_LISTING, _LENGTH, _LAST, _OPENER = range(4)
_FAR = _OPENER + NEAR
_PAIRS = _FAR + NEAR
_LISTED = _PAIRS + TRAIL
_NUMBERS = _LISTED + TRAIL
WINDOW = _NUMBERS + TRAIL

_OPENED, _OPENED_LAST, _TRAILS, _LISTS = map(seed, range(2, 6))
TEMPLATES = Templates.of(
    SEAMS,
    [
        (seed(0), ()),
        (seed(1), (_LISTING, _LENGTH)),
        *(
            template
            for at in range(NEAR)
            for template in (
                (_OPENED, (_OPENER + at, _FAR + at)),
                (_OPENED_LAST, (_OPENER + at, _LAST)),
            )
        ),
        *(
            template
            for at in range(TRAIL)
            for template in (
                (_TRAILS, (_PAIRS + at, _NUMBERS + at)),
                (_LISTS, (_LISTED + at, _NUMBERS + at)),
            )
        ),
    ],
)


def fill_window(codes: Sequence[int], size: int, window: MutableSequence[int]) -> None:
    """Describe the clause that a folded text ends on; plain enough for numba to compile.

    Args:
        codes: the text's last characters, of which `size` count.
        window: takes `WINDOW` fields, all of them `MISSING` before.
    """
    start = size
    while start > 0 and codes[start - 1] not in _ENDS:
        start -= 1
    window[_LISTING] = 0
    for at in range(start, size):
        if codes[at] == _LIST:
            window[_LISTING] = 2 if at == size - 1 else 1
    length = size - start
    steps = (length > 2) + (length > 4) + (length > 8) + (length > 14) + (length > 20)
    window[_LENGTH] = steps
    openers = 0
    for at in range(max(start, size - NEAR), size):
        if codes[at] in _OPENERS:
            window[_OPENER + openers] = codes[at]
            window[_FAR + openers] = min((size - at) // 2, 7)
            openers += 1
    for back in range(min(TRAIL, length - 1)):
        before, last = codes[size - 2 - back], codes[size - 1 - back]
        window[_NUMBERS + back] = back
        if 0x3400 <= before <= 0x9FFF and 0x3400 <= last <= 0x9FFF:
            pair = before << 16 | last
            window[_PAIRS + back] = pair
            if window[_LISTING]:
                window[_LISTED + back] = pair
            if back == 0:
                window[_LAST] = pair


def broken_score(folded: str) -> int:
    """Log-odds that a folded text (`seam_model.fold`) breaks off, in 1 / `seam_model.SCALE`: to be
    added to `seam_model.broken_score`.
    """
    codes = list(map(ord, folded[-CLAUSE:]))
    window = [MISSING] * WINDOW
    fill_window(codes, len(codes), window)
    return MODEL.weights.score(window, TEMPLATES)
