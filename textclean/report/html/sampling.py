"""Which texts a report shows where there are more than a page can hold.

The choice is by a hash of their names, so that it is a fair sample and the same every time; texts
in which nothing was done come last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

#: What a page of 30 MB holds, which a browser shows within seconds.
MOST_EDITS = 100_000
MOST_CHARACTERS = 3_000_000
#: Rows of each other record that are shown: removals, twins, boilerplate.
MOST_ROWS = 2_000
#: Characters of a text that are shown.
MOST_OF_A_TEXT = 2_500_000
#: Bytes of a file, or of its undo row, that are read for it: where a report is asked for, and where
#: a run writes one by itself, which shall need no more memory for that.
MOST_BYTES = 200_000_000
MOST_BYTES_UNASKED = 32_000_000
#: Rows of a record that are read; of more, evenly spread ones.
MOST_ROWS_READ = 50_000


def rank(name: str) -> bytes:
    """What names are put in order by to be sampled."""
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def sampled(names: Sequence[str], changed: Sequence[bool]) -> list[int]:
    """The numbers of some texts in the order in which they are taken."""
    return sorted(range(len(names)), key=lambda at: (not changed[at], rank(names[at])))


@dataclass
class Budget:
    """What is left of the room on a page."""

    edits: int = MOST_EDITS
    characters: int = MOST_CHARACTERS

    @property
    def is_full(self) -> bool:
        """Whether hardly a text would fit."""
        return self.edits < 50 or self.characters < 2_000

    def take(self, edits: int, characters: int) -> bool:
        """Whether there is room, which is then taken."""
        if edits > self.edits or characters > self.characters:
            return False
        self.edits -= edits
        self.characters -= characters
        return True


def thinned(number: int, most: int = MOST_ROWS) -> Iterator[int]:
    """Which of so many rows are shown, evenly spread."""
    if number <= most:
        return iter(range(number))
    return (at * number // most for at in range(most))
