"""Why there is a rule, in one line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textclean.engine.rule import Rule

_FIRST_SENTENCE = re.compile(r".+?[.!?](?=\s+[^a-z]|$)", re.DOTALL)


def one_line(rule: Rule) -> str:
    """The first sentence of a rule's reason."""
    reason = " ".join(rule.reason.split())
    sentence = _FIRST_SENTENCE.match(reason)
    return sentence.group() if sentence else reason


def one_line_zh(rule: Rule) -> str:
    """The first sentence of a rule's reason in Chinese."""
    reason = "".join(rule.reason_zh.split("\n")).strip()
    return reason[: reason.find("。") + 1] or reason
