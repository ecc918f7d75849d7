"""The candidate search: which few pairs of many texts are worth a closer look.

Every text is read twice in chunks, and chunks are worked on by threads:

- *survey*: a digest of each fold, its length, and whether the text is prose at first sight. Equal
  digests are grouped, so that only distinct folds go further.
- *search*: MinHash bands and winnowed anchors of each fold. Two folds that share a band, or an
  anchor that few others have, are compared on their real shingles, here, in arrays. Bands find
  copies that are alike throughout, anchors those that have longer pieces word for word: what is
  badly misread, cut off, or glued to something else.

What comes out holds the Jaccard similarity of each pair, and says nothing yet about copies: that
is for `verify`. All of it depends on the folds alone, not on their order, nor on threads or chunks.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from textclean.dedup.buffers import Texts, chunks
from textclean.dedup.packages import require
from textclean.dedup.shingles import SHINGLE_SIZE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Permutations in the signatures of the search.
PERMUTATIONS = 120
#: The share of pairs exactly at the threshold that the bands alone must find.
RECALL = 0.98
#: In a band that more folds share than this, each is paired with its nearest neighbours only.
MAX_BAND = 400
#: An anchor that more folds share than this is a formula, and is not followed.
MAX_ANCHOR = 16
#: Of the texts that one text is a head or tail of, so many are looked at, the longest first.
MAX_WHOLES = 16
#: A part that is not one to the letter is at most this share of its whole; longer ones are near.
LONGEST_PART = 0.9
_NEIGHBOURS = 30
# Anchors are paired in so many parts, so that no more than two of those are copied at once.
_PARTS = 16
#: Pairs that are verified together.
_BLOCK = 1 << 14
_SEED = 1

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


class Survey(NamedTuple):
    """What is known of each text after the first reading."""

    digests: NDArray[np.uint64]
    #: Equal for folds that are alike but for the values in them.
    skeletons: NDArray[np.uint64]
    #: Equal for folds that begin alike, and for folds that end alike.
    heads: NDArray[np.uint64]
    tails: NDArray[np.uint64]
    #: Folded characters.
    lengths: NDArray[np.int64]
    #: Prose at first sight; of the others that is still to be found out.
    plain: NDArray[np.bool_]


class Found(NamedTuple):
    """Pairs and groups worth a closer look; all numbers are indices of texts."""

    #: Two texts and the Jaccard similarity of their shingles.
    near: list[tuple[int, int, float]]
    #: A text that may be part of another one, and that other one.
    parts: list[tuple[int, int]]
    #: Texts that may be alike but for the values in them.
    forms: list[list[int]]


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


def band_rows(threshold: float) -> int:
    """Rows in a band: as many as keep `RECALL` at the threshold.

    A pair of similarity s shares at least one of b bands of r rows with probability
    ``1 - (1 - s**r)**b`` (Leskovec, Rajaraman and Ullman, *Mining of Massive Datasets*, §3.4).
    """
    best = 1
    for rows in range(1, PERMUTATIONS + 1):
        if 1 - (1 - threshold**rows) ** (PERMUTATIONS // rows) >= RECALL:
            best = rows
    return best


def survey(texts: Texts, min_part: int, threads: int | None = None) -> Survey:
    """Read all texts once.

    Args:
        min_part: how many folded characters make a head or a tail.

    Raises:
        MissingExtraError: numpy, numba, datasketch or rapidfuzz is not installed.
    """
    require()
    import numpy as np

    from textclean.dedup.kernels import folding, sketching

    count = len(texts)
    digests = np.empty((count, 4), np.uint64)
    lengths = np.empty(count, np.int64)
    plain = np.empty(count, np.bool_)

    def read(chunk: range) -> None:
        codes, starts = texts.codes(chunk)
        sketching.plain(codes, starts, plain[chunk.start : chunk.stop])
        folds, ends = folding.fold_texts(codes, starts)
        here = slice(chunk.start, chunk.stop)
        sketching.digests(folds, ends, _dropped(), min_part, digests[here])
        lengths[chunk.start : chunk.stop] = np.diff(ends)

    _each(read, chunks(texts.lengths()), threads)
    of_whole, skeletons, heads, tails = np.ascontiguousarray(digests.T)
    return Survey(of_whole, skeletons, heads, tails, lengths, plain)


def folds_of(
    texts: Texts, surveyed: Survey, indices: Iterable[int], threads: int | None = None
) -> dict[int, str]:
    """The folds of some texts, by their indices: `fold`, but many at a time."""
    import numpy as np

    from textclean.dedup.kernels import folding

    at = np.unique(np.fromiter(indices, np.int64))

    def read(chunk: range) -> list[tuple[int, str]]:
        here = at[chunk.start : chunk.stop]
        folds, starts = folding.fold_texts(*texts.codes(here))
        whole = folds.tobytes().decode("utf-32-le")
        bounds = zip(here.tolist(), starts[:-1].tolist(), starts[1:].tolist(), strict=True)
        return [(index, whole[start:end]) for index, start, end in bounds]

    return dict(chain.from_iterable(_each(read, chunks(surveyed.lengths[at]), threads)))


def search(
    texts: Texts,
    at: NDArray[np.int64],
    surveyed: Survey,
    documents: NDArray[np.int64],
    *,
    threshold: float,
    min_near: int,
    parts_of: NDArray[np.bool_] | None,
    min_part: int,
    threads: int | None = None,
) -> Found:
    """Look for pairs among distinct folds.

    Args:
        at: the indices of the texts to compare, sorted.
        documents: for each text, not only those in `at`, the document it belongs to.
        min_near: folded characters from which a text is sketched.
        parts_of: of each text in `at`, whether it may be a part of another; None if none may.
        min_part: folded characters from which a text may be a head or a tail.

    Warns:
        UserWarning: more than `MAX_BAND` folds share a band, so not all of its pairs are looked at.
    """
    import numpy as np

    digests = surveyed.digests[at]
    lengths = surveyed.lengths[at]
    wanted = None if parts_of is None else _Wanted.of(digests, parts_of & (lengths >= min_part))
    shared = _shared(surveyed.heads[at]) | _shared(surveyed.tails[at])
    sketched = _sketch(texts, at, lengths, threshold, min_near, wanted, min_part, shared, threads)
    codes = np.concatenate(
        [
            _banded(texts, at, digests, sketched, threads),
            _anchored(sketched.anchors, threads),
        ]
    )
    codes = np.unique(codes)
    contained = parts_of is not None
    near, inside = _verified(
        texts, at, documents, lengths, codes, threshold, contained=contained, threads=threads
    )
    if wanted is not None:
        inside += _cut_off(at, digests, lengths, documents, wanted, sketched.pieces)
    numbers = sketched.numbers
    alike = equal_groups(surveyed.skeletons[at[numbers]])
    forms = [at[numbers[group]].tolist() for group in alike]
    return Found(near, sorted(set(inside)), forms)


class _Sketched(NamedTuple):
    """What is kept of the texts that are long enough to be sketched."""

    #: Their numbers among those searched.
    numbers: NDArray[np.int64]
    #: A row of keys for each band.
    bands: NDArray[np.uint32]
    #: Anchors, packed with numbers among those searched: those of each chunk, sorted.
    anchors: list[NDArray[np.uint64]]
    #: Numbers of texts, and the digests of heads and tails of theirs that may be whole texts.
    pieces: tuple[NDArray[np.int64], NDArray[np.uint64]]


class _Wanted(NamedTuple):
    """The texts that may be heads or tails of others, by their digests."""

    #: Sorted, and the numbers of their texts.
    digests: NDArray[np.uint64]
    numbers: NDArray[np.int64]
    #: A bit for each digest, as `sketching.heads_and_tails` looks it up.
    bits: NDArray[np.uint8]
    shift: np.uint64

    @classmethod
    def of(cls, digests: NDArray[np.uint64], chosen: NDArray[np.bool_]) -> _Wanted:
        import numpy as np

        from textclean.dedup.kernels.sketching import GOLDEN

        numbers = np.flatnonzero(chosen)
        numbers = numbers[np.argsort(digests[numbers], kind="stable")]
        wanted = digests[numbers]
        size = max(13, (32 * len(numbers) + 1).bit_length())
        shift = np.uint64(64 - size)
        places = (wanted * GOLDEN) >> shift
        marked = np.zeros(1 << size, np.bool_)
        marked[places.astype(np.int64)] = True
        return cls(wanted, numbers, np.packbits(marked, bitorder="little"), shift)

    def know(self, named: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Which digests are among these. A bit is set for some that are not."""
        import numpy as np

        place = np.minimum(np.searchsorted(self.digests, named), len(self.digests) - 1)
        if not len(self.digests):
            return np.zeros(len(named), np.bool_)
        known: NDArray[np.bool_] = self.digests[place] == named
        return known


