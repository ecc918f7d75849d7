"""Names and texts on a terminal: what it would obey and not show is written as code points.

A file may be called whatever its maker liked, and a text may hold anything: escape sequences that
rename a window or write over lines, line breaks that forge a second message, marks that turn the
order of characters round.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress

from textclean.text.json_text import UNSAFE, safe_json

_LINE = re.compile(f"[\x00-\x1f{UNSAFE}]")
_TEXT = re.compile(f"[\x00-\x08\x0b-\x1f{UNSAFE}]")
_STRAY = re.compile("[\ud800-\udfff]")
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def one_line(text: str, *, stray: bool = False) -> str:
    """A name, or a message with names in it, on one line.

    Args:
        stray: also show bytes that are no UTF-8, which otherwise stay what they are.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _LINE.sub(_shown, text)
    return _STRAY.sub(_byte, text) if stray else text


def json_text(value: object, indent: int | None = None) -> str:
    """A value as JSON that is UTF-8 and safe to print."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if _STRAY.search(text):
        with suppress(UnicodeEncodeError):  # in other locales UTF-8 comes as stray bytes
            text = text.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    return safe_json(text)


def shown(text: str) -> str:
    """A text of several lines for a terminal."""
    return _STRAY.sub(_byte, _TEXT.sub(_shown, text.replace("\r\n", "\n")))


def _shown(match: re.Match[str]) -> str:
    return _NAMED.get(match[0]) or f"<U+{ord(match[0]):04X}>"


def _byte(match: re.Match[str]) -> str:
    return f"\\x{ord(match[0]) & 0xFF:02x}"
