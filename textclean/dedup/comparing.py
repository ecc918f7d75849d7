"""Candidate pairs, looked at closely: on their real shingles, then character by character.

The texts of a block of pairs are read again, and everything is done in arrays, by compiled loops
(`kernels.pairing`, `kernels.verdicts`) or without them (`kernels.uncompiled`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from operator import call
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup import policy, verify
from textclean.dedup.buffers import chunks
from textclean.dedup.fold import SHINGLE_SIZE
from textclean.dedup.folded_texts import CorpusView
from textclean.dedup.kernels import aligning, pairing, uncompiled
from textclean.dedup.kernels.folding import Folds
from textclean.dedup.kernels.pairing import Pairs
from textclean.dedup.kernels.stages import COMPARING
from textclean.dedup.kernels.verdicts import Judge
from textclean.dedup.verify import Verdict

#: Two texts, by their indices, and the Jaccard similarity of their shingles.
PAIR = [("one", "i8"), ("other", "i8"), ("score", "f8")]
#: A text that is the head or the tail of another one; how many folded characters of the other it
#: takes up; how much of it is there, 1 if all of it; whether a number or a Latin word runs across
#: its end; whether it is the tail; whether it is a head that `policy.breaks_off`, found
#: out only of those that might be titles.
PART = [
    *(("part", "i8"), ("whole", "i8"), ("length", "i8")),
    *(("share", "f8"), ("cut", "?"), ("tail", "?"), ("broken", "?")),
]

# Characters that a copy may lack at an end beside misread ones. What is longer by less than the
# share of it, or that many, has another one as its head or tail only if nearly all of it is there.
_OVERHANG = 2
_MORE_SHARE, _MORE = 0.1, 24
_NEARLY_ALL = 0.8
# Pairs that are compared together, and characters of theirs. Many at a time, because what is not
# compiled runs under the interpreter's lock, which threads would hand to and fro; in characters at
# least the last.
_PAIRS, _CHARACTERS, _LITTLE = 1 << 14, 1 << 22, 1 << 18


class PairVerdicts(NamedTuple):
    """The verdicts on candidate pairs: arrays, as there may be millions. The first four have rows
    of `PAIR`.
    """

    copies: NDArray[np.void]
    #: As `copies`, but that a number differs in a digit, which may be a misread one.
    likely: NDArray[np.void]
    #: Texts as alike that differ in values beside other small things.
    twins: NDArray[np.void]
    #: Texts as alike that differ in names alone.
    names: NDArray[np.void]
    #: Rows of `PART`.
    parts: NDArray[np.void]

    @classmethod
    def none(cls) -> PairVerdicts:
        """No pairs."""
        return cls(*(np.zeros(0, kind) for kind in (PAIR, PAIR, PAIR, PAIR, PART)))


def misread_share(threshold: float) -> float:
    """The share of misread characters up to which a copy is looked for: a ninth at 0.7.

    A copy of which every third character is misread has no shingle left; the threshold says how
    near to that a copy may be.
    """
    return (1 - threshold) / 2.7


def floor(threshold: float) -> float:
    """The similarity below which no pair is looked at.

    A lone misread character spoils three shingles of either text, so a share of m leaves
    ``(1 - 3m) / (1 + 3m)``: 0.5 at the threshold of 0.7.
    """
    spoilt = SHINGLE_SIZE * misread_share(threshold)
    return max(0.0, (1 - spoilt) / (1 + spoilt))


def compare(
    view: CorpusView, codes: NDArray[np.uint64], cut: Pairs | None, threshold: float
) -> PairVerdicts:
    """Which candidate pairs are near copies, twins, or part and whole.

    Args:
        codes: the pairs, the lower number above the higher in one integer, sorted.
        cut: numbers of texts that are the head or tail of another one, and of those others; None:
            parts are not looked for.
    """
    lengths, documents = view.lengths, view.documents
    firsts = (codes >> np.uint64(32)).astype(np.int64)
    seconds = (codes & np.uint64(0xFFFFFFFF)).astype(np.int64)
    ones, others = lengths[firsts], lengths[seconds]
    # Of lengths too different for the similarity, only a part and its whole are of interest.
    worth = np.minimum(ones, others) >= 0.9 * floor(threshold) * np.maximum(ones, others)
    if cut is not None:
        worth |= documents[firsts] == documents[seconds]
    firsts, seconds = firsts[worth], seconds[worth]
    parts, wholes = cut or (firsts[:0], firsts[:0])
    compiled = COMPARING.runs_compiled(len(firsts) + len(parts))
    if compiled and view.texts.pool.size > 1:
        COMPARING.wait(meanwhile=aligning.compile_align)
    comparison = _Comparison(view, threshold, cut is not None, compiled)

    def look(block: range) -> PairVerdicts:
        here = slice(block.start, block.stop)
        return comparison.compare(firsts[here], seconds[here])

    def measure(block: range) -> PairVerdicts:
        part, whole = parts[block.start : block.stop], wholes[block.start : block.stop]
        rows = comparison.parts(_Read.of(view, part, whole), part, whole)
        return PairVerdicts.none()._replace(parts=rows)

    tasks = [partial(look, block) for block in _blocks(view, firsts, seconds)]
    tasks += [partial(measure, block) for block in _blocks(view, parts, wholes)]
    columns = zip(PairVerdicts.none(), *view.texts.pool.map(call, tasks), strict=True)
    return PairVerdicts(*map(np.concatenate, columns))


def _blocks(
    view: CorpusView, ones: NDArray[np.int64], others: NDArray[np.int64]
) -> Iterator[range]:
    """Ranges of pairs to compare together, about as much for each thread."""
    sizes = view.lengths[ones] + view.lengths[others]
    share = int(sizes.sum()) // view.texts.pool.size + int(sizes.max(initial=0))
    return chunks(sizes, _PAIRS, min(max(share, _LITTLE), _CHARACTERS))


def distinct(ordered: NDArray[Any]) -> NDArray[Any]:
    """The different ones of sorted integers."""
    return ordered[np.flatnonzero(np.diff(ordered, prepend=ordered[:1] ^ 1))]


class _Read(NamedTuple):
    """The folds of the texts of some pairs; `ones` and `others` say which belong to each pair."""

    folds: Folds
    ones: NDArray[np.int64]
    others: NDArray[np.int64]

    @classmethod
    def of(cls, view: CorpusView, first: Any, second: Any) -> _Read:
        members = distinct(np.sort(np.concatenate([first, second])))
        folds = view.texts.folds(view.at[members])
        return cls(folds, np.searchsorted(members, first), np.searchsorted(members, second))


class _Comparison(NamedTuple):
    """How the pairs of one search are compared."""

    view: CorpusView
    threshold: float
    #: Whether parts are looked for among the candidates.
    contained: bool
    #: Whether by compiled loops.
    compiled: bool

    def judge(self, folds: Folds) -> Judge:
        """What compares these folds."""
        return Judge(folds, misread_share(self.threshold), self.compiled)

    def compare(self, first: Any, second: Any) -> PairVerdicts:
        """The verdicts on some pairs, given the numbers of both texts."""
        _, at, lengths, documents, _ = self.view
        threshold, least = self.threshold, floor(self.threshold)
        read = _Read.of(self.view, first, second)
        folds, one, other = read
        shingles = (pairing if self.compiled else uncompiled).Shingles.of(folds)
        ones, others = shingles.sizes[one], shingles.sizes[other]
        enough = least / (1 + least) * (ones + others)
        parts = hardly = np.zeros(len(first), np.bool_)
        if self.contained:
            longer = np.maximum(lengths[first], lengths[second])
            more = np.abs(lengths[first] - lengths[second])
            hardly = more < np.minimum(_MORE_SHARE * longer, _MORE)
            parts = (more > _OVERHANG) & (documents[first] == documents[second])
            fewest = np.minimum(enough, threshold * np.minimum(ones, others))
            enough = np.where(parts, fewest, enough)
        common = shingles.common((one, other), np.floor(enough).astype(np.int64))
        similarity = common / (ones + others - common)
        alike = np.flatnonzero(similarity >= least)
        similar = similarity[alike] >= threshold
        judged = self.judge(folds).verdicts((one[alike], other[alike]), similar)
        replaced = alike[judged == Verdict.REPLACED]
        differ = (
            verify.differ_in_names(folds.text(one[i]), folds.text(other[i])) for i in replaced
        )
        there = common / np.minimum(ones, others)
        parts &= there >= np.where(hardly, max(threshold, _NEARLY_ALL), threshold)
        # What is no copy may still be a part, however alike the two are.
        parts[alike[(judged != Verdict.DIFFERENT) & (judged != Verdict.REPLACED)]] = False
        inside = np.flatnonzero(parts)
        swap = lengths[first[inside]] > lengths[second[inside]]
        smaller = np.where(swap, second[inside], first[inside])
        larger = np.where(swap, first[inside], second[inside])
        held = read._replace(
            ones=np.where(swap, other[inside], one[inside]),
            others=np.where(swap, one[inside], other[inside]),
        )
        one_of, other_of = at[first], at[second]

        def pairs_at(places: Any) -> NDArray[np.void]:
            return _rows(PAIR, one_of[places], other_of[places], similarity[places])

        return PairVerdicts(
            copies=pairs_at(alike[judged == Verdict.COPY]),
            likely=pairs_at(alike[judged == Verdict.LIKELY]),
            twins=pairs_at(alike[(judged == Verdict.TWINS) & similar]),
            names=pairs_at(replaced[np.fromiter(differ, np.bool_, len(replaced))]),
            parts=self.parts(held, smaller, larger),
        )

    def parts(self, read: _Read, part: Any, whole: Any) -> NDArray[np.void]:
        """Which of the shorter texts of some pairs are parts of the longer ones."""
        at, (folds, ones, others) = self.view.at, read
        pieces = self.judge(folds).pieces((ones, others))
        pairs, sides = np.nonzero(pieces[:, :, 1] >= 0)
        sizes, shares = pieces[pairs, sides].T
        tail = sides == 1
        # The two characters between which the whole was cut.
        opens, closes = folds.begins[others[pairs]], folds.ends[others[pairs]]
        length = sizes.astype(np.int64)
        before = np.where(tail, closes - length - 1, opens + length - 1)
        inside = length < closes - opens
        before[~inside] = 0
        after = np.where(inside, before + 1, 0)
        cut = inside & _is_ascii_word(folds.codes[before]) & _is_ascii_word(folds.codes[after])
        broken = np.zeros(len(cut), np.bool_)
        maybe = inside & ~tail & ~cut & (length > 1) & (length < policy.TITLE)
        for place in np.flatnonzero(maybe).tolist():
            at_end = min(before[place] + 3, closes[place])
            around = "".join(map(chr, folds.codes[before[place] - 1 : at_end].tolist()))
            broken[place] = policy.breaks_off(around[:2], around[2:])
        return _rows(PART, at[part[pairs]], at[whole[pairs]], length, shares, cut, tail, broken)


def _rows(kind: list[tuple[str, str]], *columns: Any) -> NDArray[np.void]:
    rows = np.empty(len(columns[0]), kind)
    for (name, _), column in zip(kind, columns, strict=True):
        rows[name] = column
    return rows


def _is_ascii_word(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Of folded characters whether they are ASCII letters or digits, and so may run on."""
    return ((codes >= 0x30) & (codes <= 0x39)) | ((codes >= 0x61) & (codes <= 0x7A))
