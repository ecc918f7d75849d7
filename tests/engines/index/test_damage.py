"""A byte that changed is found, and a writer that is killed loses nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.dedup.passages import seed_paragraphs
from tests.engines.index.killing import kill
from textclean.engines.index import Index, IndexFormatError, store
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


def cut(built: Path, folder: Path, size: int) -> Path:
    """A copy of the index of which the first bytes are left."""
    shutil.copytree(built, folder)
    with (folder / "data.mdb").open("r+b") as file:
        file.truncate(size)
    return folder


@pytest.mark.parametrize("part", [0, 1, 100, 4096, 8191, 8192, 12288, 0.1, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("what", ["query", "add", "stats", "verify"])
def test_an_index_that_was_cut_off_is_refused(
    built: Path, tmp_path: Path, part: float, what: str
) -> None:
    """In a process of its own: to read behind the end of the file would end it."""
    size = part if isinstance(part, int) else int((built / "data.mdb").stat().st_size * part)
    folder = cut(built, tmp_path / "index", int(size))
    (tmp_path / "a.txt").write_text(seed_paragraphs()[0], "utf-8")
    paths = [str(tmp_path / "a.txt")] if what in ("query", "add") else []
    command = [sys.executable, "-m", "textclean", "index", what, str(folder), *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    # A last page may lack that is free.
    whole = part == 0.999 and done.returncode == 0
    assert whole or done.returncode == (1 if what == "verify" else 2), done.stderr
    assert whole or "index" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert (folder / "data.mdb").stat().st_size == size or whole


def test_an_index_whose_last_free_page_was_never_written_is_whole(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LMDB leaves such files behind."""
    folder = tmp_path / "index"
    shutil.copytree(built, folder)

    class Longer:
        """An environment that says that there is one more page."""

        def __init__(self, environment: Any) -> None:
            self.environment = environment

        def stat(self) -> Any:
            return self.environment.stat()

        def info(self) -> Any:
            info = self.environment.info()
            return info | {"last_pgno": info["last_pgno"] + 1}

    def see(environment: Any, data: Path, ask: Any = store._see_all_is_there) -> None:
        ask(Longer(environment), data)

    monkeypatch.setattr(store, "_see_all_is_there", see)
    assert contents(folder) == contents(built)


def test_killed_at_random_moments_an_index_has_all_that_was_committed(tmp_path: Path) -> None:
    # benchmarks/persistent_index.py does it a hundred times
    counts = list(kill(tmp_path / "index", rounds=3, seed=1))
    assert counts == sorted(counts)
    assert counts[-1] > 0
