"""Text as it is shown to people: what the eye cannot see is written as its code point.

So two texts that are not equal never look equal, and a mark that turns the direction of writing
turns nothing where it is shown.
"""

from __future__ import annotations

import unicodedata

_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})
# Marks that hang on a character without ink of their own, radicals and compatibility ideographs:
# they look like nothing, or like another character.
_LOOKALIKE = (
    (0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0xFE00, 0xFE0F), (0x2F800, 0x2FA1F), (0xE0100, 0xE01EF),
)  # fmt: skip


def visible(text: str) -> str:
    """A text on one line, with a code point for each character that cannot be seen."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    named = _NAMED.get(character)
    if named is not None:
        return named
    if character != " " and unicodedata.category(character) in _UNSEEN:
        return f"<U+{ord(character):04X}>"
    if any(low <= ord(character) <= high for low, high in _LOOKALIKE):
        return f"{character}<U+{ord(character):04X}>"
    return character
