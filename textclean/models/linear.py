"""Integer weights of hashed features: what the small models of this package score with.

A thing to be scored is described by a *window*, a short row of integers (characters around a
place, lengths, flags). A *template* names some of the window's fields; these together, hashed, are
one feature. The weight of a feature lies in the row that the upper bits of its hash name, if the
row's fingerprint says that it is that feature's; what the training hardly saw weighs nothing.

`hash_window` is plain Python in such a form that numba compiles it as it stands, so that training
and inference share one definition of a feature. `textclean.models.linear_arrays` scores many
windows in arrays.
"""

from __future__ import annotations

from array import array
from collections.abc import MutableSequence, Sequence
from pathlib import Path
from typing import NamedTuple

from textclean.models.container import Kind, WeightsError, pack, read

#: Sums of weights are logits in units of ``1 / SCALE``.
SCALE = 16
#: Rows of a table; the fingerprint is the eight bits of the hash behind the row's.
BITS = 19


class Templates(NamedTuple):
    """Templates as two flat rows: `fields` of the window, and where each template starts."""

    starts: tuple[int, ...]
    fields: tuple[int, ...]

    @classmethod
    def of(cls, *templates: Sequence[int]) -> Templates:
        """Templates from the fields of each."""
        starts = [0]
        for template in templates:
            starts.append(starts[-1] + len(template))
        return cls(tuple(starts), tuple(field for template in templates for field in template))


def hash_window(
    window: Sequence[int],
    base: int,
    starts: Sequence[int],
    fields: Sequence[int],
    out: MutableSequence[int],
) -> None:
    """Write the hash of every template into `out`, 32 bits each.

    Args:
        window: the fields, non-negative.
        base: what sets apart windows of different kinds: they share no feature.
    """
    for template in range(len(starts) - 1):
        h = ((base * 131 + template) * 0x01000193 + 0x811C9DC5) & 0xFFFFFFFF
        for at in range(starts[template], starts[template + 1]):
            h = ((h ^ window[fields[at]]) * 0x9E3779B1) & 0xFFFFFFFF
            h ^= h >> 15
        h = (h * 0x85EBCA6B) & 0xFFFFFFFF
        h ^= h >> 13
        h = (h * 0xC2B2AE35) & 0xFFFFFFFF
        out[template] = h ^ (h >> 16)


class Weights(NamedTuple):
    """A table of ``2 ** BITS`` rows."""

    fingerprints: bytes
    values: array[int]

    def score(self, window: Sequence[int], base: int, templates: Templates) -> int:
        """The sum of the weights of a window's features."""
        out = [0] * (len(templates.starts) - 1)
        hash_window(window, base, templates.starts, templates.fields, out)
        total = 0
        for h in out:
            row = h >> (32 - BITS)
            if self.fingerprints[row] == (h >> (24 - BITS)) & 0xFF:
                total += self.values[row]
        return total


def to_bytes(weights: Weights, kind: Kind) -> bytes:
    """A table as a file."""
    return pack(kind, {"bits": BITS}, weights.fingerprints + weights.values.tobytes())


def load(path: Path, kind: Kind) -> Weights:
    """The table of a file on disk.

    Raises:
        WeightsError: the file is damaged, or of another version.
    """
    header, body = read(path, kind)
    rows = 1 << BITS
    if header.get("bits") != BITS or len(body) != 2 * rows:
        raise WeightsError(f"{path}: a table of another size: train again with  {kind.command}")
    return Weights(bytes(body[:rows]), array("b", bytes(body[rows:])))
