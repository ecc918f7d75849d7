"""Random quantities in every form that written Chinese has for them, each with what it means.

What is written here is written without the package's own writer, so that a reader that errs as the
writer does is found out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import NamedTuple

from textclean.quantities import Quantity, Style

FIGURES = "零一二三四五六七八九"
FINANCIAL = "零壹贰叁肆伍陆柒捌玖"
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")

# Form in the text, and the unit's name.
COUNTERS = [
    (form, form) for form in [*"个名家张台例所件项户辆头只篇份起艘", "人次", "剂次", "批次"]
]
MEASURES = [
    ("公里", "km"), ("千米", "km"), ("km", "km"), ("米", "m"), ("平方米", "m²"), ("m²", "m²"),
    ("公顷", "hm²"), ("亩", "亩"), ("立方米", "m³"), ("吨", "t"), ("公斤", "kg"), ("千克", "kg"),
    ("kg", "kg"), ("克", "g"), ("毫克", "mg"), ("升", "L"), ("毫升", "mL"), ("mL", "mL"),
    ("千瓦", "kW"), ("千瓦时", "kW·h"), ("℃", "℃"), ("平方公里", "km²"), ("斤", "斤"),
    ("厘米", "cm"), ("毫米", "mm"), ("mm", "mm"), ("mg/L", "mg/L"), ("km/h", "km/h"),
]  # fmt: skip
DAMAGED = [
    ("㎡", "m²"), ("m2", "m²"), ("㎏", "kg"), ("㎜", "mm"), ("KM/H", "km/h"), ("㎝", "cm"),
    ("㎞", "km"), ("m3", "m³"),
]  # fmt: skip
CURRENCIES = [(form, form) for form in ("元", "美元", "欧元", "日元", "港元", "英镑", "卢布")]
DURATIONS = [
    ("天", "天"), ("小时", "h"), ("个小时", "h"), ("分钟", "min"), ("个月", "月"), ("周", "周"),
    ("个工作日", "工作日"), ("个季度", "季度"),
]  # fmt: skip
MAGNITUDES = {"": 0, "万": 4, "亿": 8, "万亿": 12}


class Written(NamedTuple):
    """A text, and what it means: kind, value as `Quantity.value_text` has it, unit, bound."""

    text: str
    kind: str
    value: str
    unit: str | None
    bound: str = "exact"
    #: What stands before and behind it; any words where it needs none of its own.
    around: tuple[str, str] | None = None


def plain(value: Decimal | int) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def chinese(number: int, figures: str = FIGURES, *, two: bool = False) -> str:
    """A whole number below 10¹⁶ in numerals: 十, 一万零二百; 2 is 两 if so told."""
    if number < 10:
        return "两" if two and number == 2 else figures[number]
    tens, hundreds, thousands = ("拾", "佰", "仟") if figures == FINANCIAL else ("十", "百", "千")
    out = ""
    for power, name in ((12, "万亿"), (8, "亿"), (4, "万"), (0, "")):
        group = number // 10**power % 10_000
        if not group:
            continue
        if out and (group < 1_000 or number // 10**power % 100_000 < 1_000):
            out += "零"
        part, gap = "", False
        for unit, word in ((1_000, thousands), (100, hundreds), (10, tens), (1, "")):
            digit = group // unit % 10
            if digit:
                part += ("零" if gap and part else "") + figures[digit] + word
                gap = False
            else:
                gap = True
        out += part + name
    if figures == FIGURES and out.startswith("一十"):
        out = out[1:]
    return out


def whole(random: Random) -> int:
    """Small numbers mostly, and as many of each length."""
    return random.randrange(10 ** random.randrange(1, 9)) + 2


def digits(random: Random, number: int) -> str:
    """A whole number as figures: plain, in threes, or full-width."""
    style = random.random()
    if style < 0.15 and number >= 1_000:
        return f"{number:,}"
    if style < 0.2 and number >= 1_000:
        return f"{number:,}".replace(",", "，")
    if style < 0.3:
        return str(number).translate(FULL_WIDTH)
    return str(number)


def fraction_part(random: Random) -> tuple[str, Decimal]:
    number = Decimal(random.randrange(1, 10 ** random.randrange(1, 5)))
    places = random.randrange(1, 4)
    value = number.scaleb(-places)
    return format(value, "f"), value


def number_and_value(random: Random) -> tuple[str, str]:
    """A number written in one of its ways, and its value as text."""
    way = random.randrange(6)
    if way <= 1:
        number = whole(random)
        return digits(random, number), str(number)
    if way == 2:
        text, value = fraction_part(random)
        return text, plain(value)
    magnitude = random.choice(["万", "亿", "万亿"])
    power = MAGNITUDES[magnitude]
    if way == 3:
        number = random.randrange(1, 10_000)
        return f"{number}{magnitude}", str(number * 10**power)
    if way == 4:
        text, value = fraction_part(random)
        value *= 10**power
        return text + magnitude, plain(int(value) if value == int(value) else value)
    number = random.randrange(2, 10**12)
    return chinese(number, two=False), str(number)


def unit(random: Random, *tables: list[tuple[str, str]]) -> tuple[str, str]:
    return random.choice(random.choice(tables))


def kind_of(table: list[tuple[str, str]]) -> str:
    return {id(CURRENCIES): "money", id(DURATIONS): "duration"}.get(id(table), "quantity")


def simple(random: Random) -> Written:
    table = random.choice([COUNTERS, MEASURES, MEASURES, CURRENCIES, DURATIONS, DAMAGED])
    form, name = random.choice(table)
    text, value = number_and_value(random)
    if text[-1] in FIGURES + "十百千万亿" and form.isascii():
        return simple(random)
    if text[0] not in "0123456789０１２３４５６７８９" and (len(text) < 2 or form[0] in "千"):
        return simple(random)
    if form[0] in "千万亿" and text[-1] in FIGURES + "十百千万亿":
        return simple(random)
    space = " " if random.random() < 0.1 else ""
    return Written(text + space + form, kind_of(table), value, name)


def bare(random: Random) -> Written:
    if random.random() < 0.5:
        number = whole(random) + 10
        return Written(digits(random, number), "integer", str(number), None)
    text, value = fraction_part(random)
    return Written(text, "decimal", plain(value), None)


def percent(random: Random) -> Written:
    way = random.randrange(3)
    if way == 0:
        text, value = fraction_part(random)
        return Written(text + random.choice("%％"), "percent", plain(value), "%")
    if way == 1:
        number = random.randrange(2, 200)
        return Written(f"{number}%", "percent", str(number), "%")
    number, place = random.randrange(1, 100), random.randrange(0, 10)
    sign, name = random.choice([("百", "%"), ("千", "‰")])
    if random.random() < 0.5:
        return Written(f"{sign}分之{chinese(number)}", "percent", str(number), name)
    text = f"{sign}分之{chinese(number)}点{FIGURES[place]}"
    return Written(text, "percent", f"{number}.{place}", name)


def points(random: Random) -> Written:
    text, value = fraction_part(random)
    return Written(text + "个百分点", "quantity", plain(value), "百分点")


def mixed(random: Random) -> Written:
    high, low = random.randrange(1, 1_000), random.randrange(1, 10)
    form, name = unit(random, COUNTERS)
    if random.random() < 0.5:
        return Written(f"{high}万{low}千{form}", "quantity", str(high * 10_000 + low * 1_000), name)
    rest = random.randrange(1_000, 10_000)
    value = high * 10**8 + rest * 10**4
    return Written(f"{high}亿{rest}万{form}", "quantity", str(value), name)


def financial(random: Random) -> Written:
    number = random.randrange(11, 10**8)
    return Written(chinese(number, FINANCIAL) + "元", "money", str(number), "元")


def interval(random: Random) -> Written:
    table = random.choice([COUNTERS, MEASURES, CURRENCIES, DURATIONS])
    form, name = random.choice(table)
    low = random.randrange(3, 10_000)
    high = low + random.randrange(1, 10_000)
    mark = random.choice("-－–—～~到" if form == "升" else "-－–—～~至到")
    magnitude = random.choice(["", "", "万", "亿"])
    power = 10 ** MAGNITUDES[magnitude]
    value = f"{low * power}..{high * power}"
    way = random.randrange(4)
    if way == 0 and magnitude:
        return Written(f"{low}{magnitude}{mark}{high}{magnitude}{form}", "range", value, name)
    if way == 1:
        return Written(f"{low}{magnitude}{form}{mark}{high}{magnitude}{form}", "range", value, name)
    if way == 2:
        low, high = sorted(random.sample(range(1, 100), 2))
        sign = random.choice(["%", ""])
        return Written(f"{low}{sign}{mark}{high}%", "range", f"{low}..{high}", "%")
    return Written(f"{low}{mark}{high}{form}", "range", f"{low}..{high}", name)


def date(random: Random) -> Written:
    year, month, day = (random.randrange(*ends) for ends in ((1900, 2100), (1, 13), (1, 29)))
    hour, sign, zero = random.randrange(1, 25), random.choice("日号"), random.choice("〇○零")
    figures = "".join((zero + FIGURES[1:])[int(digit)] for digit in str(year))
    space = " " if random.random() < 0.1 else ""
    rest = f"{month:02}-{day:02}"
    ways = [
        (f"{year}年{month}月{space}{day}{sign}", f"{year}-{rest}"),
        (f"{year}{space}年{month}月", f"{year}-{month:02}"),
        (f"{month}月{day}{space}{sign}", f"--{rest}"),
        (f"{year}年", f"{year}"),
        (f"{figures}年{chinese(month)}月{chinese(day)}日", f"{year}-{rest}"),
        (f"{month}月{day}日{hour}时", f"--{rest}T{hour:02}"),
        (f"{figures}年", f"{year}"),
        (f"{year}-{rest}", f"{year}-{rest}"),
    ]
    text, value = random.choice(ways)
    return Written(text, "date", value, None)


def years(random: Random) -> Written:
    low = random.randrange(1900, 2050)
    high = low + random.randrange(1, 40)
    return Written(f"{low}{random.choice('-—－～至')}{high}年", "range", f"{low}..{high}", "年")


def clock(random: Random) -> Written:
    hour, minute = random.randrange(0, 24), random.randrange(0, 60)
    if random.random() < 0.5:
        return Written(f"{hour}时{minute}分", "time", f"T{hour:02}:{minute:02}", None)
    return Written(f"{hour}:{minute:02}", "time", f"T{hour:02}:{minute:02}", None)


def ordinal(random: Random) -> Written:
    number = random.randrange(1, 1_000)
    form = random.choice([*"批届次条款章期名", "季度"])
    text = str(number) if random.random() < 0.5 else chinese(number)
    return Written(f"第{text}{form}", "ordinal", str(number), form)


def share(random: Random) -> Written:
    below = random.randrange(2, 20)
    above = random.randrange(1, below)
    value = str(Fraction(above, below))
    return Written(f"{chinese(below)}分之{chinese(above)}", "ratio", value, None)


def bounded(random: Random) -> Written:
    form, name = unit(random, COUNTERS, MEASURES, CURRENCIES)
    number = random.randrange(2, 1_000) * 10
    behind, bound = random.choice([("以上", "more"), ("以下", "less"), ("左右", "approx")])
    before, other = random.choice(
        [("超过", "more"), ("不足", "less"), ("近", "less"), ("至少", "more"), ("不到", "less")]
    )
    ways = [
        (f"{number}余{form}", number, "more"),
        (f"{number}多{form}", number, "more"),
        (f"约{number}{form}", number, "approx"),
        (f"{number}{form}{behind}", number, bound),
        (f"{before}{number}{form}", number, other),
        (f"{number}万余{form}", number * 10_000, "more"),
        (f"{chinese(number, two=True)}余{form}", number, "more"),
    ]
    text, value, bound = random.choice(ways)
    return Written(text, "approx", str(value), name, bound)


def about(random: Random) -> Written:
    """两三个, 七八百人, 十五六天."""
    form, name = unit(random, COUNTERS, DURATIONS)
    low = random.choice([2, 3, 4, 5, 6, 7, 8])
    if form == "头":  # 六七头 may be garlic
        form, name = "只", "只"
    way = random.randrange(3)
    if way == 2:
        low = 5 if low == 4 else low  # 十四五 is a plan
        text = f"十{FIGURES[low]}{FIGURES[low + 1]}{form}"
        return Written(text, "approx", f"{10 + low}..{11 + low}", name, "approx")
    powers = [("百", 100), ("千", 1_000), ("万", 10_000), ("十", 10)]
    word, power = random.choice(powers) if way else ("", 1)
    first = "两" if low == 2 and word != "十" else FIGURES[low]
    text = first + FIGURES[low + 1] + word + form
    return Written(text, "approx", f"{low * power}..{(low + 1) * power}", name, "approx")


def part_of_date(random: Random) -> Written:
    """7月5-8日, 1—3月, 5～9时."""
    month = random.randrange(1, 13)
    end = month % 12 + 1
    low, high = sorted(random.sample(range(1, 29), 2))
    first, last = sorted(random.sample(range(1, 13), 2))
    mark = random.choice("-—－～至")
    ways = [
        (f"{month}月{low}{mark}{high}日", f"--{month:02}-{low:02}..--{month:02}-{high:02}"),
        (f"{month}月{low}日{mark}{end}月{high}日", f"--{month:02}-{low:02}..--{end:02}-{high:02}"),
        (f"{first}{mark}{last}月", f"--{first:02}..--{last:02}"),
    ]
    text, value = random.choice(ways)
    return Written(text, "range", value, None)


def signed(random: Random) -> Written:
    """-12℃, ¥35.5, $200."""
    text, value = fraction_part(random)
    if random.random() < 0.5:
        return Written(f"-{text}℃", "quantity", plain(-value), "℃")
    sign, name = random.choice([("¥", "元"), ("￥", "元"), ("$", "美元"), ("€", "欧元")])
    return Written(sign + text, "money", plain(value), name)


def numerals_with_places(random: Random) -> Written:
    """三点五万人, 一点二亿元, 两千多名, 三万余家."""
    form, name = unit(random, COUNTERS, CURRENCIES)
    kind = "money" if (form, name) in CURRENCIES else "quantity"
    number, place = random.randrange(1, 100), random.randrange(1, 10)
    word, power = random.choice([("万", 4), ("亿", 8)])
    if random.random() < 0.5:
        value = Decimal(f"{number}.{place}") * 10**power
        text = f"{chinese(number)}点{FIGURES[place]}{word}{form}"
        return Written(text, kind, str(int(value)), name)
    few = random.randrange(2, 10)
    big, size = random.choice([("百", 100), ("千", 1_000), ("万", 10_000)])
    text = f"{chinese(few, two=True)}{big}{random.choice('多余')}{form}"
    return Written(text, "approx", str(few * size), name, "more")


def spaced(random: Random) -> Written:
    """What a scanner leaves: 10 多年, 2.5 万元, 4 月 22 日."""
    number = random.randrange(1, 100) * 10
    month, day = random.randrange(1, 13), random.randrange(1, 29)
    ways = [
        Written(f"{number} 多年", "approx", str(number), "年", "more"),
        Written(f"{number} 万元", "money", str(number * 10_000), "元"),
        Written(f"{month} 月 {day} 日", "date", f"--{month:02}-{day:02}", None),
        Written(f"{number} %", "percent", str(number), "%"),
    ]
    return random.choice(ways)


def interval_in_numerals(random: Random) -> Written:
    """三至五天, 十到二十名, 百分之三至百分之五."""
    low, high = sorted(random.sample(range(2, 100), 2))
    mark = random.choice("至到")
    if random.random() < 0.3:
        text = f"百分之{chinese(low)}{mark}百分之{chinese(high)}"
        return Written(text, "range", f"{low}..{high}", "%")
    form, name = unit(random, COUNTERS, DURATIONS)
    text = f"{chinese(low)}{mark}{chinese(high)}{form}"
    return Written(text, "range", f"{low}..{high}", name)


def times(random: Random) -> Written:
    text, value = fraction_part(random)
    form = random.choice("倍成")
    return Written(text + form, "quantity", plain(value), form)


Form = Callable[[Random], Written]

FORMS: list[Form] = [
    simple, simple, simple, bare, percent, points, mixed, financial, interval, interval, date, date,
    years, clock, ordinal, share, bounded, bounded, times,
    about, part_of_date, signed, numerals_with_places, spaced, interval_in_numerals,
]  # fmt: skip

# What stands around it: words that are no part of any quantity.
AROUND = [
    ("共计", "。"), ("其中", "，"), ("结果为", "；"), ("（", "）"), ("据统计，", "。"),
    ("达到", "、"),
]  # fmt: skip


def random_quantity(random: Random) -> Written:
    """One quantity in one of its forms."""
    return random.choice(FORMS)(random)


def in_context(random: Random, written: Written) -> tuple[str, int]:
    """A sentence with the quantity in it, and where it begins."""
    before, after = written.around or random.choice(AROUND)
    return before + written.text + after, len(before)


def random_style(random: Random) -> Style:
    """Any style that a user could write."""
    return Style(
        number_range=random.choice([None, "～", "—", "-", "至"]),
        date_range=random.choice([None, "—", "至", "-"]),
        repeat_shared=random.random() < 0.5,
        units=random.choice(["keep", "symbol", "chinese"]),
        grouping=random.choice(["keep", "comma", "space", "none"]),
        numerals=random.choice(["keep", "digits", "chinese"]),
    )


def difference(
    written: Written, start: int, found: Sequence[Quantity], longer: int = 0
) -> str | None:
    """What was read otherwise than it was written, or None.

    Args:
        start: where the quantity was written.
        found: what was read in its text.
        longer: by how much the quantity grew since it was written.
    """
    if len(found) != 1:
        return f"read as {[quantity.text for quantity in found]}"
    quantity = found[0]
    end = start + len(written.text) + longer
    if (quantity.start, quantity.end) != (start, end):
        return f"read as {quantity.text}"
    read = (str(quantity.kind), quantity.value_text, quantity.unit, str(quantity.bound))
    meant = written[1:5]
    is_same = amount(read[1]) == amount(meant[1]) and (read[0], *read[2:]) == (meant[0], *meant[2:])
    return None if is_same else f"read as {read}, not {meant}"


def amount(text: str | None) -> object:
    """A value such that all spellings of one amount are equal: 1/200000 and 5/1000000."""
    for mark in ("..", "±"):
        if text is not None and mark in text:
            return mark, *map(amount, text.split(mark))
    try:
        return Fraction(text) if text else None
    except ValueError:
        return text
