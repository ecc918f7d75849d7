"""`Placeholder`: where something was redacted, of what type it was, and the form it had."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class PlaceholderType(StrEnum):
    """What stood where the placeholder stands.

    ``composite`` is several things in one run, because the redactor ate what stood between them
    (``xx%xx批``: a percentage, a stop, a quantity). ``code`` is a number that names and does not
    count: of a train, a document, an account. ``blank`` is what a form leaves open without saying
    of what kind it is (``甲方：____``).
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
    PHONE = "phone"
    ID = "id"
    PLACE = "place"
    PERSON = "person"
    ORGANISATION = "organisation"
    ETHNICITY = "ethnicity"
    COMPOSITE = "composite"
    BLANK = "blank"
    UNKNOWN = "unknown"


class MaskKind(StrEnum):
    """With what a value was masked: all but the last are redactions."""

    #: A mark for each character, or a few for all: xx, ×××, ***, ▇▇▇.
    MARKS = "marks"
    #: Marks in place of a part: 138****1234, 201X, 4x, 张××.
    PARTIAL = "partial"
    #: 某: 李某某, 刘某1, 某甲公司, 某省.
    NAME = "name"
    #: A capital letter: A总书记.
    LETTER = "letter"
    #: The name of the value: [姓名], {{name}}, <PERSON_1>.
    TAG = "tag"
    #: A blank of a form, where nothing was yet: ____, （  ）, __年.
    BLANK = "blank"


#: Characters that redactors put in place of others, one by one: a run has the length of the value.
MASKS = "xX×＊*□#"
#: Characters that blacken: their number says little of the value's length.
BARS = "▇█▓■●○◯▲△◆Ｘ"
#: Types whose value is not a number.
NAMES = frozenset(
    {
        PlaceholderType.PLACE,
        PlaceholderType.PERSON,
        PlaceholderType.ORGANISATION,
        PlaceholderType.ETHNICITY,
    }
)
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
    #: With what the value was masked.
    mask: MaskKind = MaskKind.MARKS
    #: The name of its slot: ``person-1``. Masks of one slot stand for the same value (each 李某 of
    #: a text); where nothing says so, each has its own.
    slot: str = ""

    @property
    def is_blank(self) -> bool:
        """True for a blank of a form: nothing was redacted."""
        return self.mask is MaskKind.BLANK

    @property
    def changed(self) -> bool:
        """True if characters are put back."""
        return self.canonical != self.text

    @property
    def certain(self) -> bool:
        """True if exactly one reconstruction is plausible."""
        return self.changed and self.candidates[0].score >= _CERTAIN
