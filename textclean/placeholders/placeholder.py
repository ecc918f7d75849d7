"""`Placeholder`: where something was redacted, of what type it was, and the form it had."""

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


#: Characters that redactors put in place of others.
MASKS = "xX×＊*□#"
#: Types whose value is not a number.
NAMES = frozenset({PlaceholderType.PLACE, PlaceholderType.PERSON, PlaceholderType.ETHNICITY})
#: The score of a candidate that leaves no other reading plausible.
_CERTAIN = 0.9


class Candidate(NamedTuple):
    """A form that the run may have had before redaction; the scores of all sum up to at most 1."""

    text: str
    score: float


class Placeholder(NamedTuple):
    """A redacted run: ``text[start:end]`` in code points of the text that was searched."""

    start: int
    end: int
    #: The run as it stands: ``xx``, ``xx.x%``, ``Gxxxx``.
    text: str
    type: PlaceholderType
    #: The run with the characters that the redactor ate (``xxxxx`` before 月: ``xxxx年x``), as far
    #: as they are known; no digit is guessed. The text itself where nothing is missing.
    canonical: str
    #: All plausible readings, best first; the first is `canonical`.
    candidates: tuple[Candidate, ...]
    #: How likely something of this type was redacted here; 0 to 1.
    confidence: float

    @property
    def changed(self) -> bool:
        """True if characters are put back."""
        return self.canonical != self.text

    @property
    def certain(self) -> bool:
        """True if exactly one reconstruction is plausible."""
        return self.changed and self.candidates[0].score >= _CERTAIN
