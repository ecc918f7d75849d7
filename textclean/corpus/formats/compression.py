"""The outer layer of a file: its bytes as they lie on disk, and the raw bytes that they compress.

What compresses a file is told by the last ending of its name. Compressed again, the same raw bytes
need not give the same bytes on disk: levels and programs differ. So everything that is compared is
raw.
"""

from __future__ import annotations

import importlib
import io
from pathlib import Path
from typing import IO, Any

from textclean.errors import DocumentError, MissingExtraError

#: By the ending of a file's name, what it is compressed with.
ENDINGS = {".gz": "gzip", ".zst": "zstd", ".xz": "xz"}
# What messages call them, and what their data begins with.
_KINDS = {
    "gzip": ("gzip", b"\x1f\x8b"),
    "zstd": ("Zstandard", b"\x28\xb5\x2f\xfd"),
    "xz": ("xz", b"\xfd7zXZ\0"),
}
# A small file that fills memory when it is read is made to. 59 real documents of 2 KB to 3 MB
# shrink by 1.6 to 4.5 with the strongest settings; gzip's limit is 1,032.
_FREE = 256 << 20
_LARGEST_RATIO = 200
_CHUNK = 1 << 20


def compression_of(path: Path) -> str | None:
    """What compresses a file, by its name; None: nothing."""
    return ENDINGS.get(path.suffix.casefold())


def raw_name(path: Path) -> Path:
    """The name of a file without the ending of what compresses it."""
    return path if compression_of(path) is None else path.with_suffix("")


def decompress(path: Path, data: bytes, compression: str | None) -> bytes:
    """The raw bytes of a file.

    Raises:
        DocumentError: the bytes are not compressed so, are damaged, or become so many that they are
            not meant to be read.
        MissingExtraError: the package for this compression is not installed.
    """
    if compression is None or not data:
        return data
    import lzma  # here, for most files are not compressed
    import zlib

    largest = max(_FREE, _LARGEST_RATIO * len(data))
    zstd_error = _zstd().ZstdError if compression == "zstd" else EOFError
    try:
        with _open(io.BytesIO(data), compression, "rb") as file:
            pieces: list[bytes] = []
            left = largest
            while left >= 0 and (piece := file.read(_CHUNK)):
                pieces.append(piece)
                left -= len(piece)
    except (OSError, EOFError, lzma.LZMAError, zlib.error, zstd_error):
        name, first = _KINDS[compression]
        if not data.startswith(first):
            raise DocumentError(f"{path}: is not compressed by {name}, as it is named") from None
        raise DocumentError(f"{path}: the {name} data is damaged or broken off") from None
    if left < 0:
        raise DocumentError(
            f"{path}: {len(data):,} bytes decompress to more than {largest:,}, as in a file "
            "that is made to fill memory; decompress it first if it is meant"
        )
    return b"".join(pieces)


def compress(raw: bytes, compression: str | None) -> bytes:
    """The bytes of a file with these raw bytes; the same for the same ones."""
    if compression is None:
        return raw
    target = io.BytesIO()
    with _open(target, compression, "wb") as file:
        file.write(raw)
    return target.getvalue()


def _open(file: IO[bytes], compression: str, mode: str) -> Any:
    if compression == "gzip":
        import gzip

        # As the program of the same name does; without the time, so that results are equal.
        return gzip.GzipFile("", mode, 6, file, 0)
    if compression == "xz":
        import lzma

        return lzma.LZMAFile(file, mode)
    return _zstd().ZstdFile(file, mode)


def _zstd() -> Any:
    for name in ("compression.zstd", "backports.zstd"):
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    raise MissingExtraError("Reading .zst files", "zstd")
