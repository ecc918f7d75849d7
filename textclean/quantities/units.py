"""Units of measurement, money, time and counting: what may stand after a number, and its meaning.

The table is ``data/units.tsv``, read on first use. Grammar cannot tell units from words, so only
the table's forms are units, and the longest form at an offset wins (千瓦时, not 千瓦). A form may
be marked as damaged (``㎡``, ``KM/H``). A measure word of one character lists the characters that
make it another word (处 in 处理). Counters have no size and compare only with themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textclean.text.classes import is_han
from textclean.text.lexicon_files import read_lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping

_TABLE = Path(__file__).parent / "data" / "units.tsv"
_COLUMNS = 8
#: The Traditional forms of characters in units, where there is one.
_TRADITIONAL = str.maketrans(
    "个项间张辆岁亩吨顷钟时条级点层届户处双对颗栋页节队组种台圆块币厘国县乡镇门题课学场轮车师剂针盘笔单档标准两钱斤"
    "阶宗线楼战连营团帮馆厂湖桥环声挂袭铺领帧词万亿",
    "個項間張輛歲畝噸頃鐘時條級點層屆戶處雙對顆棟頁節隊組種臺圓塊幣釐國縣鄉鎮門題課學場輪車師劑針盤筆單檔標準兩錢斤"
    "階宗線樓戰連營團幫館廠湖橋環聲掛襲鋪領幀詞萬億",
) | {ord("只"): "隻"}


class Category(StrEnum):
    """What a unit counts or measures, as far as grammar cares."""

    MEASURE = "measure"
    TIME = "time"
    AGE = "age"
    RATIO = "ratio"
    CURRENCY = "currency"
    COUNTER = "counter"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the table."""

    #: How quantities name it: ``m²``, ``h``, ``元``, ``人次``.
    name: str
    #: The Chinese word (平方米), or None where there is none in use.
    chinese: str | None
    #: ``length``, ``mass``, ``count``, …; only units of one dimension compare.
    dimension: str
    #: Exact size in the SI unit of the dimension (kg for mass, 元 for money in China); None where
    #: it has none (年, 月, and every counter).
    factor: Decimal | None
    category: Category
    #: Every correct way to write it, and every misread or misencoded one.
    forms: tuple[str, ...]
    damaged: tuple[str, ...]


class UnitMatch(NamedTuple):
    """A unit in a text: the unit, the end of its form, and whether that form is damaged."""

    unit: Unit
    end: int
    damaged: bool


def match(text: str, start: int = 0) -> UnitMatch | None:
    """The longest unit that is written in `text` at `start`, or None.

    A symbol (``km``, ``m2``) is none where a letter or digit goes on behind it, a Chinese unit
    where the next character makes it another word (名 in 名义).
    """
    lengths = _lengths().get(text[start : start + 1])
    if lengths is None:
        return None
    table = _table()
    for length in lengths:
        end = start + length
        entry = table.get(text[start:end])
        if entry is not None and end <= len(text):
            following = text[end : end + 1]
            unit, damaged, not_before, is_symbol = entry
            if not following or not (
                following in not_before
                or (is_symbol and following.isascii() and following.isalnum())
            ):
                return UnitMatch(unit, end, damaged)
    return None


def lookup(form: str) -> Unit | None:
    """The unit with that form, damaged or not, or None."""
    entry = _table().get(form)
    return entry[0] if entry else None


def named(name: str) -> Unit | None:
    """The unit of that name, as in `Unit.name`, or None."""
    return _names().get(name)


def all_units() -> tuple[Unit, ...]:
    """Every unit of the table, in its order."""
    return tuple(_names().values())


@cache
def _rows() -> tuple[tuple[Unit, str], ...]:
    rows = []
    for line in read_lexicon(_TABLE).splitlines():
        if line.startswith("#"):
            continue
        cells = [cell if cell != "-" else "" for cell in line.split("\t")]
        cells += [""] * (_COLUMNS - len(cells))
        name, chinese, dimension, size, category, forms, damaged, not_before = cells
        factor = Decimal(size) if size else None
        both = tuple(forms.split()), tuple(damaged.split())
        unit = Unit(name, chinese or None, dimension, factor, Category(category), *both)
        rows.append((unit, not_before))
    return tuple(rows)


@cache
def _names() -> Mapping[str, Unit]:
    return {unit.name: unit for unit, _ in _rows()}


@cache
def _table() -> Mapping[str, tuple[Unit, bool, str, bool]]:
    table: dict[str, tuple[Unit, bool, str, bool]] = {}
    for unit, not_before in _rows():
        both = not_before + not_before.translate(_TRADITIONAL)
        for damaged, forms in ((False, unit.forms), (True, unit.damaged)):
            for form in forms:
                is_symbol = form[-1].isascii() and form[-1].isalnum()
                after = both if is_han(form[-1]) else ""
                table[form] = (unit, damaged, after, is_symbol)
                if not form.isascii():
                    table.setdefault(form.translate(_TRADITIONAL), table[form])
    return table


@cache
def _lengths() -> Mapping[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for form in _table():
        lengths.setdefault(form[0], set()).add(len(form))
    return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}
