"""Documents that are removed whole or not at all, cleaned together, in little memory.

The steps are those of `pipeline`; here is what is known of the documents meanwhile. Of each that is
a few numbers: which one stays for it, and where its outcome is. Texts may lie on disk, as
`StoredTexts`, and are fetched when they are compared, cleaned or written. A text that is removed
comes out empty.
"""

from __future__ import annotations

import gc
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, compress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from textclean.cleaning import ENDED, Failure, Outcome, clean, runs_rules
from textclean.config import Config
from textclean.corpus.decided import DocumentDecisions
from textclean.corpus.drafts import Loss, Place
from textclean.corpus.excise import Alignment, Cut, Remainder, fixed_spans
from textclean.corpus.outcomes import NO, Asked, Outcomes, Packed, pack, packing
from textclean.corpus.reading_order import CleanedDocument, Reading
from textclean.corpus.restoring import Unit
from textclean.corpus.witnesses import corrections, merged_readings
from textclean.text.columns import EditColumns
from textclean.text.compose import compose, rewrite
from textclean.text.edit import Span, Tier
from textclean.text.stored import StoredTexts

if TYPE_CHECKING:
    from textclean.dedup import RemovalKind
    from textclean.dedup.records import Decision, LostPassage, Removal, Twin
    from textclean.engines.disk.folder import WorkFolder


#: Told how many documents are cleaned, and how many there are.
Progress = Callable[[int, int], None]


class Choice(NamedTuple):
    """What some documents that follow one another are cleaned with."""

    numbers: range
    config: Config


class _Opened(NamedTuple):
    """A document, for whoever asks for more than its text."""

    document: Any
    outcome: Outcome | None
    reading: Reading


