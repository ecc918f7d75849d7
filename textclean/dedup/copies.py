"""Which of many texts are copies of which: the entries, for blocks, documents and records.

Importing this loads neither numpy nor numba; `search` does, when there is something to find. What
settles texts with one fold alone needs neither. Headings follow what stands under them (`policy`).
"""

from __future__ import annotations

import dataclasses
import gc
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import accumulate, chain, compress, count, pairwise
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias, overload

from textclean.config import Config, Keep, Unit, config_of
from textclean.dedup import policy
from textclean.dedup.containers import (
    Given,
    Missing,
    Texts,
    as_texts,
    column_of,
    joined,
    parted,
    read,
)
from textclean.dedup.fold import fold
from textclean.dedup.indexed import Beside, IndexNames, IndexReference, IndexTexts
from textclean.dedup.inputs import ArrowStrings, StringArray, check, kind_of, require
from textclean.dedup.preference import ByValue, KeepBy, preference
from textclean.dedup.records import Decision, InReference, Key, Removal, RemovalKind
from textclean.dedup.result import Deduplicated, renumbered, with_ids
from textclean.dedup.steps import UNKEPT, Steps
from textclean.dedup.thread_pool import check_threads

#: Texts that copies are removed for: as `Texts`, the result of an earlier search, or an index.
Reference: TypeAlias = "Texts | Deduplicated[Any] | IndexReference"

#: So many different texts are folded one by one, to see whether there is anything to search.
_FEW = 16


