"""What the slot model reads and writes: marks, labels, folded characters, widths, boundaries.

The model knows a text only through this module, so that training and both implementations see
the same characters. A change here, or in the features, makes old weights worthless: raise
`FEATURES_VERSION`.
"""

from __future__ import annotations

from string import ascii_letters, digits

from textclean.text.classes import FULL_WIDTH_DIGITS, SEPARATOR_CLASS

FEATURES_VERSION = 2

#: The marks that a slot may have lost. A mark's code is its place here, counted from one.
MARKS = "“”，；。、："
OPENING, CLOSING = 1, 2
MARK_CODES: dict[str, int] = {mark: code for code, mark in enumerate(MARKS, 1)}

#: What a slot can have been: nothing, one mark, or one of the combinations that print has.
LABELS: tuple[str, ...] = (
    "", "，", "“", "”", "；", "。", "、", "：", "”，", "，“", "”“", "”、“", "”。", "。”", "。“",
    "：“", "”；", "；“", "、“", "”、",
)  # fmt: skip

#: Whether a label closes a quotation (2) before it opens one (1): their sum is the label's class.
CLASSES: tuple[int, ...] = tuple(
    ("“" in label) * OPENING + ("”" in label) * CLOSING for label in LABELS
)

#: Marks a slot may stand for when they are there, and may be the wrong ones.
PRESENT_MARKS = MARKS[2:]

#: What ends a line of text; in folded text all of them are the first.
BREAKS = "\n\r" + SEPARATOR_CLASS
EDGE = BREAKS[0]


#: For ``str.translate``, one code point for one, so that offsets stay: half-width marks to
#: full-width, digits to 0, Latin letters to a.
BARE_FOLDING: dict[int, int] = {
    **dict(zip(map(ord, ",;:()?!"), map(ord, "，；：（）？！"), strict=True)),
    **dict.fromkeys(map(ord, digits + FULL_WIDTH_DIGITS), ord("0")),
    **dict.fromkeys(map(ord, ascii_letters), ord("a")),
    **{ord(letter) + 0xFEE0: ord("a") for letter in ascii_letters},
}
#: The same with single quotes to double, and all that ends a line to the first of `BREAKS`.
FOLDING: dict[int, int] = {
    **BARE_FOLDING,
    **dict(zip(map(ord, "‘’＂"), map(ord, '“”"'), strict=True)),
    **dict.fromkeys(map(ord, BREAKS), ord(EDGE)),
}
_FOLDED = {chr(code): chr(to) for code, to in FOLDING.items() if code != to}


def fold(text: str) -> str:
    """A text folded (`FOLDING`): faster than ``str.translate``, for it has few such characters."""
    for char in _FOLDED.keys() & set(text):
        text = text.replace(char, _FOLDED[char])
    return text


#: Kinds of boundary between which a line's pieces lie; every other character is none (0).
SLOT_BOUNDARY, EDGE_BOUNDARY = 1, 20
BOUNDARIES: dict[int, int] = {
    ord(mark): kind for kind, mark in enumerate("，；。、：？！“”（）《》", 2)
}
BOUNDARIES[ord(EDGE)] = EDGE_BOUNDARY
#: The boundaries that are pauses: from ， to ：.
FIRST_PAUSE, LAST_PAUSE = 2, 6

#: Ranges of code points that print two columns wide: CJK, full-width forms, dashes and quotes.
WIDE_RANGES: tuple[tuple[int, int], ...] = ((0x2014, 0x2027), (0x2E80, 0xFFE0), (0xFFFF, 0x110000))


def width(code_point: int) -> int:
    """Columns a character takes in print: 2 or 1."""
    return 1 + any(first <= code_point < end for first, end in WIDE_RANGES)


#: What counts as Chinese beside a slot: first and last code points, and as a character class.
CHINESE_RANGES: tuple[tuple[int, int], ...] = (
    (0x2014, 0x2026), (0x2E80, 0xFFDF), (0x20000, 0x3FFFF)
)  # fmt: skip
CHINESE_CLASS = "".join(f"{chr(first)}-{chr(last)}" for first, last in CHINESE_RANGES)
