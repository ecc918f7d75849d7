"""Findings as they are printed: for people (`concise`, `full`), for programs (`json`,
`json-lines`, `sarif`) and for GitHub's annotations (`github`).

Each is a generator of pieces that can be written as they come; ``docs/output-formats.md`` shows
them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from textclean.report.findings import Finding, Located
from textclean.report.language import language_in_use, tr
from textclean.report.reasons import one_line, one_line_zh
from textclean.report.terminal import json_text
from textclean.report.terminal import one_line as named
from textclean.text.visible import visible

if TYPE_CHECKING:
    from textclean.engine.rule import Rule


#: The rules that findings name, by their codes.
Rules = Mapping[str, "Rule"]
Writer = Callable[[Iterable[Located], Rules], Iterator[str]]


def concise(found: Iterable[Located], rules: Rules) -> Iterator[str]:
    """A line each: ``path:line:column: CODE message``."""
    for finding, _, _ in found:
        yield text_line(finding) + "\n"


def text_line(finding: Finding) -> str:
    """``path:line:column: CODE message``; what ``fix`` leaves alone is marked as a note."""
    note = "" if finding.fixable else tr("note: ")
    place = f"{named(finding.path)}:{finding.line}:{finding.column}"
    return f"{place}: {note}{finding.code} {finding.message}"


def full(found: Iterable[Located], rules: Rules) -> Iterator[str]:
    """The line of `concise`, the line of the text with the place marked, and the rule's reason."""
    reason_of = one_line_zh if language_in_use() == "zh" else one_line
    for finding, text, _ in found:
        excerpt, marks = marked(text, finding.start, finding.end)
        yield f"{text_line(finding)}\n  | {excerpt}\n  | {marks}\n"
        reason = reason_of(rules[finding.code]) if finding.code in rules else ""
        for said in (visible(finding.evidence), reason):
            if said and said not in finding.message:
                yield f"  = {named(said)}\n"
        yield "\n"


#: Characters of a line that are shown on both sides of a place.
_AROUND = 30
#: Characters of a place that are shown.
_PLACE = 40


def marked(text: str, start: int, end: int) -> tuple[str, str]:
    """The line in which a place begins, cut to what is around it, and marks below the place."""
    line_start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    stops = [at for at in (text.find("\n", start), text.find("\r", start)) if at >= 0]
    line_end = min(stops, default=len(text))
    end = min(max(end, start), max(line_end, start), start + _PLACE)
    low, high = max(line_start, start - _AROUND), max(min(line_end, end + _AROUND), end)
    before = ("…" if low > line_start else "") + visible(text[low:start])
    place = visible(text[start:end])
    after = visible(text[end:high]) + ("…" if high < line_end else "")
    return before + place + after, " " * _width(before) + "^" * max(_width(place), 1)


def _width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(
        0 if unicodedata.combining(each) else 1 + (unicodedata.east_asian_width(each) in "WF")
        for each in text
    )


def json_array(found: Iterable[Located], rules: Rules) -> Iterator[str]:
    """One JSON array."""
    separator = "[\n"
    for each in found:
        yield separator + _dumped(each.finding)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def json_lines(found: Iterable[Located], rules: Rules) -> Iterator[str]:
    """A JSON object a line; ``docs/schemas/finding.schema.json`` describes it."""
    for each in found:
        yield _dumped(each.finding) + "\n"


def _dumped(finding: Finding) -> str:
    return json_text(finding._asdict())


def github(found: Iterable[Located], rules: Rules) -> Iterator[str]:
    """Workflow commands that GitHub shows beside the lines of a change."""
    for finding, _, _ in found:
        place = {"file": finding.path, "line": finding.line}
        if finding.line == finding.end_line:  # GitHub has no columns for what spans lines
            place |= {"col": finding.column, "endColumn": finding.end_column}
        else:
            place |= {"endLine": finding.end_line}
        place |= {"title": f"{finding.code} {finding.name}"}
        properties = ",".join(f"{key}={_property(str(value))}" for key, value in place.items())
        level = "warning" if finding.fixable else "notice"
        yield named(f"::{level} {properties}::{_data(finding.message)}") + "\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def sarif(found: Iterable[Located], rules: Rules) -> Iterator[str]:
    """A log of SARIF 2.1.0."""
    from textclean.report.sarif import sarif_log

    return sarif_log(found, rules)


WRITERS: Mapping[str, Writer] = {
    "concise": concise,
    "full": full,
    "json": json_array,
    "json-lines": json_lines,
    "sarif": sarif,
    "github": github,
}
