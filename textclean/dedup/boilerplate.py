"""Boilerplate: the lines of pages that many documents have, however short.

A line is boilerplate if several documents have it and it has a sign of a page about it
(`furniture_signs`); if it stands beyond such a line, where nothing of a text comes; or if it is as
long as a sentence, and most documents begin or end with it. Headings, items, lines of tables and
of code mean something where they stand, and are none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from textclean.dedup.fold import fold
from textclean.dedup.furniture_signs import MEANS, SOURCE, Sign, sign_of
from textclean.dedup.records import Boilerplate, End, LinePlace
from textclean.dedup.shared_lines import SHARERS, SharedLines, line_name
from textclean.text.blocks import BlockKind, split_blocks

#: So many lines of its own may stand between a line and the end of a document that it stands at: a
#: title, and who wrote the text.
OUTSIDE = 2
#: A line without a sign is boilerplate from so many characters and documents on, if half of all
#: have it, and of those nine in ten at the same end. What fewer share may be what they say: a
#: formula of law, the advice of a report.
LONG, MANY, ONE_OF, ALL_BUT = 30, 10, 2, 10

_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE})
#: The texts of a document, each with what it is called by.
Document = Sequence[tuple[Any, str]]


class _Line(NamedTuple):
    place: LinePlace[Any]
    text: str
    name: str
    #: Whether it is a line of a paragraph.
    prose: bool


class _Hit(NamedTuple):
    """A line of a document that is boilerplate if enough others say so."""

    document: int
    end: End
    line: _Line


def find_boilerplate(documents: Sequence[Document]) -> list[Boilerplate[Any]]:
    """The boilerplate of some documents; first what most of them have.

    A document that has nothing else is passed over.
    """
    if len(documents) < SHARERS:
        return []
    bodies = ["\n".join(text for _, text in document) for document in documents]
    # Equal documents are one witness, and empty ones none.
    numbers = {body: number for number, body in reversed([*enumerate(bodies)]) if body.strip()}
    signs = _Signs(SharedLines(numbers), len(numbers))
    candidates = [number for number, body in enumerate(bodies) if signs.any_in(body)]
    signs.drop_sources(bodies)
    hits: defaultdict[str, list[_Hit]] = defaultdict(list)
    for number in candidates:
        lines = list(_lines(documents[number]))
        for end, line in signs.boilerplate_of(lines):
            hits[fold(line.name)].append(_Hit(numbers[bodies[number]], end, line))
    records = (_record(same, signs) for same in hits.values())
    return sorted(filter(None, records), key=lambda one: (-one.documents, one.text))


class _Signs:
    """What says of lines that they are boilerplate: how many have them, and what they hold."""

    def __init__(self, shared: SharedLines, count: int) -> None:
        self.shared = shared
        self._count = count
        self._signs: dict[str, Sign | None] = {}

    def any_in(self, body: str) -> bool:
        """Whether a document has a line that may be boilerplate."""
        found = False
        for line in body.splitlines():
            name = line_name(line)
            if not name or self.shared.documents(name) < SHARERS:
                continue
            if name not in self._signs:
                self._signs[name] = sign_of(line.strip())
            found = found or self._signs[name] is not None or self.is_usual(name)
        return found

    def drop_sources(self, bodies: Sequence[str]) -> None:
        """Take no source for boilerplate where some document has another one."""
        names = [name for name, sign in self._signs.items() if sign is Sign.SOURCE]
        labels = {found["label"] for name in names if (found := SOURCE.search(name))}
        values: defaultdict[str, set[str]] = defaultdict(set)
        for body in bodies if labels else ():
            for line in body.splitlines():
                if any(label in line for label in labels) and (
                    found := SOURCE.search(line.strip())
                ):
                    values[found["label"]].add(fold(found["value"]))
        for name in names:
            found = SOURCE.search(name)
            if found and len(values[found["label"]]) > 1:
                self._signs[name] = None

    def sign(self, name: str) -> Sign | None:
        """The sign of a line that several documents have."""
        return self._signs.get(name)

    def is_usual(self, name: str) -> bool:
        """Whether half of the documents have a line, and it is as long as a sentence."""
        number = self.shared.documents(name)
        return len(name) >= LONG and number >= MANY and number * ONE_OF >= self._count

    def boilerplate_of(self, lines: Sequence[_Line]) -> Iterator[tuple[End, _Line]]:
        """The lines of a document that may be boilerplate, and where each stands."""
        least = self.shared.least([line.name for line in lines])
        flags = [line.prose and self.sign(line.name) is not None for line in lines]
        if least is not None:
            # What the relatives of a document have, too, is no boilerplate of theirs.
            common = [
                line.prose
                and not MEANS.search(line.text)
                and self.shared.documents(line.name) >= least
                for line in lines
            ]
            for at, line in enumerate(lines):
                if self.sign(line.name) is Sign.SOURCE:
                    flags[at] = flags[at] and common[at]
            frame = [at for at, line in enumerate(lines) if self.sign(line.name) is Sign.FRAME]
            for beyond in (range(frame[0]), range(frame[-1] + 1, len(lines))) if frame else ():
                if all(flags[at] or common[at] for at in beyond):
                    flags[beyond.start : beyond.stop] = [True] * len(beyond)
            for at, line in enumerate(lines):
                flags[at] = flags[at] or (common[at] and self.is_usual(line.name))
        own = list(accumulate((not flag for flag in flags), initial=0))
        if not own[-1]:
            return
        for at, line in enumerate(lines):
            if flags[at]:
                yield _end(own[at], own[-1] - own[at]), line


def _end(before: int, behind: int) -> End:
    """Where a line stands that has so many lines of the document's own before it and behind it."""
    near, far = sorted((before, behind))
    if near > OUTSIDE or 2 * near > far:
        return End.BETWEEN
    return End.HEAD if before <= behind else End.FOOT


def _record(hits: Sequence[_Hit], signs: _Signs) -> Boilerplate[Any] | None:
    documents = {hit.document for hit in hits}
    if len(documents) < SHARERS:
        return None
    ends = Counter(hit.end for hit in hits)
    end, most = ends.most_common(1)[0]
    first = hits[0].line
    scattered = end is End.BETWEEN or (len(hits) - most) * ALL_BUT > len(hits)
    if scattered and signs.sign(first.name) is None and signs.is_usual(first.name):
        return None
    if 2 * most < len(hits):
        end = End.BETWEEN
    return Boilerplate(first.text, len(documents), end, tuple(hit.line.place for hit in hits))


def _lines(document: Document) -> Iterator[_Line]:
    """The lines of a document that show something."""
    for key, text in document:
        blocks = split_blocks(text)
        starts = [block.start for block in blocks]
        at = 0
        for line in text.splitlines(keepends=True):
            shown = line.strip()
            start = at + len(line) - len(line.lstrip())
            at += len(line)
            if not shown:
                continue
            block = bisect_right(starts, start) - 1
            prose = block >= 0 and blocks[block].kind in _PROSE
            place = LinePlace(key, start, start + len(shown))
            yield _Line(place, shown, line_name(line), prose)
