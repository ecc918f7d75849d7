"""Copies marked instead of removed: fields in records, and rows beside the texts.

Each object of JSON gets the fields of `textclean.dedup.annotation.COLUMNS` at its end, unless it
has one of that name; those of an earlier run make way. Paragraphs, whole texts, rows of CSV and of
tables, and records that are lists or strings get none: what copies there are among them stands in a
file of its own.
"""

from __future__ import annotations

import json
import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from textclean.corpus.atomic import AtomicFile
from textclean.corpus.formats.base import DecodedFile, Row, Splice
from textclean.corpus.formats.encoding import UTF_8
from textclean.corpus.formats.text import TextFile
from textclean.corpus.parts import FileParts, PartsOutput
from textclean.corpus.pipeline import CorpusRemoval
from textclean.corpus.record import VERSION, UndoRow, row_head
from textclean.corpus.results import Results
from textclean.corpus.whole_records import Text
from textclean.corpus.whole_results import WholeResults
from textclean.dedup.annotation import ALONE, COLUMNS

# A value that stands in one of the fields.
_VALUE = r'(?:null|-?[0-9.e-]+|"(?:[^"\\]|\\.)*")'
_OTHERS = "|".join(COLUMNS[1:])
#: What an earlier run put at the end of a record.
_EARLIER = re.compile(
    rf',\s?"{COLUMNS[0]}":\s?{_VALUE}(?:,\s?"(?:{_OTHERS})":\s?{_VALUE})*(?=\s*\}}\s*$)'
)
# A block: the text it is in, and where.
_Block = tuple[Text, int, int]


class RecordAnnotations:
    """What is said of records, each a document: fields at the end of each.

    Args:
        results: with nothing but copies looked for.
    """

    def __init__(self, results: WholeResults) -> None:
        self._results = results
        survivors = dict(results.whole.survivors())
        self._losses = {number: (loss.kind, loss.score) for number, loss in results.whole.losses()}
        #: How many records and paragraphs are copies.
        self.marked = len(survivors)
        own = results.whole.own
        self._clusters = array("q", [-1]) * own
        kept = 0
        for number in range(own):
            if number not in survivors:
                self._clusters[number] = kept
                kept += 1
        outside: dict[int, int] = {}  # clusters of texts of the reference
        for number, survivor in survivors.items():
            self._clusters[number] = (
                self._clusters[survivor]
                if survivor < own
                else outside.setdefault(survivor, kept + len(outside))
            )
        #: How many clusters there are.
        self.count = kept + len(outside)
        self._sizes = Counter(self._clusters[number] for number in survivors)
        self._survivors = survivors
        # Records of files that take fields which take none themselves.
        self._without: dict[str, list[int]] = {}

    def rows(self) -> Iterator[Row]:
        """A row for each document that has copies or is one and takes no fields, in order.

        Only known when all files are written.
        """
        for file in self._results.files:
            numbers: Sequence[int] = self._results.numbers(file)
            if file.takes_fields:
                numbers = self._without.get(file.source.name, ())
            for number in numbers:
                fields = self._fields(number)
                if fields["minhash_cluster_size"] > 1:
                    text = self._results.whole.texts[number]
                    yield {**self._results.where("", number, 0, len(text), text), **fields}

    def splices(self, part: DecodedFile, numbers: Iterator[int]) -> list[Splice]:
        """What is put into the content of a part of a file: the fields at the end of each record.

        Args:
            numbers: those of the part's records, and of what follows.
        """
        found: list[Splice] = []
        # A name may have characters that the encoding lacks.
        escaped = part.output_encoding != UTF_8
        for (passage, *_), number in zip(part.records(), numbers, strict=False):
            if not part.takes_fields:
                continue
            start, end = part.record_bounds(passage)
            line = part.content[start:end]
            if not line.lstrip("\ufeff \t\r\n").startswith("{"):
                self._without.setdefault(part.source.name, []).append(number)
                continue
            close = line.rindex("}")
            earlier = _EARLIER.search(line)
            stop = earlier.start() if earlier else len(line[:close].rstrip())
            present = json.loads(line[line.index("{") : stop] + "}")
            space = " " if '": ' in line else ""
            fields = "".join(
                f',{space}"{name}":{space}{json.dumps(value, ensure_ascii=escaped)}'
                for name, value in self._fields(number).items()
                if name not in present
            )
            old = earlier[0] if earlier else ""
            if fields != old:
                found.append((start + stop, start + stop + len(old), fields))
        return found

    def _fields(self, number: int) -> dict[str, Any]:
        cluster = self._clusters[number]
        size = self._sizes.get(cluster, 0) + 1
        values: tuple[Any, ...] = (None, None, None)
        if number in self._survivors:
            kind, score = self._losses[number]
            values = (self._results.named(self._survivors[number]), str(kind), score)
        return _columns(cluster, values, size)

    def write(self, file: FileParts, path: Path) -> tuple[int, UndoRow, Row]:
        """Write a file with the fields: how many characters its texts have, and what undoes it.

        Raises:
            DocumentError: the file cannot be written, or was changed since it was read.
        """
        undo = UndoRow()
        numbers = iter(self._results.numbers(file))
        characters = 0
        part: DecodedFile | None = None
        with AtomicFile(path) as target:
            output = PartsOutput(target, file.compression if file.in_parts else None)
            for part in file:
                characters += sum(len(passage.text) for passage in part.passages)
                splices = self.splices(part, numbers)
                if file.in_parts:
                    content, entry = _changes(part, splices)
                    output.write(part.to_bytes(content))
                    undo.add(entry, len(content))
                else:
                    data, row = spliced(part, splices)
                    output.write(data)
            after = output.finish()
            target.commit()
        assert part is not None  # no file has no part
        if not file.in_parts:
            undo.add_whole(row)
            return characters, undo, row
        head = row_head(part, file.digest or "", after)
        return characters, undo, {**head, "compression": file.compression}


