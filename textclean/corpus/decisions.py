"""Decisions: what a reader accepted or rejected of what was found, in a file that outlives the run.

A change is known again by its document, its rule, what it puts in place of what, and the words
around it in its line; not by offsets, which every repair before it moves, nor by marks and spaces
beside it, which are repaired themselves. Of several alike each has a number. A decision that fits
no change any more is reported and applied to no other. `decided` obeys the decisions; the report,
and whatever else shows changes to a reader, makes them by way of `occurrences` and `Decisions`.
"""

from __future__ import annotations

import dataclasses
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from textclean.config import Config
from textclean.corpus.atomic import write_atomic
from textclean.errors import ConfigError
from textclean.text.edit import Edit, Tier
from textclean.text.json_text import safe_json

#: What a file of decisions begins with, and the version of the format.
KEY = "textclean-decisions"
VERSION = 1
#: Letters, digits and Han on each side by which a change is known: a clause's worth.
WORDS = 12
#: Characters among which they are looked for.
_WINDOW = 60
#: Characters of a removed passage that a file shows to whoever reads it.
_SHOWN = 60


class Verdict(StrEnum):
    """What a reader said of a change."""

    ACCEPT = "accept"
    REJECT = "reject"


class Change(NamedTuple):
    """What an edit is known again by."""

    #: As `document_name` has it.
    document: str
    rule: str
    before: str
    after: str
    #: The words before and behind it in its line.
    left: str
    right: str


class Passage(NamedTuple):
    """What a passage is known again by that is removed as a copy, or was."""

    document: str
    #: As `words_digest` has it: repairs of marks and spaces leave it the same.
    digest: str


Subject: TypeAlias = Change | Passage


class Occurrence(NamedTuple):
    """One of several changes, or passages, of a document that are alike."""

    subject: Subject
    #: Which of them it is, in order of place, from 0.
    number: int = 0
    #: How many there are.
    of: int = 1


