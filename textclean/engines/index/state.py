"""What an index holds at a time, and what it was made for."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from textclean.engines.index.sketches import Settings
from textclean.engines.index.store import (
    DEAD,
    DESCRIPTION,
    FORMAT,
    META,
    STATE,
    IndexFormatError,
    Transaction,
)


@dataclasses.dataclass
class State:
    """What an index holds at a time."""

    next_entry: int = 0
    next_node: int = 0
    next_array: int = 0
    entries: int = 0
    nodes: int = 0
    #: A number of each array of postings, and how many it has.
    arrays: list[tuple[int, int]] = dataclasses.field(default_factory=list)

    @classmethod
    def read(cls, transaction: Transaction) -> State:
        """The state that a transaction sees."""
        value = transaction.sealed(META, STATE)
        if value is None:
            raise IndexFormatError("the index has no state")
        state = cls(**json.loads(bytes(value)))
        state.arrays = [(number, size) for number, size in state.arrays]
        return state

    def write(self, transaction: Transaction) -> None:
        """Write it."""
        transaction.put_sealed(META, STATE, json.dumps(dataclasses.asdict(self)).encode())


def settings_of(transaction: Transaction, folder: Path) -> Settings:
    """What an index was made for.

    Raises:
        IndexFormatError: it is none, or one of another version.
    """
    value = transaction.sealed(META, DESCRIPTION)
    description = {} if value is None else json.loads(bytes(value))
    version = description.pop("format", None)
    if version is None:
        raise IndexFormatError(f"{folder}: no index")
    if version != FORMAT:
        raise IndexFormatError(
            f"{folder}: an index of format {version}; this version reads {FORMAT}"
        )
    return Settings(**description)


def dead_nodes(transaction: Transaction) -> NDArray[np.uint32]:
    """The nodes that are there no more, in order; postings may still name them."""
    value = transaction.sealed(META, DEAD)
    return np.zeros(0, np.uint32) if value is None else np.frombuffer(bytes(value), np.uint32)
