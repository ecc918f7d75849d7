"""Patterns of file names as ``.gitignore`` has them, matched in time that grows with their length.

They come from the configuration of whatever repository is checked, so none may run away: a
translation into one regular expression does (``*a*a*a*b`` takes minutes on a long name). Here a
name is matched part by part, and what stands between two stars where it comes first, which is all
that is needed: the next star takes whatever is behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

#: Any number of folders, also none: ``**``.
_FOLDERS = None
_ANYTHING = re.compile(r".+", re.DOTALL)
_NOTHING = re.compile(r"(?!)")
_CLASSES = {
    "alnum": r"a-zA-Z0-9", "alpha": r"a-zA-Z", "blank": r" \t", "cntrl": r"\x00-\x1f\x7f",
    "digit": r"0-9", "graph": r"\x21-\x7e", "lower": r"a-z", "print": r"\x20-\x7e",
    "punct": r"!-/:-@\[-`{-~", "space": r"\s", "upper": r"A-Z", "xdigit": r"0-9a-fA-F",
}  # fmt: skip


class _Pattern(NamedTuple):
    parts: tuple[re.Pattern[str] | None, ...]
    #: Whether it takes in again what an earlier one names.
    negated: bool
    #: Whether it names folders only.
    folders: bool


class GlobPatterns:
    """The patterns of some lines; of those that fit the last decides."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._patterns = [pattern for line in lines if (pattern := _pattern(line)) is not None]

    def matches(self, name: str) -> bool:
        """Whether a file or folder is named."""
        return self.decides(name) or False

    def decides(self, name: str) -> bool | None:
        """Whether a file or folder is named; None: no pattern says anything of it.

        What is in a folder that is named is named as well, whatever later patterns say.

        Args:
            name: relative, with ``/``; that of a folder ends with one.
        """
        parts = name.rstrip("/").split("/")
        for depth in range(1, len(parts)):
            if self._last(parts[:depth], is_folder=True):
                return True
        return self._last(parts, is_folder=name.endswith("/"))

    def _last(self, parts: list[str], *, is_folder: bool) -> bool | None:
        for pattern in reversed(self._patterns):
            if (is_folder or not pattern.folders) and _fits(pattern.parts, parts):
                return not pattern.negated
        return None


def _pattern(line: str) -> _Pattern | None:
    line = re.sub(r"(?<!\\) +$", "", line.rstrip("\r\n"))
    if not line or line.startswith("#"):
        return None
    negated = line.startswith("!")
    line = line[negated:]
    folders = line.endswith("/")
    line = line.removesuffix("/")
    if not line:
        return None
    anchored = "/" in line
    names = line.removeprefix("/").split("/")
    if not anchored:
        names.insert(0, "**")
    parts: list[re.Pattern[str] | None] = []
    for name in names:
        if len(name) < 2 or name.strip("*"):
            parts.append(_part(name))
        elif not parts or parts[-1] is not _FOLDERS:
            parts.append(_FOLDERS)
    if parts[-1] is _FOLDERS:  # all that is in a folder, and not the folder
        parts[-1:] = [_FOLDERS, _ANYTHING]
    return _Pattern(tuple(parts), negated, folders)


def _fits(pattern: tuple[re.Pattern[str] | None, ...], parts: list[str]) -> bool:
    """Whether the parts of a name fit: what follows ``**`` stands where it comes first."""
    at = place = 0
    star, tried = -1, 0
    while place < len(parts):
        part = pattern[at] if at < len(pattern) else _NOTHING
        if part is _FOLDERS:
            star, tried = at, place
            at += 1
        elif part.fullmatch(parts[place]):
            at, place = at + 1, place + 1
        elif star >= 0:
            tried += 1
            at, place = star + 1, tried
        else:
            return False
    return at == len(pattern)


def _part(glob: str) -> re.Pattern[str]:
    """What one part of a name fits."""
    chunks = [""]
    at = 0
    while at < len(glob):
        char = glob[at]
        at += 1
        if char == "*":
            chunks.append("")
        elif char == "?":
            chunks[-1] += "."
        elif char == "[":
            found = _bracket(glob, at)
            if found is None:  # git: names nothing
                return _NOTHING
            chunks[-1] += found[0]
            at = found[1]
        else:
            if char == "\\":
                if at == len(glob):
                    return _NOTHING
                char = glob[at]
                at += 1
            chunks[-1] += re.escape(char)
    first, *middle = chunks
    last = [".*" + middle.pop()] if middle else []
    # (?>…): once it fits, nothing else is tried.
    expression = first + "".join(f"(?>.*?{chunk})" for chunk in middle if chunk) + "".join(last)
    try:
        return re.compile(expression, re.DOTALL)
    except re.error:  # a range that runs backwards
        return _NOTHING


def _bracket(glob: str, at: int) -> tuple[str, int] | None:
    """The class of characters that begins behind a bracket, and where it ends; None: nowhere."""
    start = "["
    if glob[at : at + 1] in ("!", "^"):
        start, at = "[^", at + 1
    content = ""
    first = True
    while at < len(glob):
        char = glob[at]
        if char == "]" and not first:
            return f"{start}{content}]", at + 1
        first = False
        if (named := re.compile(r"\[:([a-z]+):\]").match(glob, at)) is not None:
            if named[1] not in _CLASSES:
                return None
            content += _CLASSES[named[1]]
            at = named.end()
            continue
        if char == "\\":
            at += 1
            char = glob[at : at + 1]
        at += 1
        content += char if char == "-" and content and glob[at : at + 1] != "]" else re.escape(char)
    return None
