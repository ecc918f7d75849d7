"""Which headings go with all that stands under them?

The texts are the paragraphs of one document, in order of their ids, so a heading's section may be
anywhere. `policy.repeated_headings` decides, on this machine: it is told the headings and, of what
stands between two of them, only whether some of it stays and whether some goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from textclean.config import Config
from textclean.dedup import policy
from textclean.engines.spark.streams import Batches, integers, rows

#: How much stays and how much goes behind a heading, up to the next one: by its number from 1 on.
UNDER = pa.schema([("heading", pa.int64()), ("stay", pa.int64()), ("go", pa.int64())])


class Heading(NamedTuple):
    """A heading, and what stands between it and the next one."""

    node: int
    text: str
    stays: bool
    goes: bool


def under_headings(batches: Batches, headings: NDArray[np.int64]) -> Iterator[pa.RecordBatch]:
    """What stands under headings: rows of `UNDER`.

    Args:
        batches: of ``node``, and whether it ``goes``.
        headings: the nodes that are headings, in order.
    """
    for batch in batches:
        node = integers(batch, "node")
        goes = np.asarray(batch.column("goes").to_numpy(zero_copy_only=False)).astype(bool)
        place = np.searchsorted(headings, node, side="right")
        is_heading = (place > 0) & (headings[place - 1] == node)
        place, goes = place[~is_heading], goes[~is_heading]
        stay, go = (np.bincount(place[side], minlength=len(headings) + 1) for side in (~goes, goes))
        some = np.flatnonzero(stay + go)
        yield rows(UNDER, heading=some, stay=stay[some], go=go[some])


def repeated(headings: Sequence[Heading], config: Config) -> list[tuple[int, int]]:
    """The nodes of the headings that go, and of those that stay for them."""
    texts: list[str] = []
    among: list[int] = []
    removed: set[int] = set()
    for heading in headings:
        among.append(len(texts))
        texts.append(heading.text)
        if heading.stays:
            texts.append("")
        if heading.goes:
            removed.add(len(texts))
            texts.append("")
    gone = policy.repeated_headings(texts, among, len(texts), removed, config.keep)
    node = dict(zip(among, (heading.node for heading in headings), strict=True))
    return [(node[removal.index], node[removal.survivor]) for removal in gone]
