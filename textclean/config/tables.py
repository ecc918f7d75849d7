"""Tables of a configuration: rules of the user's own, and choices for some files only."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from textclean.config.values import plain, refuse_key, tier_of
from textclean.errors import ConfigError
from textclean.text.edit import Tier

#: The letter that codes of a user's own rules begin with.
OWN = "U"
_CODE = re.compile(rf"{OWN}[0-9]{{3}}")
_NAME = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, kw_only=True)
class OwnRule:
    """A rule of the user's own: ``[[tool.textclean.rule]]``.

    - ``code``: ``U`` and three digits.
    - ``pattern``: a regular expression of the `regex` package, looked for in the whole text.
    - ``replacement``: what takes the place of a match; ``\\1`` and ``\\g<name>`` are groups.
      Without it the rule only reports.
    - ``reason``: one line on why.
    - ``reason_zh``: the same in Chinese.
    - ``tier``: ``suggested`` (the default), ``safe`` or ``report``.
    - ``name``: small letters and dashes; by default the code.
    - ``examples``: pairs of a text and what becomes of it (without a replacement: what is found);
      at least one. They are run before the rule is used.
    - ``counter_examples``: texts in which nothing is found. They are run, too.

    Raises:
        ConfigError: a value does not fit. (A pattern that does not compile, or an example that does
            not come out so, is an error when the rule is first used.)
    """

    code: str
    pattern: str
    reason: str
    examples: tuple[tuple[str, str], ...]
    replacement: str | None = None
    tier: Tier = Tier.SUGGESTED
    name: str = ""
    reason_zh: str = ""
    counter_examples: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        set_ = object.__setattr__
        if not isinstance(self.code, str) or not _CODE.fullmatch(self.code):
            raise ConfigError(f"rule: code: expected {OWN} and three digits, got {self.code!r}")
        where = f"rule {self.code}"
        for key in ("pattern", "reason"):
            value = getattr(self, key)
            if not isinstance(value, str) or not value:
                raise ConfigError(f"{where}: {key}: expected a string, got {value!r}")
        for key in ("name", "reason_zh"):
            if not isinstance(getattr(self, key), str):
                raise ConfigError(f"{where}: {key}: expected a string")
        if self.replacement is not None and not isinstance(self.replacement, str):
            raise ConfigError(f"{where}: replacement: expected a string, got {self.replacement!r}")
        if self.name and not _NAME.fullmatch(self.name):
            raise ConfigError(f"{where}: name: expected small letters and dashes: {self.name!r}")
        set_(self, "name", self.name or self.code.lower())
        set_(self, "reason_zh", self.reason_zh or self.reason)
        tier = tier_of(f"{where}: tier", self.tier)
        set_(self, "tier", Tier.REPORT if self.replacement is None else tier)
        set_(self, "examples", tuple(_example(where, each) for each in self.examples))
        if not self.examples:
            raise ConfigError(f"{where}: examples: at least one is needed, [text, result]")
        counter: Any = self.counter_examples
        if isinstance(counter, str) or not all(isinstance(each, str) for each in counter):
            raise ConfigError(f"{where}: counter_examples: expected a list of texts")
        set_(self, "counter_examples", tuple(counter))

    @classmethod
    def from_mapping(cls, given: object) -> Self:
        """A rule from a table of TOML; dashes in keys count as underscores."""
        if not isinstance(given, Mapping):
            raise ConfigError(f"rule: expected a table, got {given!r}")
        fields = {f.name: f for f in dataclasses.fields(cls)}
        arguments = {key.replace("-", "_"): value for key, value in given.items()}
        where = f"rule {arguments.get('code', '')}".strip()
        for key in given:
            if key.replace("-", "_") not in fields:
                refuse_key(where, key, fields)
        for name, f in fields.items():
            if f.default is dataclasses.MISSING and name not in arguments:
                raise ConfigError(f"{where}: {name} is missing")
        return cls(**arguments)

    def as_mapping(self) -> dict[str, Any]:
        """What `from_mapping` takes."""
        given = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        return {key: plain(value) for key, value in given.items() if value is not None}


def own_rules(given: object) -> tuple[OwnRule, ...]:
    """Rules from a list of tables.

    Raises:
        ConfigError: a table does not fit, or two have one code or name.
    """
    if not isinstance(given, list | tuple):
        raise ConfigError(f"rule: expected a list of tables, got {given!r}")
    rules = tuple(
        each if isinstance(each, OwnRule) else OwnRule.from_mapping(each) for each in given
    )
    for key in ("code", "name"):
        seen: set[str] = set()
        for each in rules:
            value = getattr(each, key)
            if value in seen:
                raise ConfigError(f"rule: the {key} {value} is given twice")
            seen.add(value)
    return rules


def _example(where: str, given: object) -> tuple[str, str]:
    if isinstance(given, Mapping) and set(given) == {"before", "after"}:
        given = [given["before"], given["after"]]
    match given:
        case [str(before), str(after)]:
            return before, after
    raise ConfigError(f"{where}: examples: expected pairs of texts, got {given!r}")
