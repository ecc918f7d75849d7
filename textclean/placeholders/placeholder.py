"""What a placeholder is: where something was redacted, what it was, how it must have read."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class PlaceholderType(StrEnum):
    """What stood where the placeholder stands.

    ``composite`` is several things in one run, because the redactor ate what stood between them
    (``xx%xx批``: a percentage, a stop, a quantity). ``code`` is a number that names and does not
    count: of a train, a document, a telephone.
    """

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    YEAR_MONTH = "year-month"
    MONTH_DAY = "month-day"
    YEAR_MONTH_DAY = "year-month-day"
    CLOCK = "clock"
    DURATION = "duration"
    AGE = "age"
    QUANTITY = "quantity"
    MONEY = "money"
    PERCENT = "percent"
    RATIO = "ratio"
    ORDINAL = "ordinal"
    CODE = "code"
    PLACE = "place"
    PERSON = "person"
    ETHNICITY = "ethnicity"
    COMPOSITE = "composite"
    UNKNOWN = "unknown"


#: Types whose value is not a number.
NAMES = frozenset({PlaceholderType.PLACE, PlaceholderType.PERSON, PlaceholderType.ETHNICITY})


_CERTAIN = 0.9


class Candidate(NamedTuple):
    """A form that the run may have had before it was redacted; scores sum up to at most 1."""

    text: str
    score: float


class Placeholder(NamedTuple):
    """A redacted run: ``text[start:end]`` in code points of the text that was searched."""

    start: int
    end: int
    #: The run as it stands: ``xx``, ``xx.x%``, ``Gxxxx``.
    text: str
    type: PlaceholderType
    #: The run with what the redactor ate put back (``xxxxx`` before 月: ``xxxx年x``), as far as
    #: that can be told; digits are never guessed. The text itself where nothing is missing.
    canonical: str
    #: All readings that are worth naming, best first; the first is `canonical`.
    candidates: tuple[Candidate, ...]
    #: How sure it is that something was redacted here, and something of this type; 0 to 1.
    confidence: float

    @property
    def changed(self) -> bool:
        """Whether something is put back."""
        return self.canonical != self.text

    @property
    def certain(self) -> bool:
        """Whether something is put back, and no other reading is worth a thought."""
        return self.changed and self.candidates[0].score >= _CERTAIN
