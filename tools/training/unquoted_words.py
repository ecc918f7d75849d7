"""Which words in common use print quotes by themselves (`punctuation.unquoted_words`).

A word that is quoted at least twice, and in one of a hundred places, is listed; so is one too rare
to say. Not read is what the slot model holds out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from textclean.punctuation.unquoted_words import QUOTABLE
from textclean.text.patterns import pattern
from textclean.text.words import all_words
from tools.command import Folders
from tools.training.corpus import ByPlace, read_registers
from tools.training.tables import grouped, write

#: A word seen more seldom may be anything.
LEAST_SEEN = 5
#: What is quoted so often, and in such a share of its places, is not plain; so many places are
#: added unquoted.
LEAST_QUOTED, LEAST_SHARE, STEADY = 2, 0.01, 20
_QUOTED = pattern("[“‘]([\u4e00-\u9fff]{2})[”’]")


def quotable(texts: Iterable[str]) -> Iterator[str]:
    """The words in common use that texts quote, or of which they say nothing, in order."""
    words = frozenset(all_words())
    seen: Counter[str] = Counter()
    quoted: Counter[str] = Counter()
    for text in texts:
        quoted.update(match.group(1) for match in _QUOTED.finditer(text))
        for first in (0, 1):
            pairs = (text[at : at + 2] for at in range(first, len(text) - 1, 2))
            seen.update(pair for pair in pairs if pair in words)
    for word in sorted(words):
        times = quoted[word]
        usual = times >= LEAST_QUOTED and times / (seen[word] + STEADY) >= LEAST_SHARE
        if usual or seen[word] < LEAST_SEEN:
            yield word


def run(folders: Folders, output: Path = QUOTABLE, split: ByPlace = "line") -> None:
    """Count over the folders given, and write the list."""
    registers = read_registers(folders, split)
    listed = quotable(register.slots + "\n" + register.pairs for register in registers)
    write(output, grouped(listed))
