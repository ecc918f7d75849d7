r"""Switches: how a writer keeps rules away from a passage, and which passages that makes.

=================================  ===============================================================
``textclean: off``                 no rule edits from this line on …
``textclean: on``                  … to the end of this one
``textclean: off P001 S``          these rules, and those whose codes begin so, find nothing …
``textclean: on S``                … until the codes are named again, or an ``on`` closes all
``textclean: off-line [CODE…]``    the same for the line it stands in
``textclean: off-next-line [C…]``  the same for the next line that is not blank
=================================  ===============================================================

A switch is all that a comment holds, ``<!-- … -->``, ``[//]: # (…)``, ``[comment]: <> (…)``, or it
ends a line as TeX's ``% …``, or it stands alone on a line, behind ``#`` or ``//`` or by itself.
Whatever else mentions one is prose about switches, and code shows them. Where a switch says `off`
and only names that are no codes, everything is off: in doubt a text stays as it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from textclean.text.classes import BREAK_CLASS, INVISIBLE_CLASS
from textclean.text.patterns import pattern

#: Every switch holds it, so that other text costs one scan.
MARK = "textclean:"
#: What a switch may say before its codes.
VERBS = ("off", "on", "off-line", "off-next-line")

# In prose the words behind a switch would be its sentence: only what looks like a code is one.
_CODES = r"(?:[ \t,，、]++(?:[A-Za-z]{1,2}[0-9]\w*+|[A-Z])(?!\w))*+[ \t]*+"
_END = rf"(?=[{BREAK_CLASS}]|\Z)"
_LINE = rf"(?<![^{BREAK_CLASS}])[{INVISIBLE_CLASS}]*+"
_SWITCH = pattern(
    rf"<!--\s{{0,9}}+{MARK}(?P<html>[^<>]{{0,200}}?)-->"
    rf"|{_LINE}[ \t]{{0,3}}+\[(?://|comment)\]:[ \t]*+(?:\#|<>)[ \t]++"
    rf"[(\"']{MARK}(?P<title>[^()\"'{BREAK_CLASS}]{{0,200}}+)[)\"'][ \t]*+{_END}"
    rf"|{_LINE}[ \t]{{0,3}}+(?:\#++|/{{2,}}+)[ \t]*+{MARK}"
    rf"(?P<sign>[ \t]*+[a-z][a-z-]*+{_CODES}){_END}"
    rf"|{_LINE}[ \t]{{0,3}}+{MARK}(?P<alone>[ \t]*+(?:{'|'.join(VERBS)})(?![\w-]){_CODES}){_END}"
    rf"|(?<![^\s{INVISIBLE_CLASS}])%++[ \t]*+{MARK}(?P<tex>[ \t]*+[a-z][a-z-]*+{_CODES}){_END}"
)
_FORMS = ("html", "title", "sign", "alone", "tex")
_BREAK = pattern(rf"\r\n|[{BREAK_CLASS}]")
_INVISIBLE = pattern(rf"[{INVISIBLE_CLASS}]*+")
_BLANK = pattern(rf"[\s{INVISIBLE_CLASS}]*+")
_BETWEEN = pattern(r"[\s,，、]+")
_CODE = pattern(r"[A-Z][0-9]{0,3}")


class Switch(NamedTuple):
    """What stands at ``text[start:end]`` and says that rules are off or on."""

    start: int
    end: int
    verb: str
    #: Codes of rules or their beginnings; empty: all rules.
    codes: tuple[str, ...]
    #: What stands where a code should and is none.
    others: tuple[str, ...]
    #: Whether it has its line to itself and would be none if it had not.
    alone: bool


class Switches:
    """The switches of a text and the passages that they make."""

    def __init__(self, text: str = "", code: Sequence[tuple[int, int]] = ()) -> None:
        """Read them off a text; those in its `code`, sorted and disjoint spans, are none."""
        self.all = list(_switches(text, code)) if MARK in text else []
        #: Spans in which nothing is edited: the switches themselves and what they switch off.
        self.protected: list[tuple[int, int]] = []
        #: (start, end, code): there the rules whose codes begin so find nothing.
        self.passages: list[tuple[int, int, str]] = []
        #: The switches with `off` that nothing closes.
        self.unclosed: list[Switch] = []
        #: Each ``on CODE`` that closes nothing.
        self.idle: list[tuple[Switch, str]] = []
        if self.all:
            self._read(text)

    @cached_property
    def _places(self) -> set[tuple[int, int]]:
        return {(switch.start, switch.end) for switch in self.all}

    def off_for(self, rule: str) -> list[tuple[int, int]]:
        """Where a rule finds nothing: sorted, disjoint."""
        spans: list[tuple[int, int]] = []
        for start, end, code in self.passages:
            if not rule.startswith(code):
                continue
            if spans and start <= spans[-1][1]:
                start, end = spans[-1][0], max(spans.pop()[1], end)
            spans.append((start, end))
        return spans

    def is_switch(self, start: int, end: int) -> bool:
        """Whether a span is a switch: what is said of one is said wherever it stands."""
        return (start, end) in self._places

    def _read(self, text: str) -> None:
        lines = _Lines(text)
        opened: dict[str, tuple[Switch, int]] = {}  # by code: what switched it off, and from where
        for switch in self.all:
            line, last = lines.number(switch.start), lines.number(switch.end)
            if switch.alone:
                # With its line breaks: joined with another line it would be no switch.
                self.protected.append(lines.with_breaks(line))
            else:
                # With the space before it: without that TeX's comment would be a per cent.
                spaced = text[switch.start - 1 : switch.start] in (" ", "\t")
                self.protected.append((switch.start - spaced, switch.end))
            codes = switch.codes or ("",)
            if switch.verb == "on" and switch.others and not switch.codes:
                continue
            if switch.verb == "off":
                for code in codes:
                    opened.setdefault(code, (switch, lines.visible_start(line)))
            elif switch.verb == "on":
                for code in codes:
                    closed = [each for each in opened if each.startswith(code)]
                    if code and not closed:
                        self.idle.append((switch, code))
                    for each in closed:
                        self._switch_off(opened.pop(each)[1], lines.end(last), each)
            elif switch.verb == "off-line":
                for code in codes:
                    self._switch_off(*lines.with_breaks(line), code)
            elif switch.verb == "off-next-line":
                for code in codes:
                    self._switch_off(switch.start, lines.next_end(last), code)
        for code, (_, start) in opened.items():
            self._switch_off(start, len(text), code)
        self.passages.sort()
        self.unclosed = sorted({switch for switch, _ in opened.values()})

    def _switch_off(self, start: int, end: int, code: str) -> None:
        self.passages.append((start, end, code))
        if not code:
            self.protected.append((start, end))


def _switches(text: str, code: Sequence[tuple[int, int]]) -> Iterator[Switch]:
    for match in _SWITCH.finditer(text):
        form = next(form for form in _FORMS if match[form] is not None)
        start = _BLANK.match(text, match.start()).end()  # type: ignore[union-attr]
        at = bisect_right(code, (start, len(text))) - 1
        if at >= 0 and start < code[at][1]:
            continue
        verb, *names = [word for word in _BETWEEN.split(match[form]) if word] or [""]
        yield Switch(
            start,
            start + len(text[start : match.end()].rstrip()),
            verb,
            tuple(name for name in names if _CODE.fullmatch(name)),
            tuple(name for name in names if not _CODE.fullmatch(name)),
            form in ("title", "sign", "alone"),
        )


def line_switch(
    text: str, offset: int, code: str, switches: Switches, *, tex: bool = False
) -> tuple[int, str] | None:
    """What switches a rule off in the line of an offset: where it is inserted, and what.

    A switch that the line has for other rules takes the code up; else one is put at its end. None:
    the line is a switch, and would be none with another one behind it.

    Args:
        code: of the rule; empty: all rules.
        switches: those of the text.
        tex: whether the text is TeX, where comments are other ones.
    """
    lines = _Lines(text)
    line = lines.number(offset)
    for switch in switches.all:
        if lines.number(switch.start) != line:
            continue
        if switch.alone:
            return None
        if code and switch.verb == "off-line" and switch.codes:
            last = switch.codes[-1]
            return text.rindex(last, switch.start, switch.end) + len(last), f", {code}"
    said = f"{MARK} off-line {code}".rstrip()
    return lines.end(line), f" % {said}" if tex else f" <!-- {said} -->"


class _Lines:
    """Where the lines of a text begin and end, by number."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._breaks = [match.span() for match in _BREAK.finditer(text)]
        self._next: dict[int, int] = {}

    def number(self, offset: int) -> int:
        return bisect_right(self._breaks, (offset, -1))

    def visible_start(self, number: int) -> int:
        start = self._breaks[number - 1][1] if number else 0
        return _INVISIBLE.match(self._text, start).end()  # type: ignore[union-attr]

    def end(self, number: int) -> int:
        return self._breaks[number][0] if number < len(self._breaks) else len(self._text)

    def with_breaks(self, number: int) -> tuple[int, int]:
        """A line with the breaks before and behind it; invisible marks at its head part them."""
        start = self._breaks[number - 1][1] if number else 0
        visible = self.visible_start(number)
        if number and visible == start:
            visible = self._breaks[number - 1][0]
        end = self._breaks[number][1] if number < len(self._breaks) else len(self._text)
        return visible, end

    def next_end(self, number: int) -> int:
        """Where the next line that is not blank ends, with its break."""
        if number not in self._next:
            start = _BLANK.match(self._text, self.end(number)).end()  # type: ignore[union-attr]
            self._next[number] = self.with_breaks(self.number(start))[1]
        return self._next[number]
