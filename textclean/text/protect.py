"""Protected spans: what no rule may touch, because it is not prose.

Code, addresses, paths, markup and front matter are found by their syntax; a writer can protect
anything else by a line with ``textclean: off`` and one with ``textclean: on``. Each pattern is
tried only on text that holds the few characters it cannot do without, so prose costs next to
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from textclean.text.blocks import FRONT_MATTER, BlockKind, split_blocks
from textclean.text.patterns import pattern

# One of these is in every protected span but front matter and bare names of hosts.
_SYNTAX = pattern(r"[`~<&\[/@\\:]")
# Literals, which the pattern compiler scans for faster than `in` does.
_SWITCH = pattern("textclean:")
_MAILTO = pattern("mailto:")
_DATA = pattern("data:")
_WWW = pattern(r"www\.")
_SLASHES = pattern("://")
_LABEL_END = pattern(r"\]:")
_OFF = pattern(r"^.*\btextclean: *off\b", re.MULTILINE)
_ON = pattern(r"\btextclean: *on\b.*$", re.MULTILINE)
_CODE = pattern(r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\r?\n).)*?(?<!`)\1(?!`)", re.DOTALL)
_COMMENT = pattern(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ELEMENT = pattern(
    r"<(script|style|pre|code|kbd|svg|math)\b[^<>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
_TAG = pattern(r"</?[A-Za-z][A-Za-z0-9:-]*(?:\s[^<>\n]*)?/?>|<![A-Z][^<>\n]*>|<\?[^<>\n]*\?>")
_ENTITY = pattern(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# RFC 3986's characters, but no quote: what follows an address is more often prose than address.
_URL = pattern(
    r"(?:\b[A-Za-z][A-Za-z0-9+.-]{1,15}://|\bwww\.|\bmailto:|\bdata:)[A-Za-z0-9._~:/?#\[\]@!$&()*+,;=%|-]+"
)
_TOP_LEVEL = r"(?:com|cn|org|net|gov|edu|io|info|cc|tv|me|dev|hk|tw|uk|eu|de|jp)\b"
_DOMAIN = pattern(rf"\.{_TOP_LEVEL}")
_HOST = pattern(
    r"(?<![\w@.-])(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+"
    rf"{_TOP_LEVEL}"
    r"(?::\d{1,5}\b)?(?:[/?#][A-Za-z0-9._~:/?#@!$&()*+,;=%|-]*)?"
)
_EMAIL = pattern(r"\b[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
# Matched from where the run of path characters around a slash begins.
_PATH_CHARACTERS = "A-Za-z0-9_.@+~:-"
_PATH_START = pattern(rf"[{_PATH_CHARACTERS}]*\Z")
_PATH = pattern(
    r"[A-Za-z]:/[A-Za-z0-9_.()/~$-]*"  # C:/folder
    r"|(?:~|\.{1,2})?/[A-Za-z0-9_][A-Za-z0-9_.@+-]*(?:/[A-Za-z0-9_.@+-]*)*"  # /a, ./a, ~/a
    r"|[A-Za-z0-9_.@+-]+(?:/[A-Za-z0-9_.@+-]+)*/[A-Za-z0-9_@+-]*\.[A-Za-z][A-Za-z0-9]{0,7}\b"
    r"|[A-Za-z0-9_.@+-]*[A-Za-z][A-Za-z0-9_.@+-]*(?:/[A-Za-z0-9_.@+-]+){2,}/?",
    re.ASCII,
)
_WINDOWS_PATH = pattern(r"[A-Za-z]:\\[\w.()\\~$-]*|\\\\[\w.-]+\\[\w.$\\-]+", re.ASCII)
_LINK_TARGET = pattern(
    r"\]\((?:[^()\s<>]|\([^()\s]*\))*(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*\)"
    r"|\]\(<[^<>\n]*>[^()\n]*\)"
)
_REFERENCE = pattern(r"^[ \t]{0,3}\[[^\]\n]+\]:(?:[ \t]*\S+)?", re.MULTILINE)
_REFERENCE_USE = pattern(r"\]\[[^\]\n]*\]")
_TRAILING = ".,;:!?'\""


def protected_spans(text: str) -> list[tuple[int, int]]:
    """The spans of `text` that no rule may edit: sorted, disjoint, not empty."""
    if not (
        _SYNTAX.search(text)
        or _DOMAIN.search(text)
        or text[:4].lstrip("\ufeff")[:3] in ("---", "+++")
    ):
        return []
    spans: list[tuple[int, int]] = []
    if _SWITCH.search(text):
        spans += _switched_off(text)
    if text[:4].lstrip("\ufeff")[:3] in ("---", "+++") and (matter := FRONT_MATTER.match(text)):
        # A byte order mark before it is no part of it.
        spans.append((matter.start() + text.startswith("\ufeff"), matter.end()))
    if ("`" in text and "```" in text) or ("~" in text and "~~~" in text):
        spans += [(b.start, b.end) for b in split_blocks(text) if b.kind is BlockKind.FENCE]
    if "`" in text:
        spans += _inline_code(text, spans)
    if "<" in text:
        for markup in (_COMMENT, _ELEMENT, _TAG):
            spans += (match.span() for match in markup.finditer(text))
    if "&" in text:
        spans += (match.span() for match in _ENTITY.finditer(text))
    if "[" in text:
        for link in (_LINK_TARGET, _REFERENCE_USE):
            spans += (match.span() for match in link.finditer(text))
        if _LABEL_END.search(text):
            spans += (match.span() for match in _REFERENCE.finditer(text))
    if any(start.search(text) for start in (_SLASHES, _WWW, _MAILTO, _DATA)):
        spans += (_address(match) for match in _URL.finditer(text))
    if "@" in text:
        spans += (match.span() for match in _EMAIL.finditer(text))
    if "/" in text:
        spans += _paths(text)
    if "\\" in text:
        spans += (_address(match) for match in _WINDOWS_PATH.finditer(text))
    if _DOMAIN.search(text):
        spans += (_address(match) for match in _HOST.finditer(text))
    return _merge(spans)


def _paths(text: str) -> Iterator[tuple[int, int]]:
    last = 0
    slash = text.find("/")
    while slash >= 0:
        start = _PATH_START.search(text, max(last, slash - 80), slash).start()  # type: ignore[union-attr]
        match = _PATH.match(text, start)
        if match and match.end() > slash:
            yield _address(match)
            last = match.end()
        slash = text.find("/", max(last, slash + 1))


def unclosed_switch(text: str) -> tuple[int, int] | None:
    """The span of a ``textclean: off`` that no ``textclean: on`` follows, if there is one."""
    if "textclean:" not in text:
        return None
    for start, end in _switched_off(text):
        if end == len(text) and not _ON.search(text, start):
            off = _OFF.search(text, start)
            return off.span() if off else None
    return None


def _switched_off(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = 0
    while off := _OFF.search(text, at):
        on = _ON.search(text, off.end())
        at = on.end() if on else len(text)
        spans.append((off.start(), at))
    return spans


def _inline_code(text: str, fences: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Code spans outside of `fences`: a fence's backticks never pair with those of the prose."""
    spans: list[tuple[int, int]] = []
    last = 0
    for start, end in [*sorted(fences), (len(text), len(text))]:
        if start > last:
            spans += (match.span() for match in _CODE.finditer(text, last, start))
        last = max(last, end)
    return spans


def _address(match: re.Match[str]) -> tuple[int, int]:
    """An address without the marks behind it that belong to the sentence around it."""
    start, end = match.span()
    found = match.group()
    while end > start:
        last = found[end - start - 1]
        if last in _TRAILING or (last == ")" and found.count("(") < found.count(")")):
            end -= 1
            found = found[:-1]
        else:
            break
    return start, end


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[1] > span[0]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
