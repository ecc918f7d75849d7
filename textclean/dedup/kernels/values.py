"""Values in folds, as `verify.VALUE` has them: numbers, dates, placeholders, labels."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.kernels.stages import compiled
from textclean.dedup.verify import DATE_MARKS, DIGITS

GOLDEN = np.uint64(0x9E3779B97F4A7C15)

DIGIT, _LETTER, _MARK = 1, 2, 4
_X = ord("x")


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
