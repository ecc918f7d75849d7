"""A rule by itself, as its examples are given."""

from __future__ import annotations

from textclean import Cleaned, Config, Tier, clean, consensus
from textclean.engine.rule import READINGS_SEPARATOR, Rule


def alone(rule: Rule) -> Config:
    """The configuration under which a rule's examples hold: this rule, and it is applied."""
    return Config(
        select=(rule.code,),
        tier=Tier.SUGGESTED,
        **dict(rule.options),  # type: ignore[arg-type]
    )


def applied(rule: Rule, text: str) -> Cleaned:
    """What a rule does with an example: a text, or several readings of one."""
    if rule.of_readings:
        return consensus(text.split(READINGS_SEPARATOR), alone(rule))
    return clean(text, alone(rule))