@cache
def permutations(count: int, seed: int) -> tuple[Any, Any]:
    """Multipliers and addends of datasketch's scheme ``affine32``."""
    from datasketch import MinHash

    multipliers, addends = MinHash(count, seed=seed, scheme="affine32").permutations
    return multipliers, addends


@cache
def _dropped() -> Any:
    """For each code point below 65,536 whether `verify.VALUE` may take it."""
    import numpy as np

    from textclean.dedup.verify import VALUE_CHARACTERS

    dropped = np.zeros(0x10000, np.bool_)
    dropped[[ord(character) for character in VALUE_CHARACTERS]] = True
    return dropped


def _sketch(
    texts: Texts,
    at: NDArray[np.int64],
    lengths: NDArray[np.int64],
    threshold: float,
    min_near: int,
    wanted: _Wanted | None,
    min_part: int,
    shared: NDArray[np.bool_],
    threads: int | None,
) -> _Sketched:
    import numpy as np

    from textclean.dedup.kernels import folding, sketching

    numbers = np.flatnonzero(lengths >= max(min_near, 1))
    rows = band_rows(threshold)
    multipliers, addends = permutations(PERMUTATIONS, _SEED)
    nothing = np.zeros(0, np.uint64)
    bands = np.empty((PERMUTATIONS // rows, len(numbers)), np.uint32)

    def sketch(chunk: range) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.uint64]]:
        here = slice(chunk.start, chunk.stop)
        codes, starts = texts.codes(at[numbers[here]])
        folds, ends = folding.fold_texts(codes, starts)
        signatures = sketching.signatures(folds, ends, SHINGLE_SIZE, multipliers, addends)
        sketching.band_keys(signatures, rows, bands[:, here])
        keys, owners = _growing(
            len(folds) // 3 + len(chunk),
            lambda keys, owners: sketching.anchors(folds, ends, keys, owners, ends[:0]),
        )
        anchors = _packed(keys, numbers[owners + chunk.start])
        anchors.sort()
        if wanted is None:
            return anchors, numbers[:0], nothing
        chosen = shared[numbers[here]]
        named, owners = _growing(
            len(folds) // 16,
            lambda keys, owners: sketching.heads_and_tails(
                folds, ends, chosen, wanted.bits, wanted.shift, min_part, keys, owners
            ),
            np.uint64,
        )
        known = wanted.know(named)
        return anchors, numbers[owners[known] + chunk.start], named[known]

    made = _each(sketch, chunks(lengths[numbers]), threads)
    owners = np.concatenate([numbers[:0], *(part for _, part, _ in made)])
    named = np.concatenate([nothing, *(part for _, _, part in made)])
    return _Sketched(numbers, bands, [part for part, _, _ in made], (owners, named))


