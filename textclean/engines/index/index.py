"""The index: made, added to, asked, told of."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.config import Config, Unit, config_of
from textclean.dedup import deduplicate
from textclean.dedup.documents import LONG
from textclean.dedup.indexed import Beside
from textclean.dedup.inputs import check, require
from textclean.dedup.kernels.stages import start_second_process
from textclean.dedup.records import LostPassage, Removal, RemovalKind
from textclean.dedup.result import renumbered_removals
from textclean.dedup.search import search
from textclean.dedup.thread_pool import ThreadPool
from textclean.engines.index import entries, lookup, postings, sketches
from textclean.engines.index.changes import Added, add, batches, remove
from textclean.engines.index.entries import NO_NODE, Entry, Id
from textclean.engines.index.lines import StoredLines
from textclean.engines.index.selection import Selection
from textclean.engines.index.sketches import Settings
from textclean.engines.index.state import State, dead_nodes, settings_of
from textclean.engines.index.store import (
    DESCRIPTION,
    FORMAT,
    META,
    IndexFormatError,
    Store,
    Transaction,
)
from textclean.errors import ConfigError

if TYPE_CHECKING:
    from datasketch import LeanMinHash

# Entries that are read in one transaction.
_TOGETHER = 1024
# Below so many texts no threads are started.
_FEW = 64


class Seen(NamedTuple):
    """What an index has of a paragraph."""

    #: In what sense it has been seen: as for `dedup.Removal`.
    kind: RemovalKind
    score: float
    #: The first entry that says all of it.
    entry: Entry
    #: How many entries are equal to that one, itself among them; `Index.equal_to` gives them.
    copies: int
    #: What the paragraph says and the entry does not.
    lost: tuple[LostPassage, ...]


class Index:
    """An index in a folder, opened. To be closed, or used in a ``with`` statement.

    One process writes at a time, others wait for it; any number reads meanwhile. An index takes
    part in a search as ``deduplicate(texts, reference=index)``.
    """

    def __init__(self, folder: str | Path) -> None:
        """
        Raises:
            MissingExtraError: lmdb, or a package of the extra ``[dedup]``, is not installed.
            IndexFormatError: there is no index in the folder, or one of another version.
        """
        require()
        self.folder = Path(folder)
        self._store = Store.of(self.folder)
        try:
            with self._store.reading() as transaction:
                self.settings = settings_of(transaction, self.folder)
        except IndexFormatError:
            self._store.close()
            raise

    @classmethod
    def create(
        cls,
        folder: str | Path,
        config: Config | Mapping[str, Any] | None = None,
        *,
        threshold: float | None = None,
        unit: Unit | None = None,
    ) -> Index:
        """Make an empty index in a folder that is empty or not there yet.

        What says how texts are compared stays as it is: `threshold`, `unit`, ``min_copy`` and
        ``min_copy_across``.

        Raises:
            MissingExtraError: as for the class.
            IndexFormatError: there is something in the folder.
            ConfigError: `threshold` or `unit` is not one of the values of `Config`.
        """
        require()
        chosen: dict[str, Any] = {"threshold": threshold, "unit": unit}
        config = dataclasses.replace(
            config_of(config, {}), **{key: each for key, each in chosen.items() if each is not None}
        )
        settings = Settings.of(config)
        store = Store.of(Path(folder), create=True)

        def work(transaction: Transaction) -> None:
            description = {"format": FORMAT, **settings._asdict()}
            transaction.put_sealed(META, DESCRIPTION, json.dumps(description).encode())
            State().write(transaction)

        try:
            store.write(work)
            return cls(folder)
        finally:
            store.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __reduce__(self) -> tuple[type[Index], tuple[Path]]:
        return Index, (self.folder,)

    def __repr__(self) -> str:
        return f"Index({str(self.folder)!r})"

    def close(self) -> None:
        """Give it up."""
        self._store.close()

    def __len__(self) -> int:
        """How many entries there are."""
        with self._store.reading() as transaction:
            return State.read(transaction).entries

    def add(
        self,
        texts: Iterable[str],
        *,
        ids: Iterable[Id] | None = None,
        sources: Iterable[Any] | None = None,
        threads: int | None = None,
    ) -> Added:
        """Add texts, a transaction for every `BATCH`: what was added before an error stays.

        Adding the same ids and texts again changes nothing, so that an addition that broke off can
        be done again.

        Args:
            ids: what entries are called by: strings, or integers; None: their numbers.
            sources: where each comes from: what JSON has.
            threads: how many work at once; None: as many as there are processors.

        Raises:
            TypeError, InvalidTextError: a text is no string of Unicode characters.
            TypeError, ValueError: an id is none, or there are more or fewer of them than texts; or
                there is another text of that id.
        """
        rows = zip(
            texts,
            ids if ids is not None else iter(lambda: None, 0),
            sources if sources is not None else iter(lambda: None, 0),
            strict=ids is not None and sources is not None,
        )
        total = Added(0, 0)
        with ThreadPool(threads) as pool:
            for batch in batches(rows):
                new = [text for text, _, _ in batch]
                check(new)
                few = len(batch) < _FEW
                found = sketches.sketch(new, self.settings, None if few else pool)
                done = self._store.write(
                    lambda transaction, batch=batch, found=found: add(  # type: ignore[misc]
                        transaction, self.settings, batch, found
                    )
                )
                total = Added(total.added + done.added, total.known + done.known)
        return total

    def remove(self, ids: Iterable[Id]) -> int:
        """Remove the entries with some ids, in one transaction: how many there were."""
        names = list(dict.fromkeys(ids))
        return self._store.write(lambda transaction: remove(transaction, self.settings, names))

    def query(self, text: str) -> Seen | None:
        """Whether a paragraph has been seen, and where: what
        ``deduplicate([text], reference=...)`` says of it with all entries for a reference.

        Raises:
            TypeError, InvalidTextError: it is no string of Unicode characters.
        """
        check([text])
        found = sketches.sketch([text], self.settings, asked=True)
        if not found.removable[0]:
            return None
        selected = Selection(self._reading_state, self.settings, found)
        if selected.equal[0] >= 0:
            return self._seen(int(selected.equal[0]), RemovalKind.EXACT, 1.0, ())
        removal = self._removal(text, selected) if selected.texts else None
        if removal is None:
            return None
        with self._store.reading() as transaction:
            record = entries.read(transaction, removal.survivor - 1)
        if record is None:  # removed meanwhile
            return self.query(text)
        return self._seen(record.node, removal.kind, removal.score, removal.lost)

    def _removal(self, text: str, selected: Selection) -> Removal | None:
        """For what a text goes, by its number behind the text; None if it stays."""
        whole, config = self.settings.whole, self.config
        removals: Sequence[Removal] = ()
        # A long document may begin several others; `prefix_trees` says for which of them it goes.
        if not whole or len(text) < LONG:
            texts = [text, *selected.texts]
            beside = Beside(self, selected, 1, alone=True)
            start_second_process()  # else nobody would compile the loops
            with ThreadPool(1) as pool:
                bounds = None if whole else [0, len(texts)]
                removals = search(texts, bounds, config, pool, own=1, beside=beside)[0].removals
            if not selected.unsure:
                numbers = [0, *(number + 1 for number in selected.numbers)]
                return next(iter(renumbered_removals(removals, numbers)), None)
        removals = deduplicate([text], config, reference=self, threads=1).removals
        return next(iter(removals), None)

    def _seen(self, node: int, kind: RemovalKind, score: float, lost: Any) -> Seen | None:
        with self._store.reading() as transaction:
            first = entries.first_of(transaction, node)
            record = None if first is None else entries.read(transaction, first)
            if record is None:
                return None
            return Seen(kind, score, record.entry, entries.count_of(transaction, node), lost)

    @property
    def config(self) -> Config:
        """The configuration with the settings of the index."""
        return Config(**self.settings._asdict())

    def entry(self, name: Id) -> Entry | None:
        """The entry with an id; None if there is none."""
        with self._store.reading() as transaction:
            number = entries.number_of(transaction, name)
            record = None if number is None else entries.read(transaction, number)
            return None if record is None else record.entry

    def numbered(self, number: int) -> Entry | None:
        """The entry with a number; None if there is none."""
        with self._store.reading() as transaction:
            record = entries.read(transaction, number)
            return None if record is None else record.entry

    def equal_to(self, entry: Entry, limit: int | None = None) -> list[Entry]:
        """The entries with the fold of one of them, itself among them, in order of their numbers.

        Args:
            limit: how many of them, at most.
        """
        with self._store.reading() as transaction:
            record = entries.read(transaction, entry.number)
            if record is None:
                return []
            if record.node == NO_NODE:
                return [record.entry]
            numbers = islice(entries.members(transaction, record.node), limit)
            records = (entries.read(transaction, number) for number in numbers)
            return [each.entry for each in records if each is not None]

    def __iter__(self) -> Iterator[Entry]:
        """All entries, in order of their numbers, as they are when they are read."""
        start = 0
        while True:
            with self._store.reading() as transaction:
                numbers = list(islice(entries.numbers_from(transaction, start), _TOGETHER))
                records = [entries.read(transaction, number) for number in numbers]
            yield from (record.entry for record in records if record is not None)
            if not numbers:
                return
            start = numbers[-1] + 1

    def ids_of_file(self, name: str) -> list[Id]:
        """The ids of the entries that came from a file, as ``textclean index add`` calls them."""
        with self._store.reading() as transaction:
            found = entries.ids_from(transaction, name)
            return [
                each for each in found if str(each)[len(name) : len(name) + 1] in ("", ":", "#")
            ]

    def stats(self) -> dict[str, Any]:
        """The settings, and how much there is of what."""
        with self._store.reading() as transaction:
            state = State.read(transaction)
            return {
                "format": FORMAT,
                **self.settings._asdict(),
                "entries": state.entries,
                "distinct": state.nodes,
                "postings": sum(size for _, size in state.arrays),
                "arrays": len(state.arrays),
                "bytes": self._store.size,
            }

    def verify(self) -> list[str]:
        """What is not as it was written, a line for each thing; nothing, if all is well.

        Everything is read, in another process: LMDB itself may fall over a damaged page.
        """
        from textclean.engines.index.verification import verify

        return verify(self.folder)

    def export_sketches(
        self, ids: Iterable[Id], *, permutations: int | None = None, seed: int | None = None
    ) -> list[LeanMinHash]:
        """The sketches of some entries, for datasketch; by default those that the index uses.

        Raises:
            KeyError: there is no entry with one of the ids.
            MissingExtraError: a package of the extra ``[datasketch]`` is not installed.
        """
        from textclean.engines.index.exchange import exported

        found = [(name, self.entry(name)) for name in ids]
        for name, entry in found:
            if entry is None:
                raise KeyError(name)
        return exported([entry.text for _, entry in found if entry is not None], permutations, seed)

    def query_sketch(self, sketch: LeanMinHash, limit: int = 10) -> list[tuple[Entry, float]]:
        """The entries most like a sketch of datasketch's, and their estimated similarity.

        A sketch has no text, so nothing is verified: what says the opposite may be among them.

        Raises:
            ValueError: the sketch is not as `export_sketches` makes them.
        """
        from textclean.engines.index.exchange import key_values, similarities

        keys = key_values(sketch, self.settings.threshold)
        with self._store.reading() as transaction:
            state = State.read(transaction)
            found = postings.find(transaction, state.arrays, keys, dead_nodes(transaction))
            numbers = [
                number for number, _ in lookup.firsts(transaction, np.unique(found.nodes).tolist())
            ]
            records = [entries.read(transaction, number) for number in numbers]
        there = [record.entry for record in records if record is not None]
        scores = similarities([entry.text for entry in there], sketch)
        ranked = sorted(zip(there, scores, strict=True), key=lambda row: (-row[1], row[0].number))
        return [(entry, score) for entry, score in ranked[:limit] if score > 0]

    # What `dedup.deduplicate` asks for

    def select(self, texts: Sequence[str], config: Config) -> Selection:
        """The entries that matter for some texts.

        Raises:
            ConfigError: the index was made for other settings.
        """
        asked = Settings.of(config)
        for name, have, want in zip(Settings._fields, self.settings, asked, strict=True):
            if have != want:
                raise ConfigError(
                    f"{name}: the index {self.folder} was made for {have!r}, not for {want!r}"
                )
        found = sketches.sketch(texts, self.settings, asked=True)
        return Selection(self._reading_state, self.settings, found)

    def counted_lines(self, texts: Iterable[str]) -> StoredLines:
        """How many of some texts and of the entries have each line."""
        return StoredLines(self._store, texts)

    def _reading_state(
        self, work: Callable[[Transaction, postings.Arrays, NDArray[np.uint32]], Any]
    ) -> Any:
        with self._store.reading() as transaction:
            return work(transaction, State.read(transaction).arrays, dead_nodes(transaction))

    def capacity(self) -> int:
        """One more than the last number that was given to an entry."""
        with self._store.reading() as transaction:
            return State.read(transaction).next_entry
