"""`clean_corpus`: documents cleaned together, each paragraph that is a copy of another removed.

Copies go first, then broken paragraphs are put together, so that every text is cleaned as it will
be read; then what is left is cleaned. Cleaning can make two paragraphs alike that were not, so the
cleaned texts are grouped once more, what that finds is removed as well, and what is left is cleaned
again, until nothing more goes. The result is a corpus in which one more run finds nothing.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, Unpack

from textclean.cleaning import Failure, Outcome, clean_texts, resolved
from textclean.config import Config, Options, config_of
from textclean.corpus.consistency import CorpusContradiction, contradictions
from textclean.corpus.decided import DocumentDecisions
from textclean.corpus.drafts import Draft, Loss, Place, Unit, located
from textclean.corpus.page_lines import boilerplate_in, bring_back_lines, take_out_lines
from textclean.corpus.reading_order import CleanedDocument, Key
from textclean.corpus.restoring import CorpusRestoration, restorations
from textclean.corpus.restoring import Unit as RestorableUnit
from textclean.corpus.restoring import Work as Restorable
from textclean.corpus.stitch_documents import CorpusStitch, join, stitches_of, unclear, unroll
from textclean.corpus.whole_documents import Choice, Progress, WholeDocuments
from textclean.corpus.witnesses import correct_from_copies, merge_readings, numbered
from textclean.errors import DocumentError
from textclean.text.edit import Edit

if TYPE_CHECKING:
    from textclean.dedup import Deduplicated, RemovalKind
    from textclean.dedup.records import Boilerplate, LostPassage


#: What was decided on the changes of a document, by its key; None: nothing.
Deciding = Callable[[Any], DocumentDecisions | None]


class CorpusRemoval(NamedTuple, Generic[Key]):
    """A block that was removed, and the block that stays in its place; offsets in the originals."""

    document: Key
    start: int
    end: int
    text: str
    kind: RemovalKind
    score: float
    survivor_document: Key
    survivor_start: int
    survivor_end: int
    survivor_text: str
    #: What the block alone says and the other does not: offsets in its original, and texts.
    lost: tuple[LostPassage, ...] = ()


class CorpusTwin(NamedTuple, Generic[Key]):
    """Two blocks alike but for numbers or names; both stay. Offsets in the originals."""

    document: Key
    start: int
    end: int
    text: str
    twin_document: Key
    twin_start: int
    twin_end: int
    twin_text: str
    #: What stands in the one and what in the other, where they differ; in folded characters.
    differences: tuple[tuple[str, str], ...]
    #: Whether they differ in numbers, dates or placeholders; else in what look like names.
    certain: bool


@dataclass(frozen=True)
class Corpus(Generic[Key]):
    """A cleaned corpus and all that was done to it."""

    #: In the order of the input, without those that failed.
    cleaned: list[CleanedDocument[Key]]
    #: In order of document and place.
    removals: list[CorpusRemoval[Key]]
    #: Pairs alike but for numbers, placeholders or names, reported and kept.
    twins: list[CorpusTwin[Key]]
    #: (name, reason) of each document that could not be cleaned and is left out.
    failures: list[tuple[Key, str]]
    #: Blocks that go on in another, in order of document and place; joined where the configuration
    #: says so, else only reported.
    stitches: list[CorpusStitch[Key]] = field(default_factory=list)
    #: Redacted values that copies or twins still have, in order of document and place; put in place
    #: where the configuration says so, else only proposed.
    restorations: list[CorpusRestoration[Key]] = field(default_factory=list)
    #: What it was cleaned with.
    config: Config = field(default_factory=Config, repr=False)

    def __repr__(self) -> str:
        parts = ("removals", "twins", "failures", "stitches", "restorations")
        counts = (f"{len(getattr(self, part))} {part}" for part in parts)
        return f"<Corpus: {len(self.cleaned)} documents, {', '.join(counts)}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: counts, and the documents with what became of each."""
        from textclean.text.notebook import cell, number, page  # nobody else has a use for it

        removed = Counter(removal.document for removal in self.removals)
        facts = repr(self).removeprefix("<Corpus: ").removesuffix(">").split(", ")
        facts.insert(1, number(sum(len(each.columns) for each in self.cleaned), "edit"))
        rows = (
            (
                cell(each.name), f"{len(each.original):,}", f"{len(each.text):,}",
                f"{len(each.columns):,}", f"{removed[each.name]:,}", cell(each.text),
            )
            for each in self.cleaned
        )  # fmt: skip
        head = ("document", "characters", "after", "edits", "removals", "text")
        return page("Corpus", facts, head, rows, len(self.cleaned))

    @cached_property
    def documents(self) -> list[tuple[Key, str]]:
        """(name, cleaned text) of each document."""
        return [(document.name, document.text) for document in self.cleaned]

    @cached_property
    def boilerplate(self) -> list[Boilerplate[Key]]:
        """Lines of pages that many documents have, first what most have; places in the originals.

        Looked for when first asked for. ``Config.boilerplate`` says whether they are taken out;
        then they are among the removals.
        """
        return boilerplate_in((document.name, document.original) for document in self.cleaned)

    @cached_property
    def contradictions(self) -> list[CorpusContradiction[Key]]:
        """Numbers that contradict one another or the calendar, in order of document and place.

        Looked for when first asked for; nothing is done about them.
        """
        documents = ((each.text, partial(_itself, each)) for each in self.cleaned)
        return list(contradictions(documents, self.config))

    @cached_property
    def edits(self) -> Mapping[Key, Sequence[Edit]]:
        """The edits of each document, by its name; offsets in that document's original."""
        return {document.name: document.edits for document in self.cleaned}


