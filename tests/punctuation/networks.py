"""Small networks with random weights, for tests that hold both implementations together."""

from __future__ import annotations

import random
from array import array

from textclean.models.hashing import FNV_BASIS, MASK, STEP
from textclean.models.mlp import DenseWeights, HashedWeights
from textclean.punctuation.labels import LABELS
from textclean.punctuation.slot_weights import Lexicon, Networks
from textclean.punctuation.windows import FIRST_CHARACTER, WINDOW

CHARACTERS = (
    "的一国在人了有中是年和大业不为发会工经上地市要个产这出行作生家以成到日民来我部对进多全建他公开"
)


def hashed_network(seed: int, bits: int, width: int, labels: int) -> HashedWeights:
    """A network in which a feature in four has a row."""
    draw = random.Random(seed)
    rows = 1 << bits
    return HashedWeights(
        bits=bits,
        width=width,
        labels=labels,
        shift=12,
        rows=memoryview(bytes(draw.choices(range(256), k=rows * width))),
        # Random fingerprints would hardly ever match; eight of them in turn match often enough.
        fingerprints=memoryview(bytes(draw.choices(range(0, 256, 4), k=rows))),
        hidden=memoryview(array("i", draw.choices(range(-300, 300), k=width))),
        output=memoryview(array("h", draw.choices(range(-4000, 4000), k=width * labels))),
        bias=memoryview(array("i", draw.choices(range(-100_000, 100_000), k=labels))),
    )


def dense_network(seed: int) -> DenseWeights:
    draw = random.Random(seed)
    width, units, units2, labels = 4, 8, 8, len(LABELS)

    def numbers(typecode: str, most: int, count: int) -> memoryview:
        return memoryview(array(typecode, draw.choices(range(-most, most + 1), k=count)))

    return DenseWeights(
        width=width, units=units, units2=units2, labels=labels,
        shift=5, shift2=6, shift3=7, most=1023,
        characters=memoryview(array("i", map(ord, CHARACTERS))),
        embeddings=numbers("b", 127, (FIRST_CHARACTER + len(CHARACTERS)) * width),
        first=numbers("b", 127, WINDOW * width * units),
        second=numbers("b", 127, units * units2),
        third=numbers("h", 8191, units2 * labels),
        bias=numbers("i", 10_000, units),
        bias2=numbers("i", 10_000, units2),
        bias3=numbers("i", 100_000, labels),
    )  # fmt: skip


def lexicon() -> Lexicon:
    """All terms of two of the characters, in turn more and less usually quoted."""
    hashes = set()
    for one in CHARACTERS:
        for other in CHARACTERS:
            h = FNV_BASIS
            for character in one + other:
                h = (h ^ ord(character)) * STEP & MASK
            hashes.add(h)
    levels = bytes(1 + number % 6 for number in range(len(hashes)))
    return Lexicon(memoryview(array("I", sorted(hashes))), memoryview(levels))


def networks(seed: int = 1) -> Networks:
    return Networks(
        slots=hashed_network(seed, 10, 8, len(LABELS)),
        windows=dense_network(seed),
        pairs=hashed_network(seed + 1, 8, 6, 2),
        lexicon=lexicon(),
    )
