"""Folders of texts and of records: how tests write them, and what they find in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def put(folder: Path, **texts: str) -> Path:
    """Writes a file for each text, one of records where it begins as a record does."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        suffix = ".jsonl" if text.startswith("{") else ".txt"
        (folder / f"{name}{suffix}").write_bytes(text.encode())
    return folder


def records(*texts: str, ascii_only: bool = False) -> str:
    """A record a line, with a number and a text."""
    return "".join(
        json.dumps({"id": i, "text": text}, ensure_ascii=ascii_only) + "\n"
        for i, text in enumerate(texts)
    )


def rows(path: Path) -> list[dict[str, Any]]:
    """The records of a file."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file in a folder, by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