def _itself(document: CleanedDocument[Key]) -> CleanedDocument[Key]:
    return document


def clean_corpus(
    documents: Iterable[tuple[Key, str]],
    config: Config | Mapping[str, Any] | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    *,
    reference: Iterable[tuple[Key, str]] = (),
    readings: Sequence[Sequence[Key]] = (),
    **options: Unpack[Options],
) -> Corpus[Key]:
    """Clean documents together and remove what is in them more than once.

    Args:
        documents: (name, text), with unique names or other keys. Of two equal copies the
            earlier one stays.
        config, options: as for `clean`; ``unit="document"`` removes whole documents, anything else
            blocks.
        workers: processes to use; None: one for a small corpus, one per processor for a large one
            (from some four million characters). The result is the same for every number, and a
            script needs no ``if __name__ == "__main__"`` for them.
        progress: told (documents cleaned, documents in all) as the work goes on.
        reference: documents (name, text) for whose paragraphs copies are removed, too. They
            themselves are neither cleaned nor in the result, but as ``survivor_document``.
        readings: groups of names of documents that are readings of one page. The best of each
            stays, mended by the others as `consensus` does it; those go.

    Raises:
        TypeError: one of the documents is no pair of a name and a text; the message says which.
        DocumentError: two documents have one name, or one of the reference is not Unicode text.
        MissingExtraError: the packages that finding near copies needs are not installed.
        ConfigError: the configuration names a rule that does not exist.
    """
    chosen = config_of(config, options)
    return clean_documents(
        _pairs(documents),
        chosen,
        workers,
        progress,
        reference=_pairs(reference, "reference"),
        readings=readings,
    )


def _pairs(documents: Iterable[Any], what: str = "documents") -> Iterator[tuple[Any, str]]:
    if isinstance(documents, str) or not isinstance(documents, Iterable):
        kind = type(documents).__name__
        raise TypeError(f"{what}: expected pairs of a name and a text, got {kind}")
    if isinstance(documents, Mapping):
        raise TypeError(f"{what}: expected pairs of a name and a text: pass its .items()")
    for number, pair in enumerate(documents):
        if not isinstance(pair, tuple | list) or len(pair) != 2:
            kind = type(pair).__name__
            raise TypeError(f"{what}[{number}]: expected a name and a text, got {kind}")
        yield pair[0], pair[1]