def words(text: str) -> str:
    """The letters, digits and Han of a text, in their compatible forms."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def words_beside(text: str, start: int, end: int) -> tuple[str, str]:
    """The words before and behind a place, within its line: `WORDS` characters of each at most."""
    before = text[max(0, start - _WINDOW) : start]
    after = text[end : end + _WINDOW]
    left = words(before[before.rfind("\n") + 1 :])[-WORDS:]
    return left, words(after.partition("\n")[0])[:WORDS]


def words_digest(text: str) -> str:
    """What a passage is known again by, as 32 hexadecimal digits."""
    from hashlib import blake2b  # here, for `check` has no use for it

    return blake2b(words(text).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def document_name(file: str, line: int | None = None, record_text: int = 0) -> str:
    """A text's name in decisions.

    Args:
        file: the file's name.
        line: of the record that it belongs to, from 1; None: it is all of the file.
        record_text: which of the record's texts it is, from 0.
    """
    if line is None:
        return file
    return f"{file}:{line}" if not record_text else f"{file}:{line}:{record_text}"


def occurrences(document: str, text: str, edits: Sequence[Edit]) -> list[Occurrence]:
    """What each of the edits of a text is known again by.

    Args:
        document: as `document_name` has it.
        text: the text before the edits.
        edits: all edits, or all suggestions, in order of place.
    """
    return numbered(
        Change(
            document, edit.rule, edit.before, edit.after, *words_beside(text, edit.start, edit.end)
        )
        for edit in edits
    )


def numbered(subjects: Iterable[Subject]) -> list[Occurrence]:
    """Changes or passages in order of place, each with its number among those alike."""
    every = list(subjects)
    counts = Counter(every)
    seen: Counter[Subject] = Counter()
    found: list[Occurrence] = []
    for subject in every:
        found.append(Occurrence(subject, seen[subject], counts[subject]))
        seen[subject] += 1
    return found


@dataclasses.dataclass
class _Alike:
    """What was said of changes that are alike."""

    #: How many there were.
    of: int
    verdicts: dict[int, Verdict] = dataclasses.field(default_factory=dict)
    #: A passage's first characters.
    shown: str = ""

    def verdict(self, number: int, of: int) -> Verdict | None:
        """What holds for one of those alike that there are now; None: nothing, or it is not clear.

        Where there are fewer than there were, those that were accepted have been made.
        """
        if of == self.of:
            return self.verdicts.get(number)
        counts = Counter(self.verdicts.values())
        accepted, rejected = counts[Verdict.ACCEPT], counts[Verdict.REJECT]
        if rejected and (of == rejected or (of < rejected and not accepted)):
            return Verdict.REJECT
        return Verdict.ACCEPT if not rejected and of <= accepted else None


class Decisions:
    """Decisions on changes, on whole rules, and on passages that are removed as copies.

    Attributes:
        rules: what was said of all changes of a rule, by its code; a decision on a single change
            of it goes before.
        rules_gone: those of the rules that the last configuration does not have.
    """

    def __init__(self) -> None:
        self.rules: dict[str, Verdict] = {}
        self.rules_gone: list[str] = []
        self._alike: dict[Subject, _Alike] = {}
        self._met: set[Subject] = set()
        self._documents: set[str] | None = None

    # Deciding

    def decide(self, what: Occurrence, verdict: Verdict | None, shown: str = "") -> None:
        """Accept or reject one change or passage; None takes back what was said of it.

        Args:
            shown: of a passage, its text: the file shows how it begins.
        """
        self._documents = None
        alike = self._alike.get(what.subject)
        if alike is None or alike.of != what.of:
            alike = self._alike[what.subject] = _Alike(what.of, shown=shown[:_SHOWN])
        if verdict is None:
            alike.verdicts.pop(what.number, None)
            if not alike.verdicts:
                del self._alike[what.subject]
        else:
            alike.verdicts[what.number] = verdict

    def decide_group(self, group: Iterable[Occurrence], verdict: Verdict | None) -> None:
        """Accept or reject changes that stand or fall together."""
        for each in group:
            self.decide(each, verdict)

    def decide_rule(self, code: str, verdict: Verdict | None) -> None:
        """Accept or reject all changes of a rule; None takes that back."""
        if verdict is None:
            self.rules.pop(code, None)
        else:
            self.rules[code] = verdict

    # Obeying

    def __bool__(self) -> bool:
        return bool(self.rules or self._alike)

    def __len__(self) -> int:
        return len(self.rules) + sum(len(alike.verdicts) for alike in self._alike.values())

    def verdict(self, what: Occurrence) -> Verdict | None:
        """What was said of a change or passage by itself; from then on its decision is met."""
        alike = self._alike.get(what.subject)
        verdict = None if alike is None else alike.verdict(what.number, what.of)
        if verdict is not None:
            self._met.add(what.subject)
        return verdict

    def concern(self, document: str) -> bool:
        """Whether there is any decision on a single change or passage of a document."""
        if self._documents is None:
            self._documents = {subject.document for subject in self._alike}
        return document in self._documents

    def accept_any_of(self, document: str) -> bool:
        """Whether any change of a document is accepted by itself."""
        return any(
            subject.document == document and Verdict.ACCEPT in alike.verdicts.values()
            for subject, alike in self._alike.items()
        )

    def configured(self, config: Config) -> Config:
        """The configuration under which decisions on rules hold.

        All of a rejected rule is only reported; an accepted one is as trusted as a safe one.
        """
        if not self.rules:
            return config
        from textclean.rules.others import rules_for

        there = {rule.code for rule in rules_for(config)}
        self.rules_gone = [code for code in self.rules if code not in there]
        tiers: dict[str, Tier] = dict(config.tiers)
        for code, verdict in self.rules.items():
            if code not in there:
                continue  # a house rule that was removed, say
            tiers[code] = Tier.SAFE if verdict is Verdict.ACCEPT else Tier.REPORT
        return dataclasses.replace(config, tiers=tiers)

    def unmet(self) -> list[Subject]:
        """The changes and passages that nothing found fitted, in the order of the file."""
        return [subject for subject in self._alike if subject not in self._met]

    # The file

    def rows(self) -> Iterator[dict[str, Any]]:
        """The decisions as JSON has them."""
        for code, verdict in self.rules.items():
            yield {"rule": code, "decision": str(verdict)}
        for subject, alike in self._alike.items():
            shown = {} if isinstance(subject, Change) else {"begins": alike.shown}
            for number, verdict in sorted(alike.verdicts.items()):
                yield {
                    **subject._asdict(),
                    **shown,
                    "number": number,
                    "of": alike.of,
                    "decision": str(verdict),
                }

    def dump(self) -> str:
        """The file, a line for each decision."""
        body = ",\n".join(safe_json(json.dumps(row, ensure_ascii=False)) for row in self.rows())
        return f'{{"{KEY}": {VERSION}, "decisions": [\n{body}\n]}}\n'

    def write(self, path: Path) -> None:
        """Write the file, whole or not at all."""
        write_atomic(path, self.dump().encode("utf-8"))

    @classmethod
    def read(cls, path: Path) -> Decisions:
        """Read a file of decisions.

        Raises:
            ConfigError: there is none, it is none, or a later version wrote it.
        """
        try:
            data = path.read_bytes()
        except OSError as error:
            raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
        try:
            return cls.load(data)
        except ConfigError as error:
            raise ConfigError(f"{path}: {error}") from None

    @classmethod
    def load(cls, data: str | bytes) -> Decisions:
        """The decisions of a file's content.

        Raises:
            ConfigError: it is no such file, or a later version wrote it.
        """
        try:
            content = json.loads(data)
            version, rows = content[KEY], content["decisions"]
        except (ValueError, TypeError, KeyError, RecursionError):
            raise ConfigError("is no file of decisions of textclean") from None
        if version != VERSION:
            raise ConfigError(f"decisions of version {version!r}; this textclean reads {VERSION}")
        decisions = cls()
        if not isinstance(rows, list):
            raise ConfigError("is no file of decisions of textclean")
        for number, row in enumerate(rows, 1):
            try:
                decisions._add(row)
            except (KeyError, TypeError, ValueError):
                raise ConfigError(f"decision {number} is damaged: {row!r:.200}") from None
        return decisions

    def _add(self, row: Mapping[str, Any]) -> None:
        verdict = Verdict(row["decision"])
        if "document" not in row:
            self.rules[_string(row, "rule")] = verdict
            return
        kind: type[Change] | type[Passage] = Passage if "digest" in row else Change
        subject: Subject = kind(*(_string(row, field) for field in kind._fields))
        number, of = row["number"], row["of"]
        if type(number) is not int or type(of) is not int or not 0 <= number < of:
            raise ValueError("there is no such number")
        known = self._alike.get(subject)
        if known is not None and known.of != of:
            raise ValueError("it is not clear how many are alike")
        self.decide(Occurrence(subject, number, of), verdict, str(row.get("begins", "")))


def _string(row: Mapping[str, Any], field: str) -> str:
    value = row[field]
    if not isinstance(value, str):
        raise TypeError(field)
    return value


def described(subject: Subject) -> str:
    """A change or passage in words, for a message."""
    if isinstance(subject, Passage):
        return f"{subject.document}: a passage that is a copy ({subject.digest[:8]})"
    left, right = subject.left[-4:], subject.right[:4]
    return (
        f"{subject.document}: {subject.rule} {subject.before!r} → {subject.after!r} "
        f"between {left!r} and {right!r}"
    )
