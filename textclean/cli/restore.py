"""``textclean restore``: redacted values put back, from a table or from a copy that has them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from textclean.cli.output import count, say
from textclean.errors import DocumentError


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
def command(
    file: Path,
    table: Path | None,
    witnesses: tuple[Path, ...],
    slots: bool,
    output: Path | None,
    in_place: bool,
    diff: bool,
) -> int:
    """Put back what was redacted to x in FILE.

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

    text = _read(file)
    if slots:
        for line in write_slots(text, find(text)):
            sys.stdout.write(line)
        return 0
    values = None if table is None else read_table(table)
    restored = restore(text, values, [_read(path) for path in witnesses])
    if diff:
        from textclean.report.diff import unified_diff

        splices = ((edit.start, edit.end, edit.after) for edit in restored.edits)
        sys.stdout.writelines(unified_diff(str(file), text, splices))
    elif output is None and not in_place:
        sys.stdout.buffer.write(restored.text.encode("utf-8"))
    else:
        from textclean.corpus.atomic import write_atomic

        replacing = None if output else text.encode("utf-8")
        write_atomic(output or file, restored.text.encode("utf-8"), replacing=replacing)
    sys.stdout.flush()
    from textclean.corpus.formats.positions import Lines

    lines_of = Lines(text)
    for edit in restored.suggestions:
        place = lines_of.position(edit.start)
        say(f"{file}:{place.line}:{place.column}: {edit.before}: left as it is: {edit.evidence}")
    said = f"{count(len(restored.edits), 'slot')} filled"
    say(f"{said}, {len(restored.suggestions)} left as they are" if restored.suggestions else said)
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise DocumentError(f"{path}: not valid UTF-8 at byte {error.start}") from None