def clean_documents(
    documents: Iterable[tuple[Key, str]],
    config: Config,
    workers: int | None = None,
    progress: Progress | None = None,
    config_for: Callable[[Key], Config] | None = None,
    *,
    reference: Iterable[tuple[Key, str]] = (),
    readings: Sequence[Sequence[Key]] = (),
    decisions: Deciding | None = None,
) -> Corpus[Key]:
    """`clean_corpus` with another choice of rules for some of the documents, by their names.

    Args:
        decisions: what was decided on the changes of a document.
    """
    config = resolved(config)
    failures: dict[Any, str] = {}
    names: dict[Key, int] = {}
    given: list[tuple[Key, str]] = []
    for name, text in documents:
        _number(name, names)
        try:
            text.encode("utf-8")
        except (AttributeError, UnicodeEncodeError) as error:
            failures[name] = f"not Unicode text: {error}"
        else:
            given.append((name, text))
    others = [_referred(name, text, names) for name, text in reference]
    of_unit = _clean_whole if goes_whole(config) else _clean_blocks
    corpus = of_unit(given, others, config, workers, progress, config_for, readings, decisions)
    failures.update(corpus.failures)
    in_order = sorted(failures.items(), key=lambda item: names[item[0]])
    return dataclasses.replace(corpus, failures=in_order)


def goes_whole(config: Config) -> bool:
    """Whether of a document goes all or nothing."""
    return config.unit == "document" and config.boilerplate == "report"


_Pairs = list[tuple[Any, str]]


def _clean_whole(
    given: _Pairs,
    others: _Pairs,
    config: Config,
    workers: int | None,
    progress: Progress | None,
    config_for: Callable[[Any], Config] | None,
    readings: Sequence[Sequence[Any]],
    decisions: Deciding | None,
) -> Corpus[Any]:
    names = [name for name, _ in (*given, *others)]
    choices: list[Choice] = []
    if config_for is not None:
        start = 0
        for own, run in groupby(map(config_for, names[: len(given)])):
            choices.append(Choice(range(start, start := start + len(list(run))), own))
    texts = [text for _, text in (*given, *others)]
    whole = WholeDocuments(texts, len(given), config, names.__getitem__, choices)
    if decisions is not None:
        whole.decisions = {
            number: found
            for number, name in enumerate(names[: len(given)])
            if (found := decisions(name)) is not None
        }
    numbers = {name: number for number, name in enumerate(names[: len(given)])}
    restored = work_on(whole, numbered(readings, numbers), config, workers, progress)
    return Corpus(
        [whole.finished(number) for number in range(len(given)) if number not in whole.failed],
        list(whole_removals(whole)),
        list(whole_twins(whole)),
        [(names[number], message) for number, message in whole.failed.items()],
        [],
        restored,
        config,
    )


def whole_removals(whole: WholeDocuments) -> Iterator[CorpusRemoval[Any]]:
    """The documents that were removed."""
    for number, loss in whole.losses():
        place = whole.place(number)
        yield CorpusRemoval(
            *whole.located(place),
            loss.kind,
            loss.score,
            *whole.located(loss.survivor),
            loss.lost,
        )


def whole_twins(whole: WholeDocuments) -> Iterator[CorpusTwin[Any]]:
    """The documents alike but for numbers or names."""
    for one, other, differences, certain in whole.twins():
        yield CorpusTwin(*whole.located(one), *whole.located(other), differences, certain)


def _clean_blocks(
    given: _Pairs,
    others: _Pairs,
    config: Config,
    workers: int | None,
    progress: Progress | None,
    config_for: Callable[[Any], Config] | None,
    readings: Sequence[Sequence[Any]],
    decisions: Deciding | None,
) -> Corpus[Any]:
    whole = config.unit == "document"
    drafts = [Draft(name, text, whole=whole) for name, text in given]
    for draft in drafts:
        draft.config = None if config_for is None else config_for(draft.document)
        draft.decisions = None if decisions is None else decisions(draft.document)
    references = [Draft(name, text, whole=whole) for name, text in others]
    blocks = Blocks(drafts, references, config)
    restored = work_on(blocks, readings, config, workers, progress)
    everywhere = [*blocks.drafts, *blocks.others]
    return Corpus(
        [draft.finished() for draft in blocks.drafts],
        [
            CorpusRemoval(
                *draft.at(*span),
                loss.kind,
                loss.score,
                *located(everywhere, loss.survivor),
                loss.lost,
            )
            for draft in blocks.drafts
            for span, loss in sorted(draft.losses.items())
        ],
        [
            CorpusTwin(*located(everywhere, twin[0]), *located(everywhere, twin[1]), *twin[2:])
            for twin in blocks.twins
        ],
        list(blocks.failures.items()),
        [found for draft in blocks.drafts for found in stitches_of(draft, config)],
        restored,
        config,
    )


