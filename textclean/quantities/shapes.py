"""The shapes that numbers, dates and ranges have on paper, as regular expressions.

Everything here is a function of the class of digits, so that a reader of redacted text can count
``x`` as one more digit and get the same shapes: ``shapes(DIGITS + "xX×")``.

Each field is the source of a regular expression without capturing groups other than the named ones
that its description lists. Quantifiers are possessive or bounded: nothing backtracks.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from textclean.text.classes import FULL_WIDTH_DIGITS

#: Digits that written Chinese uses; others (Arabic-Indic, Devanagari …) are never read as numbers.
DIGITS = "0-9０-９"
#: Chinese numerals; 半 and 双 are words, not numerals.
NUMERALS = "零〇一二三四五六七八九十百千万亿两廿卅萬億兩"
#: The forms of cheques, which are words and names elsewhere (队伍, 大陆): numbers only in a run.
FINANCIAL = "(?:零?[壹贰貳叁叄肆伍陆陸柒捌玖]?[拾佰仟萬億万亿])++(?:零?[壹贰貳叁叄肆伍陆陸柒捌玖])?"
# 千 before these is part of a unit or a word: 2千克, 3千家.
_NO_THOUSAND = "克米瓦卡焦帕伏安赫字家古"
# What 两 counts behind a single numeral: 一、二两项 are both, 一两个 one or two.
_COUNTED = (
    "个個位名人条件项次天年月日周岁点种家所套台辆户届场轮国省市县区岸院会级类层张本部代度处间座者头方"
    "美封针剂幅桩宗股排列组群队批幢栋艘架匹首篇章册份卷集件好期枚列路门段款版员票声句字杯碗瓶口颗粒根支枝片朵把双对副笔步下遍趟顿回米寸里尺公斤吨只知分块百千万亿萬億"
)
# One or two of these: 一两秒, 一两起.
_ONE_OR_TWO = (
    "秒毫季旬学晚夜宿课倍成折番峰尾羽株棵束丛簇扇页节捆包箱盒袋罐桶壶盘盆勺匙班车例床阵眼孔盏打顶身"
    "样阶档等道起手任派船幕招式圈局环拍响滴堆缕丝串筐篮席桌餐丸味服帖付胎窝行站克丈码小刻星礼世"
)
_GREATER = "十百千万亿萬億"
_WEIGHT = (
    f"(?<=[{_GREATER}])[两兩](?![百千万亿萬億])"
    "|(?<=[一二三四五六七八九])(?<![一二三四五六七八九]{2})"
    f"[两兩](?![{_COUNTED}])(?!(?<=一.)[{_ONE_OR_TWO}])"
)
_PREFIX = f"(?<=[{_GREATER}])(?:千[瓦克米卡焦帕伏赫吨升牛乏]|百帕)"
#: A run of numerals: without 两 where it is a weight (五十两, 二两), and without 千 and 百 where
#: they begin a unit (三万千瓦, 一千百帕).
NUMERAL_RUN = f"[{NUMERALS}](?:(?!{_WEIGHT}|{_PREFIX})[{NUMERALS}])*+"
#: Those of them that are single digits and write years: 一九八〇; 〇 is often set as ○ or 0.
YEAR_NUMERALS = "零〇○Ｏ0０一二三四五六七八九"
#: Every character of `DIGITS`.
DIGIT_CHARACTERS = frozenset("0123456789" + FULL_WIDTH_DIGITS)
#: Spaces that a scan or a line's justification put inside an expression.
SPACES = " \u3000\u00a0"
SPACE = f"[{SPACES}]"
#: Marks of a range: hyphens and dashes, waves, and the words.
RANGE_MARKS = "-－‐‑–—―─~～∼〜至到"
#: What divides hours and minutes, or the terms of a proportion.
COLONS = ":：∶"
#: What makes 万 and 亿 part of a name or a word: 3万隆, 5亿科.
AFTER_NO_MAGNITUDE = "一隆松科里州盛"
#: Powers of ten that are written behind a number in digits.
MAGNITUDE = (
    f"(?:(?:[百千]?[万萬][亿億]|[十百千]?[万亿萬億](?![{AFTER_NO_MAGNITUDE}]))"
    f"|千(?![{_NO_THOUSAND}])|百(?![分姓货年强帕])|十(?=[万亿余多几萬億])"
    f"|兆(?=[美日韩新台臺]?[元圆圓币幣]|[{DIGITS},]{{1,5}}[百千]?[亿億]))"
)
#: Words between a number and its unit that make it a lower limit.
MORE = (
    "(?:[余多餘](?!于)|来(?=[万亿个名人位家次天年岁件米里斤元两块吨亩户头台辆套页平种层秒句]|分钟|公[里斤]|小时|号人)"
    "|(?<=十)好[几幾]"
    "|[几幾](?<=[0０十百千万亿萬億][几幾])(?![乎何经许时率微内]))"
)
#: What follows a number with a decimal point, and hardly ever one that begins a sentence.
POINTED = (
    "(?:[%％‰‱]|个?百分点|[A-Za-zµμ℃㎡㎏㎜㎝㎞]|[万亿]|倍|元|美元|米|公里|公斤|公顷|平方|立方|毫|厘|微|纳"
    "|吨|克|升|亩|千[克米瓦]|度|小时|分钟|秒)"
)
#: Where a month may have no such day, or a year no such month: seen from 月.
ODD_DATE = (
    f"月(?:{SPACE}{{0,2}}(?:[0０](?![1-9１-９])|[2２][9９]|[3-9３-９][0-9０-９]|三十|二十九|卅|廿九)"
    "|(?<=[2-9２-９][0-9０-９]月)|(?<=[1１][3-9３-９]月)|(?<=[0０]月)(?<![1１].月))"
)
#: The sign behind a percentage of three digits or more, and what is seen from it.
PERCENT_SIGNS = "%％"
BEHIND_LARGE = "(?:{})".format(
    "|".join(["(?<=[0-9]{3}.)", *(rf"(?<=[0-9]{{3}}\.[0-9]{{{n}}}.)" for n in (1, 2, 3))])
)
#: Parts of the day before a clock time.
_DAY_PARTS = "上午|下午|凌晨|清晨|早晨|早上|中午|午后|傍晚|晚上|夜间|深夜|晚间|午夜"
DAY_PARTS = frozenset(_DAY_PARTS.split("|"))
DAY_PART = f"(?:{_DAY_PARTS})"


class Shapes(NamedTuple):
    """Sources of regular expressions over one class of digits."""

    #: The class itself, without brackets.
    digits: str
    #: ``1,234.56``, ``１２３４``, ``0。5``; any number of digits.
    number: str
    #: ``2021年7月30日``, ``1月16日24时``, ``10月份``, with stray spaces. Every part is optional, so
    #: that it also matches nothing. Groups: ``year month day``; for 下午3时, 8点半, 9时30分 ``part
    #: hour minute half second``; for 9:30 ``hour2 minute2 second2``.
    date: str
    #: ``2021-07-30``, ``2021.7.30``, ``2021/7/30``. Groups: ``year month day``.
    iso_date: str
    #: A range's mark with the spaces around it.
    range_mark: str
    #: ``3:1``, ``3：1``. Groups: ``left right``.
    ratio: str
    #: ``1+4+1``, ``10+10``: digits that are a name, not a sum.
    sum_code: str
    #: ``COVID-19``, ``0371-65651234``, ``1.2.3``, ``G20``: a run of letters, digits and joints.
    token: str


@cache
def shapes(digits: str = DIGITS) -> Shapes:
    """The shapes over a class of digits, given as the inside of a bracket expression."""
    d = f"[{digits}]"
    gap = f"{SPACE}{{0,2}}"
    grouped = f"{d}{{1,3}}(?:[,，]{d}{{3}}(?!{d}))++"
    # 0。5 is a misread point only before what is measured: 病例为0。5家医院 … are two sentences.
    misread = f"(?<=[0０])(?<!{d}[0０])。{d}{{1,4}}(?={POINTED})"
    number = f"(?:{grouped}|{d}++)(?:[.．]{d}++|{misread})?"
    year = f"(?P<year>{d}{{4}}){gap}年(?!代(?![表替理办为购课])|轻|级|产|薪|均)度?"
    month = f"(?P<month>{d}{{1,2}}){gap}月份?"
    day = f"(?P<day>{d}{{1,2}}){gap}[日号](?![楼院线店令码房馆机床台厅元本])"
    spelt = (
        f"(?P<hour>{d}{{1,2}}){gap}(?:时(?!间|候|代|期|速|段|分复)|点(?!建|要|意|原|措|经|体|看))"
        f"(?:{gap}(?:(?P<minute>{d}{{1,2}}){gap}分(?!钟)(?:{gap}(?P<second>{d}{{1,2}}){gap}秒)?"
        f"|(?P<half>半)(?!径)|整(?![个理体改治])))?"
    )
    written = (
        f"(?P<hour2>{d}{{1,2}})[{COLONS}](?P<minute2>{d}{{2}})"
        f"(?:[{COLONS}](?P<second2>{d}{{2}}))?(?!{d}|[度℃%％])"
    )
    clock = f"(?:(?P<part>{DAY_PART}){gap})?(?:{spelt}|{written})"
    return Shapes(
        digits=digits,
        number=number,
        date=f"(?:{year}{gap})?(?:{month}{gap})?(?:{day}{gap})?(?:{clock})?",
        iso_date=(
            f"(?P<year>{d}{{4}})(?:(?P<joint>[-/.－])(?P<month>{d}{{1,2}})(?P=joint)"
            f"(?P<day>{d}{{1,2}}))(?!{d}|[-/.][{digits}])"
        ),
        range_mark=f"{gap}(?:[{RANGE_MARKS}]|--|——){gap}",
        ratio=f"(?P<left>{number}){gap}(?:[{COLONS}]|比){gap}(?P<right>{number})",
        sum_code=f"{d}++(?:[+＋]{d}++)++",
        token=f"[A-Za-z{digits}]++(?:[-–_./]?[A-Za-z{digits}]++)*+",
    )
