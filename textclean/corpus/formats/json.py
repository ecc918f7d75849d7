"""JSON: a list of records, or one object, with texts in some fields at any depth.

A record is an item of the outermost list that is met on the way to a text: of the list that the
file is, or that the path of a field names. What lies in no list belongs to the file as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from json import JSONDecodeError
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from textclean.config import Config
from textclean.config.fields import EACH, field_path
from textclean.corpus.formats.base import BadRecord, Passage
from textclean.corpus.formats.json_scan import Branch, FieldError, Literal, Scan, branches, missing
from textclean.corpus.formats.jsonl import JsonFields
from textclean.corpus.formats.positions import Lines
from textclean.errors import DocumentError, NoTextError


class Item(NamedTuple):
    """A record: an item of a list, ``[start:end]``."""

    start: int
    end: int
    #: Where the list begins.
    list: int


class JsonFile(JsonFields):
    """A file of one JSON value."""

    format = "json"
    endings = (".json",)
    holds_other_things = True

    @classmethod
    def find_passages(
        cls, path: Path, content: str, config: Config
    ) -> Iterator[Passage | BadRecord]:
        """The fields of each item of the outermost lists, and those beside them."""
        keys = [field_path(name)[-1] for name in config.text_fields]
        if "\\u" not in content and not any(key is EACH or f'"{key}"' in content for key in keys):
            # Neither read nor checked: settings are often not quite JSON.
            if content.count("[") + content.count("{") >= _DEEP:
                _require_flat(path, content)
            names = " or ".join(map(repr, config.text_fields))
            raise NoTextError(f"{path}: has no field {names}")
        lines = Lines(content)
        try:
            yield from _Finder(content, config, lines).found()
        except FieldError as error:
            yield BadRecord(1, 0, len(content), str(error), 0)
        except JSONDecodeError as error:
            line, column = lines.position(error.pos)
            raise DocumentError(f"{path}:{line}:{column}: not valid JSON: {error.msg}") from None
        except RecursionError:
            raise DocumentError(f"{path}: not readable: the JSON is nested too deeply") from None

    def record_bounds(self, passage: Passage) -> tuple[int, int]:
        """The record's value; of what is in no list, all the file."""
        if not passage.record:
            return 0, len(self.content)
        item = self._items[passage.record - 1]
        return item.start, item.end

    def dropped(self, emptied: Sequence[bool]) -> list[bool]:
        """As for all records; what is in no list never goes."""
        gone = super().dropped(emptied)
        return [
            each and passage.record > 0 for each, passage in zip(gone, self.passages, strict=True)
        ]

    def record_slices(self, records: Sequence[int]) -> list[tuple[int, int]]:
        """Items of lists, each with a comma, so that lists stay lists."""
        gone = set(records) - {0}
        slices = []
        stays: set[int] = set()  # lists in which an item before stays
        for number, item in enumerate(self._items, 1):
            before = self._items[number - 2] if number > 1 else None
            after = self._items[number] if number < len(self._items) else None
            if number not in gone:
                stays.add(item.list)
            elif item.list in stays and before is not None:
                slices.append((before.end, item.end))
            else:
                follows = after is not None and after.list == item.list
                slices.append((item.start, after.start if after and follows else item.end))
        return slices

    @cached_property
    def _items(self) -> list[Item]:
        finder = _Finder(self.content, self.config, Lines(""))
        finder.found()
        return finder.items


# Fewer brackets than this are never nested too deeply: Python gives up at some 1,000.
_DEEP = 500


def _require_flat(path: Path, content: str) -> None:
    """Refuse a file of another kind that is nested too deeply to be read."""
    scan = Scan(content)
    try:
        scan.end(scan.skip(content.startswith("\ufeff")))
    except RecursionError:
        raise DocumentError(f"{path}: not readable: the JSON is nested too deeply") from None
    except JSONDecodeError:
        return


# Where the record of what is in no list begins, while a file is scanned.
_BESIDE = -1


class _Finder:
    """One pass over a file."""

    def __init__(self, content: str, config: Config, lines: Lines) -> None:
        self._content = content
        self._lines = lines
        self._scan = Scan(content)  # of single records
        self._beside = Scan(content)  # of what is in no list
        self._paths = [field_path(name) for name in config.text_fields]
        # The first element is the place, for duplicate keys.
        self._found: list[tuple[int, Passage | BadRecord]] = []
        self._items: list[Item] = []

    @property
    def items(self) -> list[Item]:
        """The records."""
        return self._items

    def found(self) -> list[Passage | BadRecord]:
        """The texts, and the items of lists that have none, in order of place.

        Raises:
            FieldError: there is neither, or a text in no list is no string.
        """
        content = self._content
        start = self._beside.skip(content.startswith("\ufeff"))
        paths, unnamed = self._paths, 0
        if content[start : start + 1] == "[" and all(path[0] is not EACH for path in paths):
            # The file's own list needs no name.
            paths, unnamed = [(EACH, *path) for path in paths], 1
        tree = branches(paths, unnamed)
        end = self._value(start, tree)
        self._beside.finish(end, "value")
        beside = self._beside.settled(empty=bool(self._found))
        if not beside and not self._found and content[start : start + 1] != "[":
            raise FieldError(missing(tree, content[start:end]))
        for literal in beside:
            self._add(literal, _BESIDE)
        # Of a key that is given twice the first items went.
        numbers = {item.start: number for number, item in enumerate(self._items, 1)}
        numbers[_BESIDE] = 0
        found = sorted(self._found, key=itemgetter(0))
        return [each._replace(record=numbers[each.record]) for _, each in found]

    def _value(self, at: int, tree: Branch) -> int:
        first = self._content[at : at + 1]
        if first == "{" and tree.keys:
            noted = (*self._beside.noted, self._found, self._items)
            return self._beside.members(at, tree, self._value, noted)
        if first == "[" and (each := tree.each) is not None:
            return self._beside.items(at, lambda start: self._item(start, each, at))
        return self._beside.leaf(at, tree)

    def _item(self, at: int, tree: Branch, list_: int) -> int:
        try:
            literals, end = self._scan.literals(at, tree)
        except FieldError as error:
            end = self._scan.end(at)
            line = self._lines.position(at).line
            self._found.append((at, BadRecord(line, at, end, str(error), at)))
        else:
            for literal in literals:
                self._add(literal, at)
        self._items.append(Item(at, end, list_))
        return end

    def _add(self, literal: Literal, record: int) -> None:
        """Note a text by where its record begins."""
        line = self._lines.position(literal.start).line
        self._found.append((literal.start, Passage(line, *literal, record)))
