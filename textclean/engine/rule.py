"""What a rule is, and where all of them stand.

A rule is one pure function, decorated with all there is to know about it: code, name, tier, stage,
reason (English and Chinese), examples and counter-examples. The tests, ``textclean rules CODE``
and ``docs/rules.md`` are built from the decoration; there is no second place to edit.

To add a rule, write it in the module of its family (the letter of its code) and decorate it. A
function sees a `View` and yields `Proposal` objects (or `Everywhere`) in its coordinates; it never
touches the string. The engine drops what falls on a protected span and settles what overlaps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from textclean.text.edit import Tier
from textclean.text.patterns import pattern

if TYPE_CHECKING:
    from textclean.config import Config
    from textclean.text.blocks import Block


Answer = TypeVar("Answer")


class Stage(IntEnum):
    """The order in which families run; each works on the text that the last one left."""

    CHARACTERS = 1
    SCRIPT = 2
    #: Wrapped lines: what a mark or space at a line's end was is asked of whole paragraphs.
    LAYOUT = 3
    PUNCTUATION = 4
    SPACING = 5
    REPETITION = 6
    QUANTITIES = 7
    PLACEHOLDERS = 8


class Proposal(NamedTuple):
    """What a rule would change in a view; a mere finding proposes the text that is there."""

    start: int
    end: int
    after: str
    evidence: str
    confidence: float = 1.0
    #: Proposals of one rule with the same key stand or fall together.
    group: int | None = None


class Everywhere(NamedTuple):
    """One change at many places, for the rules that find thousands: a list instead of objects."""

    starts: list[int]
    #: Characters that are replaced at each place.
    length: int
    after: str
    evidence: str


class View:
    """A text as a stage sees it, with what rules ask about it, computed once and on demand."""

    __slots__ = ("__dict__", "_protected", "alphabet", "config", "text")

    def __init__(
        self,
        text: str,
        protected: Sequence[tuple[int, int]] | None,
        config: Config,
        alphabet: str | None = None,
    ) -> None:
        self.text = text
        #: Of the characters that rules look for by themselves, those that the text holds, if known.
        self.alphabet = alphabet
        self._protected = protected
        self.config = config
        self._line = self._run = 1, 0  # the bounds that were asked for last
        self._answers: dict[Any, Any] = {}

    @property
    def protected(self) -> Sequence[tuple[int, int]]:
        """Sorted, disjoint spans that no rule edits; the engine enforces it."""
        if self._protected is None:
            from textclean.text.protect import protected_spans

            self._protected = protected_spans(self.text)
        return self._protected

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks of the text: paragraphs, headings, lists, tables, fences …"""
        from textclean.text.blocks import split_blocks

        return split_blocks(self.text)

    def once(self, question: Callable[[View], Answer]) -> Answer:
        """The answer to a question about the text that several rules ask: it is found once."""
        known: dict[Callable[[View], Answer], Answer] = self._answers
        if question not in known:
            known[question] = question(self)
        return known[question]

    def places_of(self, wanted: Callable[[str], object]) -> list[int] | None:
        """Every offset of the characters that are `wanted`, if it is known that they are few kinds.

        None where nobody looked, or they are many: then a scan for them all is faster.
        """
        if self.alphabet is None:
            return None
        kinds = [char for char in dict.fromkeys(self.alphabet) if wanted(char)]
        if len(kinds) > _FEW:
            return None
        return sorted(at for char in kinds for at in occurrences(self.text, char))

    @cached_property
    def may_hold_latin_words(self) -> bool:
        """Whether the text holds a small vowel: every Latin word in small letters has one."""
        return any(vowel in self.text for vowel in SMALL_VOWELS)

    def line_bounds(self, offset: int) -> tuple[int, int]:
        """Start and end of the line that holds an offset, without its line break."""
        start, end = self._line
        if not start <= offset <= end:
            start = self.text.rfind("\n", 0, offset) + 1
            start = max(start, self.text.rfind("\r", start, offset) + 1)
            stop = _LINE_END.search(self.text, offset)
            self._line = start, end = start, stop.start() if stop else len(self.text)
        return start, end

    def run_bounds(self, offset: int, characters: str) -> tuple[int, int]:
        """Start and end of the run of `characters` (always the same ones) around an offset."""
        start, end = self._run
        if not start <= offset <= end:
            text = self.text
            start = end = offset
            reach = 64
            while True:  # in steps that double, so as not to copy all that stands before
                low = max(0, start - reach)
                kept = len(text[low:start].rstrip(characters))
                start = low + kept
                if kept or not low:
                    break
                reach *= 2
            reach = 64
            while True:
                piece = text[end : end + reach]
                kept = len(piece.lstrip(characters))
                end += len(piece) - kept
                if kept or not piece:
                    break
                reach *= 2
            self._run = start, end
        return start, end


SMALL_VOWELS = "aeiouy"

_FEW = 5
_LINE_END = pattern(r"[\r\n]|\Z")