@overload
def deduplicate(
    texts: Texts,
    config: Config | Mapping[str, Any] | None = None,
    *,
    threshold: float | None = None,
    unit: Unit | None = None,
    keep: Keep | Callable[[Any], Any] | None = None,
    ids: None = None,
    reference: Reference | None = None,
    missing: Missing = "refuse",
    verify: bool = True,
    threads: int | None = None,
) -> Deduplicated: ...
@overload
def deduplicate(
    texts: Texts,
    config: Config | Mapping[str, Any] | None = None,
    *,
    threshold: float | None = None,
    unit: Unit | None = None,
    keep: Keep | Callable[[Any], Any] | None = None,
    ids: str,
    reference: Reference | None = None,
    missing: Missing = "refuse",
    verify: bool = True,
    threads: int | None = None,
) -> Deduplicated[Any]: ...
@overload
def deduplicate(
    texts: Texts,
    config: Config | Mapping[str, Any] | None = None,
    *,
    threshold: float | None = None,
    unit: Unit | None = None,
    keep: Keep | Callable[[Any], Any] | None = None,
    ids: Iterable[Key],
    reference: None = None,
    missing: Missing = "refuse",
    verify: bool = True,
    threads: int | None = None,
) -> Deduplicated[Key]: ...
@overload
def deduplicate(
    texts: Texts,
    config: Config | Mapping[str, Any] | None = None,
    *,
    threshold: float | None = None,
    unit: Unit | None = None,
    keep: Keep | Callable[[Any], Any] | None = None,
    ids: Iterable[Any],
    reference: Reference,
    missing: Missing = "refuse",
    verify: bool = True,
    threads: int | None = None,
) -> Deduplicated[Any]: ...
def deduplicate(
    texts: Texts,
    config: Config | Mapping[str, Any] | None = None,
    *,
    threshold: float | None = None,
    unit: Unit | None = None,
    keep: Keep | Callable[[Any], Any] | None = None,
    ids: Iterable[Any] | str | None = None,
    reference: Reference | None = None,
    missing: Missing = "refuse",
    verify: bool = True,
    threads: int | None = None,
) -> Deduplicated[Any]:
    """Find the copies among `texts`, the consecutive blocks of one document.

    With ``unit="document"`` each text is a document by itself: equal folds are exact copies however
    short, near copies are looked for from ``config.min_copy_across`` folded characters, and a
    document that is part of another one goes if `threshold` of it stands there.

    Args:
        texts: strings; a column of numpy, pandas, Polars, pyarrow or datasets; a table of one of
            these; or records (mappings). Of tables and records the text is the column or field
            ``config.text_field``. What lies in Arrow is read there, without making Python strings.
            The result is the same whatever they come in.
        config: everything else, as a `Config` or a mapping; the arguments that follow win over it.
        threshold: from what similarity on texts are copies, in (0, 1]. The lower, the more are
            found; what says something else stays, whatever it is.
        unit: ``"document"``, or ``"paragraph"`` (also ``"auto"``).
        keep: which of several copies stays: ``"best"`` (what carries most, then what is least
            damaged), ``"first"``, ``"longest"``, or a function of an item (the text, or the record
            where records are given): the one of greatest value, of equal ones the best. What says
            less than all of a copy still goes for nothing: `keep` chooses among texts each of
            which says all that the other one does.
        ids: what the result calls the texts by, in place of their indices: hashable values, one
            each and all different; or the name of a column or field that holds them.
        reference: texts that copies are removed for, too, and that stay themselves and are not
            searched: as `texts`, or an earlier result, of which what was kept counts; or an
            `engines.index.Index`, whose entries go by their numbers, or by `InIndex` where the
            texts have ids.
        missing: ``"refuse"`` None and NaN, or ``"skip"`` them: they stay, as copies of nothing.
        verify: look closely at pairs. False: plain MinHash, in which texts are copies that are as
            alike as `threshold`, also where they say the opposite; there are no twins then.
        threads: how many work at once; None: as many as there are processors. The result is the
            same for any number.

    Raises:
        TypeError: not an iterable of strings or records; the message names the index of what is
            none. Or `threads` is no number.
        ValueError: an argument is none of its choices, ids are not as many as the texts or not
            different, a field is missing, or `threads` is less than 1.
        ConfigError: `threshold`, `unit` or `keep` is not one of the values of `Config`.
        InvalidTextError: a text holds a lone surrogate.
        MissingExtraError: there are texts to compare, but a package of the extra ``[dedup]`` is
            not installed.
    """
    given = config_of(config, {})
    chosen: dict[str, Any] = {"threshold": threshold, "unit": unit}
    chosen["keep"] = None if callable(keep) else keep
    config = dataclasses.replace(
        given, **{name: value for name, value in chosen.items() if value is not None}
    )
    if isinstance(texts, Iterator):
        texts = list(texts)
    read_texts = read(texts, config.text_column, missing)
    names = None if ids is None else _ids(ids, texts, len(read_texts.texts))
    others: _Reference | IndexReference
    if isinstance(reference, IndexReference):
        others = reference
    else:
        others = _Reference.of(reference, config, missing)
    search = _Search(
        read_texts, others, names, config, keep if callable(keep) else config.keep, verify, threads
    )
    return search(config.threshold)


def deduplicate_documents(
    documents: Iterable[Iterable[str] | StringArray],
    config: Config | Mapping[str, Any] | None = None,
    *,
    reference: Iterable[Iterable[str] | StringArray] = (),
    threads: int | None = None,
) -> Deduplicated:
    """Find the copies among the blocks of several documents; indices count them one after another.

    In one document a block of prose is a copy from ``config.min_copy`` folded characters, and a
    heading is removed with all that stands under it; across documents only prose of
    ``config.min_copy_across`` or more is removed.

    Args:
        reference: documents for whose blocks copies are removed, too, and that stay themselves.

    Raises:
        TypeError, InvalidTextError, MissingExtraError: as `deduplicate`.
    """
    each = _named(documents, "documents")
    own = len(each)
    each += _named(reference, "reference")
    bounds = [0, *accumulate(len(document) for document, _ in each)]
    blocks = list(chain.from_iterable(document for document, _ in each))
    with _naming(each):
        return _deduplicate(blocks, bounds, config_of(config, {}), threads, own=bounds[own])


def _named(documents: Any, name: str) -> list[tuple[list[str] | ArrowStrings, str]]:
    """Documents, and what to call each in a message."""
    if isinstance(documents, str | bytes | Mapping) or not isinstance(documents, Iterable):
        raise TypeError(f"{name}: expected sequences of strings, got {kind_of(documents)}")
    names = map(f"{name}[{{}}]".format, count())
    return [(as_texts(one, each), each) for one, each in zip(documents, names, strict=False)]


