"""The graph of copies: a node for each distinct fold, an edge for each verified pair; what is kept.

Three steps, each defined by content alone, so that the result is the same for any order of the
texts: near copies are removed in favour of the first of them in order of preference; of those kept,
parts of a longer one are removed; texts whose survivor was removed as a part compete again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup import policy, verify
from textclean.dedup.comparing import PairVerdicts
from textclean.dedup.folded_texts import FoldedTexts
from textclean.dedup.kernels import choosing
from textclean.dedup.kernels.stages import CHOOSING
from textclean.dedup.records import Decision, Removal, RemovalKind, Twin
from textclean.dedup.representatives import Groups, preference_order

# By the numbers that `kernels.choosing` has for them; all that is no node is an exact copy.
_REASONS = (RemovalKind.EXACT, RemovalKind.NEAR, RemovalKind.CONTAINED)
#: Characters besides numbers that two texts must share to be reported as twins.
_MIN_FORM = 10


class Nodes(NamedTuple):
    """All texts. Those with one fold are a node of the graph, by the index of one of them."""

    texts: FoldedTexts
    #: Of each text the representative of its fold: itself, if no other has that.
    representative: NDArray[np.int64]
    #: Of representatives whether some texts of their fold are in another document.
    scattered: NDArray[np.bool_]
    documents: NDArray[np.int64]
    #: Folded characters.
    lengths: NDArray[np.int64]
    #: Folded characters below which a text is no copy of anything in another document.
    across: int


def decide(nodes: Nodes, pairs: PairVerdicts, forms: Groups, min_length: int) -> Decision:
    """Decide which nodes stay, and in favour of which of them each of the others is removed.

    Args:
        pairs: verified pairs of nodes.
        forms: nodes alike but for the values in them, and long enough to be listed.
        min_length: folded characters from which sentences count as parts.
    """
    representative = nodes.representative
    count = len(representative)
    doubled = representative[representative != np.arange(count)]
    misread, twins = _split_likely(pairs, doubled, count)
    near = np.concatenate([pairs.copies, misread])
    parts = _inside(nodes, pairs.parts, min_length)
    linked = np.unique(np.concatenate([near["one"], near["other"], parts["part"], parts["whole"]]))
    order = preference_order(nodes.texts, linked)
    rank = np.argsort(order)

    def edges(ones: Any, others: Any, scores: Any) -> choosing.Edges:
        first, second = (rank[np.searchsorted(linked, side)] for side in (ones, others))
        return choosing.Edges.of(len(order), first, second, scores)

    one, other = near["one"], near["other"]
    alike = edges(np.append(one, other), np.append(other, one), np.tile(near["score"], 2))
    inside = edges(parts["part"], parts["whole"], parts["share"])
    size = len(order) + len(alike.others) + len(inside.others)
    kinds, survivors, scores = choosing.decide(
        alike, inside, nodes.lengths[order], compiled=CHOOSING.runs_compiled(size)
    )
    survivor, kind, score = representative.copy(), np.zeros(count, np.int64), np.ones(count)
    losers = kinds != choosing.STAYS
    survivor[order[losers]] = order[survivors[losers]]
    kind[order], score[order[losers]] = kinds, scores[losers]
    removed = kind != choosing.STAYS
    names = _kept(pairs.names, removed)
    # Of each fold all texts are removed in favour of the same text.
    return Decision(
        _removals(survivor[representative], kind[representative], score[representative]),
        _twins(nodes.texts, forms, [*_kept(pairs.twins, removed), *_kept(twins, removed)], removed),
        _as_twins(names, nodes.texts.fold_strings(chain.from_iterable(names))),
    )


def _removals(
    survivor: NDArray[np.int64], kind: NDArray[np.int64], score: NDArray[np.float64]
) -> list[Removal]:
    indices = np.flatnonzero(survivor != np.arange(len(survivor)))
    kinds = map(_REASONS.__getitem__, kind[indices].tolist())
    columns = indices.tolist(), survivor[indices].tolist(), kinds, score[indices].tolist()
    return list(map(Removal._make, zip(*columns, strict=True)))


def _split_likely(
    pairs: PairVerdicts, doubled: NDArray[np.int64], count: int
) -> tuple[NDArray[np.void], NDArray[np.void]]:
    """Of copies but for a digit those that are taken for copies, and those that are twins.

    A digit is misread if no other copy has the same. Where one of the two has a copy with the same
    numbers, the other speaks of something else, or may: a misread copy of one twin must not make
    copies of the two.

    Args:
        doubled: the nodes that represent other texts, too.
        count: the number of texts.
    """
    likely, copies = pairs.likely, pairs.copies
    witnessed = np.zeros(count, np.bool_)
    for nodes in (copies["one"], copies["other"], doubled):
        witnessed[nodes] = True
    twins = witnessed[likely["one"]] | witnessed[likely["other"]]
    return likely[~twins], likely[twins]


def _inside(nodes: Nodes, parts: NDArray[np.void], min_length: int) -> NDArray[np.void]:
    """Those of the parts that may be removed for being a part.

    Only within a document: what is said in part of one text of another document was often said on
    another day.
    """
    part, whole = parts["part"], parts["whole"]
    fits = nodes.documents[part] == nodes.documents[whole]
    fits &= ~nodes.scattered[part] & (nodes.lengths[whole] >= nodes.across)
    parts = parts[fits]
    # What is as long as no title needs no reading.
    long = ~parts["cut"] & (parts["length"] >= policy.TITLE)
    may = long & (parts["length"] >= min_length)
    unsure = np.flatnonzero(~long)
    for place, text in zip(unsure, nodes.texts.texts.strings(parts["part"][unsure]), strict=True):
        _, _, length, _, cut, tail, broken = parts[place].item()
        may[place] = policy.may_be_contained(
            text, length, min_length, cut=cut, tail=tail, broken=broken
        )
    return parts[may]


def _kept(pairs: NDArray[np.void], removed: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The pairs of which both stay, each once, the lower index first."""
    stay = pairs[~(removed[pairs["one"]] | removed[pairs["other"]])]
    sides = stay["one"].tolist(), stay["other"].tolist()
    return sorted({(min(pair), max(pair)) for pair in zip(*sides, strict=True)})


