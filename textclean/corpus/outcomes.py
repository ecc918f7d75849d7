"""What cleaning made of many texts, kept as bytes: on disk where it is much.

Most texts of a corpus come out as they were; of these nothing is kept but that. What is kept of the
others can be made in the process that cleaned them, so that this one need not look at it.
"""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from textclean.cleaning import Failure, Outcome, outcomes_or_failures
from textclean.config import Config
from textclean.text.columns import EditColumns
from textclean.text.stored import StoredBytes

#: Not cleaned yet; cleaned, and nothing changed.
_NONE, _SAME = -1, -2
# Bytes of the length of the text, which comes first.
_LENGTH = 4


class Outcomes:
    """The outcomes of some texts, by their numbers.

    Args:
        count: how many texts there are.
        folder: where a temporary file may be made.
    """

    def __init__(self, count: int, folder: Path | None) -> None:
        self._at = array("i", [_NONE]) * count
        self._packed = StoredBytes(folder)

    @property
    def any_changed(self) -> bool:
        """Whether any text did not come out as it was."""
        return len(self._packed) > 0

    def has(self, number: int) -> bool:
        """Whether a text was cleaned."""
        return self._at[number] != _NONE

    def is_same(self, number: int) -> bool:
        """Whether a text came out as it was."""
        return self._at[number] == _SAME

    def put(self, number: int, packed: bytes | None) -> None:
        """Keep what `pack` made of the outcome of a text."""
        if packed is None:
            self._at[number] = _SAME
        else:
            self._at[number] = len(self._packed)
            self._packed.append(packed)

    def forget(self, number: int) -> None:
        """Have a text cleaned again."""
        self._at[number] = _NONE

    def mark(self, number: int) -> int:
        """What `return_to` takes to have a text's outcome as it is now."""
        return self._at[number]

    def return_to(self, number: int, mark: int) -> None:
        """Have the outcome of a text that was there before."""
        self._at[number] = mark

    def of(self, number: int, original: str) -> Outcome | None:
        """What became of a text; None: it was not cleaned."""
        at = self._at[number]
        if at < 0:
            return None if at == _NONE else Outcome(original, EditColumns().packed())
        packed = self._packed[at]
        end = _LENGTH + int.from_bytes(packed[:_LENGTH], "little")
        return Outcome(packed[_LENGTH:end].decode("utf-8"), pickle.loads(packed[end:]))

    def text(self, number: int) -> bytes | None:
        """The cleaned text as UTF-8; None: it is as it was, or not known."""
        at = self._at[number]
        if at < 0:
            return None
        packed = self._packed[at]
        text: bytes = packed[_LENGTH : _LENGTH + int.from_bytes(packed[:_LENGTH], "little")]
        return text

    def close(self) -> None:
        """Give up what is on disk."""
        self._packed.close()


def pack(outcome: Outcome) -> bytes | None:
    """An outcome as bytes; None where nothing changed."""
    if not len(outcome.columns):
        return None
    text = outcome.text.encode("utf-8")
    columns = pickle.dumps(outcome.columns, pickle.HIGHEST_PROTOCOL)
    return b"".join((len(text).to_bytes(_LENGTH, "little"), text, columns))


def _packed(config: Config, texts: Sequence[str]) -> list[bytes | Failure | None]:
    return [
        done if isinstance(done, Failure) else pack(done)
        for done in outcomes_or_failures(config, texts)
    ]


def packing(config: Config) -> partial[list[bytes | Failure | None]]:
    """The work that cleans texts and packs what comes of it."""
    return partial(_packed, config)
