"""The slot model's weights: networks as integers, read without numpy and without pickle.

The file is a container of `textclean.models.container`, its body not deflated: the arrays one
after another, little-endian. The header gives each network's kind and numbers, and where its
arrays lie.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from textclean.models.container import DATA, Kind, WeightsError, pack
from textclean.models.container import read as read_container
from textclean.punctuation.labels import FEATURES_VERSION

KIND = Kind(b"TCSLOTS\n", FEATURES_VERSION, "python -m tools.training slots")
#: Scores are logarithms of odds in steps of a 256th.
UNIT = 256
#: A slot's score is the sum of what both networks give it, each so many 256ths: less than one and
#: more than a half, for they agree more than if they had learnt from different prose.
SHARE = 141
WEIGHTS = DATA / "slots.bin"


@dataclass(frozen=True)
class Weights:
    """A hashed network: features looked up in a table of rows, rows summed, a second layer."""

    #: Rows are found by so many leading bits of a hash; the next eight are the fingerprint.
    bits: int
    #: Hidden units.
    width: int
    labels: int
    #: How far a score is shifted to come to `UNIT`.
    shift: int
    #: uint8 [2**bits, width]: the rows, plus 128.
    rows: memoryview
    #: uint8 [2**bits]: the fingerprint that a feature must have to own its row.
    fingers: memoryview
    #: int32 [width], in the rows' scale.
    hidden: memoryview
    #: int16 [labels, width] and int32 [labels].
    output: memoryview
    bias: memoryview


@dataclass(frozen=True)
class DenseWeights:
    """A dense network: the tokens of a window embedded, two hidden layers, scores."""

    #: Numbers in an embedding, hidden units, labels.
    width: int
    units: int
    units2: int
    labels: int
    #: How far each layer's sums are shifted; what a hidden unit is at most then.
    shift: int
    shift2: int
    shift3: int
    most: int
    #: int32: code points of the characters with tokens of their own, from `FIRST_CHARACTER` on.
    characters: memoryview
    #: int8 [tokens, width], [window * width, units], [units, units2]; int16 [units2, labels].
    embeddings: memoryview
    first: memoryview
    second: memoryview
    third: memoryview
    #: int32, of each layer.
    bias: memoryview
    bias2: memoryview
    bias3: memoryview


@dataclass(frozen=True)
class Lexicon:
    """Terms that print puts in quotes, known by their hashes, and how usually it does."""

    #: uint32, ascending: of folded terms, as `textclean.punctuation.pairs` hashes what is enclosed.
    hashes: memoryview
    #: uint8: levels, from 1 for terms that are seldom quoted.
    levels: memoryview


Network = Weights | DenseWeights | Lexicon


@dataclass(frozen=True)
class Networks:
    """All networks of the model, and its lexicon."""

    #: Scores a slot by its features.
    slots: Weights
    #: Scores a slot by its window.
    windows: DenseWeights
    #: Scores a pair of slots by its features.
    pairs: Weights
    #: What is usually quoted: a feature of pairs.
    lexicon: Lexicon


_KINDS = {"hashed": Weights, "dense": DenseWeights, "lexicon": Lexicon}
_TYPES = {
    "hashed": {"rows": "B", "fingers": "B", "hidden": "i", "output": "h", "bias": "i"},
    "dense": {
        "characters": "i", "embeddings": "b", "first": "b", "second": "b", "third": "h",
        "bias": "i", "bias2": "i", "bias3": "i",
    },
    "lexicon": {"hashes": "I", "levels": "B"},
}  # fmt: skip


def write(path: Path, networks: Mapping[str, Network]) -> None:
    """Write networks to a file of weights."""
    header: dict[str, object] = {}
    parts: list[bytes] = []
    offset = 0
    for name, network in networks.items():
        kind = next(kind for kind, of in _KINDS.items() if isinstance(network, of))
        types = _TYPES[kind]
        arrays: dict[str, tuple[int, int]] = {}
        for array_name, typecode in types.items():
            data = _little_endian(getattr(network, array_name), typecode)
            arrays[array_name] = (offset, len(data))
            parts.append(data)
            offset += len(data)
        numbers = {
            field.name: getattr(network, field.name)
            for field in fields(network)
            if field.name not in types
        }
        header[name] = {"kind": kind, "numbers": numbers, "arrays": arrays}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pack(KIND, header, b"".join(parts), deflate=False))


def read(path: Path) -> dict[str, Network]:
    """The networks of a file of weights, by name.

    Raises:
        WeightsError: the file is no such file, of another version, or damaged.
    """
    header, arrays = read_container(path, KIND)
    return {name: _network(description, arrays) for name, description in header.items()}


def read_networks(path: Path) -> Networks:
    """All networks of the model from a file of weights.

    Raises:
        WeightsError: as `read`; or one of them is missing.
    """
    found = read(path)
    names = [field.name for field in fields(Networks)]
    if missing := [name for name in names if name not in found]:
        raise WeightsError(f"{path}: no network named {missing[0]}")
    return Networks(**{name: found[name] for name in names})  # type: ignore[arg-type]


@cache
def shipped() -> Networks:
    """The networks that come with textclean, read when first asked for."""
    return read_networks(WEIGHTS)


def _network(description: Any, data: memoryview) -> Network:
    kind = description["kind"]
    views = {
        name: _native(data[offset : offset + size], _TYPES[kind][name])
        for name, (offset, size) in description["arrays"].items()
    }
    network: Network = _KINDS[kind](**description["numbers"], **views)
    return network


def _native(data: memoryview, typecode: str) -> memoryview:
    """Little-endian data as numbers; unsigned bytes, which is most of it, stay where they are."""
    if typecode == "B":
        return data
    numbers = array(typecode, bytes(data))
    if sys.byteorder == "big":
        numbers.byteswap()
    return memoryview(numbers)


def _little_endian(values: memoryview, typecode: str) -> bytes:
    if typecode in "bB":
        return values.tobytes()
    numbers = array(typecode, values)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()