def _twins(
    texts: FoldedTexts,
    forms: Groups,
    verified: Sequence[tuple[int, int]],
    removed: NDArray[np.bool_],
) -> list[Twin]:
    """The twins among the kept: by their form, which costs no comparison, and those verified."""
    members, numbers = forms
    stay = ~removed[members]
    members, numbers = members[stay], numbers[stay]
    several = np.bincount(numbers, minlength=1)[numbers] > 1
    members, numbers = members[several], numbers[several]
    order = np.lexsort([members, numbers])
    by_form = list(zip(numbers[order].tolist(), members[order].tolist(), strict=True))
    fold_of = texts.fold_strings(chain((at for _, at in by_form), chain.from_iterable(verified)))
    frames = {at: verify.frame(fold) for at, fold in fold_of.items()}
    twins: list[Twin] = []
    for _, group in groupby(by_form, itemgetter(0)):
        first_of: dict[str, int] = {}
        for _, at in group:
            form, values = frames[at]
            first = first_of.setdefault(form, at)
            if first != at and len(form.replace("#", "")) >= _MIN_FORM:
                twins.append(Twin(first, at, verify.other_values(frames[first].values, values)))
    pairs = sorted(set(verified))
    unlike = [(one, other) for one, other in pairs if frames[one].form != frames[other].form]
    return twins + _as_twins(unlike, fold_of)


def _as_twins(pairs: Iterable[tuple[int, int]], fold_of: Mapping[int, str]) -> list[Twin]:
    return [
        Twin(one, other, verify.differences(fold_of[one], fold_of[other])) for one, other in pairs
    ]
