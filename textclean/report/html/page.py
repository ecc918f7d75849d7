"""The page itself: one file that asks nobody for anything.

A content security policy lets run only the script whose hash it has, and forbids every request.
All text goes through Jinja2's escaping or, as JSON, with its ``<`` escaped; the script makes nodes
of text, never of markup.
"""

from __future__ import annotations

import json
import os
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from stat import S_IMODE
from typing import Any

from textclean.corpus.atomic import write_atomic
from textclean.corpus.decisions import Decisions
from textclean.corpus.formats.base import Row
from textclean.engine.rule import Rule
from textclean.errors import MissingExtraError
from textclean.report.html.data import report_data
from textclean.report.html.labels import LABELS
from textclean.report.html.summary import DocumentFigures, Figures
from textclean.report.html.texts import ReportText
from textclean.report.language import Language
from textclean.report.reasons import one_line, one_line_zh
from textclean.text.json_text import safe_json

#: Documents that have a bar of their own; of more a histogram is drawn.
_BARS = 24
#: Rows of tables on the first page.
_TABLE_ROWS = 200
_HISTOGRAM = (0, 1, 2, 5, 10, 20, 50, 100)


def require_jinja() -> Any:
    """The package that fills in the page.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        import jinja2
    except ImportError:
        raise MissingExtraError("The report", "report") from None
    return jinja2


def write_page(path: Path, page: str, *, narrowest: int) -> None:
    """Write what `page_html` gives, whole or not at all.

    Args:
        narrowest: permission bits beyond which nobody may read it; otherwise it is as new files
            are, or as the one that it replaces.
    """
    try:
        mode = S_IMODE(path.stat().st_mode)
    except OSError:
        mode = 0o666 & ~_umask()
    write_atomic(path, page.encode("utf-8", "surrogatepass"), mode & (narrowest | 0o600))


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def page_html(
    figures: Figures,
    texts: Sequence[ReportText],
    records: Mapping[str, Sequence[Row]],
    rules: Mapping[str, Rule],
    *,
    language: Language,
    left_out: Sequence[tuple[str, str]] = (),
    decisions: Decisions | None = None,
) -> str:
    """The page as a string.

    Args:
        left_out: documents that are not shown, or not whole, and why.

    Raises:
        MissingExtraError: Jinja2 is not installed.
    """
    jinja2 = require_jinja()
    data = report_data(texts, records, rules, decisions)
    folder = files(__package__)
    css = folder.joinpath("report.css").read_text(encoding="utf-8")
    script = folder.joinpath("report.js").read_text(encoding="utf-8")
    words = {key: list(label) for key, label in LABELS.items()}
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    template = environment.from_string(
        folder.joinpath("report.html.j2").read_text(encoding="utf-8")
    )
    shown = sum(len(text.columns) for text in texts)
    page: str = template.render(
        figures=figures,
        language=language,
        at=0 if language == "en" else 1,
        words=words,
        policy=_policy(script, css),
        css=css,
        script=script,
        data=_json(data),
        labels=_json(words),
        tabs=_tabs(data),
        tiers=_shares(figures.by_tier(rules), ("safe", "suggested", "report")),
        families=_bars(figures.by_family()),
        rule_rows=_rule_rows(figures, rules),
        kinds=_kinds(texts),
        documents=_document_rows(figures, texts),
        damage=_damage(figures),
        suggestions=sum(len(text.suggestions or ()) for text in texts),
        shown=shown,
        left_out=left_out,
        is_sample=bool(left_out) or shown < figures.edits or any(t.left_out for t in texts),
    )
    return page


def _policy(script: str, css: str) -> str:
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(css)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode('utf-8')).digest()).decode()}'"


def _json(data: Any) -> str:
    """JSON that cannot end the element it stands in."""
    text = safe_json(json.dumps(data, ensure_ascii=False, separators=(",", ":")))
    return text.replace("<", "\\u003c")


def _tabs(data: Mapping[str, Any]) -> list[tuple[str, int | None]]:
    """The views that have something to show, and how much."""
    order = len(data["stitches"]) + sum(bool(each["moved"]) for each in data["documents"])
    counts = {
        "copies": sum(len(group["goes"]) for group in data["copies"]),
        "twins": len(data["twins"]),
        "boilerplate": len(data["boilerplate"]),
        "order": order,
        "values": len(data["restorations"]) + len(data["consistency"]),
    }
    more = [(name, number) for name, number in counts.items() if number]
    return [("overview", None), ("changes", None), *more]


def _shares(counts: Counter[str], order: Sequence[str]) -> list[tuple[str, int, float, float]]:
    """(name, number, where its share begins, its share), in percent."""
    total = counts.total() or 1
    found: list[tuple[str, int, float, float]] = []
    at = 0.0
    for name in order:
        if counts[name]:
            share = 100 * counts[name] / total
            found.append((name, counts[name], round(at, 3), round(share, 3)))
            at += share
    return found


def _bars(counts: Counter[str]) -> list[tuple[str, int, float]]:
    """(name, number, length in percent of the longest)."""
    most = max(counts.values(), default=1)
    return [
        (name, number, round(100 * number / most, 2))
        for name, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def _rule_rows(figures: Figures, rules: Mapping[str, Rule]) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "name": rules[code].name if code in rules else code,
            "tier": str(rules[code].tier) if code in rules else "suggested",
            "family": code[:1],
            "why": [one_line(rules[code]), one_line_zh(rules[code])] if code in rules else ["", ""],
            "number": number,
            "length": length,
        }
        for code, number, length in _bars(figures.rules)
    ]


def _kinds(texts: Sequence[ReportText]) -> dict[str, list[tuple[str, int, float, float]]]:
    registers = Counter(str(text.kind.register) for text in texts)
    scripts = Counter(str(text.kind.script) for text in texts)
    return {
        "register": _shares(registers, [name for name, _ in registers.most_common()]),
        "script": _shares(scripts, [name for name, _ in scripts.most_common()]),
    }


def _document_rows(figures: Figures, texts: Sequence[ReportText]) -> list[dict[str, Any]]:
    """The documents with most damage, each with its kind where it is known."""
    kinds = {text.file: text.kind for text in texts if text.line is None}
    firsts: dict[str, int] = {}
    for number, text in enumerate(texts):
        firsts.setdefault(text.file, number)
    chosen = figures.documents
    if len(chosen) > _TABLE_ROWS:
        chosen = sorted(chosen, key=lambda each: -each.damage)[:_TABLE_ROWS]
    return [
        {
            "name": each.name,
            "shown": firsts.get(each.name),
            "kind": kinds.get(each.name),
            "characters": each.characters,
            "edits": each.edits,
            "damage": round(each.damage, 1),
            "removed": _percent(each.removed_characters, each.characters),
        }
        for each in chosen
    ]


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _damage(figures: Figures) -> dict[str, Any]:
    """A bar for each document, or how many documents have how much damage."""
    documents = figures.documents
    if len(documents) <= _BARS:
        most = max((each.damage for each in documents), default=0.0) or 1.0
        bars = [
            (each.name, round(each.damage, 1), round(100 * each.damage / most, 2))
            for each in sorted(documents, key=lambda each: -each.damage)
        ]
        return {"bars": bars, "histogram": []}
    counts = Counter(_bin(each) for each in documents)
    most_of_all = max(counts.values())
    names = [*(f"{a}–{b}" for a, b in pairwise(_HISTOGRAM)), "100+"]
    bins = [
        (name, counts[number], round(100 * counts[number] / most_of_all, 2))
        for number, name in enumerate(names)
    ]
    return {"bars": [], "histogram": bins}


def _bin(figures: DocumentFigures) -> int:
    return max(at for at, low in enumerate(_HISTOGRAM) if figures.damage >= low)
