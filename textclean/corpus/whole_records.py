"""Records of several texts (a title and a body, the messages of a conversation), as a whole.

Each text is cleaned by itself, but a record is a copy of another only with all that it says: a
greeting that every conversation begins with is none. So the cleaned texts of each record are
compared as one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from textclean.cleaning import Failure, Outcome, clean_texts
from textclean.config import Config
from textclean.config.fields import EACH, field_path
from textclean.corpus.excise import Cut, Remainder
from textclean.corpus.formats.base import DecodedFile, Passage
from textclean.corpus.pipeline import (
    Corpus,
    CorpusRemoval,
    CorpusTwin,
    Deciding,
    clean_documents,
)
from textclean.corpus.reading_order import CleanedDocument
from textclean.corpus.whole_documents import Progress
from textclean.text.columns import EditColumns

#: A text of a file, as the pipeline knows it.
Text = tuple[DecodedFile, Passage]


def text_of_record(record: Sequence[Passage]) -> str:
    """The texts of a record as one."""
    return "\n".join(passage.text for passage in record)


def have_several_texts(config: Config) -> bool:
    """Whether records can have more than one text."""
    fields = config.text_fields
    return len(fields) > 1 or EACH in field_path(fields[0])


def clean_records(
    files: Sequence[DecodedFile],
    reference: Sequence[DecodedFile],
    config: Config,
    workers: int | None,
    progress: Progress | None,
    config_for: Callable[[Text], Config] | None,
    decisions: Deciding | None = None,
) -> Corpus[Text]:
    """`clean_documents` for the texts of records; a record goes by its first text.

    What goes is whole records; nothing is restored or corrected from them.
    """
    texts = [(file, passage) for file in files for passage in file.passages]
    outcomes, failures = _cleaned(texts, config, workers, progress, config_for)
    for text in texts:
        found = None if decisions is None else decisions(text)
        if found is not None and text in outcomes:
            outcomes[text] = found.outcome(text[1].text, outcomes[text])
    records = {
        (file, record[0]): record
        for file in files
        for record in file.records()
        if all((file, each) in outcomes for each in record)
    }
    others = {(file, record[0]): record for file in reference for record in file.records()}
    copies = clean_documents(
        [
            (name, "\n".join(outcomes[name[0], each].text for each in record))
            for name, record in records.items()
        ],
        _without_rules(config),
        workers,
        reference=[(name, text_of_record(record)) for name, record in others.items()],
        decisions=decisions,
    )
    records |= others
    removed = {removal.document for removal in copies.removals}
    gone = {(name[0], each) for name in removed for each in records[name]}
    cleaned = [
        CleanedDocument(
            text, "", Remainder(text[1].text, [Cut(0, len(text[1].text))]), EditColumns()
        )
        if text in gone and text[1].text
        else CleanedDocument(
            text, outcomes[text].text, Remainder(text[1].text), outcomes[text].columns
        )
        for text in texts
        if text in outcomes
    ]

    def place(name: Text) -> tuple[Text, int, int, str]:
        text = text_of_record(records[name])
        return name, 0, len(text), text

    removals = [
        CorpusRemoval(*place(one.document), one.kind, one.score, *place(one.survivor_document))
        for one in copies.removals
    ]
    twins = [
        CorpusTwin(*place(one.document), *place(one.twin_document), one.differences, one.certain)
        for one in copies.twins
    ]
    return Corpus(cleaned, removals, twins, [*failures, *copies.failures], config=config)


def _cleaned(
    texts: Sequence[Text],
    config: Config,
    workers: int | None,
    progress: Progress | None,
    config_for: Callable[[Text], Config] | None,
) -> tuple[dict[Text, Outcome], list[tuple[Text, str]]]:
    """What cleaning makes of each text, and why it failed on some."""
    parts: dict[Config, list[Text]] = {}
    for text in texts:
        parts.setdefault(config if config_for is None else config_for(text), []).append(text)
    done = 0

    def report(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(done, len(texts))

    outcomes: dict[Text, Outcome] = {}
    failures: list[tuple[Text, str]] = []
    for own, some in parts.items():
        results = clean_texts([passage.text for _, passage in some], own, workers, report)
        for text, result in zip(some, results, strict=True):
            if isinstance(result, Failure):
                failures.append((text, result.message))
            else:
                outcomes[text] = result
    return outcomes, failures


def _without_rules(config: Config) -> Config:
    return dataclasses.replace(
        config,
        select=(),
        ignore=("ALL",),
        style=None,
        latin_space="keep",
        indent="keep",
        blank_lines="keep",
        restore=False,
        boilerplate="report",
        per_file={},
    )
