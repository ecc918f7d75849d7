"""What 某 stands for: 李某某, 刘某1, 某甲公司, 某省某市, 某年某月.

某 is how people write, too (某些, 某种程度, 某公司, 某市): without a surname before it, one of
甲乙丙 behind it or another 某 beside it, it is never a mask by itself. A surname that is the end of
a word (提高某, 任何某) is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textclean.placeholders.fields import (
    ORGANISATION,
    ORGANISATION_BEHIND,
    PARTY_BEFORE,
    TITLE_BEHIND,
    labelled,
)
from textclean.placeholders.gazetteer import is_place
from textclean.placeholders.names import DOUBTFUL, SERIES
from textclean.placeholders.placeholder import MaskKind
from textclean.placeholders.placeholder import PlaceholderType as Type
from textclean.placeholders.run import Run
from textclean.text.classes import HAN_CLASS, is_han
from textclean.text.lexicon import SURNAMES
from textclean.text.patterns import pattern
from textclean.text.words import is_word

if TYPE_CHECKING:
    import re

#: These stand between two names, too: 某甲向某乙.
_PREPOSITIONS = "向于和任应"
#: Surnames that are words or rare: before 某 nothing else is meant.
_MORE = "牟景栾季桂蒲蔺鞠宫边裘缪宗丛佘滕卜柴储蓝迟苗巩敖鲍岑晏闵冼涂邬娄隋谷佟褚仇荆卞芦惠"
_MORE += "安赖庞颜伍毕舒詹费靳童甄屈饶戚臧姬郜郁窦虞穆冀邸燕简符池"
_MORE += "文路左关盛项游阳席曲车房党连谈喻祁屠奚揭"
# In Traditional characters.
_MORE += "張劉陳楊趙黃吳孫馬鄭謝許韓鄧馮葉蘇呂蔣盧譚陸賈鄒莊蕭羅鍾龔錢嚴賴顏龐魯萬關"
_ALL = "".join(sorted(SURNAMES.union(_MORE)))
_SURNAME = rf"(?:欧阳|司马|上官|诸葛|司徒|东方|夏侯|皇甫|慕容|尉迟|长孙|阿|[{_ALL}])"
#: What persons are ends so.
_PERSON_ENDS = ("人", "员", "者", "民", "董事长", "局长", "市长", "经理", "医生", "老师", "司机")
_SOME = pattern("(?<!某)某(?![些种種]|[个個](?!人))")
#: Behind 某 it is no name: 某些, 某种, 某个, 某条.
_QUANTIFIED = pattern(
    r"(?:[些种種个個条條项項件次类類位级处段款只份篇张台样股届批层块根支所道座颗本幅场句步门笔组方点面]|[一二两三几](?!人[、，。；均]?)[^审]|[天日月年时]"
    r"(?!龄)|人(?![民在均系经为因对向与和及、，。；]))"
)
_COUNTED = "[年月日号岁时点分秒个名人张次条件份元万亿天周届位米公平千克吨户家台辆]"
_SOMEBODY = pattern(
    rf"(?:{_SURNAME}(?:某{{1,2}}(?=某[年月日天])|某{{1,3}}|[0-9]{{1,2}}某{{1,2}})|(?<![A-Za-z0-9])[A-Z]某{{1,2}})"
    rf"(?:[{SERIES}](?![级等类])|[①-⑳]|[0-9]{{1,2}}(?![0-9.%％]|{_COUNTED})|[A-Z](?![A-Za-z0-9]))?"
)
# 罗某斌, 葛某高: the last character of the name was left.
_LAST = pattern(
    rf"[{HAN_CLASS}](?=[、，。；：（）()的与和在及诉]|等人|等[一二三四五六七八九十两0-9]+人|犯|于[一二0-9]|于?某年|之[父母妻夫子女]|证言|到案|已|均|系|因|为首|以|伙同|明知|由于)"
)
_NO_LAST = frozenset(
    "的与和在及诉等犯于之已均系因明由称说有是为被将向对从到又也还不称家某人案男女外部旅团方遂故便即虽国城未不没仍再先后曾正本自乘才就只却要能会去来"
)
# What somebody does or is: the surname of a doubtful name has one of these behind 某.
_DOES = pattern(
    r"[、，。；：（）()的诉犯称]|[与和]|(?:在|于|因|已|均|系|等|辩称|到案|供述|证言|承认|报警|死亡|驾驶|支付|提起|向|对|将|被|及|家|"
    r"先生|女士|受雇|找|拿|持|带|打|叫|让|主动|明知)|\Z|\n"
)
#: What may follow the kind of an organisation: 银行股份有限公司.
_LEGAL = r"(?:(?:股份|集团)?(?:有限)?(?:责任)?公司|[支分]行)?"
_SERIAL = pattern(
    rf"某(?P<s>[{SERIES}]|[A-Z](?![A-Za-z])|[0-9]{{1,2}}(?![0-9]))(?![级等类方])"
    rf"(?P<org>(?:(?!某)[{HAN_CLASS}]){{0,12}}?(?:{ORGANISATION}|医院|学校|中学|小学|大学|单位|村委会|居委会|法院){_LEGAL})?"
)
_SERIES_BEHIND = pattern(f"某[{SERIES}A-Z0-9]")
#: Between 某甲 and 公司 the name goes on, but no other party does.
_BREAKS = pattern(r"[与和向将对由给在诉被及从跟]")
_PLACE = (
    r"(?:省|市|县|区|镇|乡|村|街道|街|路|小区|巷|社区|屯|州(?!际)|旗(?!下|舰))(?![场别面外长民])"
)
_PLACE_BEHIND = pattern(_PLACE)
_NUMBERED = r"(?:号|楼|栋|幢|单元|室)(?![称码])"
_OFFICE = r"(?:局|院|厂|校|医院|学校|中学|小学|大学|派出所|法院|检察院)(?![场别面外长民])"
_PART = pattern(rf"某{{1,2}}(?:(?P<place>{_PLACE})|(?P<office>{_OFFICE})|(?P<number>{_NUMBERED}))")
#: An authority has a name: 某市中级人民法院.
_COURT_BEHIND = pattern(
    r"[省市县区](?:高级|中级|第[一二三四五])*人民(?:法院|检察院|政府)|[省市县区](?:公安)?分?局"
)
_KINDS = {"place": Type.PLACE, "office": Type.ORGANISATION, "number": Type.CODE}
_DATE = pattern(r"某{1,2}(?P<unit>[年月日时])")
_SONG = pattern(r"[的之]?某[一个]?[天日夜刻]|的一[天日]")
_DATED_BEFORE = pattern(
    r"(?:[0-9×xX]{4}|[零〇一二三四五六七八九]{4})年\Z|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月\Z"
)
_COMPANY = pattern(
    rf"某{{1,2}}(?P<name>(?:(?!某)[{HAN_CLASS}]){{0,12}}?)(?P<end>有限(?:责任)?公司|股份(?:有限)?公司|{ORGANISATION}){_LEGAL}"
)
_NAMELESS = pattern(r"某{2,3}")


def find_some(text: str) -> Iterator[Run]:
    """What 某 stands for: persons, organisations, places, dates."""
    if not _SOME.search(text):
        return
    yield from _somebody(text)
    yield from _serial(text)
    yield from _companies(text)
    yield from _places(text)
    yield from _dates(text)
    for match in _NAMELESS.finditer(text):
        left = text[max(0, match.start() - 12) : match.start()]
        sure = PARTY_BEFORE.search(left) or TITLE_BEHIND.match(text, match.end())
        yield _some(*match.span(), 0.7 if sure else 0.2, Type.PERSON)


def _some(start: int, end: int, form: float, kind: Type) -> Run:
    return Run(start, end, "某", form, MaskKind.NAME, kind)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Names with 某, each once: what stands before 某 is tried from there."""
    last = 0
    for some in _SOME.finditer(text):
        at = some.start()
        for start in range(max(last, at - 3), at):
            match = _SOMEBODY.match(text, start)
            if match is not None and match.end() > at:
                last = match.end()
                yield match
                break


