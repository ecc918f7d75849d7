"""The graph of copies: a node for each distinct fold, an edge from each text to one that says all
that it says; what is kept.

Defined by content alone, so that the result is the same for any order of the texts: each text is
kept unless one that goes before it in the order of `order_of`, and is kept, says all of it. What
pointed to a text that went is compared with the survivor itself, so that no chain of ever less
similar texts collapses into one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup import policy
from textclean.dedup.buffers import chunks
from textclean.dedup.comparing import CARRIED, CONTAINED, NEAR, PairVerdicts, distinct
from textclean.dedup.folded_texts import FoldedTexts
from textclean.dedup.kernels import choosing
from textclean.dedup.kernels.stages import CHOOSING
from textclean.dedup.preference import ByValue, KeepBy
from textclean.dedup.records import Decision, LostPassage, Removal, RemovalKind
from textclean.dedup.representatives import Groups, preference_order
from textclean.dedup.twins import twins_of

# By the numbers that `comparing` has for them; all that is no node is an exact copy.
_REASONS = (
    RemovalKind.EXACT,
    *(
        kind
        for _, kind in sorted(
            (
                (NEAR, RemovalKind.NEAR),
                (CONTAINED, RemovalKind.CONTAINED),
                (CARRIED, RemovalKind.CARRIED),
            )
        )
    ),
)
#: A text is one of a formula if so many others are in much the same words, and say something else.
FORMULA = 2
#: Rounds in which what pointed to a text that went is compared with the survivor.
_ROUNDS = 4
# Removals that are made into objects at a time.
_BLOCK = 1 << 14


class Nodes(NamedTuple):
    """All texts. Those with one fold are a node of the graph, by the index of one of them."""

    texts: FoldedTexts
    #: Of each text the representative of its fold: itself, if no other has that.
    representative: NDArray[Any]
    #: Of representatives whether some texts of their fold are in another document.
    scattered: NDArray[np.bool_]
    #: Of each the number of its document, where it is no document by itself.
    documents: NDArray[Any]
    #: Folded characters.
    lengths: NDArray[np.int32]
    #: Folded characters below which a text is no copy of anything in another document.
    across: int
    #: Which texts may go at all; others are only kept in the place of those.
    removable: NDArray[np.bool_]
    #: Whether each text is a document by itself.
    whole: bool
    #: The texts from this index on are the reference: they never go.
    own: int


def decide(
    nodes: Nodes,
    pairs: PairVerdicts,
    forms: Groups,
    min_length: int,
    keep: KeepBy,
    compare: Callable[[Any, Any], PairVerdicts],
) -> Decision:
    """Decide which nodes stay, and in favour of which of them each of the others is removed.

    Args:
        pairs: verdicts on pairs of nodes.
        forms: nodes alike but for the values in them, and long enough to be listed.
        min_length: folded characters from which sentences count as parts.
        keep: which of several copies stays.
        compare: gives the verdicts on more pairs of nodes.
    """
    representative = nodes.representative
    count = len(representative)
    edges = without_formulas(pairs.edges, pairs.unlike)
    edges = _removable(nodes, edges, min_length)
    # What is compared below are ends of these edges, too.
    linked = distinct(np.sort(np.concatenate([edges["goes"], edges["stays"]])))
    order = order_of(nodes.texts, linked, keep, nodes.own)
    rank = np.argsort(order)
    done = np.zeros(0, np.int64)
    for _ in range(_ROUNDS):
        goes, stays = (rank[np.searchsorted(linked, edges[side])] for side in ("goes", "stays"))
        # Of the edges of a node the one to follow first: near, then best, of wholes to the
        # shortest, then to the first.
        part = edges["kind"] == CONTAINED
        size = np.where(part, nodes.lengths[edges["stays"]], 0)
        sort = np.lexsort([stays, size, -edges["score"], part, goes])
        goes, stays, sorted_edges = goes[sort], stays[sort], edges[sort]
        starts = np.searchsorted(goes, np.arange(len(order) + 1))
        compiled = CHOOSING.runs_compiled(len(order) + len(edges))
        kept = choosing.decide(starts, stays, compiled=compiled)
        follows = np.flatnonzero(kept[stays] & ~kept[goes])
        first = follows[np.flatnonzero(np.diff(goes[follows], prepend=-1))]
        losers = sorted_edges["goes"][first]
        survivor = representative.copy()
        survivor[losers] = sorted_edges["stays"][first]
        kinds, scores = sorted_edges["kind"][first], sorted_edges["score"][first]
        # What is kept though it says no more than a text that went, and what is kept for that: its
        # survivor, which may be the very text, and the first of all that it may go for.
        left = np.flatnonzero(kept[goes] & ~kept[stays])
        ones = np.tile(sorted_edges["goes"][left], 2)
        leading = np.full(len(order), len(order))
        np.minimum.at(leading, goes[follows], stays[follows])
        others = sorted_edges["stays"][left]
        others = np.concatenate([survivor[others], order[leading[stays[left]]]])
        more = np.setdiff1d(_codes(ones, others)[ones != others], done)
        if not len(more):
            break
        done = np.concatenate([done, more])
        verdicts = compare(more >> 32, more & 0xFFFFFFFF)
        added = _removable(nodes, without_formulas(verdicts.edges, pairs.unlike), min_length)
        if not len(added):
            break
        edges = np.concatenate([edges, added])
    every = np.arange(count, dtype=representative.dtype)
    removed = survivor != every
    # Of each fold all texts are removed in favour of the same text.
    final = survivor[representative]
    goes = np.flatnonzero(final[: nodes.own] != every[: nodes.own])
    kind, score = np.zeros(len(goes), np.uint8), np.ones(len(goes))
    if len(losers):
        by_index = np.argsort(losers)
        of = representative[goes]
        place = np.minimum(np.searchsorted(losers, of, sorter=by_index), len(losers) - 1)
        place = by_index[place]
        there = losers[place] == of
        kind[there], score[there] = kinds[place[there]], scores[place[there]]
    removals = Removals(goes, final[goes].astype(np.int64), kind, score)
    gone = removed | (representative != every)
    twins, names = twins_of(nodes.texts, forms, pairs.twins, pairs.names, gone)
    return Decision(removals, twins.before(nodes.own), names.before(nodes.own))


def order_of(
    texts: FoldedTexts, indices: NDArray[np.int64], keep: KeepBy, own: int
) -> NDArray[np.int64]:
    """Texts from the one to keep first to the one to keep last; first of all the reference, from
    the index `own` on.

    Best is what carries most, less what is broken as language (`kernels.worth`); of equal ones what
    is least damaged as `preference` sees it.
    """
    if (indices >= own).any():
        sides = indices[indices >= own], indices[indices < own]
        return np.concatenate([order_of(texts, side, keep, len(texts)) for side in sides])
    if keep == "first":
        return np.sort(indices)
    ordered = preference_order(texts, indices)
    keys = texts.exact_sizes(ordered) if keep == "longest" else worth_of(texts, ordered)
    ordered = ordered[np.argsort(-keys, kind="stable")]
    if isinstance(keep, ByValue):
        values = np.array(keep.ranks(ordered.tolist()), np.int64)
        ordered = ordered[np.argsort(-values, kind="stable")]
    return ordered


def worth_of(texts: FoldedTexts, indices: NDArray[np.int64]) -> NDArray[np.int64]:
    """How much each of some texts carries. It is worked out once for each."""

    def work_out(new: NDArray[np.int64]) -> NDArray[np.int64]:
        sizes = texts.sizes(new)
        compiled = CHOOSING.runs_compiled(int(sizes.sum()))

        def look(chunk: range) -> NDArray[np.int64]:
            folds = texts.folds(new[chunk.start : chunk.stop])
            return choosing.worths(folds, compiled=compiled)

        return np.concatenate([np.zeros(0, np.int64), *texts.pool.map(look, chunks(sizes))])

    return texts.worths.of(indices, work_out)


class Removals(Sequence[Removal]):
    """Removals as columns, in order of index; each a `Removal` when it is asked for."""

    def __init__(
        self,
        indices: NDArray[np.int64],
        survivors: NDArray[np.int64],
        kinds: NDArray[np.uint8],
        scores: NDArray[np.float64],
    ) -> None:
        #: The indices of what goes and of what stays for it, kinds by number, scores.
        self.columns = indices, survivors, kinds, scores
        #: What some of them alone say, by place.
        self.lost: Mapping[int, tuple[LostPassage, ...]] = {}

    def losing(self, lost: Mapping[int, tuple[LostPassage, ...]]) -> None:
        """Say what some of them alone say."""
        self.lost = lost

    def __len__(self) -> int:
        return len(self.columns[0])

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        index, survivor, kind, score = (column[place] for column in self.columns)
        removal = Removal(int(index), int(survivor), _REASONS[kind], float(score))
        return removal.losing(self.lost.get(range(len(self))[place], ()))

    def __iter__(self) -> Iterator[Removal]:
        make: Callable[[Any], Removal] = Removal._make
        for start in range(0, len(self), _BLOCK):
            here = slice(start, start + _BLOCK)
            indices, survivors, kinds, scores = (column[here] for column in self.columns)
            reasons = map(_REASONS.__getitem__, kinds.tolist())
            columns = indices.tolist(), survivors.tolist(), reasons, scores.tolist()
            removals = map(make, zip(*columns, strict=True))
            if not self.lost:
                yield from removals
                continue
            for place, removal in enumerate(removals, start):
                yield removal.losing(self.lost.get(place, ()))


def without_formulas(edges: NDArray[np.void], unlike: NDArray[np.void]) -> NDArray[np.void]:
    """The edges but those on weak evidence from or to a text that is one of a formula."""
    weak = np.flatnonzero(edges["weak"])
    if not len(weak) or not len(unlike):
        return edges
    ends = np.concatenate([edges["goes"][weak], edges["stays"][weak]])
    touched = np.isin(unlike["one"], ends) | np.isin(unlike["other"], ends)
    ones, others = unlike["one"][touched], unlike["other"][touched]
    like = _Likes.of(edges["goes"], edges["stays"])
    # Two damaged copies of one text are unlike each other, but like that text.
    apart = ~like.share_one(ones, others)
    texts, numbers = np.unique(np.concatenate([ones[apart], others[apart]]), return_counts=True)
    formula = texts[(numbers >= FORMULA) & (numbers >= like.counts(texts))]
    stay = np.ones(len(edges), np.bool_)
    stay[weak] = ~np.isin(ends, formula).reshape(2, -1).any(axis=0)
    return edges[stay]


class _Likes(NamedTuple):
    """The distinct texts to which each text has an edge, or from which it has one."""

    #: A text above another one in one integer, both ways, sorted; and the first text of each.
    codes: NDArray[np.int64]
    texts: NDArray[np.int64]

    @classmethod
    def of(cls, goes: NDArray[np.int64], stays: NDArray[np.int64]) -> _Likes:
        codes = distinct(np.sort(np.concatenate([_codes(goes, stays), _codes(stays, goes)])))
        return cls(codes, codes >> 32)

    def counts(self, texts: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many each of some texts has."""
        stop = np.searchsorted(self.texts, texts, side="right")
        return stop - np.searchsorted(self.texts, texts)

    def share_one(self, ones: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether the texts of each pair have one in common."""
        swap = self.counts(ones) > self.counts(others)
        few, many = np.where(swap, others, ones), np.where(swap, ones, others)
        counts = self.counts(few)
        pair = np.repeat(np.arange(len(few)), counts)
        step = np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts, counts)
        there = self.codes[np.searchsorted(self.texts, few)[pair] + step] & 0xFFFFFFFF
        asked = many[pair] << 32 | there
        place = np.minimum(np.searchsorted(self.codes, asked), len(self.codes) - 1)
        shared = np.zeros(len(few), np.bool_)
        shared[pair[self.codes[place] == asked]] = True
        return shared


def _codes(ones: NDArray[Any], others: NDArray[Any]) -> NDArray[np.int64]:
    """Pairs of texts, in which one comes first, as an integer each."""
    codes: NDArray[np.int64] = ones.astype(np.int64) << 32 | others
    return codes


def _removable(nodes: Nodes, edges: NDArray[np.void], min_length: int) -> NDArray[np.void]:
    """Those of the edges along which a text may be removed.

    A part only within a document: what is said in part of one text of another document was often
    said on another day.
    """
    edges = edges[nodes.removable[edges["goes"]]]
    if nodes.whole:
        # A document that ends within a number of the other one may end with a number of its own.
        cut = np.flatnonzero(edges["cut"])
        ends = nodes.texts.texts.strings(edges["goes"][cut])
        complete = [policy.is_complete(text) for text in ends]
        stays = cut[np.array(complete, np.bool_) & ~edges["tail"][cut]]
        return np.delete(edges, stays)
    goes, stays = edges["goes"], edges["stays"]
    part = edges["kind"] == CONTAINED
    fits = nodes.documents[goes] == nodes.documents[stays]
    fits &= ~nodes.scattered[goes] & (nodes.lengths[stays] >= nodes.across)
    edges = edges[fits | ~part]
    part = edges["kind"] == CONTAINED
    # What is as long as no title needs no reading.
    long = ~edges["cut"] & (edges["length"] >= policy.TITLE)
    may = ~part | (long & (edges["length"] >= min_length))
    unsure = np.flatnonzero(part & ~long)
    texts: Sequence[str] = nodes.texts.texts.strings(edges["goes"][unsure])
    for place, text in zip(unsure.tolist(), texts, strict=True):
        edge = edges[place]
        may[place] = policy.may_be_contained(
            text,
            int(edge["length"]),
            min_length,
            cut=bool(edge["cut"]),
            tail=bool(edge["tail"]),
            broken=bool(edge["broken"]),
        )
    chosen: NDArray[np.void] = edges[may]
    return chosen
