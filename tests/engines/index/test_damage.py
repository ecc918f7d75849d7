"""A byte that changed is found, and a writer that is killed loses nothing."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from tests.dedup.passages import seed_paragraphs
from tests.engines.index.killing import kill
from textclean.engines.index import Index, IndexFormatError
from textclean.engines.index.verification import verify


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "index"
    texts = seed_paragraphs()
    with Index.create(folder) as index:
        index.add(texts, ids=[f"id-{n:06}" for n in range(len(texts))])
        index.remove(["id-000003", "id-000007"])
    return folder


def flipped(built: Path, folder: Path, place: int, bit: int) -> Path:
    """A copy of the index in which one bit is another."""
    shutil.copytree(built, folder)
    data = bytearray((folder / "data.mdb").read_bytes())
    data[place] ^= 1 << bit
    (folder / "data.mdb").write_bytes(data)
    return folder


def contents(folder: Path) -> object:
    """All that an index says."""
    with Index(folder) as index:
        texts = seed_paragraphs()[:20]
        stats = {key: value for key, value in index.stats().items() if key != "bytes"}
        return list(index), stats, [index.query(text) for text in texts]


def test_what_is_well_is_said_to_be_well(built: Path) -> None:
    assert verify(built) == []


@pytest.mark.parametrize("number", [10, 200])
def test_a_flipped_byte_of_a_text_is_found(built: Path, tmp_path: Path, number: int) -> None:
    text = seed_paragraphs()[number]
    place = (built / "data.mdb").read_bytes().rindex(text.encode()) + 31
    folder = flipped(built, tmp_path / "index", place, 0)
    found = verify(folder)
    assert any(f"entries {number:016x}" in line for line in found), found
    with Index(folder) as index, pytest.raises(IndexFormatError, match="checksum"):
        index.numbered(number)


def test_a_flipped_byte_of_an_id_is_found(built: Path, tmp_path: Path) -> None:
    data = (built / "data.mdb").read_bytes()
    places = [n for n in range(len(data)) if data.startswith(b"id-000050", n)]
    assert len(places) >= 2  # in the table of ids, and with the entry
    for number, place in enumerate(places):
        folder = flipped(built, tmp_path / str(number), place + 8, 1)
        assert verify(folder) != [] or contents(folder) == contents(built)


@pytest.mark.parametrize("seed", range(12))
def test_a_flipped_byte_is_found_or_is_in_unused_room(
    built: Path, tmp_path: Path, seed: int
) -> None:
    random = Random(seed)
    size = (built / "data.mdb").stat().st_size
    folder = flipped(built, tmp_path / "index", random.randrange(size), random.randrange(8))
    if not verify(folder):
        assert contents(folder) == contents(built)


def test_a_file_that_was_cut_off_is_found(built: Path, tmp_path: Path) -> None:
    folder = flipped(built, tmp_path / "index", 0, 0)
    data = (built / "data.mdb").read_bytes()
    (folder / "data.mdb").write_bytes(data[: len(data) // 2])
    assert verify(folder) != []


def test_killed_at_random_moments_an_index_has_all_that_was_committed(tmp_path: Path) -> None:
    # benchmarks/persistent_index.py does it a hundred times
    counts = list(kill(tmp_path / "index", rounds=3, seed=1))
    assert counts == sorted(counts)
    assert counts[-1] > 0
