"""Whether a sentence goes on over a line break: what the two characters beside it say.

A table of integers, from counts over clean prose (`tools.training.bigrams`): for each character how
much likelier it stands inside a paragraph than at the end, or at the start, of one, and for pairs
how much likelier they meet than by chance. All in eighths of a bit, so that sums are exact.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from textclean.models.container import DATA, Kind, WeightsError, pack, read
from textclean.text.patterns import pattern

#: Where the table lies.
WEIGHTS = DATA / "bigrams.bin"
#: Whose table; the number is raised whenever the folding changes.
KIND = Kind(b"TCBIGRAM", 1, "python -m tools.training bigrams")
#: What a pair says that is not in the table: two characters that met a sixteenth as often as chance
#: would have it, or less. In eighths of a bit, as everything here.
UNSEEN = -32

_DIGIT = pattern("[0-9０-９]")
_LATIN = pattern("[A-Za-z]")
# A stop with a closing quote ends a paragraph as often as a stop, a quote by itself hardly ever.
_SAID = pattern("[。！？…]”")
_SAID_SIGN = "\ue000"


class Pairs(Mapping[str, int]):
    """Numbers by pair of characters; those of a first character are unpacked when one is asked for.

    There are 150,000 of them, and a small file asks for a few hundred.
    """

    __slots__ = ("_firsts", "_numbers", "_rows", "_seconds")

    def __init__(self, firsts: str, seconds: str, numbers: Sequence[int]) -> None:
        """The pairs ``zip(firsts, seconds)``, ascending, and their numbers.

        Raises:
            ValueError: they are not equally many.
        """
        if not len(firsts) == len(seconds) == len(numbers):
            raise ValueError("first characters, second ones and numbers are not equally many")
        self._firsts = firsts
        self._seconds = seconds
        self._numbers = numbers
        self._rows: dict[str, dict[str, int]] = {}

    def __getitem__(self, pair: str) -> int:
        if len(pair) != 2:
            raise KeyError(pair)
        row = self._rows.get(pair[0])
        if row is None:
            start, end = bisect_left(self._firsts, pair[0]), bisect_right(self._firsts, pair[0])
            row = dict(zip(self._seconds[start:end], self._numbers[start:end], strict=True))
            self._rows[pair[0]] = row
        return row[pair[1]]

    def __len__(self) -> int:
        return len(self._firsts)

    def __iter__(self) -> Iterator[str]:
        return map(str.__add__, self._firsts, self._seconds)


class Table(NamedTuple):
    """The counts, as scores in eighths of a bit."""

    #: By character: inside a paragraph against at the end of one.
    before: dict[str, int]
    #: By character: inside a paragraph against at the start of one.
    behind: dict[str, int]
    #: By pair: how much likelier the two meet than by chance.
    pairs: Mapping[str, int]


@lru_cache(16_384)
def fold(text: str) -> str:
    """Digits and Latin letters made one each, since which of them it is tells nothing; and a stop
    with a closing quote made one character.
    """
    return _SAID.sub(_SAID_SIGN, _LATIN.sub("a", _DIGIT.sub("0", text)))


def continues(before: str, behind: str) -> int:
    """How much likelier two characters meet inside a paragraph than at a border of two.

    Args:
        before: the last characters before the break; two are enough.
        behind: what follows it; the first character counts.

    Returns:
        The logarithm of the ratio, in eighths of a bit; above 0 where the text goes on.
    """
    table = _table()
    first, second = fold(before)[-1:], fold(behind)[:1]
    met = table.pairs.get(first + second, UNSEEN)
    return table.before.get(first, 0) + table.behind.get(second, 0) + met


def meets(before: str, behind: str) -> bool:
    """Whether two characters stand beside each other more often than by chance."""
    return _table().pairs.get(fold(before) + fold(behind), UNSEEN) > 0


@cache
def _table() -> Table:
    return load(WEIGHTS)


def to_bytes(table: Table) -> bytes:
    """A table as a file: the characters and their numbers, the pairs and theirs; characters take
    two bytes each, numbers one.
    """
    characters = "".join(sorted(table.before))
    pairs = sorted(table.pairs)
    body = (
        characters.encode("utf-16-le"),
        bytes(table.before[char] & 0xFF for char in characters),
        bytes(table.behind[char] & 0xFF for char in characters),
        "".join(pair[0] for pair in pairs).encode("utf-16-le"),
        "".join(pair[1] for pair in pairs).encode("utf-16-le"),
        bytes(table.pairs[pair] & 0xFF for pair in pairs),
    )
    return pack(KIND, {"characters": len(characters), "pairs": len(pairs)}, b"".join(body))


def load(path: Path) -> Table:
    """The table of a file on disk.

    Raises:
        WeightsError: the file is damaged, or of another version.
    """
    header, body = read(path, KIND)
    characters, pairs = header.get("characters", 0), header.get("pairs", 0)
    if len(body) != 4 * characters + 5 * pairs:
        raise WeightsError(f"{path}: a table of another size: train again with  {KIND.command}")
    parts = []
    for size in (2 * characters, characters, characters, 2 * pairs, 2 * pairs, pairs):
        parts.append(bytes(body[:size]))
        body = body[size:]
    letters = parts[0].decode("utf-16-le")
    return Table(
        dict(zip(letters, array("b", parts[1]), strict=True)),
        dict(zip(letters, array("b", parts[2]), strict=True)),
        Pairs(parts[3].decode("utf-16-le"), parts[4].decode("utf-16-le"), array("b", parts[5])),
    )
