"""A quantity written by a style, and the proof that it is still the same quantity.

The new text must read back: in its surroundings it must give a quantity of the same value, unit,
bound and precision, and leave its neighbours as they were. Otherwise there is no edit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from textclean.quantities import units
from textclean.quantities.finding import find
from textclean.quantities.numerals import read_chinese, read_figures, write_chinese
from textclean.quantities.quantity import Kind, Quantity
from textclean.quantities.shapes import DIGITS, NUMERAL_RUN, NUMERALS, RANGE_MARKS, YEAR_NUMERALS
from textclean.quantities.spacing import sets_off_numbers
from textclean.quantities.styles import Style
from textclean.quantities.units import Category, Unit
from textclean.quantities.windows import sentences
from textclean.quantities.writing import tidy
from textclean.text.patterns import pattern

_DASHES = "-" + RANGE_MARKS.translate(dict.fromkeys(map(ord, "-至到")))

#: Characters on either side that can change how an expression is read.
_REACH = 16

_RANGE_MARK = pattern(f"(?<=[^{RANGE_MARKS}])[{RANGE_MARKS}]+(?=[0-9０-９{NUMERALS}])")
_WHOLE = pattern(r"(?<![\d.,])\d[\d,  ]*(?:\.\d+)?")
_FIXED = frozenset((Kind.IDIOM, Kind.CODE))
_MEASURES = frozenset((Category.MEASURE, Category.TIME))
_DATES = frozenset((Kind.DATE, Kind.TIME))
_SHARE = pattern(f"(百|千)分之(百|[{NUMERALS}]+)(?:点([{YEAR_NUMERALS}]+))?")
_NUMERAL = pattern(f"{NUMERAL_RUN}(?:点[{YEAR_NUMERALS}]+)?")
_MYRIAD = pattern("([十百千零一二三四五六七八九两廿卅]*)(万亿|万|亿)?")
# 《四十一炮》: how a title is spelt is its author's.
_TITLE = pattern("《[^《》\\n]{1,60}》")
# Where any style may have something to change: marks of ranges and stray spaces beside digits and
# numerals, full width, misread points and commas, units in letters or misread.
_ODD = pattern(
    f"[{_DASHES} \u3000\u00a0，。０-９％﹪．°µº˚゜CDFGHKMNRTUWcdghkmouμ\u3380-\u33df](?:"
    f"(?<=[{_DASHES}])(?=[ \u3000\u00a0]{{0,2}}[{DIGITS}{NUMERALS}])"
    f"|(?<=[ \u3000\u00a0])(?:(?=[ \u3000\u00a0]{{0,16}}+[{DIGITS}{NUMERALS}])"
    f"|(?<=[{DIGITS}{NUMERALS}年月日号时分第约近超多余几来上].))"
    "|(?<=[０-９％﹪．°µº˚゜])"
    f"|(?<=[{DIGITS}]，)(?=[{DIGITS}]{{3}})"
    f"|(?<=。)(?=[CFc])|(?<=[{DIGITS}]。)(?=[{DIGITS}])"
    "|(?<=[CDFGHKMNRTUWcdghkmouμ\u3380-\u33df])(?<=[0-9０-９万亿千百余多 \u3000\u00a0].))"
)
_LONG = pattern(
    f"[{DIGITS}](?<=[{DIGITS}]{{4}})|[,，\u2009\u00a0 ](?<=[{DIGITS}].)(?=[{DIGITS}]{{3}})"
)
_ANY = pattern(f"[{DIGITS}{NUMERALS}壹贰貳叁叄肆伍陆陸柒捌玖半]")
# What keeps groups of three digits apart.
_SEPARATOR = pattern("(?<=\\d)[,\u2009\u00a0 ](?=\\d{3}(?!\\d))")
_PLAIN_DIGITS = pattern(r"\d{1,16}")


class Rewriting(NamedTuple):
    """A quantity, and how it is written better: ``text[start:end]`` becomes ``after``."""

    start: int
    end: int
    after: str
    quantity: Quantity


def rewrite(quantity: Quantity, style: Style) -> str:
    """The text of a quantity by a style, not yet proven."""
    if quantity.kind in _FIXED:
        return quantity.text
    text = _ranges(quantity, style)
    if style.numerals == "digits":
        text = _in_digits(quantity, text)
    elif style.numerals == "chinese":
        text = _in_chinese(quantity, text)
    if style.units != "keep":
        text = _units(quantity, text, style)
    if style.grouping != "keep" and quantity.kind not in _DATES:
        text = _grouped(quantity, text, style)
    return text


def _places(text: str, style: Style) -> list[int]:
    """Offsets at which a style may change something, ascending."""
    if style.numerals != "keep":
        return [match.start() for match in _ANY.finditer(text)]
    places = [match.start() for match in _ODD.finditer(text)]
    if style.units != "keep":
        for match in _unit().finditer(text):
            unit_match = units.match(text, match.start())
            if unit_match is not None and _is_spelt_two_ways(unit_match.unit):
                places.append(match.start())
    if style.grouping != "keep":
        places += [match.start() for match in _LONG.finditer(text)]
    return sorted(places)


def _is_spelt_two_ways(unit: Unit) -> bool:
    """Whether a unit has both a symbol and a Chinese name."""
    return unit.chinese not in (None, unit.name) and unit.category in _MEASURES


@cache
def _unit() -> re.Pattern[str]:
    """Where a unit may begin that is spelt two ways."""
    first = {
        form[0] for unit in units.all_units() if _is_spelt_two_ways(unit) for form in unit.forms
    }
    return re.compile(
        f"[{re.escape(''.join(sorted(first)))}](?<=[{DIGITS}{NUMERALS}余多几数半个 \u3000\u00a0].)"
    )


def rewritings(text: str, style: Style) -> Iterator[Rewriting]:
    """Every proven change that makes a text follow a style, in order, each as short as possible."""
    keeps = (style.units, style.grouping, style.numerals) == ("keep", "keep", "keep")
    has_titles = style.numerals != "keep" and "《" in text
    titles = [match.span() for match in _TITLE.finditer(text)] if has_titles else []
    starts = [start for start, _ in titles]
    style_of_titles = replace(style, numerals="keep")
    habit: bool | None = None
    for low, high in sentences(text, _places(text, style)):
        sentence = text[low:high]
        quantities = find(sentence)
        changes = []
        for quantity in quantities:
            if is_torn(sentence, quantity.start, quantity.end) or (
                keeps
                and quantity.normalised == quantity.text
                and not isinstance(quantity.value, tuple)
            ):
                continue  # nearly all that stands in a text
            at = bisect_left(starts, low + quantity.start) - 1
            in_title = at >= 0 and low + quantity.start < titles[at][1]
            after = rewrite(quantity, style_of_titles if in_title else style)
            if after == quantity.text:
                continue
            if " " in quantity.text:
                habit = sets_off_numbers(text) or False if habit is None else habit
                if habit:
                    continue  # 步骤 1 到 6 时: how this text writes numbers
            changes.append((quantity, after))
        for quantity, after in proven(sentence, quantities, changes):
            start, end, written, _ = trimmed(quantity, after)
            there = quantity._replace(start=low + quantity.start, end=low + quantity.end)
            yield Rewriting(low + start, low + end, written, there)


# 1 9 9 7 年, 60. 4%, 4·3％: two numbers that may be one, torn apart.
_TEAR = r"(?:[ \u3000]{0,2}[.．·]?[ \u3000]|[ \u3000]{0,2}[ \u3000][.．]|·)"
_TORN_BEFORE = pattern(rf"[{DIGITS}]{_TEAR}\Z")
_TORN_BEHIND = pattern(rf"(?<=[{DIGITS}]){_TEAR}[{DIGITS}]")
_FIGURE = pattern(f"[{DIGITS}]")


def is_torn(text: str, start: int, end: int) -> bool:
    """Whether the number in ``text[start:end]`` and one beside it may be one, torn apart.

    Both are left alone: a change on one side would make the other look whole.
    """
    return bool(
        _TORN_BEHIND.match(text, end)
        or (_FIGURE.match(text, start) and _TORN_BEFORE.search(text, max(0, start - 4), start))
    )


#: What no change may alter.
_meaning = attrgetter("value_text", "unit", "bound", "precision", "kind")
Change = tuple[Quantity, str]


def proven(text: str, quantities: Sequence[Quantity], changes: list[Change]) -> list[Change]:
    """Those of the changes that leave every quantity of a text, as `find` returns them, the same.

    All are tried together. If that fails, each is tried alone, and those that pass once more
    together.
    """
    if not changes or _agree(text, quantities, changes):
        return changes
    single = [change for change in changes if _agrees(text, *change)]
    return single if len(single) < len(changes) and _agree(text, quantities, single) else []


def _agree(text: str, quantities: Sequence[Quantity], changes: Sequence[Change]) -> bool:
    """Whether a text with all these changes holds the quantities that it held before."""
    pieces = []
    end = 0
    for quantity, after in changes:
        pieces += [text[end : quantity.start], after]
        end = quantity.end
    now = find("".join(pieces) + text[end:])
    if len(now) != len(quantities):
        return False
    moved = 0
    texts = {quantity.start: after for quantity, after in changes}
    for old, new in zip(quantities, now, strict=True):
        written = texts.get(old.start, old.text)
        is_there = new.start == old.start + moved and new.text == written
        if not is_there or _meaning(new) != _meaning(old):
            return False
        moved += len(written) - len(old.text)
    return True


def _agrees(text: str, quantity: Quantity, after: str) -> bool:
    """`_agree` for one change, in as much of the text as can influence its reading."""
    low, high = max(0, quantity.start - _REACH), min(len(text), quantity.end + _REACH)
    near = text[low:high]
    quantities = find(near)
    for other in quantities:
        if other.start == quantity.start - low and other.text == quantity.text:
            return _agree(near, quantities, [(other, after)])
    return False


def trimmed(quantity: Quantity, after: str) -> Rewriting:
    """The change without the characters that both texts begin or end with."""
    before = quantity.text
    start, end = 0, 0
    least = min(len(before), len(after))
    while start < least and before[start] == after[start]:
        start += 1
    while end < least - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return Rewriting(
        quantity.start + start, quantity.end - end, after[start : len(after) - end], quantity
    )


def _ranges(quantity: Quantity, style: Style) -> str:
    """The text with the style's marks of ranges; tidy in any case."""
    if not isinstance(quantity.value, tuple):
        return quantity.normalised
    text = quantity.normalised if style.repeat_shared else tidy(quantity.text)
    if any(isinstance(end, Decimal) and end < 0 for end in quantity.value):
        # A sign beside the mark would be taken for a part of it.
        return text if style.number_range == "～" else quantity.text
    mark = _RANGE_MARK.search(text)
    was = _RANGE_MARK.search(quantity.text)
    if mark is None or was is None or was.group() in "至到":
        return text
    if quantity.unit is None and was.group() == mark.group():
        return text  # a mark between bare numbers may be anything
    is_date = isinstance(quantity.value[0], str) or "—" in quantity.normalised
    chosen = style.date_range if is_date else style.number_range
    return text[: mark.start()] + (chosen or was.group()) + text[mark.end() :]


