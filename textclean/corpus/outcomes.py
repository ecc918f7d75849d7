"""What cleaning made of many texts, kept as bytes: on disk where it is much.

Most texts of a corpus come out as they were; of these nothing is kept but that. What is kept of the
others can be made in the process that cleaned them, so that this one need not look at it.
"""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from textclean.cleaning import Failure, Outcome, outcomes_or_failures
from textclean.config import Config
from textclean.corpus.consistency import CODES as CONTRADICTIONS
from textclean.corpus.restoring import CODE as RESTORING
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

    def keep(self, numbers: Iterable[int]) -> None:
        """Have texts that came out as they were."""
        for number in numbers:
            self._at[number] = _SAME

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


class Asked(NamedTuple):
    """What is asked of each cleaned text where it is cleaned: there its rules' answers are known,
    and there may be several processes.
    """

    #: Whether it may have redacted values.
    redacted: bool = False
    #: Whether numbers of it contradict one another or the calendar.
    contradictory: bool = False

    @classmethod
    def of(cls, config: Config) -> Asked:
        """What a run with a configuration asks."""
        return cls(config.selects(RESTORING), any(map(config.selects, CONTRADICTIONS)))

    def answers(self, text: str) -> Asked:
        """The answers for a cleaned text."""
        redacted = contradictory = False
        if self.redacted:
            from textclean.placeholders.detect import find

            redacted = any(not slot.is_blank for slot in find(text))
        if self.contradictory:
            from textclean.quantities.contradictions import opposites

            contradictory = bool(opposites(text))
        return Asked(redacted, contradictory) if redacted or contradictory else NO


#: None of it.
NO = Asked()


class Packed(NamedTuple):
    """What cleaning made of a text, as bytes."""

    #: As `pack` makes it.
    outcome: bytes | None
    answers: Asked


def _packed(config: Config, asked: Asked, texts: Sequence[str]) -> list[Packed | Failure]:
    results: list[Packed | Failure] = []
    for text in texts:
        # One by one, so that what is asked comes while the text's answers are remembered.
        (done,) = outcomes_or_failures(config, [text])
        if isinstance(done, Failure):
            results.append(done)
        else:
            results.append(Packed(pack(done), asked.answers(done.text)))
    return results


def packing(config: Config, asked: Asked = NO) -> partial[list[Packed | Failure]]:
    """The work that cleans texts, packs what comes of it and answers what is asked."""
    return partial(_packed, config, asked)
