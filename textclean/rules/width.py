"""Family C, width: letters and Arabic numerals at full width, and the marks between their parts."""

from __future__ import annotations

from collections.abc import Iterator

from textclean.engine.rule import Proposal, View, rule
from textclean.engine.triggers import one_of
from textclean.text.edit import Tier
from textclean.text.patterns import pattern

# A number with its decimal point and its separators of thousands, or letters and digits. 二０００年
# is written with ０ for 〇: what touches a Chinese numeral is no Arabic number.
_KANA = pattern("[\u3041-\u30fa]")
_NUMERAL = "〇一二三四五六七八九十百○"
_WIDE = pattern(
    rf"(?<![{_NUMERAL}０-９])(?:[０-９]{{1,3}}(?:，[０-９]{{3}}){{2,9}}+|[０-９]{{1,2}}，[０-９]{{3}}|[０-９]++)"
    rf"(?![０-９]*+[{_NUMERAL}])(?:．[０-９]++)?(?!，*+[０-９])"
    rf"|[Ａ-Ｚａ-ｚ]+|(?<![{_NUMERAL}０-９])[０-９]++(?![{_NUMERAL}])"
)
_NARROW = {
    ord("％"): "%",
    ord("，"): ",",
    **{code: chr(code - 0xFEE0) for code in range(0xFF0D, 0xFF5B)},
}
#: What stands between the parts of a number, date, standard or address: ４．２．１, ＧＢ／Ｔ.
_JOINTS = "．／－"
#: 2．1998年 and 1．5月1日 are an item of a list and a date: no number with a point has such a unit.
_DATE_OF_ITEM = pattern(
    "(?<![０-９．][０-９]{2}．)[０-９]{1,2}．(?=(?:１９|２０)[０-９]{2}年|[０-９]{1,2}月[０-９])"
)
_OF_ANNEX = pattern("[附录表图式条节章第](?=[Ａ-Ｚ]．[０-９])")
# The number of a standard of which the rest was half-width already.
_STANDARD = pattern(
    r"(?<![A-Za-z])[A-Z]{2,4}／[TZ](?= ?[0-9])"
    r"|(?<![A-Za-z])[A-Z]{2,4}(?:[/／][TZ])? ?[0-9]{2,5}(?:\.[0-9]{1,2})?－[0-9]{2,4}(?![0-9－])"
)


@rule(
    "C007",
    Tier.SAFE,
    trigger=(
        one_of("０-９Ａ-Ｚａ-ｚ"),
        one_of(_JOINTS[1:]),
    ),
    reason="Letters and Arabic numerals are half-width in Chinese text (GB/T 15835-2011 §5.1.7), "
    "and with them the points, strokes and hyphens between their parts and the sign of per cent.",
    reason_zh="汉语文本中的字母与阿拉伯数字用半角（GB/T 15835-2011 §5.1.7），其间的点、斜线、连接号"
    "和其后的百分号随之。",
    examples=[
        ("２０２１年７月", "2021年7月"),
        ("新增ＩＣＵ床位３．５万张", "新增ICU床位3.5万张"),
        ("收入２７，２０３，３１９元", "收入27,203,319元"),
        ("第１，２，３组", "第1，2，3组"),
        ("见ＧＢ／Ｔ ７７１４－２００５第４．２．１条", "见GB/T 7714-2005第4.2.1条"),
        ("占３４．０５％", "占34.05%"),
        ("按GB／T 7714－2005", "按GB/T 7714-2005"),
        ("１．１９９８年成立", "1．1998年成立"),
        ("Ａ．２０块", "A．20块"),
    ],
    counter_examples=[
        "2021年",
        "①②③",
        "㎡",
        "10³",
        "½",
        "二０００年",
        "二００八年",
        "一九八０年",
        "增长10％",
        "2005－2006年和／或",
    ],
)
def fullwidth_alphanumeric(view: View) -> Iterator[Proposal]:
    """``２０２１`` → ``2021``, ``ＧＢ／Ｔ`` → ``GB/T``."""
    text = view.text
    japanese = _KANA.search(text)
    for start, end in _wide_tokens(text):
        if japanese and view.of_line(_KANA.search, start):
            continue  # full-width letters are current in Japanese
        narrow = text[start:end].translate(_NARROW)
        yield Proposal(start, end, narrow, "full-width letters or digits")
    held = any(joint in text for joint in _JOINTS[1:])
    for match in _STANDARD.finditer(text) if held else ():
        for at, char in enumerate(match.group(), match.start()):
            if char in _JOINTS:
                yield Proposal(at, at + 1, _NARROW[ord(char)], "the number of a standard")


def _wide_tokens(text: str) -> Iterator[tuple[int, int]]:
    """Every full-width number and word, with what joins its parts: ``ＧＢ／Ｔ``, ``４．２．１``."""
    start = end = -1
    for low, high in _wide_parts(text):
        if start >= 0 and low == end + 1 and _joins(text, start, end):
            end = high
            continue
        if start >= 0:
            yield start, end + _has_sign(text, end)
        start, end = low, high
    if start >= 0:
        yield start, end + _has_sign(text, end)


def _wide_parts(text: str) -> Iterator[tuple[int, int]]:
    for match in _WIDE.finditer(text):
        start, end = match.span()
        item = _DATE_OF_ITEM.match(text, start)
        if item:
            yield start, item.end() - 1
            start = item.end()
        yield start, end


def _joins(text: str, start: int, at: int) -> bool:
    """Whether the mark at `at` joins the token that begins at `start` with what follows."""
    if text[at] != "．":
        return text[at] in _JOINTS
    if _DATE_OF_ITEM.match(text, start):
        return False
    token, behind = text[start:at], text[at + 1]
    if any(joint in token for joint in _JOINTS):
        return True
    if behind in _WIDE_DIGITS:
        # Ａ．２０块 is one of several answers.
        return token[-1] in _WIDE_DIGITS or bool(_OF_ANNEX.match(text, start - 1))
    return token.islower() and behind.islower()


def _has_sign(text: str, end: int) -> bool:
    """Whether the sign of per cent stands behind a number."""
    return text[end - 1] in _WIDE_DIGITS and text.startswith("％", end)


_WIDE_DIGITS = "０１２３４５６７８９"
