"""Family C, switches: what a writer's ``textclean: off`` and its like leave open, or say in vain.

What a switch is and what it does: `textclean.text.switches`. The engine obeys them for every rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from textclean.config import Config
from textclean.engine.rule import STAGES, Proposal, View, registered_rules, rule
from textclean.text.edit import Tier
from textclean.text.switches import MARK, VERBS, Switch


@rule(
    "C103",
    Tier.REPORT,
    trigger=MARK,
    reason="A `textclean: off` without a `textclean: on` protects all that follows; that is often "
    "an oversight. One for some rules only is the same.",
    reason_zh="只有“textclean: off”而无“textclean: on”时，其后全文都受保护，常为疏漏。",
    examples=[
        ("<!-- textclean: off -->\n原样,保留", "<!-- textclean: off -->"),
        ("% textclean: off P001\n原样,保留", "% textclean: off P001"),
    ],
    counter_examples=[
        "<!-- textclean: off -->\n原样,保留\n<!-- textclean: on -->\n",
        "% textclean: off P001 S\n原样,保留\n% textclean: on P\n\n% textclean: on S",
        "<!-- textclean: off-next-line -->\n原样,保留",
        "一行中写 textclean: off 可以关闭检查。",
    ],
)
def unclosed_switch(view: View) -> Iterator[Proposal]:
    """A switch that is never closed is reported where it stands."""
    for switch in view.switches.unclosed:
        yield _finding(view, switch, "nothing after it switches the rules on again")


@rule(
    "C105",
    Tier.REPORT,
    trigger=MARK,
    reason="A comment begins as a switch does and says nothing that is known: a verb other than "
    "`off`, `on`, `off-line` and `off-next-line`, a code that no rule has, an `on` for what is not "
    "off. What is not known switches nothing; `off` with no known code switches everything off.",
    reason_zh="注释以“textclean:”开头，但指令或规则代码不存在，或所要恢复的规则并未关闭。",
    examples=[
        ("<!-- textclean: of -->\n原样,保留", "<!-- textclean: of -->"),
        (
            "# textclean: off P001 P999\n原样,保留\n# textclean: on P001",
            "# textclean: off P001 P999",
        ),
        ("原样,保留 <!-- textclean: off-line P0O1 -->", "<!-- textclean: off-line P0O1 -->"),
        ("<!-- textclean: on P001 -->", "<!-- textclean: on P001 -->"),
    ],
    counter_examples=[
        "<!-- textclean: off P -->\n原样,保留\n<!-- textclean: on -->",
        "[//]: # (textclean: off-next-line C001, S)\n原样,保留",
        "配置写在 textclean: 之下。",
        "<!-- 见 textclean: of -->",
        "`<!-- textclean: of -->`",
    ],
)
def unknown_switch(view: View) -> Iterator[Proposal]:
    """A switch that says what is not known is reported where it stands."""
    for switch in view.switches.all:
        if switch.verb not in VERBS:
            known = ", ".join(VERBS)
            yield _finding(view, switch, f"{switch.verb!r} is none of {known}")
            continue
        unknown = [code for code in switch.codes if not _names_a_rule(code, view.config)]
        for name in (*switch.others, *unknown):
            yield _finding(view, switch, f"there is no rule {name!r}")
    for switch, code in view.switches.idle:
        if _names_a_rule(code, view.config):
            yield _finding(view, switch, f"{code} is not off here, or with others: `on` ends all")


def _finding(view: View, switch: Switch, evidence: str) -> Proposal:
    return Proposal(switch.start, switch.end, view.text[switch.start : switch.end], evidence)


def _names_a_rule(code: str, config: Config) -> bool:
    if any(rule.startswith(code) for rule in (*registered_rules, *(r.code for r in config.rule))):
        return True
    # A plug-in's, as far as can be known here.
    return bool(config.plugins) and code[0] not in {*STAGES, "D"}
