"""Names given in part: 刘x甲, 张××, 李*, 何XX; and by a letter: A总书记, B县."""

from __future__ import annotations

from collections.abc import Iterator

from textclean.placeholders.context_odds import context
from textclean.placeholders.fields import PARTY_BEFORE, labelled
from textclean.placeholders.kinds import type_by_unit
from textclean.placeholders.placeholder import MaskKind
from textclean.placeholders.placeholder import PlaceholderType as Type
from textclean.placeholders.run import Run
from textclean.text.classes import HAN_CLASS, is_han
from textclean.text.lexicon import SURNAMES
from textclean.text.patterns import pattern
from textclean.text.words import is_word

#: Persons of one surname are told apart by these: 张某甲, 张某乙.
SERIES = "甲乙丙丁戊己庚辛壬癸"
#: Surnames that open or end other words as often: before a mask they need somebody beside them.
DOUBTFUL = "文路左关盛项游阳席曲车房党连谈简符池舒萬關" + (
    "于任向常方高万向武江汤海石白孔安齐庄易温习康宁章经单尚段兰欧牛金雷时施查成应解和"
)
_LETTER_NAME = pattern(
    r"[A-Z](?:(?=总书记|主席(?!团)|总理|新时代中国特色)"
    r"|(?=某|省(?!略)|县|镇(?!静)|乡|村|同志|先生|女士|市(?!场)))"
)
_LETTER_BEFORE = pattern(rf"[{HAN_CLASS}，。、；：“（《,;:(\s]\Z")
# Before a mark these are words, or end words, more often than they are names.
_CLEAR = "".join(sorted(SURNAMES - frozenset("于任向常习康庄章易温宁")))
_MARK = "x×X＊*○□▇█■●▲"
_COURT_NAME = pattern(rf"[{_CLEAR}](?P<m>[x×X＊*])(?P=m)?[{SERIES}](?![{HAN_CLASS}]?[级等类])")
# 张**先生, 原告李×，: a surname, what hides the rest, and what may stand behind a name.
_HALF_NAME = pattern(rf"[{_CLEAR}](?P<m>[{_MARK}])(?P=m){{0,2}}(?!(?P=m))")
# 王○明: a name of three characters with a ring in its middle.
_RING_NAME = pattern(
    rf"(?<![{HAN_CLASS}○])[{_CLEAR}][○◯][{HAN_CLASS}](?=[，。、；：（）()]|[與与和及等於于係系因在向稱称的]|先生|女士|小姐|\s|\Z)"
)
# 陈*军因…: a name of three characters with a star or a cross in its middle.
_MIDDLE_NAME = pattern(
    rf"[{_CLEAR}](?P<m>[×＊*])[{HAN_CLASS}](?=[、，。；：（）()]|等|因|[与和在于均系被将向对]|\s|\Z)"
)
_STARRED_NAME = pattern(rf"[{_CLEAR}]\*{{1,2}}[{HAN_CLASS}]?")
_HALF_BEHIND = pattern(
    rf"(?P<last>[{HAN_CLASS}])??(?P<behind>先生|女士|同志|老师|医生|律师|[，。、；）]|某|诉|到案|犯|供述|辩称|证言)"
)
_HALF_GOES_ON = pattern(
    r"[与和]|(?:的(?:妻|丈|父|母|儿|女|证|陈|供|行|家|车|住|爸|妈|案)|当[晚日天时]|于|在|因|向|对|均|系|已|称|及|等|供述|报|驾|辩|死|伤|证|到)"
    r"|\Z|[\n\r]|[；，。、：）)（(]"
)
_JOINED_BEFORE = pattern(
    r"[告人者员生民任与和、及向对由被将给系的叫找问请伴夫妻亲弟妹姐兄师友居事机长记：:。，；（(]\Z|\A\Z"
)
_NAME_HINT = pattern(f"[{_CLEAR}][{_MARK}]")


def find_letters(text: str) -> Iterator[Run]:
    """Single capital letters in place of a name: A总书记, B县."""
    for match in _LETTER_NAME.finditer(text):
        start = match.start()
        if start and not _LETTER_BEFORE.match(text, start - 1, start):
            continue
        if text.startswith("某", match.end()):
            continue
        # K先生 is how people in stories are called.
        behind = text[match.end()]
        form = 0.9 if behind in "总主新" else 0.15 if behind in "先女同" else 0.3
        yield Run(*match.span(), match.group(), form, MaskKind.LETTER)


