"""Names given in part or by 某: 李某某, 刘某1, 某甲公司, 某省某市, 某年某月, 张××, A总书记.

某 is how people write, too (某些, 某种程度, 某公司, 某市): without a surname before it, a letter of the
series 甲乙丙 behind it or another 某 beside it, it is never a mask by itself. A surname that is the
end of a word (提高某, 任何某) is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textclean.placeholders.context_odds import context
from textclean.placeholders.fields import (
    ORGANISATION,
    ORGANISATION_BEHIND,
    PARTY_BEFORE,
    TITLE_BEHIND,
    labelled,
)
from textclean.placeholders.gazetteer import is_place
from textclean.placeholders.kinds import type_by_unit
from textclean.placeholders.placeholder import MaskKind
from textclean.placeholders.placeholder import PlaceholderType as Type
from textclean.placeholders.run import Run
from textclean.text.classes import HAN_CLASS, is_han
from textclean.text.lexicon import SURNAMES
from textclean.text.patterns import pattern
from textclean.text.words import is_word

if TYPE_CHECKING:
    import re

_SERIES = "甲乙丙丁戊己庚辛壬癸"
#: Surnames that open or end other words as often: before 某 they need somebody beside them.
_DOUBTFUL = "于任向常方高万向武江汤海石白孔安齐庄易温习康宁章经单尚段兰欧牛金雷时施查成应解和"
#: These stand between two names, too: 某甲向某乙.
_PREPOSITIONS = "向于和任应"
_ALL = "".join(sorted(SURNAMES))
_SURNAME = rf"(?:欧阳|司马|上官|诸葛|司徒|东方|夏侯|皇甫|慕容|尉迟|长孙|阿|[{_ALL}])"
_SOME = pattern("(?<!某)某(?![些种]|个(?!人))")
#: Behind 某 it is no name: 某些, 某种, 某个, 某条.
_QUANTIFIED = pattern(
    r"(?:[些种个条项件次类位级处段款只份篇张台样股届批层块根支所道座颗本幅场句步门笔组方点面]|[一二两三几][^审]|[天日月年时]"
    r"(?!龄)|人(?![民在均系经为因对向与和及、，。；]))"
)
_COUNTED = "[年月日号岁时点分秒个名人张次条件份元万亿天周届位米公平千克吨户家台辆]"
_SOMEBODY = pattern(
    rf"(?:{_SURNAME}(?:某{{1,3}}|[0-9]{{1,2}}某{{1,2}})|(?<![A-Za-z0-9])[A-Z]某{{1,2}})"
    rf"(?:[{_SERIES}](?![级等类])|[①-⑳]|[0-9]{{1,2}}(?![0-9.%％]|{_COUNTED})|[A-Z](?![A-Za-z0-9]))?"
)
# 罗某斌, 葛某高: the last character of the name was left.
_LAST = pattern(
    rf"[{HAN_CLASS}](?=[、，。；：（）()的与和在及诉]|等人|犯|于[一二0-9]|于?某年|之[父母妻夫子女]|证言|到案|已|均|系|因|为首|以|伙同|明知|由于)"
)
_NO_LAST = frozenset("的与和在及诉等犯于之已均系因明由称说有是为被将向对从到又也还不称家某人案男女外部旅团方")
# What somebody does or is: the surname of a doubtful name has one of these behind 某.
_DOES = pattern(
    r"[、，。；：（）()的诉犯称]|[与和]|(?:在|于|因|已|均|系|等|辩称|到案|供述|证言|承认|报警|死亡|驾驶|支付|提起|向|对|将|被|及|家|"
    r"先生|女士|受雇|找|拿|持|带|打|叫|让|主动|明知)|\Z|\n"
)
#: What may follow the kind of an organisation: 银行股份有限公司.
_LEGAL = r"(?:(?:股份|集团)?(?:有限)?(?:责任)?公司|[支分]行)?"
_SERIAL = pattern(
    rf"某(?P<s>[{_SERIES}]|[A-Z](?![A-Za-z])|[0-9]{{1,2}}(?![0-9]))(?![级等类方])"
    rf"(?P<org>[{HAN_CLASS}]{{0,12}}?(?:{ORGANISATION}|医院|学校|中学|小学|大学|单位|村委会|居委会|法院){_LEGAL})?"
)
#: Between 某甲 and 公司 the name goes on, but no other party does.
_BREAKS = pattern(r"[与和向将对由给在诉被及从跟]")
_PLACE = r"(?:省|市|县|区|镇|乡|村|街道|街|路|小区|巷|社区|屯|州(?!际)|旗(?!下|舰))(?![场别面外长民])"
_PLACE_BEHIND = pattern(_PLACE)
_NUMBERED = r"(?:号|栋|幢|单元|室)(?![称码])"
_OFFICE = r"(?:局|院|厂|校|医院|学校|中学|小学|大学|派出所|法院|检察院)(?![场别面外长民])"
_PART = pattern(
    rf"某{{1,2}}(?:(?P<place>{_PLACE})|(?P<office>{_OFFICE})|(?P<number>{_NUMBERED}))"
)
#: An authority has a name: 某市中级人民法院.
_COURT_BEHIND = pattern(r"[省市县区](?:高级|中级|第[一二三四五])*人民(?:法院|检察院|政府)")
_KINDS = {"place": Type.PLACE, "office": Type.ORGANISATION, "number": Type.CODE}
_DATE = pattern(r"某{1,2}(?P<unit>[年月日时])")
_SONG = pattern(r"[的之]?某[一个]?[天日夜刻]|的一[天日]")
_DATED_BEFORE = pattern(r"(?:[0-9×xX]{4}|[零〇一二三四五六七八九]{4})年\Z|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月\Z")
_COMPANY = pattern(
    rf"某{{1,2}}(?P<name>[{HAN_CLASS}]{{0,12}}?)(?P<end>有限(?:责任)?公司|股份(?:有限)?公司|{ORGANISATION}){_LEGAL}"
)
_NAMELESS = pattern(r"某{2,3}")
_LETTER_NAME = pattern(
    r"[A-Z](?:(?=总书记|主席(?!团)|总理|新时代中国特色)"
    r"|(?=某|省(?!略)|县|镇(?!静)|乡|村|同志|先生|女士|市(?!场)))"
)
_LETTER_BEFORE = pattern(rf"[{HAN_CLASS}，。、；：“（《,;:(\s]\Z")
# Before a mark these are words, or end words, more often than they are names.
_CLEAR = "".join(sorted(SURNAMES - frozenset("于任向常习康庄章易温宁")))
_MARK = "x×X＊*○□▇█■●▲"
_COURT_NAME = pattern(rf"[{_CLEAR}](?P<m>[x×X＊*])(?P=m)?[{_SERIES}](?![{HAN_CLASS}]?[级等类])")
# 张**先生, 原告李×，: a surname, what hides the rest, and what may stand behind a name.
_HALF_NAME = pattern(rf"[{_CLEAR}](?P<m>[{_MARK}])(?P=m)?(?!(?P=m))")
_HALF_BEHIND = pattern(
    rf"(?P<last>[{HAN_CLASS}])??(?P<behind>先生|女士|同志|老师|医生|律师|[，。、；）]|某|诉|到案|犯|供述|辩称|证言)"
)
_HALF_GOES_ON = pattern(
    r"[与和]|(?:的(?:妻|丈|父|母|儿|女|证|陈|供|行|家|车|住|爸|妈|案)|当[晚日天时]|于|在|因|向|对|均|系|已|称|及|等|供述|报|驾|辩|死|伤|证|到)"
    r"|\Z|[\n\r]|[；，。、：）)（(]"
)
_JOINED_BEFORE = pattern(r"[告人者员生民任与和、及向对由被将给系的叫找问请伴夫妻亲弟妹姐兄师友居事机长记：:。，；（(]\Z|\A\Z")
_NAME_HINT = pattern(f"[{_CLEAR}][{_MARK}]")


def find_letters(text: str) -> Iterator[Run]:
    """Single capital letters in place of a name: A总书记, B县."""
    for match in _LETTER_NAME.finditer(text):
        start = match.start()
        if start and not _LETTER_BEFORE.match(text, start - 1, start):
            continue
        if text.startswith("某", match.end()):
            continue
        certain = text[match.end()] in "总主新"
        yield Run(*match.span(), match.group(), 0.9 if certain else 0.3, MaskKind.LETTER)


def find_half_names(text: str) -> Iterator[Run]:
    """Names of which a part is left: 刘x甲 of court records, 张××, 李*."""
    for match in _COURT_NAME.finditer(text):
        yield Run(*match.span(), match["m"], 0.9, MaskKind.PARTIAL, Type.PERSON)
    for hint in _NAME_HINT.finditer(text):
        run = _half_name(text, hint.start())
        if run is not None:
            yield run


def _half_name(text: str, start: int) -> Run | None:
    match = _HALF_NAME.match(text, start)
    if match is None:
        return None
    end, mask = match.end(), match["m"]
    if mask == "*" and _is_closing(text, start, end):
        return None
    left = text[max(0, start - 12) : start]
    party = bool(PARTY_BEFORE.search(left)) or labelled(text, start) is Type.PERSON
    if not party and is_word(left[-1:] + text[start]):
        return None
    alone = not is_han(left[-1:]) and left[-1:] not in ("*", mask)
    last = text[end : end + 1]
    behind = _HALF_BEHIND.match(text, end)
    form = 0.75 if mask in "×＊○●▇█▲" else 0.5
    if (party or alone or left[-1:] in "告人者员生民任") and behind is not None:
        closed = behind["last"]
        if closed and not (party or alone or behind["behind"] in "，。、；）"):
            return None
        return _half(start, behind.end("last") if closed else end, mask, form, party)
    long = end - start > 2
    if mask in "×＊*" and text[start:end] == _line_at(text, start):
        return _half(start, end, mask, 0.6, party)  # one name of a list
    if party and (long or not is_han(last) or _HALF_GOES_ON.match(text, end)):
        return _half(start, end, mask, 0.75, party)
    goes_on = _HALF_GOES_ON.match(text, end)
    joined = alone or _JOINED_BEFORE.search(left)
    if goes_on and long and joined and mask not in "xX*□■":
        return _half(start, end, mask, 0.7, party)
    if alone and long and mask in "×○●▇█▲" and text[start] not in _DOUBTFUL and is_han(last):
        around = context(text, start, end)
        return None if type_by_unit(around) else _half(start, end, mask, 0.7, party)
    if goes_on and long and mask == "X" and joined and text[start] not in _DOUBTFUL:
        return _half(start, end, mask, 0.6, party)
    if goes_on and long and mask in "xX" and (alone or left[-1:] == "、"):
        return _half(start, end, mask, 0.5, party)
    return None


def _line_at(text: str, start: int) -> str:
    end = text.find("\n", start, start + 6)
    low = text.rfind("\n", 0, start) + 1
    return text[low : end if end >= 0 else start + 6].strip() if start - low < 4 else ""


def _is_closing(text: str, start: int, end: int) -> bool:
    """Whether ``**`` behind a character closes emphasis that began on the same line."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    marks = text[start + 1 : end]
    opened = [run for run in _STARS.finditer(line) if run.group() == marks]
    return len(opened) % 2 == 1 and not _NAME_HINT.match(line, max(0, opened[-1].start() - 1))


