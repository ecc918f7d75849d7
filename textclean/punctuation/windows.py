"""The window of a slot: the tokens either side of it, slots among them, for the dense network.
Behind them stand tokens of the slot's context, which say what lies further off.

A token is a common character, an unknown one, or a slot; slots come in three sorts, by whether they
stand on the chain of line ends of a paragraph that has a good one. Beyond the line's edge all
tokens are `OUTSIDE`. `textclean.punctuation.arrays.windows` finds the same in arrays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textclean.punctuation.features import COLUMNS
from textclean.punctuation.line_grid import PER_LINE_COUNT

#: Tokens either side of the slot's own.
REACH = 20
MIDDLE = 2 * REACH + 1
#: Columns of a slot that are tokens of its context, and how many values each has.
CONTEXT: tuple[tuple[str, int], ...] = (
    ("chain_any", 141), ("since", 9), ("until", 9), ("since_semi", 9), ("until_semi", 9),
    ("semis", 9), ("etc", 6), ("pauses", 13), ("slots", 16), ("far", 32), ("beyond", 32),
    ("quote", 3), ("quote2", 3),
)  # fmt: skip
WINDOW = MIDDLE + len(CONTEXT)
#: Of each column of the context its place among the columns, and the token of its value 0.
CONTEXT_TOKENS: tuple[tuple[int, int], ...] = tuple(
    (COLUMNS.index(name), 16 + sum(size for _, size in CONTEXT[:number]))
    for number, (name, _) in enumerate(CONTEXT)
)
OUTSIDE, UNKNOWN = 0, 1
#: A slot of which the chain says nothing, one on it, one well off it.
SLOT, ON_CHAIN, OFF_CHAIN = 2, 3, 4
#: A present mark in question: this and the mark's code.
MARK = 8
#: Tokens of characters begin here.
FIRST_CHARACTER = 320
#: A chain tells something if it is so regular; a slot is on it up to the first gap, off it from
#: the second (`chain_codes`).
REGULAR, ON, OFF = 7, 1, 4


def slot_token(code: int) -> int:
    """The token of a run of spaces with a code on its line's chain."""
    gap, regularity = (code - 1) % 10, (code - 1) % PER_LINE_COUNT // 10
    if not code or regularity < REGULAR:
        return SLOT
    return ON_CHAIN if gap <= ON else OFF_CHAIN if gap >= OFF else SLOT


def windows(
    line: str,
    places: Sequence[int],
    kinds: Sequence[int],
    chain: Sequence[int],
    columns: Sequence[Sequence[int]],
    tokens: Mapping[str, int],
) -> list[list[int]]:
    """The windows of a line's slots, `WINDOW` tokens each.

    Args:
        line: folded and squeezed.
        chain: of each slot its code on the chain, 0 for marks.
        columns: of each slot its columns (`textclean.punctuation.features.COLUMNS`).
        tokens: of common characters.
    """
    sequence = [OUTSIDE] * REACH
    at = 0
    own: list[int] = []
    for place, kind, code in zip(places, kinds, chain, strict=True):
        sequence += [tokens.get(character, UNKNOWN) for character in line[at:place]]
        at = place
        own.append(len(sequence))
        if not kind:
            sequence.append(slot_token(code))
    sequence += [tokens.get(character, UNKNOWN) for character in line[at:]]
    sequence += [OUTSIDE] * REACH
    result = []
    for middle, kind, values in zip(own, kinds, columns, strict=True):
        window = sequence[middle - REACH : middle + REACH + 1]
        if kind:
            window[REACH] = MARK + kind
        window += [values[column] + token for column, token in CONTEXT_TOKENS]
        result.append(window)
    return result


def tokens_of(characters: Sequence[int] | memoryview) -> dict[str, int]:
    """The tokens of the characters that have one of their own, from their code points."""
    return {chr(code): token for token, code in enumerate(characters, FIRST_CHARACTER)}
