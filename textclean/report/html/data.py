"""The plain JSON that a report holds: texts with their changes, copies, and what else was found.

Keys are short, for there may be 100,000 changes; `report.js` reads them. Offsets of changes are
those of browsers, in UTF-16.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from textclean import __version__
from textclean.cleaning import clean
from textclean.config import Config
from textclean.corpus.decisions import (
    Change,
    Decisions,
    Passage,
    document_name,
    numbered,
    occurrences,
    words_digest,
)
from textclean.corpus.formats.base import Row
from textclean.engine.rule import Rule
from textclean.errors import TextcleanError
from textclean.report.html.alignment import differences, in_utf16, rows
from textclean.report.html.sampling import MOST_ROWS_READ, thinned
from textclean.report.html.texts import ReportText
from textclean.report.reasons import one_line, one_line_zh
from textclean.text.edit import Edit

#: Characters of texts for which a report of a run looks for what was not done.
MOST_LOOKED_AT = 400_000
#: Witnesses that a change names.
_WITNESSES = 4

Json = dict[str, Any]


class _Numbers(dict[Any, int]):
    """Numbers for values, in the order in which they are first asked for."""

    def __missing__(self, value: Any) -> int:
        self[value] = len(self)
        return self[value]


def suggest(texts: Iterable[ReportText], config: Config) -> None:
    """Look for what was found and not done in as many texts as there is time for."""
    left = MOST_LOOKED_AT
    for text in texts:
        if text.suggestions is None and len(text.text) <= left:
            left -= len(text.text)
            try:
                offered = clean(text.text, config).suggestions
            except TextcleanError:
                continue
            applied = set(
                zip(text.columns.starts, text.columns.ends, text.columns.afters, strict=True)
            )
            text.suggestions = [
                edit for edit in offered if (edit.start, edit.end, edit.after) not in applied
            ]


def report_data(
    texts: Sequence[ReportText],
    records: Mapping[str, Sequence[Row]],
    rules: Mapping[str, Rule],
    decisions: Decisions | None = None,
) -> Json:
    """All that the page needs to know.

    Args:
        records: rows of the records of a run, by their names.
        decisions: that were obeyed; the page begins with them.
    """
    causes, afters = _Numbers(), _Numbers()
    copies = _copies(records.get("removals", ()), texts)
    witnesses = _Witnesses(records)
    documents = [_document(text, causes, afters, witnesses) for text in texts]
    codes = {cause[0] for cause in causes} | {code for cause in causes for code in cause[4]}
    codes |= {row["rule"] for row in records.get("consistency", ())}
    return {
        "version": 1,
        "textclean": __version__,
        "rules": {code: _rule(rules[code]) for code in sorted(codes) if code in rules},
        "causes": list(causes),
        "afters": list(afters),
        "documents": documents,
        "copies": copies,
        "twins": [_twin(row) for row in _some(records.get("twins", ()))],
        "boilerplate": [_boilerplate(row) for row in _some(records.get("boilerplate", ()))],
        "stitches": _some(records.get("stitches", ())),
        "restorations": _some(records.get("restorations", ())),
        "consistency": _some(records.get("consistency", ())),
        "decisions": [] if decisions is None else list(decisions.rows()),
    }


def _some(found: Sequence[Row]) -> list[Row]:
    return [found[at] for at in thinned(len(found))]


def _rule(rule: Rule) -> list[str]:
    return [rule.name, str(rule.tier), one_line(rule), one_line_zh(rule)]


def _document(text: ReportText, causes: _Numbers, afters: _Numbers, witnesses: _Witnesses) -> Json:
    edits, offered = list(text.edits), list(text.suggestions or ())
    every = [*edits, *offered]
    found = [*occurrences(text.name, text.text, edits), *occurrences(text.name, text.text, offered)]
    order = sorted(range(len(every)), key=lambda at: (every[at].start, every[at].end, at))
    states = _states(edits, offered)
    slices = rows(text.text, list(text.columns))
    starts = [start for start, _ in slices]
    of_rows = [bisect_right(starts, every[at].start) - 1 for at in order]
    kind = text.kind
    changes = {
        "s": in_utf16(text.text, [every[at].start for at in order]),
        "e": in_utf16(text.text, [every[at].end for at in order]),
        "a": [afters[every[at].after] for at in order],
        "c": [causes[_cause(every[at])] for at in order],
        "p": "".join(states[at] for at in order),
        "r": of_rows,
        "k": [_known_by(found[at].subject) for at in order],
        "q": {
            place: [found[at].number, found[at].of]
            for place, at in enumerate(order)
            if found[at].of > 1
        },
        "g": _groups(every, order, len(edits)),
        "w": {
            place: named
            for place, at in enumerate(order)
            if (named := witnesses.of(text, every[at]))
        },
    }
    return {
        "name": text.name,
        "file": text.file,
        "line": text.line,
        "kind": [str(kind.register), str(kind.script)],
        "characters": text.characters or len(text.text),
        "left": text.left_out,
        "looked": text.suggestions is not None,
        "text": text.text,
        "rows": in_utf16(text.text, starts),
        "lines": [text.line_of(start) for start in starts],
        "changes": changes,
        "removed": [
            [
                bisect_right(starts, each.before - 1),
                each.text,
                bisect_left(text.breaks, each.start) + 1,
            ]
            for each in text.removed
        ],
        "moved": text.rearranged,
    }


def _states(edits: Sequence[Edit], offered: Sequence[Edit]) -> list[str]:
    """For each change: ``a`` applied, ``s`` suggested, ``f`` a mere finding, in capitals where it
    cannot be shown in its place, since an applied edit or another suggestion stands there.
    """
    taken = [edit.start for edit in edits]
    states = ["a"] * len(edits)
    last = -1
    for each in offered:
        at = bisect_right(taken, each.end) - 1
        beside = edits[max(at - 1, 0) : at + 2]
        hidden = each.start < last or any(
            (each.start < edit.end and edit.start < each.end) or each.start == edit.start
            for edit in beside
        )
        state = "s" if each.changes else "f"
        states.append(state.upper() if hidden else state)
        if not hidden:
            last = max(last, each.end)
    return states


def _cause(edit: Edit) -> tuple[Any, ...]:
    others = tuple(dict.fromkeys(part.rule for part in edit.parts if part.rule != edit.rule))
    return edit.rule, str(edit.tier), round(edit.confidence, 3), edit.evidence, others


def _known_by(subject: Change | Passage) -> list[str]:
    assert isinstance(subject, Change)
    return [subject.left, subject.right]


def _groups(every: Sequence[Edit], order: Sequence[int], applied: int) -> dict[int, int]:
    """The number of the group of each change that is in one."""
    numbers = _Numbers()
    return {
        place: numbers[at < applied, str(every[at].tier), every[at].group]
        for place, at in enumerate(order)
        if every[at].group is not None
    }


class _Witnesses:
    """The passages that bear out what copies or other readings mended."""

    def __init__(self, records: Mapping[str, Sequence[Row]]) -> None:
        self._restored: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
        for row in records.get("restorations", ()):
            key = row["document"], row["text"], row["value"]
            self._restored[key].append(f"{row['witness_document']}:{row['witness_line']}")
        self._copies: defaultdict[str, list[Row]] = defaultdict(list)
        for row in records.get("removals", ()):
            if "survivor_text" in row:
                self._copies[row["survivor_document"]].append(row)

    def of(self, text: ReportText, edit: Edit) -> list[str]:
        """Where the witnesses of an edit stand."""
        if edit.rule.startswith("N"):
            around = text.text[max(edit.start - 6, 0) : edit.end + 6].strip()
            found = [
                f"{row['document']}:{row['line']}"
                for row in self._copies.get(text.file, ())
                if around in row["survivor_text"]
            ]
        else:
            found = self._restored.get((text.file, edit.before, edit.after), [])
        return list(dict.fromkeys(found))[:_WITNESSES]


def _copies(removals: Sequence[Row], texts: Sequence[ReportText]) -> list[Json]:
    """The groups of copies: what stays, and what was removed for it."""
    records = {text.file for text in texts if text.line is not None}
    names = [
        document_name(row["document"], row["line"] if row["document"] in records else None)
        for row in removals
    ]
    order = sorted(range(len(removals)), key=lambda at: (names[at], removals[at]["start"]))
    passages = [Passage(names[at], words_digest(removals[at]["text"])) for at in order]
    found = dict(zip(order, numbered(passages), strict=True))
    shown = set(thinned(len(removals)))
    groups: dict[tuple[Any, ...], Json] = {}
    for at, row in enumerate(removals):
        if at not in shown or "survivor_text" not in row:
            continue
        key = tuple(row[f"survivor_{field}"] for field in ("document", "line", "start", "end"))
        group = groups.setdefault(key, {"stays": [*key[:2], row["survivor_text"]], "goes": []})
        passage = found[at]
        group["goes"].append(
            {
                "at": [row["document"], row["line"], row["text"]],
                "kind": row["kind"],
                "score": round(row["score"], 3),
                "diff": differences(row["survivor_text"], row["text"]),
                "lost": [each["text"] for each in row.get("lost", ())],
                # Where not all removals are known, none can be told from those like it.
                "known": [names[at], passage.subject[1], passage.number, passage.of]
                if len(removals) < MOST_ROWS_READ
                else None,
            }
        )
    return list(groups.values())


def _twin(row: Row) -> Json:
    return {
        "one": [row["document"], row["line"], row["text"]],
        "other": [row["twin_document"], row["twin_line"], row["twin_text"]],
        "values": row["differences"],
        "kind": row["kind"],
        "diff": differences(row["text"], row["twin_text"]),
    }


def _boilerplate(row: Row) -> Json:
    places = [f"{place['document']}:{place['line']}" for place in row["places"]]
    return {
        "text": row["text"],
        "documents": row["documents"],
        "end": row["end"],
        "places": places[:20],
        "more": max(len(places) - 20, 0),
    }
