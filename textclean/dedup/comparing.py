"""Candidate pairs, looked at closely: on their real shingles, then character by character.

The texts of a block of pairs are read again, and everything is done in arrays, by compiled loops
(`kernels.pairing`, `kernels.verdicts`) or without them (`kernels.uncompiled`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from operator import call
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup import documents, policy
from textclean.dedup.buffers import chunks
from textclean.dedup.documents import LONG
from textclean.dedup.fold import SHINGLE_SIZE
from textclean.dedup.folded_texts import CorpusView
from textclean.dedup.kernels import pairing, uncompiled
from textclean.dedup.kernels.decision import (
    BEFORE,
    BEHIND,
    COLUMNS,
    DAMAGE,
    FLAGS,
    NAMES,
    ONE_GOES,
    OTHER_GOES,
    OVERHANG,
    TWINS,
    WEAK_ONE,
    WEAK_OTHER,
    WITHIN,
)
from textclean.dedup.kernels.folding import Folds, places_of
from textclean.dedup.kernels.pairing import Pairs
from textclean.dedup.kernels.stages import COMPARING, COVERING
from textclean.dedup.kernels.verdicts import Judge

#: Two texts, by their indices, and the Jaccard similarity of their shingles.
PAIR = [("one", "i8"), ("other", "i8"), ("score", "f8")]
#: A text of which everything is said in another one, that other one, in what sense (`NEAR` to
#: `CARRIED`), the score of a removal, and whether the evidence for it is weak. Of parts besides:
#: how many folded characters of the other one it takes up; whether a number or a Latin word runs
#: across its end; whether it is the tail; whether it is a head that `policy.breaks_off`, found out
#: only of those that might be titles.
EDGE = [
    *(("goes", "i8"), ("stays", "i8"), ("kind", "u1"), ("score", "f8"), ("weak", "?")),
    *(("length", "i8"), ("cut", "?"), ("tail", "?"), ("broken", "?")),
]
#: In what sense a text goes for another one, as numbers: see `records.RemovalKind`.
NEAR, CONTAINED, CARRIED = 1, 2, 3

# The share of its shingles that a part has in common with what it is a part of.
_HELD = 0.6
#: Above this many folded characters paragraphs, too, are compared as documents.
MAX_ALIGNED = 2000
# Texts that have so little in common are no formula.
_FORMULA = 0.5
# Pairs that are compared together, and characters of theirs. Many at a time, because what is not
# compiled runs under the interpreter's lock, which threads would hand to and fro; in characters at
# least the last. Of texts on disk a quarter: a character takes 16 bytes or so meanwhile.
_PAIRS, _CHARACTERS, _LITTLE = 1 << 14, 1 << 22, 1 << 18


class PairVerdicts(NamedTuple):
    """The verdicts on candidate pairs: arrays, as there may be millions."""

    #: Rows of `EDGE`.
    edges: NDArray[np.void]
    #: Rows of `PAIR`: texts as alike that differ in numbers beside other small things.
    twins: NDArray[np.void]
    #: Rows of `PAIR`: texts as alike that perhaps differ in names alone (`verify.differ_in_names`).
    names: NDArray[np.void]
    #: Rows of `PAIR`: texts in much the same words that say something else.
    unlike: NDArray[np.void]

    @classmethod
    def none(cls) -> PairVerdicts:
        """No pairs."""
        return cls(*(np.zeros(0, kind) for kind in (EDGE, PAIR, PAIR, PAIR)))

    @classmethod
    def joined(cls, parts: Iterable[Iterable[NDArray[Any]]]) -> PairVerdicts:
        """Those of several sets of pairs, one at least, in order."""
        return cls(*map(np.concatenate, zip(*parts, strict=True)))


def damaged_share(threshold: float) -> int:
    """The share of a text, in thousandths, up to which it may be damaged: a sixth at 0.7.

    A copy of which every third character is wrong has no shingle left; the threshold says how near
    to that a copy may be.
    """
    return int(1000 * (1 - threshold) / 1.8)


def floor(threshold: float) -> float:
    """The similarity below which no pair is looked at, unless one is part of the other.

    A lone wrong character spoils three shingles of either text, so a share of m leaves
    ``(1 - 3m) / (1 + 3m)``, and where characters are lost and added, too, hardly less: 0.4 at the
    threshold of 0.7.
    """
    spoilt = SHINGLE_SIZE * damaged_share(threshold) / 1200
    return max(0.1, (1 - spoilt) / (1 + spoilt))


def compare(
    view: CorpusView, codes: NDArray[np.uint64], cut: Pairs | None, threshold: float
) -> PairVerdicts:
    """Which candidate pairs are near copies, twins, or part and whole.

    Args:
        codes: the pairs, the lower number above the higher in one integer, sorted.
        cut: numbers of texts that are the head or tail of another one, and of those others; None:
            parts are not looked for.
    """
    lengths, of = view.lengths, view.documents
    firsts, seconds = pair_numbers(codes)
    ones, others = lengths[firsts], lengths[seconds]
    # Of lengths too different for the similarity, only a part and its whole are of interest.
    worth = np.minimum(ones, others) >= 0.9 * floor(threshold) * np.maximum(ones, others)
    if cut is not None:
        worth |= of[firsts] == of[seconds]
    else:
        worth |= np.minimum(ones, others) >= policy.TITLE
    firsts, seconds = _shorter_first(view, firsts[worth], seconds[worth])
    parts, wholes = cut or (firsts[:0], firsts[:0])
    compiled = COMPARING.runs_compiled(len(firsts) + len(parts))
    if compiled and view.texts.pool.size > 1:
        COMPARING.wait(meanwhile=lambda: None)
    comparison = _Comparison.of(view, threshold, firsts, compiled, contained=cut is not None)

    def look(block: range) -> PairVerdicts:
        here = slice(block.start, block.stop)
        return comparison.compare(firsts[here], seconds[here])

    def measure(block: range) -> PairVerdicts:
        return comparison.ends(parts[block.start : block.stop], wholes[block.start : block.stop])

    tasks = [partial(look, block) for block in _blocks(view, firsts, seconds)]
    tasks += [partial(measure, block) for block in _blocks(view, parts, wholes)]
    return PairVerdicts.joined([PairVerdicts.none(), *view.texts.pool.map(call, tasks)])


def compare_pairs(
    view: CorpusView, ones: Any, others: Any, threshold: float, *, contained: bool
) -> PairVerdicts:
    """The verdicts on some pairs that are given by their numbers."""
    shorter, longer = _shorter_first(view, ones, others)
    compiled = COMPARING.runs_compiled(len(shorter))
    comparison = _Comparison.of(view, threshold, shorter, compiled, contained=contained)

    def look(block: range) -> PairVerdicts:
        here = slice(block.start, block.stop)
        return comparison.compare(shorter[here], longer[here])

    rows = view.texts.pool.map(look, _blocks(view, shorter, longer))
    return PairVerdicts.joined([PairVerdicts.none(), *rows])


def _blocks(
    view: CorpusView, ones: NDArray[np.int64], others: NDArray[np.int64]
) -> Iterator[range]:
    """Ranges of pairs to compare together, about as much for each thread."""
    sizes = view.lengths[ones] + view.lengths[others]
    share = int(sizes.sum()) // view.texts.pool.size + int(sizes.max(initial=0))
    most = _CHARACTERS // 4 if view.texts.texts.on_disk else _CHARACTERS
    return chunks(sizes, _PAIRS, min(max(share, _LITTLE), most))


def pair_codes(ones: NDArray[Any], others: NDArray[Any]) -> NDArray[np.uint64]:
    """Pairs of numbers as one integer each, the lower above the higher."""
    lower, higher = np.minimum(ones, others), np.maximum(ones, others)
    codes: NDArray[np.uint64] = lower.astype(np.uint64) << np.uint64(32) | higher.astype(np.uint64)
    return codes


def pair_numbers(codes: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The lower and the higher number of each of `pair_codes`."""
    higher = codes & np.uint64(0xFFFFFFFF)
    return (codes >> np.uint64(32)).astype(np.int64), higher.astype(np.int64)


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


