"""What cleaning made of texts, kept part by part: a later process need not clean them again."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from textclean.cleaning import Failure
from textclean.corpus.outcomes import Packed

if TYPE_CHECKING:
    from textclean.engines.disk.folder import WorkFolder

#: Texts whose outcomes are kept together: cleaned in some ten seconds.
TOGETHER = 1 << 12

_Result = Packed | Failure


def kept(
    work: WorkFolder,
    numbers: Sequence[int],
    results: Callable[[Sequence[int]], Iterator[_Result]],
) -> Iterator[_Result]:
    """What becomes of some texts, in order; parts that are finished are read.

    Args:
        work: where they are kept.
        numbers: those of the texts.
        results: cleans the texts of some of the numbers.
    """
    stream: Iterator[_Result] | None = None
    for part, start in enumerate(range(0, len(numbers), TOGETHER)):
        name = f"outcomes-{part:05}"
        if stream is None and not work.has(name):
            stream = results(numbers[start:])

        def make(stream: Iterator[_Result] | None = stream) -> list[NDArray[Any]]:
            assert stream is not None  # no part behind one that is missing is finished
            pieces = [pickle.dumps(each, _PROTOCOL) for each in islice(stream, TOGETHER)]
            sizes = np.fromiter(map(len, pieces), np.int64, len(pieces))
            return [sizes, np.frombuffer(b"".join(pieces), np.uint8)]

        sizes, data = (each.read() for each in work.take(name, make))
        raw, begin = data.tobytes(), 0
        for end in np.cumsum(sizes).tolist():
            yield pickle.loads(raw[begin:end])
            begin = end


_PROTOCOL = pickle.HIGHEST_PROTOCOL
