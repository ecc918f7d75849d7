"""The rules' own pages: the list, the page of one rule, its JSON, and ``docs/rules.md``.

All of it comes from the rules' decorations, so what a page says is what the tests test.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from textclean.config.tables import OWN
from textclean.engine.rule import READINGS_SEPARATOR
from textclean.report.language import language_in_use, tr
from textclean.report.reasons import one_line
from textclean.text.visible import visible

if TYPE_CHECKING:
    from textclean.engine.rule import Rule, Stage

#: What the letter of a code stands for.
FAMILIES = {
    "C": "characters",
    "T": "script",
    "P": "punctuation and quotes",
    "S": "spacing",
    "R": "repetition",
    "L": "layout",
    "Q": "quantities",
    "X": "placeholders",
    "D": "duplicates",
    "N": "several readings",
    "U": "your own",
}
_TIERS = {
    "safe": "applied by default",
    "suggested": "applied with `--tier suggested`, else only reported",
    "report": "only ever reported",
}

#: Where the rules' pages are.
_PAGES = "https://github.com/textclean/textclean/blob/main/docs/rules.md"


def page_address(rule: Rule) -> str | None:
    """Where a rule's page is; None: it is none of ours."""
    # No rule of anybody else has a code of our families (`rules.others`).
    ours = rule.family in FAMILIES and rule.family != OWN
    return f"{_PAGES}#{rule.code.lower()}" if ours else None


def rule_page(rule: Rule) -> str:
    """A rule in full, as plain text for a terminal, in the language in use."""
    lines = [
        f"{rule.code} {rule.name}",
        "",
        tr(f"Family: {FAMILIES.get(rule.family, rule.family)}"),
        tr(f"Tier:   {rule.tier} ({_TIERS[rule.tier]})"),
    ]
    if rule.enabled is not None:
        flags = ", ".join(_flag(name, value) for name, value in rule.options)
        lines.append(tr(f"Needs:  {flags}"))
    if language_in_use() == "en":
        lines += ["", " ".join(rule.reason.split())]
    lines += ["", "".join(rule.reason_zh.split("\n"))]
    if rule.examples:
        lines += ["", tr("Examples:")]
        mark = "!" if rule.tier == "report" else "+"
        for before, after in rule.examples:
            lines += [f"  - {visible(before)}", f"  {mark} {visible(after)}"]
    if rule.counter_examples:
        lines += ["", tr("Left alone:")]
        lines += [f"  = {visible(text)}" for text in rule.counter_examples]
    lines += ["", tr("Turn it off, or trust it differently:")]
    lines += [f"  {tr(how)}" for how in _choices(rule)]
    return "\n".join(lines) + "\n"


def rule_json(rule: Rule) -> dict[str, Any]:
    """A rule in full, for ``json.dumps``."""
    return {
        "code": rule.code,
        "name": rule.name,
        "family": FAMILIES.get(rule.family, rule.family),
        "tier": rule.tier,
        "reason": rule.reason,
        "reason_zh": rule.reason_zh,
        "examples": [{"before": before, "after": after} for before, after in rule.examples],
        "counter_examples": list(rule.counter_examples),
        "options": dict(rule.options),
    }


def markdown(rules: Iterable[Rule]) -> str:
    """``docs/rules.md``: a table of all rules, and a section each."""
    rules = list(rules)
    lines = [
        "# Rules",
        "",
        "<!-- Written by `textclean rules --markdown`; a test fails when it is out of date. -->",
        "",
        "Each repair has a code: a letter for its family and three digits. Codes are stable and",
        "never reused. `--select` and `--ignore` (or `select` and `ignore` in the configuration)",
        "take codes, prefixes of codes, names and `ALL`; the longer prefix wins. A rule's tier",
        "says how far it is trusted:",
        "",
        *(f"- `{tier}`: {meaning}"
          for tier, meaning in _TIERS.items()),
        "",
        "In the examples, a character that cannot be seen is written as its code point, such as",
        "`<U+200B>`.",
        "",
        *_stages(rules),
        "",
        "| code | name | tier | what for |",
        "| --- | --- | --- | --- |",
        *(
            f"| [{rule.code}](#{rule.code.lower()}) | {_cell(rule.name)} | {rule.tier} "
            f"| {_cell(one_line(rule))} |"
            for rule in rules
        ),
    ]  # fmt: skip
    for rule in rules:
        lines += ["", *_section(rule)]
    return "\n".join(lines) + "\n"


def _stages(rules: Iterable[Rule]) -> Iterator[str]:
    """The order in which rules run."""
    yield "A text goes through the stages in this order, each on what the last one left, and again"
    yield "from the first until none finds anything. Within a stage all rules see the same text;"
    yield "where two propose different edits of one place, the better tier wins, then the higher"
    yield "confidence, then the longer edit."
    yield ""
    yield "The rules of family N are asked where several readings of one text are merged, and never"
    yield f"about one text; in their examples `{READINGS_SEPARATOR}` stands between the readings."
    yield ""
    yield "| stage | rules |"
    yield "| --- | --- |"
    stages: dict[Stage, list[str]] = {}
    for rule in rules:
        if rule.of_readings:
            continue
        stages.setdefault(rule.stage, []).append(f"[{rule.code}](#{rule.code.lower()})")
    for stage in sorted(stages):
        yield f"| {stage}. {stage.name.lower()} | {', '.join(stages[stage])} |"


def _section(rule: Rule) -> Iterator[str]:
    yield f'<a id="{rule.code.lower()}"></a>'
    yield ""
    yield f"## {rule.code} {rule.name}"
    yield ""
    yield f"Tier `{rule.tier}`: {_TIERS[rule.tier]}."
    if rule.enabled is not None:
        needs = ", ".join(f"`{_flag(name, value)}`" for name, value in rule.options)
        yield f"Off unless asked for by {needs}."
    yield ""
    yield " ".join(rule.reason.split())
    yield ""
    yield "".join(rule.reason_zh.split("\n"))
    if rule.examples:
        yield ""
        yield "| before | found |" if rule.tier == "report" else "| before | after |"
        yield "| --- | --- |"
        for before, after in rule.examples:
            yield f"| {_code(_cell(visible(before)))} | {_code(_cell(visible(after)))} |"
    if rule.counter_examples:
        yield ""
        yield "Left alone:"
        yield ""
        for text in rule.counter_examples:
            yield f"- {_code(visible(text))}"


def _choices(rule: Rule) -> list[str]:
    other = "safe" if rule.tier == "suggested" else "suggested"
    # What proposes nothing can't be applied, whatever tier it is given.
    tiers = [] if rule.tier == "report" else ["[tiers]", f'{rule.code} = "{other}"']
    return [
        f"--ignore {rule.code}    on the command line, or in textclean.toml:",
        f'ignore = ["{rule.code}"]',
        *tiers,
        f"<!-- textclean: off {rule.code} --> … <!-- textclean: on -->    in a text; for one line:",
        f"<!-- textclean: off-line {rule.code} -->, <!-- textclean: off-next-line {rule.code} -->",
    ]


def _flag(name: str, value: str) -> str:
    return f"--{name.replace('_', '-')} {value}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _code(text: str) -> str:
    """A code span of Markdown: fenced by more backticks than it holds, padded where it must be."""
    if not text:
        return "(nothing)"
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    # One space on either side is taken away again, unless there is nothing but spaces.
    pad = " " if text.strip() and (text[0] in "` " or text[-1] in "` ") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
