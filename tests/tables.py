"""Reads the tables of ``tests/data``: what parametrised tests are asked, and damaged text.

A line ``%# name`` opens a table, a line ``% …`` is a comment, any other is a row, with tabs between
its cells. ``\\n``, ``\\uFEFF`` and the like stand for what a line cannot show, ``\\e`` for an empty
string.

The tables of a test module are in the file of its name (``layout/test_stitching.tsv``), each under
the name of a test. Its first row names the arguments, the annotations of the test say what a cell
means: an empty one, or none, is None where the argument may be that, and a list takes all the cells
that are left. A column that the test does not take is part of the name of a case.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

import pytest

DATA = Path(__file__).parent / "data"

_ESCAPE = re.compile(r"\\(?:([nrte\\])|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4}))")
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "e": "", "\\": "\\"}

_Test = TypeVar("_Test", bound=Callable[..., None])


class Row(NamedTuple):
    """A row, and where it stands."""

    table: str
    place: str
    cells: list[str]


def read_text(name: str) -> str:
    """All of ``tests/data/<name>``, whatever a checkout made of its line breaks."""
    return (DATA / name).read_bytes().decode("utf-8").replace("\r\n", "\n")


def read_rows(name: str) -> Iterator[Row]:
    """The rows of all tables of ``tests/data/<name>``."""
    table = ""
    for number, line in enumerate(read_text(name).split("\n"), 1):
        if line.startswith("%#"):
            table = line[2:].strip()
        elif line and not line.startswith("% "):
            yield Row(table, f"{name}:{number}", line.split("\t"))


def cases(test: _Test) -> _Test:
    """Runs a test on every row of its table, each called by its file and line."""
    name = "/".join(test.__module__.split(".")[1:]) + ".tsv"
    (_, _, columns), *rows = (row for row in read_rows(name) if row.table == test.__name__)
    hints = get_type_hints(test)
    arguments = [column for column in columns if column in hints]
    parameters = []
    for row in rows:
        values = _values(row, columns, hints)
        labels = [str(value) for column, value in values.items() if column not in hints]
        parameters.append(
            pytest.param(*map(values.__getitem__, arguments), id=" ".join([row.place, *labels]))
        )
    return pytest.mark.parametrize(arguments, parameters)(test)


def _values(row: Row, columns: list[str], hints: dict[str, Any]) -> dict[str, Any]:
    """What the cells of a row stand for, by column."""
    values = {}
    left = row.cells
    for column in columns:
        kind = hints.get(column, str)
        if get_origin(kind) in (list, tuple):
            convert = get_args(kind)[0]
            values[column] = get_origin(kind)(convert(unescape(cell)) for cell in left)
            left = []
            continue
        cell, *left = left or [""]
        if cell:
            convert = get_args(kind)[0] if isinstance(kind, types.UnionType) else kind
            values[column] = cell == "true" if kind is bool else convert(unescape(cell))
        else:
            assert isinstance(kind, types.UnionType), f"{row.place}: {column}: an empty cell"
            values[column] = None
    assert not left, f"{row.place}: more cells than columns"
    return values


def unescape(text: str) -> str:
    """What a cell of a table says."""
    return _ESCAPE.sub(
        lambda found: _PLAIN[found[1]] if found[1] else chr(int(found[2] or found[3], 16)), text
    )
