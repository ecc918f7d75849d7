"""Files of trained weights: one container for all models, read without numpy and without pickle.

A file is a magic word of eight bytes that says whose weights they are, the container's version, the
version of the model's features (16 bits each), the SHA-256 of all that follows, the length of a
JSON header (32 bits), the header, and a body of bytes, deflated where the header says so. Numbers
are little-endian. What header and body mean is the model's own affair.

``data/README.md`` says for each file what it holds and which command made it.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from textclean.errors import TextcleanError

#: Where the weights lie that come with textclean.
DATA = Path(__file__).parent / "data"
FORMAT_VERSION = 1
_HEAD = struct.Struct("<8sHH32sI")
_DEFLATED = "deflated"


class WeightsError(TextcleanError):
    """A file of weights that is damaged, or made for another version of the features."""


class Kind(NamedTuple):
    """Whose weights a file holds."""

    #: Eight bytes.
    magic: bytes
    #: Raised whenever a feature changes: old weights are worthless then.
    features: int
    #: The command that trains them again.
    command: str


def pack(kind: Kind, header: Mapping[str, Any], body: bytes, *, deflate: bool = True) -> bytes:
    """Weights as a file; the same weights give the same bytes."""
    if deflate:
        header, body = {**header, _DEFLATED: True}, zlib.compress(body, 9)
    text = json.dumps(header).encode()
    payload = text + body
    digest = sha256(payload).digest()
    return _HEAD.pack(kind.magic, FORMAT_VERSION, kind.features, digest, len(text)) + payload


def unpack(data: bytes, kind: Kind, name: str = "weights") -> tuple[dict[str, Any], memoryview]:
    """The header and the body of a file.

    Args:
        name: what errors call the file.

    Raises:
        WeightsError: it is no such file, of another version, or damaged.
    """
    view = memoryview(data)
    if len(view) < _HEAD.size or view[: len(kind.magic)] != kind.magic:
        raise WeightsError(f"{name}: not a file of weights of this kind")
    _, version, features, digest, length = _HEAD.unpack_from(view)
    for what, found, expected in (
        ("format", version, FORMAT_VERSION),
        ("features", features, kind.features),
    ):
        if found != expected:
            raise WeightsError(
                f"{name}: weights of {what} version {found}, this textclean reads {expected}: "
                f"train again with  {kind.command}"
            )
    payload = view[_HEAD.size :]
    if sha256(payload).digest() != digest:
        raise WeightsError(f"{name}: weights are damaged: their checksum does not match")
    body = payload[length:]
    try:
        header: dict[str, Any] = json.loads(bytes(payload[:length]))
        if header.pop(_DEFLATED, False):
            body = memoryview(zlib.decompress(body))
    except (ValueError, zlib.error) as error:  # the length itself is under no checksum
        raise WeightsError(f"{name}: weights are damaged: {error}") from error
    return header, body


def read(path: Path, kind: Kind) -> tuple[dict[str, Any], memoryview]:
    """The header and the body of a file on disk.

    Raises:
        WeightsError: as `unpack`; or the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise WeightsError(f"{path}: weights cannot be read: {error.strerror}") from error
    return unpack(data, kind, str(path))
