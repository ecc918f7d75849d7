"""What is said of texts: which are removed, in favour of which, which are twins or share a span.

Texts are named by their indices, or by ids of any type where a caller has given some.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, NamedTuple

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    Key = TypeVar("Key", default=int)
else:
    from typing import TypeVar

    Key = TypeVar("Key")


class RemovalKind(StrEnum):
    """In what sense a removed text is a copy of its survivor."""

    #: The same but for width, case, script, spaces and marks.
    EXACT = "exact"
    #: Alike in its shingles, as copies with misread or lost characters are.
    NEAR = "near"
    #: A part of the survivor, word for word or but for damaged characters.
    CONTAINED = "contained"
    #: The survivor says all of it, and has within it something more that reads well: perhaps the
    #: removed text lost it, perhaps its writer left it out.
    CARRIED = "carried"
    #: A line of the page that other documents have, too, and that stays in the first of them: in
    #: a corpus, on request.
    BOILERPLATE = "boilerplate"


class InReference(NamedTuple):
    """A text of the reference, where other texts have ids and those of the reference have none."""

    index: int  # type: ignore[assignment]  # instead of the method that tuples have


class InIndex(NamedTuple):
    """A text of the index that is the reference, where other texts have ids, too."""

    id: str | int


class LostPassage(NamedTuple):
    """What a removed text says and its survivor does not: where it stands in the removed text."""

    start: int
    end: int
    text: str


class _Removal(NamedTuple, Generic[Key]):
    index: Key  # type: ignore[assignment]  # instead of the method that tuples have
    survivor: Key
    kind: RemovalKind
    #: 1 for exact copies, the Jaccard similarity of the shingles for near ones, and for contained
    #: and carried ones the share of the text that the survivor holds: 1 where nothing is damaged.
    score: float


class Removal(_Removal[Key]):
    """A text that is removed because another one, which is kept, says the same.

    Its four values are the tuple. `lost` stands beside them, for hardly any removal has it: only
    long texts go though they say a little that their survivor does not.
    """

    #: What it alone says, in order.
    lost: tuple[LostPassage, ...] = ()

    def losing(self, lost: tuple[LostPassage, ...]) -> Removal[Key]:
        """The same removal with what is lost by it."""
        if not lost:
            return self
        removal: Removal[Key] = Removal(*self)
        removal.lost = lost
        return removal


class Twin(NamedTuple, Generic[Key]):
    """Two kept texts alike but for numbers, dates or placeholders: they speak of different things.

    Of many texts of one form, each is paired with the first of them.
    """

    first: Key
    second: Key
    #: What stands in the fold of the first and what in that of the second.
    differences: tuple[tuple[str, str], ...]


class Decision(NamedTuple):
    """What is removed and which kept pairs are twins or may be, in no particular order."""

    removals: Sequence[Removal]
    twins: Sequence[Twin]
    possible_twins: Sequence[Twin]


class SharedSpan(NamedTuple, Generic[Key]):
    """A long span that two kept texts share, though neither is a copy of the other."""

    first: Key
    first_start: int
    first_end: int
    second: Key
    second_start: int
    second_end: int


class End(StrEnum):
    """Where in documents a line stands."""

    #: Before the text, or after no more than a title.
    HEAD = "head"
    #: Behind the text.
    FOOT = "foot"
    #: In the middle of it, or now here, now there.
    BETWEEN = "between"


class LinePlace(NamedTuple, Generic[Key]):
    """Where a line stands, without the spaces around it."""

    #: What its text is called by: an index, an id, the name of a document.
    key: Key
    start: int
    end: int


class Boilerplate(NamedTuple, Generic[Key]):
    """A line that belongs to the pages that several documents stood on, and not to their text."""

    text: str
    #: How many documents have it; equal documents are counted once.
    documents: int
    #: At which end of most of them it stands.
    end: End
    #: In order of the documents.
    places: tuple[LinePlace[Key], ...]
