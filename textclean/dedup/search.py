"""The search: what among many texts is removed, in favour of what, and which texts are twins.

Every text is read twice in chunks, and chunks are worked on by threads:

- *digests*: of each fold and of its form, with its length, and whether the text is prose at first
  sight. Equal digests are grouped, so that only distinct folds, the nodes of the graph, go further.
- *pairs*: MinHash bands and winnowed anchors of each fold (`candidates`), heads and tails to the
  letter (`prefix_suffix`). Two folds that share one are compared (`comparing`), in arrays.

Ten million equal paragraphs are therefore compared no more often than one. Pairs that turn out to
be copies, or part and whole, are the edges of the graph (`graph`); a text without an edge stays.

All of it depends on the folds alone, not on their order, nor on threads or chunks. All of it is
arrays, up to the `Removal` and the `Twin` of each text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import count
from operator import call
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.config import Config
from textclean.dedup import candidates, comparing, policy, unverified
from textclean.dedup.buffers import reader, stretches
from textclean.dedup.comparing import PairVerdicts
from textclean.dedup.crowds import settle
from textclean.dedup.documents import LONG
from textclean.dedup.folded_texts import CorpusView, FoldedTexts
from textclean.dedup.graph import Nodes, Removals, decide
from textclean.dedup.indexed import Beside
from textclean.dedup.kernels import sketching
from textclean.dedup.kernels.pairing import Pairs
from textclean.dedup.kernels.stages import start_second_process
from textclean.dedup.kernels.values import value_kinds
from textclean.dedup.leaders import compare_by_leaders
from textclean.dedup.lost import lost_by
from textclean.dedup.preference import KeepBy
from textclean.dedup.prefix_suffix import PrefixIndex, cut_off, shared_keys
from textclean.dedup.prefix_trees import Prefixes, settle_prefixes
from textclean.dedup.records import Decision
from textclean.dedup.representatives import Groups, representatives
from textclean.dedup.spill import Rows
from textclean.dedup.steps import UNKEPT, Steps
from textclean.dedup.thread_pool import ThreadPool

# Pairs that are compared at a time.
_PAIRS = 1 << 18


def search(
    texts: Sequence[str],
    bounds: list[int] | None,
    config: Config,
    pool: ThreadPool,
    keep: KeepBy = "best",
    own: int | None = None,
    verify: bool = True,
    beside: Beside | None = None,
    steps: Steps = UNKEPT,
) -> tuple[Decision, list[int]]:
    """What is removed and which texts are twins; and the indices of what may be a heading.

    Args:
        bounds: those of the documents whose blocks the texts are; None if each is one.
        keep: which of several copies stays.
        own: the texts from this index on are a reference: copies of them go, they themselves stay.
        verify: look closely at pairs; else those go that are alike in their shingles.
        beside: the index that the reference comes from, if it does.
        steps: where what each step finds is kept.
    """
    own = len(texts) if own is None else own
    if pool.size > 1:
        start_second_process()
    folded = FoldedTexts(reader(texts), pool, beside, keep=steps.together is None)
    digests = read_digests(
        folded, LONG if bounds is None else config.min_copy, whole=bounds is None, steps=steps
    )
    small = np.int32 if len(texts) < 1 << 31 else np.int64
    documents: NDArray[Any] = np.arange(len(texts), dtype=small)
    headings: list[int] = []
    removable = np.ones(len(texts), np.bool_)
    if bounds is None:
        near_from, across = config.min_copy_across, 0
        eligible = np.flatnonzero(digests.lengths > 0).astype(small)
    else:
        near_from = across = max(config.min_copy, config.min_copy_across)
        documents = np.searchsorted(np.array(bounds), documents, side="right")
        eligible, holds, headings = eligible_paragraphs(folded, digests, config)
        removable = ~holds

    groups = _equal_folds(eligible, digests, documents, across)
    representative: NDArray[Any] = np.arange(len(texts), dtype=small)
    steps.tell("choosing among equal texts", 0, None, "")
    (representative[groups.members],) = steps.arrays(
        "representatives", lambda: [representatives(folded, groups, keep)]
    )
    # What is no prose itself stays, and prose with its fold goes for it.
    for index in groups.members[~removable[groups.members]][::-1].tolist():
        same = groups.members[representative[groups.members] == representative[index]]
        representative[same[removable[same]]] = index
        representative[index] = index
    listed = removable.copy()
    removable[own:] = False
    _refer(representative, groups, removable, own)
    scattered = np.zeros(len(texts), np.bool_)
    scattered[representative[documents != documents[representative]]] = True
    distinct = eligible[representative[eligible] == eligible]
    del eligible
    if bounds is None:
        documents = documents[:0].copy()  # nobody asks for them from here on
    lengths, keys = digests.lengths, digests.keys
    of = distinct if bounds is None else documents[distinct]
    view = CorpusView(folded, distinct, lengths[distinct], of, digests.folds[distinct])
    del digests
    may_be_part = None if bounds is None else ~scattered[distinct]

    def compare(ones: Any, others: Any) -> PairVerdicts:
        if not verify:
            return unverified.compare_pairs(view, ones, others, config.threshold)
        contained = bounds is not None
        return comparing.compare_pairs(view, ones, others, config.threshold, contained=contained)

    def compare_texts(ones: Any, others: Any) -> PairVerdicts:
        numbers = (np.searchsorted(distinct, side.astype(small)) for side in (ones, others))
        return compare(*numbers)

    if beside is not None and beside.alone:
        pairs, forms = pairs_of_first(view, config.threshold, parts=bounds is not None)
        if not len(pairs.edges):
            return Decision([], [], []), []
    else:
        pairs, forms = find_pairs(
            view, keys, config, near_from, may_be_part if verify else None,
            compare=compare, keep=keep, own=own, verify=verify,
            hot=None if beside is None else beside.selected.hot, steps=steps,
        )  # fmt: skip
    if beside is not None:
        beside.selected.notice(pairs.edges, own)
    forms = Groups(*(column[listed[forms.members]] for column in forms))
    keys.clear()
    nodes = Nodes(
        folded, representative, scattered, documents, lengths, across, removable,
        bounds is None, own,
    )  # fmt: skip
    steps.tell("deciding", 0, None, "")
    decision = decide(nodes, pairs, forms, near_from, keep, compare_texts)
    removals = decision.removals
    if verify and isinstance(removals, Removals):
        least = LONG if bounds is None else comparing.MAX_ALIGNED + 1
        removals.losing(lost_by(removals.columns, folded, lengths >= least))
    return decision, [heading for heading in headings if heading < own]


def _refer(
    representative: NDArray[np.int64], groups: Groups, removable: NDArray[np.bool_], own: int
) -> None:
    """Let the first text of the reference stand for all with its fold that may go."""
    members, numbers = groups
    there = members >= own
    if not there.any():
        return
    first = np.full(numbers[-1] + 1, len(representative), np.int64)
    np.minimum.at(first, numbers[there], members[there])
    best = first[numbers]
    led = (best < len(representative)) & (there | removable[members])
    representative[members[led]] = best[led]


#: Rows of digests: equal for folds that are alike but for the values in them, for folds that begin
#: alike, and for those that end alike.
FORMS, HEADS, TAILS = 0, 1, 2


class Digests(NamedTuple):
    """What is known of each text after the first reading."""

    folds: NDArray[np.uint64]
    #: By `FORMS`, `HEADS` and `TAILS`.
    keys: Rows
    #: Folded characters.
    lengths: NDArray[np.int32]
    #: Prose at first sight; of the others that is still to be found out.
    plain: NDArray[np.bool_]

    @classmethod
    def empty(cls, count: int, keys: Rows, plain: int) -> Digests:
        """Those of so many texts, of which nothing is known yet.

        Args:
            plain: of how many it will be known whether they are prose.
        """
        of_folds, lengths = np.empty(count, np.uint64), np.empty(count, np.int32)
        return cls(of_folds, keys, lengths, np.empty(plain, np.bool_))


def read_digests(
    texts: FoldedTexts, min_part: int, *, whole: bool = False, steps: Steps = UNKEPT
) -> Digests:
    """Read all texts once.

    Args:
        min_part: how many folded characters make a head or a tail.
        whole: whether each is a document: of these nobody asks for the tails, nor for prose.
        steps: where what is found of documents is kept.

    Raises:
        TypeError, InvalidTextError: a text is no string of Unicode characters.
    """
    count = len(texts)
    place: Any = {"on_disk": texts.texts.on_disk, "folder": texts.texts.folder}
    rows = 2 if whole else 3
    if steps.together is None:
        keys = Rows(rows, count, np.uint64, **place)
        return _read_part(texts, range(count), min_part, keys, whole=whole)
    keys = Rows(rows, count, np.uint64, **place)
    found = Digests.empty(count, keys, plain=0 if whole else count)
    for number, part in enumerate(steps.parts(count)):
        steps.tell("reading texts", part.start, count, "texts")

        def read(part: range = part) -> list[NDArray[Any]]:
            table = Rows(rows, len(part), np.uint64)
            here = _read_part(texts, part, min_part, table, whole=whole)
            return [here.folds, here.lengths, here.plain, table.table.ravel()]

        name = f"digests-{number:05}"
        earlier = steps.earlier.known(name) if steps.earlier is not None else None
        folds, lengths, plain, table = earlier or steps.take(name, read)
        here = slice(part.start, part.stop)
        found.folds[here], found.lengths[here] = folds.read(), lengths.read()
        if earlier:
            found.lengths[here][texts.texts.lengths(part) == 0] = 0
        if not whole:
            found.plain[here] = plain.read()
        keys.attach(part, table)
    return found


def _read_part(
    texts: FoldedTexts, part: range, min_part: int, keys: Rows, *, whole: bool
) -> Digests:
    """Read some texts that follow one another."""
    found = Digests.empty(len(part), keys, plain=0 if whole else len(part))

    def read(stretch: range) -> None:
        stretch = range(stretch.start + part.start, stretch.stop + part.start)
        for chunk, folds, prose in texts.read(stretch):
            place = range(chunk.start - part.start, chunk.stop - part.start)
            here = slice(place.start, place.stop)
            if not whole:
                found.plain[here] = prose
            rows = np.empty((len(chunk), 4), np.uint64)
            sketching.digests(*folds[:3], value_kinds(), min_part, rows)
            found.folds[here] = rows[:, 0]
            keys.put(place, rows.T[1 : 1 + len(keys)])
            found.lengths[here] = folds.lengths

    texts.pool.map(read, stretches(len(part)))
    return found


def eligible_paragraphs(
    texts: FoldedTexts, digests: Digests, config: Config
) -> tuple[NDArray[np.int64], NDArray[np.bool_], list[int]]:
    """The paragraphs that take part in a search.

    Returns:
        Their indices; of each text whether it only holds prose, and stays itself; and the indices
        of what may be a heading.
    """
    prose = digests.plain.copy()
    holds = np.zeros(len(texts), np.bool_)
    headings: list[int] = []
    unsure = np.flatnonzero(~prose)
    near_from = max(config.min_copy, config.min_copy_across)
    for index, text in zip(unsure.tolist(), texts.texts.strings(unsure), strict=True):
        prose[index] = policy.is_prose(text)
        if not prose[index] and digests.lengths[index] >= near_from:
            holds[index] = policy.holds_prose(text)
        if "#" in text:
            headings.append(index)
    return np.flatnonzero((prose & (digests.lengths >= config.min_copy)) | holds), holds, headings


def _equal_folds(
    eligible: NDArray[Any], digests: Digests, documents: NDArray[Any], across: int
) -> Groups:
    """The texts whose folds have one digest; those shorter than `across`, in one document."""
    keys = digests.folds
    if len(eligible) < len(keys) or across:
        keys = keys[eligible]
    local = digests.lengths[eligible] < across
    if across:
        keys[local] ^= documents[eligible][local].astype(np.uint64) << np.uint64(20)
    groups = equal_groups(keys)
    return groups._replace(members=eligible[groups.members].astype(np.int64))


def find_pairs(
    view: CorpusView,
    keys: Rows,
    config: Config,
    min_near: int,
    may_be_part: NDArray[np.bool_] | None,
    *,
    compare: Callable[[Any, Any], PairVerdicts],
    keep: KeepBy,
    own: int,
    verify: bool = True,
    hot: NDArray[np.uint32] | None = None,
    steps: Steps = UNKEPT,
) -> tuple[PairVerdicts, Groups]:
    """Look for pairs among distinct folds.

    Args:
        min_near: folded characters from which a text is sketched.
        keys: those of `Digests`, of all texts.
        may_be_part: of each text in `view`, whether it may be a part of another; None if none may.
        compare: gives the verdicts on pairs of numbers.
        keep: which of several copies stays.
        own: the texts from this index on are the reference.
        verify: look closely at pairs; else there are neither parts nor forms.
        hot: anchors that are not followed, in order.
        steps: where what each step finds is kept.

    Returns:
        The verdicts on pairs; and the groups of texts alike but for the values in them.

    Warns:
        UserWarning: more than `candidates.MAX_BAND` folds share a band, so not all of its pairs are
            looked at.
    """
    at, lengths, pool = view.at, view.lengths, view.texts.pool
    trees = None
    if verify and may_be_part is None:
        trees = Prefixes(
            *steps.arrays(
                "prefixes",
                lambda: settle_prefixes(
                    view, keys.at(HEADS, at), LONG, config.threshold, keep, own
                ),
            )
        )
    sketchable = np.flatnonzero(lengths >= max(min_near, 1)).astype(at.dtype)
    tasks: list[Callable[[], Any]] = [
        lambda: equal_groups(keys.at(FORMS, at[sketchable])),
    ]
    if may_be_part is not None:
        tasks += [
            partial(PrefixIndex.of, view.digests, may_be_part & (lengths >= config.min_copy)),
            partial(shared_keys, keys.at(HEADS, at)),
            partial(shared_keys, keys.at(TAILS, at)),
        ]
    forms, *ends = pool.map(call, tasks)
    forms = forms._replace(members=at[sketchable[forms.members]].astype(np.int64))
    if trees is not None:
        sketchable = sketchable[~trees.settled[sketchable]]
    index = shared = None
    if ends:
        index, heads, tails = ends
        shared = heads.view(np.uint8) | tails.view(np.uint8) << np.uint8(1)

    def find_candidates() -> list[NDArray[Any]]:
        sketches = candidates.sketch(view, sketchable, config, index, shared, steps)
        steps.tell("settling crowds", 0, None, "")

        def settle_crowds() -> list[NDArray[Any]]:
            settled, formula, verdicts = settle(
                view, sketches.numbers, sketches.bands,
                keys.at(FORMS, at) if verify else None, compare, keep, own,
            )  # fmt: skip
            return [settled, formula, *verdicts]

        settled, formula, *in_crowds = steps.arrays("crowds", settle_crowds)
        pairs = candidates.pairs(view, sketches, settled, formula, hot, steps)
        return [pairs, *sketches.pieces, *in_crowds]

    # Bands and anchors are most of what is in memory or on disk: they are given up here.
    found = steps.arrays("candidates", find_candidates)
    pairs, in_crowds = found[0], found[3:]
    steps.forget("pairs")
    steps.forget("crowds")
    if verify:
        cut = None if index is None else cut_off(view, index, (found[1], found[2]))
        nothing = None if cut is None else (cut[0][:0], cut[1][:0])
        number = count(0)
        parts_of = max(1, -(-len(pairs) // _PAIRS))

        def compared(codes: NDArray[np.uint64], ends: Pairs | None = nothing) -> PairVerdicts:
            # What is worked out of each pair meanwhile takes many times the room of the pair.
            blocks = np.array_split(codes, 1 if cut is not None else len(codes) // _PAIRS + 1)
            parts: list[Iterable[NDArray[Any]]] = []
            for some in blocks:
                at_block = next(number)
                steps.tell("comparing pairs", min(at_block, parts_of - 1), parts_of, "parts")
                compare_some = partial(comparing.compare, view, some, ends, config.threshold)
                parts.append(steps.arrays(f"verdicts-{at_block:05}", compare_some))
            return PairVerdicts.joined(parts)

        verdicts = compare_by_leaders(view, pairs, keep, own, compared)
        if cut is not None and len(cut[0]):
            of_ends = compared(pairs[:0], cut)
            verdicts = verdicts._replace(edges=np.concatenate([verdicts.edges, of_ends.edges]))
    else:
        verdicts = unverified.compare(view, pairs, config.threshold)
        forms = Groups(forms.members[:0], forms.numbers[:0])
    both = PairVerdicts.joined([in_crowds, verdicts])
    if trees is not None:
        both = both._replace(edges=np.concatenate([both.edges, trees.edges]))
    return both, forms


def pairs_of_first(
    view: CorpusView, threshold: float, *, parts: bool
) -> tuple[PairVerdicts, Groups]:
    """The verdicts on the pairs of the first text and each of the others; no forms.

    Args:
        parts: whether it may be the head or tail of another one.
    """
    others = np.arange(1, len(view.at))
    first = np.zeros(len(others), np.int64)
    cut = (first, others) if parts else None
    nothing = np.zeros(0, np.int64)
    return comparing.compare(view, others.view(np.uint64), cut, threshold), Groups(nothing, nothing)


def equal_groups(keys: NDArray[np.uint64]) -> Groups:
    """The places of the keys that occur more than once: of each key a group, in order."""
    repeated = np.flatnonzero(shared_keys(keys))
    keys = keys[repeated]
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    numbers = np.cumsum(np.diff(ordered, prepend=ordered[:1]) != 0)
    return Groups(repeated[order], numbers)
