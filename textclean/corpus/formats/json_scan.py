"""Where the texts of a JSON value stand, so that they can be replaced and nothing else.

A value is scanned along the paths of the fields that were asked for; whatever is beside them is
only stepped over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from json import JSONDecodeError, JSONDecoder
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from textclean.config.fields import EACH, FieldPath, written
from textclean.errors import DocumentError

# Numbers stay strings: nothing is done with them, and a long one costs quadratic time to convert.
_DECODER = JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_SPACE = re.compile(r"[ \t\r\n]*")
# Behind a key, up to the quote of its value.
_VALUE = re.compile(r'[ \t\r\n]*:[ \t\r\n]*"')
# What a value is that begins so; anything else but a string is a number.
_KINDS = {"[": "list", "{": "object", "n": "null", "t": "true", "f": "false"}
_LONGEST_NAME = 80  # of a field worth suggesting
_SUGGESTED = 3  # names of fields in an error


class Literal(NamedTuple):
    """A string literal at ``[start:end]``, quotes included, and the string it means."""

    start: int
    end: int
    text: str


@dataclass
class Branch:
    """The paths that go on from a place in a record."""

    #: The path up to here, as it is written.
    name: str
    #: Whether one of them ends here.
    is_text: bool = False
    keys: dict[str, Branch] = field(default_factory=dict)
    each: Branch | None = None

    @cached_property
    def only_key(self) -> str | None:
        """The one key of all paths, if they are one and that is a key."""
        if self.is_text or self.each is not None or len(self.keys) != 1:
            return None
        ((key, below),) = self.keys.items()
        return None if below.keys or below.each is not None else key


def branches(paths: Iterable[FieldPath], unnamed: int = 0) -> Branch:
    """The paths of some fields as a tree; messages leave out the first `unnamed` steps."""
    root = Branch("")
    for path in paths:
        at = root
        for depth, step in enumerate(path, 1):
            below = Branch(written(path[unnamed:depth]))
            if step is EACH:
                at.each = at = at.each or below
            else:
                at = at.keys.setdefault(step, below)
        at.is_text = True
    return root


class FieldError(DocumentError):
    """A record has no text where it was asked for, or something else stands there."""


class Scan:
    """One pass over a value; raises `JSONDecodeError` and `RecursionError` where it is no JSON."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[Literal] = []
        self._nulls: list[tuple[int, str]] = []  # where, and what is said of it
        self._wrong: list[tuple[int, str]] = []
        self._lists = 0

    def literals(self, at: int, tree: Branch) -> tuple[list[Literal], int]:
        """The texts of the value that begins at `at`, in order of place, and where it ends.

        An item of a list may lack a field; a record lacks one only where it has none of all.

        Raises:
            FieldError: there is none, or one of them is no string or no Unicode text.
        """
        self._found, self._nulls, self._wrong, self._lists = [], [], [], 0
        end = self._value(at, tree)
        if not self._found and not self._lists and not self._nulls and not self._wrong:
            raise FieldError(missing(tree, self._text[at:end]))
        return self.settled(empty=self._lists > 0), end

    @property
    def noted(self) -> tuple[list[Any], ...]:
        """What was found up to now, right or wrong; items begin with their places."""
        return self._found, self._nulls, self._wrong

    def settled(self, *, empty: bool) -> list[Literal]:
        """The texts up to now.

        Args:
            empty: whether there may be none.

        Raises:
            FieldError: one is no string or no Unicode text, or all are null.
        """
        if self._wrong:
            raise FieldError(self._wrong[0][1])
        if self._nulls and not self._found and not empty:
            raise FieldError(self._nulls[0][1])
        return self._found

    def items(self, at: int, take: Callable[[int], int]) -> int:
        """Give each item of a list, by where it begins, to what says where it ends.

        Where the list ends.
        """
        text = self._text
        at = self.skip(at + 1)
        if text[at : at + 1] == "]":
            return at + 1
        while True:
            at = self.skip(take(at))
            if text[at : at + 1] == "]":
                return at + 1
            at = self.skip(self._expect(at, ","))

    def members(
        self, at: int, tree: Branch, take: Callable[[int, Branch], int], lists: Iterable[list[Any]]
    ) -> int:
        """Give the values of an object on which paths go on to what says where they end.

        Where a key is given twice the last one counts, as everywhere in Python: what was found of
        the first goes from `lists`, whose items begin with their places. Where the object ends.
        """
        text, keys = self._text, tree.keys
        seen: dict[str, tuple[int, int]] = {}
        first = at = self.skip(at + 1)
        while text[at : at + 1] != "}":
            if at > first:
                at = self.skip(self._expect(at, ","))
            if text[at : at + 1] != '"':
                raise JSONDecodeError("expected a field's name in double quotes", text, at)
            key, at = scanstring(text, at + 1)
            at = self.skip(self._expect(self.skip(at), ":"))
            if key not in keys:
                at = self.skip(self.end(at))
                continue
            if key in seen:
                low, high = seen[key]
                for each in lists:
                    each[:] = [one for one in each if not low <= one[0] < high]
            start, at = at, take(at, keys[key])
            seen[key] = start, at
            at = self.skip(at)
        return at + 1

    def leaf(self, at: int, tree: Branch) -> int:
        """Note the value at a place where no path goes on; where it ends."""
        value, end = _scan(self._text, at)
        if tree.is_text:
            first = self._text[at]
            if first == '"':
                self._found.append(Literal(at, end, value))
                self._check(at, end, value, tree)
            else:
                kind = _KINDS.get(first, "number")
                said = f"the field {tree.name!r}: expected a string, got {kind}"
                strings = _strings(_reread(self._text[at:end]), ()) if first in "[{" else iter(())
                if inside := next(strings, None):
                    dot = "" if inside.startswith("[]") else "."
                    said += f"; did you mean {f'{tree.name}{dot}{inside}'!r}?"
                (self._nulls if first == "n" else self._wrong).append((at, said))
        return end

    def end(self, at: int) -> int:
        """Where the value that begins at `at` ends."""
        return _scan(self._text, at)[1]

    def finish(self, at: int, what: str) -> None:
        """Check that nothing comes any more."""
        at = self.skip(at)
        if at < len(self._text):
            raise JSONDecodeError(f"more text after the {what}", self._text, at)

    def skip(self, at: int) -> int:
        """The next place that is no space."""
        text = self._text
        if text[at : at + 1] > " ":  # mostly
            return at
        match = _SPACE.match(text, at)
        return match.end() if match else at

    def _expect(self, at: int, mark: str) -> int:
        if self._text[at : at + 1] != mark:
            raise JSONDecodeError(f"expected {mark!r}", self._text, at)
        return at + 1

    def _value(self, at: int, tree: Branch) -> int:
        first = self._text[at : at + 1]
        if first == "{" and tree.keys:
            return self.members(at, tree, self._value, self.noted)
        if first == "[" and (each := tree.each) is not None:
            self._lists += 1
            return self.items(at, lambda start: self._value(start, each))
        return self.leaf(at, tree)

    def _check(self, at: int, end: int, value: str, tree: Branch) -> None:
        if "\\u" not in self._text[at:end]:
            return
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            said = (
                f"the field {tree.name!r} holds the lone surrogate "
                f"\\u{ord(value[error.start]):04x} at character {error.start + 1}: this is half of "
                "a character; re-export the file"
            )
            self._wrong.append((at, said))