def deduplicate_records(
    texts: Texts,
    config: Config | Mapping[str, Any] | None = None,
    *,
    threads: int | None = None,
) -> Deduplicated:
    """`deduplicate` with ``unit="document"``: each text is a whole document of any kind and length.

    Raises:
        TypeError, InvalidTextError, MissingExtraError: as `deduplicate`.
    """
    return deduplicate(texts, config, unit="document", threads=threads)


class _Reference(NamedTuple):
    """Texts for which copies are removed."""

    texts: list[str] | ArrowStrings
    ids: list[Any]

    @classmethod
    def of(cls, given: Reference | None, config: Config, missing: Missing) -> _Reference:
        if given is None:
            return cls([], [])
        if isinstance(given, Deduplicated):
            texts = [""] * len(given.texts)
            for key in given.kept:
                number = given.number(key)
                texts[number] = given.texts[number]
            ids = given.ids
            return cls(texts, [] if ids is None else list(ids[: len(texts)]))
        return cls(read(given, config.text_column, missing, "reference").texts, [])


class _Search(NamedTuple):
    """All that a search is asked, but for the threshold."""

    given: Given
    reference: _Reference | IndexReference
    ids: list[Any] | None
    config: Config
    keep: Keep | Callable[[Any], Any]
    verify: bool
    threads: int | None

    def __call__(self, threshold: float) -> Deduplicated[Any]:
        config = dataclasses.replace(self.config, threshold=threshold)
        if isinstance(self.reference, _Reference):
            others = self.reference.texts
            found = self._found(config, others)
        else:
            found = self._found_beside(config, self.reference)
        found = dataclasses.replace(found, take=self.given.take, again=self)
        if self.ids is None:
            return found
        if isinstance(self.reference, _Reference):
            outside = self.reference.ids or list(map(InReference, range(len(others))))
            names: Sequence[Any] = [*self.ids, *outside]
        else:
            names = IndexNames(self.ids, self.reference)
        return dataclasses.replace(with_ids(found, names), again=self)

    def _found(
        self, config: Config, others: list[str] | ArrowStrings, beside: Beside | None = None
    ) -> Deduplicated:
        texts = self.given.texts
        both = joined(texts, others)
        bounds = None if config.unit == "document" else [0, len(both)]
        keep: KeepBy = "best"
        if callable(self.keep):
            function, item = self.keep, self.given.item
            keep = ByValue(lambda index: function(item(index)), len(texts))
        else:
            keep = self.keep
        with _naming([(texts, "texts"), (others, "reference")]):
            return _deduplicate(
                both, bounds, config, self.threads, keep=keep, own=len(texts), verify=self.verify,
                beside=beside,
            )  # fmt: skip

    def _found_beside(self, config: Config, index: IndexReference) -> Deduplicated:
        """The result with an index for a reference: a search among those of its texts that matter.

        Which these are may show in the search: it is done again then, with more of them.
        """
        own = len(self.given.texts)
        with _naming([(self.given.texts, "texts")]):
            selected = index.select(self.given.texts, config)
        beside = Beside(index, selected, own)
        found = self._found(config, selected.texts, beside)
        while selected.grow():
            found = self._found(config, selected.texts, beside)
        numbers = [*range(own), *(own + number for number in selected.numbers)]
        return dataclasses.replace(renumbered(found, numbers), reference=IndexTexts(index))


