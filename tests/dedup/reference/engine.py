"""The engine as it was: datasketch's sketches, look-up tables of parts, all of it plain Python.

What it proposes goes through the same verification and a choice of its own (`graph`), so that what
is compared is the search, whether the compiled one misses anything, and the graph in arrays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tests.dedup.reference.containers import containers, measured
from tests.dedup.reference.graph import Part, settle
from tests.dedup.reference.lsh import candidate_pairs
from tests.dedup.verdicts import judge
from textclean.dedup import comparing
from textclean.dedup.fold import fold, jaccard, shingles
from textclean.dedup.policy import is_prose
from textclean.dedup.preference import preference
from textclean.dedup.records import Removal, Twin
from textclean.dedup.verify import Verdict


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
    known = [folds[index] for index in at]
    least, misread = comparing.floor(threshold), comparing.misread_share(threshold)
    copies, twins = [], []
    for i, j in candidate_pairs(known, least):
        score = jaccard(shingles(known[i]), shingles(known[j]))
        if score < least:
            continue
        first, second = sorted((known[i], known[j]))
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
