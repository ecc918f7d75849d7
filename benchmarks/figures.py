"""What a benchmark measures, as figures: recorded with the machine, and compared with the record.

A figure has a row and a column, as it stands in the tables of ``docs/benchmarks.md``. What it is
compared as says its kind: a *quality* must never fall, a *ratio* of processor times may worsen by a
third, and what is only *shown* (other tools, sizes of samples) is not compared.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal, NamedTuple

from common import ROOT

RECORD = ROOT / "benchmarks" / "figures.json"
Kind = Literal["quality", "ratio", "shown"]
#: How much worse a ratio may be than the recorded one.
THIRD = 4 / 3
#: Figures are recorded with so many digits behind the point.
DIGITS = 6
#: Whose versions are recorded: what figures depend on, and what they compare with.
PACKAGES = (
    "textclean-zh", "numpy", "numba", "rapidfuzz", "autocorrect-py", "ftfy", "gaoya", "rensa",
    "datasketch", "jieba",
)  # fmt: skip


class Figure(NamedTuple):
    """One number of a table."""

    row: str
    column: str
    value: float
    kind: Kind = "quality"
    #: Which way is better.
    better: Literal["more", "less"] = "more"
    #: What it should reach, if anything.
    bar: float | None = None
    #: How it is written: a format specification.
    form: str = ".3f"
    #: An interval that it stands for, or the range of its rounds.
    between: tuple[float, float] | None = None

    @property
    def name(self) -> str:
        """What the figure is called in the record and in messages."""
        return f"{self.row} / {self.column}"

    def __str__(self) -> str:
        text = format(self.value, self.form)
        if self.between:
            text += " ({} to {})".format(*(format(end, self.form) for end in self.between))
        if self.bar is not None:
            sign = "≥" if self.better == "more" else "≤"
            text += f" ({sign} {self.bar:g})"
        return text

    @property
    def misses_bar(self) -> bool:
        """Whether it is on the wrong side of its bar."""
        if self.bar is None:
            return False
        return self.value < self.bar if self.better == "more" else self.value > self.bar

    def is_worse_than(self, before: float) -> bool:
        """Whether it has fallen, against a recorded value, by more than its kind may."""
        if self.kind == "shown":
            return False
        value = round(self.value, DIGITS)
        if self.kind == "quality":
            return value < before if self.better == "more" else value > before
        return value * THIRD < before if self.better == "more" else value > before * THIRD


def processor() -> str:
    """The name of the processor, and how many there are."""
    name = platform.processor() or platform.machine()
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                name = line.split(":", 1)[1].strip()
                break
    except OSError:
        pass
    return f"{name}, {os.cpu_count()} processors"


def versions() -> dict[str, str]:
    """The version of Python, and of each package that is installed."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def commit() -> str:
    """The commit that is measured, with a plus behind it if files were changed since."""
    try:
        line = ["git", "-C", str(ROOT), "describe", "--always", "--dirty=+", "--abbrev=10"]
        return subprocess.run(line, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def origin_now() -> dict[str, Any]:
    """When, of what and on what is measured now."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": commit(),
        "processor": processor(),
        "versions": versions(),
    }


def read_record(path: Path = RECORD) -> dict[str, Any]:
    """The recorded parts, by name; nothing if there is no record."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write_record(parts: Mapping[str, Iterable[Figure]], path: Path = RECORD) -> None:
    """Record what was measured of some parts; the others stay as they are."""
    record = read_record(path)
    for name, figures in parts.items():
        record[name] = {**origin_now(), "figures": [_plain(figure) for figure in figures]}
    ordered = dict(sorted(record.items()))
    path.write_text(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _plain(figure: Figure) -> dict[str, Any]:
    """What of a figure is not as it is by default."""
    fields = figure._asdict()
    default = Figure._field_defaults
    plain = {
        key: value for key, value in fields.items() if key not in default or value != default[key]
    }
    plain["value"] = round(float(figure.value), DIGITS)
    if figure.between:
        plain["between"] = [round(float(end), DIGITS) for end in figure.between]
    return plain


def figures_of(part: Mapping[str, Any]) -> list[Figure]:
    """The figures of a recorded part."""
    figures = []
    for fields in part["figures"]:
        between = fields.get("between")
        figures.append(Figure(**{**fields, "between": tuple(between) if between else None}))
    return figures


def worse(figures: Iterable[Figure], part: Mapping[str, Any]) -> list[str]:
    """A line for each figure that has become worse than the recorded one.

    Ratios of times are compared only under the version of Python that the record was made with:
    versions differ in how fast they start and loop.
    """
    before = {figure.name: figure for figure in figures_of(part)}
    here = platform.python_version_tuple()[:2]
    same = tuple(part.get("versions", {}).get("python", "").split(".")[:2]) == here
    return [
        f"{figure.name}: {figure.value:.6g}, recorded {before[figure.name].value:.6g}"
        for figure in figures
        if (same or figure.kind != "ratio")
        and figure.name in before
        and figure.is_worse_than(before[figure.name].value)
    ]
