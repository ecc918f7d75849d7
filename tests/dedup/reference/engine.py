"""The search in plain Python: every pair of folds that share a shingle is looked at.

What it proposes goes through the same verification and a choice of its own (`graph`), so that what
is compared is the search, whether the compiled one misses anything, and the graph in arrays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tests.dedup.reference.containers import containers, measured
from tests.dedup.reference.graph import Part, settle
from tests.dedup.verdicts import judge
from textclean.dedup import comparing
from textclean.dedup.fold import fold, jaccard, shingles
from textclean.dedup.policy import is_prose
from textclean.dedup.preference import preference
from textclean.dedup.records import Removal, Twin
from textclean.dedup.verify import Verdict


def similar_pairs(folds: Sequence[str], least: float) -> Iterator[tuple[int, int, float]]:
    """Pairs of folds, the later one first, with their similarity where it is `least` or more."""
    sets = list(map(shingles, folds))
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(sets):
        for other in {other for shingle in own for other in holders[shingle]}:
            if (score := jaccard(own, sets[other])) >= least:
                yield number, other, score
        for shingle in own:
            holders[shingle].append(number)


def settled_by_reference(
    texts: Sequence[str], threshold: float = 0.7, min_copy: int = 10, min_near: int = 30
) -> tuple[list[Removal], list[Twin]]:
    """What goes among the blocks of one document, headings apart; and the twins among the rest."""
    folds = {i: fold(text) for i, text in enumerate(texts) if is_prose(text)}
    folds = {i: folded for i, folded in folds.items() if len(folded) >= min_copy}
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for index, folded in folds.items():
        groups[folded].append(index)
    nodes = {preference(texts, group)[0]: group for group in groups.values()}
    at = [index for index in nodes if len(folds[index]) >= min_near]
    misread = comparing.misread_share(threshold)
    copies, twins = [], []
    for i, j, score in similar_pairs([folds[index] for index in at], comparing.floor(threshold)):
        first, second = sorted((folds[at[i]], folds[at[j]]))
        verdict = judge(first, second, similar=score >= threshold, misread=misread)
        if verdict in (Verdict.COPY, Verdict.LIKELY):
            copies.append((at[i], at[j], score))
        elif verdict is Verdict.TWINS and score >= threshold:
            twins.append((at[i], at[j]))
    by_fold = {folds[index]: index for index in nodes}
    parts = [
        Part(by_fold[part], by_fold[whole], *measures)
        for part, whole in {(p, w) for p, w, _ in containers(by_fold, by_fold)}
        for measures in measured(part, whole, misread)
    ]
    return settle(texts, folds, nodes, copies, parts, twins, min_near)
