"""Which texts begin or end another one, to the letter?

The search looks up the digest of every head and tail among the digests of whole folds. A head of
every length of every text would be hundreds of rows of a text. So only such lengths are named as
some text has that begins, or ends, with the same characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from textclean.config import Config
from textclean.dedup.kernels import sketching
from textclean.dedup.kernels.values import value_kinds
from textclean.dedup.prefix_trees import settle_prefixes
from textclean.engines.spark.streams import (
    Batches,
    groups,
    integers,
    least_end,
    pieces,
    rows,
    strings,
    unsigned,
    view_of,
)
from textclean.engines.spark.verdicts import SETTLED, edge_rows, pair_rows

#: A head (0) or a tail (1) of a text, by the digest that a text has which is just that.
END = pa.schema([("whole", pa.int64()), ("side", pa.int8()), ("fold", pa.int64())])


def named_ends(batches: Batches, config: Config) -> Iterator[pa.RecordBatch]:
    """The heads and tails of texts that have some lengths: rows of `END`.

    Args:
        batches: of ``node``, ``text``, ``side``, and ``sizes``: lengths of folds.
    """
    for table in pieces(batches):
        node, side = integers(table, "node"), integers(table, "side")
        view, _ = view_of(strings(table, "text"), config)
        folds = view.texts.folds(view.at)
        lists = table.column("sizes").combine_chunks()
        of = np.asarray(pa.compute.list_parent_indices(lists).to_numpy())
        sizes: Any = np.asarray(lists.flatten().to_numpy()).astype(np.int64)
        proper = sizes < folds.lengths[of]
        of, sizes = of[proper], sizes[proper]
        tail = side[of] == 1
        begins = np.where(tail, folds.ends[of] - sizes, folds.begins[of])
        digests = np.empty((len(of), 4), np.uint64)
        sketching.digests(
            folds.codes, begins, begins + sizes, value_kinds(), least_end(config), digests
        )
        fold = np.ascontiguousarray(digests[:, 0])
        yield rows(END, whole=node[of], side=side[of], fold=fold)


def settled_trees(batches: Batches, config: Config) -> Iterator[pa.RecordBatch]:
    """What is settled among documents that begin others: rows of `verdicts.EDGES`.

    Args:
        batches: of ``node``, ``head`` and ``text``, sorted by ``head``; each begins another one of
            its group, or begins with one.
    """
    for table in groups(batches, "head"):
        table = table.sort_by("node")
        node = integers(table, "node")
        view, _ = view_of(strings(table, "text"), config)
        heads = unsigned(table, "head")
        found = settle_prefixes(
            view, heads, least_end(config), config.threshold, config.keep, len(node)
        )
        yield edge_rows(found.edges, node)
        settled = node[found.settled]
        yield pair_rows(SETTLED, settled, settled)
