"""Candidates for ``textclean/quantities/data/idioms.txt``: words in which a numeral is fixed.

    pip download --no-deps --no-binary :all: jieba==0.42.1

Where a numeral counts, it varies: 三个部门, 五个部门, 十二个部门. Where it belongs to a word, it
does not: 一体化. So for every run of characters around a numeral are printed its count, the share
that it has among the same runs with any other numeral in its place, the entropy of what stands
before and after (a word is free on both sides), and the pointwise mutual information of its least
tied cut.

A dictionary's words are printed with them, whatever their statistics, if the text has them.

The lexicon is chosen from the candidates by reading, not by a threshold; ``+`` marks what it has.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from textclean.quantities import idioms
from tools.command import Folders
from tools.training.corpus import OfEachFile, files, stripped_text
from tools.training.tables import Dictionary, jieba_words

NUMERALS = "〇零一二两三四五六七八九十百千万亿半几廿卅"
CLUSTER = re.compile(f"[{NUMERALS}]+")
RUN = re.compile("[\u4e00-\u9fff〇]+")
# Figures that a word ends or begins with (12345热线, G20峰会); figures alone are the grammar's.
FIGURES = re.compile("(?<![0-9.])[A-Za-z]?[0-9]{2,5}[\u4e00-\u9fff]{2}")

LENGTHS = range(2, 7)
# A run of up to three characters must be as frequent as this, a longer one as half of it.
COUNT = 24
# A run whose numeral is another one more often than this is a quantity.
SHARE = 0.55
# Bits of entropy on each side, below which the run is a piece of something longer.
ENTROPY = 0.9
# Bits; below, the run is two neighbours that met by chance.
INFORMATION = 1.5


class Candidate(NamedTuple):
    """A run of characters around a numeral, and what speaks for and against its being a word."""

    words: str
    number: int
    share: float
    before: float
    after: float
    information: float


def numeral_words(archive: Path) -> set[str]:
    """jieba's words that hold a numeral and something else."""
    return {
        word
        for word, _, _ in jieba_words(archive)
        if len(word) > 1 and CLUSTER.search(word) and not CLUSTER.fullmatch(word)
    }


def places(text: str) -> Iterator[tuple[str, int, int]]:
    """Each run of ideographs, with start and end of each group of numerals in it."""
    for run in RUN.finditer(text):
        for cluster in CLUSTER.finditer(run[0]):
            yield run[0], cluster.start(), cluster.end()


def around(run: str, start: int, end: int, length: int) -> Iterator[tuple[int, str]]:
    """The parts of a run that are so long and hold a group of numerals whole."""
    for left in range(max(0, end - length), start + 1):
        part = run[left : left + length]
        if len(part) == length and not (left and run[left - 1] == "第" and left == start):
            yield left, part


def entropy(neighbours: Counter[str]) -> float:
    """Bits; the edge of a sentence counts as a neighbour of its own at each time."""
    edges = neighbours.pop("", 0)
    total = sum(neighbours.values()) + edges
    bits = -sum(n / total * math.log2(n / total) for n in neighbours.values())
    return bits + (edges / total * math.log2(total) if edges else 0.0)


def candidates(texts: Iterable[str]) -> Iterator[Candidate]:
    """Runs that are frequent, tied inside and free outside, whose numeral does not vary."""
    spots = [spot for text in texts for spot in places(text)]
    single = Counter(character for run, _, _ in spots for character in run)
    total = sum(single.values())
    counts: Counter[str] = Counter()
    frequent: set[str] = set()
    for length in LENGTHS:
        found: Counter[str] = Counter()
        for run, start, end in spots:
            for _, part in around(run, start, end, length):
                if length == LENGTHS[0] or part[1:] in frequent or part[:-1] in frequent:
                    found[part] += 1
        frequent = {part for part, count in found.items() if count >= COUNT / 2}
        counts.update({part: count for part, count in found.items() if count >= 2})
    with_any_numeral: Counter[str] = Counter()
    forms = {part: CLUSTER.sub("#", part, count=1) for part in counts}
    for part, form in forms.items():
        with_any_numeral[form] += counts[part]
    chosen = {
        part
        for part, count in counts.items()
        if count >= (COUNT if len(part) < 4 else COUNT / 2)
        and not CLUSTER.fullmatch(part)
        and count >= SHARE * with_any_numeral[forms[part]]
    }
    before: defaultdict[str, Counter[str]] = defaultdict(Counter)
    after: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for run, start, end in spots:
        for length in LENGTHS:
            for left, part in around(run, start, end, length):
                if part in chosen:
                    before[part][run[left - 1 : left]] += 1
                    after[part][run[left + length : left + length + 1]] += 1
    for part in chosen:
        count = counts[part]
        # `counts` sees only what stands around numerals; what it has not, chance must say.
        by_chance = max(
            counts.get(part[:cut], single[part[0]]) * counts.get(part[cut:], single[part[-1]])
            for cut in range(1, len(part))
        )
        share = count / with_any_numeral[forms[part]]
        free = entropy(before[part]), entropy(after[part])
        yield Candidate(part, count, share, *free, math.log2(count * total / by_chance))


def run(folders: Folders, dictionary: Dictionary, characters: OfEachFile = 20_000_000) -> None:
    """Print the candidates, most frequent first."""
    texts = [stripped_text(path, characters) for path in files(folders)]
    known = {idiom.text for idiom in idioms.entries()}
    listed = numeral_words(dictionary)
    print("words\tcount\tshare\tbefore\tafter\tinformation\tdictionary\tlexicon")
    seen = set()
    for found in sorted(candidates(texts), key=lambda c: (-c.number, c.words)):
        in_dictionary = found.words in listed
        free = found.before >= ENTROPY and found.after >= ENTROPY
        if not in_dictionary and not (free and found.information >= INFORMATION):
            continue
        seen.add(found.words)
        print(
            f"{found.words}\t{found.number}\t{found.share:.2f}\t{found.before:.1f}\t"
            f"{found.after:.1f}\t{found.information:.1f}\t{'d' * in_dictionary}\t"
            f"{'+' * (found.words in known)}"
        )
    rest = Counter(
        run[left : left + length]
        for text in texts
        for run, start, end in places(text)
        for length in range(2, 9)
        for left in range(max(0, end - length), start + 1)
        if run[left : left + length] in listed and run[left : left + length] not in seen
    )
    figures = Counter(match[0] for text in texts for match in FIGURES.finditer(text))
    for source, mark in ((rest, "d"), (figures, "figures")):
        for words, count in sorted(source.items(), key=lambda pair: (-pair[1], pair[0])):
            if count >= (3 if mark == "d" else COUNT):
                print(f"{words}\t{count}\t\t\t\t\t{mark}\t{'+' * (words in known)}")