def _somebody(text: str) -> Iterator[Run]:
    for match in _matches(text):
        start, end = match.span()
        name = match.group()
        doubled = "某某" in name
        numbered = name[-1] != "某" or not is_han(name[1])
        before = text[max(0, start - 12) : start]
        party = bool(PARTY_BEFORE.search(before)) or (
            name[0] not in _PREPOSITIONS and before.endswith(_PERSON_ENDS)
        )
        joined = before[-1:] + name[0]
        is_end = is_han(before[-1:]) and (is_word(joined) or is_place(joined))
        if is_end and not party and not is_word(before[-2:]):  # 提高某; but not 执行李某
            continue
        behind = text[end : end + 8]
        if not numbered:
            quantified = _QUANTIFIED.match(behind)
            if quantified and not (doubled or (party and behind[0] not in "些种")):
                continue
            # 王某公司: of somebody; 海南某公司: of nobody.
            nobody = not party and name[0] in DOUBTFUL and name[-1] == "某"
            if nobody and (ORGANISATION_BEHIND.match(behind) or _PLACE_BEHIND.match(behind)):
                continue
            last = _LAST.match(text, end)
            if (
                last
                and not doubled
                and (party or name[0] not in DOUBTFUL or not is_han(before[-1:]))
                and last.group() not in _NO_LAST
                and not is_word(text[end : end + 2])
            ):
                end = last.end()
                numbered = True
        if name[0] == "阿" and not party and is_han(before[-1:]):
            continue
        if name[0] in _PREPOSITIONS and is_han(before[-1:]) and not party:
            continue
        doubtful = name[0] in DOUBTFUL and not (numbered or doubled)
        if party or not doubtful:
            form = 0.85
        elif is_han(before[-1:]) and before[-1:] not in "与和、及对向由将被":
            form = 0.15
        else:
            form = 0.7 if _DOES.match(text, end) else 0.3
        yield _some(start, end, form, Type.PERSON)


