"""Results as a notebook shows them: a line of counts and a short table, as HTML.

Every text is escaped, and what cannot be seen is written as its code point. There is no script and
no colour of text: it is that of the notebook, light or dark; what goes and what comes is shaded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from itertools import islice

from textclean.text.edit import Edit
from textclean.text.visible import visible

#: Rows of a table.
MOST_ROWS = 20
# Rules that are counted by name.
_MOST_RULES = 8
# Characters on each side of a change, and of a text.
_AROUND = 12
_LONGEST = 80
_LEFT = "text-align:left;vertical-align:top"
_SHADES = {"del": "rgba(220,50,50,.22)", "ins": "rgba(50,170,80,.25)"}

#: Pieces of HTML, each already escaped.
Row = Sequence[str]


def of_edits(name: str, text: str, edits: Sequence[Edit]) -> str:
    """A text with its edits: how many by rule, and the first of them, each in its place."""
    counts = Counter(edit.rule for edit in edits)
    facts = [number(len(text), "character"), number(len(edits), "edit"), *_by_rule(counts)]
    return page(name, facts, ("at", "rule", "change", "why"), edit_rows(text, edits), len(edits))


def edit_rows(text: str, edits: Iterable[Edit]) -> Iterable[Row]:
    """A row for each edit: its offset, rule, place and evidence."""
    for edit in edits:
        yield str(edit.start), escape(edit.rule), change(text, edit), cell(edit.evidence)


def change(text: str, edit: Edit) -> str:
    """An edit in the characters around it."""
    before = text[max(0, edit.start - _AROUND) : edit.start]
    after = text[edit.end : edit.end + _AROUND]
    return (
        f"{_shown(before)}{_shaded('del', edit.before)}{_shaded('ins', edit.after)}{_shown(after)}"
    )


def cell(text: object) -> str:
    """A text of any length, in a cell."""
    said = str(text)
    return _shown(said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…")


def number(count: int, noun: str) -> str:
    """A number with its noun, in the plural where it belongs."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def page(
    name: str, facts: Iterable[str], head: Sequence[str], rows: Iterable[Row], count: int
) -> str:
    """A result.

    Args:
        facts: of the line of counts, as plain text.
        rows: of which the first `MOST_ROWS` are shown.
        count: how many rows there are.
    """
    said = " · ".join(map(escape, facts))
    parts = [f"<div><p><strong>{escape(name)}</strong> {said}</p>"]
    shown = ["".join(_cell(each) for each in row) for row in islice(rows, MOST_ROWS)]
    if shown:
        heads = "".join(f'<th scope="col" style="{_LEFT}">{escape(each)}</th>' for each in head)
        body = "".join(f"<tr>{row}</tr>" for row in shown)
        parts.append(f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>")
    if count > len(shown):
        parts.append(f"<p>… and {count - len(shown):,} more</p>")
    return "".join(parts) + "</div>"


def _by_rule(counts: Counter[str]) -> Iterable[str]:
    for rule, times in counts.most_common(_MOST_RULES):
        yield f"{rule} {times:,}"
    if len(counts) > _MOST_RULES:
        yield number(len(counts) - _MOST_RULES, "other rule")


def _cell(piece: str) -> str:
    return f'<td style="{_LEFT}">{piece}</td>'


def _shown(text: str) -> str:
    return escape(visible(text))


def _shaded(tag: str, text: str) -> str:
    if not text:
        return ""
    said = _shown(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")
    # The space that goes is a space that is seen.
    style = f"background:{_SHADES[tag]};color:inherit;white-space:pre-wrap"
    return f'<{tag} style="{style}">{said}</{tag}>'
