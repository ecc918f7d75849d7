"""Sketches to and from datasketch."""

from __future__ import annotations

from random import Random

import pytest

from tests.dedup.passages import misread, seed_paragraphs
from tests.engines.index.conftest import MakeIndex
from textclean.dedup import signatures

datasketch = pytest.importorskip("datasketch", reason="the extra [datasketch] is not installed")

TEXTS = seed_paragraphs(60)[:50]


def test_sketches_of_entries_are_those_of_their_texts(make: MakeIndex) -> None:
    index = make(TEXTS)
    sketches = index.export_sketches([3, 5])
    assert all(isinstance(each, datasketch.LeanMinHash) for each in sketches)
    assert sketches == signatures([TEXTS[3], TEXTS[5]], permutations=54)
    assert index.export_sketches([3], permutations=128) == signatures([TEXTS[3]])
    with pytest.raises(KeyError):
        index.export_sketches([999])


def test_a_sketch_that_was_serialized_finds_its_text(make: MakeIndex) -> None:
    index = make(TEXTS)
    sketch = index.export_sketches([7])[0]
    buffer = bytearray(sketch.bytesize())
    sketch.serialize(buffer)
    entry, similarity = index.query_sketch(datasketch.LeanMinHash.deserialize(buffer))[0]
    assert (entry.text, similarity) == (TEXTS[7], 1.0)


def test_a_sketch_of_a_damaged_copy_finds_its_text(make: MakeIndex) -> None:
    index = make(TEXTS)
    sketch = signatures([misread(TEXTS[9], Random(2))], permutations=54)[0]
    entry, similarity = index.query_sketch(sketch, limit=1)[0]
    assert entry.text == TEXTS[9]
    assert 0.5 < similarity < 1


def test_other_sketches_are_refused(make: MakeIndex) -> None:
    index = make(TEXTS)
    for sketch in (
        *signatures([TEXTS[0]], permutations=128),
        *signatures([TEXTS[0]], permutations=54, seed=2),
        datasketch.LeanMinHash(datasketch.MinHash(54, scheme="legacy")),
    ):
        with pytest.raises(ValueError, match="permutations"):
            index.query_sketch(sketch)