def find_half_names(text: str) -> Iterator[Run]:
    """Names of which a part is left: 刘x甲 of court records, 张××, 李*."""
    for match in _COURT_NAME.finditer(text):
        yield Run(*match.span(), match["m"], 0.9, MaskKind.PARTIAL, Type.PERSON)
    if "○" in text or "◯" in text:
        for match in _RING_NAME.finditer(text):
            yield Run(*match.span(), "○", 0.75, MaskKind.PARTIAL, Type.PERSON)
    for match in _MIDDLE_NAME.finditer(text):
        if _is_middle(text, match.start(), match["m"]):
            yield Run(*match.span(), match["m"], 0.7, MaskKind.PARTIAL, Type.PERSON)
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
    alone = not is_han(left[-1:]) and left[-1:] != mask
    last = text[end : end + 1]
    behind = _HALF_BEHIND.match(text, end)
    form = 0.75 if mask in "×＊○●▇█▲" else 0.5
    if (party or alone or left[-1:] in "告人者员生民任") and behind is not None:
        closed = behind["last"] if behind["last"] not in ("的", "和", "与", "及", "等") else None
        if closed and not (party or alone or behind["behind"] in "，。、；）"):
            return None
        return _half(start, behind.end("last") if closed else end, mask, form, party)
    long = end - start > 2
    if mask == "*" and long and alone and last in ("（", "("):
        return _half(start, end, mask, 0.6, party)
    if mask in "×＊*" and text[start:end] == _line_at(text, start):
        return _half(start, end, mask, 0.6, party)  # one name of a list
    if party and (long or not is_han(last) or _HALF_GOES_ON.match(text, end)):
        return _half(start, end, mask, 0.75, party)
    goes_on = _HALF_GOES_ON.match(text, end) or left[-1:] == last == "*"
    joined = alone or _JOINED_BEFORE.search(left)
    if goes_on and long and joined and mask not in "xX*□■":
        return _half(start, end, mask, 0.7, party)
    if alone and long and mask in "×○●▇█▲" and text[start] not in DOUBTFUL and is_han(last):
        around = context(text, start, end)
        return None if type_by_unit(around) else _half(start, end, mask, 0.7, party)
    if goes_on and long and mask == "X" and joined and text[start] not in DOUBTFUL:
        return _half(start, end, mask, 0.6, party)
    if goes_on and long and mask in "xX" and (alone or left[-1:] == "、"):
        return _half(start, end, mask, 0.5, party)
    return None


def _is_middle(text: str, start: int, mask: str) -> bool:
    """Whether 陈*军 at `start` is a name: nothing before it, and its star is no emphasis."""
    before = text[start - 1 : start]
    if is_han(before) and not PARTY_BEFORE.search(text, max(0, start - 12), start):
        return False
    if mask != "*":
        return True
    low = max(text.rfind("\n", max(0, start - _LINE), start) + 1, start - _LINE, 0)
    end = text.find("\n", start, start + _LINE)
    line = text[low : end if end >= 0 else start + _LINE]
    return "*" not in _STARRED_NAME.sub("", line)


def _line_at(text: str, start: int) -> str:
    end = text.find("\n", start, start + 6)
    low = text.rfind("\n", max(0, start - 4), start)
    if low < 0 and start > 3:
        return ""
    return text[low + 1 : end if end >= 0 else start + 6].strip()


def _is_closing(text: str, start: int, end: int) -> bool:
    """Whether ``**`` behind a character closes emphasis that began on the same line."""
    line = text[max(0, start - _LINE) : start].rsplit("\n", 1)[-1]
    marks = text[start + 1 : end]
    opened = [run for run in _STARS.finditer(line) if run.group() == marks]
    return len(opened) % 2 == 1 and not _NAME_HINT.match(line, max(0, opened[-1].start() - 1))


#: So much of a line is looked at.
_LINE = 300
_STARS = pattern(r"\*+")


def _half(start: int, end: int, mask: str, form: float, party: bool) -> Run:
    return Run(start, end, mask, max(form, 0.8) if party else form, MaskKind.PARTIAL, Type.PERSON)
