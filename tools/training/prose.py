"""Clean prose to train on and to measure by: plain text, one paragraph a line, by registers.

A file is a register: its documents (parted by blank lines) are of one kind. Each is cut by place
into what the slots are learnt from, what the pairs of quotes are learnt from, and what is held out.
"""

from __future__ import annotations

import lzma
from collections import Counter
from collections.abc import Iterable, Iterator
from math import log
from pathlib import Path
from typing import NamedTuple

from textclean.errors import DocumentError

#: Where the cuts lie: learnt from for slots up to the first, for pairs up to the second.
CUTS = (0.87, 0.95)
#: Characters that are made noisy, and learnt from, at once.
CHUNK = 1_500_000


class Register(NamedTuple):
    """Prose of one kind, cut into its three parts."""

    name: str
    slots: str
    pairs: str
    held_out: str


def read_registers(folders: Iterable[Path]) -> list[Register]:
    """The registers of folders of ``.txt`` and ``.txt.xz`` files, the largest first.

    Raises:
        DocumentError: there are none, or one is not UTF-8.
    """
    registers = []
    for folder in folders:
        for path in sorted(folder.glob("*.txt")) + sorted(folder.glob("*.txt.xz")):
            opener = lzma.open if path.suffix == ".xz" else open
            try:
                with opener(path, "rt", encoding="utf-8") as file:
                    text = file.read().strip()
            except UnicodeDecodeError as error:
                raise DocumentError(f"{path}: not UTF-8: {error}") from error
            registers.append(_cut(path.name.split(".")[0], text))
    if not registers:
        raise DocumentError("no .txt or .txt.xz file in the folders given")
    return sorted(registers, key=lambda register: (-len(register.slots), register.name))


def _cut(name: str, text: str) -> Register:
    """Cut a text at the document borders nearest to `CUTS`."""
    first, second = (_border(text, int(len(text) * share)) for share in CUTS)
    return Register(name, text[:first].strip(), text[first:second].strip(), text[second:].strip())


def _border(text: str, place: int) -> int:
    found = text.find("\n\n", place)
    return len(text) if found < 0 else found


def rich(text: str) -> str:
    """The paragraphs rich in rare marks, each as a document: that quote more than once in 70
    characters, or set clauses apart by ； more than once in 110.
    """
    found = []
    for paragraph in text.split("\n"):
        size = len(paragraph)
        quotes, semicolons = paragraph.count("“"), paragraph.count("；")
        if (quotes >= 3 and quotes == paragraph.count("”") and quotes * 70 > size > 40) or (
            semicolons >= 2 and semicolons * 110 > size > 60
        ):
            found.append(paragraph)
    return "\n\n".join(found)


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
