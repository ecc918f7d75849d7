"""Random quantities as speech, commerce, science and older books write them, with what they mean.

Like `written`, of which it is the second half, this writes without the package's own writer.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

from tests.quantities.written import (
    COUNTERS,
    CURRENCIES,
    FIGURES,
    FINANCIAL,
    FULL_WIDTH,
    Form,
    Written,
    chinese,
    plain,
    unit,
)

# Units that are measured, by the form behind figures, where no numeral can run into them.
MEASURED = [
    ("米", "m"), ("公里", "km"), ("毫升", "mL"), ("V", "V"), ("mm", "mm"), ("度", "度"), ("℃", "℃"),
    ("平方米", "m²"), ("亩", "亩"),
]  # fmt: skip
MASSES = [("吨", "t"), ("公斤", "kg"), ("克", "g"), ("斤", "斤")]
PLURALS = [(form, form) for form in [*"人户个名家件项辆头只斤元里岁", "人次"]]
LEDGER = [("利润为", "，"), ("差额为", "。"), ("增减额：", "；"), ("（", "）"), ("记作", "，")]
LIST = [("约定金额为", "。"), ("报价", "，"), ("花了", "；"), ("（", "）")]
SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
TRADITIONAL = str.maketrans("万亿两点", "萬億兩點")


def _decimal(random: Random) -> tuple[str, Decimal]:
    """A number as people measure: 1 to 4 figures, up to 3 places."""
    places = random.choice([0, 0, 1, 1, 2, 3])
    value = Decimal(random.randrange(1, 10 ** random.randrange(1, 5))).scaleb(-places)
    return format(value, "f"), value


def _exact(value: Decimal) -> str:
    return plain(int(value) if value == int(value) else value)


def _kind(form: str) -> str:
    return {"元": "money", "%": "percent"}.get(form, "quantity")


def minus_or_plus(random: Random) -> Written:
    """-3.2亿元, 负0.2千米, ＋3℃."""
    text, value = _decimal(random)
    form, name = random.choice(
        [*MEASURED, ("元", "元"), ("万元", "元"), ("亿元", "元"), ("%", "%")]
    )
    value *= {"万": 10**4, "亿": 10**8}.get(form[0], 1)
    sign = random.choice(["-", "－", "−", "负", "+", "＋"])
    if sign not in "+＋":
        value = -value
    around = random.choice(LEDGER)
    return Written(sign + text + form, _kind(name), _exact(value), name, around=around)


def below_zero(random: Random) -> Written:
    number = random.randrange(2, 60)
    written = random.choice([str(number), chinese(number)])
    form, name = random.choice([("℃", "℃"), ("度", "度"), ("摄氏度", "℃")])
    return Written(f"零下{written}{form}", "quantity", str(-number), name)


def signed_interval(random: Random) -> Written:
    """-12～-3℃, -5℃至8℃."""
    low, high = sorted(random.sample(range(-60, 60), 2))
    if low >= 0:
        low, high = -high, low
    form, name = random.choice([("℃", "℃"), ("米", "m"), ("%", "%"), ("V", "V")])
    mark = random.choice("～至~")
    first = random.choice(["", form])
    around = random.choice([("温度为", "。"), ("变化幅度", "，"), ("（", "）")])
    text = f"{low}{first}{mark}{high}{form}"
    return Written(text, "range", f"{low}..{high}", name, around=around)


def tolerance(random: Random) -> Written:
    text, value = _decimal(random)
    size, deviation = _decimal(random)
    form, name = random.choice([*MEASURED, *MASSES, ("%", "%"), ("岁", "岁")])
    around = random.choice([("应为", "。"), ("保持在", "，"), ("（", "）")])
    if random.random() < 0.3:
        value_text = f"±{plain(deviation)}"
        return Written(f"±{size}{form}", _kind(name), value_text, name, around=around)
    value_text = f"{plain(value)}±{plain(deviation)}"
    return Written(f"{text}±{size}{form}", _kind(name), value_text, name, around=around)


def _section(random: Random) -> tuple[str, int]:
    """Thousands and hundreds in figures: 5千4百, 3千, 8百."""
    thousands, hundreds = random.randrange(10), random.randrange(10)
    if not thousands and not hundreds:
        thousands = 1
    text = f"{thousands}千" * bool(thousands) + f"{hundreds}百" * bool(hundreds)
    return text, thousands * 1_000 + hundreds * 100


def several_magnitudes(random: Random) -> Written:
    """7万5千4百, 3亿2千5百万, 6千5百万, 1万零3百, 1千零20."""
    form, name = unit(random, COUNTERS, [("元", "元")])
    if form in "例":
        form = name = "个"
    way = random.randrange(6)
    section, rest = _section(random)
    gap = "零" if rest < 1_000 else ""
    head = random.randrange(1, 100)
    low = random.randrange(1, 100)
    text, value = [
        (f"{head}万{gap}{section}", head * 10**4 + rest),
        (f"{head}亿{gap}{section}万", head * 10**8 + rest * 10**4),
        (f"{section}万", rest * 10**4),
        (f"{head % 9 + 1}千零{low}", (head % 9 + 1) * 1_000 + low),
        (f"{head}万零{low + 100}", head * 10**4 + low + 100),
        (f"{head}亿{low + 100}万", head * 10**8 + (low + 100) * 10**4),
    ][way]
    return Written(text + form, _kind(form), str(value), name)


def myriads_of_myriads(random: Random) -> Written:
    number = random.randrange(2, 100)
    written = random.choice([str(number), chinese(number)])
    return Written(f"{written}万万元", "money", str(number * 10**8), "元")


def left_out(random: Random) -> Written:
    """13万2, 7千5, 两万三: the figure counts tenths of the magnitude."""
    head, figure = random.randrange(1, 100), random.randrange(1, 10)
    word, size = random.choice([("万", 10**4), ("亿", 10**8), ("千", 1_000)])
    head = head % 9 + 1 if word == "千" else head
    value = head * size + figure * size // 10
    text = f"{head}{word}{figure}"
    if random.random() < 0.3:
        text = chinese(head, two=True) + word + FIGURES[figure]
    around = random.choice([("报价", "，"), ("花了", "。"), ("合计", "，")])
    return Written(text, "integer", str(value), None, around=around)


def billions(random: Random) -> Written:
    """10兆元, 2.7兆日元."""
    text, value = _decimal(random)
    form = random.choice(["元", "日元", "韩元"])
    return Written(f"{text}兆{form}", "money", _exact(value * 10**12), form)


def thousands_by_letter(random: Random) -> Written:
    text, value = _decimal(random)
    letter, power = random.choice([("k", 3), ("M", 6)])
    around = random.choice([("月薪", "，"), ("预算", "。"), ("播放量", "，")])
    kind = "decimal" if value * 10**power != int(value * 10**power) else "integer"
    return Written(text + letter, kind, _exact(value * 10**power), None, around=around)


def power_of_ten(random: Random) -> Written:
    """1.5×10⁵, 3.0×10^8 m/s, 2e9."""
    figures = random.randrange(1, 10)
    places = str(random.randrange(10 ** random.randrange(1, 3))) * (random.random() < 0.7)
    text = f"{figures}.{places}" if places else str(figures)
    exponent = random.choice([1, 1, 1, -1]) * random.randrange(3, 20)
    value = Decimal(text).scaleb(exponent)
    value_text = _exact(value)
    around = random.choice([("测得结果为", "。"), ("数值取", "，"), ("（", "）")])
    if random.random() < 0.3:
        kind = "decimal" if "." in value_text else "integer"
        return Written(f"{text}e{exponent}", kind, value_text, None, around=around)
    written = str(exponent)
    power = random.choice([f"^{written}", written.translate(SUPERSCRIPTS)])
    form, name = random.choice([("千米", "km"), ("kg", "kg"), (" m/s", "m/s"), ("个", "个")])
    text = f"{text}×10{power}{form}"
    return Written(text, "quantity", value_text, name, around=around)


def small_money(random: Random) -> Written:
    """3元5角2分, 两块五毛, 三块五."""
    yuan, jiao, fen = random.randrange(1, 200), random.randrange(1, 10), random.randrange(1, 10)
    value = Decimal(yuan * 10 + jiao) / 10
    is_chinese = random.random() < 0.5
    whole = chinese(yuan, two=True) if is_chinese else str(yuan)
    tenth = FIGURES[jiao] if is_chinese else str(jiao)
    hundredth = FIGURES[fen] if is_chinese else str(fen)
    ways = [
        (f"{whole}元{tenth}角", value),
        (f"{whole}元{tenth}角{hundredth}分", value + Decimal(fen) / 100),
        (f"{whole}元零{hundredth}分", Decimal(yuan) + Decimal(fen) / 100),
        (f"{whole}元{tenth}毛", value),
        (f"{whole}块{tenth}毛", value),
        (f"{whole}块{tenth}毛钱", value),
        (f"{whole}块{tenth}", value),
    ]
    text, value = random.choice(ways)
    return Written(text, "money", plain(value), "元", around=random.choice(LIST))


def currency_before(random: Random) -> Written:
    """HK$200, RMB500, USD 1.5万."""
    text, value = _decimal(random)
    mark, name = random.choice(
        [("HK$", "港元"), ("US$", "美元"), ("RMB", "元"), ("USD", "美元"), ("CNY", "元"),
         ("￥", "元"), ("RMB ", "元"), ("HKD", "港元"), ("$", "美元"), ("EUR ", "欧元")]
    )  # fmt: skip
    magnitude, power = random.choice([("", 0), ("", 0), ("万", 4), ("亿", 8)])
    value_text = _exact(value * 10**power) if power else plain(value)
    if len(text) == 1 and mark.isalpha() and not power:
        mark += " "  # USB3 is no sum, nor would USD3 be
    return Written(mark + text + magnitude, "money", value_text, name, around=random.choice(LIST))


def weight(random: Random) -> Written:
    """五十两, 3钱."""
    number = random.randrange(2, 10 ** random.randrange(1, 4) + 2)
    form = random.choice(["两", "两", "钱"]) if number < 10 else "两"
    written = random.choice([str(number), chinese(number)])
    around = random.choice([("赏银", "，"), ("共重", "。"), ("用去", "，")])
    return Written(written + form, "quantity", str(number), form, around=around)


def some(random: Random) -> Written:
    """二十几人, 十几亿元, 一百几十户."""
    form, name = random.choice(PLURALS)
    few = random.randrange(2, 10)
    written = FIGURES[few]
    ways = [
        (f"{written}十几{form}", few * 10),
        (f"十几万{form}", 10**5),
        (f"十几亿{form}", 10**9),
        (f"几十万{form}", 10**5),
        (f"几千{form}", 1_000),
        (f"{written}百几十{form}", few * 100 + 10),
        (f"{written}千几百{form}", few * 1_000 + 100),
    ]
    text, value = random.choice(ways)
    return Written(text, "approx", str(value), name, "more")


def and_a_half(random: Random) -> Written:
    """一吨半, 两公里半, 三个半小时."""
    number = random.randrange(1, 30)
    written = random.choice([str(number), chinese(number, two=True)])
    if random.random() < 0.4:
        form, name = random.choice([("小时", "h"), ("月", "月")])
        return Written(f"{written}个半{form}", "duration", f"{number}.5", name)
    form, name, kind = random.choice(
        [("吨", "t", "quantity"), ("公里", "km", "quantity"), ("斤", "斤", "quantity"),
         ("亩", "亩", "quantity"), ("年", "年", "duration"), ("天", "天", "duration"),
         ("倍", "倍", "quantity"), ("里", "里", "quantity")]
    )  # fmt: skip
    if number == 1 and written == "一" and form in "里天倍":
        return and_a_half(random)
    return Written(f"{written}{form}半", kind, f"{number}.5", name)


def tenths(random: Random) -> Written:
    """六成五, 八五折, 对折."""
    first, second = random.randrange(2, 10), random.randrange(1, 10)
    if random.random() < 0.5:
        text = f"{FIGURES[first]}成{FIGURES[second]}"
        around = random.choice([("占", "，"), ("达到", "。"), ("下跌", "，")])
        return Written(text, "quantity", f"{first}.{second}", "成", around=around)
    around = random.choice([("打", "，"), ("全场打", "。"), ("打", "出售，")])
    if random.random() < 0.2:
        return Written("对折", "quantity", "5", "折", around=around)
    if second == first + 1 or (first, second) == (3, 5):  # seven or eight tenths
        second = first
    text = f"{FIGURES[first]}{FIGURES[second]}折"
    return Written(text, "quantity", f"{first}.{second}", "折", around=around)


def points_in_numerals(random: Random) -> Written:
    whole, place = random.randrange(0, 20), random.randrange(1, 10)
    text = f"{chinese(whole)}点{FIGURES[place]}个百分点"
    around = random.choice([("上升", "。"), ("下降", "，"), ("提高了", "；")])
    return Written(text, "quantity", f"{whole}.{place}", "百分点", around=around)


def hundreds_of_thousands(random: Random) -> Written:
    """一百千瓦, 三千二百千米: 千 belongs to the unit."""
    hundreds = random.randrange(1, 100)
    form, name = random.choice(
        [("千瓦", "kW"), ("千米", "km"), ("千克", "kg"), ("千瓦时", "kW·h"), ("千伏", "kV")]
    )
    return Written(chinese(hundreds * 100) + form, "quantity", str(hundreds * 100), name)


def part_of_whole(random: Random) -> Written:
    """3分之1, 百万分之五, 1又2/3, ½, .5."""
    below = random.randrange(3, 30)
    above, whole = random.randrange(1, below), random.randrange(1, 10)
    small = random.randrange(1, 100)
    sizes = {"十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
    word = random.choice(list(sizes))
    characters = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅛": "1/8"}
    character = random.choice(list(characters))
    mixed = str(whole + Fraction(above, below))
    ways = [
        (f"{below}分之{above}", str(Fraction(above, below))),
        (f"{word}分之{chinese(small)}", str(Fraction(small, sizes[word]))),
        (f"{whole}又{above}/{below}", mixed),
        (f"{chinese(whole)}又{chinese(below)}分之{chinese(above)}", mixed),
        (character, characters[character]),
    ]
    around = random.choice([("占", "。"), ("等于", "，"), ("结果为", "；")])
    if random.random() < 0.15:
        places = str(random.randrange(1, 1_000)).zfill(random.randrange(1, 4))
        around = random.choice([("系数取", "，"), ("值为", "。")])
        return Written(f".{places}", "decimal", f"0.{places}", None, around=around)
    text, value = random.choice(ways)
    return Written(text, "ratio", value, None, around=around)


def mixed_forms(random: Random) -> Written:
    """七十八万五佰零六元, 贰万3千元: forms of cheques among others."""
    if random.random() < 0.4:
        head, low = random.randrange(1, 10), random.randrange(1, 10)
        big, small = random.choice([("万", "千"), ("仟", "百")])
        size = {"万": 10**4, "仟": 1_000}[big]
        value = head * size + low * size // 10
        text = f"{FINANCIAL[head]}{big}{low}{small}元"
        if big == "万" and random.random() < 0.3:
            text = f"{head}万{FINANCIAL[low]}仟元"
        return Written(text, "money", str(value), "元")
    number = random.randrange(100, 10**7)
    swaps = dict(zip(FIGURES[1:] + "十百千", FINANCIAL[1:] + "拾佰仟", strict=True))
    text = chinese(number)
    if not text.startswith("十"):
        text = "".join(swaps.get(c, c) if random.random() < 0.5 else c for c in text)
    return Written(text + "元", "money", str(number), "元")


def traditional(random: Random) -> Written:
    """4.78萬億元, 兩萬人, 百分之三點五."""
    around = random.choice([("總額為", "。"), ("達到", "，"), ("（", "）")])
    way = random.randrange(3)
    form, name = random.choice([("元", "元"), ("人", "人"), ("件", "件"), ("美元", "美元")])
    kind = "money" if (form, name) in CURRENCIES else "quantity"
    if way == 0:
        text, value = _decimal(random)
        word, power = random.choice([("萬", 4), ("億", 8), ("萬億", 12)])
        value_text = _exact(value * 10**power)
        return Written(text + word + form, kind, value_text, name, around=around)
    if way == 1:
        number = random.randrange(2, 100) * random.choice([10**4, 10**8])
        text = chinese(number, two=True)
        text = ("兩" if number in (20_000, 200_000_000) else text[0]) + text[1:]
        return Written(text.translate(TRADITIONAL) + form, kind, str(number), name, around=around)
    number, place = random.randrange(1, 100), random.randrange(1, 10)
    text = f"百分之{chinese(number)}點{FIGURES[place]}"
    return Written(text, "percent", f"{number}.{place}", "%", around=around)


def set_apart(random: Random) -> Written:
    """１０ 成, ２０ 万元, 三 十 五 人, 3．14米."""
    number = random.randrange(11, 100)
    form, name = random.choice([("人", "人"), ("户", "户"), ("元", "元")])
    way = random.randrange(3)
    if way == 0:
        text = f"{str(number).translate(FULL_WIDTH)} 万{form}"
        return Written(text, _kind(form), str(number * 10**4), name)
    if way == 1:
        around = random.choice([("共有", "。"), ("其中", "，")])
        text = " ".join(chinese(number)) + f" {form}"
        return Written(text, _kind(form), str(number), name, around=around)
    form, name = random.choice(MEASURED + MASSES)
    text = f"{number}．{random.randrange(1, 100)}"
    return Written(text + form, "quantity", text.replace("．", "."), name)


def wide_clock(random: Random) -> Written:
    hour, minute = random.randrange(24), random.randrange(60)
    around = random.choice([("会议于", "开始。"), ("时间为", "，"), ("列车", "到达。")])
    return Written(f"{hour}：{minute:02}", "time", f"T{hour:02}:{minute:02}", None, around=around)


EVERYDAY_FORMS: list[Form] = [
    minus_or_plus, below_zero, signed_interval, tolerance, several_magnitudes, myriads_of_myriads,
    left_out, billions, thousands_by_letter, power_of_ten, small_money, currency_before, weight,
    some, and_a_half, tenths, points_in_numerals, hundreds_of_thousands, part_of_whole, mixed_forms,
    traditional, set_apart, wide_clock,
]  # fmt: skip
