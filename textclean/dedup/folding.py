"""The folds of texts, read in chunks; those of a small corpus are kept from the first reading on.

Reading a string of Python's means looking it up in memory and copying it under the interpreter's
lock, so to read it once instead of three times is worth some memory, while there is little of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textclean.dedup.buffers import Texts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from textclean.dedup.kernels.folding import Folds

#: Folds are kept of texts that have so many characters in all: 32 MB.
MOST_KEPT = 1 << 23


class FoldedTexts:
    """Texts that are read as their folds: first a chunk at a time, then in any choice."""

    def __init__(self, texts: Texts) -> None:
        import numpy as np

        self.texts = texts
        self.sizes = texts.lengths()
        self._kept: NDArray[np.uint32] | None = None
        total = int(self.sizes.sum())
        if total <= MOST_KEPT:
            self._kept = np.empty(total, np.uint32)
            self._opens = np.cumsum(self.sizes) - self.sizes
            self._begins = np.zeros(len(texts), np.int64)
            self._ends = np.zeros(len(texts), np.int64)

    def __len__(self) -> int:
        return len(self.texts)

    def read(self, chunk: range) -> tuple[Folds, NDArray[np.bool_]]:
        """The folds of a chunk, and which of its texts are prose at first sight.

        To be called once for each chunk; every text is in one.
        """
        from textclean.dedup.kernels.folding import fold_and_look

        folds, plain = fold_and_look(*self.texts.codes(chunk))
        kept, here = self._kept, slice(chunk.start, chunk.stop)
        if kept is not None and len(folds.codes) > int(self.sizes[here].sum()):
            self._kept = None  # more than there is room for: not the usual text
        elif kept is not None:
            opens = self._opens[chunk.start]
            kept[opens : opens + len(folds.codes)] = folds.codes
            self._begins[here] = folds.begins + opens
            self._ends[here] = folds.ends + opens
        return folds, plain

    def folds(self, indices: NDArray[np.int64]) -> Folds:
        """The folds of some texts, once `read` has seen all of them."""
        from textclean.dedup.kernels.folding import Folds, fold_texts

        if self._kept is None:
            return fold_texts(*self.texts.codes(indices))
        return Folds(self._kept, self._begins[indices], self._ends[indices])
