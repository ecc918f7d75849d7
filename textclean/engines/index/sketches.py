"""The keys by which a text is found: those of the search in memory, and two more.

- its *fold*: equal folds are exact copies;
- its *bands* and *anchors*, as `candidates.sketch` has them;
- its *ends*: a text that begins or ends another one to the letter has its first or last characters
  in common with it. They are named in several lengths, the longest of which is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.config import Config, Unit
from textclean.dedup import policy
from textclean.dedup.buffers import chunks, reader
from textclean.dedup.candidates import PERMUTATIONS, SEED, band_rows
from textclean.dedup.documents import LONG
from textclean.dedup.fold import SHINGLE_SIZE
from textclean.dedup.kernels import folding, sketching
from textclean.dedup.kernels.folding import Folds
from textclean.dedup.kernels.values import GOLDEN, value_kinds
from textclean.dedup.thread_pool import ThreadPool
from textclean.engines.index.entries import FOLD_BYTES

#: What a key is of.
FOLD, BAND, ANCHOR, END = range(4)
#: Ends are named in lengths that grow by this factor.
_GROWTH = 3
# Told from heads by this.
_TAIL = np.uint64(0xA5A5A5A5A5A5A5A5)
_HALF = np.uint64(32)


class Settings(NamedTuple):
    """What of a configuration says how texts are found and compared."""

    unit: Unit
    threshold: float
    min_copy: int
    min_copy_across: int

    @classmethod
    def of(cls, config: Config) -> Settings:
        """Those of a configuration."""
        unit: Unit = "document" if config.unit == "document" else "paragraph"
        return cls(unit, config.threshold, config.min_copy, config.min_copy_across)

    @property
    def whole(self) -> bool:
        """Whether each text is a document by itself."""
        return self.unit == "document"

    @property
    def near_from(self) -> int:
        """Folded characters from which near copies are looked for."""
        least = self.min_copy_across if self.whole else max(self.min_copy, self.min_copy_across)
        return max(least, 1)

    @property
    def end_from(self) -> int:
        """Folded characters from which ends are looked at."""
        return LONG if self.whole else self.min_copy


class Keys(NamedTuple):
    """The keys of some texts, in no order: which text has each, what it is of, and itself."""

    rows: NDArray[np.int64]
    kinds: NDArray[np.uint8]
    values: NDArray[np.uint32]

    @classmethod
    def joined(cls, parts: Sequence[Keys]) -> Keys:
        """All keys of several parts."""
        nothing = cls(np.zeros(0, np.int64), np.zeros(0, np.uint8), np.zeros(0, np.uint32))
        return cls(*map(np.concatenate, zip(nothing, *parts, strict=True)))

    def chosen(self, which: NDArray[Any]) -> Keys:
        """Some of them."""
        return Keys(*(column[which] for column in self))


class Sketches(NamedTuple):
    """What some texts are found by."""

    #: What names the fold of each; empty where a text takes no part in the search.
    folds: list[bytes]
    #: Folded characters.
    lengths: NDArray[np.int64]
    #: Which may go for another one; an item of a list or a heading only stays for one.
    removable: NDArray[np.bool_]
    keys: Keys


def sketch(
    texts: Sequence[str], settings: Settings, pool: ThreadPool | None = None, *, asked: bool = False
) -> Sketches:
    """Sketch texts.

    Args:
        asked: whether to look them up, and not to store them.
    """
    read = reader(texts)
    whole = range(len(texts))
    parts = list(chunks(read.lengths(whole)))

    def work(part: range) -> Sketches:
        return _sketch(part.start, texts, read.codes(part), settings, asked)

    done = [work(part) for part in parts] if pool is None else pool.map(work, parts)
    return Sketches(
        [fold for each in done for fold in each.folds],
        np.concatenate([np.zeros(0, np.int64), *(each.lengths for each in done)]),
        np.concatenate([np.zeros(0, np.bool_), *(each.removable for each in done)]),
        Keys.joined([each.keys for each in done]),
    )


def _sketch(
    start: int,
    texts: Sequence[str],
    codes: tuple[NDArray[np.uint32], NDArray[np.int64]],
    settings: Settings,
    asked: bool,
) -> Sketches:
    folds, plain = folding.fold_texts(*codes)
    lengths = folds.lengths
    eligible = removable = lengths > 0
    if not settings.whole:
        eligible = lengths >= settings.min_copy
        removable = eligible & plain
        for row in np.flatnonzero(eligible & ~plain).tolist():
            text = texts[start + row]
            removable[row] = policy.is_prose(text)
            if not removable[row]:
                eligible[row] = lengths[row] >= settings.near_from and policy.holds_prose(text)
    names = [b""] * len(lengths)
    for row in np.flatnonzero(eligible).tolist():
        fold = folds.codes[folds.begins[row] : folds.ends[row]]
        names[row] = blake2b(fold.tobytes(), digest_size=FOLD_BYTES).digest()
    rows = np.flatnonzero(eligible)
    parts = [_keys(rows, FOLD, _fold_keys([names[row] for row in rows.tolist()]))]
    near = np.flatnonzero(eligible & (lengths >= settings.near_from))
    if len(near):
        chosen = Folds(folds.codes, folds.begins[near], folds.ends[near], folds.marks)
        parts += _of_sketches(chosen, near, settings.threshold)
    ended = rows if asked else near
    parts += _ends(folds, ended[lengths[ended] >= settings.end_from], settings, asked)
    keys = Keys.joined(parts)
    return Sketches(names, lengths, removable, keys._replace(rows=keys.rows + start))


def _fold_keys(names: Sequence[bytes]) -> NDArray[np.uint32]:
    whole = np.frombuffer(b"".join(names), np.dtype(">u4")).reshape(-1, FOLD_BYTES // 4)
    return whole[:, 0].astype(np.uint32)


def _of_sketches(folds: Folds, rows: NDArray[np.int64], threshold: float) -> Iterator[Keys]:
    """Bands and anchors."""
    multipliers, addends = sketching.permutations(PERMUTATIONS, SEED)
    signatures = sketching.signatures(folds, SHINGLE_SIZE, multipliers, addends)
    bands = sketching.band_keys(signatures, band_rows(threshold))
    yield _keys(np.tile(rows, len(bands)), BAND, bands.ravel())
    packed, _ = sketching.anchors(folds, rows)
    owners = (packed & np.uint64(0xFFFFFFFF)).astype(np.int64)
    yield _keys(owners, ANCHOR, (packed >> _HALF).astype(np.uint32))


def _ends(folds: Folds, rows: NDArray[np.int64], settings: Settings, asked: bool) -> Iterator[Keys]:
    """Heads and, of paragraphs, tails; of texts that are looked up those of one length."""
    lengths = folds.lengths
    size = settings.end_from
    while len(rows):
        longer = rows[lengths[rows] >= size * _GROWTH]
        named = rows[lengths[rows] < size * _GROWTH] if asked else rows
        if len(named):
            digests = np.empty((len(named), 4), np.uint64)
            sketching.digests(
                folds.codes, folds.begins[named], folds.ends[named], value_kinds(), size, digests
            )
            heads, tails = digests[:, 2], digests[:, 3] ^ _TAIL
            for values in (heads,) if settings.whole else (heads, tails):
                spread = (values ^ np.uint64(size)) * GOLDEN
                yield _keys(named, END, (spread >> _HALF).astype(np.uint32))
        rows = longer
        size *= _GROWTH


def _keys(rows: NDArray[np.int64], kind: int, values: NDArray[np.uint32]) -> Keys:
    return Keys(rows, np.full(len(rows), kind, np.uint8), values)
