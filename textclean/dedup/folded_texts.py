"""The folds of texts, read in chunks; those of a small corpus are kept from the first reading on.

Reading a string of Python's means looking it up in memory and copying it under the interpreter's
lock, so to read it once instead of three times is worth some memory, while there is little of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.buffers import Codes, StringReader, chunks, read
from textclean.dedup.indexed import Beside
from textclean.dedup.kernels.folding import Folds, fold_texts, folded_room
from textclean.dedup.shared_lines import SharedLines
from textclean.dedup.spill import PartStore
from textclean.dedup.thread_pool import ThreadPool

#: Folds are kept of texts that have about so many characters in all: 40 MB, hardly more than the
#: texts themselves take. Of more texts they are made anew, so that memory stays bounded.
MOST_KEPT = 10_000_000


class Remembered:
    """What was worked out of some texts: an integer of each, or a row of them."""

    def __init__(self) -> None:
        self._indices = np.zeros(0, np.int64)
        self._rows: NDArray[np.int64] | None = None

    def of(
        self, indices: NDArray[np.int64], work_out: Callable[[NDArray[np.int64]], NDArray[np.int64]]
    ) -> NDArray[np.int64]:
        """The rows of some texts.

        Args:
            work_out: gives the rows of texts of which nothing is known, by their indices.
        """
        known = self._indices
        place = np.minimum(np.searchsorted(known, indices), max(len(known) - 1, 0))
        new = indices if not len(known) else indices[known[place] != indices]
        if len(new) or self._rows is None:
            new = np.unique(new)
            rows = work_out(new)
            if self._rows is not None:
                rows = np.concatenate([self._rows, rows])
            known = np.concatenate([known, new])
            order = np.argsort(known)
            self._indices, self._rows = known[order], rows[order]
        return self._rows[np.searchsorted(self._indices, indices)]


class FoldedTexts:
    """Texts that are read as their folds: first a chunk at a time, then in any choice."""

    def __init__(
        self,
        texts: StringReader,
        pool: ThreadPool,
        beside: Beside | None = None,
        *,
        keep: bool = True,
    ) -> None:
        """
        Args:
            keep: whether to keep the folds of a small corpus; `read` sees all texts then.
        """
        self.texts = texts
        self._beside = beside
        #: The threads that work on them.
        self.pool = pool
        # Characters of each text, once it is read, where the reader does not know them.
        self._sizes = np.zeros(0 if texts.on_disk else len(texts), np.int64)
        #: How much some carry, and how much each is to be preferred, where that was asked for.
        self.worths, self.preferences = Remembered(), Remembered()
        # The system gives memory only for what is written of it.
        self._kept: tuple[NDArray[np.uint32], NDArray[np.uint8]] | None = None
        if keep and texts.characters < MOST_KEPT:
            self._kept = np.empty(MOST_KEPT, np.uint32), np.empty(MOST_KEPT, np.uint8)
        self._taken = 0
        self._taking = Lock()
        self._begins = np.zeros(len(texts), np.int64)
        self._ends = np.zeros(len(texts), np.int64)
        self._shared: SharedLines | None = None

    def __len__(self) -> int:
        return len(self.texts)

    def read(self, stretch: range) -> Iterator[tuple[range, Folds, NDArray[np.bool_]]]:
        """The folds of a stretch of texts, and which are prose at first sight, chunk by chunk.

        To be called once for each stretch; every text is in one.
        """
        for chunk, (codes, starts) in read(self.texts, stretch):
            yield chunk, *self._folded(chunk, codes, starts)

    def _folded(
        self, chunk: range, codes: NDArray[np.uint32], starts: NDArray[np.int64]
    ) -> tuple[Folds, NDArray[np.bool_]]:
        here = slice(chunk.start, chunk.stop)
        if len(self._sizes):
            self._sizes[here] = np.diff(starts)
        with self._taking:
            opens = self._taken
            self._taken += folded_room(codes)
            if self._taken > MOST_KEPT and self._kept is not None:
                self._kept = None
                self._begins = self._ends = np.zeros(0, np.int64)
            kept, begins, ends = self._kept, self._begins, self._ends
        if kept is None:
            return fold_texts(codes, starts)
        place = slice(opens, opens + folded_room(codes))
        folds, plain = fold_texts(codes, starts, (kept[0][place], kept[1][place]))
        if folds.codes.base is kept[0]:
            begins[here] = folds.begins + opens
            ends[here] = folds.ends + opens
        else:
            self._kept = None  # it folds to more than there was room for: not the usual text
        return folds, plain

    def codes(self, indices: NDArray[np.int64]) -> Codes:
        """Some texts, once `read` has seen all of them, as `StringReader.codes` gives them."""
        return self.texts.codes(indices, self._sizes[indices] if len(self._sizes) else None)

    def sizes(self, indices: NDArray[np.int64]) -> NDArray[np.int64]:
        """The characters of some texts, once `read` has seen all of them; or about that."""
        return self._sizes[indices] if len(self._sizes) else self.texts.lengths(indices)

    def exact_sizes(self, indices: NDArray[np.int64]) -> NDArray[np.int64]:
        """The characters of some texts."""
        if len(self._sizes):
            return self._sizes[indices]
        sizes = np.zeros(len(indices), np.int64)
        for chunk in chunks(self.sizes(indices)):
            here = slice(chunk.start, chunk.stop)
            sizes[here] = np.fromiter(map(len, self.texts.strings(indices[here])), np.int64)
        return sizes

    def codes_and_folds(self, indices: NDArray[np.int64]) -> tuple[Codes, Folds]:
        """The `codes` of some texts, and their `folds`."""
        codes = self.codes(indices)
        return codes, fold_texts(*codes)[0] if self._kept is None else self.folds(indices)

    def folds(self, indices: NDArray[np.int64]) -> Folds:
        """The folds of some texts, once `read` has seen all of them."""
        if self._kept is None:
            return fold_texts(*self.codes(indices))[0]
        codes, marks = self._kept
        return Folds(codes, self._begins[indices], self._ends[indices], marks)

    def fold_strings(self, indices: Iterable[int]) -> dict[int, str]:
        """The folds of some texts as strings, by their indices."""
        at = np.unique(np.fromiter(indices, np.int64))

        def read(chunk: range) -> list[tuple[int, str]]:
            here = at[chunk.start : chunk.stop]
            return list(zip(here.tolist(), self.folds(here).texts(), strict=True))

        return dict(chain.from_iterable(self.pool.map(read, chunks(self.sizes(at)))))

    def shared_lines(self, indices: NDArray[np.int64]) -> SharedLines:
        """The lines that several of some texts have, always the same; counted once."""
        with self._taking:
            if self._shared is None and self._beside is not None:
                self._shared = self._beside.lines(indices, self.texts.__getitem__)
            if self._shared is None:
                parts = chunks(self.sizes(indices))
                strings = (self.texts.strings(indices[part.start : part.stop]) for part in parts)
                store = PartStore(on_disk=self.texts.on_disk, folder=self.texts.folder)
                self._shared = SharedLines(chain.from_iterable(strings), store)
            return self._shared


class CorpusView(NamedTuple):
    """The texts to compare: distinct folds, numbered from 0."""

    texts: FoldedTexts
    #: The index of each among all texts.
    at: NDArray[Any]
    #: Folded characters.
    lengths: NDArray[Any]
    #: The document that each belongs to.
    documents: NDArray[Any]
    #: Equal for equal folds alone, but for chance.
    digests: NDArray[np.uint64]

    def shared_lines(self, least: int) -> SharedLines:
        """The lines that several of those texts have that are so long, in folded characters.

        Counted when they are first asked for.
        """
        return self.texts.shared_lines(self.at[self.lengths >= least])
