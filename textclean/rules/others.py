"""Rules that are not this package's: the user's own, written in the configuration, and plug-ins'.

The engine treats them as it does ours: nothing protected is touched, what overlaps is settled,
every edit can be undone, rounds repeat until nothing changes. What ours prove in tests, theirs
prove when they are loaded: their examples are run, and a result that goes on changing is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

from textclean.config import Config, OwnRule
from textclean.engine.plan import plan_of
from textclean.engine.rounds import UnsettledError, Views, run_rounds
from textclean.engine.rule import STAGES, Proposal, Rule, Stage, View
from textclean.errors import ConfigError, MissingExtraError, RuleError
from textclean.rules import all_rules
from textclean.text.edit import Span, Tier

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from regex import Pattern

#: The group of entry points: each is a module with rules, or an iterable of rules.
GROUP = "textclean.rules"
#: Seconds of processor time for a pattern of the user's own, for any text and for each character.
#: The slowest of our own patterns takes a hundredth of it.
_SECONDS = 1.0
_SECONDS_A_CHARACTER = 1e-5
_CODE = re.compile(r"[A-Z][0-9]{3}")


def rules_for(config: Config) -> Sequence[Rule]:
    """Every rule that a configuration can run: ours, its own, those of its plug-ins.

    Raises:
        ConfigError: an own rule or a plug-in does not load; the message says which and why.
        MissingExtraError: it has own rules, and the `regex` package is not installed.
    """
    if not (config.rule or config.plugins):
        return all_rules()
    return _rules_with(config.rule, config.plugins)


@lru_cache(64)  # as many as `cleaning` keeps plans
def _rules_with(own: tuple[OwnRule, ...], plugins: tuple[str, ...]) -> Sequence[Rule]:
    rules = {rule.code: rule for rule in all_rules()}
    names = {rule.name for rule in rules.values()}
    more = [_own_rule(each) for each in own]
    more += [rule for name in plugins for rule in _plugin(name)]
    for rule in more:
        if rule.code in rules or rule.name in names:
            raise ConfigError(f"rule {rule.code} {rule.name}: its code or name is taken")
        rules[rule.code] = rule
        names.add(rule.name)
        _check(rule)
    return tuple(rule for _, rule in sorted(rules.items()))


def _own_rule(own: OwnRule) -> Rule:
    where = f"rule {own.code}"
    try:
        import regex
    except ImportError:
        raise MissingExtraError(f"{where} in the configuration", "rules") from None
    try:
        compiled = regex.compile(own.pattern)
    except regex.error as error:
        raise ConfigError(f"{where}: pattern: {error}") from None
    return Rule(
        own.code, own.name, own.tier, Stage.OWN, own.reason, own.reason_zh, own.examples,
        own.counter_examples, _finder(own, compiled), (),
    )  # fmt: skip


def _finder(own: OwnRule, compiled: Pattern[str]) -> Callable[[View], Iterator[Proposal]]:
    def find(view: View) -> Iterator[Proposal]:
        limit = _SECONDS + _SECONDS_A_CHARACTER * len(view.text)
        try:
            for match in compiled.finditer(view.text, timeout=limit):
                before = match.group()
                after = before if own.replacement is None else match.expand(own.replacement)
                yield Proposal(match.start(), match.end(), after, own.reason)
        except IndexError:
            raise ConfigError(
                f"rule {own.code}: replacement {own.replacement!r}: the pattern has no such group"
            ) from None
        except TimeoutError:
            raise RuleError(
                f"rule {own.code}: the pattern took more than {limit:.1f} seconds on a text of "
                f"{len(view.text)} characters; make it simpler"
            ) from None

    return find


def _plugin(name: str) -> Iterable[Rule]:
    from importlib.metadata import entry_points  # here, for it takes longer than all rules to load

    installed = {each.name: each for each in entry_points(group=GROUP)}
    if name not in installed:
        known = ", ".join(sorted(installed)) or "none"
        raise ConfigError(f"plugins: {name!r} is not installed (installed: {known})")
    rules = list(_loaded(installed[name]))
    if not rules:
        raise ConfigError(f"plugins: {name!r} has no rules")
    for rule in rules:
        if not _CODE.fullmatch(rule.code) or rule.code[0] in {*STAGES, "D"}:
            raise ConfigError(
                f"plugins: {name!r}: {rule.code}: codes of plug-ins are a letter that is not used "
                f"here ({''.join(sorted({*STAGES, 'D'}))}) and three digits"
            )
    return rules


def _loaded(entry: EntryPoint) -> Iterator[Rule]:
    try:
        found: Any = entry.load()
        if isinstance(found, ModuleType):
            found = vars(found).values()
        yield from (each for each in found if isinstance(each, Rule))
    except Exception as error:  # whatever a stranger's module does
        raise ConfigError(f"plugins: {entry.name!r} does not load: {error}") from error


def _check(rule: Rule) -> None:
    """Run a rule's examples and counter-examples.

    Raises:
        ConfigError: one does not come out as it is written, or the result is changed again.
    """
    config = Config(
        select=rule.code,
        tier=Tier.SUGGESTED,
        tiers={} if rule.tier is Tier.REPORT else {rule.code: Tier.SAFE},
        **dict(rule.options),  # type: ignore[arg-type]
    )
    where = f"rule {rule.code}"
    for before, after in rule.examples:
        text, found = _alone(rule, config, before)
        if rule.tier is Tier.REPORT:
            if after not in found:
                raise ConfigError(f"{where}: example {before!r}: {after!r} is not found")
            continue
        if text != after:
            raise ConfigError(f"{where}: example {before!r}: expected {after!r}, got {text!r}")
        if before == after:
            raise ConfigError(f"{where}: example {before!r}: nothing changes")
    for text in rule.counter_examples:
        after, found = _alone(rule, config, text)
        if found or after != text:
            raise ConfigError(f"{where}: counter-example {text!r}: something is found")


def _alone(rule: Rule, config: Config, text: str) -> tuple[str, list[str]]:
    """What a rule by itself makes of a text, and what it only finds."""
    findings: list[Span] = []
    plan = plan_of([rule], config)
    try:
        after, _ = run_rounds(Views(text, config), plan, plan.rank, findings)
    except UnsettledError:
        raise ConfigError(
            f"rule {rule.code}: example {text!r}: the result is found and changed again, without "
            "end"
        ) from None
    return after, [text[start:end] for start, end, *_ in findings]
