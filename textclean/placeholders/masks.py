"""Runs of a redactor's mask in a text, whatever they stood for.

A run is made of one mask character (``x X × ＊ * □ #``) and whatever a number has inside: a decimal
point, per cent signs, the dash of a range, ``∶``, ``+``; or of bars (``▇ ● ○``). Other uses of
these characters (x轴, X射线, 2x2, 3×4, XX染色体, ``**bold**``, check boxes, bullets) are recognised
by the text that touches them. Numbers may be masked in part: 138****1234, 201X, 4x岁.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from textclean.placeholders.fields import ORGANISATION_BEHIND, PARTY_BEFORE, TITLE_BEHIND, labelled
from textclean.placeholders.placeholder import BARS, MASKS, MaskKind
from textclean.placeholders.placeholder import PlaceholderType as Type
from textclean.placeholders.run import Run
from textclean.text.classes import HAN_CLASS, SPACE_CLASS, is_chinese, is_han
from textclean.text.patterns import pattern

# A scan may put spaces into a number, between all of its marks or around its point and sign.
_POINT = r"(?:[.．]|[.．] (?=(?P=m){1,2} ?[%％万亿个人])| [.．] ?(?=(?P=m)))"
_NUMBER = rf"(?P=m)*(?:{_POINT}(?P=m)+)?(?: ?[%％‰])?"
_JOINT = r"(?:——?|[-–－~～∶:/+＋·・•]|(?<=[%％‰]))"
_RUN = pattern(
    rf"(?P<m>[{MASKS}])(?:(?<![*#])(?P=m)?：(?P=m){{1,2}}(?!(?P=m))"
    rf"|(?: (?P=m)){{2,}}(?! ?[A-Za-z0-9])"
    rf"|{_NUMBER}(?:{_JOINT}(?P=m){_NUMBER})*)"
)
#: A run that goes on with a letter: x+x+N.
_MORE = pattern(r"[+＋][A-Z](?![A-Za-z0-9])")
_SCRIPT = "A-Za-z0-9_\u00c0-\u024f\u0370-\u03ff"
_TOUCHES_BEFORE = pattern(rf"[{_SCRIPT}.$@&\\/=<>|^~`\[{{'’·-]\Z")
# A dash or two behind Chinese part: “猎鹰-xxxx战役”, 最大渔政船--xxxx吨级; but not 选项--xx.
_PARTED = pattern(rf"[{HAN_CLASS}”》]--?\Z")
_TOUCHES_BEHIND = pattern(rf"[{_SCRIPT}$@&\\/=<>|^`\]}}'’]|[.·-][{_SCRIPT}]|[(:][{_SCRIPT})]")
# 20xx年; Gxxxx次; A 3 before xx is the head of a number that was masked in part.
_HEAD = pattern(r"(?<![A-Za-z0-9.])(?:[GDCKZTYLS]|[0-9]{1,3})\Z")
_TRAIN = pattern(r"次|号?列车|号?动车|号?高铁|次?航班")

# The first of the radicals: characters above it are Chinese, or as good as that.
_CHINESE_FROM = "\u2e7f"

# Words with the letter x in which nothing was redacted, …
_OWN_WORD = pattern(
    r"[xX](?:轴|片|-?刀|光|射线|线|坐标|方向|平面|波段|染色体|形|型|字形|档案|战警|战机|因子|世代|连锁|综合征|综合症|窗口|协议|服务器|会议|值|变量|元素)"
    r"|[xX]{2}(?:染色体|型染色|综合征)|[xX][yY]|X{2,}世纪|X+[级号](?:片|战机)"
)
# … and what stands before the letter in others.
_OWN_BEFORE = pattern(r"(?:变量|坐标|未知数|函数|字母|参数|横轴)[ ]?\Z")
_BAR_RUN = pattern(f"(?P<m>[{BARS}])(?P=m)+")
# Cheap: without one of these the expensive pattern of numbers has no match.
_NUMBER_HINT = pattern(
    f"[0-9][ -]?[xX×＊*#{BARS}]{{3}}|[×＊*]{{3}}[0-9]{{2}}|[A-Z·•][0-9A-Z]{{0,3}}[xX×＊*]{{2}}"
)
_LONGEST_NUMBER = 20
# 138****5678, 330302xxxxxxxx1234, 京A·xxxxx: numbers that name, masked in part.
_HALF_NUMBER = pattern(
    rf"(?<![A-Za-z0-9._/@-])(?:[0-9]{{1,4}}-[0-9]*(?P<t>[xX×＊*#])(?P=t){{2,}}(?:-?[0-9]+)?"
    rf"|[0-9]+(?P<s> ?)(?P<m>[xX×＊*#{BARS}])(?P=m){{2,}}"
    r"(?:(?P=s)(?P=m){3,})*(?:(?P=s)[0-9]+[0-9Xx]?|[Xx])?"
    r"|[京津沪渝冀豫云辽黑湘皖鲁苏浙赣鄂桂甘晋陕蒙吉闽贵粤青藏川宁琼新][A-Z][·•]?[A-Z0-9]{0,3}"
    r"(?P<n>[xX×＊*])(?P=n)+[A-Z0-9]{0,3}|[A-Z]?(?P<p>[×＊*])(?P=p){2,}[0-9]{2,})(?![A-Za-z0-9_@./*×＊-])"
)
_TELEPHONE = pattern(r"(?:86-?)?1[3-9][0-9]|0[0-9]{2,3}-")
_IDENTITY = 12


def find_runs(text: str) -> Iterator[Run]:
    """The runs of `text`, in order, disjoint; offsets count code points."""
    last = 0
    for match in _RUN.finditer(text):
        start, end = match.span()
        if start < last:
            continue
        run = _measured(text, start, end, match["m"])
        if run is not None and run.start >= last:
            yield run
            last = run.end


def find_bars(text: str) -> Iterator[Run]:
    """Blackened values: ▇▇▇, ●●公司, ○○○的证言. Bullets and ratings touch no field and no unit."""
    for match in _BAR_RUN.finditer(text):
        start, end = match.span()
        before, behind = text[start - 1 : start], text[end : end + 1]
        if (behind and behind in "░☆★○●■□") or (before and before in "░☆★○●■□"):
            continue
        # 二○○○年: a zero of Chinese numbers.
        if match["m"] in "○◯" and _NUMERAL.search(before + behind):
            continue
        form = 0.85 if _fits(text, start, end) else 0.15
        if form < 0.5 and match["m"] in "▇█▓" and is_han(before) and is_han(behind):
            form = 0.6
        yield Run(start, end, match["m"], form)


_NUMERAL = pattern("[零〇一二三四五六七八九十]")
_UNIT_BEHIND = pattern(
    r"[省市县区镇乡村州年月日岁元%％](?![场民])|路|街|小区|[余多]?[万亿](?:元|$)|[万亿]?(?:元|美元)|[名家个人件张份]"
)


@lru_cache(64)  # each of the runs of a line asks for its neighbours
def _fits(text: str, start: int, end: int) -> bool:
    """Whether an office, a field, a title or a unit beside a run asks for a value there."""
    left = text[max(0, start - 12) : start]
    return bool(
        PARTY_BEFORE.search(left)
        or TITLE_BEHIND.match(text, end)
        or _UNIT_BEHIND.match(text, end)
        or ORGANISATION_BEHIND.match(text, end)
        or labelled(text, start)
    )


def find_numbers(text: str) -> Iterator[Run]:
    """Numbers that name, masked in part: of telephones, identity cards, cars."""
    last = 0
    for hint in _NUMBER_HINT.finditer(text):
        if hint.start() < last:
            continue
        start, end = max(last, hint.start() - _LONGEST_NUMBER), hint.end() + 2 * _LONGEST_NUMBER
        match = _HALF_NUMBER.search(text, start, end)
        if match is not None and match.end() > hint.start():
            last = match.end()
            run = _half_number(
                text, *match.span(), match["m"] or match["n"] or match["t"] or match["p"]
            )
            if run is not None:
                yield run


def _half_number(text: str, start: int, end: int, mask: str) -> Run | None:
    own = text[start:end].replace(" ", "")
    named = labelled(text, start)
    kind = named if named in (Type.PHONE, Type.ID) else Type.CODE
    digits = sum(char.isdigit() for char in own)
    if own[0].isdigit():
        if named is None and _TELEPHONE.match(own) and 9 <= len(own) <= 14:
            kind = Type.PHONE
        elif named is None and len(own) >= _IDENTITY + 3 and digits >= 3 and own[:6].isdigit():
            kind = Type.ID if len(own) in (15, 18) else Type.CODE
        elif named is None and (not own[1].isdigit() or " " in text[start:end]):
            return None
    elif (own[0].isascii() or own[0] == mask) and named is None:
        return None
    return Run(start, end, mask, 0.85, MaskKind.PARTIAL, kind)


def _measured(text: str, start: int, end: int, mask: str) -> Run | None:
    run = text[start:end]
    # Most runs stand between Chinese, where nothing but a word of the mask's own can touch them.
    plain_before = text[start - 1 : start] > _CHINESE_FROM
    plain_behind = text[end : end + 1] > _CHINESE_FROM
    if mask in "xX":
        if len(run) < 3 and _OWN_WORD.match(text, start):
            return None
        if len(run) == 1 and _OWN_BEFORE.search(text, max(0, start - 4), start):
            return None
        if text[end : end + 1] in "+＋" and (more := _MORE.match(text, end)):
            end = more.end()
    if not plain_before and mask in "xX×＊*":
        head = _HEAD.search(text, max(0, start - 4), start)
        if head and _is_head(text, head.group(), run, end):
            start = head.start()
    if not plain_before and _TOUCHES_BEFORE.search(text, max(0, start - 1), start):
        parted = _PARTED.search(text, max(0, start - 3), start)
        if not parted or len(run) < 3 or not is_han(text[end : end + 1]):
            return None
    if not plain_behind and _TOUCHES_BEHIND.match(text, end) and not _is_measured(text, start, end):
        return None
    if mask in "*#" and "/" in run:
        return None  # */*
    form = _form(text, start, end, mask, run)
    if run[:1] != text[start] and end - start == 3 and text[start].isdigit():
        form -= 0.4  # 4XX: a class of codes
    return Run(start, end, mask, form) if form > 0 else None


_PARTIAL = pattern(
    rf"(?<![0-9A-Za-z.])(?:(?:19|20)(?:[0-9][xX×＊*{BARS}□]|(?P<m>[xX×＊*{BARS}□])(?P=m))(?P<year>年|(?=[-—–~～至到](?:19|20)[0-9xX×])|(?=[）)〕][{HAN_CLASS}×xX]))"
    rf"|[12一二][零〇○九][零〇一二三四五六七八九×][×xXＸ](?P<han>年)"
    rf"|[1-9][xX×＊*{BARS}□](?P<age>周?岁))"
)
_PARTIAL_DATE = pattern(r"(?<![0-9A-Za-z.])1[xX×](?P<month>月)(?:[12][xX×](?P<day>日))?")
_OPEN_DATE = pattern(
    r"(?<=[0-9]年)(?P<m>[X×＊*])(?P=m)?(?P<month>月)(?:(?P=m){1,2}(?P<day>日))?"
    r"|(?<![0-9A-Za-z年×＊*])(?P<n>[X×＊*])(?P=n)?(?P<own_month>月)(?P=n){1,2}(?P<own_day>日)"
)
_PARTIAL_HINT = pattern(
    f"[0-9零〇一二三四五六七八九][xXＸ×＊*{BARS}□]{{1,2}}[年岁周月至到~～—–）)〕-]"
    "|[X×＊*]月[X×＊*]|年[X×＊*]{1,2}月"
)


def find_partial(text: str) -> Iterator[Run]:
    """Years, ages and days with their first digits: 201X年, 二〇一×年, 4x岁; never 2x or 3X."""
    if not _PARTIAL_HINT.search(text):
        return
    for match in _PARTIAL.finditer(text):
        kind = Type.AGE if match["age"] else Type.YEAR
        end = max(match.start("age"), match.start("year"), match.start("han"))
        yield Run(match.start(), end, text[end - 1], 0.9, MaskKind.PARTIAL, kind)
    for match in _OPEN_DATE.finditer(text):
        own = "own_" if match["own_month"] else ""
        start, month = match.start(), match.start(own + "month")
        yield Run(start, month, text[start], 0.8, MaskKind.MARKS, Type.MONTH)
        if match[own + "day"]:
            day = match.start(own + "day")
            yield Run(month + 1, day, text[start], 0.8, MaskKind.MARKS, Type.DAY)
    for match in _PARTIAL_DATE.finditer(text):
        start, end = match.start(), match.start("month")
        yield Run(start, end, text[end - 1], 0.6, MaskKind.PARTIAL, Type.MONTH)
        if match["day"]:
            last = match.start("day")
            yield Run(end + 1, last, text[last - 1], 0.6, MaskKind.PARTIAL, Type.DAY)


# xx.xmm, xxkg: a number keeps its unit. One x alone before letters is a letter.
_SYMBOL = pattern(
    r" ?(?:[cmdk]?m[²³23]?|[mk]?g|[mμu]g|m?[lL]|[kMG]?Wh?|[kM]?Pa|mmHg|px|k?Hz|[kMGT]B|km/h|dB)"
    rf"(?![{_SCRIPT}])"
)


def _is_measured(text: str, start: int, end: int) -> bool:
    is_long = end - start > 1 and text[end - 1] in "x×*#□"
    return is_long and text[start - 1 : start] > _CHINESE_FROM and bool(_SYMBOL.match(text, end))


def _is_head(text: str, head: str, run: str, end: int) -> bool:
    if head.isalpha():
        return len(run) > 1 and bool(_TRAIN.match(text, end))
    # 20xx年, 13xxx人; never 2x or 3X, which are products.
    return len(run) > 1 and (is_chinese(text[end : end + 1]) or text[end : end + 1] == "〕")


def _form(text: str, start: int, end: int, mask: str, run: str) -> float:
    before, behind = text[start - 1 : start], text[end : end + 1]
    length = run.count(mask)
    if mask in "xX":
        left, right = _beyond_space(text, start, end)
        latin = (left.isascii() and left.isalnum()) or (right.isascii() and right.isalpha())
        if latin or (before in " \t" and behind in " \t" and length == 1):
            return 0.1 if length == 1 else 0.2
        touching = is_chinese(before) + is_chinese(behind)
        if length == 1:
            base = 0.35 if mask == "x" else 0.15
            return base if touching else base / 2
        base = 0.75 if mask == "x" else 0.55
        return base if touching or run[-1] in "%％" else base - 0.25
    if mask in "×＊":
        if length > 1:
            return 0.8
        if not (is_han(before) or is_han(behind)) or _is_mark(before, behind):
            return 0.0
        if before + behind in ("年月", "月日"):
            return 0.5
        return 0.35 if before in "，。、；：年第共为约近达有" else 0.15
    if mask == "□":
        # One alone is a box to tick. Several may be what is not legible in an old text.
        if length < 2:
            return 0.15 if behind in ("年", "月", "日") else 0.0
        return 0.8 if _fits(text, start, end) else 0.15
    return _ascii_form(text, start, end, mask, length)


def _is_mark(before: str, behind: str) -> bool:
    """（×） and the like: a cross that says "wrong", or multiplies."""
    return before in "（(√/" or behind in "）)√/" or before.isdigit() or behind.isdigit()


def _ascii_form(text: str, start: int, end: int, mask: str, length: int) -> float:
    """``*`` and ``#``: Markdown's and everybody's, unless what follows goes with a value.

    Emphasis and topics come in pairs around words; masks stand before units and 省, 市, 县.
    """
    before, behind = text[start - 1 : start], text[end : end + 1]
    opens_line = not before or before in "\n \t\u3000"
    if (opens_line and (not behind or behind.isspace())) or not (
        is_chinese(behind) or behind in ",.;:()%\n"
    ):
        return 0.0
    low = max(0, start - _LINE)
    line_start = max(text.rfind("\n", low, start) + 1, low)
    line_end = text.find("\n", end, end + _LINE)
    line = text[line_start : line_end if line_end >= 0 else end + _LINE]
    if (
        mask == "*"
        and length > 1
        and _fits(text, start, end)
        and all(
            _fits(text, *other.span())
            for other in _RUNS_OF[mask].finditer(
                text,
                max(line_start, start - _EMPHASIS),
                min(line_start + len(line), end + _EMPHASIS),
            )
            if len(other.group()) == length
        )
    ):
        return 0.7  # emphasis closes where no field asks for a value
    followed = len(_MASKED[mask].findall(line))
    if followed > 1 and followed * 2 >= len(_RUNS_OF[mask].findall(line)):
        return 0.6
    if (
        mask * length in text[line_start:start]
        or mask * length in text[end : line_start + len(line)]
    ):
        return 0.0
    return 0.15 if length == 1 or not followed or opens_line else 0.5


#: So much of a line is looked at, on either side.
_LINE = 300
#: So far apart emphasis opens and closes.
_EMPHASIS = 80
_SUFFIXES = "[省市县区镇乡村年月日岁%％]|[余多]?[万亿]?[个名家人元张项件次]|先生|女士|同志"
# From the first of its marks on only: from each of them a long run would take its square.
_MASKED = {
    mask: pattern(rf"(?<![{mask}])[{mask}]++(?:\.[{mask}]++)?(?:{_SUFFIXES})") for mask in "*#"
}
_RUNS_OF = {mask: pattern(rf"[{mask}]+(?:\.[{mask}]+)?") for mask in "*#"}


def _beyond_space(text: str, start: int, end: int) -> tuple[str, str]:
    """The nearest characters that are no spaces, on either side, on the same line."""
    left = text[max(0, start - 4) : start].rstrip(SPACE_CLASS)
    right = text[end : end + 4].lstrip(SPACE_CLASS)
    return left[-1:], right[:1]
