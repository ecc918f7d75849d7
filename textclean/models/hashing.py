"""How features become numbers: a table of features over named columns, and its hash in Python.

A feature is a list of columns, hashed together, with the feature's own number, to 32 bits. The
tables are data, so that both ways of inference read the same ones: one value at a time here, whole
columns in `textclean.punctuation.arrays.features`. The hash is FNV's step over the columns with a
multiplier of golden-ratio bits, then the finaliser of MurmurHash3.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

MASK = 0xFFFFFFFF
STEP, FIRST_MIX, SECOND_MIX = 0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35
FNV_PRIME, FNV_BASIS = 0x01000193, 0x811C9DC5
#: The hash of a feature that does not apply at a place; it adds nothing to any score.
NOT_APPLICABLE = 0


class Feature(NamedTuple):
    """One feature: where its hash begins, its columns, and the condition under which it applies."""

    seed: int
    columns: tuple[int, ...]
    #: An index into the conditions; 0 always holds.
    condition: int


def feature_table(
    features: Sequence[str], columns: Sequence[str], conditions: Sequence[str], first: int
) -> tuple[Feature, ...]:
    """Features written as ``"column column ? condition"``, read into a table.

    Args:
        first: the number of the first feature; each table has a range of its own.
    """
    table = []
    for number, written in enumerate(features, first):
        names, _, condition = written.partition("?")
        table.append(
            Feature(
                (number * FNV_PRIME + FNV_BASIS) & MASK,
                tuple(columns.index(name) for name in names.split()),
                conditions.index(condition.strip()),
            )
        )
    return tuple(table)


def hashes(table: Sequence[Feature], values: Sequence[int], applies: Sequence[bool]) -> list[int]:
    """The hash of every feature of a table at one place, from the values of its columns there.

    Columns may hold negative numbers: they count modulo 2**32, as they do in arrays.
    """
    found = []
    for h, columns, condition in table:
        if condition and not applies[condition]:
            found.append(NOT_APPLICABLE)
            continue
        for column in columns:
            h = (h ^ values[column]) * STEP & MASK
        h ^= h >> 15
        h = h * FIRST_MIX & MASK
        h ^= h >> 13
        h = h * SECOND_MIX & MASK
        found.append(h ^ h >> 16)
    return found
