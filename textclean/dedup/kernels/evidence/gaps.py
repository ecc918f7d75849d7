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
    slot_of,
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
from textclean.dedup.kernels.evidence.naming import (
    ITEM,
    NAMED,
    SPECIFIED,
    is_item,
    is_name_of,
    names_more,
)
from textclean.dedup.kernels.evidence.numbers import ONE, ORDINAL, follows_number, opens_ordinal
from textclean.dedup.kernels.evidence.rules import is_conjunction, limits
from textclean.models.hashing import FIRST_MIX, MASK, SECOND_MIX

#: A character is lacking within a word, or odd, if the joins gain or lose so much together; a
#: character splits a word that joins so well.
CUT, SPLIT = 18, 40
#: Characters that meet over a gap and are never neighbours, in eighths of a bit.
STRANGERS = -25
#: What `severed` and `of_words` must say of any lack, of one in rules, and of one that is damage
#: whatever is lacking: of real differences in laws .10, .03 and .02 lie above, of holes of three to
#: eight characters .82, .67 and .61.
LIKELY, PLAIN, TORN = 350, 1400, 1750
#: Longer holes were not learnt from.
LONGEST = 8
#: Answers of `of_gap` that are no classes of stretches.
TORN_OUT, ADDED, DOUBTFUL = -1, -2, -3
#: The fields of a window of the model of gaps: three characters before a place, from there back;
#: `MARK`, what stands there; three behind it. What stands for a character where a text begins and
#: where it ends.
MARK, FIELDS, BEGINS, ENDS = 3, 7, 1, 2


def of_gap(
    codes: Any, marks: Any, start: Any, end: Any, first: Any, last: Any, place: Any, begin: Any,
    finish: Any, rule: Any, lang: Any,
) -> Any:  # fmt: skip
    """What one text has and the other lacks: `TORN_OUT` if the lack is damage, `DOUBTFUL` if it is
    so perhaps, `ADDED` if what is there is damage, 0 if it reads well with it and without; or a
    class of stretches that no damage explains.

    Args:
        start, end: of what is there; `first` and `last` of that text.
        place: where it is lacking in the other text, which goes from `begin` to `finish`.
        rule: whether the texts are rules, of which a lack must be plain.
    """
    size = end - start
    if has_kind(codes, start, end, SIGN, lang):
        return STATEMENT
    digits = has_kind(codes, start, end, DIGIT, lang)
    latin = has_kind(codes, start, end, LETTER, lang)
    if latin * 2 > size and not digits:
        return of_letters(codes, marks, start, end, first, last, lang)
    before = start > first and place > begin
    after = end < last and place < finish
    inner = before and after and not follows_number(codes, begin, place, lang)
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
    torn = False
    if size > 1:
        cut = False
    if size > 1 and inner:
        score = severed(
            opening, closing, straight, mark_in, mark_out, mark_there,
            lost_between(codes, place, begin, place, finish, mark_there, lang),
            lost_between(codes, start, first, start, last, mark_in, lang),
            lost_between(codes, end, first, end, last, mark_out, lang),
        ) + of_words(codes, start, end)  # fmt: skip
        cut = score > (PLAIN if rule else LIKELY)
        torn = score > TORN
    of_number = DIGIT | NUMERAL
    opens = before and kind_of(codes[start - 1], lang) & of_number
    closes = after and kind_of(codes[end], lang) & of_number
    if digits:
        # A number that is lost whole, with what breaks the text.
        opens = opens and kind_of(codes[start], lang) & of_number
        closes = closes and kind_of(codes[end - 1], lang) & of_number
        return NUMBER if opens or closes or not torn else TORN_OUT
    if has_kind(codes, start, end, NEGATION, lang):
        if not (cut and size > 8) and not (torn and size > 2):
            return STATEMENT
    numerals = has_kind(codes, start, end, NUMERAL, lang)
    if size == 2 and codes[start] == ONE and codes[start + 1] == ONE:
        return ADDED  # a long dash
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
        if beside or numerals > 1 or (size == 1 and codes[start] != ONE):
            return NUMBER
    if is_item(codes, marks, start, end, last, lang) and not (cut and size == 1):
        return STATEMENT
    if marks[start] & LIST and size <= ITEM and not torn:
        if not (cut and (size == 1 or straight <= STRANGERS)):
            return STATEMENT
    if mark_out & LIST and not mark_there & LIST and 1 < size <= ITEM:
        if not (torn and opening >= SPLIT):
            return STATEMENT  # the first item of a list
    cuts_word = torn and opening >= SPLIT
    if size <= SPECIFIED and limits(codes, start, end, lang):
        if not cuts_word and not (torn and closing >= SPLIT):
            return NAME
    if size == 1 and is_in(lang.scopes, codes[start]):
        return 0
    if before and kind_of(codes[start - 1], lang) & DIGIT and 1 < size <= NAMED:
        return NUMBER  # another unit: 10个工作日
    if size > 1 and not cuts_word:
        if names_more(codes, marks, start, end, last, lang) or is_name_of(codes, start, end, lang):
            return NAME
    if cut:
        return TORN_OUT if torn or size == 1 else DOUBTFUL
    if mark_out & LIST and 1 < size <= NAMED:
        return NAME  # 农业、 and 农业农村、
    if size == 1:
        if before and is_doubled(codes, marks, start, first, last, lang):
            return ADDED
        if after and is_doubled(codes, marks, end, first, last, lang):
            return ADDED
    if size <= 2 and gain <= -CUT and max(opening, closing) < JOINED:
        # A word of its own is no damage: 定罪从重处罚.
        if size == 1 or join(codes[start], codes[start + 1], int(marks[start + 1]), lang) <= 0:
            return ADDED
    # It splits a word.
    if size == 1 and straight >= SPLIT and min(opening, closing) < 0:
        return ADDED
    return 0


