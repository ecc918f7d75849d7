"""Tables by which two readings of a text are told from two statements (`textclean.dedup`).

`confusions.txt` has the pairs of characters that real engines took for one another: counted in
readings of pages beside what was printed there, with the look-alikes of `confusions`.
`common_english.txt` has the words that English prose has more than once.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from textclean.dedup.fold import fold
from tools.training.confusions import LOOK_ALIKES
from tools.training.tables import write

OUTPUT = Path("textclean/dedup/data")
#: A confusion counts when it was met so often.
SEEN = 1
#: Wrong characters that may stand in a row, and right ones beside them: what is longer is no
#: misread character but another line.
LONGEST = 2
BESIDE = 2
#: A word is in use if prose has it so often.
USED = 3
_WORD = re.compile(r"(?<![A-Za-z0-9_.\-/$%])[A-Za-z]?[a-z]+(?![A-Za-z0-9_/(])")


def confusions(readings: list[Path]) -> Counter[tuple[str, str]]:
    """How often each pair of ideographs was taken for one another."""
    met: Counter[tuple[str, str]] = Counter()
    for path in readings:
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            met.update(_pairs(fold(row["noisy"]), fold(row["truth"])))
    return met


def _pairs(one: str, other: str) -> Iterator[tuple[str, str]]:
    blocks = list(Levenshtein.opcodes(one, other))
    for before, operation, after in zip(blocks, blocks[1:], blocks[2:], strict=False):
        size = operation.src_end - operation.src_start
        if operation.tag != "replace" or size > LONGEST:
            continue
        if min(block.src_end - block.src_start for block in (before, after)) < BESIDE:
            continue
        for a, b in zip(
            one[operation.src_start : operation.src_end],
            other[operation.dest_start : operation.dest_end],
            strict=True,
        ):
            if _is_han(a) and _is_han(b):
                yield min(a, b), max(a, b)


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def words(prose: list[str]) -> Counter[str]:
    """The English words of some prose, in small letters."""
    return Counter(word.lower() for text in prose for word in _WORD.findall(text))


def run(readings: list[Path], prose: list[Path], output: Path = OUTPUT) -> None:
    """Write both tables."""
    pairs = {pair for pair, count in confusions(readings).items() if count >= SEEN}
    for group in LOOK_ALIKES.split():
        pairs |= {(one, other) for one in group for other in group if one < other}
    lines = [one + other for one, other in sorted(pairs)]
    write(output / "confusions.txt", "".join(line + "\n" for line in lines).encode())
    counts = words([path.read_text(encoding="utf-8", errors="replace") for path in prose])
    known = sorted(word for word, count in counts.items() if count >= USED)
    write(output / "common_english.txt", "".join(word + "\n" for word in known).encode())
