"""The slot model's weights: networks as integers, read without numpy and without pickle.

The file is a container of `textclean.models.container`, its body not deflated: the arrays one
after another, little-endian. The header gives each network's kind and numbers, and where its
arrays lie.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from textclean.models.container import DATA, Kind, WeightsError, pack
from textclean.models.container import read as read_container
from textclean.models.mlp import DenseWeights, HashedWeights
from textclean.punctuation.labels import FEATURES_VERSION

KIND = Kind(b"TCSLOTS\n", FEATURES_VERSION, "python -m tools.training slots")
#: A slot's score is the sum of what both networks give it, each so many 256ths: less than one and
#: more than a half, for they agree more than if they had learnt from different prose.
SHARE = 141
WEIGHTS = DATA / "slots.bin"


class Lexicon(NamedTuple):
    """Terms that print puts in quotes, known by their hashes, and how usually it does."""

    #: uint32, ascending: of folded terms, as `textclean.punctuation.pairs` hashes what is enclosed.
    hashes: memoryview
    #: uint8: levels, from 1 for terms that are seldom quoted.
    levels: memoryview


Network = HashedWeights | DenseWeights | Lexicon


class Networks(NamedTuple):
    """All networks of the model, and its lexicon."""

    #: Scores a slot by its features.
    slots: HashedWeights
    #: Scores a slot by its window.
    windows: DenseWeights
    #: Scores a pair of slots by its features.
    pairs: HashedWeights
    #: What is usually quoted: a feature of pairs.
    lexicon: Lexicon


_KINDS = {"hashed": HashedWeights, "dense": DenseWeights, "lexicon": Lexicon}
_TYPES = {
    "hashed": {"rows": "B", "fingerprints": "B", "hidden": "i", "output": "h", "bias": "i"},
    "dense": {
        "characters": "i", "embeddings": "b", "first": "b", "second": "b", "third": "h",
        "bias": "i", "bias2": "i", "bias3": "i",
    },
    "lexicon": {"hashes": "I", "levels": "B"},
}  # fmt: skip
#: Arrays that files call otherwise.
_IN_FILES = {"fingerprints": "fingers"}


def write(path: Path, networks: Mapping[str, Network]) -> None:
    """Write networks to a file of weights."""
    header: dict[str, object] = {}
    parts: list[bytes] = []
    offset = 0
    for name, network in networks.items():
        kind = next(kind for kind, of in _KINDS.items() if isinstance(network, of))
        types = _TYPES[kind]
        arrays: dict[str, tuple[int, int]] = {}
        for field, typecode in types.items():
            data = _little_endian(getattr(network, field), typecode)
            arrays[_IN_FILES.get(field, field)] = (offset, len(data))
            parts.append(data)
            offset += len(data)
        numbers = {each: value for each, value in network._asdict().items() if each not in types}
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
    networks = read(path)
    names = Networks._fields
    if missing := [name for name in names if name not in networks]:
        raise WeightsError(f"{path}: no network named {missing[0]}")
    return Networks(**{name: networks[name] for name in names})  # type: ignore[arg-type]


@cache
def shipped() -> Networks:
    """The networks that come with textclean, read when first asked for."""
    return read_networks(WEIGHTS)


def _network(description: Any, data: memoryview) -> Network:
    kind = description["kind"]
    views = {
        field: _native(data[offset : offset + size], typecode)
        for field, typecode in _TYPES[kind].items()
        for offset, size in [description["arrays"][_IN_FILES.get(field, field)]]
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