def _changes(part: DecodedFile, splices: Sequence[Splice]) -> tuple[str, Row]:
    """A part's content with splices made, and the changes that undo them."""
    pieces: list[str] = []
    changes: list[list[Any]] = []
    last = 0
    for start, end, new in splices:
        pieces += (part.content[last:start], new)
        changes.append([start - last, len(new), {"old": part.content[start:end]}])
        last = end
    return "".join((*pieces, part.content[last:])), {"changes": changes}


def _columns(cluster: int, values: tuple[Any, ...], size: int) -> dict[str, Any]:
    fields = (cluster, *values, cluster if size > 1 else ALONE, size)
    return dict(zip(COLUMNS, fields, strict=True))


class BlockAnnotations:
    """What is said of paragraphs that have copies or are some, in rows beside the files.

    Args:
        first: the number of the first cluster.
    """

    def __init__(self, results: Results, first: int) -> None:
        self._removals: dict[_Block, CorpusRemoval[Text]] = {}
        members: dict[_Block, None] = {}  # of clusters, in order
        self._texts: dict[_Block, str] = {}
        for one in results.each_removal():
            block, survivor = one[0:3], one[6:9]
            self._removals[block] = one
            members |= {block: None, survivor: None}
            self._texts[block], self._texts[survivor] = one.text, one.survivor_text
        self._clusters: dict[_Block, int] = {}
        for block in members:
            if block not in self._removals:
                self._clusters.setdefault(block, first + len(self._clusters))
        self._sizes: Counter[int] = Counter(self._cluster(block) for block in members)
        self._files = results.files

    @property
    def marked(self) -> int:
        """How many paragraphs are copies."""
        return len(self._removals)

    @property
    def count(self) -> int:
        """How many clusters there are."""
        return len(self._clusters)

    def rows(self) -> Iterator[Row]:
        """A row for each paragraph that has copies or is one, in order of place."""
        order = {file: number for number, file in enumerate(self._files)}
        blocks = [block for block in self._texts if block[0][0] in order]
        blocks.sort(key=lambda block: (order[block[0][0]], block[0][1].start, block[1]))
        for block in blocks:
            (file, passage), start, end = block
            line = file.position(passage, start).line
            where = {"document": file.source.name, "line": line, "start": start, "end": end}
            yield {**where, "text": self._texts[block], **self._fields(block)}

    def _fields(self, block: _Block) -> dict[str, Any]:
        removal = self._removals.get(block)
        cluster = self._cluster(block)
        size = self._sizes.get(cluster, 1)
        values: tuple[Any, ...] = (None, None, None)
        if removal is not None:
            values = (_named(removal), str(removal.kind), removal.score)
        return _columns(cluster, values, size)

    def _cluster(self, block: _Block) -> int:
        removal = self._removals.get(block)
        return self._clusters[block if removal is None else removal[6:9]]


def _named(removal: CorpusRemoval[Text]) -> str:
    """What is kept, as ``document:line``."""
    file, passage = removal.survivor_document
    return f"{file.source.name}:{file.position(passage, removal.survivor_start).line}"


def spliced(file: DecodedFile, splices: Sequence[Splice]) -> tuple[bytes, Row]:
    """A file's bytes with splices made, and the row that undoes them.

    Where there are any, the row takes the file for one text, whatever its format.
    """
    form = TextFile if splices else type(file)
    entry: Row = {}
    data = file.to_bytes(file.content) if file.converts else file.data
    if splices:
        pieces: list[str] = []
        stay, come = [], []
        last = 0
        for start, end, new in splices:
            pieces += (file.content[last:start], new)
            stay.append(start - last)
            come.append(file.content[start:end])
            last = end
        data = file.to_bytes("".join((*pieces, file.content[last:])))
        entry["edits"] = {"stay": stay, "go": [len(new) for *_, new in splices], "come": come}
    else:
        texts = [passage.text for passage in file.passages]
        entry = file.undo_entry(texts, [{}] * len(texts))
    row: Row = {
        "record": VERSION,
        "document": file.source.name,
        "format": form.format,
        **file.layers(),
        "mode": file.mode,
        "input": form.digest_of(file.source.path, file.data, file.compression),
        "output": form.digest_of(file.source.path, data, file.compression),
        **entry,
    }
    return data, row
