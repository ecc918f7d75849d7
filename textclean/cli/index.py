"""``textclean index``: has this paragraph been seen, where, and in what form?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from textclean.cli.inputs import (
    means_standard_input,
    say_passed_over,
    standard_input,
)
from textclean.cli.options import Command, config_options, message_options, paths_argument
from textclean.cli.output import say, tell, trouble
from textclean.config import Config, Unit
from textclean.errors import DocumentError
from textclean.report.language import tr

if TYPE_CHECKING:
    from textclean.corpus.indexed import Passage
    from textclean.engines.index import Index

# Texts that are added at a time, so that they need not all be in memory.
_TOGETHER = 1 << 16


@click.group("index", short_help="Remember paragraphs, and ask whether they were seen.")
def command() -> None:
    """Keep an index of paragraphs (or records) on disk, and ask whether one has been seen.

    An index answers as `dedup` decides. `textclean dedup NEW --against INDEX` removes what is a
    copy of something in it.

    \b
    Examples:
      textclean index create seen
      textclean index add seen archive/
      textclean index query seen new.txt
      textclean dedup new/ -o unique --against seen
      textclean index add seen new/
      textclean index stats seen
      textclean index verify seen
    """


def _folder() -> Callable[[Command], Command]:
    return click.argument("folder", metavar="INDEX", type=click.Path(path_type=Path))


@command.command("create", short_help="Make an empty index.")
@_folder()
@config_options(repairs=False, duplicates=True)
def create(folder: Path, read_as: str | None, config: Config) -> int:
    """Make an empty index in a folder that is empty or not there yet.

    How texts are compared (--unit, --threshold, --min-copy, --min-copy-across) is fixed then. An
    index is of paragraphs, or with --unit document of whole records.
    """
    from textclean.engines.index import Index

    with Index.create(folder, config) as index:
        say(f"{folder}: an empty index of {index.settings.unit}s")
    return 0


@command.command("add", short_help="Add the texts of files.")
@_folder()
@paths_argument()
@config_options(repairs=False)
def add(folder: Path, paths: tuple[str, ...], read_as: str | None, config: Config) -> int:
    """Add the paragraphs of files and folders, each by the place where it stands.

    Adding a file again changes nothing. What was added before an interruption stays: add the rest
    by the same command. Of a file that was changed remove the old entries first.

    \b
    Exit status:
      0  done
      2  a file could not be read; the others were added
    """
    from textclean.engines.index import Index

    failures: list[str] = []
    with Index(folder) as index:
        passages = _passages(paths, read_as, config, index.settings.unit, failures)
        added = known = 0
        while batch := list(islice(passages, _TOGETHER)):
            ids, sources, texts = zip(*batch, strict=True)
            try:
                done = index.add(texts, ids=ids, sources=sources)
            except ValueError as error:  # of a file that was changed
                raise DocumentError(f"{folder}: {error}") from None
            added, known = added + done.added, known + done.known
        say(f"{_entries(added)} added, {known} known already")
    return 2 if failures else 0


@command.command("remove", short_help="Remove entries.")
@_folder()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--files", is_flag=True, help="Each ID is a file: remove all that came from it.")
@message_options()
def remove(folder: Path, ids: tuple[str, ...], files: bool) -> int:
    """Remove entries by their ids, as `query` shows them.

    \b
    Exit status:
      0  done
      2  there is no entry with an ID, or from a file; all others were removed
    """
    from textclean.engines.index import Index

    with Index(folder) as index:
        entries = {
            each: index.ids_of_file(each) if files else [each] if index.entry(each) else []
            for each in ids
        }
        removed = index.remove(name for names in entries.values() for name in names)
    unknown = [each for each, names in entries.items() if not names]
    for each in unknown:
        trouble(f"{each}: {'the index has nothing from this file' if files else _NO_ENTRY}")
    say(f"{_entries(removed)} removed")
    return 2 if unknown else 0


_NO_ENTRY = "the index has no entry with this id"


@command.command("query", short_help="Say of the texts of files whether they were seen.")
@_folder()
@paths_argument()
@click.option("--seen", "only_seen", is_flag=True, help="Print only texts that were seen.")
@config_options(repairs=False)
def query(
    folder: Path, paths: tuple[str, ...], only_seen: bool, read_as: str | None, config: Config
) -> int:
    """Say of each paragraph of files whether it was seen: a line of JSON each.

    `kind` is null for what is new; else exact, near, contained or carried, and `seen` says where:
    the entry's id, its source, its text, and how many entries are equal (`copies`).

    \b
    Exit status:
      0  done
      2  a file could not be read
    """
    from textclean.engines.index import Index

    failures: list[str] = []
    with Index(folder) as index:
        for passage in _passages(paths, read_as, config, index.settings.unit, failures):
            row = _row(index, passage)
            if row["kind"] is not None or not only_seen:
                print(json.dumps(row, ensure_ascii=False))
    return 2 if failures else 0


@command.command("stats", short_help="Say how much there is in an index.")
@_folder()
@message_options()
def stats(folder: Path) -> int:
    """Print the settings of an index, and how much there is in it."""
    from textclean.engines.index import Index

    with Index(folder) as index:
        for name, value in index.stats().items():
            print(f"{name:16} {value}")
    return 0


@command.command("verify", short_help="See that an index is as it was written.")
@_folder()
@message_options()
def verify(folder: Path) -> int:
    """Read all of an index, and see that it is as it was written, to the byte.

    \b
    Exit status:
      0  all is well
      1  something is damaged; it is printed, a line each
    """
    from textclean.engines.index.verification import verify as findings

    found = findings(folder)
    for finding in found:
        tell(tr(finding))
    if not found:
        say("all is as it was written")
    return 1 if found else 0


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries"


def _row(index: Index, passage: Passage) -> dict[str, Any]:
    seen = index.query(passage.text)
    row: dict[str, Any] = {**passage.source, "text": passage.text, "kind": None, "seen": None}
    if seen is not None:
        entry = seen.entry
        row["kind"], row["score"] = seen.kind, seen.score
        row["seen"] = {
            "id": entry.id, "source": entry.source, "text": entry.text, "copies": seen.copies,
        }  # fmt: skip
        if seen.lost:
            row["lost"] = [each._asdict() for each in seen.lost]
    return row


def _passages(
    paths: Sequence[str], read_as: str | None, config: Config, unit: Unit, failures: list[str]
) -> Iterator[Passage]:
    """The texts of files, in order; what cannot be read is said, and listed in `failures`."""
    from collections import Counter

    from textclean.corpus.documents import ending_of, iter_inputs, lacks_texts
    from textclean.corpus.indexed import passages
    from textclean.corpus.parts import FileParts

    passed_over: Counter[str] = Counter()
    if means_standard_input(paths, None):
        sources = [standard_input(None, read_as)]
    else:
        sources = iter_inputs([Path(path) for path in paths], config, read_as, passed_over)
    for source in sources:
        try:
            for part in FileParts(source, config):
                bad = [(f"{source.path}:{each.line}", each.reason) for each in part.bad]
                failures += (place for place, _ in bad)
                for place, reason in bad:
                    trouble(f"{place}: {reason}")
                yield from passages(part, unit)
        except DocumentError as error:
            if lacks_texts(source, error):
                passed_over[ending_of(source.name)] += 1
            else:
                failures.append(source.name)
                trouble(str(error))
    say_passed_over(passed_over)
