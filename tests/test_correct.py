"""Correct text gets no edit: hundreds of passages of modern written Chinese and what stands in it.

A passage that is correct and is edited all the same stands in ``correct_known_failures.txt`` with
the reason, until the rule is mended and the passage moves to ``correct.txt``. A line ``%%`` sets
passages apart; one may open with a line ``%# topic`` and a line ``%! reason``, which are no part of
it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

import pytest

from tests.tables import read_text
from textclean import Config, Tier, clean


class Passage(NamedTuple):
    """A passage of correct text."""

    topic: str
    #: Why it fails today; empty where it does not.
    reason: str
    text: str


def read_passages(name: str) -> list[Passage]:
    """The passages of a file, without the line break that ends each."""
    passages = []
    for part in re.split(r"^%%\n", read_text(name), flags=re.MULTILINE):
        heads = {"#": "", "!": ""}
        while part[:1] == "%" and part[1:2] in heads:
            line, _, part = part.partition("\n")
            heads[line[1]] = line[2:].strip()
        passages.append(Passage(heads["#"], heads["!"], part.removesuffix("\n")))
    return passages


CORRECT = read_passages("correct.txt")
KNOWN_FAILURES = read_passages("correct_known_failures.txt")
SUGGESTED = Config(tier=Tier.SUGGESTED)


def _each(passages: list[Passage], *, fails: bool = False) -> list[object]:
    seen: Counter[str] = Counter()
    parameters = []
    for passage in passages:
        seen[passage.topic] += 1
        name = f"{passage.topic.replace(' ', '-')}-{seen[passage.topic]}"
        marks = [pytest.mark.xfail(strict=True, reason=passage.reason)] if fails else []
        parameters.append(pytest.param(passage.text, id=name, marks=marks))
    return parameters


def _edits(text: str, config: Config | None = None) -> list[tuple[str, str, str]]:
    return [(edit.rule, edit.before, edit.after) for edit in clean(text, config).edits]


@pytest.mark.parametrize("text", _each(CORRECT))
def test_correct_passage_gets_no_edit(text: str) -> None:
    assert _edits(text) == []
    assert _edits(text, SUGGESTED) == []


@pytest.mark.parametrize("text", _each(KNOWN_FAILURES, fails=True))
def test_correct_passage_gets_no_edit_yet(text: str) -> None:
    assert _edits(text) == []
    assert _edits(text, SUGGESTED) == []


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("config", [None, SUGGESTED], ids=["safe", "suggested"])
def test_correct_passages_get_no_edit_as_one_document(config: Config | None, newline: str) -> None:
    # Front matter is front matter only where a document begins.
    passages = sorted(CORRECT, key=lambda passage: not passage.text.startswith("---\n"))
    document = "\n\n".join(passage.text for passage in passages)
    assert _edits(document.replace("\n", newline), config) == []


def test_every_known_failure_says_why() -> None:
    assert all(passage.reason for passage in KNOWN_FAILURES)
    assert not any(passage.reason for passage in CORRECT)


def test_no_passage_stands_twice() -> None:
    texts = [passage.text for passage in CORRECT + KNOWN_FAILURES]
    assert len(texts) == len(set(texts))
