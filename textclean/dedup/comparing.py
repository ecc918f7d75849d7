"""Candidate pairs, looked at closely: on their real shingles, then character by character.

The texts of a block of pairs are read again, and everything is done in arrays (`kernels.pairing`,
`kernels.judging`). One at a time are judged only pairs of very long texts, and those few that are
compared before the loops are compiled.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from operator import call
from typing import TYPE_CHECKING, Any, NamedTuple

from textclean.dedup import fallback as uncompiled
from textclean.dedup import names, policy, verify
from textclean.dedup.buffers import chunks
from textclean.dedup.folding import FoldedTexts
from textclean.dedup.pair_tables import PAIR, PART, Compared
from textclean.dedup.shingles import SHINGLE_SIZE
from textclean.dedup.thread_pool import Crew

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from textclean.dedup.kernels.folding import Folds
    from textclean.dedup.kernels.pairing import Pairs
    from textclean.dedup.kernels.precompile import Compiling

# Characters that a copy may lack at an end beside misread ones. What is longer by less than the
# share of it, or that many, has another one as its head or tail only if nearly all of it is there.
_OVERHANG = 2
_MORE_SHARE, _MORE = 0.1, 24
_NEARLY_ALL = 0.8
# Pairs that are compared together, and characters of theirs. Much at a time, because what is not
# done in compiled loops is done under the interpreter's lock, which threads would hand to and fro;
# so little is left to one.
_PAIRS, _CHARACTERS, _LITTLE = 1 << 14, 1 << 22, 1 << 18


class Searched(NamedTuple):
    """The texts that are searched: distinct folds, numbered from 0."""

    texts: FoldedTexts
    #: The index of each among all texts.
    at: NDArray[np.int64]
    #: Folded characters.
    lengths: NDArray[np.int64]
    #: The document that each belongs to.
    documents: NDArray[np.int64]


def misread_share(threshold: float) -> float:
    """The share of misread characters up to which a copy is looked for: a ninth at 0.7.

    A copy of which every third character is misread has no shingle left. In between the threshold
    says how much of that way a copy may have gone.
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
    searched: Searched,
    codes: NDArray[np.uint64],
    cut: Pairs | None,
    threshold: float,
    *,
    compiling: Compiling,
    crew: Crew,
) -> Compared:
    """Which candidate pairs are near copies, twins, or part and whole.

    Args:
        codes: the pairs, the lower number above the higher in one integer, sorted.
        cut: numbers of texts that are the head or tail of another one, and of those others; None:
            parts are not looked for.
        compiling: says whether the compiled loops are used.
    """
    import numpy as np

    _, _, lengths, documents = searched
    firsts = (codes >> np.uint64(32)).astype(np.int64)
    seconds = (codes & np.uint64(0xFFFFFFFF)).astype(np.int64)
    ones, others = lengths[firsts], lengths[seconds]
    # Of lengths too different for the similarity, only a part and its whole are of interest.
    worth = np.minimum(ones, others) >= 0.9 * floor(threshold) * np.maximum(ones, others)
    if cut is not None:
        worth |= documents[firsts] == documents[seconds]
    firsts, seconds = firsts[worth], seconds[worth]
    parts, wholes = cut or (firsts[:0], firsts[:0])
    compiled = compiling.may_compare(len(firsts) + len(parts))

    def look(block: range) -> Compared:
        here = slice(block.start, block.stop)
        return _compared(
            searched, firsts[here], seconds[here], threshold, cut is not None, compiled
        )

    def measure(block: range) -> Compared:
        here = slice(block.start, block.stop)
        part, whole = parts[here], wholes[here]
        read, misread = _Read.of(searched, part, whole), misread_share(threshold)
        found = _parts(searched, read, part, whole, misread, compiled)
        return Compared.nothing()._replace(parts=found)

    tasks = [partial(look, block) for block in _blocks(searched, firsts, seconds, crew)]
    tasks += [partial(measure, block) for block in _blocks(searched, parts, wholes, crew)]
    found = crew.each(call, tasks)
    return Compared(*map(np.concatenate, zip(Compared.nothing(), *found, strict=True)))


def _blocks(
    searched: Searched, ones: NDArray[np.int64], others: NDArray[np.int64], crew: Crew
) -> Iterator[range]:
    """Ranges of pairs to compare together, about as much for each thread."""
    sizes = searched.lengths[ones] + searched.lengths[others]
    share = int(sizes.sum()) // crew.size + int(sizes.max(initial=0))
    return chunks(sizes, _PAIRS, min(max(share, _LITTLE), _CHARACTERS))


def distinct(ordered: NDArray[Any]) -> NDArray[Any]:
    """The different ones of sorted integers."""
    import numpy as np

    return ordered[np.flatnonzero(np.diff(ordered, prepend=ordered[:1] ^ 1))]


class _Read(NamedTuple):
    """The folds of the texts of some pairs; `ones` and `others` say which belong to each pair."""

    folds: Folds
    ones: NDArray[np.int64]
    others: NDArray[np.int64]

    @classmethod
    def of(cls, searched: Searched, first: Any, second: Any) -> _Read:
        import numpy as np

        members = distinct(np.sort(np.concatenate([first, second])))
        folds = searched.texts.folds(searched.at[members])
        return cls(folds, np.searchsorted(members, first), np.searchsorted(members, second))


