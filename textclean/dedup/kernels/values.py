"""Values in folds, as `verify.VALUE` has them: numbers, dates, placeholders, labels."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.kernels.stages import COMPARING, compiled
from textclean.dedup.verify import DATE_MARKS, DIGITS

GOLDEN = np.uint64(0x9E3779B97F4A7C15)

#: The bit that tells a value's number from that of a character.
VALUE = np.uint32(0x80000000)

DIGIT, _LETTER, _MARK = 1, 2, 4
_X = ord("x")

#: Of two stretches: each is one value; and they differ in a single character; there are digits in
#: both, and not the same.
WHOLE, CLOSE, OTHER = np.uint8(1), np.uint8(2), np.uint8(4)


@cache
def value_kinds() -> NDArray[np.uint8]:
    """For each code point below 65,536 what part of a value it may be; 0 for none."""
    kinds = np.zeros(0x10000, np.uint8)
    kinds[[ord(character) for character in DIGITS]] = DIGIT
    kinds[ord("a") : ord("z") + 1] = _LETTER
    kinds[[ord(character) for character in DATE_MARKS]] = _MARK
    return kinds


@compiled
def _kind(code: Any, kinds: Any) -> Any:
    return kinds[code] if code < 0x10000 else np.uint8(0)


@compiled
def may_open(code: Any, kinds: Any) -> Any:
    """Whether a value may begin with this character."""
    return (_kind(code, kinds) & (DIGIT | _LETTER)) != 0


@compiled
def value_end(codes: Any, at: Any, begin: Any, end: Any, kinds: Any) -> Any:
    """Where the value that begins at `at` ends, as `verify.VALUE` has it; `at` if there is none.

    Nothing before `begin` nor from `end` on is looked at.
    """
    last = at
    i = at
    while True:
        opening = i
        while i < end:
            kind = _kind(codes[i], kinds)
            if kind == DIGIT:
                i += 1
                continue
            if kind != _LETTER or (i > begin and _kind(codes[i - 1], kinds) == _LETTER):
                break
            run = i
            while run < end and codes[run] == _X:
                run += 1
            if run < end and _kind(codes[run], kinds) == _LETTER and run > i:
                run -= 1  # the last x belongs to a word
            if run == i:
                if codes[i] == _X or (i + 1 < end and _kind(codes[i + 1], kinds) == _LETTER):
                    break
                run = i + 1
            i = run
        if i == opening:
            return last
        last = i
        while i < end and _kind(codes[i], kinds) == _MARK:
            i += 1
        if i == last:
            return last


@COMPARING.loop
def write_tokens(
    folds: Any, spans: Any, ordered: Any, kinds: Any, out: Any, places: Any, bounds: Any,
    values: Any, alike: Any,
) -> None:  # fmt: skip
    """The characters of both texts of each pair, but values whole.

    Args:
        spans: of each pair the bounds of either; those of a pair that is `ordered` are swapped if
            the second comes first in order of content.
        out: takes a number for each token, and 0 after the last of each text.
        places: takes where each token begins, and after the last the end of the text.
        bounds: takes where the tokens of either text begin and end in `out`.
        values: takes how many values there are in either.
        alike: takes whether the two are the same but for the values.
    """
    count = np.int64(0)
    for pair in range(len(spans)):
        if ordered[pair]:
            i, j = spans[pair, 0], spans[pair, 2]
            while i < spans[pair, 1] and j < spans[pair, 3] and folds[i] == folds[j]:
                i += 1
                j += 1
            if i < spans[pair, 1] and (j == spans[pair, 3] or folds[i] > folds[j]):
                i, j = spans[pair, 0], spans[pair, 1]
                spans[pair, 0], spans[pair, 1] = spans[pair, 2], spans[pair, 3]
                spans[pair, 2], spans[pair, 3] = i, j
        for side in range(2):
            i = begin = spans[pair, 2 * side]
            last = spans[pair, 2 * side + 1]
            bounds[pair, 2 * side] = count
            values[pair, side] = 0
            while i < last:
                code = folds[i]
                places[count] = i
                end = i
                if may_open(code, kinds):
                    end = value_end(folds, i, begin, last, kinds)
                if end == i:
                    out[count] = code
                    i += 1
                else:
                    digest = np.uint64(end - i)
                    while i < end:
                        digest = (digest ^ np.uint64(folds[i])) * GOLDEN
                        i += 1
                    out[count] = np.uint32(digest >> np.uint64(33)) | VALUE
                    values[pair, side] += 1
                count += 1
            bounds[pair, 2 * side + 1] = count
            places[count] = last
            out[count] = 0
            count += 1
        i, j = bounds[pair, 0], bounds[pair, 2]
        alike[pair] = bounds[pair, 1] - i == bounds[pair, 3] - j
        while alike[pair] and i < bounds[pair, 1]:
            alike[pair] = out[i] == out[j] or (out[i] & out[j] & VALUE) != 0
            i += 1
            j += 1


@COMPARING.loop
def compare_values(folds: Any, spans: Any, kinds: Any, out: Any) -> None:
    """How the numbers in stretches of two texts differ: `WHOLE`, `CLOSE` and `OTHER`, in `out`."""
    for pair in range(len(spans)):
        first, n = spans[pair, 0], spans[pair, 1]
        second, m = spans[pair, 2], spans[pair, 3]
        signs = np.uint8(0)
        if (
            n > first
            and m > second
            and value_end(folds, first, first, n, kinds) == n
            and value_end(folds, second, second, m, kinds) == m
        ):
            signs |= WHOLE
            if n - first == m - second:
                alike = 0
                for i in range(n - first):
                    alike += folds[first + i] == folds[second + i]
                if alike + 1 == n - first:
                    signs |= CLOSE
        same = 0
        while True:
            while first < n and _kind(folds[first], kinds) != DIGIT:
                first += 1
            while second < m and _kind(folds[second], kinds) != DIGIT:
                second += 1
            if first == n or second == m or folds[first] != folds[second]:
                break
            same += 1
            first += 1
            second += 1
        if (first < n or second < m) and (same or (first < n and second < m)):
            signs |= OTHER
        out[pair] = signs
