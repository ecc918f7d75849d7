"""What the commands that write files share, and those that read a dictionary."""

from __future__ import annotations

import tarfile
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Annotated

#: What `jieba_words` reads.
Dictionary = Annotated[Path, "the archive of jieba's sources"]


def jieba_words(archive: Path) -> Iterator[tuple[str, str, str]]:
    """The words in jieba's sources, each with its count and its part of speech."""
    with tarfile.open(archive) as bundle:
        member = next(name for name in bundle.getnames() if name.endswith("/jieba/dict.txt"))
        handle = bundle.extractfile(member)
        if handle is None:
            raise SystemExit(f"{archive}: no dictionary")
        for line in handle.read().decode("utf-8").splitlines():
            word, count, tag = line.split()
            yield word, count, tag


def grouped(words: Iterable[str]) -> list[str]:
    """Words as lines: what they begin with (all but the last), and every last character."""
    return [
        head + "".join(word[-1] for word in members)
        for head, members in groupby(sorted(words), key=lambda word: word[:-1])
    ]


def wrap(characters: str, width: int = 64) -> list[str]:
    """A string in lines of so many characters."""
    return [characters[at : at + width] for at in range(0, len(characters), width)]


def write(path: Path, content: bytes | Sequence[str]) -> None:
    """Write a file, or a table with one row a line."""
    rows = (
        content if isinstance(content, bytes) else "".join(f"{row}\n" for row in content).encode()
    )
    path.write_bytes(rows)
    print(f"{path}: {len(rows):,} bytes, sha256 {sha256(rows).hexdigest()}")
