"""The graph of copies: a node for each distinct fold, an edge for each verified pair; who stays.

Three steps, each defined by content alone, so that the result is the same for any order of the
texts: near copies give way to the first of them in order of preference; of those kept, what is part
of a longer one goes; what has lost its survivor by that looks for another, or is kept after all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from textclean.dedup import policy, verify
from textclean.dedup import preference as choose
from textclean.dedup.folding import FoldedTexts
from textclean.dedup.pair_tables import Compared, Groups
from textclean.dedup.records import Removal, RemovalKind, Twin
from textclean.dedup.thread_pool import Crew

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from textclean.dedup.kernels.precompile import Compiling

# By the numbers that `kernels.choosing` has for them; what goes and is no node is an exact copy.
_REASONS = (RemovalKind.EXACT, RemovalKind.NEAR, RemovalKind.CONTAINED)
#: Characters besides numbers that two texts must share to be reported as twins.
_MIN_FORM = 10

FoldsOf = Callable[[Iterable[int]], Mapping[int, str]]


class Nodes(NamedTuple):
    """All texts. Those with one fold are a node of the graph, by the index of one of them."""

    texts: FoldedTexts
    #: Of each text the one that stands for it: itself, if no other has its fold.
    stands: NDArray[np.int64]
    #: Of those that stand for others whether some of these are in another document.
    scattered: NDArray[np.bool_]
    documents: NDArray[np.int64]
    #: Folded characters.
    lengths: NDArray[np.int64]
    #: Folded characters below which a text is no copy of anything in another document.
    across: int


class Settled(NamedTuple):
    """What goes and which kept pairs are twins or may be, in no particular order."""

    removals: list[Removal]
    twins: list[Twin]
    possible_twins: list[Twin]


def settle(
    nodes: Nodes,
    compared: Compared,
    forms: Groups,
    min_length: int,
    folds_of: FoldsOf,
    compiling: Compiling,
    crew: Crew,
) -> Settled:
    """Decide which nodes stay, and for whose sake each of the others goes.

    Args:
        compared: verified pairs of nodes.
        forms: nodes alike but for the values in them, and long enough to be listed.
        min_length: folded characters from which sentences count as parts.
        folds_of: the folds of some texts, by their indices.
    """
    import numpy as np

    from textclean.dedup.kernels import choosing

    alone = nodes.stands == np.arange(len(nodes.stands))
    taken, borne_out = _likely(compared, nodes.stands[~alone], len(alone))
    near = np.concatenate([compared.copies, taken])
    parts = _inside(nodes, compared.parts, min_length)
    linked = np.unique(np.concatenate([near["one"], near["other"], parts["part"], parts["whole"]]))
    order = choose.ranked(nodes.texts, linked, compiling, crew)
    rank = np.argsort(order)

    def edges(ones: Any, others: Any, scores: Any) -> choosing.Edges:
        first, second = (rank[np.searchsorted(linked, side)] for side in (ones, others))
        return choosing.Edges.of(len(order), first, second, scores)

    one, other = near["one"], near["other"]
    alike = edges(np.append(one, other), np.append(other, one), np.tile(near["score"], 2))
    inside = edges(parts["part"], parts["whole"], parts["share"])
    lengths = nodes.lengths[order]
    kinds, survivors = np.zeros((2, len(order)), np.int64)
    scores = np.zeros(len(order))
    size = len(order) + len(alike.others) + len(inside.others)
    compiling.choosing(size).settle(
        *alike, *inside, lengths, np.argsort(-lengths, kind="stable"), kinds, survivors, scores
    )
    goes = np.flatnonzero(kinds)
    gone = np.zeros(len(alone), np.bool_)
    gone[order[goes]] = True
    removals = _removals(
        nodes.stands, alone, gone, order[goes], order[survivors[goes]], kinds[goes], scores[goes]
    )
    names = _kept(compared.names, gone)
    return Settled(
        removals,
        _twins(forms, [*_kept(compared.twins, gone), *_kept(borne_out, gone)], gone, folds_of),
        _told_apart(names, folds_of(chain.from_iterable(names))),
    )


def _removals(
    stands: NDArray[np.int64],
    alone: NDArray[np.bool_],
    gone: NDArray[np.bool_],
    nodes: NDArray[np.int64],
    survivors: NDArray[np.int64],
    kinds: NDArray[np.int64],
    scores: NDArray[np.float64],
) -> list[Removal]:
    """The removals of the nodes that go, and of all for which another text stands.

    Where that one goes, they go with it.
    """
    import numpy as np

    survivor, kind, score = stands.copy(), np.zeros(len(stands), np.int8), np.ones(len(stands))
    survivor[nodes], kind[nodes], score[nodes] = survivors, kinds, scores
    along = np.flatnonzero(~alone)
    along = along[gone[stands[along]]]
    for told in (survivor, kind, score):
        told[along] = told[stands[along]]
    indices = np.flatnonzero(~alone | gone)
    named = map(_REASONS.__getitem__, kind[indices].tolist())
    columns = indices.tolist(), survivor[indices].tolist(), named, score[indices].tolist()
    return list(map(Removal._make, zip(*columns, strict=True)))


def _likely(
    compared: Compared, doubled: NDArray[np.int64], count: int
) -> tuple[NDArray[np.void], NDArray[np.void]]:
    """Of copies but for a digit those that are taken for copies, and those that are twins.

    A misread digit is one that no other copy bears out. Where one of the two has a copy with the
    same numbers, the other speaks of something else, or may.

    Args:
        doubled: the nodes that stand for other texts, too.
        count: the number of texts.
    """
    import numpy as np

    likely, copies = compared.likely, compared.copies
    witnessed = np.zeros(count, np.bool_)
    for nodes in (copies["one"], copies["other"], doubled):
        witnessed[nodes] = True
    twins = witnessed[likely["one"]] | witnessed[likely["other"]]
    return likely[~twins], likely[twins]


def _inside(nodes: Nodes, parts: NDArray[np.void], min_length: int) -> NDArray[np.void]:
    """Those of the parts for which being a part may be a reason to go.

    Only within a document: what is said in part of one text of another document was often said on
    another day.
    """
    import numpy as np

    part, whole = parts["part"], parts["whole"]
    fits = nodes.documents[part] == nodes.documents[whole]
    fits &= ~nodes.scattered[part] & (nodes.lengths[whole] >= nodes.across)
    parts = parts[fits]
    # What is as long as no title needs no reading.
    long = ~parts["cut"] & (parts["length"] >= policy.TITLE)
    may = long & (parts["length"] >= min_length)
    asked = np.flatnonzero(~long)
    for place, text in zip(asked, nodes.texts.texts.strings(parts["part"][asked]), strict=True):
        _, _, length, _, cut, tail, broken = parts[place].item()
        may[place] = policy.may_be_contained(
            text, length, min_length, cut=cut, tail=tail, broken=broken
        )
    return parts[may]


def _kept(pairs: NDArray[np.void], gone: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The pairs of which both stay, each once, the lower index first."""
    stay = pairs[~(gone[pairs["one"]] | gone[pairs["other"]])]
    sides = stay["one"].tolist(), stay["other"].tolist()
    return sorted({(min(pair), max(pair)) for pair in zip(*sides, strict=True)})


def _twins(
    forms: Groups,
    verified: Sequence[tuple[int, int]],
    gone: NDArray[np.bool_],
    folds_of: FoldsOf,
) -> list[Twin]:
    """The twins among the kept: by their form, which costs no comparison, and those verified."""
    import numpy as np

    members, numbers = forms
    stay = ~gone[members]
    members, numbers = members[stay], numbers[stay]
    several = np.bincount(numbers, minlength=1)[numbers] > 1
    members, numbers = members[several], numbers[several]
    order = np.lexsort([members, numbers])
    by_form = list(zip(numbers[order].tolist(), members[order].tolist(), strict=True))
    fold_of = folds_of(chain((at for _, at in by_form), chain.from_iterable(verified)))
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
    return twins + _told_apart(unlike, fold_of)


def _told_apart(pairs: Iterable[tuple[int, int]], fold_of: Mapping[int, str]) -> list[Twin]:
    return [
        Twin(one, other, verify.differences(fold_of[one], fold_of[other])) for one, other in pairs
    ]
