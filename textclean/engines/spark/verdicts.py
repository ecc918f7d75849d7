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
from textclean.dedup.inputs import ArrowStrings
from textclean.dedup.leaders import compare_by_leaders
from textclean.engines.spark.lines import CountedLines
from textclean.engines.spark.streams import (
    Batches,
    integers,
    is_whole,
    pieces,
    rows,
    strings,
    texts_and_pairs,
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
#: The texts of what hangs together by candidates, and the pairs: of either the other columns are
#: null.
GROUP = pa.schema(
    [
        *(("component", pa.int64()), ("node", pa.int64()), ("text", pa.string())),
        *(("lines", LINES), ("one", pa.int64()), ("other", pa.int64())),
    ]
)


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


def edges_of(table: pa.Table, numbers: Any) -> tuple[NDArray[np.void], NDArray[np.void]]:
    """The edges, and the pairs that are unlike, of rows of `EDGES`.

    Args:
        numbers: gives the indices of nodes.
    """
    kind = integers(table, "kind")
    goes, stays = numbers(integers(table, "goes")), numbers(integers(table, "stays"))
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
    whole = is_whole(config)
    for table in pieces(batches):
        one, other = integers(table, "one"), integers(table, "other")
        part = np.asarray(table.column("part").to_numpy())
        node, first = np.unique(np.concatenate([one, other]), return_index=True)
        sides = [table.column(name).combine_chunks() for name in ("one_text", "other_text")]
        texts = ArrowStrings(pa.concat_arrays(sides).take(pa.array(first)))
        lines = None
        if whole:
            lines = CountedLines(table.column("one_lines"), table.column("other_lines"))
        view, _ = view_of(texts, config, lines)
        ones, others = np.searchsorted(node, one), np.searchsorted(node, other)
        pairs = ~part
        codes = np.sort(pair_codes(ones[pairs], others[pairs]))
        cut = None if whole else (ones[part], others[part])
        found: PairVerdicts = comparing.compare(view, codes, cut, config.threshold)
        yield from _found(found, node)


def led(batches: Batches, config: Config) -> Iterator[pa.RecordBatch]:
    """The verdicts on the pairs of groups, in the order of preference: rows of `EDGES`.

    Args:
        batches: of `GROUP`, sorted by ``component``.
    """
    whole = is_whole(config)
    for texts, pairs in texts_and_pairs(batches):
        node = integers(texts, "node")
        lines = CountedLines(texts.column("lines")) if whole else None
        view, _ = view_of(strings(texts, "text"), config, lines)
        cut = None if whole else (node[:0], node[:0])

        def compare(codes: Any, view: Any = view, cut: Any = cut) -> PairVerdicts:
            return comparing.compare(view, codes, cut, config.threshold)

        ends = (np.searchsorted(node, integers(pairs, name)) for name in ("one", "other"))
        codes = np.sort(pair_codes(*ends))
        found = compare_by_leaders(view, codes, config.keep, len(node), compare)
        yield from _found(found, node)


def _found(found: PairVerdicts, node: NDArray[np.int64]) -> Iterator[pa.RecordBatch]:
    yield edge_rows(found.edges, node)
    unlike = found.unlike
    yield pair_rows(UNLIKE, node[unlike["one"]], node[unlike["other"]], unlike["score"])
