from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from tests.punctuation.networks import networks
from textclean.punctuation.slot_weights import WeightsError, read_networks, shipped, write

NETWORKS = networks()


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "slots.bin"
    write(path, {field.name: getattr(NETWORKS, field.name) for field in fields(NETWORKS)})
    return path


def test_networks_come_back_as_they_were_written(written: Path) -> None:
    assert read_networks(written) == NETWORKS


def test_one_changed_byte_is_found(written: Path) -> None:
    data = bytearray(written.read_bytes())
    data[len(data) // 2] ^= 1
    written.write_bytes(data)
    with pytest.raises(WeightsError, match="checksum"):
        read_networks(written)


def test_a_cut_file_is_found(written: Path) -> None:
    written.write_bytes(written.read_bytes()[:-1])
    with pytest.raises(WeightsError, match="checksum"):
        read_networks(written)


@pytest.mark.parametrize(("offset", "what"), [(8, "format"), (10, "features")])
def test_another_version_is_an_error_that_says_what_to_do(
    written: Path, offset: int, what: str
) -> None:
    data = bytearray(written.read_bytes())
    data[offset] += 1
    written.write_bytes(data)
    with pytest.raises(WeightsError, match=f"{what} version.*tools.training"):
        read_networks(written)


def test_another_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(b"PK\x03\x04" * 40)
    with pytest.raises(WeightsError, match="not a file of weights"):
        read_networks(path)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="cannot be read"):
        read_networks(tmp_path / "none.bin")


def test_a_missing_network_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "slots.bin"
    write(path, {"slots": NETWORKS.slots})
    with pytest.raises(WeightsError, match="no network named windows"):
        read_networks(path)


def test_the_shipped_weights_are_whole_and_small_enough() -> None:
    networks = shipped()
    size = sum(
        getattr(network, field.name).nbytes
        for network in (networks.slots, networks.windows, networks.pairs, networks.lexicon)
        for field in fields(network)
        if isinstance(getattr(network, field.name), memoryview)
    )
    assert size <= 12_000_000
