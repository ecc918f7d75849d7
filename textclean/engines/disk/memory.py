"""How much memory a search takes that keeps its steps in a folder: so much for each text.

Texts, their sketches and all pairs are on disk; what is in memory is a few numbers for each text
(where it begins, its line, its length and digest, what stays for it) and what is worked out of
them meanwhile. Read off `benchmarks/out_of_core.py`: 336 MB for one million paragraphs, 460 MB for
three.
"""

from __future__ import annotations

from textclean.engines.disk.folder import WorkFolderError

#: Bytes of the program with all that it has compiled; of one that cleans texts, too, with its
#: models; and bytes for each text.
PROGRAM, CLEANING, TEXT = 270_000_000, 250_000_000, 90


def needed(texts: int, *, cleaning: bool) -> int:
    """About how many bytes a search among so many texts takes."""
    return PROGRAM + (CLEANING if cleaning else 0) + TEXT * texts


def require(memory: int, texts: int, *, cleaning: bool) -> None:
    """See that so many bytes are enough for so many texts, before hours are spent on them.

    Raises:
        WorkFolderError: they are not; the message says how many are.
    """
    need = needed(texts, cleaning=cleaning)
    if need > memory:
        raise WorkFolderError(
            f"{texts:,} records take about {need / 1e6:,.0f} MB of memory, and --memory allows "
            f"{memory / 1e6:,.0f} MB; allow more (what was read is kept), or split the input and "
            "give the rest with --against"
        )