def _names(tree: Branch) -> list[str]:
    below = [*tree.keys.values(), *([tree.each] if tree.each else [])]
    return [
        *([tree.name] if tree.is_text else []),
        *(name for each in below for name in _names(each)),
    ]


def missing(tree: Branch, record: str) -> str:
    """That a record lacks the fields, with what may be meant: the nearest name, or its strings."""
    names = _names(tree)
    listed = " or ".join(map(repr, names))
    value = _reread(record)
    if not isinstance(value, dict):
        kind = _KINDS.get(record[:1], "string" if record[:1] == '"' else "number")
        return f"the record is no object but a {kind}, so it has no field {listed}"
    strings = [name for name in dict.fromkeys(_strings(value, ())) if len(name) <= _LONGEST_NAME]
    import difflib  # here, for it is seldom needed

    near = difflib.get_close_matches(names[0], strings, n=1)
    if near:
        return f"the record has no field {listed}; did you mean {near[0]!r}?"
    some = ", ".join(map(repr, strings[:_SUGGESTED]))
    more = " and others" if len(strings) > _SUGGESTED else ""
    found = f"; its strings are in {some}{more}" if strings else ""
    return f"the record has no field {listed}{found}"


def _reread(value: str) -> Any:
    """A value in which numbers are no strings; how large they are does not matter."""
    return json.loads(value, parse_int=len, parse_float=len, parse_constant=len)


def _strings(value: Any, path: FieldPath) -> Iterator[str]:
    if isinstance(value, str) and path:
        yield written(path)
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _strings(below, (*path, key))
    elif isinstance(value, list):
        for below in value[:_SUGGESTED]:
            yield from _strings(below, (*path, EACH))


def _scan(text: str, at: int) -> tuple[Any, int]:
    """The value that begins at `at`, and where it ends."""
    try:
        found: tuple[Any, int] = _DECODER.scan_once(text, at)  # type: ignore[attr-defined]
    except StopIteration as error:
        raise JSONDecodeError("Expecting value", text, error.value) from None
    return found


def plain_literal(record: str, key: str) -> Literal | None:
    """The text of a record of the usual kind, in half the time; None: `Scan` is to say.

    Where no object is in another and the key stands once, the string behind it and a colon is its
    value: within strings quotes have a backslash.

    Raises:
        RecursionError: it is nested too deeply.
    """
    name = f'"{key}"'
    at = record.find(name)
    if at < 0 or "\\" in name or record.count("{") != 1 or record.count(name) != 1:
        return None
    match = _VALUE.match(record, at + len(name))
    if match is None:
        return None
    start = match.end() - 1
    try:
        text, end = scanstring(record, start + 1)
        value = _DECODER.decode(record)
    except JSONDecodeError:
        return None
    # Another key may be this one in escapes; half a character is said to be one.
    if "\\" in record[:at] or "\\u" in record[start:]:
        return None
    if not isinstance(value, dict) or value.get(key) != text:
        return None
    return Literal(start, end, text)


def write_literal(text: str, like: str) -> str:
    """`text` as a string literal in the manner of another: its escapes of non-ASCII and slashes."""
    literal = json.dumps(text, ensure_ascii=like.isascii() and "\\u" in like)
    return literal.replace("/", "\\/") if "\\/" in like else literal
