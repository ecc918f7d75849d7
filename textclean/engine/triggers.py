"""Triggers: what a rule cannot find anything without, in a form that can be looked for cheaply.

A rule says so in one of four ways: a string, `one_of` a class of characters, a pattern `starting
with` a known character, or any pattern. Strings are scanned for at a nanosecond a character, what
begins with a class at five to ten; an alternation of strings is slower than each alone. So a rule
names its strings one by one (``--`` and ``—-``), and gives a pattern that may begin with several
spaces or masks once for each of them. A class of Han takes milliseconds to compile: a trigger
excludes ASCII instead (see `text.classes`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from textclean.text.character_class import CharacterClass
from textclean.text.patterns import pattern


@dataclass(frozen=True)
class Trigger:
    """A pattern without which a rule has nothing to find in a text, and how to ask cheaply."""

    #: The regular expression.
    expression: str
    #: What every match begins with, '' if that is not known.
    first: str = field(default="", compare=False)
    #: What it looks for, if that is one string: then no pattern is needed.
    literal: str = field(default="", compare=False)
    #: Whether every match is one character.
    by_character: bool = field(default=False, compare=False, kw_only=True)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled on first use."""
        return pattern(self.expression)

    def found_in(self, text: str) -> bool:
        """Whether it finds a match."""
        if self.literal:
            return self.literal in text
        if self.by_character:
            return self._class.is_in(text)
        return self.first in text and bool(self.pattern.search(text))

    def is_for(self, char: str) -> bool:
        """Whether it finds a character, if every match is one."""
        return char in self._class

    @cached_property
    def _class(self) -> CharacterClass:
        return CharacterClass([self.expression])


def literal(string: str) -> Trigger:
    """What finds a string. In a rule's decoration the string itself will do."""
    return Trigger(re.escape(string), string[0], string, by_character=len(string) == 1)


def one_of(characters: str) -> Trigger:
    """What finds one character of a class, written as inside the brackets of a pattern."""
    return Trigger(f"[{characters}]", by_character=True)


def starting_with(first: str, rest: str) -> Trigger:
    """What finds a character followed by what the expression `rest` matches.

    `rest` may look back over the character (``.``, but for a line break): a pattern is scanned
    fastest that begins with a character.
    """
    return Trigger(re.escape(first) + rest, first)


def starting_with_any(firsts: Iterable[str], rest: str) -> tuple[Trigger, ...]:
    """What finds any of several characters and what follows: a trigger for each of them, since a
    pattern that begins with a class is scanned far more slowly.
    """
    return tuple(starting_with(first, rest) for first in firsts)


def matches(triggers: Iterable[Trigger], text: str) -> Iterator[re.Match[str]]:
    """Every match of each trigger, one trigger after another."""
    for trigger in triggers:
        if trigger.first in text:
            yield from trigger.pattern.finditer(text)