def _number(name: Any, names: dict[Any, int]) -> None:
    if name in names:
        raise DocumentError(f"two documents are called {name!r}; names must be unique")
    names[name] = len(names)


def _referred(name: Any, text: str, names: dict[Any, int]) -> tuple[Any, str]:
    _number(name, names)
    try:
        text.encode("utf-8")
    except (AttributeError, UnicodeEncodeError) as error:
        raise DocumentError(f"{name!r} of the reference is not Unicode text: {error}") from None
    return name, text


class Work(Restorable, Protocol):
    """Documents that are worked on: by blocks (`Blocks`) or whole (`WholeDocuments`)."""

    def merge(self, groups: Sequence[Sequence[Any]]) -> None:
        """Have one document of each group stand for all, as readings of one page."""
        ...

    def settle(self, workers: int | None, progress: Progress | None) -> bool:
        """Remove, join and clean until nothing more goes; whether all could be cleaned."""
        ...

    def start_again(self) -> None:
        """Begin anew without those that failed."""
        ...

    def remove(self, *, cleaned: bool) -> bool:
        """Take out what is a copy, as the documents stand; whether anything went."""
        ...

    def snapshot(self) -> None:
        """Remember the outcomes as they are now."""
        ...

    def take_back(self) -> None:
        """Have the outcomes that `snapshot` remembered."""
        ...


def work_on(
    work: Work,
    readings: Sequence[Sequence[Any]],
    config: Config,
    workers: int | None,
    progress: Progress | None,
) -> list[CorpusRestoration[Any]]:
    """Settle and restore until nothing more goes: what was restored.

    What is restored may be a copy then: so all is grouped once more. Where something goes, all is
    settled and restored again, for another may be the witness now; what was restored of those that
    went stays on record, for it is why they went.
    """
    work.merge(readings)
    known: dict[tuple[Any, int, int], CorpusRestoration[Any]] = {}
    order: dict[tuple[Any, int, int], int] = {}
    while True:
        if not work.settle(workers, progress):
            # What fails leaves the corpus, and may not be what another's copy was removed for.
            work.start_again()
            work.merge(readings)
            known.clear()
            continue
        work.snapshot()
        for number, each in restorations(work, config):
            place = each.document, each.start, each.end
            known[place] = each
            order[place] = number
        found = [known[place] for place in sorted(known, key=lambda p: (order[p], *p[1:]))]
        if not any(each.applied for each in found) or not work.remove(cleaned=True):
            return found
        progress = None
        work.take_back()


# Two blocks, what they differ in, and whether that is certain, as `CorpusTwin` has it.
_TwinPlaces = tuple[Place, Place, tuple[tuple[str, str], ...], bool]