def _ids(ids: Iterable[Any] | str, texts: Any, count: int) -> list[Any]:
    if not isinstance(ids, Iterable):
        raise TypeError(f"ids: expected an iterable, got {kind_of(ids)}")
    names = column_of(texts, ids, "ids") if isinstance(ids, str) else list(ids)
    if len(names) != count:
        raise ValueError(f"ids: there are {len(names)} for {count} texts")
    seen: dict[Any, int] = {}
    for index, name in enumerate(names):
        try:
            first = seen.setdefault(name, index)
        except TypeError:
            raise TypeError(f"ids[{index}]: {kind_of(name)} is not hashable") from None
        if first != index:
            raise ValueError(f"ids[{index}]: {name!r} is the id of texts[{first}], too")
    return names


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
    texts: list[str] | ArrowStrings,
    bounds: list[int] | None,
    config: Config,
    threads: int | None,
    *,
    own: int,
    keep: KeepBy | None = None,
    verify: bool = True,
    beside: Beside | None = None,
) -> Deduplicated:
    """`bounds` are those of the documents whose blocks the texts are; None if each is one.

    The texts from the index `own` on are the reference.
    """
    check_threads(threads)
    keep = config.keep if keep is None else keep
    decision, headings = _decide(texts, bounds, config, threads, own, keep, verify, beside)
    removals = list(decision.removals)
    removed = {removal.index for removal in removals}
    for start, end in pairwise(min(bound, own) for bound in bounds or ()):
        among = headings[bisect_left(headings, start) : bisect_left(headings, end)]
        if among:
            removals += policy.repeated_headings(texts, among, end, removed, keep)
    kept = bytearray(b"\1") * own
    for removal in removals:
        kept[removal.index] = 0
    searched, others = parted(texts, own)
    return Deduplicated(
        kept=list(compress(range(own), kept)),
        removals=sorted(removals, key=attrgetter("index")),
        twins=decision.twins,
        possible_twins=decision.possible_twins,
        threshold=config.threshold,
        texts=searched,
        reference=others,
        verified=verify,
        whole=bounds is None,
        bounds=() if bounds is None else bounds[: bisect_right(bounds, own)],
    )


def find_copies(
    texts: Sequence[str],
    config: Config,
    *,
    own: int,
    steps: Steps = UNKEPT,
    threads: int | None = None,
) -> Decision:
    """As `deduplicate` with ``unit="document"``, and nothing is made for each text: what goes and
    which are twins, by index.

    Args:
        texts: strings, in memory or `StoredTexts`; those from the index `own` on are the reference.
        steps: where what each step finds is kept; what was found of each text alone stays there,
            for a search of which these are the `earlier` steps.
        threads: as of `deduplicate`.

    Raises:
        MissingExtraError: as `deduplicate`.
    """

    def decide() -> Decision:
        return _decide(texts, None, config, threads, own, config.keep, verify=True, steps=steps)[0]

    if steps is UNKEPT:
        return decide()
    require()
    from textclean.dedup.kept_decisions import of_arrays, to_arrays

    few = _decide_few(texts, None, config, config.keep, own)
    if few is not None:
        return few
    arrays = steps.arrays("decision", lambda: to_arrays(decide()))
    for name in ("representatives", "prefixes", "candidates", "verdicts"):
        steps.forget(name)
    return of_arrays(arrays, texts)


def _decide(
    texts: Sequence[str],
    bounds: list[int] | None,
    config: Config,
    threads: int | None,
    own: int,
    keep: KeepBy,
    verify: bool,
    beside: Beside | None = None,
    steps: Steps = UNKEPT,
) -> tuple[Decision, Sequence[int]]:
    """The decision, and the indices of what may be a heading."""
    few = _decide_few(texts, bounds, config, keep, own)
    if few is not None:
        return few, range(own)
    require()
    from textclean.dedup.search import search
    from textclean.dedup.thread_pool import ThreadPool

    with _uncollected(), ThreadPool(threads) as pool:
        return search(texts, bounds, config, pool, keep, own, verify, beside, steps)


def _decide_few(
    texts: Sequence[str], bounds: list[int] | None, config: Config, keep: KeepBy, own: int
) -> Decision | None:
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
        searched = group[: bisect_left(group, own)]
        if len(searched) < len(group):
            best = group[len(searched)]
        else:
            if not isinstance(keep, ByValue):  # of equal texts it is the first
                group = list({texts[index]: index for index in reversed(group)}.values())
            best = preference(texts, group, keep)[0]
        removals += [Removal(i, best, RemovalKind.EXACT, 1.0) for i in searched if i != best]
    return Decision(removals, [], [])
