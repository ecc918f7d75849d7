"""Currencies that stand before their number: ￥500, HK$200, RMB500."""

from __future__ import annotations

from textclean.text.patterns import pattern

#: Signs, and the unit that each names.
CURRENCY_SIGNS = {
    "¥": "元", "￥": "元", "$": "美元", "＄": "美元", "€": "欧元", "£": "英镑", "￡": "英镑",
    "₩": "韩元", "₽": "卢布", "₹": "卢比", "฿": "泰铢",
}  # fmt: skip
_BEFORE_DOLLAR = {
    "US": "美元", "U.S.": "美元", "HK": "港元", "NT": "新台币", "AU": "澳元", "CA": "加元",
    "SG": "新加坡元", "NZ": "新西兰元", "MOP": "澳门元", "A": "澳元", "C": "加元", "S": "新加坡元",
}  # fmt: skip
_CODES = {
    "RMB": "元", "CNY": "元", "USD": "美元", "HKD": "港元", "EUR": "欧元", "GBP": "英镑",
    "JPY": "日元", "TWD": "新台币", "NTD": "新台币", "MOP": "澳门元", "KRW": "韩元", "AUD": "澳元",
    "CAD": "加元", "SGD": "新加坡元", "CHF": "瑞士法郎", "RUB": "卢布", "INR": "卢比",
    "THB": "泰铢",
}  # fmt: skip
_LONGEST = 6
_DOLLAR = pattern(r"(?<![A-Za-z0-9$.])(US|U\.S\.|HK|NT|AU|CA|SG|NZ|MOP|[ACS])(?=[$＄][ ]?\Z)")
_CODE = pattern(rf"(?<![A-Za-z0-9$._-])({'|'.join(_CODES)})[$￥¥]?[ ]?\Z")

# EUR6, USD7 are names; CNY2024 is the New Year's.
_NAMED = pattern(
    r"[A-Z]{3}[0-9](?![0-9.,]|[百千万亿]?[元万亿美欧日港])"
    r"|CNY ?20[12][0-9](?=[\u4e00-\u9fff])(?![万亿元])"
)


def read_currency_before(text: str, at: int, floor: int) -> tuple[int, str] | None:
    """Where the currency before the number at `at` begins, and its unit; None without one.

    A$5 and C$1 may be cells of a table: of the dollars with one letter only larger numbers count.
    """
    before = text[at - 1] if at > floor else ""
    low = max(floor, at - _LONGEST)
    if (before.isascii() and before.isalpha()) or (before == " " and text[at - 2].isalpha()):
        code = _CODE.search(text, low, at)
        if code is None or _NAMED.match(text, code.start()):
            return None
        return code.start(), _CODES[code[1]]
    if before == " " and at - 1 > floor:
        before = text[at - 2]
    if before not in CURRENCY_SIGNS or not before:
        return None
    sign = at - 1 - (text[at - 1] == " ")
    if before in "$＄":
        dollar = _DOLLAR.search(text, low, at)
        if dollar and (len(dollar[1]) > 1 or text[at + 1 : at + 2].isdecimal()):
            return dollar.start(), _BEFORE_DOLLAR[dollar[1]]
    elif before in "￥¥" and (code := _CODE.search(text, low, at)):
        return code.start(), _CODES[code[1]]
    return None if sign < at - 1 and before in "$＄" else (sign, CURRENCY_SIGNS[before])
