"""The engine as it was: datasketch's sketches, look-up tables of parts, all of it plain Python.

What it proposes goes through the same verification and choice, so that what is compared is the
search: whether the compiled one misses anything.
"""

from __future__ import annotations

from collections.abc import Sequence

from tests.dedup.reference.containers import containers
from tests.dedup.reference.lsh import candidate_pairs
from textclean.dedup import search
from textclean.dedup.fold import fold
from textclean.dedup.graph import Place, Proposals, Settled, gather, settle
from textclean.dedup.policy import is_prose
from textclean.dedup.shingles import jaccard, shingles


def settled_by_reference(
    texts: Sequence[str], threshold: float = 0.7, min_copy: int = 10, min_near: int = 30
) -> Settled:
    """What goes among the blocks of one document, headings apart."""
    folds = [fold(text) if is_prose(text) else "" for text in texts]
    nodes = gather(
        texts,
        (
            Place(index, 1, folded, local=len(folded) < min_near)
            for index, folded in enumerate(folds)
            if len(folded) >= min_copy
        ),
    )
    at = [index for index, node in nodes.items() if len(node.fold) >= min_near]
    known = [nodes[index].fold for index in at]
    least = search.floor(threshold)
    near = []
    for i, j in candidate_pairs(known, least):
        score = jaccard(shingles(known[i]), shingles(known[j]))
        if score >= least:
            near.append((at[i], at[j], score))
    by_fold = {node.fold: index for index, node in nodes.items()}
    parts = {(by_fold[part], by_fold[whole]) for part, whole, _ in containers(by_fold, by_fold)}
    forms = [sorted(nodes)]
    misread = search.misread_share(threshold)
    return settle(texts, nodes, Proposals(near, sorted(parts), forms), threshold, misread, min_near)
