"""`textclean.punctuation.hashed` in arrays: many windows scored at once, with the same result."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from textclean.punctuation.hashed import BITS, Templates, Weights


def scores(
    weights: Weights, windows: Sequence[Sequence[int]], base: int, templates: Templates
) -> list[int]:
    """The sum of the weights of each window's features (`hashed.hash_window`)."""
    fields = np.array(windows, np.uint32).T
    fingerprints = np.frombuffer(weights.fingerprints, np.uint8)
    values = np.frombuffer(weights.values, np.int8)
    totals = np.zeros(fields.shape[1], np.int64)
    for template, (start, end) in enumerate(
        zip(templates.starts, templates.starts[1:], strict=False)
    ):
        seed = ((base * 131 + template) * 0x01000193 + 0x811C9DC5) & 0xFFFFFFFF
        h = np.full(fields.shape[1], seed, np.uint32)
        for field in templates.fields[start:end]:
            h = (h ^ fields[field]) * np.uint32(0x9E3779B1)
            h ^= h >> np.uint32(15)
        h *= np.uint32(0x85EBCA6B)
        h ^= h >> np.uint32(13)
        h *= np.uint32(0xC2B2AE35)
        h ^= h >> np.uint32(16)
        row = h >> np.uint32(32 - BITS)
        known = fingerprints[row] == (h >> np.uint32(24 - BITS)).astype(np.uint8)
        totals += np.where(known, values[row], 0)
    return totals.tolist()
