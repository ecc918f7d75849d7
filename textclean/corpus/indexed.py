"""Files and persistent indexes: what of a file is an entry, and an index as files of a reference.

An index stands in for the files that its entries came from: of these the ones that matter for some
inputs are files of one text each, called by the index and the id of the entry.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from textclean.config import Config, Unit
from textclean.corpus.documents import read_file
from textclean.corpus.formats.base import DecodedFile, InputFile
from textclean.corpus.parts import FileParts
from textclean.errors import DocumentError
from textclean.text.blocks import split_blocks


class Passage(NamedTuple):
    """A text of a file that is an entry of an index."""

    id: str
    #: Where it stands: the file, the line, and of a paragraph the offsets in its document.
    source: dict[str, Any]
    text: str


def passages(file: DecodedFile, unit: Unit) -> Iterator[Passage]:
    """What of a file an index of this unit takes: paragraphs, or documents whole."""
    name = file.source.path.as_posix()
    for passage in file.passages:
        document = f"{name}:{passage.line}" if file.has_records else name
        where = {"document": name, "line": passage.line}
        if unit == "document":
            yield Passage(document, where, passage.text)
            continue
        for start, end in ((block.start, block.end) for block in split_blocks(passage.text)):
            line = passage.line
            if not file.has_records:
                line += passage.text.count("\n", 0, start)
            place = {"document": name, "line": line, "start": start, "end": end}
            yield Passage(f"{document}#{start}", place, passage.text[start:end])


def unit_of(has_records: bool, config: Config) -> Unit:
    """What of a file is compared, and goes: blocks, or documents whole or not at all."""
    if config.unit != "auto":
        return config.unit
    return "document" if has_records else "paragraph"


def is_index(path: Path) -> bool:
    """Whether there is an index in a folder."""
    return (path / "data.mdb").is_file()


def index_files(folder: Path, sources: Sequence[InputFile], config: Config) -> list[FileParts]:
    """The entries of an index that matter for some inputs, as files.

    Raises:
        DocumentError: the index holds paragraphs, and the inputs are documents, or vice versa.
        MissingExtraError: a package of the extra ``[index]`` is not installed.
        IndexFormatError: the index cannot be read.
        ConfigError: it was made for other settings.
    """
    from textclean.engines.index import Index

    with Index(folder) as index:
        unit = index.settings.unit
        texts: list[str] = []
        for source in sources:
            try:
                file = read_file(source, config)
            except DocumentError:
                continue  # the run says so
            if unit_of(file.has_records, config) != unit:
                raise DocumentError(
                    f"{folder}: the index holds {unit}s; say --unit {unit} for {source.path}"
                )
            texts += (passage.text for passage in passages(file, unit))
        chosen = config.with_options(unit=unit)
        selected = index.select(texts, chosen)
        selected.widen()
        found = zip(selected.numbers, selected.texts, strict=True)
        entries = ((index.numbered(number), text) for number, text in found)
        return [
            _file(f"{folder.as_posix()}:{entry.id}", text, chosen)
            for entry, text in entries
            if entry is not None
        ]


def _file(name: str, text: str, config: Config) -> FileParts:
    """A file of one text."""
    if config.unit == "document":
        data = json.dumps({"text": text}, ensure_ascii=False).encode("utf-8") + b"\n"
        source = InputFile(Path(name), name, "jsonl", data=data)
        return FileParts(source, config.with_options(text_field="text", encoding="utf-8"))
    source = InputFile(Path(name), name, "text", data=text.encode("utf-8"))
    return FileParts(source, config.with_options(encoding="utf-8"))