def _compared(
    searched: Searched, first: Any, second: Any, threshold: float, contained: bool, compiled: bool
) -> Compared:
    import numpy as np

    from textclean.dedup.kernels import edit_counts as counting
    from textclean.dedup.kernels import pairing
    from textclean.dedup.kernels import verdicts as judging

    _, at, lengths, documents = searched
    misread = misread_share(threshold)
    least = floor(threshold)
    read = _Read.of(searched, first, second)
    folds, one, other = read
    shingles = (pairing.Shingles if compiled else uncompiled.ShingleSets).of(folds)
    sizes = shingles.sizes
    ones, others = sizes[one], sizes[other]
    enough = least / (1 + least) * (ones + others)
    parts = hardly = np.zeros(len(first), np.bool_)
    if contained:
        longer = np.maximum(lengths[first], lengths[second])
        more = np.abs(lengths[first] - lengths[second])
        hardly = more < np.minimum(_MORE_SHARE * longer, _MORE)
        parts = (more > _OVERHANG) & (documents[first] == documents[second])
        enough = np.where(parts, np.minimum(enough, threshold * np.minimum(ones, others)), enough)
    needed = np.floor(enough).astype(np.int64)
    common = shingles.common((one, other), needed)
    similarity = common / (ones + others - common)
    alike = np.flatnonzero(similarity >= least)
    similar = similarity[alike] >= threshold
    pairs = one[alike], other[alike]
    verdicts = np.full(len(alike), counting.UNCLEAR, np.uint8)
    if compiled:
        verdicts = judging.judge_pairs(folds, pairs, similar, misread)
    for place in np.flatnonzero(verdicts == counting.UNCLEAR).tolist():
        pair = sorted(map(folds.text, (one[alike[place]], other[alike[place]])))
        verdict, doubtful = verify.weigh(*pair, similar=bool(similar[place]), misread=misread)
        verdicts[place] = judging.LIKELY if doubtful else judging.NUMBERED[verdict]
    copies = alike[verdicts == judging.COPY]
    likely = alike[verdicts == judging.LIKELY]
    twins = alike[(verdicts == counting.TWINS) & similar]
    replaced = alike[verdicts == judging.REPLACED]
    differ = (names.differ_in_names(folds.text(one[i]), folds.text(other[i])) for i in replaced)
    named = replaced[np.fromiter(differ, np.bool_, len(replaced))]
    there = common / np.minimum(ones, others)
    parts &= there >= np.where(hardly, max(threshold, _NEARLY_ALL), threshold)
    parts[alike[(verdicts != judging.DIFFERENT) & (verdicts != judging.REPLACED)]] = False
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

    return Compared(
        copies=pairs_at(copies),
        likely=pairs_at(likely),
        twins=pairs_at(twins),
        names=pairs_at(named),
        parts=_parts(searched, held, smaller, larger, misread, compiled),
    )


def _rows(kind: list[tuple[str, str]], *columns: Any) -> NDArray[np.void]:
    import numpy as np

    made = np.empty(len(columns[0]), kind)
    for (name, _), column in zip(kind, columns, strict=True):
        made[name] = column
    return made


def _parts(
    searched: Searched, read: _Read, part: Any, whole: Any, misread: float, compiled: bool
) -> NDArray[np.void]:
    """Which of the shorter texts of some pairs are parts of the longer ones."""
    import numpy as np

    from textclean.dedup.kernels import verdicts as judging

    at, (folds, ones, others) = searched.at, read
    if compiled:
        found = judging.find_pieces(folds, (ones, others), misread)
    else:
        found = judging.unclear_pieces(len(part))
    pairs, sides = np.nonzero(found[:, :, 1] >= 0)
    taken, shares = found[pairs, sides].T
    tail = sides == 1
    # The two characters between which the whole was cut.
    opens, closes = folds.begins[others[pairs]], folds.ends[others[pairs]]
    length = taken.astype(np.int64)
    before = np.where(tail, closes - length - 1, opens + length - 1)
    inside = length < closes - opens
    before[~inside] = 0
    after = np.where(inside, before + 1, 0)
    cut = inside & _runs_on(folds.codes[before]) & _runs_on(folds.codes[after])
    broken = np.zeros(len(cut), np.bool_)
    maybe = inside & ~tail & ~cut & (length > 1) & (length < policy.TITLE)
    for place in np.flatnonzero(maybe).tolist():
        at_end = min(before[place] + 3, closes[place])
        around = "".join(map(chr, folds.codes[before[place] - 1 : at_end].tolist()))
        broken[place] = policy.breaks_off(around[:2], around[2:])
    made = _rows(PART, at[part[pairs]], at[whole[pairs]], length, shares, cut, tail, broken)
    more = [
        (at[part[pair]], at[whole[pair]], *measures)
        for pair in np.flatnonzero(found[:, 0, 1] == judging.LONGER).tolist()
        for measures in measured(folds.text(ones[pair]), folds.text(others[pair]), misread)
    ]
    return np.append(made, np.array(more, PART)) if more else made


def measured(
    part: str, whole: str, misread: float
) -> Iterator[tuple[int, float, bool, bool, bool]]:
    """The rest of a row of `PART` for each piece of one fold that is another's head or tail."""
    for start, end, share in verify.pieces(part, whole, misread=misread):
        tail = start > 0
        before = start - 1 if tail else end - 1
        cut = (tail or end < len(whole)) and policy.runs_on(whole[before], whole[before + 1])
        broken = (
            not (tail or cut)
            and 1 < end < min(len(whole), policy.TITLE)
            and policy.breaks_off(whole[end - 2 : end], whole[end : end + 2])
        )
        yield end - start, share, cut, tail, broken


def _runs_on(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Of folded characters whether they are ASCII letters or digits."""
    return ((codes >= 0x30) & (codes <= 0x39)) | ((codes >= 0x61) & (codes <= 0x7A))
