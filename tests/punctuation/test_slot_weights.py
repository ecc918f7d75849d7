from __future__ import annotations

from pathlib import Path

import pytest

from tests.punctuation.networks import networks
from textclean.punctuation.slot_weights import WeightsError, read_networks, shipped, write

NETWORKS = networks()


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "slots.bin"
    write(path, NETWORKS._asdict())
    return path


def test_networks_come_back_as_they_were_written(written: Path) -> None:
    assert read_networks(written) == NETWORKS


def test_a_missing_network_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "slots.bin"
    write(path, {"slots": NETWORKS.slots})
    with pytest.raises(WeightsError, match="no network named windows"):
        read_networks(path)


def test_the_shipped_weights_are_whole_and_small_enough() -> None:
    networks = shipped()
    size = sum(
        getattr(network, field).nbytes
        for network in (networks.slots, networks.windows, networks.pairs, networks.lexicon)
        for field in network._fields
        if isinstance(getattr(network, field), memoryview)
    )
    assert size <= 12_000_000
