"""The model of paragraphs' ends (`textclean.punctuation.end_model`).

From every paragraph with an end mark is made a sentence that lost its mark (its last remainder, or
a whole shorter paragraph's last) and a broken one (cut between two characters that are no marks, as
a column's end cuts). Titles are the first lines of documents and short lines without an end mark
before a paragraph; as often as not they follow, as they do when they are glued to a paragraph.
``benchmarks/ends.py`` measures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import numpy as np

from textclean.models.linear import to_bytes
from textclean.punctuation.end_model import (
    END_MARKS,
    MODEL,
    TEMPLATES,
    Ending,
    fold,
    remainder,
    window,
)
from textclean.text.classes import MARK_CLASS, has_han
from tools.command import Folders
from tools.training.linear import BITS, EACH, Each, Groups, examples_of, train_choices
from tools.training.tables import write

_SHORTEST, _LONGEST = 4, 400
#: Titles are fewer than paragraphs and shorter than this; every one counts so many times.
_LONGEST_TITLE, _TITLES = 32, 2


class Example(NamedTuple):
    """A remainder and what it is."""

    text: str
    alone: bool
    ending: Ending


def examples(document: list[str], random: Random) -> Iterator[Example]:
    """What a document teaches."""
    for number, line in enumerate(document):
        if not has_han(line):
            continue
        if line[-1] in "。！？":
            yield from _of_paragraph(line, random)
        elif _is_title(document, number):
            for _ in range(_TITLES):
                yield Example(line, random.random() < 0.3, Ending.TITLE)


def _of_paragraph(line: str, random: Random) -> Iterator[Example]:
    body = line.rstrip("。！？…")
    rest = remainder(body, 0, len(body))
    text = body[rest.start :]
    if _SHORTEST <= len(text) <= _LONGEST:
        yield Example(text, rest.start == 0, Ending.SENTENCE)
    cut = random.randrange(len(line))
    around = line[max(0, cut - 1) : cut + 1]
    if len(around) == 2 and not any(char in MARK_CLASS or char == " " for char in around):
        rest = remainder(line[:cut], 0, cut)
        text = line[rest.start : cut]
        if _SHORTEST <= len(text) <= _LONGEST:
            yield Example(text, rest.start == 0, Ending.BROKEN)


def _is_title(document: list[str], number: int) -> bool:
    line = document[number]
    return (
        _SHORTEST <= len(line) <= _LONGEST_TITLE
        and line[-1] not in MARK_CLASS.replace("”", "").replace("》", "").replace("）", "")
        and line[0] not in "（("
        and number + 1 < len(document)
        and len(document[number + 1]) > 2 * len(line)
        and document[number + 1][-1] in END_MARKS
    )


def groups_of(data: Iterable[Example]) -> Groups:
    """Every example as a choice among the three endings."""
    rows: list[Any] = []
    truth: list[int] = []
    for example in data:
        fields = window(fold(example.text), example.alone)
        rows.append(np.array([fields] * len(Ending), np.uint32))
        truth.append(example.ending)
    number = len(truth)
    bases = np.tile(np.array(list(Ending), np.int64), number)
    each = np.arange(len(Ending) * number + 1)
    return Groups(np.concatenate(rows), bases, each, each[:: len(Ending)].copy(), np.array(truth))


def run(folders: Folders, output: Path = MODEL.path, each: Each = EACH) -> None:
    """Train on the folders given, and write the weights."""
    weights = train_choices(groups_of(examples_of(folders, examples, each)), TEMPLATES)
    write(output, to_bytes(*weights, MODEL.kind, BITS))
