"""A `Style`: by which standard numbers and units are written, as a small object of data.

Two styles are built in: ``gbt15835`` (GB/T 15835-2011, which leaves the choice of numerals to the
writer and fixes the marks) and ``gbt15835-symbols`` (the same with unit symbols, as in technical
writing). A user's own is a `Style` in Python or a TOML file with the same names::

    number_range = "～"
    units = "chinese"

The configuration names a built-in style or such a file: ``style = "house.toml"``.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from textclean.config.files import read_toml
from textclean.errors import ConfigError

_CHOICES = {
    "units": ("keep", "symbol", "chinese"),
    "grouping": ("keep", "comma", "space", "none"),
    "numerals": ("keep", "digits", "chinese"),
}


@dataclass(frozen=True, kw_only=True)
class Style:
    """How quantities are written. Every field has a value that leaves things as they are.

    Raises:
        ConfigError: a value is not one of those listed.
    """

    name: str = "custom"
    #: The mark between two numbers (``3～11岁``; GB/T 15835-2011, 4.5); None: as it stands.
    number_range: str | None = "～"
    #: The mark between two dates or years (``2014—2016年``); None: as it stands.
    date_range: str | None = "—"
    #: Write a magnitude or percent sign of both ends with both (``2万～5万``, ``18%～25%``).
    repeat_shared: bool = True
    #: ``symbol`` (m²), ``chinese`` (平方米), or ``keep``.
    units: str = "keep"
    #: Digits in threes from five digits on: ``comma`` (12,345), ``space`` (12 345), ``none``
    #: (12345), or ``keep``.
    grouping: str = "keep"
    #: ``digits`` (三百二十 → 320), ``chinese`` (the reverse, whole numbers only), or ``keep``.
    numerals: str = "keep"

    def __post_init__(self) -> None:
        for field, allowed in _CHOICES.items():
            value = getattr(self, field)
            if value not in allowed:
                raise ConfigError(f"style: {field}: {value!r} is not one of {', '.join(allowed)}")
        for field in ("number_range", "date_range"):
            mark = getattr(self, field)
            if mark not in (None, "～", "—", "-", "–", "~", "至", "－"):
                raise ConfigError(f"style: {field}: {mark!r} is no mark of a range")
        if not isinstance(self.repeat_shared, bool):
            raise ConfigError("style: repeat_shared: expected true or false")


_BUILT_IN = {
    "gbt15835": Style(name="gbt15835"),
    "gbt15835-symbols": Style(name="gbt15835-symbols", units="symbol"),
}


def named(style: str | Style) -> Style:
    """The style of that name, or in that TOML file.

    Raises:
        ConfigError: there is no such style, or the file says something that `Style` refuses.
    """
    return style if isinstance(style, Style) else _named(style)


@lru_cache
def _named(style: str) -> Style:
    if style in _BUILT_IN:
        return _BUILT_IN[style]
    if style.endswith(".toml"):
        return _read(Path(style))
    names = ", ".join(_BUILT_IN)
    raise ConfigError(f"style: there is no style {style!r}; there are {names}, and files *.toml")


def _read(path: Path) -> Style:
    from difflib import get_close_matches  # here, for most runs have no style

    try:
        table = read_toml(path) or {}
    except ConfigError as error:
        raise ConfigError(f"style: {error}") from None
    fields = {field.name for field in dataclasses.fields(Style)}
    values = {key.replace("-", "_"): value for key, value in table.items()}
    for key in values:
        if key not in fields:
            # A key far from all of ours is of a file that is no style, maybe a private one: of that
            # nothing is shown.
            near = get_close_matches(key, fields)
            what = f"unknown key {key!r}" if near else "unknown keys"
            raise ConfigError(f"style: {path}: {what}; known are {', '.join(sorted(fields))}")
    # TOML has no null: "" keeps the mark that stands there.
    for key in ("number_range", "date_range"):
        if values.get(key) == "":
            values[key] = None
    return Style(**{"name": path.stem, **values})
