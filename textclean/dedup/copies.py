"""Which of many texts are copies of which: the search from end to end.

Texts with the same fold become one node first, so that a million copies of one line are compared
once. The search (`search`) says which few of the distinct folds are worth a closer look; only those
become nodes of the graph (`graph`), and all others stay. Headings follow what stands under them
(`policy`).
"""

from __future__ import annotations

import gc
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import accumulate, chain, compress, count, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Protocol

from textclean.config import Config
from textclean.dedup import policy, search
from textclean.dedup.buffers import ArrowStrings, StringList, check, kind_of, listed
from textclean.dedup.fold import fold
from textclean.dedup.folding import FoldedTexts
from textclean.dedup.graph import Nodes, Settled, settle
from textclean.dedup.packages import require
from textclean.dedup.pair_tables import Groups
from textclean.dedup.preference import preference
from textclean.dedup.records import Removal, RemovalKind
from textclean.dedup.representatives import stand_ins
from textclean.dedup.result import Deduplicated
from textclean.dedup.thread_pool import Crew

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: So many different texts are folded one by one, to see whether there is anything to search.
_FEW = 16


class StringArray(Protocol):
    """A column of strings that can turn itself into a list, as pyarrow's can."""

    def to_pylist(self) -> list[Any]:
        """The values as Python strings."""
        ...


def deduplicate(
    texts: Iterable[str] | StringArray,
    config: Config | None = None,
    *,
    threads: int | None = None,
) -> Deduplicated:
    """Find the copies among `texts`, the consecutive blocks of one document.

    With ``config.unit == "document"`` each text is a document by itself: `deduplicate_records`. A
    pyarrow array of strings is read where it lies, without making Python strings of it.

    Args:
        threads: how many work at once; None: as many as there are processors. The result is the
            same for any number.

    Raises:
        TypeError: not an iterable of strings; the message names the index of what is none. Or
            `threads` is no number.
        ValueError: `threads` is less than 1.
        InvalidTextError: a text holds a lone surrogate.
        MissingExtraError: there are texts to compare, but a package of the extra ``[dedup]`` is
            not installed.
    """
    config = config or Config()
    if config.unit == "document":
        return deduplicate_records(texts, config, threads=threads)
    blocks = listed(texts)
    with _naming([(blocks, "texts")]):
        return _deduplicate(blocks, [0, len(blocks)], config, threads)


def deduplicate_documents(
    documents: Iterable[Iterable[str] | StringArray],
    config: Config | None = None,
    *,
    threads: int | None = None,
) -> Deduplicated:
    """Find the copies among the blocks of several documents; indices count them one after another.

    In one document a block of prose is a copy from ``config.min_copy`` folded characters, and a
    heading goes with all that stands under it; across documents only prose of
    ``config.min_copy_across`` or more goes.

    Raises:
        TypeError, InvalidTextError, MissingExtraError: as `deduplicate`.
    """
    if isinstance(documents, str | bytes | Mapping) or not isinstance(documents, Iterable):
        raise TypeError(f"documents: expected sequences of strings, got {kind_of(documents)}")
    names = map("documents[{}]".format, count())
    each = [
        (listed(document, name), name) for document, name in zip(documents, names, strict=False)
    ]
    bounds = [0, *accumulate(len(document) for document, _ in each)]
    blocks = list(chain.from_iterable(document for document, _ in each))
    with _naming(each):
        return _deduplicate(blocks, bounds, config or Config(), threads)


def deduplicate_records(
    texts: Iterable[str] | StringArray,
    config: Config | None = None,
    *,
    threads: int | None = None,
) -> Deduplicated:
    """Find the copies among `texts`, each a whole document of any kind and length.

    Equal folds are exact copies however short; near copies are looked for from
    ``config.min_copy_across`` folded characters. A document that is part of another one stays.

    Raises:
        TypeError, InvalidTextError, MissingExtraError: as `deduplicate`.
    """
    records = listed(texts)
    with _naming([(records, "texts")]):
        return _deduplicate(records, None, config or Config(), threads)


