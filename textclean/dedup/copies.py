"""Which of many texts are copies of which: the entries, for blocks, documents and records.

Importing this loads neither numpy nor numba; `search` does, when there is something to find. What
settles texts with one fold alone needs neither. Headings follow what stands under them (`policy`).
"""

from __future__ import annotations

import gc
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import accumulate, chain, compress, count, pairwise
from operator import attrgetter

from textclean.config import Config
from textclean.dedup import policy
from textclean.dedup.fold import fold
from textclean.dedup.inputs import ArrowStrings, StringArray, as_texts, check, kind_of, require
from textclean.dedup.preference import preference
from textclean.dedup.records import Decision, Removal, RemovalKind
from textclean.dedup.result import Deduplicated

#: So many different texts are folded one by one, to see whether there is anything to search.
_FEW = 16


def deduplicate(
    texts: Iterable[str] | StringArray, config: Config | None = None, *, threads: int | None = None
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
    blocks = as_texts(texts)
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
    heading is removed with all that stands under it; across documents only prose of
    ``config.min_copy_across`` or more is removed.

    Raises:
        TypeError, InvalidTextError, MissingExtraError: as `deduplicate`.
    """
    if isinstance(documents, str | bytes | Mapping) or not isinstance(documents, Iterable):
        raise TypeError(f"documents: expected sequences of strings, got {kind_of(documents)}")
    names = map("documents[{}]".format, count())
    each = [
        (as_texts(document, name), name) for document, name in zip(documents, names, strict=False)
    ]
    bounds = [0, *accumulate(len(document) for document, _ in each)]
    blocks = list(chain.from_iterable(document for document, _ in each))
    with _naming(each):
        return _deduplicate(blocks, bounds, config or Config(), threads)


def deduplicate_records(
    texts: Iterable[str] | StringArray, config: Config | None = None, *, threads: int | None = None
) -> Deduplicated:
    """Find the copies among `texts`, each a whole document of any kind and length.

    Equal folds are exact copies however short; near copies are looked for from
    ``config.min_copy_across`` folded characters. A document that is part of another one stays.

    Raises:
        TypeError, InvalidTextError, MissingExtraError: as `deduplicate`.
    """
    records = as_texts(texts)
    with _naming([(records, "texts")]):
        return _deduplicate(records, None, config or Config(), threads)


@contextmanager
def _naming(inputs: Iterable[tuple[Sequence[str], str]]) -> Iterator[None]:
    """Say of a text that can't be read which one it is.

    Whether it can be is seen when it is read: to look beforehand would take as long again.
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
    headings: Sequence[int] = range(len(texts))
    decision = _decide_few(texts, bounds, config)
    if decision is None:
        require()
        from textclean.dedup.search import search
        from textclean.dedup.thread_pool import ThreadPool

        with _uncollected(), ThreadPool(threads) as pool:
            decision, headings = search(texts, bounds, config, pool)
    removals = decision.removals
    removed = {removal.index for removal in removals}
    for start, end in pairwise(bounds or ()):
        among = headings[bisect_left(headings, start) : bisect_left(headings, end)]
        if among:
            removals += policy.repeated_headings(texts, among, end, removed)
    kept = bytearray(b"\1") * len(texts)
    for removal in removals:
        kept[removal.index] = 0
    return Deduplicated(
        kept=list(compress(range(len(texts)), kept)),
        removals=sorted(removals, key=attrgetter("index")),
        twins=decision.twins,
        possible_twins=decision.possible_twins,
        threshold=config.threshold,
        texts=tuple(texts) if isinstance(texts, list) else texts,
    )


def _decide_few(texts: Sequence[str], bounds: list[int] | None, config: Config) -> Decision | None:
    """The decision without a search where there is but one fold; None if there are more."""
    if isinstance(texts, ArrowStrings):
        return None
    different: set[str] = set()
    for text in texts:
        different.add(text)
        if len(different) > _FEW:
            return None
    "".join(different).encode("utf-32-le")  # see that they are strings of Unicode characters
    prose = {text for text in different if bounds is None or policy.is_prose(text)}
    if any(policy.holds_prose(text) for text in different - prose):
        return None
    folds = {text: fold(text) for text in prose}
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
    return Decision(removals, [], [])