_STARS = pattern(r"\*+")


def _half(start: int, end: int, mask: str, form: float, party: bool) -> Run:
    return Run(start, end, mask, max(form, 0.8) if party else form, MaskKind.PARTIAL, Type.PERSON)


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
        party = bool(PARTY_BEFORE.search(before)) or before.endswith(("人", "员", "者", "民"))
        joined = before[-1:] + name[0]
        if not party and is_han(before[-1:]) and (is_word(joined) or is_place(joined)):
            continue
        behind = text[end : end + 8]
        if not numbered:
            quantified = _QUANTIFIED.match(behind)
            if quantified and not (doubled or (party and behind[0] not in "些种")):
                continue
            if name[-1] == "某" and (ORGANISATION_BEHIND.match(behind) or _PLACE_BEHIND.match(behind)):
                # 王某公司: of somebody; 海南某公司: of nobody.
                if not party and name[0] in _DOUBTFUL:
                    continue
            last = _LAST.match(text, end)
            if last and not doubled and last.group() not in _NO_LAST and not is_word(text[end : end + 2]):
                end = last.end()
                numbered = True
        if name[0] == "阿" and not party and is_han(before[-1:]):
            continue
        if name[0] in _PREPOSITIONS and is_han(before[-1:]) and not party:
            continue
        doubtful = name[0] in _DOUBTFUL and not (numbered or doubled)
        if party or not doubtful:
            form = 0.85
        elif is_han(before[-1:]) and before[-1:] not in "与和、及对向由将被":
            form = 0.15
        else:
            form = 0.7 if _DOES.match(text, end) else 0.3
        yield _some(start, end, form, Type.PERSON)


def _serial(text: str) -> Iterator[Run]:
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
        if letter in _SERIES and not (before and named):
            # Somebody may be called 某甲, something not: 某丙类.
            yield _some(start, match.end("s"), 0.75, Type.PERSON)


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
