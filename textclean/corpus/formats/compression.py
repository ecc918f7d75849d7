"""The outer layer of a file: its bytes as they lie on disk, and the raw bytes that they compress.

What compresses a file is told by the last ending of its name; nothing is compressed so far.
"""

from __future__ import annotations

from pathlib import Path


def compression_of(path: Path) -> str | None:
    """What compresses a file, by its name; None: nothing."""
    return None


def decompress(path: Path, data: bytes, compression: str | None) -> bytes:
    """The raw bytes of a file.

    Raises:
        DocumentError: the bytes are not compressed so, or are damaged.
    """
    return data


def compress(raw: bytes, compression: str | None) -> bytes:
    """The bytes of a file with these raw bytes."""
    return raw
