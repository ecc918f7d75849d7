"""Candidates: pairs of folds that share bands of their sketches, or rare anchors.

Bands find copies that are alike throughout (at the threshold of 0.7 there are 18, of three rows
each), anchors those that have longer pieces word for word: what is badly misread, cut off, or glued
to something else. Another way to find candidates belongs here: whatever it finds is verified.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from math import comb
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.config import Config
from textclean.dedup.buffers import chunks
from textclean.dedup.comparing import distinct, pair_codes
from textclean.dedup.crowds import warn, without
from textclean.dedup.fold import SHINGLE_SIZE
from textclean.dedup.folded_texts import CorpusView
from textclean.dedup.kernels import pairing, sketching
from textclean.dedup.kernels.pairing import Parts
from textclean.dedup.kernels.stages import SKETCHING
from textclean.dedup.prefix_suffix import PrefixIndex
from textclean.dedup.spill import PartStore, Rows
from textclean.dedup.steps import UNKEPT, Steps

#: Permutations in the signatures of the search.
PERMUTATIONS = 54
#: The bands and anchors that two texts share, together, from which they are compared. Of the pairs
#: of real news that share a single one, one in a thousand is a copy, a twin, or part and whole.
SHARED = 2
#: The share of pairs exactly at the threshold that the bands alone must find. Those that have two
#: dozen characters in a row in common are found by anchors besides. Badly misread copies lie below
#: the threshold: of those at 0.6 eighteen bands of three find 0.93.
RECALL = 0.97
#: In a band that more folds share than this, each is paired with its nearest neighbours only.
MAX_BAND = 64
#: An anchor that more folds share than this is a formula, and is not followed.
MAX_ANCHOR = 16
#: So many on either side, in an order in which those that are alike stand together.
NEIGHBOURS = 2
#: In so many bands the texts of a formula are paired with their neighbours, too, and in three times
#: as many they are members of a band at all.
FORMULA_BANDS = 2
# Anchors and pairs are worked on in parts of about so many, by some of their bits: a part stays in
# the processor's cache, and little is copied at once.
_PART = 1 << 17
# Pairs that share a band, for each text of a corpus of two million; most share it by chance.
_EXPECTED = 8
# From so many texts on bands are looked at one after another.
_MANY = 1 << 20
# Keys of a band that are looked at together, about.
_MANY_KEYS = 1 << 19
# Parts of anchors that are paired in one step, where what that finds is kept.
_ANCHORS = 32
# Where the key begins in a packed integer.
_KEY = 32
#: By which permutations are drawn.
SEED = 1


class Sketches(NamedTuple):
    """What is kept of the texts that are long enough to be sketched."""

    #: Their numbers among those searched.
    numbers: NDArray[Any]
    #: A row of keys for each band.
    bands: Rows
    #: Anchors, packed with numbers among those searched, by parts.
    anchors: PartStore
    #: Numbers of texts, and the digests of heads and tails of theirs that may be whole texts.
    pieces: tuple[NDArray[np.int64], NDArray[np.uint64]]


@cache
def band_rows(threshold: float) -> int:
    """Rows in a band: as many as keep `RECALL` at the threshold.

    A pair of similarity s shares each of b bands of r rows with probability ``s**r`` (Leskovec,
    Rajaraman and Ullman, *Mining of Massive Datasets*, §3.4), independently, and must share
    `SHARED` of them.
    """
    best = 1
    for rows in range(1, PERMUTATIONS // SHARED + 1):
        bands, alike = PERMUTATIONS // rows, threshold**rows
        fewer = sum(
            comb(bands, count) * alike**count * (1 - alike) ** (bands - count)
            for count in range(SHARED)
        )
        if 1 - fewer >= RECALL:
            best = rows
    return best


def sketch(
    view: CorpusView,
    numbers: NDArray[Any],
    config: Config,
    index: PrefixIndex | None,
    shared: NDArray[np.uint8] | None,
    steps: Steps = UNKEPT,
) -> Sketches:
    """Sketch some texts.

    Args:
        numbers: those of the texts.
        index: the texts that may be heads or tails of others, ``config.min_copy`` folded
            characters or longer; None: none may.
        shared: of each text whether it begins (bit 0) or ends (bit 1) like another one.
        steps: where the sketches of some texts at a time are kept.
    """
    texts, lengths = view.texts, view.lengths
    if texts.pool.size > 1:
        SKETCHING.wait(meanwhile=lambda: pairing.pairs_of(np.zeros(2, np.uint64), 2))
    if index is None and steps.earlier is not None:
        known = _sketched_earlier(view, numbers, steps.earlier)
        if known is not None:
            return known
    rows = band_rows(config.threshold)
    nothing = np.zeros(0, np.uint64)
    place: Any = {"on_disk": texts.texts.on_disk, "folder": texts.texts.folder}
    bands = Rows(PERMUTATIONS // rows, len(numbers), **place)
    anchors = PartStore(**place)
    parts = _parts_of(int(lengths[numbers].sum()) // sketching.WINDOW * 2)
    drawn = _Drawn(view, numbers, config.min_copy, index, shared, rows, parts)
    if steps.together is None:
        done = drawn.sketch(range(len(numbers)), bands, anchors)
    else:
        done = []
        for number, part in enumerate(steps.parts(len(numbers))):
            steps.tell("sketching", part.start, len(numbers), "texts")

            def sketch_part(part: range = part) -> list[NDArray[Any]]:
                of_part, store = Rows(len(bands), len(part)), PartStore()
                found = drawn.sketch(part, of_part, store)
                joined = [store.joined(each) for each in range(parts)]
                bounds = np.cumsum([0, *map(len, joined)])
                owners = np.concatenate([numbers[:0], *(owner for owner, _ in found)])
                named = np.concatenate([nothing, *(name for _, name in found)])
                return [of_part.table.ravel(), np.concatenate(joined), bounds, owners, named]

            keys, packed, bounds, *pieces = steps.take(f"sketches-{number:05}", sketch_part)
            bands.attach(part, keys)
            anchors.attach(packed, bounds.read())
            done.append((pieces[0].read(), pieces[1].read()))
        steps.take("sketches-of", lambda: [numbers, view.at[numbers]])
    owners = np.concatenate([numbers[:0], *(part for part, _ in done)])
    named = np.concatenate([nothing, *(part for _, part in done)])
    return Sketches(numbers, bands, anchors, (owners, named))


def _sketched_earlier(view: CorpusView, numbers: NDArray[Any], steps: Steps) -> Sketches | None:
    """The sketches that an earlier search made of the same texts; None if it did not of all.

    Args:
        numbers: those of the texts, in this search.
        steps: those of the earlier one.
    """
    of = steps.known("sketches-of")
    if of is None:
        return None
    before, at = (each.read() for each in of)
    columns = np.searchsorted(at, view.at[numbers])
    if not len(numbers) or columns[-1] >= len(at) or (at[columns] != view.at[numbers]).any():
        return None
    parts = list(steps.parts(len(before)))
    kept = [steps.known(f"sketches-{number:05}") for number in range(len(parts))]
    bands: Rows | None = None
    anchors = PartStore()
    for part, found in zip(parts, kept, strict=True):
        if found is None:
            return None
        keys, packed, bounds = found[:3]
        bands = bands or Rows(len(keys) // len(part), len(before))
        bands.attach(part, keys)
        anchors.attach(packed, bounds.read())
    assert bands is not None
    bands.choose(columns)
    instead = np.full(int(before[-1]) + 1, -1, np.int32)
    instead[before[columns]] = numbers
    anchors.renumber(instead)
    return Sketches(numbers, bands, anchors, (numbers[:0], np.zeros(0, np.uint64)))


class _Drawn(NamedTuple):
    """How texts are sketched; as of `sketch`, with rows in a band and parts of anchors."""

    view: CorpusView
    numbers: NDArray[Any]
    min_copy: int
    prefixes: PrefixIndex | None
    shared: NDArray[np.uint8] | None
    rows: int
    parts: int

    def sketch(
        self, part: range, bands: Rows, anchors: PartStore
    ) -> list[tuple[NDArray[np.int64], NDArray[np.uint64]]]:
        """Sketch some texts that follow one another: their heads and tails, as `Sketches` has them.

        Args:
            part: their places among the numbers.
            bands, anchors: what they have goes there, by place in the part.
        """
        view, prefixes, shared = self.view, self.prefixes, self.shared
        numbers = self.numbers[part.start : part.stop]
        multipliers, addends = sketching.permutations(PERMUTATIONS, SEED)
        nothing = np.zeros(0, np.uint64)

        def work(chunk: range) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
            here = numbers[chunk.start : chunk.stop]
            folds = view.texts.folds(view.at[here])
            signatures = sketching.signatures(folds, SHINGLE_SIZE, multipliers, addends)
            bands.put(chunk, sketching.band_keys(signatures, self.rows))
            packed = sketching.anchors(folds, here.astype(np.int64))[0]
            anchors.add(Parts.of(packed, self.parts, _KEY))
            if prefixes is None or shared is None:
                return here[:0], nothing
            named, owners = sketching.heads_and_tails(
                folds, shared[here], *prefixes.marks, self.min_copy
            )
            return here[owners], named

        return view.texts.pool.map(work, list(chunks(view.lengths[numbers])))


def pairs(
    view: CorpusView,
    sketches: Sketches,
    settled: NDArray[np.bool_],
    formula: NDArray[np.bool_],
    hot: NDArray[np.uint32] | None = None,
    steps: Steps = UNKEPT,
) -> NDArray[np.uint64]:
    """All candidate pairs, sorted, each as one integer: the lower number above the higher.

    The anchors are most of what is in memory, and are given up as soon as they are paired.

    Args:
        settled: of each text whether it is paired with none.
        formula: of each text whether it is one of a formula: it is looked at in few crowds.
        hot: anchors that are not followed, as more than `MAX_ANCHOR` texts have them elsewhere.
        steps: where the pairs of some anchors or a band at a time are kept.
    """
    pool, anchors = view.texts.pool, sketches.anchors
    bands, left = sketches.bands, ~settled[sketches.numbers]
    every = bool(left.all())
    if not every:
        sketches = sketches._replace(numbers=sketches.numbers[left])
    shared = PartStore(on_disk=view.texts.texts.on_disk, folder=view.texts.texts.folder)

    def row(band: int) -> NDArray[np.uint32]:
        keys = bands.row(band)
        return keys if every else keys[left]

    parts = _parts_of(_EXPECTED * len(sketches.numbers))
    # Of each crowded band how many texts share it, and the first of them.
    crowded: list[tuple[int, int]] = []

    def share_anchor(part: int, shared: PartStore = shared) -> None:
        packed = _repeated(without(anchors.joined(part), settled), _KEY)
        if hot is not None and len(hot):
            packed = packed[~np.isin((packed >> np.uint64(_KEY)).astype(np.uint32), hot)]
        codes = np.sort(pairing.pairs_of(packed, MAX_ANCHOR)[0])
        # Counts above SHARED are equivalent.
        often = [_met_often(codes, often) for often in range(1, SHARED + 1)]
        shared.add(Parts.of(np.concatenate(often), parts))

    def share_band(band: int, shared: PartStore = shared) -> None:
        keys = row(band)
        # What is worked out of all keys takes many times their room: of some at a time.
        rest = np.uint32(len(keys) // _MANY_KEYS)
        for part in range(int(rest) + 1):
            here = keys % (rest + np.uint32(1)) == part if rest else slice(None)
            share_keys(band, keys[here], sketches.numbers[here], shared)

    def share_keys(
        band: int, keys: NDArray[np.uint32], numbers: NDArray[Any], shared: PartStore
    ) -> None:
        packed = pairing.pack(keys, numbers.astype(np.int64))
        if band >= 3 * FORMULA_BANDS:
            packed = without(packed, formula)
        packed = _repeated(packed, _KEY)
        codes, longest = pairing.pairs_of(packed, MAX_BAND)
        several = [codes]
        if longest > MAX_BAND:
            beside = [row((band + step) % len(bands)) for step in (3, 2, 1)]
            for start, stop in pairing.runs_longer_than(packed, MAX_BAND):
                members = (packed[start:stop] & np.uint64(0xFFFFFFFF)).astype(np.int64)
                places = np.searchsorted(sketches.numbers, members.astype(numbers.dtype))
                keys_of = [keys[places] for keys in beside]
                members = members[next_to_alike(view.digests[members], keys_of)]
                if band >= FORMULA_BANDS:
                    members = members[~formula[members]]
                    if not len(members):
                        continue
                crowded.append((len(members), int(members[np.argmin(view.digests[members])])))
                for step in range(1, NEIGHBOURS + 1):
                    several.append(pair_codes(members[:-step], members[step:]))
        shared.add(Parts.of(np.concatenate(several), parts))

    def share_all(share: Callable[[int, PartStore], None], items: range) -> list[NDArray[Any]]:
        """What some anchors or bands share, by parts, with bounds; and what of it is crowded."""
        store = PartStore()
        pool.map(lambda item: share(item, store), items)
        joined = [store.joined(part) for part in range(parts)]
        found = np.array(crowded, np.int64).reshape(-1, 2)
        crowded.clear()
        return [np.concatenate(joined), np.cumsum([0, *map(len, joined)]), found]

    def share_enough(part: int) -> NDArray[np.uint64]:
        return _met_often(_repeated(shared.joined(part), 0), SHARED)

    # Each band is as much as all texts: many are not to be in memory at once.
    at_once: Callable[..., Any] = pool.map if len(sketches.numbers) < _MANY else _one_by_one
    if steps.together is None:
        pool.map(share_anchor, range(len(anchors)))
        anchors.clear()
        at_once(share_band, range(len(bands)))
        bands.clear()
    else:
        work: list[tuple[str, Callable[[int, PartStore], None], range]] = [
            (f"anchors-{start:05}", share_anchor, range(start, min(start + _ANCHORS, len(anchors))))
            for start in range(0, len(anchors), _ANCHORS)
        ]
        work += [
            (f"band-{band:05}", share_band, range(band, band + 1)) for band in range(len(bands))
        ]
        warned: list[tuple[int, int]] = []
        for number, (name, share, items) in enumerate(work):
            steps.tell("pairing", number, len(work), "parts")
            packed, bounds, found = steps.take(f"pairs-{name}", partial(share_all, share, items))
            shared.attach(packed, bounds.read())
            warned += ((size, first) for size, first in found.read().tolist())
        crowded = warned
        anchors.clear()
        bands.clear()
    if crowded:
        warn(view, *max(crowded), NEIGHBOURS)
    codes = np.concatenate([np.zeros(0, np.uint64), *pool.map(share_enough, range(parts))])
    shared.clear()
    codes.sort()
    return codes


def next_to_alike(
    digests: NDArray[np.uint64], beside: list[NDArray[np.uint32]]
) -> NDArray[np.int64]:
    """The order of a crowded band in which texts alike in the next bands stand together.

    Args:
        digests: of each text.
        beside: of each text the keys of the next bands, that of the very next last.
    """
    order: list[NDArray[Any]] = [digests, *beside]
    return np.lexsort(order)


def _one_by_one(work: Callable[[int], None], items: Iterable[int]) -> None:
    for item in items:
        work(item)


def _met_often(ordered: NDArray[np.uint64], often: int) -> NDArray[np.uint64]:
    """Those of sorted integers that occur so often, once each."""
    ordered = ordered[often - 1 :][ordered[often - 1 :] == ordered[: len(ordered) - often + 1]]
    return distinct(ordered)


def _repeated(packed: NDArray[np.uint64], shift: int) -> NDArray[np.uint64]:
    """Those of which the bits from `shift` on occur more than once, and few others, sorted."""
    # Most keys are a single text's, and to see that takes less time than to sort them.
    packed = packed[pairing.may_be_shared(packed, shift)]
    packed.sort()
    return packed


def _parts_of(keys: int) -> int:
    """In how many parts to pair so many keys: a power of two."""
    return 1 << min(max(keys // _PART, 1).bit_length() - 1, 8)
