"""JSON as it is written: readable, but for what UTF-8 lacks and what a terminal would obey.

Names of files that are no UTF-8 hold lone surrogates, one for each stray byte. Every reader of JSON
takes escapes for them, and for control and bidirectional characters.
"""

from __future__ import annotations

import re

#: Control characters but those of ASCII, and those that change the direction of what follows.
UNSAFE = "\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
_UNSAFE = re.compile(f"[{UNSAFE}\ud800-\udfff]")


def safe_json(text: str) -> str:
    """The same JSON with escapes in place of what is not safe to print."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