class WholeDocuments:
    """The documents of a corpus, by their numbers, and what becomes of them.

    Args:
        texts: those of the documents and, behind them, of the reference.
        own: how many the documents are.
        config: what they are cleaned with, but where `choices` say something else.
        name: what results call a document or one of the reference, by its number.
        choices: what each is cleaned with; together they cover all documents.
        folder: where temporary files may be made; None: where the system has them.
        work: where what is finished is kept.
    """

    def __init__(
        self,
        texts: Sequence[str],
        own: int,
        config: Config,
        name: Callable[[int], Any],
        choices: Sequence[Choice] = (),
        folder: Path | None = None,
        work: WorkFolder | None = None,
    ) -> None:
        self._work = work
        # Searches and rounds of cleaning so far: by these what is finished is called.
        self._searches = self._cleanings = 0
        self._first_steps: WorkFolder | None = None
        self.texts = texts
        self.own = own
        self.config = config
        self.name = name
        self._choices = choices or [Choice(range(own), config)]
        self._folder = folder
        #: Why a document could not be cleaned: it takes no part then.
        self.failed: dict[int, str] = {}
        #: What was decided on the changes of some documents.
        self.decisions: Mapping[int, DocumentDecisions] = {}
        self.outcomes = Outcomes(own, folder)
        #: What other readings or copies mend of some originals.
        self._corrections: dict[int, list[Span]] = {}
        self._bases: set[int] = set()
        self._superseded: dict[int, tuple[int, float]] = {}
        self._before: dict[int, int] = {}
        self._cleaned_before = False
        #: What is asked of cleaned texts, and of which the answer is yes.
        self._asked = Asked.of(config)
        self._redacted: set[int] = set()
        self._contradictory: set[int] = set()
        # Texts that may not be removed: they are protected, or hold a switch. Known once one of
        # them is met among copies.
        self._fixed: set[int] | None = None
        self._begin()

    def _begin(self) -> None:
        #: For each document the one that stays in its place, or -1.
        self._survivor = array("i", [-1]) * self.own
        self._kind = bytearray(self.own)
        #: Of those that are less like what stays than equal.
        self._score: dict[int, float] = {}
        #: What some of them alone say.
        self._lost: dict[int, tuple[LostPassage, ...]] = {}
        # Documents that came back once because what they were removed for went too.
        self._returned: set[int] = set()
        #: The texts that were searched last, and what was found.
        self._searched: Sequence[str] | None = None
        self._decision: Decision | None = None
        self._changed = True
        for number, (base, score) in self._superseded.items():
            self._lose(number, base, _kinds()[1], score)

    # What `pipeline` asks for

    def merge(self, groups: Iterable[Sequence[int]]) -> None:
        """Have one document of each group stand for all, as readings of one page."""
        present = ([each for each in members if each not in self.failed] for members in groups)
        chosen = [members for members in present if len(members) > 1]
        self._superseded.clear()
        for base, spans, others in merged_readings(chosen, self.texts.__getitem__, self.config):
            self._bases.add(base)
            self._correct(base, spans)
            self._superseded.update((number, (base, score)) for number, score in others)
        self._begin()

    def settle(self, workers: int | None, progress: Progress | None) -> bool:
        """Remove and clean until nothing more goes; whether all could be cleaned."""
        self.remove(cleaned=False)
        while True:
            self._correct_from_copies()
            if not self._clean(workers, progress):
                return False
            progress = None  # what is cleaned again is too little to report
            removed = self.remove(cleaned=True)
            if not removed and not self._correct_from_copies():
                return True

    def start_again(self) -> None:
        """Begin anew without those that failed; what was cleaned is kept."""
        self._corrections.clear()
        self._bases.clear()
        self._begin()

    def remove(self, *, cleaned: bool) -> bool:
        """Take out what is a copy of another document as they stand; whether anything went."""
        if not self._changed:
            return False
        texts, decision = self._search(cleaned=cleaned)
        if self._fixed is None and any(map(_is_fixed, _involved(texts, decision))):
            self._fixed = {number for number, text in enumerate(self.texts) if _is_fixed(text)}
            texts, decision = self._search(cleaned=cleaned)
        self._decision, self._changed = decision, False
        removals: Sequence[Removal] = decision.removals
        if self.decisions:
            removals = [removal for removal in removals if not self._is_kept(removal.index)]
        if not removals:
            return False
        went: dict[int, Removal] = {}
        if any(survivor >= 0 for survivor in self._survivor):
            went = {removal.index: removal for removal in removals}
        for removal in removals:
            self._lose(*removal)
            if removal.lost:
                self._lost[removal.index] = self._alone(removal, cleaned=cleaned)
        if went:
            self._bring_back(went)
        self._changed = True
        return True

    def _search(self, *, cleaned: bool) -> tuple[Sequence[str], Decision]:
        """The texts as they stand, and what among them are copies."""
        from textclean.dedup.copies import find_copies

        texts = self._as_they_stand(cleaned=cleaned)
        self._close_searched()
        self._searched = texts
        if self._work is None:
            return texts, find_copies(texts, self.config, own=self.own)
        self._searches += 1
        steps = self._work.within(f"search-{self._searches}")
        if isinstance(texts, StoredTexts) and isinstance(self.texts, StoredTexts):
            if texts is self.texts:
                self._first_steps = steps
            elif texts.stored is self.texts.stored:
                steps.earlier = self._first_steps
        found = find_copies(texts, self.config, own=self.own, steps=steps)
        if steps is not self._first_steps:
            steps.forget("digests")
            steps.forget("sketches")
        return texts, found

    def _is_kept(self, number: int) -> bool:
        """Whether a document that is a copy stays, since a reader says so."""
        found = self.decisions.get(number)
        return found is not None and found.stay([self.texts[number]])[0]

    def _bring_back(self, went: dict[int, Removal]) -> None:
        """As `pipeline` does it with blocks."""
        for number, survivor in enumerate(self._survivor):
            instead = went.get(survivor)
            if instead is None or number in went:
                continue
            if number in self._returned or number in self._superseded:
                score = min(self._score.get(number, 1.0), instead.score)
                self._lose(number, instead.survivor, instead.kind, score)
            else:
                self._returned.add(number)
                self._survivor[number] = -1
                self._score.pop(number, None)
                self._lost.pop(number, None)

    def _alone(self, removal: Removal, *, cleaned: bool) -> tuple[LostPassage, ...]:
        """What a removed document alone says, by its places in the original."""
        original: str = self.texts[removal.index]
        outcome = self.outcomes.of(removal.index, original) if cleaned else None
        if outcome is None:
            return removal.lost
        back = Alignment(outcome.columns).to_source
        spans = [back(passage.start, passage.end) for passage in removal.lost]
        return tuple(
            passage._replace(start=start, end=end, text=original[start:end])
            for passage, (start, end) in zip(removal.lost, spans, strict=True)
        )

    def put(self, number: int, outcome: Outcome) -> None:
        """Let this be what became of a document."""
        self._before.setdefault(number, self.outcomes.mark(number))
        if number in self.decisions:
            outcome = self.decisions[number].outcome(self.texts[number], outcome)
        self._put(number, pack(outcome), self._asked.answers(outcome.text))

    def snapshot(self) -> None:
        """Remember the outcomes as they are now."""
        self._before.clear()

    def take_back(self) -> None:
        """Have the outcomes that `snapshot` remembered."""
        for number, mark in self._before.items():
            if self.outcomes.has(number):
                self.outcomes.return_to(number, mark)
                text = self.outcomes.text(number)
                cleaned = self.texts[number] if text is None else text.decode("utf-8")
                self._note(number, self._asked.answers(cleaned))
        self._changed = True

    def _put(self, number: int, packed: bytes | None, answers: Asked) -> None:
        self.outcomes.put(number, packed)
        self._note(number, answers)
        self._changed = self._changed or packed is not None

    def _note(self, number: int, answers: Asked) -> None:
        for answer, numbers in zip(answers, (self._redacted, self._contradictory), strict=True):
            (numbers.add if answer else numbers.discard)(number)

    # Cleaning

    def _correct(self, number: int, spans: list[Span]) -> bool:
        if self._corrections.get(number, []) == spans:
            return False
        self._corrections[number] = spans
        self.outcomes.forget(number)
        return True

    def _correct_from_copies(self) -> bool:
        if self.config.tier is not Tier.SUGGESTED:
            return False
        losses = (
            (self.place(self._survivor[number]), self.place(number), self._score.get(number, 1.0))
            for number in self._gone()
            if number not in self._superseded
        )
        found = corrections(losses, self._original, self.config)
        changed = False
        for number in {*found, *self._corrections} - self._bases:
            if number < self.own:
                changed = self._correct(number, found.get(number, [])) or changed
        return changed

    def _original(self, place: Place) -> str:
        text: str = self.texts[place.draft][place.start : place.end]
        return text

    def _clean(self, workers: int | None, progress: Progress | None) -> bool:
        from textclean.engine import parallel

        clean("", self.config)  # what is wrong with the configuration is wrong once
        failed = len(self.failed)
        done = 0
        for numbers, config in self._choices:
            some = (n for n in numbers if not self.outcomes.has(n) and self._stays(n))
            if not runs_rules(config) and not any(self._asked):
                if not self._corrections and not self.decisions:
                    self.outcomes.keep(some)
                    continue
                for number in some:
                    self._take(number, Packed(None, NO))
                continue
            waiting = array("I", some)
            done += len(numbers) - len(waiting)
            self._cleanings += 1
            if not runs_rules(config):
                for number, text in zip(waiting, self._uncleaned(waiting), strict=True):
                    self._take(number, Packed(None, self._asked.answers(text)))
                continue
            first = not self._cleaned_before
            size = self._size() if first else 0
            count = parallel.workers_for(size, workers) if len(waiting) > 1 else 1
            work: parallel.Work[Any] = packing(config, self._asked)

            def results(
                numbers: Sequence[int], work: parallel.Work[Any] = work, count: int = count
            ) -> Iterator[Packed | Failure]:
                stream = parallel.stream(work, self._uncleaned(numbers), count, ENDED)
                return (result for _, result in stream)

            stream = results(waiting)
            if self._work is not None:
                from textclean.corpus.kept_outcomes import kept

                stream = kept(self._work.within(f"clean-{self._cleanings}"), waiting, results)
            with _unsearched():
                for number, result in zip(waiting, stream, strict=True):
                    self._take(number, result)
                    done += 1
                    if progress is not None and not done % 256:
                        progress(done, self.own)
        self._cleaned_before = True
        if progress is not None:
            progress(self.own, self.own)
        return len(self.failed) == failed

    def _size(self) -> int:
        """About how many characters there are in all."""
        if isinstance(self.texts, StoredTexts):
            return self.texts.stored.size * 2 // 5
        return sum(map(len, self.texts))

    def _uncleaned(self, numbers: Sequence[int]) -> Iterator[str]:
        """Some texts, in order, with what readings or copies mend of them."""
        texts: Iterable[str] = map(self.texts.__getitem__, numbers)
        if 2 * len(numbers) > len(self.texts):  # to read all at once takes less time
            chosen = bytearray(len(self.texts))
            for number in numbers:
                chosen[number] = 1
            texts = compress(self.texts, chosen)
        for number, original in zip(numbers, texts, strict=True):
            edits = self._corrections.get(number)
            yield rewrite(original, 0, len(original), edits) if edits else original

    def _take(self, number: int, result: Packed | Failure) -> None:
        if isinstance(result, Failure):
            self.failed[number] = result.message
            return
        packed = result.outcome
        edits = self._corrections.get(number)
        if edits:
            original = self.texts[number]
            text = rewrite(original, 0, len(original), edits)
            self.outcomes.put(number, packed)
            outcome = self.outcomes.of(number, text)
            assert outcome is not None
            spans = compose(original, edits, text, outcome.columns)
            packed = pack(Outcome(outcome.text, EditColumns.from_spans(spans)))
        self._put(number, packed, result.answers)
        if number in self.decisions:
            original = self.texts[number]
            cleaned = self.outcomes.of(number, original)
            if cleaned is not None:
                decided = self.decisions[number].outcome(original, cleaned)
                self._put(number, pack(decided), self._asked.answers(decided.text))

    # Texts

    def _stays(self, number: int) -> bool:
        return self._survivor[number] < 0 and number not in self.failed

    def _gone(self) -> Iterator[int]:
        return (number for number, survivor in enumerate(self._survivor) if survivor >= 0)

    def _as_they_stand(self, *, cleaned: bool) -> Sequence[str]:
        """The texts to search: empty where one is gone or may not go."""
        outcomes, fixed = self.outcomes, self._fixed or ()
        same = not cleaned or not outcomes.any_changed
        whole = not any(survivor >= 0 for survivor in self._survivor)
        if same and whole and not fixed and not self.failed:
            return self.texts
        if same and isinstance(self.texts, StoredTexts):
            gone = bytearray(len(self.texts))
            for number in chain(self._gone(), self.failed, fixed):
                gone[number] = 1
            return self.texts.without(gone)
        made = StoredTexts(self._folder)
        pieces: Iterable[bytes]
        if isinstance(self.texts, StoredTexts):
            pieces = self.texts.stored
        else:
            pieces = (text.encode("utf-8") for text in self.texts)
        for number, piece in enumerate(pieces):
            if number < self.own:
                if not self._stays(number):
                    piece = b""
                elif cleaned and (text := outcomes.text(number)) is not None:
                    piece = text
                    if self._fixed is not None and _is_fixed(text.decode("utf-8")):
                        piece = b""
                elif number in fixed:
                    piece = b""
            elif number in fixed:
                piece = b""
            made.stored.append(piece)
        return made

    def place(self, number: int) -> Place:
        """All of a document."""
        return Place(number, 0, len(self.texts[number]))

    def _lose(self, number: int, survivor: int, kind: RemovalKind, score: float) -> None:
        self._survivor[number] = survivor
        self._kind[number] = _kinds().index(kind)
        if score == 1.0:
            self._score.pop(number, None)
        else:
            self._score[number] = score

    # What `restoring` asks for

    def redacted_units(self) -> Iterator[Unit]:
        """As `restoring.Work` says."""
        for number in sorted(self._redacted):
            if self._stays(number):
                place = self.place(number)
                if text := self.unit_text(place):
                    yield Unit(0, text, place)

    def witness_texts(self) -> Iterator[tuple[Place, str]]:
        """As `restoring.Work` says."""
        for number, original in zip(range(self.own), self.texts, strict=False):
            text = self.outcomes.text(number) if self._survivor[number] < 0 else None
            cleaned = original if text is None else text.decode("utf-8")
            if cleaned and number not in self.failed:
                yield Place(number, 0, len(original)), cleaned

    def contradictory(self) -> Iterator[tuple[int, str]]:
        """The number of each document that stays and contradicts itself, and its cleaned text."""
        for number in sorted(self._contradictory):
            if self._stays(number):
                text = self.outcomes.text(number)
                yield number, self.texts[number] if text is None else text.decode("utf-8")

    def lost(self, survivors: Collection[Place]) -> Iterator[tuple[Place, Place]]:
        """As `restoring.Work` says."""
        places = {place.draft: place for place in survivors}
        for number in self._gone():
            if (place := places.get(self._survivor[number])) is not None:
                yield self.place(number), place

    def certain_twins(self) -> Iterator[tuple[Place, Place]]:
        """Documents alike but for numbers."""
        if self._decision is not None:
            for first, second in _pairs(self._decision.twins):
                yield self.place(first), self.place(second)

    def begin_restoring(self) -> None:
        """Nothing is to be made ready."""

    def unit_text(self, place: Place) -> str | None:
        """A document's cleaned text, or the original if it was removed."""
        number = place.draft
        if number >= self.own:
            return None
        original: str = self.texts[number]
        if not self._stays(number):
            return original
        cleaned = self.outcomes.text(number)
        text = original if cleaned is None else cleaned.decode("utf-8")
        return None if _is_fixed(text) else text

    def opened(self, number: int) -> _Opened:
        """A document that stays."""
        original = self.texts[number]
        outcome = self.outcomes.of(number, original)
        return _Opened(self.name(number), outcome, Reading(Remainder(original)))

    def located(self, place: Place) -> tuple[Any, int, int, str]:
        """A document's name and text."""
        return self.name(place.draft), place.start, place.end, self._original(place)

    # What comes of it

    def is_same(self, number: int) -> bool:
        """Whether a document stays and came out as it was."""
        return self._survivor[number] < 0 and (
            self.outcomes.is_same(number) or number in self.failed
        )

    def finished(self, number: int, original: str | None = None) -> CleanedDocument[Any]:
        """A document in its last state; one that failed is as it was."""
        original = self.texts[number] if original is None else original
        name = self.name(number)
        if self._survivor[number] >= 0:
            cuts = [Cut(0, len(original))] if original else []
            return CleanedDocument(name, "", Remainder(original, cuts), EditColumns().packed())
        outcome = self.outcomes.of(number, original)
        if outcome is None or number in self.failed:
            outcome = Outcome(original, EditColumns().packed())
        return CleanedDocument(name, outcome.text, Remainder(original), outcome.columns)

    def losses(self) -> Iterator[tuple[int, Loss]]:
        """The number of each document that was removed, and why."""
        kinds = _kinds()
        for number in self._gone():
            survivor = self.place(self._survivor[number])
            score, lost = self._score.get(number, 1.0), self._lost.get(number, ())
            yield number, Loss(survivor, kinds[self._kind[number]], score, lost)

    def survivors(self) -> Iterator[tuple[int, int]]:
        """The number of each document that was removed, and of the one that stays for it."""
        return ((number, self._survivor[number]) for number in self._gone())

    def twins(self) -> Iterator[tuple[Place, Place, tuple[tuple[str, str], ...], bool]]:
        """Pairs alike but for numbers, or, less certain, for names; and what they differ in."""
        if self._decision is None:
            return
        for twins, certain in (
            (self._decision.twins, True),
            (self._decision.possible_twins, False),
        ):
            for first, second, differences in twins:
                yield self.place(first), self.place(second), differences, certain

    def close(self) -> None:
        """Give up what is on disk, but for the texts."""
        self.outcomes.close()
        self._close_searched()

    def _close_searched(self) -> None:
        if isinstance(self._searched, StoredTexts) and self._searched is not self.texts:
            self._searched.close()


