"""The search: which pairs among many texts are copies, twins, or part and whole.

Every text is read twice in chunks, and chunks are worked on by threads:

- *survey*: a digest of each fold and of its form, its length, and whether the text is prose at
  first sight. Equal digests are grouped, so that only distinct folds go further.
- *search*: MinHash bands and winnowed anchors of each fold (`candidates`), heads and tails to the
  letter (`fragments`). Two folds that share one are compared (`comparing`), in arrays.

All of it depends on the folds alone, not on their order, nor on threads or chunks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain
from operator import call
from typing import TYPE_CHECKING, Any, NamedTuple

from textclean.dedup import candidates, comparing
from textclean.dedup import prefix_suffix as fragments
from textclean.dedup.buffers import chunks, stretches
from textclean.dedup.folding import FoldedTexts
from textclean.dedup.pair_tables import Compared, Groups
from textclean.dedup.thread_pool import Crew

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from textclean.dedup.kernels.precompile import Compiling


class Survey(NamedTuple):
    """What is known of each text after the first reading."""

    digests: NDArray[np.uint64]
    #: Equal for folds that are alike but for the values in them.
    forms: NDArray[np.uint64]
    #: Equal for folds that begin alike, and for folds that end alike.
    heads: NDArray[np.uint64]
    tails: NDArray[np.uint64]
    #: Folded characters.
    lengths: NDArray[np.int64]
    #: Prose at first sight; of the others that is still to be found out.
    plain: NDArray[np.bool_]


def survey(texts: FoldedTexts, min_part: int, crew: Crew) -> Survey:
    """Read all texts once.

    Args:
        min_part: how many folded characters make a head or a tail.

    Raises:
        TypeError, InvalidTextError: a text is no string of Unicode characters.
    """
    import numpy as np

    from textclean.dedup.kernels import sketching
    from textclean.dedup.kernels.values import value_kinds

    count = len(texts)
    digests = np.empty((count, 4), np.uint64)
    lengths = np.empty(count, np.int64)
    plain = np.empty(count, np.bool_)

    def read(stretch: range) -> None:
        for chunk, folds, prose in texts.read(stretch):
            here = slice(chunk.start, chunk.stop)
            plain[here] = prose
            sketching.digests(*folds, value_kinds(), min_part, digests[here])
            lengths[here] = folds.lengths

    crew.each(read, stretches(count))
    of_whole, forms, heads, tails = np.ascontiguousarray(digests.T)
    return Survey(of_whole, forms, heads, tails, lengths, plain)


def folds_of(texts: FoldedTexts, indices: Iterable[int], crew: Crew) -> dict[int, str]:
    """The folds of some texts, by their indices: `fold`, but many at a time."""
    import numpy as np

    at = np.unique(np.fromiter(indices, np.int64))

    def read(chunk: range) -> list[tuple[int, str]]:
        here = at[chunk.start : chunk.stop]
        return list(zip(here.tolist(), texts.folds(here).texts(), strict=True))

    return dict(chain.from_iterable(crew.each(read, chunks(texts.sizes[at]))))


def search(
    texts: FoldedTexts,
    at: NDArray[np.int64],
    surveyed: Survey,
    documents: NDArray[np.int64],
    *,
    threshold: float,
    min_near: int,
    parts_of: NDArray[np.bool_] | None,
    min_part: int,
    compiling: Compiling,
    crew: Crew,
) -> tuple[Compared, Groups]:
    """Look for pairs among distinct folds.

    Args:
        at: the indices of the texts to compare, sorted.
        documents: for each text, not only those in `at`, the document it belongs to.
        min_near: folded characters from which a text is sketched.
        parts_of: of each text in `at`, whether it may be a part of another; None if none may.
        min_part: folded characters from which a text may be a head or a tail.
        compiling: who compiles the loops.

    Returns:
        What pairs turned out to be; and the groups of texts alike but for the values in them.

    Warns:
        UserWarning: more than `candidates.MAX_BAND` folds share a band, so not all of its pairs are
            looked at.
    """
    import numpy as np

    digests = surveyed.digests[at]
    lengths = surveyed.lengths[at]
    searched = comparing.Searched(texts, at, lengths, documents[at])
    sketchable = np.flatnonzero(lengths >= max(min_near, 1))
    tasks: list[Callable[[], Any]] = [partial(equal_groups, surveyed.forms[at[sketchable]])]
    if parts_of is not None:
        tasks += [
            partial(fragments.Wanted.of, digests, parts_of & (lengths >= min_part)),
            partial(fragments.shared_keys, surveyed.heads[at]),
            partial(fragments.shared_keys, surveyed.tails[at]),
        ]
    forms, *ends = crew.each(call, tasks)
    forms = forms._replace(members=at[sketchable[forms.members]])
    wanted = shared = None
    if ends:
        wanted, heads, tails = ends
        shared = heads.view(np.uint8) | tails.view(np.uint8) << np.uint8(1)
    compiling.finish_sketching()
    sketched = candidates.sketch(searched, sketchable, threshold, wanted, min_part, shared, crew)
    pieces = sketched.pieces
    pairs = candidates.pairs(searched, digests, sketched, crew)
    del sketched  # its bands and anchors are most of what is in memory
    cut = None
    if wanted is not None:
        cut = fragments.cut_off(searched, digests, wanted, pieces)
    found = comparing.compare(searched, pairs, cut, threshold, compiling=compiling, crew=crew)
    return found, forms


def equal_groups(keys: NDArray[np.uint64]) -> Groups:
    """The places of the keys that occur more than once: of each key a group, in order."""
    import numpy as np

    repeated = np.flatnonzero(fragments.shared_keys(keys))
    keys = keys[repeated]
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    changes = np.append(np.zeros(0, np.int64), ordered[1:] != ordered[:-1])
    numbers = np.concatenate([np.zeros(min(1, len(order)), np.int64), np.cumsum(changes)])
    return Groups(repeated[order], numbers)
