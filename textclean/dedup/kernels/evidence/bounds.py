"""Where does a stretch begin and end? Not within a number or an English word."""

from __future__ import annotations

from typing import Any

from textclean.dedup.kernels.evidence.characters import kind_of
from textclean.dedup.kernels.evidence.classes import DIGIT, LETTER
from textclean.dedup.kernels.evidence.english import opens_word


def letters_from(codes: Any, at: Any, end: Any, lang: Any) -> Any:
    """How many letters stand in a row from a place on."""
    stop = at
    while stop < end and kind_of(codes[stop], lang) & LETTER:
        stop += 1
    return stop - at


def letters_before(codes: Any, at: Any, begin: Any, lang: Any) -> Any:
    """How many letters stand in a row before a place."""
    start = at
    while start > begin and kind_of(codes[start - 1], lang) & LETTER:
        start -= 1
    return at - start


def settle(codes: Any, marks: Any, stretch: Any, bounds: Any, lang: Any) -> None:
    """Set a gap of English words out at the border of a word, where it may stand there as well."""
    side = 1 if stretch[0] == stretch[1] else 0
    if stretch[2 - 2 * side] != stretch[3 - 2 * side]:
        return
    start, end, place = stretch[2 * side], stretch[2 * side + 1], stretch[2 - 2 * side]
    if start == end or not kind_of(codes[start], lang) & LETTER:
        return
    first, last = bounds[2 * side], bounds[2 * side + 1]
    begin, finish = bounds[2 - 2 * side], bounds[3 - 2 * side]
    left = 0
    while start - left > first and place - left > begin and left < end - start:
        if codes[start - left - 1] != codes[end - left - 1]:
            break
        left += 1
    right = 0
    while end + right < last and place + right < finish and right < end - start:
        if codes[start + right] != codes[end + right]:
            break
        right += 1
    for shift in range(-left, right + 1):
        here, there = start + shift, end + shift
        if (here == first or opens_word(marks, here)) and (
            there == last or opens_word(marks, there)
        ):
            stretch[2 * side], stretch[2 * side + 1] = here, there
            stretch[2 - 2 * side] = stretch[3 - 2 * side] = place + shift
            return


def widen(codes: Any, marks: Any, stretch: Any, bounds: Any, lang: Any) -> None:
    """Take in the rest of the numbers and English words that a stretch cuts.

    Args:
        bounds: of both texts, as a stretch has them.
    """
    while True:
        one, one_end, other, other_end = stretch[0], stretch[1], stretch[2], stretch[3]
        if one == bounds[0] or other == bounds[2]:
            break
        before = kind_of(codes[one - 1], lang)
        inner = 0
        for side in range(2):
            start, end = stretch[2 * side], stretch[2 * side + 1]
            at = start if start < end else end
            if at < bounds[2 * side + 1]:
                kind = kind_of(codes[at], lang)
                if before & DIGIT and kind & DIGIT:
                    inner = 1
                if before & LETTER and kind & LETTER and not opens_word(marks, at):
                    inner = 1
                # A letter in a number: 20l8.
                if before & DIGIT and kind & LETTER and start < end and not opens_word(marks, at):
                    if letters_from(codes, at, bounds[2 * side + 1], lang) <= 2:
                        inner = 1
        if not inner:
            break
        stretch[0], stretch[2] = one - 1, other - 1
    while True:
        one_end, other_end = stretch[1], stretch[3]
        if one_end == bounds[1] or other_end == bounds[3]:
            break
        after = kind_of(codes[one_end], lang)
        inner = 0
        for side in range(2):
            start, end = stretch[2 * side], stretch[2 * side + 1]
            if end > bounds[2 * side]:
                kind = kind_of(codes[end - 1], lang)
                if after & DIGIT and kind & DIGIT:
                    inner = 1
                if after & LETTER and kind & LETTER and not opens_word(marks, end):
                    inner = 1
                if after & DIGIT and kind & LETTER and start < end and not opens_word(marks, end):
                    if letters_before(codes, end, bounds[2 * side], lang) <= 2:
                        inner = 1
        if not inner:
            break
        stretch[1], stretch[3] = one_end + 1, other_end + 1
