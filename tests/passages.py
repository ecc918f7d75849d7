"""Reads the passages of ``tests/data``: correct text, what still fails of it, and damaged text.

``*.txt`` holds passages set apart by a line ``%%``. A passage may open with a line ``%# topic`` and
a line ``%! reason``, which are no part of it. ``damaged.tsv`` holds a damaged text and what it
should become on each line, with a tab between and ``\\n``, ``\\uFEFF`` and the like for what a line
cannot show; a line ``%# rule`` names the rule that the lines below it are for.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent / "data"

_ESCAPE = re.compile(r"\\(?:([nrt\\])|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4}))")
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\"}


class Passage(NamedTuple):
    """A passage of correct text."""

    topic: str
    #: Why it fails today; empty where it does not.
    reason: str
    text: str


class Damage(NamedTuple):
    """A damaged text and the repaired one."""

    #: The code of the rule in question, or ``mixed``.
    rule: str
    before: str
    after: str


def read_passages(name: str) -> list[Passage]:
    """The passages of ``tests/data/<name>``, without the line break that ends each."""
    passages = []
    for part in re.split(r"^%%\n", _read(name), flags=re.MULTILINE):
        heads = {"#": "", "!": ""}
        while part[:1] == "%" and part[1:2] in heads:
            line, _, part = part.partition("\n")
            heads[line[1]] = line[2:].strip()
        passages.append(Passage(heads["#"], heads["!"], part.removesuffix("\n")))
    return passages


def read_damages(name: str) -> list[Damage]:
    """The pairs of ``tests/data/<name>``."""
    damages = []
    rule = ""
    for line in _read(name).splitlines():
        if line.startswith("%#"):
            rule = line[2:].strip()
        else:
            before, after = line.split("\t")
            damages.append(Damage(rule, _unescape(before), _unescape(after)))
    return damages


def _read(name: str) -> str:
    return (DATA / name).read_bytes().decode("utf-8").replace("\r\n", "\n")


def _unescape(text: str) -> str:
    return _ESCAPE.sub(
        lambda found: _PLAIN.get(found[1]) or chr(int(found[2] or found[3], 16)), text
    )
