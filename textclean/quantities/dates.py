"""Dates and clock times as ISO 8601 texts, as far as they are known.

``2021-07-30``, ``2021-07``, ``2021``, ``--07-30``, ``---30``, ``--01-16T24``, ``T09:30``; the
calendar is the Gregorian. Nothing is filled in: a date never depends on the day it is read on.
"""

from __future__ import annotations

from typing import NamedTuple

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_AFTERNOON = frozenset(("下午", "午后", "傍晚", "晚上", "夜间", "晚间"))
#: Years that texts speak of; other numbers of four digits before 年 are spans of time.
FIRST_YEAR, LAST_YEAR = 1000, 2199


class Parts(NamedTuple):
    """What a text says of a date and time; None for what it does not say."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None

    @property
    def exists(self) -> bool:
        """Whether there can be such a date and time: no 30 February; 24:00 ends a day."""
        year, month, day, hour, minute, second = self
        if month is not None and not 1 <= month <= 12:
            return False
        if day is not None:
            most = 31 if month is None else _DAYS[month - 1]
            if month == 2 and year is not None and not _is_leap(year):
                most = 28
            if not 1 <= day <= most:
                return False
        if hour is not None:
            if not 0 <= hour <= 24 or (hour == 24 and (minute or second)):
                return False
            return (minute or 0) < 60 and (second or 0) < 60
        return True

    def iso(self) -> str:
        """ISO 8601, with a dash for each part before the first that is known."""
        year, month, day, hour, minute, second = self
        text = ""
        if not self.is_clock:
            text = "-" if year is None else f"{year:04d}"
            if month is not None:
                text += f"-{month:02d}"
            if day is not None and (month is not None or year is None):
                text += f"-{day:02d}" if month is not None else f"--{day:02d}"
        if hour is not None:
            text += f"T{hour:02d}"
            if minute is not None:
                text += f":{minute:02d}"
                if second is not None:
                    text += f":{second:02d}"
        return text

    def completed_by(self, other: Parts) -> Parts:
        """With the greater parts of `other` where these begin lower: 至10日 after 1月5日."""
        first = next((at for at, part in enumerate(self) if part is not None), len(self))
        return Parts(*other[:first], *self[first:])

    @property
    def is_clock(self) -> bool:
        """Whether it says a time of day only."""
        return self.year is None and self.month is None and self.day is None


def hour_of(part: str | None, hour: int) -> int:
    """The hour of 24 that is meant by an hour in a part of the day (下午3时: 15)."""
    return hour + 12 if part in _AFTERNOON and 1 <= hour < 12 else hour


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
