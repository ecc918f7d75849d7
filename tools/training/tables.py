"""What the commands that write tables of words and characters share."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path

#: The option for `jieba_words`.
DICTIONARY = {
    "--dictionary": {
        "type": Path, "required": True, "metavar": "ARCHIVE", "help": "jieba's sources"
    }
}  # fmt: skip


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


def write(path: Path, rows: Sequence[str]) -> None:
    """Write a table, one row a line."""
    path.write_bytes(("\n".join(rows) + "\n").encode("utf-8"))
    print(f"{path.name}: {len(rows)} lines, {path.stat().st_size} bytes")
