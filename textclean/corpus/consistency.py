"""Contradictions between the numbers of a cleaned document, with both places.

What is a contradiction the rules Q021 to Q024 say: it is found here as `check` finds it in the
cleaned text, and led back to the original. Most texts hold none, and the engine does not read them.
Two documents that say different things are twins, and no contradiction.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, NamedTuple

from textclean.config import Config
from textclean.corpus.excise import Alignment
from textclean.corpus.reading_order import CleanedDocument, Key

#: The rules that report contradictions.
CODES = ("Q021", "Q022", "Q023", "Q024")


class Passage(NamedTuple):
    """A stretch of a document: offsets and text of the original."""

    start: int
    end: int
    text: str
    #: The sentence that it stands in, cleaned.
    sentence: str


class CorpusContradiction(NamedTuple, Generic[Key]):
    """A number that contradicts another, or the calendar."""

    document: Key
    #: The rule's code, and what it says of the number.
    rule: str
    evidence: str
    #: The number; and the one that it contradicts, or the parts that do not make it. None where a
    #: number is impossible by itself.
    place: Passage
    other: Passage | None


def contradictions(
    documents: Iterable[tuple[str, Callable[[], CleanedDocument[Key]]]], config: Config
) -> Iterator[CorpusContradiction[Key]]:
    """The contradictions in cleaned documents, in order of document and place.

    Args:
        documents: the cleaned text of each, and what gives the document if it is asked for.
        config: what they were cleaned with; rules that it leaves out report nothing.
    """
    codes = tuple(filter(config.selects, CODES))
    if codes:
        config = dataclasses.replace(config, select=codes, ignore=())
        from textclean.quantities.contradictions import opposites

        for text, document in documents:
            if others := opposites(text):
                yield from _of_document(document(), others, config)


def _of_document(
    document: CleanedDocument[Key],
    others: Mapping[tuple[str, int, int], tuple[int, int] | None],
    config: Config,
) -> Iterator[CorpusContradiction[Key]]:
    from textclean.cleaning import check

    text = document.text
    alignment = Alignment(document.columns)

    def passage(start: int, end: int) -> Passage:
        pieces = document.reading.to_original(*alignment.to_source(start, end))
        low, high = pieces[0]
        return Passage(low, high, document.original[low:high], _sentences(text, start, end))

    for found in check(text, config):
        span = found.start, found.end
        other = others.get((found.rule, *span))
        yield CorpusContradiction(
            document.name,
            found.rule,
            found.evidence,
            passage(*span),
            None if other is None else passage(*other),
        )


def _sentences(text: str, start: int, end: int) -> str:
    """The sentence or sentences that hold ``text[start:end]``."""
    from textclean.quantities.windows import sentences

    bounds = list(sentences(text, sorted({start, max(start, end - 1)})))
    return text[bounds[0][0] : bounds[-1][1]].strip()
