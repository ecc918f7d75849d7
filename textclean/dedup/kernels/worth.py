"""How much a text carries, less what is broken in it: of several copies the one to keep.

Every character counts, and what is improbable as language costs more than it: so a longer copy goes
before a shorter one, but not for a character that damage has put into it. What two copies have in
common counts the same in both, so only where they differ decides. A character is as probable as its
better join: the other one may be the border of a word, which says nothing. So of two copies that
differ in good words neither is worth more. Written in plain integers: `stages.compiled_functions`
compiles it.
"""

from __future__ import annotations

from typing import Any

from textclean.dedup.kernels.evidence.characters import WORD, best_join, is_doubled, kind_of, rarity
from textclean.dedup.kernels.evidence.classes import DIGIT, HAN, LETTER
from textclean.dedup.kernels.evidence.english import is_word, opens_word
from textclean.dedup.kernels.evidence.numbers import slips

#: What a character carries; its better join at least and at most (that of a word), in eighths of a
#: bit; and what a word costs that is none, or a letter in a number.
CHARACTER, LEAST, MOST, MISSPELT = 24, -40, WORD, -60
#: How often the better join counts, of an ideograph whose other one does not: read off mixtures of
#: wrong, missing and added characters, of which the clean text is worth more in .95 (2 % damaged)
#: to 1.00 (10 %); where it counts once, in .83 to .97.
WEIGHT = 2
#: What a character costs that stands twice and is no word so: all that it carries, and the damage.
TWICE = CHARACTER + MOST - MISSPELT
#: A character rarer than this, in eighths of a bit, costs half of what it is rarer by.
RARE = 128
#: 一, which is taken for a dash between digits.
DASH_LIKE = 0x4E00


def worth(codes: Any, marks: Any, begins: Any, ends: Any, lang: Any, out: Any) -> None:
    """Write the worth of each fold."""
    for text in range(len(begins)):
        begin, end = begins[text], ends[text]
        total = CHARACTER * (end - begin)
        at = begin
        while at < end:
            kind = kind_of(codes[at], lang)
            if kind & LETTER:
                stop = at + 1
                while stop < end and kind_of(codes[stop], lang) & LETTER:
                    if opens_word(marks, stop):
                        break
                    stop += 1
                in_number = (at > begin and kind_of(codes[at - 1], lang) & DIGIT) or (
                    stop < end and kind_of(codes[stop], lang) & DIGIT
                )
                if (in_number and stop - at <= 2 and slips(codes[at]) != codes[at]) or not is_word(
                    codes, at, stop, lang
                ):
                    total += MISSPELT
                at = stop
                continue
            if codes[at] == DASH_LIKE and at > begin and at + 1 < end:
                if kind_of(codes[at - 1], lang) & kind_of(codes[at + 1], lang) & DIGIT:
                    total += MISSPELT
            if kind & HAN:
                total -= max(0, rarity(codes[at], lang) - RARE) // 2
                best = best_join(codes, marks, at, begin, end, lang)
                total += WEIGHT * min(MOST, max(LEAST, best)) - MOST
                if is_doubled(codes, marks, at, begin, end, lang):
                    total -= TWICE
            at += 1
        out[text] = total
