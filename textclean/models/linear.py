"""Linear models of hashed features: quotes, ends, seams and clauses are scored here.

What is to be scored is described by a *window*, a short row of integers (characters around a place,
lengths, flags). A *template* names some of its fields: these together, hashed, are one feature. The
integer weights of the features that a window has are added up.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from itertools import accumulate, pairwise
from math import exp
from pathlib import Path
from typing import NamedTuple

from textclean.models.container import DATA, Kind, WeightsError, pack, read
from textclean.models.hashing import (
    FNV_BASIS,
    FNV_PRIME,
    MASK,
    MISSING,
    NO_SHIFT,
    WINDOWS,
    Mix,
    hash_window,
)

#: Sums of weights are logits in units of ``1 / SCALE`` (quotes, ends).
SCALE = 16
_ROW_BITS = 16
_PLACE = (1 << _ROW_BITS) - 1


class Templates(NamedTuple):
    """Templates as flat rows, as `hash_window` takes them."""

    mix: Mix
    #: By base, the seed of each template: windows of different bases share no feature.
    seeds: tuple[tuple[int, ...], ...]
    starts: tuple[int, ...]
    fields: tuple[int, ...]

    @classmethod
    def of(cls, mix: Mix, templates: Iterable[tuple[int, Sequence[int]]]) -> Templates:
        """Templates of one base, each with its seed."""
        seeds, fields = zip(*templates, strict=True)
        starts = tuple(accumulate(map(len, fields), initial=0))
        return cls(mix, (seeds,), starts, tuple(field for each in fields for field in each))

    @classmethod
    def numbered(cls, bases: int, *templates: Sequence[int]) -> Templates:
        """Templates of so many bases, with seeds by the numbers of base (from 1) and template."""
        flat = cls.of(WINDOWS, ((0, fields) for fields in templates))
        seeds = (
            tuple(
                (base * 131 + number) * FNV_PRIME + FNV_BASIS & MASK
                for number in range(len(templates))
            )
            for base in range(1, bases + 1)
        )
        return flat._replace(seeds=tuple(seeds))


class Weights:
    """Integer weights by the upper bits of a feature's hash; what is not listed weighs nothing.

    These bits are an index. Indices are kept in rows of 65,536, each by its place in its row, as
    the file has them: so nothing is unpacked for the few that a text asks for.
    """

    __slots__ = ("_places", "_rows", "_values", "bits")

    def __init__(self, bits: int, counts: Sequence[int], places: array[int], values: bytes) -> None:
        """Weights of which each row has so many, in order of index."""
        self.bits = bits
        self._rows = [0, *accumulate(counts)]
        self._places = places
        self._values = array("b", values)

    def score(self, window: Sequence[int], templates: Templates, base: int = 0) -> int:
        """The sum of the weights of a window's features."""
        mix, seeds, starts, fields = templates
        hashes = [0] * len(starts)
        size = hash_window(window, seeds[base], starts, fields, mix, hashes)
        return self.sum_of(hashes[:size])

    def sum_of(self, hashes: Iterable[int]) -> int:
        """The sum of the weights of features with these hashes."""
        rows, places, values, shift = self._rows, self._places, self._values, 32 - self.bits
        total = 0
        for h in hashes:
            index = h >> shift
            row, place = index >> _ROW_BITS, index & _PLACE
            end = rows[row + 1]
            at = bisect_left(places, place, rows[row], end)
            if at < end and places[at] == place:
                total += values[at]
        return total

    def get(self, index: int, default: int = 0) -> int:
        """The weight at an index; `default` where none is listed."""
        row, place = index >> _ROW_BITS, index & _PLACE
        end = self._rows[row + 1]
        at = bisect_left(self._places, place, self._rows[row], end)
        return self._values[at] if at < end and self._places[at] == place else default

    def __len__(self) -> int:
        return len(self._places)

    def items(self) -> tuple[list[int], bytes]:
        """The indices, ascending, and their weights as signed bytes: what `to_bytes` takes."""
        indices = [
            row << _ROW_BITS | place
            for row, (start, end) in enumerate(pairwise(self._rows))
            for place in self._places[start:end]
        ]
        return indices, self._values.tobytes()


