"""A difference of two texts: is it damage, on which side, or does one of them say something else?

What differs is a *stretch*: bounds in either text, between characters that both have. Each function
asks one question of it. Written in plain integers: `stages.compiled_functions` compiles it. The
constants were read off planted damage in real prose and real edits of agency copies, see
``docs/copies.md``.
"""

from __future__ import annotations

from typing import Any

#: What a stretch is. Damage of the first text or of the second; a character in the place of
#: another, neither of them odd; other words; what only the second or only the first has and reads
#: well; a number; a name; what no damage explains: negation, contrast, an item of a list, signs.
DAMAGED_ONE, DAMAGED_OTHER, UNDECIDED, WORDING, SURPLUS, LOSS, NUMBER, NAME, STATEMENT = range(
    1, 10
)
#: As `UNDECIDED`, but both are part of a word.
WRITTEN = 10
#: A common word in the place of another: in a long text perhaps a synonym.
PHRASE = 11

#: Flags of marks and kinds, as `folding` and `language` have them.
LIST, CLAUSE, SPACE, OPENS = 1, 2, 4, 8
HAN, LETTER, DIGIT, NUMERAL, NEGATION, SURNAME, PLACE, SIGN = 1, 2, 4, 8, 16, 32, 64, 128

#: A reading is odd if its joins are so much less likely than those of the other, in eighths of a
#: bit a join, and none of them is as likely as those of a word. Of look-alikes less is enough.
ODD, JOINED = 9, 20
#: What the model of `oddness` must say of a character, and of a look-alike: read off real edits, of
#: which a fifth lies above the first, and planted damage, of which a twentieth lies below.
#: The other one must be less odd by so much, and what is part of a word be as odd as the last.
ODD_CHARACTER, ODD_LOOK_ALIKE, ODDER, ODD_WORD = -600, -800, 600, 600
FAR_ODDER = 1800
#: A character is lacking within a word, or odd, if the joins gain or lose so much together; a
#: character splits a word that joins so well.
CUT, SPLIT = 18, 40
#: Characters that meet over a gap and are never neighbours, in eighths of a bit.
STRANGERS = -25
#: What the model of `severed` must say in rules: of holes half lie above, of real differences in
#: laws two in a hundred.
PLAIN = 1400
#: In so many characters a rule has one of the words of rules: so have four tenths of the lines of
#: laws, and a hundredth of those of news, health, technology and reports.
OF_RULES = 60
#: The dash of a range, the ideograph that a long dash is read as, and 第.
RANGE, ONE, ORDINAL = 0x7E, 0x4E00, 0x7B2C
#: 等, which makes of those that are named some of many.
AND_OTHERS = 0x7B49
#: What a word joins with, at least.
WORD = 24
#: A run of other characters may be misread up to this length, longer ones only if they are garbage.
RUN, GARBAGE = 3, -60
#: Characters of what may be an item of a list, a name, a word before the name of an organisation.
ITEM, NAMED, SPECIFIED = 12, 4, 4
#: The share of letters, in hundredths, that two spellings of an English word have in common.
SPELT_ALIKE = 50
#: Up to this length an English word is taken for any other by one letter.
SHORT_WORD = 3


def kind_of(code: Any, lang: Any) -> Any:
    """The flags of a character; emoji are signs, rare ideographs are ideographs."""
    if code < 0x10000:
        return int(lang.kinds[code])
    if code >= 0x1F000 and code < 0x20000:
        return SIGN
    return HAN


