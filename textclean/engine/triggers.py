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

from textclean.text.patterns import pattern


class Trigger:
    """A pattern without which a rule has nothing to find in a text, and how to ask cheaply.

    Args:
        expression: the regular expression.
        first: what every match begins with, '' if that is not known.
        literal: what it looks for, if that is one string: then no pattern is needed.
        by_character: whether every match is one character.
    """

    __slots__ = ("by_character", "expression", "first", "literal", "pattern")

    def __init__(
        self, expression: str, first: str = "", literal: str = "", *, by_character: bool = False
    ) -> None:
        self.expression = expression
        self.first = first
        self.literal = literal
        self.by_character = by_character
        self.pattern = pattern(expression)

    def found_in(self, text: str) -> bool:
        """Whether it finds a match."""
        if self.literal:
            return self.literal in text
        return self.first in text and bool(self.pattern.search(text))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Trigger) and self.expression == other.expression

    def __hash__(self) -> int:
        return hash(self.expression)


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
        yield from trigger.pattern.finditer(text)
