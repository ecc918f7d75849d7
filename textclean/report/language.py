"""Messages in English or Chinese: what a command says is written in English and translated here.

``chinese.tsv`` holds a line for each message: the English one, a tab, the Chinese one; ``{0}``,
``{1}`` stand for whatever is filled in, ``{0n}`` for a number. So what raises an error needs to
know no language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_current: Language = "en"


def use_language(language: Language) -> None:
    """Say everything in this language from here on."""
    global _current
    _current = language


def language_in_use() -> Language:
    """The language in which things are said."""
    return _current


def locale_language(environment: Mapping[str, str]) -> Language:
    """Chinese where the locale is, by the variable of POSIX that counts; else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if locale := environment.get(name):
            return "zh" if locale.lower().startswith("zh") else "en"
    return "en"


def tr(message: str) -> str:
    """A message in the language in use; as it is, where there is no translation."""
    if _current == "en":
        return message
    plain, patterns = _chinese()
    if message in plain:
        return plain[message]
    for template, chinese in patterns:
        if match := template.fullmatch(message):
            # What is filled in may be a message itself: an error behind the name of its file.
            return chinese.format(*(tr(each) for each in match.groups()))
    # The name of a file, behind it what is wrong.
    name, colon, rest = message.partition(": ")
    translated = tr(rest) if colon else rest
    return message if translated == rest else f"{name}{plain[colon]}{translated}"


_GAP = re.compile(r"(\{\dn?\})")
_FILLED_IN = {**{f"{digit}}}": "(.+?)" for digit in range(10)}, "n}": "([0-9,]+)"}


@cache
def _chinese() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    plain: dict[str, str] = {}
    patterns: list[tuple[re.Pattern[str], str]] = []
    table = Path(__file__).with_name("chinese.tsv").read_text(encoding="utf-8")
    for row in table.splitlines():
        if not row or row.startswith("# "):
            continue
        english, chinese = row.split("\t")
        if "{0" not in english:
            plain[english] = chinese
            continue
        expression = "".join(
            _FILLED_IN.get(piece[-2:], re.escape(piece)) for piece in _GAP.split(english)
        )
        patterns.append((re.compile(expression, re.DOTALL), chinese))
    return plain, patterns