def _shorter_first(
    view: CorpusView, firsts: NDArray[np.int64], seconds: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The shorter text of each pair first; of two as long, whichever, but always the same."""
    one, other = view.lengths[firsts], view.lengths[seconds]
    swap = one > other
    swap |= (one == other) & (view.digests[firsts] > view.digests[seconds])
    return np.where(swap, seconds, firsts), np.where(swap, firsts, seconds)


class _Comparison(NamedTuple):
    """How the pairs of one search are compared; the shorter text of a pair comes first."""

    view: CorpusView
    threshold: float
    #: Whether parts are looked for among the candidates.
    contained: bool
    #: Whether by compiled loops, and documents, too.
    compiled: bool
    covering: bool

    @classmethod
    def of(
        cls, view: CorpusView, threshold: float, shorter: Any, compiled: bool, *, contained: bool
    ) -> _Comparison:
        """How to compare pairs, given the shorter text of each."""
        long = MAX_ALIGNED + 1 if contained else LONG
        documents = int((view.lengths[shorter] >= long).sum())
        covering = documents > 0 and COVERING.runs_compiled(documents)
        if covering and view.texts.pool.size > 1:
            COVERING.wait(meanwhile=lambda: None)
        return cls(view, threshold, contained, compiled, covering)

    def compare(self, shorter: Any, longer: Any) -> PairVerdicts:
        """The verdicts on some pairs, given the numbers of both texts."""
        at, of = self.view.at, self.view.documents
        least = floor(self.threshold)
        read = _Read.of(self.view, shorter, longer)
        shingles = (pairing.Shingles if self.compiled else uncompiled.Shingles).of(read.folds)
        ones, others = shingles.sizes[read.ones], shingles.sizes[read.others]
        enough = least / (1 + least) * (ones + others)
        local = of[shorter] == of[longer]
        if not self.contained:
            local = self.view.lengths[shorter] >= policy.TITLE
        if local.any():
            enough = np.where(local, np.minimum(enough, _HELD * np.minimum(ones, others)), enough)
        common = shingles.common((read.ones, read.others), np.floor(enough).astype(np.int64))
        similarity = common / np.maximum(ones + others - common, 1)
        likely = np.flatnonzero((common > 0) & (common >= np.floor(enough)))
        least = MAX_ALIGNED + 1 if self.contained else LONG
        long = self.view.lengths[shorter[likely]] >= least
        whole = self.documents(read, shorter, longer, likely[long], similarity)
        likely = likely[~long]
        judge = Judge(read.folds, damaged_share(self.threshold), self.compiled)
        verdicts = judge.verdicts((read.ones[likely], read.others[likely]))
        flags, similarity, local = verdicts[:, FLAGS], similarity[likely], local[likely]
        shorter, longer = shorter[likely], longer[likely]
        read = read._replace(ones=read.ones[likely], others=read.others[likely])
        similar = similarity >= self.threshold

        def pairs_at(places: Any) -> NDArray[np.void]:
            return _rows(PAIR, at[shorter[places]], at[longer[places]], similarity[places])

        judged = PairVerdicts(
            edges=self.edges(read, shorter, longer, verdicts, similarity, local),
            twins=pairs_at((flags == TWINS) & similar),
            names=pairs_at((flags == NAMES) & similar),
            unlike=pairs_at(
                (flags & (ONE_GOES | OTHER_GOES | TWINS) == 0) & (similarity >= _FORMULA)
            ),
        )
        return PairVerdicts.joined([judged, whole])

    def documents(
        self, read: _Read, shorter: Any, longer: Any, places: Any, similarity: Any
    ) -> PairVerdicts:
        """The verdicts on pairs of long texts, which `documents` compares.

        Args:
            places: which of the pairs.
        """
        if not len(places):
            return PairVerdicts.none()
        at, folds, damage = self.view.at, read.folds, damaged_share(self.threshold)
        members = np.unique(np.concatenate([shorter[places], longer[places]]))
        texts = dict(zip(members.tolist(), self.view.texts.texts.strings(at[members]), strict=True))
        shared = None if self.contained else self.view.shared_lines(LONG)
        boilerplate: dict[int, NDArray[np.bool_] | None] = {}
        edges: list[tuple[Any, ...]] = []
        twins: list[tuple[int, int, float]] = []
        for place in places.tolist():
            pair = (int(shorter[place]), int(longer[place]))
            sides = [
                (folds.codes[begin:end], folds.marks[begin:end])
                for number in (read.ones[place], read.others[place])
                for begin, end in [(folds.begins[number], folds.ends[number])]
            ]
            alike = float(similarity[place])
            goes = []
            for one in range(2):
                skipped = None
                if shared is not None:
                    number = pair[one]
                    if number not in boilerplate:
                        boilerplate[number] = documents.boilerplate_of(
                            texts[number], shared, len(sides[one][0])
                        )
                    skipped = boilerplate[number]
                found = documents.cover(sides[one], sides[1 - one], skipped, compiled=self.covering)
                kind = documents.differ(found, damage)
                share = found.share
                if kind == TWINS and share >= self.threshold and not one:
                    twins.append((int(at[pair[0]]), int(at[pair[1]]), alike))
                if kind:
                    continue
                most = 0.0
                if not self.contained:
                    most = documents.may_lose(found.counted, self.threshold)
                if found.lost <= max(OVERHANG, most):
                    goes.append((pair[one], pair[1 - one], share))
            for goer, stayer, share in goes:
                near = alike >= self.threshold
                kind = NEAR if near else CONTAINED
                score = alike if near else share
                length = int(self.view.lengths[goer])
                row = (int(at[goer]), int(at[stayer]), kind, score, False, length)
                edges.append((*row, False, False, False))
        return PairVerdicts.none()._replace(
            edges=np.array(edges, EDGE), twins=np.array(twins, PAIR)
        )

    def edges(
        self, read: _Read, shorter: Any, longer: Any, verdicts: Any, similarity: Any, local: Any
    ) -> NDArray[np.void]:
        """Which texts of some pairs may go for the other one."""
        at, lengths = self.view.at, self.view.lengths
        flags, over = verdicts[:, FLAGS], verdicts[:, BEFORE] + verdicts[:, BEHIND]
        inside = over > OVERHANG
        goes = (flags & ONE_GOES != 0) & (~inside | local)
        there = np.flatnonzero(goes)
        kind = np.where(inside, CONTAINED, np.where(verdicts[:, WITHIN] > 0, CARRIED, NEAR))
        share = 1 - verdicts[:, DAMAGE] / np.maximum(lengths[shorter], 1)
        score = np.where(inside | (kind == CARRIED), np.clip(share, 0, 1), similarity)
        length = lengths[longer] - over
        cut, tail, broken = self._ends(read, verdicts, there)
        rows = _rows(
            EDGE, at[shorter[there]], at[longer[there]], kind[there], score[there],
            flags[there] & WEAK_ONE != 0, length[there], cut, tail, broken,
        )  # fmt: skip
        back = np.flatnonzero(flags & OTHER_GOES)
        nothing = np.zeros(len(back), np.bool_)
        others = _rows(
            EDGE, at[longer[back]], at[shorter[back]], np.full(len(back), NEAR), similarity[back],
            flags[back] & WEAK_OTHER != 0, length[back], nothing, nothing, nothing,
        )  # fmt: skip
        return np.concatenate([rows, others])

    def ends(self, part: Any, whole: Any) -> PairVerdicts:
        """The edges of texts that begin or end another one to the letter."""
        at = self.view.at
        read = _Read.of(self.view, part, whole)
        folds, ones, others = read
        sizes = folds.lengths[ones]
        verdicts = np.zeros((2 * len(part), COLUMNS), np.int64)
        heads, tails = verdicts[: len(part)], verdicts[len(part) :]
        heads[:, BEHIND] = tails[:, BEFORE] = folds.lengths[others] - sizes
        there = np.zeros((2, len(part)), np.bool_)
        fit = np.flatnonzero((folds.lengths[others] > sizes) & (sizes > 0))
        if len(fit):
            own = folds.codes[places_of(folds.begins[ones[fit]], sizes[fit])]
            opens = np.cumsum(sizes[fit]) - sizes[fit]
            begins, ends = folds.begins[others[fit]], folds.ends[others[fit]] - sizes[fit]
            for side, starts in enumerate((begins, ends)):
                same = folds.codes[places_of(starts, sizes[fit])] == own
                there[side, fit] = np.logical_and.reduceat(same, opens)
        twice = read._replace(ones=np.tile(ones, 2), others=np.tile(others, 2))
        places = np.flatnonzero(there.ravel())
        cut, tail, broken = self._ends(twice, verdicts, places)
        size = len(places)
        rows = _rows(
            EDGE, at[np.tile(part, 2)[places]], at[np.tile(whole, 2)[places]],
            np.full(size, CONTAINED), np.ones(size), np.zeros(size, np.bool_),
            np.tile(sizes, 2)[places], cut, tail, broken,
        )  # fmt: skip
        return PairVerdicts.none()._replace(edges=rows)

    def _ends(self, read: _Read, verdicts: Any, places: Any) -> tuple[Any, Any, Any]:
        """Of some parts, whether they are cut within a number or word; are a tail; break off."""
        folds = read.folds
        opens = folds.begins[read.others[places]] + verdicts[places, BEFORE]
        closes = folds.ends[read.others[places]] - verdicts[places, BEHIND]
        before, behind = verdicts[places, BEFORE] > 0, verdicts[places, BEHIND] > 0
        codes = folds.codes
        cut = np.zeros(len(places), np.bool_)
        for inner, edge in ((before, opens), (behind, closes)):
            at = np.where(inner, edge, 1)
            cut |= inner & _is_ascii_word(codes[at - 1]) & _is_ascii_word(codes[at])
        broken = np.zeros(len(places), np.bool_)
        maybe = behind & ~cut & (closes - opens > 1) & (closes - opens < policy.TITLE)
        for place in np.flatnonzero(maybe).tolist():
            end = closes[place]
            last = min(end + 2, folds.ends[read.others[places[place]]])
            around = "".join(map(chr, codes[end - 2 : last].tolist()))
            broken[place] = policy.breaks_off(around[:2], around[2:])
        return cut, before & ~behind, broken


def _rows(kind: list[tuple[str, str]], *columns: Any) -> NDArray[np.void]:
    rows = np.empty(len(columns[0]), kind)
    for (name, _), column in zip(kind, columns, strict=True):
        rows[name] = column
    return rows


def _is_ascii_word(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Of folded characters whether they are ASCII letters or digits, and so may run on."""
    return ((codes >= 0x30) & (codes <= 0x39)) | ((codes >= 0x61) & (codes <= 0x7A))