class BegunWindow:
    """A window of which the first fields are given: scores it with many endings, each soon.

    What the given fields add to a hash is hashed once. Templates must name them before the others.
    """

    #: Values up to which the sum of templates is remembered: endings mostly differ in more.
    _SHARED = 2

    def __init__(self, weights: Weights, templates: Templates, given: Sequence[int]) -> None:
        self._weights, self._mix = weights, templates.mix
        step, shift, last, first, between, _, _ = templates.mix
        self._plain = last == between == NO_SHIFT and first == 1
        by_rest: dict[tuple[int, ...], list[int]] = {}
        for rest, members in _by_rest(templates, len(given)):
            hashes = by_rest[rest] = []
            for h, fields in members:
                for field in fields:
                    if given[field] == MISSING:
                        break
                    h = (h ^ given[field]) * step & MASK
                    h ^= h >> shift
                else:
                    hashes.append(h)
        self._given = self._sum((), by_rest.pop((), []))
        self._parts: list[tuple[tuple[int, ...], list[int], dict[tuple[int, ...], int] | None]]
        self._parts = [
            (rest, hashes, {} if len(rest) <= self._SHARED else None)
            for rest, hashes in by_rest.items()
        ]

    def score(self, ending: Sequence[int]) -> int:
        """`Weights.score` of the window with this ending."""
        total = self._given
        for fields, hashes, sums in self._parts:
            values = tuple([ending[field] for field in fields])
            if MISSING in values:
                continue
            if sums is None:
                total += self._sum(values, hashes)
            elif (known := sums.get(values)) is None:
                sums[values] = known = self._sum(values, hashes)
                total += known
            else:
                total += known
        return total

    def _sum(self, values: Sequence[int], hashes: Iterable[int]) -> int:
        """The weights of features that begin with these hashes and go on with these values."""
        step, shift, last, first, between, second, after = self._mix
        indices = []
        for h in hashes:
            for value in values:
                h = (h ^ value) * step & MASK
                h ^= h >> shift
            if not self._plain:
                h ^= h >> last
                h = h * first & MASK
                h ^= h >> between
            h = h * second & MASK
            indices.append(h ^ h >> after)
        return self._weights.sum_of(indices)


@cache
def _by_rest(
    templates: Templates, begun: int
) -> list[tuple[tuple[int, ...], list[tuple[int, tuple[int, ...]]]]]:
    """Templates by the fields that they name behind the first `begun`: seeds, and fields before."""
    by_rest: dict[tuple[int, ...], list[tuple[int, tuple[int, ...]]]] = {}
    for seed, start, end in zip(
        templates.seeds[0], templates.starts, templates.starts[1:], strict=False
    ):
        fields = templates.fields[start:end]
        before = tuple(field for field in fields if field < begun)
        rest = tuple(field - begun for field in fields[len(before) :])
        by_rest.setdefault(rest, []).append((seed, before))
    return list(by_rest.items())


class Model:
    """A table that comes with textclean, and whose it is."""

    def __init__(self, name: str, magic: bytes, features: int) -> None:
        """Take the name of its file and command, and what `Kind` has."""
        self.path = DATA / f"{name}.bin"
        self.kind = Kind(magic, features, f"python -m tools.training {name}")

    @cached_property
    def weights(self) -> Weights:
        """The table, read when first asked for."""
        return load(self.path, self.kind)


def softmax(logits: Sequence[float]) -> list[float]:
    """The share of each of some choices."""
    best = max(logits)
    shares = [exp(logit - best) for logit in logits]
    total = sum(shares)
    return [share / total for share in shares]


def to_bytes(indices: Sequence[int], values: bytes, kind: Kind, bits: int) -> bytes:
    """Weights as a file: how many each row has (32 bits each), the indices' places in their rows,
    low bytes first, then the weights.

    Args:
        indices: ascending, the upper `bits` bits of a hash; at least 16.
        values: the weight of each as a signed byte.
    """
    counts = array("I", bytes(4 << bits - _ROW_BITS))
    for index in indices:
        counts[index >> _ROW_BITS] += 1
    low = bytes(index & 0xFF for index in indices)
    high = bytes(index >> 8 & 0xFF for index in indices)
    rows = _little_endian(counts).tobytes()
    return pack(kind, {"bits": bits, "number": len(low)}, rows + low + high + values)


def load(path: Path, kind: Kind) -> Weights:
    """The weights of a file on disk.

    Raises:
        WeightsError: the file is damaged, or of another version.
    """
    header, body = read(path, kind)
    bits, number = header.get("bits", 0), header.get("number", 0)
    rows = 4 << max(0, bits - _ROW_BITS)
    if not _ROW_BITS <= bits <= 32 or len(body) != rows + 3 * number:
        raise WeightsError(f"{path}: a table of another size: train again with  {kind.command}")
    counts, places = array("I", bytes(body[:rows])), bytearray(2 * number)
    low, high, values = (body[rows + part * number :][:number] for part in range(3))
    places[::2], places[1::2] = low, high
    places_of = _little_endian(array("H", bytes(places)))
    return Weights(bits, _little_endian(counts), places_of, bytes(values))


def _little_endian(numbers: array[int]) -> array[int]:
    """Numbers as they are in a file, or from one, whatever the machine's own order."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
