"""Tables and plots of ``docs/benchmarks.md``, written from the record.

What stands between ``<!-- part: NAME -->`` and ``<!-- end -->`` is written here from the record of
figures, what stands behind ``<!-- output: NAME -->`` from that of outputs (``outputs.py``); all
else on the page is by hand. A figure in a sentence is written between
``<!--= PART | ROW | COLUMN -->`` and ``<!--/-->``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from common import ROOT
from figures import Figure, figures_of
from parts import PARTS, Part
from plots import Bar, bars

PAGE = ROOT / "docs" / "benchmarks.md"
FOLDER = ROOT / "docs" / "figures"
_PART = re.compile(r"(<!-- (part|output): ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_FIGURE = re.compile(r"(<!--= ([^>]+?) -->).*?(<!--/-->)", re.DOTALL)


def table(figures: Sequence[Figure]) -> str:
    """Rows and columns in the order in which they were measured."""
    columns = list(dict.fromkeys(figure.column for figure in figures))
    cells = {(figure.row, figure.column): str(figure) for figure in figures}
    lines = [f"| | {' | '.join(columns)} |", "|---|" + "---|" * len(columns)]
    for row in dict.fromkeys(figure.row for figure in figures):
        lines.append(
            f"| {row} | {' | '.join(cells.get((row, column), '') for column in columns)} |"
        )
    return "\n".join(lines) + "\n"


def origin(recorded: Mapping[str, Any]) -> str:
    """A line that says where and when a part was measured."""
    versions = ", ".join(f"{name} {version}" for name, version in recorded["versions"].items())
    when = f"Measured on {recorded['date']} at commit `{recorded['commit']}`"
    return f"{when} on {recorded['processor']}; {versions}.\n"


def section(name: str, recorded: Mapping[str, Any]) -> str:
    """What the page says of a part: table, plot, origin."""
    part = PARTS[name]
    text = f"\n`python -m benchmarks {name}`: {part.says}.\n\n" + table(figures_of(recorded))
    if plot(part, figures_of(recorded)):
        text += f"\n![{part.plot.title if part.plot else ''}](figures/{name}.svg)\n"
    return text + f"\n{origin(recorded)}\n"


def plot(part: Part, figures: Sequence[Figure]) -> str:
    """The SVG of a part; empty if it has none."""
    about = part.plot
    if about is None:
        return ""
    named = [
        (figure, figure.column if about.row else figure.row)
        for figure in figures
        if (figure.row == about.row if about.row else figure.column == about.column)
    ]
    least = next((figure.value for figure, name in named if name == about.above), 0.0)
    rows = [
        Bar(name, value := figure.value - least, figure.kind != "shown", format(value, figure.form))
        for figure, name in named
        if name != about.above and not any(word in name for word in about.without)
    ]
    return bars(about.title, rows) if rows else ""


def printed(recorded: Mapping[str, Any]) -> str:
    """What the page shows of an output."""
    command, output = recorded["command"], recorded["output"]
    return f"\n```\n$ python {command}\n{output}\n```\n\n{origin(recorded)}\n"


def written(page: str, record: Mapping[str, Any], outputs: Mapping[str, Any]) -> str:
    """The page with the sections of all recorded parts and outputs."""

    def of_part(match: re.Match[str]) -> str:
        kind, name = match[2], match[3]
        text = "\nNot measured yet.\n\n"
        if kind == "part" and name in record:
            text = section(name, record[name])
        elif kind == "output" and name in outputs:
            text = printed(outputs[name])
        return match[1] + text + match[4]

    def of_figure(match: re.Match[str]) -> str:
        name, row, column = match[2].split(" | ")
        values = [
            format(figure.value, figure.form)
            for figure in figures_of(record[name])
            if (figure.row, figure.column) == (row, column)
        ]
        if len(values) != 1:
            raise LookupError(f"the record has {len(values)} figures {match[2]!r}")
        return match[1] + values[0] + match[3]

    return _FIGURE.sub(of_figure, _PART.sub(of_part, page))


def write(
    record: Mapping[str, Any],
    outputs: Mapping[str, Any],
    page: Path = PAGE,
    folder: Path = FOLDER,
) -> None:
    """Write the page and the plots."""
    page.write_text(written(page.read_text(encoding="utf-8"), record, outputs), encoding="utf-8")
    folder.mkdir(exist_ok=True)
    for name, part in PARTS.items():
        if name in record and (drawn := plot(part, figures_of(record[name]))):
            (folder / f"{name}.svg").write_text(drawn, encoding="utf-8")
