"""Which rules a configuration runs, stage by stage, and which may find anything in a text.

Most rules find nothing in most texts, and to know that must cost less than the rules. So their
triggers are put together: what matches begin with is looked for once for all rules, and what a text
does not hold is remembered until an edit may have brought it in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from typing import NamedTuple

from textclean.config import Config
from textclean.config.values import ALL
from textclean.engine.rule import STAGES, Rule, Stage
from textclean.engine.triggers import Trigger
from textclean.errors import ConfigError
from textclean.text.character_class import CharacterClass
from textclean.text.classes import KANA_CLASS, ascii_of
from textclean.text.edit import Tier
from textclean.text.kinds.unreadable import SUSPECTS
from textclean.text.patterns import pattern


class Step:
    """The rules of one stage, with the tier in force for each, and the gates before them.

    Triggers are kept by what their matches begin with, and a gate for several that begin with one
    character tells in one scan that none finds a match.
    """

    def __init__(self, rules: Sequence[tuple[Rule, Tier]]) -> None:
        self.rules = tuple(rules)
        #: Whether all that the rules look for is characters, wherever they stand.
        self.by_character = all(rule.by_character for rule, _ in rules)
        self.triggers = [trigger for rule, _ in rules for trigger in rule.triggers]
        #: What matches begin with, where that is known.
        self.firsts = {trigger.first for trigger in self.triggers} - {""}
        #: The rules without triggers, which are always asked.
        self._always = {index for index, (rule, _) in enumerate(rules) if not rule.triggers}
        by_first: dict[str, dict[Trigger, list[int]]] = {}
        for index, (rule, _) in enumerate(rules):
            for trigger in rule.triggers:
                by_first.setdefault(trigger.first, {}).setdefault(trigger, []).append(index)
        #: The rules that look for a character, by characters that were met.
        self._by_character: dict[str, set[int]] = {}
        self._any_first = [*by_first.pop("", {}).items()]
        self._by_first = {
            first: (_gate(shared), [*shared.items()]) for first, shared in by_first.items()
        }

    def candidate_rules(self, text: str, present: PresentLiterals) -> list[tuple[Rule, Tier]]:
        """The rules that may find something in a text.

        Args:
            present: what the text holds of the characters that triggers begin with; takes up what
                is learnt here.
        """
        candidates = set(self._always)
        for trigger, indices in self._any_first:
            if trigger.found_in(text):
                candidates.update(indices)
        for first in self.firsts & present.firsts:
            gate, triggers = self._by_first[first]
            if gate is not None and not gate.search(text):
                continue
            for trigger, indices in triggers:
                if literal := trigger.literal:
                    if literal in present.absent:
                        continue
                    if _lacks(text, literal):
                        present.absent.add(literal)
                        continue
                elif candidates.issuperset(indices) or not trigger.pattern.search(text):
                    continue
                candidates.update(indices)
        return [self.rules[index] for index in sorted(candidates)] if candidates else []

    def candidate_rules_for(self, characters: str) -> list[tuple[Rule, Tier]]:
        """The rules that look for some of these characters, where all do so by character."""
        for char in characters:
            if char not in self._by_character:
                self._by_character[char] = {
                    index
                    for index, (rule, _) in enumerate(self.rules)
                    if any(trigger.is_for(char) for trigger in rule.triggers)
                }
        candidates = set[int]().union(*map(self._by_character.__getitem__, characters))
        return [self.rules[index] for index in sorted(candidates)]


def _lacks(text: str, string: str) -> bool:
    """Whether a text does not hold a string. In a long text it pays to look for one of ASCII among
    what is ASCII first: what that lacks the text lacks.
    """
    if len(string) > 1 and len(text) > _SHORT and string.isascii() and string not in ascii_of(text):
        return True
    return string not in text


_SHORT = 400


def _gate(triggers: Iterable[Trigger]) -> re.Pattern[str] | None:
    """One scan for all triggers that begin with a character; None where each is as good.

    Strings are looked for faster than patterns, and those that are absent need no second look.
    """
    if len([trigger for trigger in triggers if not trigger.literal]) < 3:
        return None
    return pattern("|".join(trigger.expression for trigger in triggers))


class PresentLiterals:
    """Which of the strings that triggers look for a text holds, and which not, as it is edited."""

    __slots__ = ("_sought", "absent", "firsts")

    def __init__(self, text: str, sought: Set[str], alphabet: str | None = None) -> None:
        """Look for what triggers begin with.

        Args:
            sought: what they begin with.
            alphabet: what `RareCharacters` finds in the text, if that is known.
        """
        self._sought = sought
        #: Of the characters that triggers begin with all that the text holds, and perhaps more.
        self.firsts = {
            char
            for char in sought
            if char in (text if len(text) <= _SHORT else _where(char, text, alphabet))
        }
        #: Strings that the text is known not to hold.
        self.absent: set[str] = set()

    def note_edits(self, inserted: Set[str]) -> None:
        """Take account of edits.

        Args:
            inserted: what the edits put in place of what was there; '' for what was taken out.
        """
        characters = set("".join(inserted))
        self.firsts |= self._sought & characters
        # Where something is taken out, what stood apart becomes one string.
        if "" in inserted:
            self.absent.clear()
        elif self.absent:
            self.absent = {string for string in self.absent if characters.isdisjoint(string)}


def _where(char: str, text: str, alphabet: str | None) -> str:
    """What of a long text is looked through for a character: what is ASCII, or its alphabet."""
    if char < "\x80":
        return ascii_of(text)
    return text if alphabet is None or not _is_slow(char) else alphabet


def _is_slow(char: str) -> bool:
    """Whether a sign beyond ASCII is not found by its last byte, as others are, since every
    character of ASCII has the same among its bytes: an ideographic space, ``─``.
    """
    return "\xff" < char < "\u3400" and not ord(char) & 0xFF


class RareCharacters:
    """All that is looked for by the stages whose triggers are single characters, in one scan; and
    kana, which most rules keep from, what pages that are no text are made of, and what triggers
    begin with that is slow to find.

    Where a text has none of it, no round asks these stages until an edit inserts such a character.
    """

    def __init__(self, classes: Iterable[str]) -> None:
        every = list(dict.fromkeys(classes))
        self._anywhere = CharacterClass(every)
        # A class that ends with the Basic Multilingual Plane is searched for in half the time.
        self._in_plane = CharacterClass(filter(None, map(_within_plane, every)))

    def present_in(self, text: str, *, beyond_plane: bool) -> set[str]:
        """Those that a text has.

        Args:
            beyond_plane: whether the text has characters beyond the Basic Multilingual Plane.
        """
        return (self._anywhere if beyond_plane else self._in_plane).held_by(text)


def _within_plane(expression: str) -> str:
    """A character or class without what lies beyond the plane; '' if nothing is left."""
    kept = _BEYOND_PLANE.sub("", _OUT_OF_PLANE.sub("\\1-\uffff", expression))
    return "" if kept == "[]" else kept


_BEYOND_PLANE = pattern("[\U00010000-\U0010ffff](?:-[\U00010000-\U0010ffff])?")
_OUT_OF_PLANE = pattern("([^\U00010000-\U0010ffff])-[\U00010000-\U0010ffff]")


#: Stage by stage the rules that are applied, and the others.
Stages = tuple[tuple[Step, Step], ...]


class Plan(NamedTuple):
    """The rules that a configuration runs, by stage."""

    #: By the rank of the tier that is applied: stage by stage the rules that are, and the others.
    stages: tuple[Stages, Stages]
    #: Of these the stages that have rules to apply.
    applied: tuple[Stages, Stages]
    #: By the same rank: what the triggers of the rules that are applied begin with.
    firsts: tuple[Set[str], Set[str]]
    #: By the same rank: all that the stages look for whose triggers are single characters, and more
    #: of this kind.
    rare: tuple[RareCharacters | None, RareCharacters | None]
    config: Config
    #: The rank of the configuration's own tier.
    rank: int


def _with_tier(rule: Rule, config: Config) -> tuple[Rule, Tier]:
    """A rule with its tier; one whose tier the configuration names has it in every register."""
    tier = config.tier_of(rule.code, rule.tier)
    if rule.in_register and config.names_tier_of(rule.code):
        rule = replace(rule, in_register=())
    return rule, tier


def with_codes(config: Config, rules: Sequence[Rule]) -> Config:
    """The same configuration with codes in place of rules' names.

    Raises:
        ConfigError: it names a rule that is not among `rules`.
    """
    named = {name for option in _NAMING for name in getattr(config, option)}
    if not named:
        return config
    codes = {rule.name: rule.code for rule in rules}
    for name in named - {ALL} - STAGES.keys() - {"D"}:  # D: duplicates, which no rule here finds
        if name not in codes and not any(rule.code.startswith(name) for rule in rules):
            option = next(option for option in _NAMING if name in getattr(config, option))
            raise ConfigError(
                f"{option}: there is no rule {name!r}; `textclean rules` lists them all"
            )
    if named.isdisjoint(codes):
        return config
    return replace(
        config,
        select=tuple(codes.get(name, name) for name in config.select),
        ignore=tuple(codes.get(name, name) for name in config.ignore),
        tiers={codes.get(name, name): tier for name, tier in config.tiers.items()},
    )


#: The options that name rules.
_NAMING = ("select", "ignore", "tiers")


def plan_of(rules: Sequence[Rule], config: Config) -> Plan:
    """What a configuration runs of `rules`.

    Raises:
        ConfigError: it names a rule that is not among them.
    """
    config = with_codes(config, rules)
    chosen = [
        _with_tier(rule, config)
        for rule in rules
        if not rule.of_readings
        and config.selects(rule.code)
        and (rule.enabled is None or rule.enabled(config))
    ]
    stages = [[pair for pair in chosen if pair[0].stage is stage] for stage in Stage]

    def steps(rank: int) -> Stages:
        return tuple(
            (
                Step([pair for pair in stage if pair[1].rank <= rank]),
                Step([pair for pair in stage if pair[1].rank > rank]),
            )
            for stage in stages
            if stage
        )

    def rare(pairs: Stages) -> RareCharacters | None:
        steps = [step for step, _ in pairs if step.by_character]
        classes = [trigger.expression for step in steps for trigger in step.triggers]
        firsts = {trigger.first for rule, _ in chosen for trigger in rule.triggers}
        asked = f"[{KANA_CLASS}]", f"[{SUSPECTS}]", *filter(_is_slow, sorted(firsts - {""}))
        return RareCharacters([*classes, *asked]) if classes else None

    def firsts(pairs: Stages) -> Set[str]:
        return frozenset[str]().union(*(step.firsts for step, _ in pairs if not step.by_character))

    every = steps(0), steps(1)
    applied = tuple(tuple(pair for pair in pairs if pair[0].rules) for pairs in every)
    return Plan(
        stages=every,
        applied=(applied[0], applied[1]),
        firsts=(firsts(every[0]), firsts(every[1])),
        rare=(rare(every[0]), rare(every[1])),
        config=config,
        rank=config.tier.rank,
    )