@contextmanager
def _naming(inputs: Iterable[tuple[Sequence[str], str]]) -> Iterator[None]:
    """Say of a text that can't be read which one it is.

    That it can be read is found out by reading it; looking beforehand would take as long again.
    """
    try:
        yield
    except (TypeError, UnicodeEncodeError):
        for texts, name in inputs:
            check(texts, name)
        raise


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for cycles of garbage: the search makes none, and looks at all texts."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _deduplicate(
    texts: list[str] | ArrowStrings, bounds: list[int] | None, config: Config, threads: int | None
) -> Deduplicated:
    """`bounds` are those of the documents whose blocks the texts are; None if each is one."""
    across = max(config.min_copy, config.min_copy_across)
    few = _settle_few(texts, bounds, config)
    if few is not None:
        settled, headings = few, None
    else:
        with _uncollected(), Crew(threads) as crew:
            settled, headings = _settle(texts, bounds, config, across, crew)
    removed = {removal.index for removal in settled.removals}
    if bounds is not None and (headings is None or headings):
        for start, end in pairwise(bounds):
            among = None
            if headings is not None:
                among = headings[bisect_left(headings, start) : bisect_left(headings, end)]
                if not among:
                    continue
            settled.removals.extend(policy.repeated_headings(texts, start, end, removed, among))
    kept = bytearray(b"\1") * len(texts)
    for removal in settled.removals:
        kept[removal.index] = 0
    return Deduplicated(
        kept=list(compress(range(len(texts)), kept)),
        removals=sorted(settled.removals, key=attrgetter("index")),
        twins=sorted(settled.twins),
        possible_twins=sorted(settled.possible_twins),
        threshold=config.threshold,
        texts=tuple(texts) if isinstance(texts, list) else texts,
    )


def _settle_few(texts: Sequence[str], bounds: list[int] | None, config: Config) -> Settled | None:
    """What is settled without a search because there is but one fold; None if there are more."""
    if isinstance(texts, ArrowStrings):
        return None
    different: set[str] = set()
    for text in texts:
        different.add(text)
        if len(different) > _FEW:
            return None
    "".join(different).encode("utf-32-le")  # see that they are strings of Unicode characters
    folds = {text: fold(text) for text in different if bounds is None or policy.is_prose(text)}
    least = 1 if bounds is None else config.min_copy
    across = max(config.min_copy, config.min_copy_across)
    folds = {text: folded for text, folded in folds.items() if len(folded) >= least}
    if len(set(folds.values())) > 1:
        return None
    length = max(map(len, folds.values()), default=0)
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        if text in folds:
            document = 0 if bounds is None or length >= across else bisect_right(bounds, index)
            groups[document].append(index)
    removals: list[Removal] = []
    for group in groups.values():
        first_of = {texts[index]: index for index in reversed(group)}
        best = preference(texts, list(first_of.values()))[0]
        removals += [Removal(i, best, RemovalKind.EXACT, 1.0) for i in group if i != best]
    return Settled(removals, [], [])


def _settle(
    texts: list[str] | ArrowStrings,
    bounds: list[int] | None,
    config: Config,
    across: int,
    crew: Crew,
) -> tuple[Settled, list[int]]:
    """What goes, and the indices of what may be a heading."""
    require()
    readable = FoldedTexts(texts if isinstance(texts, ArrowStrings) else StringList(texts))
    import numpy as np

    from textclean.dedup.kernels import precompile as ahead

    compiling = ahead.begin(alone=crew.size == 1)
    surveyed = search.survey(readable, config.min_copy, crew)

    documents = np.arange(len(texts), dtype=np.int64)
    headings: list[int] = []
    if bounds is None:
        near_from, across = config.min_copy_across, 0
        eligible = np.flatnonzero(surveyed.lengths > 0)
    else:
        near_from = across
        documents = np.searchsorted(np.array(bounds), documents, side="right")
        prose = surveyed.plain.copy()
        unsure = np.flatnonzero(~prose)
        for index, text in zip(unsure.tolist(), readable.texts.strings(unsure), strict=True):
            prose[index] = policy.is_prose(text)
            if "#" in text:
                headings.append(index)
        eligible = np.flatnonzero(prose & (surveyed.lengths >= config.min_copy))

    groups = _equal(eligible, surveyed, documents, across)
    stands = np.arange(len(texts))
    stands[groups.members] = stand_ins(readable, groups, compiling, crew)
    scattered = np.zeros(len(texts), np.bool_)
    scattered[stands[documents != documents[stands]]] = True
    distinct = eligible[stands[eligible] == eligible]
    parts_of = None if bounds is None else ~scattered[distinct]
    compared, forms = search.search(
        readable,
        distinct,
        surveyed,
        documents,
        threshold=config.threshold,
        min_near=near_from,
        parts_of=parts_of,
        min_part=config.min_copy,
        compiling=compiling,
        crew=crew,
    )
    nodes = Nodes(readable, stands, scattered, documents, surveyed.lengths, across)
    folds_of = partial(search.folds_of, readable, crew=crew)
    return settle(nodes, compared, forms, near_from, folds_of, compiling, crew), headings


def _equal(
    eligible: NDArray[np.int64],
    surveyed: search.Survey,
    documents: NDArray[np.int64],
    across: int,
) -> Groups:
    """The texts whose folds have one digest; those shorter than `across`, in one document."""
    import numpy as np

    keys = surveyed.digests[eligible]
    local = surveyed.lengths[eligible] < across
    keys[local] ^= documents[eligible][local].astype(np.uint64) << np.uint64(20)
    groups = search.equal_groups(keys)
    return groups._replace(members=eligible[groups.members])
