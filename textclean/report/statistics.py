"""What each text was taken for, on what evidence, and how much each rule found in it.

It answers why nothing was done: a rule is believed in the kinds of text in which it was found right
(``docs/benchmarks.md``), and a writer's own habit speaks against edits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from textclean.report.findings import Finding
from textclean.report.terminal import json_text, one_line
from textclean.text.kinds.document import DocumentKind


class Found(NamedTuple):
    """What a rule found, of one tier, and whether ``fix`` makes that change."""

    code: str
    name: str
    tier: str
    fixable: bool


class Statistics(NamedTuple):
    """A text in figures."""

    #: The file, with the line of a record.
    name: str
    characters: int
    register: str
    script: str
    #: Each answer with the counts that it rests on, as `DocumentKind.evidence` has them.
    evidence: Mapping[str, str]
    rules: Counter[Found]


def statistics_of(
    name: str, text: str, kind: DocumentKind, findings: Iterable[Finding]
) -> Statistics:
    """The figures of a text with its findings."""
    rules = Counter(Found(each.code, each.name, each.tier, each.fixable) for each in findings)
    register, script = str(kind.register), str(kind.script)
    return Statistics(name, len(text), register, script, kind.evidence(), rules)


def statistics_lines(documents: Iterable[Statistics]) -> Iterator[str]:
    """For people: a few lines for each document and for all of them."""
    total = _Total()
    for each in total.count(documents):
        yield f"{one_line(each.name)}: {each.characters:,} characters\n"
        yield from (f"  {question}: {answer}\n" for question, answer in each.evidence.items())
        yield from map(_line, _sorted(each.rules))
    plural = "" if total.documents == 1 else "s"
    yield f"all: {total.documents:,} document{plural}, {total.characters:,} characters\n"
    for question, answers in (("register", total.registers), ("script", total.scripts)):
        if answers:
            said = ", ".join(f"{number:,} {answer}" for answer, number in answers.most_common())
            yield f"  {question}: {said}\n"
    yield from map(_line, _sorted(total.rules))


def statistics_json(documents: Iterable[Statistics]) -> Iterator[str]:
    """The same as one JSON object, in pieces that can be written as they come."""
    total = _Total()
    separator = "\n"
    yield '{"documents": ['
    for each in total.count(documents):
        yield separator + _dumped({**each._asdict(), "rules": _rows(each.rules)})
        separator = ",\n"
    everything = {**vars(total), "rules": _rows(total.rules)}
    yield f'\n], "all": {_dumped(everything)}}}\n'


class _Total:
    """The sum over documents as they go by."""

    def __init__(self) -> None:
        self.documents = 0
        self.characters = 0
        self.registers: Counter[str] = Counter()
        self.scripts: Counter[str] = Counter()
        self.rules: Counter[Found] = Counter()

    def count(self, documents: Iterable[Statistics]) -> Iterator[Statistics]:
        for each in documents:
            self.documents += 1
            self.characters += each.characters
            self.registers[each.register] += 1
            self.scripts[each.script] += 1
            self.rules += each.rules
            yield each


def _sorted(rules: Counter[Found]) -> list[tuple[Found, int]]:
    return sorted(rules.items(), key=lambda item: (item[0].code, not item[0].fixable, item[0].tier))


def _line(found: tuple[Found, int]) -> str:
    (code, name, tier, fixable), number = found
    return f"  {code} {name}: {number:,} {tier}{', to be made' if fixable else ''}\n"


def _rows(rules: Counter[Found]) -> list[dict[str, Any]]:
    return [{**found._asdict(), "count": number} for found, number in _sorted(rules)]


def _dumped(row: Mapping[str, Any]) -> str:
    return json_text(row)
