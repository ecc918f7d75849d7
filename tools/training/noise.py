"""Noise for training: printed prose as it comes out of a PDF, and what its slots had been.

Each document draws its own rates, as each PDF has its own faults: the column's width and how lines
were broken, how many quotes and commas were lost, stray spaces beside marks, between digits and
Chinese, or anywhere. The text is set in lines by GB/T 15834-2011 §5.1.3 (no closing mark begins a
line, no opening one ends it), so that a line's end comes where print has it. Rates were fitted to
the slots of damaged newspapers.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from textclean.punctuation.labels import FOLDING, LABELS, MARK_CODES, MARKS, WIDE_RANGES
from textclean.punctuation.slots import Slots
from tools.training.compiling import compiled

Array = npt.NDArray[Any]

_CANNOT_BEGIN = "”’，；。、：？！）》】」』〉…—"
_CANNOT_END = "“‘（《【「『〈"
_CODES = 0x110000
#: Marks lost at one slot, packed three bits each; more than three are not learnt.
_PACKED = 4096
_TOO_MANY = _PACKED - 1
_LETTER, _BREAK, _SPACE, _WIDE_SPACE = ord("a"), 10, 32, 0x3000
_COMMA, _SEMICOLON, _STOP, _DUN, _COLON = (MARK_CODES[mark] for mark in "，；。、：")
#: By mark: how often a lost one leaves a space.
_LEAVES_SPACE = np.full(len(MARKS) + 1, 0.95)
_LEAVES_SPACE[[1, 2, _COMMA]] = 0.93, 0.97, 0.92
#: Marks and what they are misread as: below which number drawn.
_MISREAD = np.array(
    [
        (_SEMICOLON, 0.3, _COLON), (_SEMICOLON, 0.36, _COMMA), (_COMMA, 0.03, _DUN),
        (_COMMA, 0.04, _STOP), (_COMMA, 0.05, _COLON), (_DUN, 0.03, _COMMA),
        (_STOP, 0.015, _COMMA), (_COLON, 0.02, _SEMICOLON),
    ]
)  # fmt: skip


class Noisy(NamedTuple):
    """Squeezed text as code points, and its slots as columns (see `Slots`)."""

    codes: Array
    places: Array
    kinds: Array
    #: Index into `LABELS`, or -1 where the slot had been something else.
    labels: Array
    #: Where an opening quote was lost without a space.
    vanished: Array

    def slots(self) -> Slots:
        """The slots as inference takes them; they have no place in a source."""
        nowhere = [0] * self.places.size
        text = "".join(map(chr, self.codes))
        return Slots(text, self.places.tolist(), self.kinds.tolist(), nowhere, nowhere)


class _Tables(NamedTuple):
    folded: Array
    codes: Array
    widths: Array
    cannot_begin: Array
    cannot_end: Array
    marks: Array


@cache
def _tables() -> _Tables:
    folded = np.arange(_CODES, dtype=np.uint32)
    folded[list(FOLDING)] = list(FOLDING.values())
    # Line breaks are the training text's own; only spaces are left to meet.
    codes = np.zeros(_CODES, np.uint8)
    for mark, code in MARK_CODES.items():
        codes[ord(mark)] = code
    widths = np.ones(_CODES, np.uint8)
    for first, end in WIDE_RANGES:
        widths[first:end] = 2
    cannot_begin, cannot_end = np.zeros((2, _CODES), np.bool_)
    cannot_begin[[ord(mark) for mark in _CANNOT_BEGIN]] = True
    cannot_end[[ord(mark) for mark in _CANNOT_END]] = True
    marks = np.array([0, *map(ord, MARKS)], np.uint32)
    return _Tables(folded, codes, widths, cannot_begin, cannot_end, marks)


@cache
def _labels() -> Array:
    """Index of the label for each packed run of lost marks, -1 for runs that are none."""
    labels = np.full(_PACKED, -1, np.int64)
    for index, label in enumerate(LABELS):
        packed = 0
        for mark in label:
            packed = packed * 8 + MARK_CODES[mark]
        labels[packed] = index
    return labels


def noisy(text: str, seed: int) -> Noisy:
    """Text of one paragraph a line, blank lines between documents, with its slots.

    The same text and seed give the same noise.
    """
    raw = np.frombuffer((text + "\n").encode("utf-32-le"), np.uint32)
    room = raw.size + 8
    codes = np.zeros(room, np.uint32)
    places = np.zeros(room, np.int64)
    lost = np.zeros(room, np.int64)
    kinds = np.zeros(room, np.uint8)
    vanished = np.zeros(room, np.int64)
    length, count, gone = _corrupt(raw, *_tables(), seed, codes, places, lost, kinds, vanished)
    labels = _labels()[lost[:count]]
    return Noisy(codes[:length], places[:count], kinds[:count], labels, vanished[:gone])


@compiled
def _corrupt(
    raw: Any, folded: Any, mark_codes: Any, widths: Any, cannot_begin: Any, cannot_end: Any,
    marks: Any, seed: Any, codes: Any, places: Any, lost_marks: Any, kinds: Any, vanished: Any,
) -> Any:  # fmt: skip
    """Write the squeezed text and its slots; return how many characters, slots and openings without
    a slot there are.
    """
    np.random.seed(seed)
    random = np.random.random
    length = slots = gone = 0
    new_document = new_line = True
    pending = lost_count = 0
    slot = False
    column = 0
    previous = _BREAK
    # Drawn for each document.
    line_width = indent = 0
    quote_width = 2
    leaves_space = beside_mark = at_change = anywhere = misread = opening_behind_mark = wrong = 0.0
    lose = np.full(marks.size, -1.0)  # by mark; those below nothing are never lost
    for index in range(raw.size):
        character = raw[index]
        if character == _BREAK:
            if previous == _BREAK:
                new_document = True
            else:
                codes[length] = _BREAK
                length += 1
            pending = lost_count = column = 0
            slot = False
            new_line = True
            previous = _BREAK
            continue
        if new_document:
            new_document = False
            line_width = np.random.randint(26, 62) if random() < 0.8 else 0
            quote_width = 1 if random() < 0.3 else 2
            indent = 4 if random() < 0.75 else 0
            leaves_space = 0.97 if random() < 0.7 else 0.8
            draw = random()
            lose_pause = (
                0.0 if draw < 0.1 else (0.15 if draw < 0.25 else (0.4 if draw < 0.7 else 0.75))
            )
            lose[_COMMA], lose[_SEMICOLON] = lose_pause, min(lose_pause * 1.2, 0.85)
            lose[_STOP], lose[_DUN] = lose_pause * 0.1, lose_pause * 0.04
            lose[_COLON] = lose_pause * 0.12
            draw = random()
            lose[1:3] = 0.95 if draw < 0.8 else (0.5 if draw < 0.9 else 0.1)
            beside_mark = 0.03 if random() < 0.6 else 0.15
            at_change = 0.03 if random() < 0.7 else 0.3
            anywhere = 0.0 if random() < 0.5 else 0.004
            misread = 0.0 if random() < 0.5 else 0.06
            opening_behind_mark = 0.3 if random() < 0.6 else 0.85
            wrong = 0.0 if random() < 0.6 else 0.004
        if character in (_SPACE, _WIDE_SPACE):
            # A printed space between Latin words stays; beside one it may have been anything.
            if length > 0 and index + 1 < raw.size and not new_line:
                letter_behind = folded[raw[index + 1]] == _LETTER
                letter_before = codes[length - 1] == _LETTER
                if letter_behind and letter_before:
                    codes[length] = _SPACE
                    length += 1
                elif letter_behind or letter_before:
                    slot = True
            column += 1
            previous = character
            continue
        fold = folded[character]
        mark = mark_codes[fold]
        is_quote = mark == 1 or mark == 2
        lost = lose[mark] >= 0 and random() < lose[mark]
        # Where the printed line ends.
        width = quote_width if is_quote else widths[character]
        if new_line:
            column = indent
        elif (
            line_width
            and column + width > line_width
            and not cannot_begin[character]
            and not (previous != _BREAK and cannot_end[previous])
        ):
            column = np.random.randint(0, 2) if random() < 0.4 else 0
            if random() < leaves_space:
                slot = True
        column += width
        previous = character
        if lost:
            if lost_count < 4:
                pending = pending * 8 + mark
                lost_count += 1
            # Behind a printed mark its space and an opening quote's are one.
            behind_mark = lost_count == 1 and length > 0 and mark_codes[codes[length - 1]] >= _COMMA
            leaves = opening_behind_mark if mark == 1 and behind_mark else _LEAVES_SPACE[mark]
            if random() < leaves:
                slot = True
            continue
        if new_line:
            new_line = False
            slot = False
        else:
            chance = anywhere
            before = codes[length - 1]
            if mark >= _COMMA:
                chance = beside_mark
            elif mark_codes[before] >= _COMMA:
                chance = beside_mark * 0.5
            elif (fold == 48) != (before == 48) or (fold == _LETTER) != (before == _LETTER):
                chance = at_change
            if chance > 0 and random() < chance:
                slot = True
            if slot:
                places[slots] = length
                lost_marks[slots] = pending if lost_count < 4 else _TOO_MANY
                kinds[slots] = 0
                slots += 1
        if not slot and pending == 1 and lost_count == 1:
            vanished[gone] = length
            gone += 1
        pending = lost_count = 0
        slot = False
        if mark >= _COMMA and length > 0 and codes[length - 1] != _BREAK:
            # A mark that is there may be misread; some of them are learnt as slots of their own.
            seen = mark
            if misread > 0:
                draw = random()
                for kind, below, other in _MISREAD:
                    if kind == mark and draw < below:
                        seen = np.uint8(other)
                        break
                inside = index + 1 < raw.size and raw[index + 1] != _BREAK
                if (seen != mark or random() < 0.25) and inside:
                    places[slots] = length
                    lost_marks[slots] = mark
                    kinds[slots] = seen
                    slots += 1
            codes[length] = marks[seen]
            length += 1
            continue
        if wrong > 0 and random() < wrong and mark == 0 and widths[character] == 2:
            # A character misread, or not read at all.
            if random() < 0.3 and not (slots and places[slots - 1] == length):
                continue
            other = folded[raw[np.random.randint(0, raw.size)]]
            if widths[other] == 2 and mark_codes[other] == 0:
                fold = other
        codes[length] = fold
        length += 1
    codes[length] = _BREAK
    return length + 1, slots, gone
