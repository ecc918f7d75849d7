"""How well a head suits a tail as a whole: two small encoders and a dot product, in integers.

Where `seam_model` knows the characters at the seam, this knows kinds: after a list of nouns a noun,
after a verb its object, after talk of hospitals talk of hospitals. Either side becomes a vector:
embeddings of its eight characters next to the seam, each at its place, and the mean of the next
forty; one layer of units clipped to [0, 1]; a projection. Trained contrastively: among the heads of
a batch the right one must have the largest product (`tools.training.encoder`). All of it is
integers, so the score is the same everywhere and needs no numpy: the weights that one input has for
all units lie side by side in one large integer, and Python multiplies that at once.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from operator import mul
from pathlib import Path
from typing import NamedTuple

from textclean.models.container import DATA, Kind, WeightsError, pack, read
from textclean.models.mlp import lanes, packed

#: Where the weights lie.
WEIGHTS = DATA / "encoder.bin"
#: Characters next to the seam that count each at its place, and those behind them that count on
#: average.
WINDOW, BAG = 8, 40
#: Components of an embedding, units of the layer, components of a vector, known characters.
EMBEDDING, HIDDEN, VECTOR, CHARACTERS = 32, 96, 64, 6000
#: One, in the units of embeddings and of the layer's weights; of the projection's; of the product.
ONE, ONE_OUT, SCALE = 64, 128, 4096
UNKNOWN, NOTHING = 0, 1

#: Whose weights; the number is raised whenever an input changes.
KIND = Kind(b"TCENCODE", 1, "python -m tools.training encoder")

_SIZES = (
    CHARACTERS * EMBEDDING,
    HIDDEN * (WINDOW + 1) * EMBEDDING,
    HIDDEN * 2,
    VECTOR * HIDDEN,
)


class _Matrix(NamedTuple):
    """A matrix to multiply with a vector: each column is one integer, a lane for each row."""

    columns: list[int]
    #: What is added to each row.
    constant: int
    rows: int

    @classmethod
    def of(cls, weights: array[int], constants: Sequence[int]) -> _Matrix:
        """Signed bytes, row by row; no sum of a row may exceed 31 bits."""
        rows = len(constants)
        width = len(weights) // rows
        columns = [packed(weights[at::width]) for at in range(width)]
        return cls(columns, packed(constants), rows)

    def times(self, vector: Sequence[int]) -> list[int]:
        """The product with a vector, and the constants."""
        return lanes(sum(map(mul, self.columns, vector), self.constant), self.rows)


class _Side(NamedTuple):
    """The weights of one side."""

    embeddings: tuple[array[int], ...]
    layer: _Matrix
    projection: _Matrix


class Encoders(NamedTuple):
    """Both sides, and the numbers of the characters that have embeddings of their own."""

    numbers: dict[str, int]
    tail: _Side
    head: _Side


def encode_tail(folded: str) -> tuple[int, ...]:
    """The vector of a folded text (`seam_model.fold`) as a tail: by its last characters."""
    weights = _encoders()
    return _encode(folded[: -WINDOW - BAG - 1 : -1], weights.numbers, weights.tail)


def encode_head(folded: str) -> tuple[int, ...]:
    """The vector of a folded text as a head: by its first characters."""
    weights = _encoders()
    return _encode(folded[: WINDOW + BAG], weights.numbers, weights.head)


def product(tail: tuple[int, ...], head: tuple[int, ...]) -> int:
    """How well the vectors suit each other: log-odds against chance, in 1 / `SCALE`."""
    return sum(map(mul, tail, head))


def _encode(outward: str, numbers: dict[str, int], side: _Side) -> tuple[int, ...]:
    known = [numbers.get(char, UNKNOWN) for char in outward]
    window = known[:WINDOW] + [NOTHING] * (WINDOW - len(known))
    inputs = [component for number in window for component in side.embeddings[number]]
    bag = known[WINDOW:]
    if bag:
        rows = [side.embeddings[number] for number in bag]
        inputs += [sum(column) // len(bag) for column in zip(*rows, strict=True)]
    else:
        inputs += [0] * EMBEDDING
    units = [min(max(total, 0), ONE * ONE) // 32 for total in side.layer.times(inputs)]
    # 128 is one here, so the sums count in 1 / (128 * ONE_OUT), and are left in 1 / 64.
    return tuple(total // 256 for total in side.projection.times(units))


@cache
def _encoders() -> Encoders:
    return load(WEIGHTS)


def to_bytes(characters: str, sides: tuple[bytes, bytes]) -> bytes:
    """The encoders as a file.

    Args:
        characters: those known, from number 2.
        sides: for tail and head the embeddings, the layer (rows by unit), its biases (16 bits,
            little-endian, signed, in 1 / `ONE`) and the projection, signed bytes.
    """
    return pack(KIND, {"sizes": _SIZES}, characters.encode("utf-32-le") + b"".join(sides))


def load(path: Path) -> Encoders:
    """The encoders of a file on disk.

    Raises:
        WeightsError: the file is damaged, or of another version.
    """
    header, body = read(path, KIND)
    names = (CHARACTERS - 2) * 4
    if header.get("sizes") != list(_SIZES) or len(body) != names + 2 * sum(_SIZES):
        raise WeightsError(f"{path}: encoders of another size: train again with  {KIND.command}")
    characters = bytes(body[:names]).decode("utf-32-le")
    numbers = {char: number for number, char in enumerate(characters, 2)}
    sides = bytes(body[names:])
    return Encoders(numbers, _side(sides), _side(sides[sum(_SIZES) :]))


def _side(body: bytes) -> _Side:
    ends = list(accumulate(_SIZES))
    embeddings, layer, bias, projection = (
        body[end - size : end] for end, size in zip(ends, _SIZES, strict=True)
    )
    biases = [number * ONE for (number,) in struct.iter_unpack("<h", bias)]
    values = array("b", embeddings)
    return _Side(
        tuple(values[at : at + EMBEDDING] for at in range(0, len(values), EMBEDDING)),
        _Matrix.of(array("b", layer), biases),
        _Matrix.of(array("b", projection), [0] * VECTOR),
    )