def _serial(text: str) -> Iterator[Run]:
    if not _SERIES_BEHIND.search(text):
        return
    for match in _SERIAL.finditer(text):
        start, end = match.span()
        if match["org"] and not _BREAKS.search(match["org"]):
            yield _some(start, end, 0.9, Type.ORGANISATION)
            continue
        letter = match["s"]
        before = text[start - 1 : start]
        named = before in _ALL and not (
            before in _PREPOSITIONS and is_han(text[start - 2 : start - 1])
        )
        if letter in SERIES and not (before and named):
            # Somebody may be called 某甲, something not: 某丙类.
            placed = _PLACE_BEHIND.match(text, match.end("s"))
            yield _some(start, match.end("s"), 0.75, Type.PLACE if placed else Type.PERSON)


def _companies(text: str) -> Iterator[Run]:
    for match in _COMPANY.finditer(text):
        start, end = match.span()
        if _BREAKS.search(match["name"]) or (match["name"][:1] in tuple("些种个家一几")):
            continue
        before = text[start - 1 : start]
        if before and before in _ALL and not is_place(text[start - 2 : start]):
            continue  # 王某公司
        doubled = text.startswith("某某", start)
        legal = "有限" in match.group() or "股份" in match.group()
        party = PARTY_BEFORE.search(text, max(0, start - 12), start)
        form = 0.75 if legal or doubled else 0.6 if party else 0.2
        yield _some(start, end, form, Type.ORGANISATION)


def _places(text: str) -> Iterator[Run]:
    """某省某市某县: two that touch are a chain."""
    chain: list[Run] = []
    last = -1
    for match in _PART.finditer(text):
        start = match.start()
        group = match.lastgroup or ""
        if start != last:
            yield from _linked(text, chain)
            chain = []
        end = match.end() if group == "office" else match.start(group)
        chain.append(_some(start, end, 0.2, _KINDS[group]))
        last = match.end()
    yield from _linked(text, chain)


def _linked(text: str, chain: list[Run]) -> Iterator[Run]:
    if not chain:
        return
    form = 0.75 if len(chain) > 1 else 0.2
    if len(chain) == 1 and (
        labelled(text, chain[0].start) is Type.PLACE or _COURT_BEHIND.match(text, chain[0].end)
    ):
        form = 0.6
    for run in chain:
        # A number alone counts for nothing: 某号.
        yield run._replace(form=form if len(chain) > 1 or run.type is not Type.CODE else 0.1)


def _dates(text: str) -> Iterator[Run]:
    chain: list[Run] = []
    last = -1
    kinds = {"年": Type.YEAR, "月": Type.MONTH, "日": Type.DAY, "时": Type.CLOCK}
    for match in _DATE.finditer(text):
        start, end = match.span()
        if start != last:
            yield from _dated(text, chain)
            chain = []
        chain.append(_some(start, end - 1, 0.1, kinds[match["unit"]]))
        last = end
    yield from _dated(text, chain)


def _dated(text: str, chain: list[Run]) -> Iterator[Run]:
    if not chain:
        return
    start, end = chain[0].start, chain[-1].end + 1
    dated = _DATED_BEFORE.search(text, max(0, start - 6), start)
    if (len(chain) > 1 or dated) and not _SONG.match(text, end):
        for run in chain:
            yield run._replace(form=0.75)
