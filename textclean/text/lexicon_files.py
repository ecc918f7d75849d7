"""The tables of words and characters that come with the package, read and seen to be whole.

One that is damaged or cut off would give other results without a word. So each has a checksum in
``lexicon_sums.txt``, which ``python -m tools.lexicon_sums`` writes after a table was changed.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from zlib import crc32

from textclean.errors import TextcleanError

PACKAGE = Path(__file__).parents[1]
SUMS = PACKAGE / "text" / "lexicon_sums.txt"


class LexiconError(TextcleanError):
    """A table of the package is damaged or missing."""


def read_lexicon(path: Path) -> str:
    """The content of a table.

    Raises:
        LexiconError: it is not as it was written.
    """
    try:
        data = path.read_bytes()
        known = _sums()
    except (OSError, ValueError) as error:
        raise LexiconError(f"{path}: {_DAMAGED}") from error
    if known.get(path.relative_to(PACKAGE).as_posix()) != _checksum(data):
        raise LexiconError(f"{path}: {_DAMAGED}")
    return data.decode("utf-8")


_DAMAGED = (
    "this table of the package is damaged: its checksum does not fit; install textclean again (who "
    "changes a table runs `python -m tools.lexicon_sums`)"
)


@cache
def _sums() -> dict[str, int]:
    rows = (line.split() for line in SUMS.read_text(encoding="ascii").splitlines())
    return {name: int(checksum, 16) for name, checksum in rows}


def written_sums() -> str:
    """The content of ``lexicon_sums.txt`` for the tables as they are."""
    patterns = "*/data/*.txt", "*/data/*.tsv"
    tables = sorted(path for pattern in patterns for path in PACKAGE.glob(pattern))
    return "".join(
        f"{path.relative_to(PACKAGE).as_posix()} {_checksum(path.read_bytes()):08x}\n"
        for path in tables
    )


def _checksum(data: bytes) -> int:
    """Where Git writes the line ends of Windows they are no damage."""
    return crc32(data.replace(b"\r\n", b"\n"))
