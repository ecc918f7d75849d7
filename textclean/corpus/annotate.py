"""Copies marked instead of removed: fields in records, and rows beside the texts.

Each record gets the fields of `textclean.dedup.annotation.COLUMNS` at its end, unless it has one of
that name; those of an earlier run make way. Paragraphs cannot hold fields: what copies there are
among them stands in a file of its own.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from textclean.config import Config
from textclean.corpus.formats.base import DecodedFile, Row, Splice
from textclean.corpus.pipeline import CorpusRemoval
from textclean.corpus.record import VERSION
from textclean.corpus.results import Results, Text
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


class Annotations:
    """What is said of the records and blocks of some files.

    Args:
        config: as for the run.
    """

    def __init__(self, files: Sequence[DecodedFile], results: Results, config: Config) -> None:
        self._removals: dict[_Block, CorpusRemoval[Text]] = {}
        members: dict[_Block, None] = {}  # of clusters, in order
        texts: dict[_Block, str] = {}
        for one in results.each_removal():
            block, survivor = one[0:3], one[6:9]
            self._removals[block] = one
            members |= {block: None, survivor: None}
            texts[block], texts[survivor] = one.text, one.survivor_text
        self._clusters: dict[_Block, int] = {}
        self._records = {
            (file, passage): ((file, passage), 0, len(passage.text))
            for file in files
            if file.has_records and config.unit != "paragraph"
            for passage in file.passages
        }
        for block in (*self._records.values(), *members):
            if block not in self._removals:
                self._clusters.setdefault(block, len(self._clusters))
        self._sizes: Counter[int] = Counter(self._cluster(block) for block in members)
        self._texts = {
            block: text for block, text in texts.items() if block[0] not in self._records
        }
        self._files = list(files)

    @property
    def marked(self) -> int:
        """How many records and paragraphs are copies."""
        return len(self._removals)

    def splices(self, file: DecodedFile) -> list[Splice]:
        """What is put into a file's content: the fields at the end of each record."""
        found = []
        for passage in file.passages:
            block = self._records.get((file, passage))
            if block is None:
                continue
            start, end = file.record_bounds(passage)
            line = file.content[start:end]
            close = line.rindex("}")
            earlier = _EARLIER.search(line)
            stop = earlier.start() if earlier else len(line[:close].rstrip())
            present = json.loads(line[line.index("{") : stop] + "}")
            space = " " if '": ' in line else ""
            fields = "".join(
                f',{space}"{name}":{space}{json.dumps(value, ensure_ascii=False)}'
                for name, value in self._fields(block).items()
                if name not in present
            )
            old = earlier[0] if earlier else ""
            if fields != old:
                found.append((start + stop, start + stop + len(old), fields))
        return found

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
        return dict(
            zip(COLUMNS, (cluster, *values, cluster if size > 1 else ALONE, size), strict=True)
        )

    def _cluster(self, block: _Block) -> int:
        removal = self._removals.get(block)
        return self._clusters[block if removal is None else removal[6:9]]


def _named(removal: CorpusRemoval[Text]) -> str:
    """What is kept, as ``document:line``."""
    file, passage = removal.survivor_document
    return f"{file.source.name}:{file.position(passage, removal.survivor_start).line}"


def spliced(file: DecodedFile, splices: Sequence[Splice]) -> tuple[bytes, Row]:
    """A file's bytes with splices made, and the row that undoes them.

    The row takes the file for one text, whatever its format.
    """
    pieces: list[str] = []
    stay, come = [], []
    last = 0
    for start, end, new in splices:
        pieces += (file.content[last:start], new)
        stay.append(start - last)
        come.append(file.content[start:end])
        last = end
    data = file.to_bytes("".join((*pieces, file.content[last:])))
    row: Row = {
        "record": VERSION,
        "document": file.source.name,
        "format": "text",
        **file.layers(),
        "mode": file.mode,
        "input": file.digest(file.data),
        "output": file.digest(data),
    }
    if splices:
        row["edits"] = {"stay": stay, "go": [len(new) for *_, new in splices], "come": come}
    return data, row
