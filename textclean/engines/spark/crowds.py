"""Which texts of hot bands are settled before there are pairs?

One band is settled after the other, as in memory: what one band settles is in no crowd of the next.
Crowds of one band have no text in common, so each is settled by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from textclean.config import Config
from textclean.dedup import comparing
from textclean.dedup.comparing import PairVerdicts
from textclean.dedup.crowds import settle
from textclean.dedup.spill import Rows
from textclean.engines.spark.lines import CountedLines
from textclean.engines.spark.streams import (
    Batches,
    groups,
    integers,
    is_whole,
    strings,
    unsigned,
    view_of,
)
from textclean.engines.spark.verdicts import FORMULA, SETTLED, edge_rows, pair_rows


def settled_crowds(batches: Batches, config: Config) -> Iterator[pa.RecordBatch]:
    """What is settled in the crowds of one band: rows of `verdicts.EDGES`.

    Args:
        batches: of ``code`` (the band above its key), ``node``, ``text``, ``form`` and ``lines``,
            sorted by ``code``; all that have the code and are not settled.
    """
    whole = is_whole(config)
    for table in groups(batches, "code"):
        table = table.sort_by("node")
        node = integers(table, "node")
        lines = CountedLines(table.column("lines")) if whole else None
        view, _ = view_of(strings(table, "text"), config, lines)
        crowd = np.unique(integers(table, "code"), return_inverse=True)[1]
        band = Rows(1, len(node))
        band.put(range(len(node)), crowd.astype(np.uint32)[None, :])

        def compare(ones: Any, others: Any, view: Any = view) -> PairVerdicts:
            return comparing.compare_pairs(
                view, ones, others, config.threshold, contained=not whole
            )

        found = settle(
            view, view.at, band, unsigned(table, "form"), compare, config.keep, len(node)
        )
        yield edge_rows(found.verdicts.edges, node)
        for kind, chosen in ((SETTLED, found.settled), (FORMULA, found.formula)):
            yield pair_rows(kind, node[chosen], node[chosen])