def is_in(table: Any, value: Any) -> Any:
    """Whether a sorted table has a value."""
    low, high = 0, len(table)
    while low < high:
        middle = (low + high) // 2
        if table[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low < len(table) and table[low] == value


def join(one: Any, other: Any, mark: Any, lang: Any) -> Any:
    """How much likelier two characters meet than by chance; 0 where that says nothing: over a
    mark, or beside others."""
    if mark & (CLAUSE | LIST | OPENS):
        return 0
    if one >= 0x10000 or other >= 0x10000:
        return -40
    if not (lang.kinds[one] & HAN and lang.kinds[other] & HAN):
        return 0
    row, column = int(lang.rows[one]), int(lang.rows[other])
    if row == 0 or column == 0:
        return -40
    key = row << 13 | column
    slot = key * 40503 & (len(lang.pairs) - 1)
    while lang.pairs[slot] >= 0:
        if lang.pairs[slot] == key:
            return int(lang.joins[slot])
        slot = (slot + 1) & (len(lang.pairs) - 1)
    expected = 2 * (int(lang.alone[one]) + int(lang.alone[other])) + 215
    return -min(40, max(0, expected))


def rarity(code: Any, lang: Any) -> Any:
    """How rare an ideograph is, in eighths of a bit; 0 of other characters."""
    if code >= 0x10000:
        return 240
    if not lang.kinds[code] & HAN:
        return 0
    return -2 * int(lang.alone[code])


def is_known(codes: Any, start: Any, end: Any, table: Any) -> Any:
    """Whether letters are an English word of a table; as they stand, whatever their case."""
    value = 0
    for at in range(start, end):
        value = (value * 131 + (int(codes[at]) | 0x20)) & 0xFFFFFFFF
    slot = value & (len(table) - 1)
    while table[slot] >= 0:
        if table[slot] == value:
            return True
        slot = (slot + 1) & (len(table) - 1)
    return False


def is_word(codes: Any, start: Any, end: Any, lang: Any) -> Any:
    """Whether letters are an English word, inflected or not."""
    if end - start < 2 or is_known(codes, start, end, lang.words):
        return True
    last = int(codes[end - 1]) | 0x20
    if end - start < 5:
        return False
    if last == 0x73:
        return is_known(codes, start, end - 1, lang.words)
    before = int(codes[end - 2]) | 0x20
    if (last == 0x64 and before == 0x65) or (last == 0x79 and before == 0x6C):
        return is_known(codes, start, end - 2, lang.words)
    return False


def has_kind(codes: Any, start: Any, end: Any, kind: Any, lang: Any) -> Any:
    """How many characters are of a kind."""
    count = 0
    for at in range(start, end):
        if kind_of(codes[at], lang) & kind:
            count += 1
    return count


def opens_word(marks: Any, at: Any) -> Any:
    """Whether a letter that stands behind another one begins a word."""
    return marks[at] & (SPACE | CLAUSE | LIST | OPENS)


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


def slips(code: Any) -> Any:
    """The sign of a number that a character is taken for, or the character itself."""
    if code == 0x6C or code == 0x69 or code == 0x49:  # l, i
        return 0x31
    if code == 0x6F or code == 0x4F:
        return 0x30
    if code == 0x73:
        return 0x35
    if code == 0x7A:
        return 0x32
    if code == 0x62:
        return 0x38
    if code == ONE:
        return RANGE
    return code


def compare_numbers(
    codes: Any, one: Any, one_end: Any, other: Any, other_end: Any, lang: Any
) -> Any:
    """Whether two numbers are the same but for letters in the place of digits, or an ideograph in
    that of a dash, and which has them: as a class of stretches."""
    if one_end - one != other_end - other:
        return NUMBER
    odd_one = odd_other = 0
    for at in range(one_end - one):
        a, b = int(codes[one + at]), int(codes[other + at])
        if a == b:
            continue
        if slips(a) == b or (b == RANGE and kind_of(a, lang) == HAN):
            odd_one += 1
        elif slips(b) == a or (a == RANGE and kind_of(b, lang) == HAN):
            odd_other += 1
        else:
            return NUMBER
    if odd_one >= odd_other:
        return DAMAGED_ONE
    return DAMAGED_OTHER


def is_item(codes: Any, marks: Any, start: Any, end: Any, last: Any, lang: Any) -> Any:
    """Whether what stands there is an item of a list, whole.

    Args:
        last: the end of the text.
    """
    if end - start > ITEM + 12:
        return False
    latin = kind_of(codes[start], lang) & LETTER
    if not latin and end - start > ITEM:
        return False
    for at in range(start + 1, end):
        if marks[at] & CLAUSE:
            return False
    opens = marks[start] & (LIST | CLAUSE if latin else LIST)
    closes = end == last or marks[end] & (LIST | CLAUSE)
    if end < last and not closes:
        code = codes[end]
        # 和 及 与 等 以及; and, or.
        closes = code == 0x548C or code == 0x53CA or code == 0x4E0E or code == 0x7B49
        closes = closes or code == 0x4EE5
        if latin and end + 2 < last:
            closes = closes or (codes[end] == 0x61 and codes[end + 1] == 0x6E)
            closes = closes or (codes[end] == 0x6F and codes[end + 1] == 0x72)
    if opens and closes:
        return True
    if end < last and marks[end] & LIST and not latin:
        if marks[start] & (CLAUSE | SPACE | OPENS | LIST):
            return True
        return end - start <= NAMED and (kind_of(codes[start], lang) & SURNAME) != 0
    return False


def names_more(codes: Any, marks: Any, start: Any, end: Any, last: Any, lang: Any) -> Any:
    """Whether a few characters specify the name of an organisation or a place behind them."""
    if end - start > SPECIFIED or end >= last or marks[end] & (CLAUSE | LIST | OPENS):
        return False
    # 省 市 县 州: the others end many words.
    code = codes[end]
    if code == 0x7701 or code == 0x5E02 or code == 0x53BF or code == 0x5DDE:
        return True
    if end + 1 >= last or codes[end] >= 0x10000 or codes[end + 1] >= 0x10000:
        return False
    return is_in(lang.organisations, int(codes[end]) << 16 | int(codes[end + 1]))


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


def is_doubled(codes: Any, marks: Any, at: Any, first: Any, last: Any, lang: Any) -> Any:
    """Whether an ideograph stands behind its like, and they are no word (看看), nor the end of one
    and the beginning of another (上海海洋): 提提前."""
    if at <= first or codes[at] != codes[at - 1] or not kind_of(codes[at], lang) & HAN:
        return False
    if marks[at] & (CLAUSE | LIST | OPENS):
        return False
    if join(codes[at], codes[at], int(marks[at]), lang) >= WORD:
        return False
    if at - 1 == first or at + 1 >= last:
        return True
    return (
        join(codes[at - 2], codes[at - 1], int(marks[at - 1]), lang) < WORD
        or join(codes[at], codes[at + 1], int(marks[at + 1]), lang) < WORD
    )


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


def opens_ordinal(codes: Any, start: Any, end: Any, first: Any, lang: Any) -> Any:
    """Whether a gap lies in the number of an item or article: 第…, or from where a text begins."""
    if codes[start] == ORDINAL and end - start > 1 and kind_of(codes[start + 1], lang) & NUMERAL:
        return True
    if not kind_of(codes[start], lang) & NUMERAL:
        return False
    at = start
    while at > first and kind_of(codes[at - 1], lang) & NUMERAL:
        at -= 1
    return at == first or codes[at - 1] == ORDINAL


def is_rule(codes: Any, marks: Any, first: Any, last: Any, lang: Any) -> Any:
    """Whether a text is of a law or a form, in which each phrase is a condition: it is an item or
    an article, ends in 的, or is thick with the words of rules.
    """
    opening = int(codes[first])
    if codes[last - 1] == 0x7684:
        return True
    if opening == ORDINAL and first + 1 < last and kind_of(codes[first + 1], lang) & NUMERAL:
        return True
    if kind_of(opening, lang) & NUMERAL:
        if marks[first] & OPENS or (first + 1 < last and marks[first + 1] & LIST):
            return True
    words = 0
    for at in range(first, last - 1):
        if codes[at] < 0x10000 and codes[at + 1] < 0x10000:
            if is_in(lang.rules, int(codes[at]) << 16 | int(codes[at + 1])):
                words += 1
    return words * OF_RULES >= last - first


def is_condition(codes: Any, marks: Any, start: Any, end: Any, last: Any, lang: Any) -> Any:
    """Whether what one text has, and reads well, says something by itself: what is added with a
    conjunction, a whole clause, a word that says how much or in what case.
    """
    if end - start == 1:
        return is_in(lang.scopes, int(codes[start]))
    if marks[start] & CLAUSE and (end == last or marks[end] & CLAUSE):
        return True
    for at in (start, end - 1):
        # 和 及 与 或 并
        code = codes[at]
        if code == 0x548C or code == 0x53CA or code == 0x4E0E or code == 0x6216 or code == 0x5E76:
            return True
    return limits(codes, start, end, lang)


def limits(codes: Any, start: Any, end: Any, lang: Any) -> Any:
    """Whether characters have a word of scope among them."""
    for at in range(start, end - 1):
        if codes[at] < 0x10000 and codes[at + 1] < 0x10000:
            if is_in(lang.scopes, int(codes[at]) << 16 | int(codes[at + 1])):
                return True
    return False


def is_particle(code: Any) -> Any:
    """Whether a character says nothing by itself: 的 了 地 之 着 于."""
    return (
        code == 0x7684 or code == 0x4E86 or code == 0x5730 or code == 0x4E4B or code == 0x7740
        or code == 0x4E8E
    )  # fmt: skip


def likeness(codes: Any, marks: Any, start: Any, end: Any, first: Any, last: Any, lang: Any) -> Any:
    """How likely a run of characters stands where it does: the mean of its joins, less half of how
    rare its characters are, and the best of its joins above it in one integer."""
    total, best, count = 0, -64, 0
    for at in range(start, end + 1):
        if at < end:
            total -= rarity(codes[at], lang) // 2
        if at == first or at >= last:
            continue
        value = join(codes[at - 1], codes[at], int(marks[at]), lang)
        total += value
        best = max(best, value)
        count += 1
    return (best + 64) * 1024 + (total // max(1, count) + 512)


def oddness(codes: Any, marks: Any, at: Any, right: Any, first: Any, last: Any, lang: Any) -> Any:
    """How much speaks for a character being misread, and another one right, above 0 more than not:
    a linear model of their joins, fitted to what is likely of either.

    Args:
        at: where the character stands, in a text from `first` to `last`.
        right: where the other one stands, in its text.
    """
    before = after = before_right = after_right = 0
    if at > first:
        mark = int(marks[at]) | int(marks[right])
        before = join(codes[at - 1], codes[at], mark, lang)
        before_right = join(codes[at - 1], codes[right], mark, lang)
    if at + 1 < last:
        mark = int(marks[at + 1])
        after = join(codes[at], codes[at + 1], mark, lang)
        after_right = join(codes[right], codes[at + 1], mark, lang)
    best, best_right = max(before, after), max(before_right, after_right)
    score = 15 * best_right - 4 * (before_right + after_right) + 4 * best - 32 * (before + after)
    score += 13 * (rarity(codes[at], lang) - rarity(codes[right], lang)) - 1240
    if best < 16:
        score += 480
    if best_right >= WORD:
        score += 320
    return score


def best_join(codes: Any, marks: Any, at: Any, first: Any, last: Any, lang: Any) -> Any:
    """The better of the joins of a character."""
    best = -64
    if at > first:
        best = join(codes[at - 1], codes[at], int(marks[at]), lang)
    if at + 1 < last:
        best = max(best, join(codes[at], codes[at + 1], int(marks[at + 1]), lang))
    return best


def is_name(codes: Any, marks: Any, at: Any, first: Any, last: Any, better: Any, lang: Any) -> Any:
    """Whether a character that stands for another one is perhaps part of a name.

    Of a person: behind a surname that belongs to no word, itself no part of one. Of a country:
    中墨关系, 同墨方. Of a place or organisation: before the word that says so.

    Args:
        better: where the likelier of the two characters stands, in its text.
    """
    before = int(codes[at - 1]) if at > first else 0
    after = int(codes[at + 1]) if at + 1 < last else 0
    # 关 系 两 国 友 双 建 贸 边 乌; 方; 同 与 和 对 赴 驻 访 在
    if before == 0x4E2D and (
        after == 0x5173 or after == 0x4E24 or after == 0x56FD or after == 0x53CB
        or after == 0x53CC or after == 0x5EFA or after == 0x8D38 or after == 0x8FB9
    ):  # fmt: skip
        return True
    if before == 0x540C or before == 0x4E0E or before == 0x5BF9 or before == 0x8D74:
        if after == 0x65B9 or after == 0x56FD or after == 0x6295 or after == 0x8D38:
            return True
    if better + 1 < len(codes) and after:
        behind = join(int(codes[better]), after, int(marks[better + 1]), lang)
        if behind >= WORD:
            return False
    if names_more(codes, marks, at, at + 1, last, lang):
        return True
    for back in range(1, 3):
        place = at - back
        if place < first or marks[place + 1] & (CLAUSE | OPENS):
            return False
        if not kind_of(codes[place], lang) & SURNAME:
            continue
        if join(int(codes[place]), int(codes[better - back + 1]), 0, lang) >= WORD:
            continue
        if place > first and not marks[place] & (CLAUSE | LIST | SPACE | OPENS):
            if join(int(codes[place - 1]), int(codes[place]), 0, lang) >= WORD:
                continue
        if back == 2 and join(int(codes[better - 1]), int(codes[better]), 0, lang) >= 2 * WORD:
            continue
        return True
    return False


def is_phrase(codes: Any, one: Any, other: Any, lang: Any) -> Any:
    """Whether two pairs of characters are common words, and none that turns a statement round."""
    for at in (one, other):
        if join(codes[at], codes[at + 1], 0, lang) < WORD:
            return False
        if is_in(lang.opposites, int(codes[at]) << 16 | int(codes[at + 1])):
            return False
    return True


def of_conflict(codes: Any, marks: Any, stretch: Any, bounds: Any, lang: Any) -> Any:
    """The class of a stretch in which either text has something."""
    one, one_end, other, other_end = stretch[0], stretch[1], stretch[2], stretch[3]
    size, length = one_end - one, other_end - other
    digits = has_kind(codes, one, one_end, DIGIT, lang)
    digits += has_kind(codes, other, other_end, DIGIT, lang)
    if digits:
        return compare_numbers(codes, one, one_end, other, other_end, lang)
    if has_kind(codes, one, one_end, SIGN, lang) or has_kind(codes, other, other_end, SIGN, lang):
        return STATEMENT
    latin = has_kind(codes, one, one_end, LETTER, lang)
    latin_other = has_kind(codes, other, other_end, LETTER, lang)
    if latin == size and latin_other == length:
        return of_words(codes, marks, stretch, bounds, lang)
    if latin or latin_other:
        if size <= 2 and length <= 2:
            if latin > latin_other:
                return DAMAGED_ONE
            if latin_other > latin:
                return DAMAGED_OTHER
        return WORDING
    denied = has_kind(codes, one, one_end, NEGATION, lang)
    if denied != has_kind(codes, other, other_end, NEGATION, lang):
        return STATEMENT
    numerals = has_kind(codes, one, one_end, NUMERAL, lang)
    others = has_kind(codes, other, other_end, NUMERAL, lang)
    if numerals and others:
        return NUMBER
    if numerals + others and (one == bounds[0] or other == bounds[2]):
        return NUMBER  # of an article or an item
    look_alike = size == length
    if size == length:
        for at in range(size):
            a, b = int(codes[one + at]), int(codes[other + at])
            if a == b:
                continue
            if a >= 0x10000 or b >= 0x10000:
                continue
            if lang.contrasts[a] & lang.contrasts[b]:
                return STATEMENT
            look_alike = look_alike and is_in(lang.confusions, a << 16 | b)
    mine = likeness(codes, marks, one, one_end, bounds[0], bounds[1], lang)
    theirs = likeness(codes, marks, other, other_end, bounds[2], bounds[3], lang)
    best, mean = mine // 1024 - 64, mine % 1024 - 512
    best_other, mean_other = theirs // 1024 - 64, theirs % 1024 - 512
    if max(size, length) > RUN:
        # Beside garbage garbage is no better.
        if mean <= GARBAGE and mean_other >= max(GARBAGE, mean + 2 * ODD):
            return DAMAGED_ONE
        if mean_other <= GARBAGE and mean >= max(GARBAGE, mean_other + 2 * ODD):
            return DAMAGED_OTHER
        return WORDING
    if size == 1 and length == 1:
        least = ODD_LOOK_ALIKE if look_alike else ODD_CHARACTER
        odd_one = oddness(codes, marks, one, other, bounds[0], bounds[1], lang)
        odd_other = oddness(codes, marks, other, one, bounds[2], bounds[3], lang)
        better = other if odd_one > odd_other else one
        if not look_alike:
            if is_name(codes, marks, one, bounds[0], bounds[1], better, lang):
                return NAME
        best = best_join(codes, marks, one, bounds[0], bounds[1], lang)
        best_other = best_join(codes, marks, other, bounds[2], bounds[3], lang)
        odder = best if odd_one > odd_other else best_other
        if (
            max(odd_one, odd_other) >= least
            and abs(odd_one - odd_other) >= ODDER
            and (
                odder < WORD
                or max(odd_one, odd_other) >= ODD_WORD
                or (max(odd_one, odd_other) >= 0 and abs(odd_one - odd_other) >= FAR_ODDER)
            )
        ):
            return DAMAGED_ONE if odd_one > odd_other else DAMAGED_OTHER
        # Of two that are part of a word each is what somebody wrote.
        if min(best, best_other) >= WORD and not look_alike:
            return WRITTEN
        return UNDECIDED
    least = 2 if look_alike else ODD
    odd = 0
    if mean_other - mean >= least and best < JOINED:
        odd = DAMAGED_ONE
    elif mean - mean_other >= least and best_other < JOINED:
        odd = DAMAGED_OTHER
    if look_alike and odd:
        return odd
    if size == 2 and length == 2 and is_phrase(codes, one, other, lang):
        return PHRASE
    # Two wrong characters in a row are seldom, two other words are not.
    return UNDECIDED if odd else WORDING


def is_article(code: Any) -> Any:
    """Whether a letter is an English word by itself."""
    return code == 0x61 or code == 0x69 or code == 0x41 or code == 0x49


def letters_in_common(codes: Any, one: Any, one_end: Any, other: Any, other_end: Any) -> Any:
    """How many letters of the second stand in the first in the same order, found greedily."""
    same = 0
    at = one
    for place in range(other, other_end):
        letter = int(codes[place]) | 0x20
        look = at
        while look < one_end and look < at + 3 and (int(codes[look]) | 0x20) != letter:
            look += 1
        if look < one_end and (int(codes[look]) | 0x20) == letter:
            same += 1
            at = look + 1
    return same


def of_word(codes: Any, one: Any, one_end: Any, other: Any, other_end: Any, lang: Any) -> Any:
    """The class of one English word, or several, in the place of another; 0 if they are equal."""
    size, length = one_end - one, other_end - other
    differ = cased = 0
    if size == length:
        for at in range(size):
            a, b = int(codes[one + at]), int(codes[other + at])
            if a != b:
                differ += 1
                cased += (a | 0x20) == (b | 0x20)
        if differ == 0:
            return 0
        if differ == cased:
            return STATEMENT
    if size == 1 and length == 1:
        if is_article(codes[one]) or is_article(codes[other]):
            return UNDECIDED
        return NUMBER  # labels
    unknown = not is_word(codes, one, one_end, lang)
    unknown_other = not is_word(codes, other, other_end, lang)
    denied = is_known(codes, one, one_end, lang.denials)
    denied_other = is_known(codes, other, other_end, lang.denials)
    if denied != denied_other and not (unknown or unknown_other):
        return STATEMENT
    longest = max(size, length)
    same = letters_in_common(codes, one, one_end, other, other_end)
    alike = 100 * same >= SPELT_ALIKE * longest
    if unknown and not unknown_other:
        return DAMAGED_ONE if alike else UNDECIDED if size == length else WORDING
    if unknown_other and not unknown:
        return DAMAGED_OTHER if alike else UNDECIDED if size == length else WORDING
    if unknown and longest >= 5 and longest - same <= 2:
        return UNDECIDED
    if longest <= SHORT_WORD and longest - same <= 1:
        return UNDECIDED
    return WORDING


def of_words(codes: Any, marks: Any, stretch: Any, bounds: Any, lang: Any) -> Any:
    """The class of a stretch of English words in the place of others: of the pair that is worst."""
    one, one_end, other, other_end = stretch[0], stretch[1], stretch[2], stretch[3]
    words = words_other = 1
    for at in range(one + 1, one_end):
        words += 1 if opens_word(marks, at) else 0
    for at in range(other + 1, other_end):
        words_other += 1 if opens_word(marks, at) else 0
    if words != words_other:
        # A space lost or added, or other words.
        denied = 0
        unknown = unknown_other = 0
        for side in range(2):
            at, end = stretch[2 * side], stretch[2 * side + 1]
            while at < end:
                stop = at + 1
                while stop < end and not opens_word(marks, stop):
                    stop += 1
                if not is_word(codes, at, stop, lang):
                    if side:
                        unknown_other += 1
                    else:
                        unknown += 1
                if is_known(codes, at, stop, lang.denials):
                    denied += 1 if side else -1
                at = stop
        if denied:
            return STATEMENT
        longest = max(one_end - one, other_end - other)
        same = letters_in_common(codes, one, one_end, other, other_end)
        if 100 * same < 2 * SPELT_ALIKE * longest - 30 * longest or unknown == unknown_other:
            return WORDING
        return DAMAGED_ONE if unknown > unknown_other else DAMAGED_OTHER
    worst = one_damaged = other_damaged = undecided = 0
    while one < one_end:
        stop, stop_other = one + 1, other + 1
        while stop < one_end and not opens_word(marks, stop):
            stop += 1
        while stop_other < other_end and not opens_word(marks, stop_other):
            stop_other += 1
        kind = of_word(codes, one, stop, other, stop_other, lang)
        if kind == DAMAGED_ONE:
            one_damaged += 1
        elif kind == DAMAGED_OTHER:
            other_damaged += 1
        elif kind == UNDECIDED:
            undecided += 1
        else:
            worst = max(worst, kind)
        one, other = stop, stop_other
    if worst:
        return worst
    if undecided:
        return UNDECIDED
    return DAMAGED_ONE if one_damaged >= other_damaged else DAMAGED_OTHER
