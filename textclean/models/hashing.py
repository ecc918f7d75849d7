"""How features become numbers: one hash, the sets of constants that weights were trained with.

A feature is a few numbers, hashed one after the other from a seed of its own to 32 bits. Weights on
disk name features by their hashes, so the constants are data that must stay. Inference hashes in
Python; training compiles the same functions with numba, or calls them with arrays.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from typing import NamedTuple

MASK = 0xFFFFFFFF
STEP, FIRST_MIX, SECOND_MIX = 0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35
FNV_PRIME, FNV_BASIS = 0x01000193, 0x811C9DC5
#: The hash of a feature that does not apply at a place; it adds nothing to any score.
NOT_APPLICABLE = 0
#: The value of what is not there: a feature of it does not apply (`hash_window`).
MISSING = -1
NO_SHIFT = 32


class Mix(NamedTuple):
    """The constants of a hash of 32 bits; a shift by `NO_SHIFT` does nothing."""

    #: For each number: the hash is multiplied, then its upper bits are shifted down on the lower.
    step: int
    shift: int
    #: Behind the last number: a shift, then twice a multiplication and a shift.
    last: int
    first: int
    between: int
    second: int
    after: int


#: FNV's step with a multiplier of golden-ratio bits, then the finaliser of MurmurHash3.
SLOTS = Mix(STEP, NO_SHIFT, 15, FIRST_MIX, 13, SECOND_MIX, 16)
#: The same with a shift at each step: quotes and ends.
WINDOWS = Mix(STEP, 15, NO_SHIFT, FIRST_MIX, 13, SECOND_MIX, 16)
#: Seams and clauses.
SEAMS = Mix(FIRST_MIX, 15, NO_SHIFT, 1, NO_SHIFT, SECOND_MIX, NO_SHIFT)


def absorb(h: int, value: int, multiplier: int, shift: int, mask: int = MASK) -> int:
    """A hash with one more number in it; `h` and `value` may be arrays of unsigned integers."""
    h = (h ^ value) * multiplier & mask
    return h ^ h >> shift


def hash_window(
    window: Sequence[int],
    seeds: Sequence[int],
    starts: Sequence[int],
    fields: Sequence[int],
    mix: Mix,
    out: MutableSequence[int],
) -> int:
    """Write the hashes of a window's features into `out`, in order: how many apply.

    Args:
        window: numbers, non-negative; a feature that has a `MISSING` one does not apply.
        seeds: of each feature.
        starts, fields: which fields of the window each feature has: ``fields[starts[n] :
            starts[n + 1]]``.
    """
    step, shift, last, first, between, second, after = mix
    size = 0
    for feature in range(len(seeds)):
        h = seeds[feature]
        for at in range(starts[feature], starts[feature + 1]):
            value = window[fields[at]]
            if value < 0:
                break
            h = (h ^ value) * step & MASK
            h ^= h >> shift
        else:
            h ^= h >> last
            h = h * first & MASK
            h ^= h >> between
            h = h * second & MASK
            out[size] = h ^ h >> after
            size += 1
    return size


class Feature(NamedTuple):
    """A feature of slots: where its hash begins, its columns, the condition for it to apply."""

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
    step, _, last, first, between, second, after = SLOTS
    hashed = []
    for h, columns, condition in table:
        if condition and not applies[condition]:
            hashed.append(NOT_APPLICABLE)
            continue
        for column in columns:
            h = (h ^ values[column]) * step & MASK
        h ^= h >> last
        h = h * first & MASK
        h ^= h >> between
        h = h * second & MASK
        hashed.append(h ^ h >> after)
    return hashed