@contextmanager
def _unsearched() -> Iterator[None]:
    """With what is in memory now left out where garbage is looked for: the compiler alone has
    left a hundred thousand objects there, and cleaning makes many new ones.
    """
    if gc.get_freeze_count():  # somebody else did so, for longer
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _kinds() -> tuple[RemovalKind, ...]:
    from textclean.dedup.records import RemovalKind

    return tuple(RemovalKind)


def _is_fixed(text: str) -> bool:
    return bool(text) and fixed_spans(text, [(0, len(text))])[0]


def _involved(texts: Sequence[str], decision: Decision) -> Iterator[str]:
    """The texts that go, those that stay for them, and twins."""
    chosen = bytearray(len(texts))
    for removal in decision.removals:
        chosen[removal.index] = chosen[removal.survivor] = 1
    for twins in (decision.twins, decision.possible_twins):
        for one, other in _pairs(twins):
            chosen[one] = chosen[other] = 1
    return compress(texts, chosen) if any(chosen) else iter(())


def _pairs(twins: Sequence[Twin]) -> Iterator[tuple[int, int]]:
    firsts, seconds = getattr(twins, "firsts", None), getattr(twins, "seconds", None)
    if firsts is None or seconds is None:
        return iter((first, second) for first, second, _ in twins)
    return zip(firsts.tolist(), seconds.tolist(), strict=True)
