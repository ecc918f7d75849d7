"""Texts as code points, a chunk at a time: from strings, an Arrow array, or a temporary file.

The whole of a corpus is never in one buffer. A chunk is read when it is worked on and read again
when its texts are verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.inputs import ArrowStrings
from textclean.dedup.kernels.folding import decode_utf8
from textclean.text.stored import StoredTexts

#: Texts and characters in a chunk, at most; a longer text is a chunk by itself.
CHUNK_TEXTS = 8192
CHUNK_CHARACTERS = 1 << 19

# Texts that lie so near each other are read together: in all so many times what is asked for.
_SPAN = 3
_NOTHING = np.zeros(0, np.uint8)
# Characters of the longest string that an array can hold.
_LONGEST = (1 << 29) - 1

Codes = tuple[NDArray[np.uint32], NDArray[np.int64]]


class StringReader:
    """Texts that are Python strings. `indices` are a range or an integer array."""

    #: Whether the texts are on disk, as what is kept of them shall be, and in which folder.
    on_disk = False
    folder: Path | None = None
    #: About how many characters there are in all; 0: nobody has counted.
    characters = 0

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def __len__(self) -> int:
        return len(self._texts)

    def __getitem__(self, index: int) -> str:
        return self._texts[index]

    def codes(self, indices: Any, lengths: NDArray[np.int64] | None = None) -> Codes:
        """The code points of some texts, one after another, and where each begins and the last
        ends; `lengths` says how many each has, if known.

        That they are characters is seen when they are folded."""
        chosen = self.strings(indices)
        starts = np.zeros(len(chosen) + 1, np.int64)
        np.cumsum(_lengths(chosen) if lengths is None else lengths, out=starts[1:])
        joined = "".join(chosen)
        if len(joined) > _LONGEST:
            return np.frombuffer(bytearray(joined.encode("utf-32-le")), np.uint32), starts
        # As fast as copying gets: the interpreter's lock is held meanwhile.
        return np.array(joined).reshape(1).view(np.uint32)[: len(joined)], starts

    def lengths(self, indices: Any) -> NDArray[np.int64]:
        """The sizes of some texts in characters, or about that."""
        return _lengths(self.strings(indices))

    def strings(self, indices: Any) -> Sequence[str]:
        """Some texts as strings."""
        if isinstance(indices, range):
            return self._texts[indices.start : indices.stop]
        if len(indices) < 2:
            return [self._texts[index] for index in indices.tolist()]
        chosen: tuple[str, ...] = itemgetter(*indices.tolist())(self._texts)
        return chosen


class ArrowReader(StringReader):
    """Texts that lie in a pyarrow array."""

    def __init__(self, texts: ArrowStrings) -> None:
        super().__init__(texts)
        self._array = texts.array

    def codes(self, indices: Any, lengths: NDArray[np.int64] | None = None) -> Codes:
        """As `StringReader.codes`."""
        chosen = self._chosen(indices)
        _, offsets, data = chosen.buffers()
        ends = np.frombuffer(offsets, np.int64)[chosen.offset : chosen.offset + len(chosen) + 1]
        raw = np.frombuffer(data, np.uint8) if data else np.zeros(0, np.uint8)
        return decode_utf8(raw, ends)

    def lengths(self, indices: Any) -> NDArray[np.int64]:
        """As `StringReader.lengths`."""
        offsets = np.frombuffer(self._array.buffers()[1], np.int64)
        if isinstance(indices, range):
            indices = np.arange(indices.start, indices.stop)
        places = indices + self._array.offset
        return _characters(offsets[places + 1] - offsets[places])

    def strings(self, indices: Any) -> list[str]:
        """As `StringReader.strings`."""
        texts: list[str] = self._chosen(indices).to_pylist()
        return texts

    def _chosen(self, indices: Any) -> Any:
        import pyarrow as pa

        if isinstance(indices, range):
            return self._array[indices.start : indices.stop]
        return self._array.take(pa.array(indices))


class StoredReader(StringReader):
    """Texts in a temporary file."""

    on_disk = True

    def __init__(self, texts: StoredTexts) -> None:
        super().__init__(texts)
        self._stored = texts.stored
        self._stored.finish()
        self.folder = texts.stored.folder
        self.characters = texts.stored.size * 2 // 5
        self._bounds = texts.stored.bounds
        #: Of each text whether it is gone, if some are.
        self._gone: NDArray[np.bool_] | None = None
        if texts.gone is not None:
            self._gone = np.frombuffer(texts.gone, np.bool_)

    def codes(self, indices: Any, lengths: NDArray[np.int64] | None = None) -> Codes:
        """As `StringReader.codes`."""
        if isinstance(indices, range):
            return decode_utf8(*self._together(indices.start, indices.stop, None))
        ascending = len(indices) > 1 and bool((indices[1:] > indices[:-1]).all())
        if ascending:
            sizes = self._offsets(indices + 1) - self._offsets(indices)
            first, stop = int(indices[0]), int(indices[-1]) + 1
            span = self._bounds[stop] - self._bounds[first]
            # To read a little more at once takes less time than to read each.
            if span <= _SPAN * int(sizes.sum()):
                return decode_utf8(*self._together(first, stop, indices))
        pieces = [
            b"" if self._gone is not None and self._gone[index] else self._stored[index]
            for index in indices.tolist()
        ]
        bounds = np.zeros(len(pieces) + 1, np.int64)
        np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)), out=bounds[1:])
        data = b"".join(pieces)
        return decode_utf8(np.frombuffer(data, np.uint8) if data else _NOTHING, bounds)

    def _together(
        self, first: int, stop: int, chosen: NDArray[np.int64] | None
    ) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """The bytes of texts that follow one another, and their bounds.

        Args:
            chosen: which of them; None: all.
        """
        data = self._stored.read(first, stop)
        raw = np.frombuffer(data, np.uint8) if data else _NOTHING
        sizes = np.diff(self._offsets(slice(first, stop + 1)))
        kept = np.ones(len(sizes), np.bool_)
        if chosen is not None:
            kept[:] = False
            kept[chosen - first] = True
        if self._gone is not None:
            kept &= ~self._gone[first:stop]
        if not kept.all():
            raw = raw[np.repeat(kept, sizes)]
            sizes[~kept] = 0
        if chosen is not None:
            sizes = sizes[chosen - first]
        bounds = np.zeros(len(sizes) + 1, np.int64)
        np.cumsum(sizes, out=bounds[1:])
        return raw, bounds

    def lengths(self, indices: Any) -> NDArray[np.int64]:
        """As `StringReader.lengths`."""
        if isinstance(indices, range):
            sizes = np.diff(self._offsets(slice(indices.start, indices.stop + 1)))
        else:
            sizes = self._offsets(indices + 1) - self._offsets(indices)
        if self._gone is not None:
            here = slice(indices.start, indices.stop) if isinstance(indices, range) else indices
            sizes[self._gone[here]] = 0
        return _characters(sizes)

    def _offsets(self, places: Any) -> NDArray[np.int64]:
        """Where some texts begin, given a slice or an array of their places."""
        low = np.frombuffer(self._bounds.low, np.uint32)[places]
        offsets: NDArray[np.int64] = low.astype(np.int64)
        if self._bounds.laps:
            if isinstance(places, slice):
                places = np.arange(places.start, places.start + len(offsets))
            laps = np.searchsorted(np.frombuffer(self._bounds.laps, np.int64), places, "right")
            offsets += laps << 32
        return offsets

    def strings(self, indices: Any) -> list[str]:
        """As `StringReader.strings`."""
        if isinstance(indices, range):
            texts: list[str] = self._texts[indices.start : indices.stop]  # type: ignore[assignment]
            return texts
        return [self._texts[index] for index in indices.tolist()]


def _characters(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """About how many characters there are in so many bytes."""
    # Of the characters of Chinese text most take three bytes, the others one.
    return (2 * sizes + 4) // 5


def reader(texts: Sequence[str]) -> StringReader:
    """What reads texts that `containers.read` returned."""
    if isinstance(texts, StoredTexts):
        return StoredReader(texts)
    return ArrowReader(texts) if isinstance(texts, ArrowStrings) else StringReader(texts)


def _lengths(texts: Sequence[str]) -> NDArray[np.int64]:
    return np.fromiter(map(len, texts), np.int64, len(texts))


def read(texts: StringReader, stretch: range) -> Iterator[tuple[range, Codes]]:
    """A stretch of texts in chunks: which they are, and their `codes`."""
    lengths = texts.lengths(stretch)
    for chunk in chunks(lengths):
        indices = range(chunk.start + stretch.start, chunk.stop + stretch.start)
        yield indices, texts.codes(indices, lengths[chunk.start : chunk.stop])


def stretches(count: int) -> Iterator[range]:
    """Ranges of so many texts; of usual paragraphs as many as make a chunk."""
    step = max(1, CHUNK_TEXTS // 2)
    for start in range(0, count, step):
        yield range(start, min(start + step, count))


def chunks(sizes: Any, texts: int | None = None, characters: int | None = None) -> Iterator[range]:
    """Ranges of consecutive texts that make a chunk each, given the size of each."""
    texts, characters = texts or CHUNK_TEXTS, characters or CHUNK_CHARACTERS
    ends = np.cumsum(sizes)
    start = 0
    while start < len(sizes):
        before = int(ends[start - 1]) if start else 0
        stop = int(np.searchsorted(ends, before + characters, side="right"))
        stop = min(max(stop, start + 1), start + texts, len(sizes))
        yield range(start, stop)
        start = stop
