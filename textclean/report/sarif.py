"""Findings as a log of SARIF 2.1.0 (OASIS), which code hosts and editors read.

Columns are counted in code points, and the log says so. A repair carries its replacement, where the
text stands in the file as it is (not in a record's escapes).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from textclean import __version__
from textclean.report.baseline import fingerprint
from textclean.report.findings import Finding, Located
from textclean.report.language import language_in_use
from textclean.report.reasons import one_line, one_line_zh
from textclean.report.terminal import json_text

if TYPE_CHECKING:
    from textclean.engine.rule import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif_log(found: Iterable[Located], rules: Mapping[str, Rule]) -> Iterator[str]:
    """The log, in pieces that can be written as they come; the rules that were met come last."""
    numbers: dict[str, int] = {}
    head = {"$schema": SCHEMA, "version": "2.1.0"}
    yield _dumped(head)[:-1] + ', "runs": [{"columnKind": "unicodeCodePoints", "results": ['
    separator = "\n"
    for each in found:
        number = numbers.setdefault(each.finding.code, len(numbers))
        yield separator + _dumped(_result(each, number))
        separator = ",\n"
    driver = {
        "name": "textclean",
        "semanticVersion": __version__,
        "rules": [_descriptor(code, rules.get(code)) for code in numbers],
    }
    yield f'\n], "tool": {_dumped({"driver": driver})}}}]}}\n'


def _result(located: Located, number: int) -> dict[str, Any]:
    finding, text, is_file = located
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": number,
        "level": "warning" if finding.fixable else "note",
        "message": {"text": finding.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(finding.path)},
                    "region": _region(finding),
                }
            }
        ],
        "partialFingerprints": {"textclean/v1": fingerprint(finding, text)},
        "properties": {"tier": finding.tier, "confidence": finding.confidence},
    }
    if is_file and finding.before != finding.after:
        replacement = {
            "deletedRegion": _region(finding),
            "insertedContent": {"text": finding.after},
        }
        change = {
            "artifactLocation": {"uri": _uri(finding.path)},
            "replacements": [replacement],
        }
        result["fixes"] = [{"artifactChanges": [change]}]
    return result


def _region(finding: Finding) -> dict[str, int]:
    return {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }


def _uri(path: str) -> str:
    """A path as a URI: relative where it is, so that it fits any checkout."""
    if PurePath(path).is_absolute():
        return Path(path).as_uri()
    return quote(PurePath(path).as_posix().encode("utf-8", "surrogateescape"))


def _descriptor(code: str, rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {"id": code}
    chinese = language_in_use() == "zh"
    return {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": one_line_zh(rule) if chinese else one_line(rule)},
        "fullDescription": {"text": " ".join((rule.reason_zh if chinese else rule.reason).split())},
        "defaultConfiguration": {"level": "note" if rule.tier == "report" else "warning"},
        "properties": {"tier": rule.tier},
    }


def _dumped(value: object) -> str:
    return json_text(value)