def of_letters(
    codes: Any, marks: Any, start: Any, end: Any, first: Any, last: Any, lang: Any
) -> Any:
    """As `of_gap`, of English words."""
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
    if end - start == 1 and not (
        is_article(codes[start])
        and start > first
        and end < last
        and kind_of(codes[end], lang) & kind_of(codes[start - 1], lang) & LETTER
    ):
        return NUMBER  # a label
    return ADDED if 2 * unknown > words and end - start <= 12 else 0


def severed(
    opening: Any, closing: Any, straight: Any, mark_in: Any, mark_out: Any, mark_there: Any,
    there: Any, into: Any, out_of: Any,
) -> Any:  # fmt: skip
    """How much speaks for a lack of several characters being damage, in thousandths of a nat, above
    0 more than not: a linear model, fitted with `of_words` to 10,420 holes in real prose and to the
    1,108 places of five registers where one of two texts has two to twelve characters more.

    Args:
        opening, closing: the joins of what is lacking; `straight` that of what meets without it.
        mark_in, mark_out, mark_there: what stands before and behind it, and in its place.
        there, into, out_of: what `lost_between` says in its place, and before and behind it.
    """
    well = LIST | CLAUSE | SPACE
    score = 4 * (opening + closing) - 16 * straight + 50 * max(0, max(opening, closing) - WORD)
    score += 27 * there + 34 * max(there, 0) + 17 * min(into, out_of) - 3 * max(into, out_of) - 130
    if straight <= STRANGERS:
        score += 380
    if mark_in & well:
        score += 850
    if mark_out & well:
        score += 1440
    if mark_in & well and mark_out & well:
        score -= 1550
    if mark_in & LIST:
        score -= 1850
    if mark_out & LIST:
        score -= 1400
    if mark_in & mark_out & LIST:
        score += 1000
    if mark_there & well:
        score += 11 * there - 140
    return score


def of_words(codes: Any, start: Any, end: Any) -> Any:
    """What `severed` takes into account of the characters that are lacking: a conjunction at their
    beginning or end, and a short or long stretch, are what writers add.
    """
    size = end - start
    score = 0
    if is_conjunction(codes[start]):
        score -= 600
    # 的
    if codes[start] == 0x7684:
        score += 1400
    # 或者 以及 及其
    last, before = codes[end - 1], codes[end - 2]
    pair = (before == 0x6216 and last == 0x8005) or (before == 0x53CA and last == 0x5176)
    if is_conjunction(last) or pair:
        score -= 600
    if size == 2:
        score -= 870
    if size == 3:
        score -= 740
    if size > LONGEST:
        score -= 3000
    return score


def lost_between(
    codes: Any, left: Any, first: Any, right: Any, last: Any, mark: Any, lang: Any
) -> Any:
    """How much speaks for something being lost between two stretches, in sixteenths of a nat, above
    0 more than not, among the examples of `tools.training.gaps`.

    Args:
        left: where the first stretch ends, which begins at `first`.
        right: where the second begins, which ends at `last`.
        mark: what stands between them.
    """
    total = 0
    for feature in range(len(lang.gap_seeds)):
        value = int(lang.gap_seeds[feature])
        for at in range(lang.gap_starts[feature], lang.gap_starts[feature + 1]):
            field = int(lang.gap_fields[at])
            if field == MARK:
                symbol = int(mark) & (LIST | CLAUSE | SPACE | OPENS)
            elif field < MARK:
                symbol = BEGINS
                if left - 1 - field >= first:
                    symbol = symbol_of(codes[left - 1 - field])
            else:
                symbol = ENDS
                if right + field - MARK - 1 < last:
                    symbol = symbol_of(codes[right + field - MARK - 1])
            value = (value ^ symbol) * FIRST_MIX & MASK
            value ^= value >> 15
        key = (value * SECOND_MIX & MASK) >> 8
        slot = slot_of(lang.gaps, key)
        if slot >= 0:
            total += int(lang.gap_weights[slot])
    return total


def symbol_of(code: Any) -> Any:
    """A character as the model of gaps sees it: all digits are one, all letters are one."""
    code = int(code)
    if 0x30 <= code <= 0x39:
        return 0x30
    if 0x61 <= (code | 0x20) <= 0x7A and code < 0x80:
        return 0x61
    return code