_PLAIN = pattern(r"[^\\\[(.^$*+?{|]|\\[^A-Za-z0-9]")
_LITERAL = pattern(r"(?:[^\\\[(.^$*+?{|]|\\[^A-Za-z0-9])+")
_CLASS = pattern(r"\[(?:[^\]\\]|\\.)+\]")
_ESCAPE = pattern(r"\\(.)")
# What may hold brackets and bars that group nothing.
_ESCAPED = pattern(r"\\.|\[(?:[^\]\\]|\\.)+\]")


def _alternates(expression: str) -> bool:
    """Whether an expression has an alternative outside of all groups."""
    if "|" not in expression:
        return False
    depth = 0
    for char in _ESCAPED.sub("", expression):
        depth += (char == "(") - (char == ")")
        if char == "|" and not depth:
            return True
    return False


class Trigger:
    """A pattern without which a rule has nothing to find in a text, and how to ask cheaply."""

    __slots__ = ("by_character", "expression", "first", "literal", "pattern")

    def __init__(self, expression: str) -> None:
        self.expression = expression
        literal = _PLAIN.match(expression)
        #: What every match begins with, if that is known; '' is in every text. The search for one
        #: character is the fastest there is.
        self.first = literal.group()[-1] if literal and not _alternates(expression) else ""
        #: Whether it is one character or a class of them.
        self.by_character = bool(_PLAIN.fullmatch(expression) or _CLASS.fullmatch(expression))
        #: What it looks for, if that is one string: then no pattern is needed.
        self.literal = _ESCAPE.sub(r"\1", expression) if _LITERAL.fullmatch(expression) else ""
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


def any_found(triggers: Sequence[Trigger], text: str) -> bool:
    """Whether `text` holds what one of the triggers looks for; True where there are none."""
    return not triggers or any(trigger.found_in(text) for trigger in triggers)


def occurrences(text: str, char: str) -> list[int]:
    """Every offset of a character."""
    places: list[int] = []
    find = text.find
    at = find(char)
    while at >= 0:
        places.append(at)
        at = find(char, at + 1)
    return places


Finder = Callable[[View], Iterable[Proposal | Everywhere]]


@dataclass(frozen=True)
class Rule:
    """A detector and everything that is said of it. See the module's text for how to add one."""

    code: str
    name: str
    tier: Tier
    stage: Stage
    reason: str
    reason_zh: str
    #: (before, after) under a configuration that selects and applies just this rule; for a rule
    #: that only reports, (text, what it finds).
    examples: tuple[tuple[str, str], ...]
    #: Texts in which this rule finds nothing.
    counter_examples: tuple[str, ...]
    find: Finder
    #: Text in which none of these finds a match has no finding. Empty: always run.
    triggers: tuple[Trigger, ...]
    #: Configuration that the examples need (options that are off by default).
    options: tuple[tuple[str, str], ...] = ()
    #: Whether the rule can propose anything under a configuration (options that are off).
    enabled: Callable[[Config], bool] | None = None

    def may_find(self, text: str) -> bool:
        """False where the rule has nothing to find in `text`; at most a scan for each trigger."""
        return any_found(self.triggers, text)

    @cached_property
    def by_character(self) -> bool:
        """Whether the triggers are single characters or classes: then what makes a text worth a
        look is its characters alone, wherever they stand.
        """
        return bool(self.triggers) and all(trigger.by_character for trigger in self.triggers)

    @property
    def family(self) -> str:
        """The letter of the code: C, T, P, S, R …"""
        return self.code[0]


_RULES: dict[str, Rule] = {}


def rule(
    code: str,
    name: str,
    tier: Tier,
    stage: Stage,
    *,
    reason: str,
    reason_zh: str,
    examples: Sequence[tuple[str, str]],
    counter_examples: Sequence[str],
    trigger: str | tuple[str, ...] = (),
    options: dict[str, str] | None = None,
    enabled: Callable[[Config], bool] | None = None,
) -> Callable[[Finder], Rule]:
    """Register the decorated function as the rule `code`.

    Args:
        trigger: a regular expression, or several; text in which none matches is never shown to
            the function. A literal is scanned at a nanosecond a character, what begins with a
            character class at five to ten; an alternation of literals is slower than each alone.
    """

    def register(find: Finder) -> Rule:
        if code in _RULES:
            raise ValueError(f"the code {code} is taken by {_RULES[code].name}")
        made = Rule(
            code=code,
            name=name,
            tier=tier,
            stage=stage,
            reason=reason,
            reason_zh=reason_zh,
            examples=tuple(examples),
            counter_examples=tuple(counter_examples),
            find=find,
            triggers=tuple(map(Trigger, [trigger] if isinstance(trigger, str) else trigger)),
            options=tuple((options or {}).items()),
            enabled=enabled,
        )
        _RULES[code] = made
        return made

    return register


def all_rules() -> list[Rule]:
    """Every rule, in order of code."""
    from textclean.rules import load

    load()
    return [_RULES[code] for code in sorted(_RULES)]


def iter_family(letter: str) -> Iterator[Rule]:
    """The rules of one family, in order of code."""
    return (rule for rule in all_rules() if rule.family == letter)
