"""``textclean restore``: redacted values put back, from a table or from a copy that has them."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

import click

from textclean.cli.options import config_options
from textclean.cli.output import count, put, put_lines, say
from textclean.config import Config
from textclean.corpus.formats.base import DecodedFile, Passage, Splice
from textclean.corpus.formats.positions import Position
from textclean.text.cleaned import Cleaned

_BETWEEN = "\n\n"


@click.command("restore", short_help="Put redacted values back.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--values",
    "table",
    metavar="TABLE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Values in JSON or CSV: by slot (year-1), by type, or in order of place.",
)
@click.option(
    "--witness",
    "witnesses",
    multiple=True,
    metavar="OTHER",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Another copy that may still have the values; repeatable.",
)
@click.option("--slots", is_flag=True, help="Only list the slots, as CSV to fill in for --values.")
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write here.  [default: standard output]",
)
@click.option("--in-place", is_flag=True, help="Write into FILE itself.")
@click.option("--diff", is_flag=True, help="Show what would change, write nothing.")
@config_options(repairs=False)
def command(
    file: Path,
    table: Path | None,
    witnesses: tuple[Path, ...],
    slots: bool,
    output: Path | None,
    in_place: bool,
    diff: bool,
    read_as: str | None,
    config: Config,
) -> int:
    """Put back what was redacted to x in FILE, in all its texts one after the other.

    With --values every slot needs a value of its type; null or an empty cell leaves one as it is.
    With --witness a slot is filled only where the other copy proves it: the words around it agree,
    and the value has the form of the mask. The rest is listed with the reason. With both, the table
    comes first and need not be complete.

    \b
    Exit status:
      0  done, also where slots stay empty for want of proof
      2  a file could not be read or written, or a value is missing, too many, or of a wrong type

    \b
    Examples:
      textclean restore report.txt --slots > slots.csv
      textclean restore report.txt --values slots.csv -o restored.txt
      textclean restore report.txt --witness earlier.txt --diff
    """
    if sum((output is not None, in_place, diff)) > 1:
        raise click.UsageError("-o, --in-place and --diff exclude each other")
    if slots == bool(table or witnesses):
        raise click.UsageError("give --values TABLE, --witness OTHER, or --slots alone")
    from textclean.placeholders import find, restore
    from textclean.placeholders.tables import read_table, write_slots

    source = _Joined.of(file, config, read_as)
    if slots:
        put_lines(write_slots(source.text, find(source.text)))
        return 0
    values = None if table is None else read_table(table)
    others = [_Joined.of(path, config, read_as).text for path in witnesses]
    restored = restore(source.text, values, others)
    texts = source.texts(restored)
    if diff:
        from textclean.report.diff import unified_diff

        put_lines(unified_diff(str(file), source.file.content, source.splices(restored)))
    elif output is None and not in_place:
        put(source.file.written(texts))
    else:
        from textclean.corpus.atomic import write_atomic

        target = output or file
        replacing = None if output else source.file.data
        write_atomic(target, source.file.named(target).written(texts), replacing=replacing)
    sys.stdout.flush()
    for edit in restored.suggestions:
        place = source.position(edit.start)
        say(f"{file}:{place.line}:{place.column}: {edit.before}: left as it is: {edit.evidence}")
    said = f"{count(len(restored.edits), 'slot')} filled"
    say(f"{said}, {len(restored.suggestions)} left as they are" if restored.suggestions else said)
    return 0


class _Joined:
    """The texts of a file as one, in which slots are numbered through."""

    def __init__(self, file: DecodedFile) -> None:
        self.file = file
        parts = [passage.text for passage in file.passages]
        #: A blank line apart.
        self.text = _BETWEEN.join(parts)
        lengths = (len(part) + len(_BETWEEN) for part in parts)
        self._starts = list(accumulate(lengths, initial=0))[: len(parts)]

    @classmethod
    def of(cls, path: Path, config: Config, read_as: str | None) -> _Joined:
        """The texts of the file at a path; one of an unknown ending is a text."""
        from textclean.corpus.documents import input_file, read_file

        return cls(read_file(input_file(path, read_as), config))

    def texts(self, restored: Cleaned) -> list[str]:
        """The text of each passage after its edits."""
        return [self._edited(passage, some) for passage, some in self._edits(restored)]

    def splices(self, restored: Cleaned) -> Iterator[Splice]:
        """What changes in the content of the file."""
        for passage, edits in self._edits(restored):
            start, end = passage.start, passage.end
            if self.file.content[start:end] == passage.text:  # it stands there without escapes
                yield from ((start + low, start + high, after) for low, high, after in edits)
            elif edits:
                yield start, end, self.file.encode(passage, self._edited(passage, edits))

    def _edits(self, restored: Cleaned) -> Iterator[tuple[Passage, list[Splice]]]:
        """The edits of each passage, with offsets in its text."""
        edits: list[list[Splice]] = [[] for _ in self._starts]
        for edit in restored.edits:
            number = bisect_right(self._starts, edit.start) - 1
            start = self._starts[number]
            edits[number].append((edit.start - start, edit.end - start, edit.after))
        return zip(self.file.passages, edits, strict=True)

    @staticmethod
    def _edited(passage: Passage, edits: Sequence[Splice]) -> str:
        pieces: list[str] = []
        last = 0
        for start, end, after in edits:
            pieces += (passage.text[last:start], after)
            last = end
        return "".join((*pieces, passage.text[last:]))

    def position(self, offset: int) -> Position:
        """The place in the file of an offset in the text."""
        number = bisect_right(self._starts, offset) - 1
        return self.file.position(self.file.passages[number], offset - self._starts[number])
