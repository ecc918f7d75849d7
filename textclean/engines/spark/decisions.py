"""What stays of the texts that hang together, and what a removed text alone says.

A component is decided by `dedup.graph` as all texts of a search are. Many are decided at once: no
edge leads from one to another, and nothing that is decided in one is asked of another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from textclean.config import Config
from textclean.dedup import comparing
from textclean.dedup.comparing import MAX_ALIGNED, PairVerdicts
from textclean.dedup.documents import LONG
from textclean.dedup.graph import Nodes, Removals, decide
from textclean.dedup.inputs import ArrowStrings
from textclean.dedup.lost import lost_by
from textclean.dedup.representatives import Groups
from textclean.dedup.search import read_digests
from textclean.engines.spark.lines import CountedLines
from textclean.engines.spark.nodes import GOES
from textclean.engines.spark.streams import (
    Batches,
    TaskTexts,
    integers,
    is_whole,
    near_from,
    pieces,
    rows,
    strings,
    texts_and_pairs,
    view_of,
)
from textclean.engines.spark.verdicts import EDGES, LINES, edges_of

#: The texts of a component, and its rows of `verdicts.EDGES`: of either the other columns are null.
COMPONENT = pa.schema(
    [
        *(("component", pa.int64()), ("node", pa.int64()), ("role", pa.int8())),
        *(("text", pa.string()), ("lines", LINES), *((one.name, one.type) for one in EDGES)),
    ]
)
#: A node that goes, what stays for it, the number of the kind, the score.
GONE = pa.schema(
    [
        *(("node", pa.int64()), ("survivor", pa.int64())),
        *(("kind", pa.int8()), ("score", pa.float64())),
    ]
)
PASSAGES = pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64()), ("text", pa.string())]))
#: What a text that goes alone says.
LOST = pa.schema([("node", pa.int64()), ("lost", PASSAGES)])


def decided(batches: Batches, config: Config) -> Iterator[pa.RecordBatch]:
    """What goes: rows of `GONE`.

    Args:
        batches: of `COMPONENT`, sorted by ``component``.
    """
    whole = is_whole(config)
    for texts_of, pairs in texts_and_pairs(batches):
        named = integers(texts_of, "node")
        # A text may be unlike one of another component, of which no more is asked.
        goes, stays = (integers(pairs, side) for side in ("goes", "stays"))
        node = np.unique(np.concatenate([named, goes, stays]))
        place = np.searchsorted(node, named)
        count = len(node)
        shown = np.zeros(count, np.int64)
        shown[place] = np.arange(len(named))
        there = np.zeros(count, np.bool_)
        there[place] = True
        texts = strings(texts_of, "text").array.take(pa.array(shown, mask=~there))
        lines = CountedLines(texts_of.column("lines")) if whole else None
        view, digests = view_of(ArrowStrings(texts.fill_null("")), config, lines)
        removable = np.zeros(count, np.bool_)
        removable[place] = integers(texts_of, "role") == GOES
        nodes = Nodes(
            view.texts, view.at.copy(), np.zeros(count, np.bool_), view.documents, digests.lengths,
            0 if whole else near_from(config), removable, whole, count,
        )  # fmt: skip

        def compare(ones: Any, others: Any, view: Any = view) -> PairVerdicts:
            return comparing.compare_pairs(
                view, ones, others, config.threshold, contained=not whole
            )

        ends = np.searchsorted(node, goes), np.searchsorted(node, stays)
        edges, unlike = edges_of(pairs, *ends)
        # What two components are told of is there twice where both are decided at once.
        unlike = np.unique(unlike)
        verdicts = PairVerdicts.none()._replace(edges=edges, unlike=unlike)
        nothing = np.zeros(0, np.int64)
        forms = Groups(nothing, nothing)
        decision = decide(nodes, verdicts, forms, near_from(config), config.keep, compare)
        assert isinstance(decision.removals, Removals)
        goes, stays, kind, score = decision.removals.columns
        yield rows(GONE, node=node[goes], survivor=node[stays], kind=kind, score=score)


def least_losing(config: Config) -> int:
    """Folded characters from which a text may go and say a little alone."""
    return LONG if is_whole(config) else MAX_ALIGNED + 1


def lost(batches: Batches, config: Config) -> Iterator[pa.RecordBatch]:
    """What some texts that go alone say: rows of `LOST`.

    Args:
        batches: of ``node`` and ``text``, and ``survivor_text``.
    """
    for table in pieces(batches):
        node = integers(table, "node")
        texts = strings(table, "text").followed_by(strings(table, "survivor_text"))
        folded = TaskTexts(texts)
        read_digests(folded, LONG, whole=True)
        count = len(node)
        goes = np.arange(count)
        columns = goes, goes + count, np.ones(count, np.uint8), np.ones(count)
        found = lost_by(columns, folded, np.ones(2 * count, np.bool_))
        places = sorted(found)
        passages = [[one._asdict() for one in found[place]] for place in places]
        yield rows(LOST, node=node[places], lost=pa.array(passages, PASSAGES))
