"""The outer layer of a file: its bytes as they lie on disk, and the raw bytes that they compress.

What compresses a file is told by the last ending of its name. Compressed again, the same raw bytes
need not give the same bytes on disk: levels and programs differ. So everything that is compared is
raw.
"""

from __future__ import annotations

import importlib
import io
from pathlib import Path
from typing import IO, Any, Protocol, Self

from textclean.errors import DocumentError, MissingExtraError

#: By the ending of a file's name, what it is compressed with.
ENDINGS = {".gz": "gzip", ".zst": "zstd", ".xz": "xz"}


class Writable(Protocol):
    """What takes bytes."""

    def write(self, data: bytes, /) -> object:
        """Take some."""
        ...


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
    with RawFile(path, io.BytesIO(data), len(data), compression) as file:
        pieces: list[bytes] = []
        while piece := file.read(_CHUNK):
            pieces.append(piece)
    return b"".join(pieces)


class RawFile:
    """The raw bytes of a compressed file, read piece by piece.

    Args:
        file: the bytes on disk, so many; it is closed at the end.

    Raises:
        DocumentError, MissingExtraError: as `decompress`, here and where it is read.
    """

    def __init__(self, path: Path, file: IO[bytes], size: int, compression: str) -> None:
        import lzma  # here, for most files are not compressed
        import zlib

        self._path, self._under, self._size, self._compression = path, file, size, compression
        self._largest = max(_FREE, _LARGEST_RATIO * size)
        self._done = 0
        zstd_error = _zstd().ZstdError if compression == "zstd" else EOFError
        self._errors = (OSError, EOFError, lzma.LZMAError, zlib.error, zstd_error)
        self._file = _open(file, compression, "rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._under.close()

    def read(self, size: int) -> bytes:
        """So many bytes, or fewer; none at the end."""
        try:
            data: bytes = self._file.read(size)
        except self._errors:
            name, first = _KINDS[self._compression]
            self._under.seek(0)
            if self._under.read(len(first)) != first:
                said = f"is not compressed by {name}, as it is named"
            else:
                said = f"the {name} data is damaged or broken off"
            raise DocumentError(f"{self._path}: {said}") from None
        self._done += len(data)
        if self._done > self._largest:
            raise DocumentError(
                f"{self._path}: {self._size:,} bytes decompress to more than {self._largest:,}, as "
                "in a file that is made to fill memory; decompress it first if it is meant"
            )
        return data


def compress(raw: bytes, compression: str | None) -> bytes:
    """The bytes of a file with these raw bytes; the same for the same ones."""
    if compression is None:
        return raw
    target = io.BytesIO()
    compressor = Compressor(target, compression)
    compressor.write(raw)
    compressor.finish()
    return target.getvalue()


class Compressor:
    """Compresses raw bytes piece by piece: to the same bytes, whatever the pieces are.

    Args:
        target: what takes them.
    """

    def __init__(self, target: Writable, compression: str) -> None:
        self._buffer = io.BytesIO()
        self._target, self._compression = target, compression
        self._file: Any = None
        self._pending = bytearray()

    def write(self, data: bytes) -> None:
        """Add raw bytes."""
        self._pending += data
        at = 0
        if self._file is None and len(self._pending) >= _CHUNK:
            self._file = _open(self._buffer, self._compression, "wb")
        while len(self._pending) - at >= _CHUNK:
            self._file.write(bytes(self._pending[at : at + _CHUNK]))
            self._pass_on()
            at += _CHUNK
        del self._pending[:at]

    def finish(self) -> None:
        """Write what is left."""
        if self._file is None:
            self._file = _open(self._buffer, self._compression, "wb", len(self._pending))
        self._file.write(bytes(self._pending))
        self._file.close()
        self._pass_on()

    def _pass_on(self) -> None:
        self._target.write(self._buffer.getvalue())
        self._buffer.seek(0)
        self._buffer.truncate()


def _open(file: IO[bytes], compression: str, mode: str, size: int | None = None) -> Any:
    """A file that compresses or decompresses.

    Args:
        size: how many bytes there will be; None: at least `_CHUNK`.
    """
    if compression == "gzip":
        import gzip

        # As the program of the same name does; without the time, so that results are equal.
        return gzip.GzipFile("", mode, 6, file, 0)
    if compression == "xz":
        import lzma

        if size is None:
            return lzma.LZMAFile(file, mode)
        # By default each file gets 94 MB of memory, to look back 8 MiB: milliseconds for nothing.
        window = {"id": lzma.FILTER_LZMA2, "preset": 6, "dict_size": max(4096, size)}
        return lzma.LZMAFile(file, mode, filters=[window])
    return _zstd().ZstdFile(file, mode)


def _zstd() -> Any:
    for name in ("compression.zstd", "backports.zstd"):
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    raise MissingExtraError("Reading .zst files", "zstd")
