"""`textclean.models.linear` in arrays: many windows scored at once, with the same result."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from textclean.models.linear import BITS, Templates, Weights


def scores(
    weights: Weights, windows: Sequence[Sequence[int]], bases: Sequence[int], templates: Templates
) -> list[list[int]]:
    """By base and window, the sum of the weights of the features (`hashed.hash_window`)."""
    fields = np.array(windows, np.uint32).T
    fingerprints = np.frombuffer(weights.fingerprints, np.uint8)
    values = np.frombuffer(weights.values, np.int8)
    totals = np.zeros((len(bases), fields.shape[1]), np.int64)
    for template, (start, end) in enumerate(
        zip(templates.starts, templates.starts[1:], strict=False)
    ):
        seeds = [
            [((base * 131 + template) * 0x01000193 + 0x811C9DC5) & 0xFFFFFFFF] for base in bases
        ]
        h = np.repeat(np.array(seeds, np.uint32), fields.shape[1], axis=1)
        for field in templates.fields[start:end]:
            h ^= fields[field]
            h *= np.uint32(0x9E3779B1)
            h ^= h >> np.uint32(15)
        h *= np.uint32(0x85EBCA6B)
        h ^= h >> np.uint32(13)
        h *= np.uint32(0xC2B2AE35)
        h ^= h >> np.uint32(16)
        row = (h >> np.uint32(32 - BITS)).astype(np.intp)
        known = fingerprints[row] == (h >> np.uint32(24 - BITS)).astype(np.uint8)
        totals += values[row] * known
    return totals.tolist()
