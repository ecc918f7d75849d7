"""What the records of a run say, read back for the report: texts with their edits, and rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from textclean.config import Config
from textclean.corpus import names
from textclean.corpus.decisions import document_name
from textclean.corpus.formats import format_named
from textclean.corpus.formats.base import InputFile, Row
from textclean.corpus.output_folder import read_summary
from textclean.corpus.record import causes_of, digest_of, unpack_text
from textclean.errors import ConfigError, RecordError, TextcleanError
from textclean.report.html.sampling import (
    MOST_BYTES,
    MOST_OF_A_TEXT,
    MOST_ROWS_READ,
    Budget,
    sampled,
    thinned,
)
from textclean.report.html.texts import Moved, Removed, ReportText, line_breaks
from textclean.text.columns import EditColumns
from textclean.text.edit import Span

_ROWS = (
    names.REMOVALS, names.TWINS, names.BOILERPLATE, names.STITCHES, names.RESTORATIONS,
    names.CONSISTENCY,
)  # fmt: skip


@dataclass
class RunRecords:
    """What is shown of a run."""

    summary: Row
    config: Config | None
    texts: list[ReportText]
    #: The rows of the other records, by the record's name without its ending.
    rows: Mapping[str, list[Row]]
    #: Names of files that are not shown, and why.
    left_out: list[tuple[str, str]] = field(default_factory=list)


def read_run(folder: Path, most_bytes: int = MOST_BYTES) -> RunRecords:
    """What the folder of a run says of it.

    Args:
        most_bytes: of a file or of its undo row; larger ones are left out.

    Raises:
        RecordError: it holds no run, or one that did not end.
    """
    summary = read_summary(folder)
    try:
        config: Config | None = Config.from_mapping(summary["configuration"])
    except (ConfigError, KeyError, TypeError):
        config = None
    rows = {Path(name).stem: list(_lines(folder / name)) for name in _ROWS}
    run = RunRecords(summary, config, [], rows)
    counts: dict[str, Row] = {row["document"]: row for row in summary["documents"]}
    documents = list(counts)
    changed = [bool(row["edits"] or row["removals"]) for row in counts.values()]
    order = [documents[at] for at in sampled(documents, changed)]
    places = _places(folder / names.UNDO)
    budget = Budget()
    found: dict[str, list[ReportText]] = {}
    for name in order:
        too_long = counts[name]["characters"] > max(budget.characters, MOST_OF_A_TEXT)
        if budget.is_full or (too_long and found):
            run.left_out.append((name, "no more room"))
            continue
        try:
            texts = list(_texts(folder, name, places, run.config or Config(), most_bytes))
        except (TextcleanError, OSError, KeyError, ValueError, TypeError, IndexError) as error:
            run.left_out.append((name, str(error)))
            continue
        found[name] = within(texts, budget)
        if len(found[name]) < len(texts):
            run.left_out.append((name, "no more room"))
    run.texts = [text for name in documents for text in found.get(name, ())]
    return run


def within(texts: list[ReportText], budget: Budget) -> list[ReportText]:
    """As many of a file's texts as there is room for, in order of place."""
    texts = [text.shortened(MOST_OF_A_TEXT) for text in texts]
    order = sampled([text.name for text in texts], [len(text.columns) > 0 for text in texts])
    kept = [at for at in order if budget.take(len(texts[at].columns), len(texts[at].text))]
    return [texts[at] for at in sorted(kept)]


def _lines(path: Path) -> Iterator[Row]:
    if not path.is_file():
        return
    with path.open("rb") as file:
        number = sum(1 for _ in file)
        file.seek(0)
        chosen = thinned(number, MOST_ROWS_READ)
        next_one = next(chosen, None)
        for at, line in enumerate(file):
            if at != next_one:
                continue
            next_one = next(chosen, None)
            try:
                row = json.loads(line)
            except ValueError:
                continue
            if isinstance(row, dict):
                yield row


