"""What stands on a page beside its paragraphs: numbers, heads, notes, captions, tables of contents.

They keep their lines, whatever stands around them, and are known by their form and place: a page's
number by itself, a running head by its number, date or return, a note by the mark that the text has
above it, a caption by its number, a line of contents by its leaders.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from textclean.layout.lines import is_page_number, is_running_head
from textclean.text.classes import HAN_CLASS, SPACE_CLASS
from textclean.text.patterns import pattern


class FurnitureKind(StrEnum):
    """What a line is."""

    PAGE_NUMBER = "a page's number"
    RUNNING_HEAD = "a running head"
    FOOTNOTE = "a footnote"
    CAPTION = "a caption"
    CONTENTS = "a line of a table of contents"


class Furniture(NamedTuple):
    """A line that is in no paragraph: ``text[start:end]``."""

    start: int
    end: int
    kind: FurnitureKind


_LINE = pattern(r"[^\r\n\f]*[^\s][^\r\n\f]*")
_LEADERS = pattern(
    r"\S[^。！？]*?(?:[.．·]{4,}|…{2,}|(?:[.·] ){4,})[\s(（]*[0-9０-９IVXivx]{1,4}[)）]?\Z"
)
_CAPTION = pattern(
    r"[图表][ \u3000]*[0-9A-Z]{1,2}(?:[-－.—][0-9]{1,2})?"
    r"(?:[ \u3000:：]+|(?=[^\s所中为是的与和可\d]))"
    r"[^。；]{2,40}\Z"
)
_NOTE = pattern(r"([①-⑳]|\[[0-9]{1,2}\]|〔[0-9]{1,2}〕)[ \u3000]*\S")
#: Characters of a running head, at most; how often it is on the pages of a text, at least, its
#: numbers left out.
_LONGEST_HEAD, _PAGES = 30, 3
_NUMBER = pattern("[0-9０-９]+")
_HAN = pattern(f"[{HAN_CLASS}]")
#: Characters of the lines beside a page's number without dashes, at least.
_LEAST_PROSE = 8
#: Lines above a note in which its mark is looked for.
_NOTES_WITHIN = 60
_SENTENCE = pattern("[。！？；，]")


def furniture(text: str) -> Iterator[Furniture]:
    """The lines of a text that are in no paragraph, from top to bottom."""
    lines = [match.span() for match in _LINE.finditer(text)]
    bodies = [text[start:end].strip(SPACE_CLASS) for start, end in lines]
    heads = _returning(bodies) if any(map(is_page_number, bodies)) else frozenset()
    for at, (span, body) in enumerate(zip(lines, bodies, strict=True)):
        kind = _kind(bodies, at, heads)
        if kind is not None:
            start = span[0] + text[slice(*span)].index(body[0])
            yield Furniture(start, start + len(body), kind)


def _kind(bodies: list[str], at: int, heads: frozenset[str]) -> FurnitureKind | None:
    body = bodies[at]
    if is_page_number(body):
        beside = [bodies[other] for other in (at - 1, at + 1) if 0 <= other < len(bodies)]
        # Numbers below each other, or below a word, are a table's.
        bare = len(body) <= 4 and body.isdigit()
        alone = not any(map(is_page_number, beside)) and bool(beside)
        among_prose = all(len(line) >= _LEAST_PROSE for line in beside)
        return FurnitureKind.PAGE_NUMBER if alone and (among_prose or not bare) else None
    if _NUMBER.sub("", body) in heads or (is_running_head(body) and _is_at_edge(bodies, at)):
        return FurnitureKind.RUNNING_HEAD
    if _LEADERS.match(body):
        return FurnitureKind.CONTENTS
    if _CAPTION.match(body):
        return FurnitureKind.CAPTION
    note = _NOTE.match(body)
    if note and any(note.group(1) in line[1:] for line in bodies[max(0, at - _NOTES_WITHIN) : at]):
        return FurnitureKind.FOOTNOTE
    return None


def _is_at_edge(bodies: list[str], at: int) -> bool:
    """Whether a line is a page's first or last: of the text, by a page's number, or amid prose."""
    if at < 2 or at >= len(bodies) - 2 or is_page_number(bodies[at - 1]):
        return True
    beside = bodies[at - 1], bodies[at + 1]
    return all(len(line) >= _LEAST_PROSE and not is_running_head(line) for line in beside)


def _returning(bodies: list[str]) -> frozenset[str]:
    """The short lines without a sentence that stand beside the pages' numbers again and again."""
    beside: Counter[str] = Counter()
    for at, body in enumerate(bodies):
        if is_page_number(body):
            for other in (at - 1, at + 1):
                if 0 <= other < len(bodies) and len(bodies[other]) <= _LONGEST_HEAD:
                    beside[_NUMBER.sub("", bodies[other])] += 1
    return frozenset(
        head
        for head, count in beside.items()
        if count >= _PAGES and len(_HAN.findall(head)) >= 2 and not _SENTENCE.search(head)
    )
