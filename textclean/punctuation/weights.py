"""The file of weights: hashed networks as integers, read without numpy and without pickle.

A file is a magic word, the format's version, the features' version (16 bits each), the SHA-256 of
all that follows, the length of a JSON header (32 bits), the header, and the arrays one after
another, little-endian. The header says what each network's shape is and where its arrays lie:

- ``rows`` uint8 [2**bits, width]: the embedding of each row, plus 128;
- ``fingers`` uint8 [2**bits]: the fingerprint that a feature must have to own its row;
- ``hidden`` int32 [width]: the bias of the hidden layer, in the rows' scale;
- ``output`` int16 [labels, width] and ``bias`` int32 [labels]: the second layer.

A score is shifted right by ``shift`` bits, which leaves `UNIT` to a nat.
"""

from __future__ import annotations

import json
import struct
import sys
from array import array
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from textclean.errors import TextcleanError
from textclean.punctuation.alphabet import FEATURES_VERSION

MAGIC = b"TCSLOTS\n"
FORMAT_VERSION = 1
#: Scores are logarithms of odds in steps of a 256th.
UNIT = 256
_HEAD = struct.Struct("<8sHH32sI")
_TYPES = {"rows": "B", "fingers": "B", "hidden": "i", "output": "h", "bias": "i"}
_FILE = Path(__file__).parent / "data" / "slots.bin"


class WeightsError(TextcleanError):
    """A file of weights that is damaged, or made for another version of the features."""


@dataclass(frozen=True)
class Weights:
    """One network: features looked up in a table of rows, rows summed, a second layer."""

    #: Rows are found by so many leading bits of a hash; the next eight are the fingerprint.
    bits: int
    #: Hidden units.
    width: int
    labels: int
    #: How far a score is shifted to come to `UNIT`.
    shift: int
    rows: memoryview
    fingers: memoryview
    hidden: memoryview
    output: memoryview
    bias: memoryview


def write(path: Path, networks: dict[str, Weights]) -> None:
    """Write networks to a file of weights."""
    header: dict[str, object] = {}
    parts: list[bytes] = []
    offset = 0
    for name, network in networks.items():
        arrays: dict[str, tuple[int, int]] = {}
        for array_name, typecode in _TYPES.items():
            data = _little_endian(getattr(network, array_name), typecode)
            arrays[array_name] = (offset, len(data))
            parts.append(data)
            offset += len(data)
        header[name] = {
            "bits": network.bits, "width": network.width, "labels": network.labels,
            "shift": network.shift, "arrays": arrays,
        }  # fmt: skip
    text = json.dumps(header).encode()
    payload = b"".join([text, *parts])
    digest = sha256(payload).digest()
    head = _HEAD.pack(MAGIC, FORMAT_VERSION, FEATURES_VERSION, digest, len(text))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head + payload)


def read(path: Path) -> dict[str, Weights]:
    """The networks of a file of weights.

    Raises:
        WeightsError: the file is no such file, of another version, or damaged.
    """
    try:
        data = memoryview(path.read_bytes())
    except OSError as error:
        raise WeightsError(f"{path}: weights cannot be read: {error.strerror}") from error
    if len(data) < _HEAD.size or data[: len(MAGIC)] != MAGIC:
        raise WeightsError(f"{path}: not a file of weights")
    _, version, features, digest, length = _HEAD.unpack_from(data)
    for what, found, expected in (
        ("format", version, FORMAT_VERSION),
        ("features", features, FEATURES_VERSION),
    ):
        if found != expected:
            raise WeightsError(
                f"{path}: weights of {what} version {found}, this textclean reads {expected}: "
                "train again with  python -m textclean.punctuation.train"
            )
    payload = data[_HEAD.size :]
    if sha256(payload).digest() != digest:
        raise WeightsError(f"{path}: weights are damaged: their checksum does not match")
    header = json.loads(bytes(payload[:length]))
    arrays = payload[length:]
    return {name: _network(description, arrays) for name, description in header.items()}


@cache
def shipped() -> dict[str, Weights]:
    """The networks that come with textclean, read when first asked for."""
    return read(_FILE)


def _network(description: dict[str, object], data: memoryview) -> Weights:
    shape = {key: value for key, value in description.items() if key != "arrays"}
    arrays = description["arrays"]
    assert isinstance(arrays, dict)
    views = {
        name: _native(data[offset : offset + size], _TYPES[name])
        for name, (offset, size) in arrays.items()
    }
    return Weights(**shape, **views)  # type: ignore[arg-type]


def _native(data: memoryview, typecode: str) -> memoryview:
    """Little-endian data as numbers; the large arrays are bytes, and stay where they are."""
    if typecode == "B":
        return data
    numbers = array(typecode, bytes(data))
    if sys.byteorder == "big":
        numbers.byteswap()
    return memoryview(numbers)


def _little_endian(values: memoryview, typecode: str) -> bytes:
    if typecode == "B":
        return bytes(values)
    numbers = array(typecode, values)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()