def _places(path: Path) -> dict[str, tuple[Path, int, int]]:
    """Where in the undo record the row of each document is: offset and length."""
    found: dict[str, tuple[Path, int, int]] = {}
    number = 0
    try:
        with path.open("rb") as file:
            at = 0
            for line in file:
                number += 1
                # The name stands at the beginning of a row, whatever its length.
                head = line[: line.find(b'","format"') + 1]
                if head:
                    name = json.loads(head[head.index(b'"document":') + 11 :])
                    found[name] = path, at, len(line)
                at += len(line)
    except OSError as error:
        raise RecordError(f"{path}: cannot be read: {error.strerror}") from None
    except ValueError:
        raise RecordError(f"{path}: is damaged in line {number}") from None
    return found


def _texts(
    folder: Path,
    name: str,
    places: Mapping[str, tuple[Path, int, int]],
    config: Config,
    most_bytes: int,
) -> Iterator[ReportText]:
    """The texts of a file that were changed; of a file that is one text, that."""
    record, start, length = places[name]
    path = names.place(folder, name)
    if max(length, path.stat().st_size) > most_bytes:
        raise RecordError("too large")
    with record.open("rb") as file:
        file.seek(start)
        row = json.loads(file.read(length))
    output = path.read_bytes()
    if digest_of(row, output) != row.get("output"):
        raise RecordError("was altered since the run")
    form = format_named(row.get("format"))
    seen: list[ReportText] = []

    def unpack(packed: Row, after: str) -> str:
        original = unpack_text(packed, after)
        seen.append(_text(name, packed, after, original))
        return original

    data = form.restored(Path(name), row, output, unpack)
    if not form.has_records:
        yield from seen
        return
    # Which record each is: both are in order of place.
    source = InputFile(path, name)
    config = config.with_options(on_bad_record="copy")
    file_before = form.decode(source, data, 0o644, config)
    coming = iter(seen)
    text = next(coming, None)
    record_number, number = -1, 0
    for passage in file_before.passages:
        number = number + 1 if passage.record == record_number else 0
        record_number = passage.record
        if text is None:
            return
        if _original(text) == passage.text:
            text.line = passage.line
            text.name = document_name(name, passage.line, number)
            yield text
            text = next(coming, None)


def _original(text: ReportText) -> str:
    return text.removed[0].text if not text.text and text.removed else text.text


def _text(name: str, packed: Row, after: str, original: str) -> ReportText:
    """A text with its edits, as its row and what became of it say."""
    spans: list[Span] = []
    before = after
    if "edits" in packed:
        edits = packed["edits"]
        before = unpack_text({"edits": edits}, after)
        causes = causes_of(edits)
        groups = edits.get("groups") or [None] * len(causes)
        at = 0  # in the text before
        for stay, come, go, cause, group, end in zip(
            edits["stay"], edits["come"], edits["go"], causes, groups,
            accumulate(s + g for s, g in zip(edits["stay"], edits["go"], strict=True)),
            strict=True,
        ):  # fmt: skip
            at += stay
            spans.append((at, at + len(come), after[end - go : end], cause, group))
            at += len(come)
    order = packed.get("order", ())
    moved: list[Moved] = []
    ends: list[tuple[int, int, int]] = []  # of each span: where it stood, length, where it is
    at = 0
    for stood, length in order:
        moved.append(Moved(at, length, stood))
        ends.append((stood, length, at))
        at += length
    removed: list[Removed] = []
    if "removed" in packed:
        place = gone = 0
        for stay, slice_ in zip(*packed["removed"], strict=True):
            place += stay
            removed.append(Removed(slice_, place + gone, _read(place, ends)))
            gone += len(slice_)
    columns = EditColumns.from_spans(spans)
    return ReportText(
        name, name, None, before, columns, removed, moved, None, len(original), 0,
        line_breaks(original),
    )  # fmt: skip


def _read(place: int, ends: list[tuple[int, int, int]]) -> int:
    """Where an offset of what is left is in reading order."""
    for stood, length, at in ends:
        if stood <= place < stood + length:
            return at + place - stood
    return max(
        (at + length for stood, length, at in ends if stood + length <= place), default=place
    )
