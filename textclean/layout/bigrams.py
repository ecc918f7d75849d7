"""Whether a sentence goes on over a line break: what the two characters beside it say.

A table of integers, from counts over clean prose (`data/README.md` names the sources and the
command): for each character how much likelier it stands inside a paragraph than at the end, or at
the start, of one, and for pairs how much likelier they meet than by chance. All in eighths of a
bit, so that sums are exact everywhere.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from textclean.text.patterns import pattern

PATH = Path(__file__).parent / "data" / "continuation.bin"
_MAGIC = b"textclean continuation 1\n"
#: What a pair says that is not in the table: two characters that met a sixteenth as often as chance
#: would have it, or less. In eighths of a bit, as everything here.
UNSEEN = -32

_DIGIT = pattern("[0-9０-９]")
_LATIN = pattern("[A-Za-z]")
# A stop with a closing quote ends a paragraph as often as a stop, a quote by itself hardly ever.
_SAID = pattern("[。！？…]”")
_SAID_SIGN = "\ue000"
_SIGNED = bytes((byte + 128) % 256 for byte in range(256))


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
    return read(PATH)


def write(path: Path, table: Table) -> None:
    """Write a table; the same table gives the same bytes."""
    characters = "".join(sorted(table.before))
    pairs = sorted(table.pairs)
    body = b"\n".join(
        (
            characters.encode("utf-16-le").hex().encode(),
            _pack([table.before[char] for char in characters]),
            _pack([table.behind[char] for char in characters]),
            "".join(pair[0] for pair in pairs).encode("utf-16-le").hex().encode(),
            "".join(pair[1] for pair in pairs).encode("utf-16-le").hex().encode(),
            _pack([table.pairs[pair] for pair in pairs]),
        )
    )
    path.write_bytes(_MAGIC + zlib.crc32(body).to_bytes(4, "big") + zlib.compress(body, 9))


def read(path: Path) -> Table:
    """Read a table that `write` wrote.

    Raises:
        ValueError: the file is of another version, or damaged.
    """
    content = path.read_bytes()
    if not content.startswith(_MAGIC):
        raise ValueError(f"{path}: not a table of this version")
    start = len(_MAGIC) + 4
    try:
        body = zlib.decompress(content[start:])
    except zlib.error as error:
        raise ValueError(f"{path}: damaged: {error}") from None
    if zlib.crc32(body) != int.from_bytes(content[start - 4 : start], "big"):
        raise ValueError(f"{path}: damaged: the checksum is wrong")
    letters, before, behind, firsts, seconds, met = body.split(b"\n")
    characters = bytes.fromhex(letters.decode()).decode("utf-16-le")
    return Table(
        dict(zip(characters, _unpack(before), strict=True)),
        dict(zip(characters, _unpack(behind), strict=True)),
        Pairs(
            bytes.fromhex(firsts.decode()).decode("utf-16-le"),
            bytes.fromhex(seconds.decode()).decode("utf-16-le"),
            _unpack(met),
        ),
    )


def _pack(numbers: list[int]) -> bytes:
    return bytes(number + 128 for number in numbers).hex().encode()


def _unpack(packed: bytes) -> Sequence[int]:
    # A byte more by 128, read with a sign, is the byte less 128.
    return array("b", bytes.fromhex(packed.decode()).translate(_SIGNED))