class Blocks:
    """Documents that are worked on block by block, as drafts; all of it is in memory."""

    def __init__(self, drafts: list[Draft], others: list[Draft], config: Config) -> None:
        self.drafts, self.others, self.config = drafts, others, config
        self.failures: dict[Any, str] = {}
        self.twins: list[_TwinPlaces] = []
        self._before: list[Outcome | None] = []
        self._texts: dict[Place, str] = {}

    def merge(self, groups: Sequence[Sequence[Any]]) -> None:
        """As `Work` says."""
        merge_readings(self.drafts, groups, self.config)

    def settle(self, workers: int | None, progress: Progress | None) -> bool:
        """As `Work` says."""
        failed, self.twins = _settle(self.drafts, self.others, self.config, workers, progress)
        self.failures.update(failed)
        return not failed

    def start_again(self) -> None:
        """As `Work` says."""
        left = (draft for draft in self.drafts if draft.document not in self.failures)
        self.drafts = [Draft.anew(draft) for draft in left]

    def remove(self, *, cleaned: bool) -> bool:
        """As `Work` says."""
        removed, self.twins = _remove(self.drafts, self.others, self.config, cleaned=cleaned)
        return removed

    def snapshot(self) -> None:
        """As `Work` says."""
        self._before = [draft.outcome for draft in self.drafts]

    def take_back(self) -> None:
        """As `Work` says."""
        for draft, outcome in zip(self.drafts, self._before, strict=True):
            if outcome is not None and draft.outcome is not None:
                draft.keep(outcome)

    def redacted_units(self) -> Iterator[RestorableUnit]:
        """As `restoring.Work` says."""
        for number, draft in enumerate(self.drafts):
            for start, text, spans in draft.units(cleaned=True):
                if text:
                    yield RestorableUnit(start, text, Place(number, spans[0][0], spans[-1][1]))

    def witness_texts(self) -> Iterator[tuple[Place, str]]:
        """As `restoring.Work` says."""
        return iter(self._texts.items())

    def lost(self, survivors: Collection[Place]) -> Iterator[tuple[Place, Place]]:
        """As `restoring.Work` says."""
        return (pair for pair in self._lost() if pair[1] in survivors)

    def _lost(self) -> Iterator[tuple[Place, Place]]:
        for number, draft in enumerate(self.drafts):
            for (start, end), loss in sorted(draft.losses.items()):
                yield Place(number, start, end), loss.survivor

    def certain_twins(self) -> Iterator[tuple[Place, Place]]:
        """As `restoring.Work` says."""
        return ((one, other) for one, other, _, certain in self.twins if certain)

    def begin_restoring(self) -> None:
        """As `restoring.Work` says."""
        self._texts = {unit.place: unit.text for unit in self.redacted_units()}
        for place, _ in self._lost():
            self._texts[place] = located(self.drafts, place)[3]

    def unit_text(self, place: Place) -> str | None:
        """As `restoring.Work` says."""
        return self._texts.get(place)

    def opened(self, number: int) -> Draft:
        """As `restoring.Work` says."""
        return self.drafts[number]

    def located(self, place: Place) -> tuple[Any, int, int, str]:
        """As `restoring.Work` says."""
        return located(self.drafts, place)

    def put(self, number: int, outcome: Outcome) -> None:
        """As `restoring.Work` says."""
        self.drafts[number].keep(outcome)


def _settle(
    drafts: Sequence[Draft],
    others: Sequence[Draft],
    config: Config,
    workers: int | None,
    progress: Progress | None,
) -> tuple[dict[Any, str], list[_TwinPlaces]]:
    """Remove, join and clean until nothing more goes: what failed, and the twins."""
    unroll(drafts, config)
    take_out_lines(drafts, config, cleaned=False)
    _remove(drafts, others, config, cleaned=False)
    while True:
        correct_from_copies(drafts, config)
        join(drafts, config)
        if failed := _clean(drafts, config, workers, progress):
            return failed, []
        progress = None  # what is cleaned again is too little to report
        if unclear(drafts, config) or take_out_lines(drafts, config, cleaned=True):
            continue
        removed, twins = _remove(drafts, others, config, cleaned=True)
        if not removed and not join(drafts, config) and not correct_from_copies(drafts, config):
            return {}, twins


