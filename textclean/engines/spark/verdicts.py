"""What a pair is: candidates compared with their texts beside them, as the search compares them.

A verdict depends on the two texts alone and, of documents, on how many others have their lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from textclean.config import Config
from textclean.dedup import comparing
from textclean.dedup.comparing import EDGE, PAIR, PairVerdicts, pair_codes
from textclean.dedup.folded_texts import CorpusView
from textclean.dedup.inputs import ArrowStrings
from textclean.dedup.kernels.pairing import Pairs
from textclean.engines.spark.lines import CountedLines
from textclean.engines.spark.streams import (
    Batches,
    integers,
    is_whole,
    pieces,
    rows,
    view_of,
)

#: Rows of `comparing.EDGE`; and, told by their kind, pairs of texts that are unlike each other, and
#: texts that are settled, or are of a formula, in the place of the first.
EDGES = pa.schema(
    [
        *(("goes", pa.int64()), ("stays", pa.int64()), ("kind", pa.int8())),
        *(("score", pa.float64()), ("weak", pa.bool_()), ("length", pa.int64())),
        *(("cut", pa.bool_()), ("tail", pa.bool_()), ("broken", pa.bool_())),
    ]
)
UNLIKE, SETTLED, FORMULA = 0, -1, -2
LINES = pa.list_(pa.struct([("line", pa.int64()), ("documents", pa.int64())]))


def edge_rows(edges: NDArray[np.void], node: NDArray[np.int64]) -> pa.RecordBatch:
    """Edges between texts as rows; `node` is what each index among the texts stands for."""
    columns: dict[str, Any] = {name: edges[name] for name in EDGES.names}
    columns["goes"], columns["stays"] = node[edges["goes"]], node[edges["stays"]]
    return rows(EDGES, **columns)


def pair_rows(kind: int, ones: Any, others: Any, score: Any = None) -> pa.RecordBatch:
    """Pairs that are no edges as rows."""
    edges = np.zeros(len(ones), EDGE)
    columns: dict[str, Any] = {name: edges[name] for name in EDGES.names}
    columns |= {"goes": ones, "stays": others, "kind": np.full(len(ones), kind, np.int8)}
    if score is not None:
        columns["score"] = score
    return rows(EDGES, **columns)


def edges_of(
    table: pa.Table, goes: NDArray[np.int64], stays: NDArray[np.int64]
) -> tuple[NDArray[np.void], NDArray[np.void]]:
    """The edges, and the pairs that are unlike, of rows of `EDGES`.

    Args:
        goes, stays: the indices of the nodes of these columns.
    """
    kind = integers(table, "kind")
    edges = np.zeros(len(kind), EDGE)
    for name, _ in EDGE:
        edges[name] = np.asarray(table.column(name).to_numpy())
    edges["goes"], edges["stays"] = goes, stays
    unlike = np.zeros(int((kind == UNLIKE).sum()), PAIR)
    for name, side in (("one", "goes"), ("other", "stays"), ("score", "score")):
        unlike[name] = edges[kind == UNLIKE][side]
    return edges[kind > UNLIKE], unlike


def compared(batches: Batches, config: Config) -> Iterator[pa.RecordBatch]:
    """The verdicts on pairs: rows of `EDGES`.

    Args:
        batches: of ``one`` and ``other``, the lower first; or, if ``part``, a text that may begin
            or end the other; and of either the text and the counted lines.
    """
    for table in pieces(batches):
        node, ones, others, view = pairs_with_texts(table, config)
        part = np.asarray(table.column("part").to_numpy())
        cut = ones[part], others[part]
        yield from verdict_rows(verdicts_on(view, ones[~part], others[~part], config, cut), node)


def pairs_with_texts(
    table: pa.Table, config: Config
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], CorpusView]:
    """Pairs of nodes with the texts and the counted lines of either.

    Returns:
        The different nodes, the places of each ``one`` and each ``other`` among them, and their
        texts as they are compared.
    """
    one, other = integers(table, "one"), integers(table, "other")
    node, first = np.unique(np.concatenate([one, other]), return_index=True)
    sides = [table.column(name).combine_chunks() for name in ("one_text", "other_text")]
    texts = ArrowStrings(pa.concat_arrays(sides).take(pa.array(first)))
    lines = None
    if is_whole(config):
        lines = CountedLines(table.column("one_lines"), table.column("other_lines"))
    view, _ = view_of(texts, config, lines)
    return node, np.searchsorted(node, one), np.searchsorted(node, other), view


def verdicts_on(
    view: CorpusView,
    ones: NDArray[np.int64],
    others: NDArray[np.int64],
    config: Config,
    ends: Pairs | None = None,
) -> PairVerdicts:
    """The verdicts on pairs, given by places in `view`, and on texts that may be ends of others."""
    codes = np.sort(pair_codes(ones, others))
    cut = None if is_whole(config) else ends or (ones[:0], others[:0])
    return comparing.compare(view, codes, cut, config.threshold)


def verdict_rows(found: PairVerdicts, node: NDArray[np.int64]) -> Iterator[pa.RecordBatch]:
    """Verdicts as rows of `EDGES`; `node` is what each index among the texts stands for."""
    yield edge_rows(found.edges, node)
    unlike = found.unlike
    yield pair_rows(UNLIKE, node[unlike["one"]], node[unlike["other"]], unlike["score"])