def _growing(
    size: int, fill: Callable[..., int], kind: type[np.unsignedinteger[Any]] | None = None
) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Keys and their texts' numbers as `fill` writes them, in as much room as that takes."""
    import numpy as np

    size += 64
    while True:
        keys, owners = np.empty(size, kind or np.uint32), np.empty(size, np.int64)
        count = fill(keys, owners)
        if count >= 0:
            return keys[:count], owners[:count]
        size *= 2


def _banded(
    texts: Texts,
    at: NDArray[np.int64],
    digests: NDArray[np.uint64],
    sketched: _Sketched,
    threads: int | None,
) -> NDArray[np.uint64]:
    """The pairs that share a band, each as one integer."""
    import numpy as np

    from textclean.dedup.kernels import pairing

    numbers, bands = sketched.numbers, sketched.bands

    def pair(band: int) -> tuple[NDArray[np.uint64], tuple[int, int]]:
        packed = _packed(bands[band], numbers)
        packed.sort()
        total, longest = pairing.count_pairs(packed, MAX_BAND)
        pairs = np.empty(total, np.uint64)
        pairs = pairs[: pairing.write_pairs(packed, MAX_BAND, pairs)]
        if longest <= MAX_BAND:
            return pairs, (0, 0)
        # The next bands bring together those of the crowd that have still more in common.
        bounds = np.empty(2 * len(packed) // MAX_BAND + 2, np.int64)
        bounds = bounds[: pairing.crowded_runs(packed, MAX_BAND, bounds)]
        made = [pairs]
        largest = (0, 0)
        for start, stop in bounds.reshape(-1, 2).tolist():
            members = (packed[start:stop] & np.uint64(0xFFFFFFFF)).astype(np.int64)
            rows = np.searchsorted(numbers, members)
            order = [digests[members]]
            order += [bands[(band + step) % len(bands)][rows] for step in (3, 2, 1)]
            members = members[np.lexsort(order)]
            made += [
                _pair_codes(members[:-step], members[step:]) for step in range(1, _NEIGHBOURS + 1)
            ]
            first = int(members[np.argmin(digests[members])])
            largest = max(largest, (len(members), first))
        return np.concatenate(made), largest

    made = _each(pair, range(len(bands)), threads)
    size, first = max((crowd for _, crowd in made), default=(0, 0))
    if size:
        warnings.warn(
            f"{size} different texts look alike (among them {texts[int(at[first])][:40]!r}): each "
            f"is compared with {_NEIGHBOURS} of them, so near copies among them may stay",
            stacklevel=2,
        )
    return np.concatenate([np.zeros(0, np.uint64), *(np.unique(pairs) for pairs, _ in made)])


def _anchored(anchors: list[NDArray[np.uint64]], threads: int | None) -> NDArray[np.uint64]:
    """The pairs that share an anchor that no more than `MAX_ANCHOR` texts have."""
    import numpy as np

    from textclean.dedup.kernels import pairing

    bounds = np.arange(_PARTS + 1, dtype=np.float64) * 2.0**64 / _PARTS
    inner = bounds[1:-1].astype(np.uint64)
    cuts = [[0, *np.searchsorted(chunk, inner).tolist(), len(chunk)] for chunk in anchors]

    def pair(part: int) -> NDArray[np.uint64]:
        slices = (
            chunk[cut[part] : cut[part + 1]] for chunk, cut in zip(anchors, cuts, strict=True)
        )
        packed = np.concatenate([np.zeros(0, np.uint64), *slices])
        packed.sort()
        total, _ = pairing.count_pairs(packed, MAX_ANCHOR)
        pairs = np.empty(total, np.uint64)
        return np.unique(pairs[: pairing.write_pairs(packed, MAX_ANCHOR, pairs)])

    return np.concatenate(_each(pair, range(_PARTS), threads))


def _verified(
    texts: Texts,
    at: NDArray[np.int64],
    documents: NDArray[np.int64],
    lengths: NDArray[np.int64],
    codes: NDArray[np.uint64],
    threshold: float,
    *,
    contained: bool,
    threads: int | None,
) -> tuple[list[tuple[int, int, float]], list[tuple[int, int]]]:
    """The pairs that are alike enough to be looked at, and those of which one may hold the other.

    Both on the real shingles, by reading the texts again.
    """
    import numpy as np

    from textclean.dedup.kernels import distance, folding, pairing
    from textclean.dedup.verify import LOSS_SHARE, MAX_ALIGNED

    least = floor(threshold)
    misread = misread_share(threshold)
    firsts = (codes >> np.uint64(32)).astype(np.int64)
    seconds = (codes & np.uint64(0xFFFFFFFF)).astype(np.int64)
    ones, others = lengths[firsts], lengths[seconds]
    # Of lengths too different for the similarity, only a part and its whole are of interest.
    worth = np.minimum(ones, others) >= 0.9 * least * np.maximum(ones, others)
    if contained:
        worth |= documents[at[firsts]] == documents[at[seconds]]
    firsts, seconds = firsts[worth], seconds[worth]

    def verify(start: int) -> tuple[Any, Any, Any, Any]:
        first, second = firsts[start : start + _BLOCK], seconds[start : start + _BLOCK]
        members, places = np.unique(np.concatenate([first, second]), return_inverse=True)
        folds, starts = folding.fold_texts(*texts.codes(at[members]))
        shingles = np.empty(len(folds), np.uint64)
        ends = np.empty(len(starts), np.int64)
        pairing.distinct_shingles(folds, starts, SHINGLE_SIZE, shingles, ends)
        one, other = places[: len(first)], places[len(first) :]
        common = np.empty(len(first), np.int64)
        pairing.common_shingles(one, other, shingles, ends, common)
        sizes = np.diff(ends)
        union = sizes[one] + sizes[other] - common
        similarity = common / union
        alike = similarity >= least
        doubtful = np.flatnonzero(alike & (similarity < threshold))
        possible = np.empty(len(doubtful), np.bool_)
        distance.may_be_damage(
            folds, starts, one[doubtful], other[doubtful], misread, MAX_ALIGNED, False, possible
        )
        alike[doubtful] = possible
        inside = np.zeros(len(first), np.bool_)
        if contained:
            share = common / np.minimum(sizes[one], sizes[other])
            inside = (share >= threshold) & (similarity < threshold)
            lengths_of = lengths[first], lengths[second]
            inside &= np.minimum(*lengths_of) <= LONGEST_PART * np.maximum(*lengths_of)
            inside &= documents[at[first]] == documents[at[second]]
            doubtful = np.flatnonzero(inside)
            possible = np.empty(len(doubtful), np.bool_)
            distance.may_be_damage(
                folds,
                starts,
                one[doubtful],
                other[doubtful],
                LOSS_SHARE,
                MAX_ALIGNED,
                True,
                possible,
            )
            inside[doubtful] = possible
        return first[alike], second[alike], similarity[alike], (first[inside], second[inside])

    near: list[tuple[int, int, float]] = []
    parts: list[tuple[int, int]] = []
    for first, second, similarity, inside in _each(verify, range(0, len(firsts), _BLOCK), threads):
        near += zip(at[first].tolist(), at[second].tolist(), similarity.tolist(), strict=True)
        for one, other in zip(*(numbers.tolist() for numbers in inside), strict=True):
            part, whole = (one, other) if lengths[one] < lengths[other] else (other, one)
            parts.append((int(at[part]), int(at[whole])))
    return near, parts


def _cut_off(
    at: NDArray[np.int64],
    digests: NDArray[np.uint64],
    lengths: NDArray[np.int64],
    documents: NDArray[np.int64],
    wanted: _Wanted,
    pieces: tuple[NDArray[np.int64], NDArray[np.uint64]],
) -> list[tuple[int, int]]:
    """The texts that begin or end another one of their document, to the letter, and that one."""
    import numpy as np

    wholes, named = pieces
    place = np.searchsorted(wanted.digests, named)
    empty = np.zeros(0, np.int64)
    part_numbers, whole_numbers = [empty], [empty]
    # Short texts of several documents may share a digest: each of them is looked at.
    while len(place):
        place[place == len(wanted.digests)] = 0
        same = wanted.digests[place] == named
        wholes, named, place = wholes[same], named[same], place[same]
        part = wanted.numbers[place]
        fits = documents[at[part]] == documents[at[wholes]]
        part_numbers.append(part[fits])
        whole_numbers.append(wholes[fits])
        more = place + 1 < len(wanted.digests)
        wholes, named, place = wholes[more], named[more], place[more] + 1
    part, whole = np.concatenate(part_numbers), np.concatenate(whole_numbers)
    ranked = np.lexsort([digests[whole], -lengths[whole], part])
    part, whole = part[ranked], whole[ranked]
    opens = np.flatnonzero(np.diff(part, prepend=-1))
    rank = np.arange(len(part)) - np.repeat(opens, np.diff(np.append(opens, len(part))))
    few = rank < MAX_WHOLES
    return list(zip(at[part[few]].tolist(), at[whole[few]].tolist(), strict=True))


def _shared(keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which keys occur more than once."""
    import numpy as np

    ordered = np.sort(keys)
    several = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(several):
        return np.zeros(len(keys), np.bool_)
    place = np.minimum(np.searchsorted(several, keys), len(several) - 1)
    shared: NDArray[np.bool_] = several[place] == keys
    return shared


def equal_groups(keys: NDArray[np.uint64]) -> list[NDArray[np.int64]]:
    """The places of each key that occurs more than once, in order."""
    import numpy as np

    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    changes = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    starts = np.concatenate([[0], changes])
    ends = np.append(changes, len(keys))
    several = ends - starts > 1
    bounds = zip(starts[several].tolist(), ends[several].tolist(), strict=True)
    return [order[start:end] for start, end in bounds]


def _packed(keys: NDArray[np.uint32], numbers: NDArray[np.int64]) -> NDArray[np.uint64]:
    import numpy as np

    packed = keys.astype(np.uint64)
    packed <<= np.uint64(32)
    packed |= numbers.astype(np.uint64)
    return packed


def _pair_codes(ones: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.uint64]:
    import numpy as np

    lower, higher = np.minimum(ones, others), np.maximum(ones, others)
    return (lower.astype(np.uint64) << np.uint64(32)) | higher.astype(np.uint64)


def _each(
    work: Callable[[_Item], _Made], items: Iterable[_Item], threads: int | None
) -> list[_Made]:
    """`work` on each item, by threads; results in order."""
    jobs = list(items)
    threads = min(threads or os.cpu_count() or 1, len(jobs))
    if threads <= 1:
        return [work(job) for job in jobs]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, jobs))