def _clean(
    drafts: Sequence[Draft], config: Config, workers: int | None, progress: Progress | None
) -> dict[Any, str]:
    waiting = [draft for draft in drafts if draft.outcome is None]
    done = len(drafts) - len(waiting)

    def report(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(done, len(drafts))

    parts: dict[Config, list[Draft]] = {}
    for draft in waiting:
        parts.setdefault(draft.config or config, []).append(draft)
    failed: dict[Any, str] = {}
    for own, drafts_of_it in parts.items():
        texts = [draft.uncleaned() for draft in drafts_of_it]
        results = clean_texts(texts, own, workers, report)
        for draft, result in zip(drafts_of_it, results, strict=True):
            if isinstance(result, Failure):
                failed[draft.document] = result.message
            else:
                draft.take(result)
    return failed


def _remove(
    drafts: Sequence[Draft], others: Sequence[Draft], config: Config, *, cleaned: bool
) -> tuple[bool, list[_TwinPlaces]]:
    """Group the documents as they stand and take out what is a copy: whether anything went.

    `others` are numbered behind the drafts; copies go for their blocks, too, and these stay.
    """
    texts: list[list[str]] = []
    places: list[tuple[int, Unit]] = []
    for number, draft in enumerate([*drafts, *others]):
        units = draft.units(cleaned=cleaned)
        texts.append([unit.text for unit in units])
        places += ((number, unit) for unit in units)
    found = _deduplicate(texts[: len(drafts)], texts[len(drafts) :], config)

    def place(index: int) -> Place:
        number, unit = places[index]
        return Place(number, unit.spans[0][0], unit.spans[-1][1])

    stay = _kept_by_decision(drafts, places, [removal.index for removal in found.removals])
    went: dict[Place, Loss] = {}
    for removal in found.removals:
        if removal.index in stay:
            continue
        number, unit = places[removal.index]
        lost = drafts[number].alone(unit, removal.lost, cleaned) if removal.lost else ()
        loss = Loss(place(removal.survivor), removal.kind, removal.score, lost)
        went.update((Place(number, *span), loss) for span in unit.spans)
    changed = {where.draft for where in went} | _bring_back(drafts, went)
    for where, loss in went.items():
        drafts[where.draft].lose((where.start, where.end), loss)
    for number in changed:
        drafts[number].cut()
    kinds = ((found.twins, True), (found.possible_twins, False))
    return bool(went), [
        (place(a), place(b), differences, certain)
        for twins, certain in kinds
        for a, b, differences in twins
    ]


def _kept_by_decision(
    drafts: Sequence[Draft], places: Sequence[tuple[int, Unit]], indices: Sequence[int]
) -> set[int]:
    """Which of the units that are copies stay, since a reader says so."""
    stay: set[int] = set()
    copies: dict[int, list[tuple[int, int, int]]] = {}
    for index in indices:
        number, unit = places[index]
        if drafts[number].decisions is not None:
            copies.setdefault(number, []).extend((*span, index) for span in unit.spans)
    for number, spans in copies.items():
        draft = drafts[number]
        assert draft.decisions is not None
        kept = draft.decisions.stay(draft.original[start:end] for start, end, _ in sorted(spans))
        stay |= {index for (_, _, index), keeps in zip(sorted(spans), kept, strict=True) if keeps}
    return stay


def _bring_back(drafts: Sequence[Draft], went: Mapping[Place, Loss]) -> set[int]:
    """Bring back what was removed for a block that goes itself now; which documents changed.

    It is considered again with the rest. What came back once already points at the block that
    stays in place of both.
    """
    changed: set[int] = set()
    if not went:
        return changed
    changed |= bring_back_lines(drafts, went)
    for number, draft in enumerate(drafts):
        for span, loss in list(draft.losses.items()):
            instead = went.get(loss.survivor)
            if instead is None:
                continue
            if span in draft.returned:
                score = min(loss.score, instead.score)
                draft.losses[span] = Loss(instead.survivor, instead.kind, score, loss.lost)
            else:
                draft.bring_back(span)
                changed.add(number)
    return changed


def _deduplicate(
    texts: Sequence[Sequence[str]], others: Sequence[Sequence[str]], config: Config
) -> Deduplicated:
    from textclean.dedup import deduplicate, deduplicate_documents

    if config.text_fields != ("text",):  # these are texts by now, not records
        config = dataclasses.replace(config, text_field="text")
    if config.unit == "document":
        return deduplicate(
            list(chain.from_iterable(texts)), config, reference=list(chain.from_iterable(others))
        )
    return deduplicate_documents(texts, config, reference=others)
