"""What a run did, as rows of its records; where things stand is said by whoever knows the files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

from textclean.corpus.consistency import CorpusContradiction, Passage
from textclean.corpus.formats.base import DecodedFile, Row
from textclean.corpus.pipeline import CorpusRemoval, CorpusTwin
from textclean.corpus.restoring import CorpusRestoration

if TYPE_CHECKING:
    from textclean.dedup.records import Boilerplate


class Where(Protocol):
    """Says where a stretch of a document stands."""

    def __call__(self, prefix: str, document: Any, start: int, end: int, text: str, /) -> Row:
        """The fields document, line, start, end and text, each with a prefix."""
        ...


def removal_row(one: CorpusRemoval[Any], where: Where) -> Row:
    """A row of ``removals.jsonl``."""
    kind = {"kind": str(one.kind), "score": one.score}
    row = {**where("", *one[:4]), **kind, **where("survivor_", *one[6:10])}
    if one.lost:
        row["lost"] = [passage._asdict() for passage in one.lost]
    return row


def boilerplate_row(one: Boilerplate[Any], where: Where) -> Row:
    """A row of ``boilerplate.jsonl``."""
    fields = ("document", "line", "start", "end")
    places = [where("", *place, one.text) for place in one.places]
    return {
        "text": one.text,
        "documents": one.documents,
        "end": str(one.end),
        "places": [{field: place[field] for field in fields} for place in places],
    }


def twin_row(one: CorpusTwin[Any], where: Where) -> Row:
    """A row of ``twins.jsonl``."""
    kind = "numbers" if one.certain else "names"
    places = {**where("", *one[:4]), **where("twin_", *one[4:8])}
    return {**places, "differences": one.differences, "kind": kind}


def restoration_row(one: CorpusRestoration[Any], where: Where) -> Row:
    """A row of ``restorations.jsonl``."""
    return {
        **where("", *one[:4]),
        "value": one.value,
        "type": str(one.type),
        "confidence": one.confidence,
        "evidence": one.evidence,
        **where("witness_", *one[8:12]),
        "applied": one.applied,
    }


def contradiction_row(one: CorpusContradiction[Any], where: Where) -> Row:
    """A row of ``consistency.jsonl``."""

    def place(prefix: str, passage: Passage) -> Row:
        found = where(prefix, one.document, passage.start, passage.end, passage.text)
        return {**found, f"{prefix}sentence": passage.sentence}

    row = place("", one.place) | {"rule": one.rule, "evidence": one.evidence}
    return row if one.other is None else row | place("other_", one.other)


def unreadable_rows(file: DecodedFile) -> Iterator[Row]:
    """The rows of ``removals.jsonl`` for the records of a file that cannot be read, if they go."""
    for bad in file.bad:
        yield {
            "document": file.source.name,
            "line": bad.line,
            "start": 0,
            "end": bad.end - bad.start,
            "text": file.content[bad.start : bad.end],
            "kind": "unreadable",
            "reason": bad.reason,
        }
