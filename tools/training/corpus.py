"""Clean prose to train on: how folders of plain text are read, and what is held out for measuring.

A file (``*.txt`` or ``*.txt.xz``, UTF-8) is a register: documents of one kind, a paragraph a line,
blank lines between documents. One document in twenty is held out, by the checksum of its first
line. Some of the weights that come with textclean were trained before that rule was everybody's:
`Split` says what they held out, so that they can be made again and measured on what they have not
seen (``textclean/models/data/README.md``).
"""

from __future__ import annotations

import lzma
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from math import log
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, TextIO

from textclean.errors import DocumentError

#: One document in so many is held out.
HELD_OUT = 20
#: Of twenty documents, those that teach the pairs of quotes, and not the networks they build upon.
_FOR_PAIRS = (1, 2)
#: Where `Split.PLACE` cuts: learnt from for slots up to the first, for pairs up to the second.
_CUTS = (0.87, 0.95)
#: Characters that are made noisy, and learnt from, at once.
CHUNK = 1_500_000

Document = list[str]

#: How documents are parted into what is learnt from and what is held out: by the checksum of a
#: document's first line; of its first two lines (seams, clauses, encoder); by place: the end of
#: every file is held out (slots, unquoted-words).
Split = Literal["line", "two-lines", "place"]
_SPLIT = "what is held out: by first lines, or as for the shipped weights"
ByTwoLines = Annotated[Literal["line", "two-lines"], _SPLIT]
ByPlace = Annotated[Literal["line", "place"], _SPLIT]
OfEachFile = Annotated[int, "of each file"]


def files(folders: Iterable[Path], names: Sequence[str] = ()) -> list[Path]:
    """The files of plain text in folders, by name in each.

    Args:
        names: of the files that are wanted, in order, without what follows the first dot; without
            any all are.

    Raises:
        DocumentError: a folder has none, or not all of those.
    """
    paths = []
    for folder in folders:
        there = sorted([*folder.glob("*.txt"), *folder.glob("*.txt.xz")])
        if not there:
            raise DocumentError(f"{folder}: no folder with .txt or .txt.xz files")
        by_name = {register(path): path for path in there}
        if missing := [name for name in names if name not in by_name]:
            raise DocumentError(f"{folder}: no file {missing[0]}.txt")
        paths += [by_name[name] for name in names] if names else there
    return paths


def register(path: Path) -> str:
    """The name of a file's register."""
    return path.name.split(".")[0]


def portions_of(folders: Iterable[Path], portions: Iterable[str]) -> list[tuple[Path, list[int]]]:
    """The files that portions (``NAME:NUMBER:…``) name, in every folder, with their numbers."""
    numbers = {name: list(map(int, rest)) for name, *rest in (each.split(":") for each in portions)}
    return [(path, numbers[register(path)]) for path in files(folders, [*numbers])]


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    try:
        with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as file:
            yield file
    except (OSError, UnicodeDecodeError, lzma.LZMAError) as error:
        raise DocumentError(f"{path}: {error}") from error


def text_of(path: Path, characters: int = -1) -> str:
    """The text of a file, or its first characters.

    Raises:
        DocumentError: it cannot be read, or is not UTF-8.
    """
    with _opened(path) as file:
        return file.read(characters)


def lines(path: Path) -> Iterator[str]:
    """The lines of a file without spaces around them, the empty ones too; errors as `text_of`."""
    with _opened(path) as file:
        yield from map(str.strip, file)


def stripped_text(path: Path, characters: int | None = None) -> str:
    """The text of a file without spaces around its lines, or its first characters."""
    return "".join(line + "\n" for line in lines(path))[:characters]


def documents(path: Path) -> Iterator[Document]:
    """The documents of a file, each a list of its paragraphs."""
    document: Document = []
    for line in lines(path):
        if line:
            document.append(line)
        elif document:
            yield document
            document = []
    if document:
        yield document


def is_held_out(document: Document, split: Split = "line") -> bool:
    """Whether a document is for measuring, not for training."""
    return _part(document, split) == 0


def _part(document: Document, split: Split = "line") -> int:
    first = document[: 2 if split == "two-lines" else 1]
    return zlib.crc32("\n".join(first).encode()) % HELD_OUT


class Register(NamedTuple):
    """Prose of one kind, cut into three parts; blank lines between documents."""

    name: str
    slots: str
    pairs: str
    held_out: str


def read_registers(folders: Iterable[Path], split: Split = "line") -> list[Register]:
    """The registers of folders, the largest first.

    Raises:
        DocumentError: as `files` and `lines`.
    """
    cut = _cut_by_place if split == "place" else _cut
    registers = [Register(register(path), *cut(path)) for path in files(folders)]
    return sorted(registers, key=lambda register: (-len(register.slots), register.name))


def _cut(path: Path) -> tuple[str, str, str]:
    parts: tuple[list[str], ...] = ([], [], [])
    for document in documents(path):
        part = _part(document)
        which = 2 if part == 0 else int(part in _FOR_PAIRS)
        parts[which].append("\n".join(document))
    slots, pairs, held_out = map("\n\n".join, parts)
    return slots, pairs, held_out


def _cut_by_place(path: Path) -> tuple[str, str, str]:
    """A file's text cut at the document borders nearest to `_CUTS`."""
    text = text_of(path).strip()
    first, second = (_border(text, int(len(text) * share)) for share in _CUTS)
    return text[:first].strip(), text[first:second].strip(), text[second:].strip()


def _border(text: str, place: int) -> int:
    border = text.find("\n\n", place)
    return len(text) if border < 0 else border


def rich(text: str) -> str:
    """The paragraphs rich in rare marks, each as a document: that quote more than once in 70
    characters, or set clauses apart by ； more than once in 110.
    """
    chosen = []
    for paragraph in text.split("\n"):
        size = len(paragraph)
        quotes, semicolons = paragraph.count("“"), paragraph.count("；")
        if (quotes >= 3 and quotes == paragraph.count("”") and quotes * 70 > size > 40) or (
            semicolons >= 2 and semicolons * 110 > size > 60
        ):
            chosen.append(paragraph)
    return "\n\n".join(chosen)


def most_alike(text: str, pattern: str, share: float) -> str:
    """The share of a text's documents most like a pattern, by how likely its characters are."""
    documents = text.split("\n\n")
    here, there = Counter(text), Counter(pattern)
    offset = log(max(1, len(text)) / max(1, len(pattern)))
    likelier = {
        character: log((there[character] + 1) / (count + 1)) + offset
        for character, count in here.items()
    }
    scores = [
        sum(map(likelier.__getitem__, document)) / max(1, len(document)) for document in documents
    ]
    least = sorted(scores, reverse=True)[: max(1, int(share * len(scores)))][-1]
    return "\n\n".join(
        document for document, score in zip(documents, scores, strict=True) if score >= least
    )


def chunks(text: str) -> Iterator[str]:
    """A text in pieces of about `CHUNK` characters, cut at line ends."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + CHUNK)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end
