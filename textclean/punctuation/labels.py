"""What the slot model reads and writes: marks, labels, folded characters, widths, boundaries.

The model knows a text only through this module, so that training and both implementations see
the same characters. A change here, or in the features, makes old weights worthless: raise
`FEATURES_VERSION`.
"""

from __future__ import annotations

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
BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
EDGE = BREAKS[0]


def _folding() -> dict[int, int]:
    """Half-width marks to full-width, single quotes to double, digits to 0, letters to a."""
    table = dict(zip(map(ord, ",;:()?!‘’＂"), map(ord, '，；：（）？！“”"'), strict=True))
    digits = [*range(ord("0"), ord("9") + 1), *range(ord("０"), ord("９") + 1)]
    letters = [
        code
        for first, last in ("AZ", "az", "ＡＺ", "ａｚ")
        for code in range(ord(first), ord(last) + 1)
    ]
    breaks = dict.fromkeys(map(ord, BREAKS), ord(EDGE))
    return table | breaks | dict.fromkeys(digits, ord("0")) | dict.fromkeys(letters, ord("a"))


#: For ``str.translate``: one code point for one, so that offsets stay.
FOLDING: dict[int, int] = _folding()
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
