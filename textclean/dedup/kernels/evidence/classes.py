"""What a stretch in which two texts differ may be, and the flags of marks and characters.

A *stretch* is bounds in either text, between characters that both have.
"""

from __future__ import annotations

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
#: As `DAMAGED_ONE` and `DAMAGED_OTHER`: several characters are lacking, but perhaps left out.
DOUBTFUL_ONE, DOUBTFUL_OTHER = 12, 13
#: Flags of marks and kinds, as `folding` and `language` have them.
LIST, CLAUSE, SPACE, OPENS = 1, 2, 4, 8
HAN, LETTER, DIGIT, NUMERAL, NEGATION, SURNAME, PLACE, SIGN = 1, 2, 4, 8, 16, 32, 64, 128
