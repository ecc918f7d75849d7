"""What is asked of the pairs of groups where their texts are: which text is kept rather, which is
settled for which, which is one of a formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from textclean.config import Config
from textclean.dedup.graph import order_of, without_formulas
from textclean.engines.spark.streams import Batches, groups, integers, pieces, rows
from textclean.engines.spark.verdicts import (
    edges_of,
    pair_rows,
    pairs_with_texts,
    verdict_rows,
    verdicts_on,
)

#: Two texts, first the one to keep rather.
ORDERED = pa.schema([("one", pa.int64()), ("other", pa.int64())])
#: A text that is one of a formula.
FORMULAS = pa.schema([("node", pa.int64())])
#: In the place of the kind of an edge: what is settled, and for what.
LED = -3


def ordered(batches: Batches, config: Config) -> Iterator[pa.RecordBatch]:
    """The pairs with the text to keep rather first: rows of `ORDERED`.

    Args:
        batches: of ``one`` and ``other``, and of either the text.
    """
    for table in pieces(batches):
        node, ones, others, view = pairs_with_texts(table, config)
        if not len(node):
            continue
        rank = np.argsort(order_of(view.texts, view.at, config.keep, len(node)))
        swap = rank[ones] > rank[others]
        ahead, behind = np.where(swap, others, ones), np.where(swap, ones, others)
        yield rows(ORDERED, one=node[ahead], other=node[behind])


def led(batches: Batches, config: Config) -> Iterator[pa.RecordBatch]:
    """The verdicts on pairs, and of each ``other`` that goes for a ``one`` the best of these: rows
    of `verdicts.EDGES`.

    Args:
        batches: of ``one`` and ``other``, and of either the text and the counted lines; sorted by
            ``other``.
    """
    for table in groups(batches, "other"):
        node, ahead, behind, view = pairs_with_texts(table, config)
        found = verdicts_on(view, ahead, behind, config)
        yield from verdict_rows(found, node)
        edges = found.edges
        gone = np.isin(behind << 32 | ahead, edges["goes"] << 32 | edges["stays"])
        order = order_of(view.texts, view.at, config.keep, len(node))
        rank = np.argsort(order)
        leader = np.full(len(node), len(node))
        np.minimum.at(leader, behind[gone], rank[ahead[gone]])
        goes = np.flatnonzero(leader < len(node))
        yield pair_rows(LED, node[goes], node[order[leader[goes]]])


def formulas(batches: Batches) -> Iterator[pa.RecordBatch]:
    """The centres that are texts of a formula: rows of `FORMULAS`.

    Args:
        batches: of ``centre`` and the columns of `verdicts.EDGES`, sorted by ``centre``: the edges
            and unlike pairs of that text, and the edges of what it is unlike.
    """
    for table in groups(batches, "centre"):
        centre = integers(table, "centre")
        goes, stays = integers(table, "goes"), integers(table, "stays")
        # A text is another one for each centre.
        names: Any = np.zeros(3 * len(centre), [("centre", "i8"), ("node", "i8")])
        names["centre"] = np.tile(centre, 3)
        names["node"] = np.concatenate([goes, stays, centre])
        different, numbers = np.unique(names, return_inverse=True)
        own = np.unique(numbers[2 * len(centre) :])
        of_goes, of_stays = numbers[: len(centre)], numbers[len(centre) : 2 * len(centre)]
        edges, unlike = edges_of(table, of_goes, of_stays)
        weak = edges[edges["weak"]]
        counts = without_formulas(edges, np.unique(unlike))
        counts = counts[counts["weak"]]
        doubted, borne_out = (
            np.intersect1d(own, np.concatenate([some["goes"], some["stays"]]))
            for some in (weak, counts)
        )
        yield rows(FORMULAS, node=different["node"][np.setdiff1d(doubted, borne_out)])
