"""CSV and TSV: texts in named columns, or in numbered ones of a file without a header.

The separator is the one by which the first line has the columns that were asked for: a comma,
semicolon, tab or bar. Text separated by tabs may do without quotes: it does where they do not pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from textclean.config import Config
from textclean.corpus.formats.base import BadRecord, Passage, Row
from textclean.corpus.formats.delimited import Dialect, Line, read_cell, scan, write_cell
from textclean.corpus.formats.positions import Lines, Position
from textclean.corpus.formats.records import RecordFile
from textclean.errors import DocumentError, NoTextError


class CsvFile(RecordFile):
    """A file of records, one a line, in columns."""

    format = "csv"
    endings: ClassVar[tuple[str, ...]] = (".csv",)
    holds_other_things = True
    #: What may separate its cells, the likelier first.
    separators: ClassVar[str] = ",;\t|"

    @classmethod
    def find_passages(
        cls, path: Path, content: str, config: Config
    ) -> Iterator[Passage | BadRecord]:
        """The cells of the columns."""
        table = _Table.of(path, content, config.text_fields, cls.separators)
        lines = Lines(content)
        for number, line in table.records():
            place = line.start, line.end
            row = lines.position(line.start).line
            if line.wrong is not None:
                yield BadRecord(row, *place, line.wrong, number)
            elif not table.needed <= len(line.cells) <= table.width:
                said = f"{len(line.cells)} cells where {table.first} has {table.width}"
                yield BadRecord(row, *place, said, number)
            else:
                for column in table.columns:
                    start, end = line.cells[column]
                    text = read_cell(content[start:end], table.dialect)
                    yield Passage(lines.position(start).line, start, end, text, number)

    @property
    def dialect(self) -> Row:
        """The separator, whether there are quotes, and whether there is one column only."""
        table = self._table
        dialect = table.dialect
        return {
            "separator": dialect.separator,
            "quotes": dialect.quotes,
            "alone": table.width == 1,
        }

    @staticmethod
    def read_literal(literal: str, dialect: Row) -> str:
        """The text of a cell."""
        return read_cell(literal, Dialect(dialect["separator"], dialect["quotes"]))

    @staticmethod
    def write_literal(text: str, like: str, dialect: Row) -> str:
        """A cell with quotes where another has them."""
        of_file = Dialect(dialect["separator"], dialect["quotes"])
        return write_cell(text, like, of_file, alone=dialect["alone"])

    def encode(self, passage: Passage, text: str) -> str:
        """A cell in the manner of the one that stands there.

        Raises:
            DocumentError: it would be several cells, for the file has no quotes.
        """
        try:
            return super().encode(passage, text)
        except ValueError as error:
            where = f"{self.source.path}:{passage.line}"
            raise DocumentError(f"{where}: {error}, so the file stays as it is") from None

    @property
    def can_lack_characters(self) -> bool:
        """Also separators and line breaks, where there are no quotes."""
        return super().can_lack_characters or not self._table.dialect.quotes

    def position(self, passage: Passage, offset: int) -> Position:
        """Line and column in the file, as editors count them."""
        start = passage.start
        if self.content[start : passage.end] != passage.text:
            start += 1 + passage.text.count('"', 0, offset)
        return self._lines.position(start + offset)

    def record_bounds(self, passage: Passage) -> tuple[int, int]:
        """The record with its line end."""
        line = self._records[passage.record]
        return line.start, line.end

    def record_slices(self, records: Sequence[int]) -> list[tuple[int, int]]:
        """The records of these numbers."""
        return [(self._records[each].start, self._records[each].end) for each in records]

    @cached_property
    def _table(self) -> _Table:
        fields = self.config.text_fields
        return _Table.of(self.source.path, self.content, fields, self.separators)

    @cached_property
    def _records(self) -> dict[int, Line]:
        return dict(self._table.records())

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.content)


class TsvFile(CsvFile):
    """The same with tabs."""

    format = "tsv"
    endings = (".tsv", ".tab")
    separators = "\t"


class _Table:
    """A content, how its cells are told apart, and which columns hold texts."""

    def __init__(self, content: str, start: int, dialect: Dialect, first: Line) -> None:
        self._content = content
        self._start = start
        self.dialect = dialect
        self.names = [read_cell(content[low:high], dialect) for low, high in first.cells]
        #: Cells of a record.
        self.width = len(first.cells)
        self.columns: list[int] = []  # in order
        self._has_header = True

    @classmethod
    def of(cls, path: Path, content: str, fields: Sequence[str], separators: str) -> _Table:
        """The table in a content.

        Raises:
            NoTextError: there are no such columns.
        """
        start = int(content.startswith("\ufeff"))
        tables = []
        for separator in separators:
            dialects = [Dialect(separator)] + [Dialect(separator, quotes=False)] * (
                separator == "\t"
            )
            for dialect in dialects:
                first = next(scan(content, start, dialect), None)
                if first is None or first.wrong is not None:
                    continue
                table = cls(content, start, dialect, first)
                tables.append(table)
                if table._find(fields) and (len(dialects) == 1 or table._pairs()):
                    return table
        if not tables:
            raise NoTextError(f"{path}: holds no table with a header")
        found = [table for table in tables if table.columns]
        if found:
            return found[-1]
        widest = max(tables, key=lambda table: table.width)
        raise NoTextError(f"{path}: {widest._missing(fields)}")

    @property
    def needed(self) -> int:
        """How many cells a record has at least; many leave out empty ones at the end."""
        return self.columns[-1] + 1

    @property
    def first(self) -> str:
        """What the first line is called."""
        return "the header" if self._has_header else "the first line"

    def records(self) -> Iterator[tuple[int, Line]]:
        """The lines below the header, numbered from 1."""
        lines = scan(self._content, self._start, self.dialect)
        if self._has_header:
            next(lines)
        yield from enumerate(lines, 1)

    def _find(self, fields: Sequence[str]) -> bool:
        """Whether all columns are there, by their names or all by number."""
        if all(name in self.names for name in fields):
            self.columns = sorted({self.names.index(name) for name in fields})
        elif all(name.isascii() and name.isdecimal() for name in fields):
            columns = {int(name) - 1 for name in fields}
            if all(0 <= column < self.width for column in columns):
                self.columns = sorted(columns)
                self._has_header = False
        return bool(self.columns)

    def _pairs(self) -> bool:
        """Whether quotes enclose cells all through, if they are told to."""
        return not self.dialect.quotes or all(line.wrong is None for _, line in self.records())

    def _missing(self, fields: Sequence[str]) -> str:
        name = next((each for each in fields if each not in self.names), fields[0])
        if name.isascii() and name.isdecimal():
            return f"there is no column {name}: the first line has {self.width}"
        import difflib  # here, for it is seldom needed

        near = difflib.get_close_matches(name, self.names, n=1)
        if near:
            return f"the header has no column {name!r}; did you mean {near[0]!r}?"
        some = ", ".join(map(repr, self.names[:8]))
        more = " and others" if len(self.names) > 8 else ""
        return (
            f"the header has no column {name!r}, but {some}{more}; where there is no header, give "
            "the number of the column"
        )
