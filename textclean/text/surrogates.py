"""Names of files that are no UTF-8: Python has their bytes as lone surrogates, which UTF-8 lacks."""

from __future__ import annotations

import re

_SURROGATE = re.compile("[\ud800-\udfff]")


def json_without_surrogates(text: str) -> str:
    """JSON in which lone surrogates are written as escapes, which every reader of JSON takes."""
    if text.isascii():
        return text
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
