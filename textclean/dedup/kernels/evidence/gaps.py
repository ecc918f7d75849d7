"""What one text has and the other lacks: damage of either, or a statement by itself?"""

from __future__ import annotations

from typing import Any

from textclean.dedup.kernels.evidence.characters import (
    JOINED,
    WORD,
    has_kind,
    is_doubled,
    is_in,
    join,
    kind_of,
)
from textclean.dedup.kernels.evidence.classes import (
    CLAUSE,
    DIGIT,
    LETTER,
    LIST,
    NAME,
    NEGATION,
    NUMBER,
    NUMERAL,
    OPENS,
    SIGN,
    SPACE,
    STATEMENT,
)
from textclean.dedup.kernels.evidence.english import is_article, is_known, is_word, opens_word
from textclean.dedup.kernels.evidence.naming import ITEM, NAMED, SPECIFIED, is_item, names_more
from textclean.dedup.kernels.evidence.numbers import ONE, ORDINAL, opens_ordinal
from textclean.dedup.kernels.evidence.rules import limits

#: A character is lacking within a word, or odd, if the joins gain or lose so much together; a
#: character splits a word that joins so well.
CUT, SPLIT = 18, 40
#: Characters that meet over a gap and are never neighbours, in eighths of a bit.
STRANGERS = -25
#: What the model of `severed` must say in rules: of holes half lie above, of real differences in
#: laws two in a hundred.
PLAIN = 1400
#: 等, which makes of those that are named some of many.
AND_OTHERS = 0x7B49


def of_gap(
    codes: Any, marks: Any, start: Any, end: Any, first: Any, last: Any, place: Any, begin: Any,
    finish: Any, rule: Any, lang: Any,
) -> Any:  # fmt: skip
    """What one text has and the other lacks: 1 if the lack is damage, 2 if what is there is, 0 if
    it reads well with it and without; or a class of stretches that no damage explains.

    Args:
        start, end: of what is there; `first` and `last` of that text.
        place: where it is lacking in the other text, which goes from `begin` to `finish`.
        rule: whether the texts are rules, of which a lack must be plain.
    """
    size = end - start
    if has_kind(codes, start, end, SIGN, lang):
        return STATEMENT
    if has_kind(codes, start, end, DIGIT, lang):
        return NUMBER
    latin = has_kind(codes, start, end, LETTER, lang)
    if latin * 2 > size:
        at = start
        unknown = words = 0
        while at < end:
            stop = at + 1
            while stop < end and not opens_word(marks, stop):
                stop += 1
            if is_known(codes, at, stop, lang.denials):
                return STATEMENT
            words += 1
            if not is_word(codes, at, stop, lang):
                unknown += 1
            at = stop
        if is_item(codes, marks, start, end, last, lang):
            return STATEMENT
        if size == 1 and not (
            is_article(codes[start])
            and start > first
            and end < last
            and kind_of(codes[end], lang) & kind_of(codes[start - 1], lang) & LETTER
        ):
            return NUMBER  # a label
        return 2 if 2 * unknown > words and size <= 12 else 0
    before = start > first and place > begin
    after = end < last and place < finish
    mark_in = int(marks[start])
    mark_out = int(marks[end]) if end < last else CLAUSE
    mark_there = int(marks[place]) if place < finish else CLAUSE
    opening = join(codes[start - 1], codes[start], mark_in, lang) if before else 0
    closing = join(codes[end - 1], codes[end], mark_out, lang) if after else 0
    straight = 0
    if before and after:
        straight = join(codes[start - 1], codes[end], mark_there & (mark_in | mark_out), lang)
    gain = opening + closing - straight
    cut = gain >= CUT and before and after and straight < JOINED
    if size > 1:
        score = severed(opening, closing, straight, mark_in, mark_out, mark_there)
        cut = before and after and score > (PLAIN if rule else 0)
    if has_kind(codes, start, end, NEGATION, lang) and not (cut and size > 8):
        return STATEMENT
    numerals = has_kind(codes, start, end, NUMERAL, lang)
    if size == 2 and codes[start] == ONE and codes[start + 1] == ONE:
        return 2  # a long dash
    if numerals and (
        opens_ordinal(codes, start, end, first, lang) or (size <= 2 and mark_in & OPENS)
    ):
        return NUMBER
    if numerals == size and (before and kind_of(codes[start - 1], lang) & NUMERAL):
        return NUMBER
    if numerals == size and (after and kind_of(codes[end], lang) & NUMERAL):
        return NUMBER
    if numerals and not cut:
        beside = (before and kind_of(codes[start - 1], lang) & NUMERAL) or (
            after and kind_of(codes[end], lang) & NUMERAL
        )
        beside = beside or codes[start] == ORDINAL
        if beside or numerals > 1 or (size == 1 and codes[start] != 0x4E00):
            return NUMBER
    if is_item(codes, marks, start, end, last, lang) and not (cut and size == 1):
        return STATEMENT
    if marks[start] & LIST and size <= ITEM and not (cut and (size == 1 or straight <= STRANGERS)):
        return STATEMENT
    if mark_out & LIST and not mark_there & LIST and opening < SPLIT and 1 < size <= ITEM:
        return STATEMENT  # the first item of a list
    if size <= SPECIFIED and limits(codes, start, end, lang):
        return NAME
    if size == 1 and (codes[start] == AND_OTHERS or (rule and is_in(lang.scopes, codes[start]))):
        return 0
    if before and kind_of(codes[start - 1], lang) & DIGIT and 1 < size <= NAMED:
        return NUMBER  # another unit: 10个工作日
    if size > 1 and names_more(codes, marks, start, end, last, lang):
        return NAME
    if cut:
        return 1
    if size == 1:
        if before and is_doubled(codes, marks, start, first, last, lang):
            return 2
        if after and is_doubled(codes, marks, end, first, last, lang):
            return 2
    if size <= 2 and gain <= -CUT and max(opening, closing) < JOINED:
        return 2
    # It splits a word.
    if size == 1 and straight >= SPLIT and min(opening, closing) < 0:
        return 2
    return 0


def severed(
    opening: Any, closing: Any, straight: Any, mark_in: Any, mark_out: Any, mark_there: Any
) -> Any:
    """How much speaks for a lack of several characters being damage, above 0 more than not: a
    linear model, fitted to holes in real prose and to what one of two real texts has and the other
    lacks.

    Args:
        opening, closing: the joins of what is lacking; `straight` that of what meets without it.
        mark_in, mark_out, mark_there: what stands before and behind it, and in its place.
    """
    well = LIST | CLAUSE | SPACE
    score = 9 * (opening + closing) - 76 * straight + 62 * max(0, max(opening, closing) - WORD)
    score += 40 * min(straight, 0) - 940
    if straight <= STRANGERS:
        score += 870
    if mark_in & well:
        score += 630
    if mark_out & well:
        score += 1210
    if mark_in & well and mark_out & well:
        score -= 930
    if mark_there & well:
        score -= 700
    return score