def _units(quantity: Quantity, text: str, style: Style) -> str:
    unit = units.named(quantity.unit or "")
    if unit is None or not _is_spelt_two_ways(unit) or quantity.kind is Kind.ORDINAL:
        return text
    as_symbol = style.units == "symbol"
    for form in sorted(unit.forms, key=len, reverse=True):
        is_symbol = form.isascii() or form == unit.name
        if (form != unit.name if as_symbol else is_symbol) and text.count(form) == 1:
            if as_symbol:
                return text.replace(form, unit.name)
            return tidy(text.replace(form, str(unit.chinese)))
    return text


def _grouped(quantity: Quantity, text: str, style: Style) -> str:
    if quantity.kind is Kind.ORDINAL:
        return text
    separator = {"comma": ",", "space": " ", "none": ""}[style.grouping]

    def write(number: re.Match[str]) -> str:
        whole, point, places = number.group().partition(".")
        plain = whole.replace(",", "").replace(" ", "").replace(" ", "")
        if len(plain) >= 5 and separator:
            plain = f"{int(plain):,}".replace(",", separator)
        return plain + point + places

    return _WHOLE.sub(write, text)


def _in_digits(quantity: Quantity, text: str) -> str:
    """Chinese numerals as digits: 两万余 → 2万余, 百分之三点五 → 3.5%, 二〇二一年 → 2021年."""
    share = _SHARE.search(text)
    if share:
        number = "100" if share[2] == "百" else _digits_of(share[2])
        if number is None:
            return text
        if share[3]:
            number += f".{read_figures(share[3])}"
        sign = "%" if share[1] == "百" else "‰"
        return text[: share.start()] + number + sign + text[share.end() :]
    if quantity.unit in (None, "号") and quantity.kind is Kind.ORDINAL:
        return text  # 第一的殊荣: a word as much as a number
    if "分之" in text:
        return text  # 3分之1 is nobody's style
    parts = []
    end = 0
    for match in _NUMERAL.finditer(text):
        whole, _, places = match.group().partition("点")
        written = _digits_of(whole)
        if written is None:
            if units.match(text, match.start()) is not None:
                continue  # 九千三百|千瓦时
            return text
        if places:
            written += f".{read_figures(places)}"
        parts += [text[end : match.start()], written]
        end = match.end()
    return "".join(parts) + text[end:]


def _digits_of(numerals: str) -> str | None:
    if len(numerals) == 4 and not set(numerals) & set("十百千万亿"):
        return read_figures(numerals)
    match = _MYRIAD.fullmatch(numerals)
    head, myriad = match.groups("") if match else (numerals, "")
    if not head:
        return numerals
    number = read_chinese(head)
    return None if number is None else f"{number.value:f}{myriad}"


def _in_chinese(quantity: Quantity, text: str) -> str:
    if quantity.kind in _DATES or any(mark in text for mark in (".", "%", "分之")):
        return text
    text = text.replace(",", "")
    if isinstance(quantity.value, tuple) and quantity.unit is None:
        return text  # 图3-5
    plain = _SEPARATOR.sub("", text)
    parts = []
    end = 0
    for match in _PLAIN_DIGITS.finditer(plain):
        digits = match.group()
        if digits[0] == "0" and len(digits) > 1:
            return text
        written = write_chinese(int(digits))
        following = plain[match.end() : match.end() + 1]
        if digits == "2" and following and following not in "月日号年":
            written = "两"
        parts += [plain[end : match.start()], written]
        end = match.end()
    return "".join(parts) + plain[end:]
