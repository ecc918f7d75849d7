"""Which texts are compared at all, and by what are they found?

Every text is read twice, as in the search: `described` says what its fold is, and Spark brings
equal folds together; `represented` chooses one text for each fold, the node of the graph, and
sketches it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from textclean.config import Config
from textclean.dedup.candidates import PERMUTATIONS, SEED, band_rows
from textclean.dedup.fold import SHINGLE_SIZE
from textclean.dedup.inputs import ArrowStrings
from textclean.dedup.kernels import sketching
from textclean.dedup.representatives import Groups, representatives
from textclean.dedup.search import FORMS, HEADS, TAILS, eligible_paragraphs, read_digests
from textclean.engines.spark.streams import (
    Batches,
    TaskTexts,
    groups,
    integers,
    is_whole,
    least_end,
    near_from,
    pieces,
    rows,
    strings,
    unsigned,
)
from textclean.text.blocks import heading_level

#: What a text is: missing; no part of the search; prose, which may go; an item or a heading that
#: holds prose, which stays itself.
MISSING, APART, GOES, HOLDS = -1, 0, 1, 2

_SIZES = [("role", pa.int8()), ("level", pa.int8()), ("length", pa.int32())]
_DIGESTS = [(name, pa.int64()) for name in ("fold", "form", "head", "tail")]
#: Texts with what the first reading says of each; without an id if that is the node.
DESCRIBED = pa.schema([("node", pa.int64()), *_SIZES, *_DIGESTS, ("text", pa.string())])
#: Texts with the node of their fold. Of what is no node only headings have their text.
REPRESENTED = pa.schema(
    [
        *(("node", pa.int64()), ("stands", pa.int64()), *_SIZES, *_DIGESTS, ("text", pa.string())),
        *(("bands", pa.list_(pa.int32())), ("anchors", pa.list_(pa.int32()))),
    ]
)


def described(batches: Batches, config: Config) -> Iterator[pa.RecordBatch]:
    """What the first reading says of texts: rows of `DESCRIBED`.

    Args:
        batches: of ``node`` and ``text``.
    """
    whole = is_whole(config)
    for table in pieces(batches):
        texts = strings(table, "text")
        folded = TaskTexts(texts)
        digests = read_digests(folded, least_end(config), whole=whole)
        role = np.full(len(texts), APART, np.int8)
        level = np.zeros(len(texts), np.int8)
        if whole:
            role[digests.lengths > 0] = GOES
            tails = np.zeros(len(texts), np.uint64)
        else:
            eligible, holds, headings = eligible_paragraphs(folded, digests, config)
            role[eligible] = GOES
            role[holds] = HOLDS
            tails = digests.keys.row(TAILS)
            level[headings] = [heading_level(texts[index]) for index in headings]
        role[table.column("text").is_null().to_numpy()] = MISSING
        node = integers(table, "node")
        # What has no part in the search is spread over all partitions.
        fold = np.where(role > APART, digests.folds, node.view(np.uint64))
        yield rows(
            DESCRIBED, node=node, role=role, level=level, length=digests.lengths, fold=fold,
            form=digests.keys.row(FORMS), head=digests.keys.row(HEADS), tail=tails,
            text=table.column("text"),
        )  # fmt: skip


def represented(batches: Batches, config: Config) -> Iterator[pa.RecordBatch]:
    """The node of each text's fold, and what it is found by: rows of `REPRESENTED`.

    Args:
        batches: of `DESCRIBED`, sorted by ``fold`` and, of one fold, by ``node``.
    """
    for table in groups(_without_repeated(batches), "fold"):
        node, role = integers(table, "node"), integers(table, "role")
        texts = strings(table, "text")
        stands = _stands(node, role, unsigned(table, "fold"), texts, _has_text(table), config)
        is_node = (stands == node) & (role > APART)
        text = table.column("text").combine_chunks()
        keep = is_node | (integers(table, "level") > 0)
        text = text.take(pa.array(np.where(keep, np.arange(len(node)), -1), mask=~keep))
        near = np.flatnonzero(is_node & (integers(table, "length") >= max(near_from(config), 1)))
        bands, anchors = _sketches(texts, near, config)
        columns = {name: table.column(name) for name in DESCRIBED.names if name != "text"}
        yield rows(REPRESENTED, **columns, stands=stands, text=text, bands=bands, anchors=anchors)


def _has_text(table: pa.Table) -> NDArray[np.bool_]:
    return np.asarray(table.column("text").is_valid().to_numpy())


def _without_repeated(batches: Batches) -> Iterator[pa.RecordBatch]:
    """The rows, but of equal texts of one fold only the first has its text.

    A fold that millions of texts have takes the room of its different texts, then. Of equal texts
    the first is chosen, whatever is to be kept.
    """
    fold: int | None = None
    seen: set[Any] = set()
    for batch in batches:
        folds = batch.column("fold").to_numpy()
        repeated = np.zeros(len(folds), np.bool_)
        same = folds[1:] == folds[:-1]
        roles = batch.column("role").to_numpy()
        column = batch.column("text")
        again = np.append(len(folds) > 0 and folds[0] == fold, same)
        several = again | np.append(same, True)
        for place in np.flatnonzero(several & (roles == GOES)).tolist():
            if folds[place] != fold:
                fold, seen = folds[place], set()
            text = column[place].as_py()
            repeated[place] = text in seen
            seen.add(text)
        text_number = batch.schema.get_field_index("text")
        shown = pa.array(np.arange(len(folds)), mask=repeated)
        yield batch.set_column(text_number, batch.schema.field("text"), column.take(shown))


def _stands(
    node: NDArray[np.int64],
    role: NDArray[np.int8],
    fold: NDArray[np.uint64],
    texts: ArrowStrings,
    has_text: NDArray[np.bool_],
    config: Config,
) -> NDArray[np.int64]:
    """Of each text the node of its fold, as `search` has it."""
    stands = node.copy()
    places = np.flatnonzero(role > APART)
    number = np.cumsum(np.diff(fold[places], prepend=fold[places][:1]) != 0)
    several = np.bincount(number, minlength=1)[number] > 1
    places = places[several]
    if not len(places):
        return stands
    number = np.unique(number[several], return_inverse=True)[1]
    # Each number of a group, and what stands for it.
    chosen = np.full(int(number[-1]) + 1, -1)
    shown = has_text[places]
    groups_shown = Groups(places[shown], number[shown])
    folded = TaskTexts(texts)
    read_digests(folded, least_end(config), whole=True)
    best = representatives(folded, groups_shown, config.keep)
    chosen[number[shown][::-1]] = best[::-1]
    # What is no prose itself stays, and prose with its fold goes for the last of it.
    holds = role[places] == HOLDS
    chosen[number[holds]] = places[holds]
    here = chosen[number]
    here[shown & ~np.isin(number, number[holds])] = best[~np.isin(number[shown], number[holds])]
    here[holds] = places[holds]
    stands[places] = node[here]
    return stands


def _sketches(
    texts: ArrowStrings, near: NDArray[np.int64], config: Config
) -> tuple[pa.Array, pa.Array]:
    """The keys of the bands and the anchors of some texts; the other texts have none."""
    rows_of_band = band_rows(config.threshold)
    count = PERMUTATIONS // rows_of_band
    sizes: NDArray[Any] = np.zeros(len(texts), np.int32)
    if not len(near):
        ends = pa.array(np.zeros(len(texts) + 1, np.int32))
        none = pa.ListArray.from_arrays(ends, pa.array([], pa.int32()))
        return none, none
    folded = TaskTexts(texts)
    read_digests(folded, least_end(config), whole=True)
    folds = folded.folds(near)
    signatures = sketching.signatures(
        folds, SHINGLE_SIZE, *sketching.permutations(PERMUTATIONS, SEED)
    )
    keys = np.ascontiguousarray(sketching.band_keys(signatures, rows_of_band).T).ravel()
    sizes[near] = count
    bands = _lists(sizes, keys)
    packed, _ = sketching.anchors(folds, np.arange(len(near)))
    owners = (packed & np.uint64(0xFFFFFFFF)).astype(np.int64)
    sizes[near] = np.bincount(owners, minlength=len(near))
    return bands, _lists(sizes, (packed >> np.uint64(32)).astype(np.uint32))


def _lists(sizes: NDArray[np.int32], values: NDArray[np.uint32]) -> pa.Array:
    ends = np.zeros(len(sizes) + 1, np.int32)
    np.cumsum(sizes, out=ends[1:])
    return pa.ListArray.from_arrays(pa.array(ends), pa.array(values.view(np.int32)))
