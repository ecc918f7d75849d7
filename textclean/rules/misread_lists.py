"""Family P, the marks of a series: `、` read as a dot or a comma, as happens in old type.

A dot between two Chinese words is a pause, a stop, the point in a foreign name or a separator. The
slot model is asked twice: whether 、 stays when it is put there, and whether a comma there would
have to be 、. A name and a stop pass one of the two questions at most. Where a line has such dots,
commas of the same series are asked about as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from textclean.engine.rule import Proposal, Stage, View, rule
from textclean.engine.triggers import matches, starting_with
from textclean.text.classes import COMMON_HAN_CLASS
from textclean.text.edit import Tier
from textclean.text.kinds.document import Register
from textclean.text.memo import remembered
from textclean.text.patterns import pattern
from textclean.text.words import is_word

# What has a space behind it is a stop: among 20 on pages that were recognised none was a 、.
_DOT = starting_with(".", r"(?<=[^\x00-\x7f]\.)(?=[^\x00-\x7f])")
_HAN = f"[{COMMON_HAN_CLASS}]"
_DOTS = pattern(rf"(?<={_HAN})\.(?={_HAN})")
_COMMAS = pattern(rf"(?<={_HAN})[,，] ?(?={_HAN})")
#: By how much the model must prefer 、 to a comma, in its log-odds (256 to the factor e) …
_SURE, _SURE_IN_SERIES, _SURE_COMMA = 250, 120, 500
#: … where words or other marks of the series do not bear it out.
_LIKELY = 1
_LONGEST_ITEM = 10
_STOPS = "。！？"
_REACH = 200
#: What stands between two dots of a series: items, of which one pause may have been read otherwise.
_ITEM = pattern(f"(?:{_HAN}|、){{1,{2 * _LONGEST_ITEM}}}|{_HAN}{{1,4}}，{_HAN}{{1,4}}")
#: An item before a dot that nothing but words speaks for.
_SHORTER = 5
_SHORT_BEFORE = pattern(rf"(?:\A|[^{COMMON_HAN_CLASS}]){_HAN}{{1,{_SHORTER}}}\Z")
_ALONE_BEFORE = pattern(rf"[.、]{_HAN}\Z")
_ALONE_BEHIND = pattern(rf"{_HAN}[.、]")
_ENUMERATED = pattern(r"[一二三四五六七八九十]{1,3}\Z")
#: What a series stands in, or is: items of one length. Dots divide a menu's entries as well.
_RUNNING = pattern("[，。；：！？、（）“”《》等和与及]")
_EVEN = pattern("|".join(rf"(?:{_HAN}{{{n}}}\.)+{_HAN}{{{n}}}" for n in (1, 2, 3)))
_MENU = pattern("打开|[点单]击|菜单|选项|设置")
_BESIDE_PAUSE = pattern(f"、{_HAN}{{1,{_LONGEST_ITEM}}}\\Z")
_PAUSE_BEHIND = pattern(f"{_HAN}{{1,{_LONGEST_ITEM}}}(?:、|等|和|与|以?及)")


@rule(
    "P035",
    Tier.SUGGESTED,
    stage=Stage.SPACING,  # the other marks are full-width by then
    trigger=_DOT,
    in_register={Register.CLASSICAL: None, Register.TECHNICAL: None},
    reason="A dot between the items of a Chinese series is a misread 、: the slot model would have "
    "no other mark there. Points in names, stops and numbers of items stay.",
    reason_zh="汉语并列词语之间的圆点是误识的顿号：模型认为此处只能是顿号。人名中的点、句点、序号的点不动。",
    examples=[
        ("基本单位包括长度.质量.时间等。", "基本单位包括长度、质量、时间等。"),
        ("各省.自治区.直辖市人民政府负责实施。", "各省、自治区、直辖市人民政府负责实施。"),
    ],
    counter_examples=[
        "约翰.史密斯说，他很高兴。",
        "列夫.托尔斯泰和安东.契诃夫是俄国作家。",
        "工业生产稳步回升.居民收入继续增加。",
        "一.加强领导",
        "新闻网站.中国的主页",
        "打开系统设置.隐私.位置服务",
    ],
)
def misread_series(view: View) -> Iterator[Proposal]:
    """``长度.质量.时间`` → ``长度、质量、时间``."""
    text = view.text
    end = 0
    for dot in matches((_DOT,), text):
        if dot.start() < end:
            continue
        low, high = view.line_bounds(dot.start())
        low, end = _sentence(text, low, dot.start(), high)
        for start, stop in _misread_in(text[low:end]):
            why = "the slot model: 、 stood here"
            yield Proposal(low + start, low + stop, "、", why, 0.9)


def _sentence(text: str, low: int, at: int, high: int) -> tuple[int, int]:
    """The sentence around a place of a line, or what of it is near."""
    low, high = max(low, at - _REACH), min(high, at + _REACH)
    begins = [text.rfind(stop, low, at) + 1 for stop in _STOPS]
    ends = [end + 1 for stop in _STOPS if (end := text.find(stop, at, high)) >= 0]
    return max(low, *begins), min([high, *ends])


@remembered(2_000)
def _misread_in(line: str) -> list[tuple[int, int]]:
    """The dots and commas of a line that were 、."""
    dots = [
        match.span()
        for match in _DOTS.finditer(line)
        if not _ENUMERATED.search(line, max(0, match.start() - 4), match.start())
        or _BESIDE_PAUSE.search(line, 0, match.start())
    ]
    if not dots or (len(dots) == 1 and not _beside_words(line, dots[0])):
        return []
    if _MENU.search(line) or not (_RUNNING.search(line) or _EVEN.fullmatch(line)):
        return []
    commas = [match.span() for match in _COMMAS.finditer(line)]
    staying = _preferences(line, dots, "、", commas)
    as_commas = _preferences(line, dots, "，", commas)
    found: list[tuple[int, int]] = []
    for series in _series(line, dots):
        if any(staying.get(span, 0) < 0 for span in series):
            continue
        pauses = [
            span for span in series if _is_pause(line, span, as_commas.get(span, 0), len(series))
        ]
        # What the most of a series are, all are.
        found += series if 2 * len(pauses) > len(series) else pauses
    if found:
        found += [span for span in commas if as_commas.get(span, 0) >= _SURE_COMMA]
    return sorted(found)


def _series(line: str, dots: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The dots with nothing but short items between them."""
    groups: list[list[tuple[int, int]]] = []
    for span in dots:
        if groups and _ITEM.fullmatch(line, groups[-1][-1][1], span[0]):
            groups[-1].append(span)
        else:
            groups.append([span])
    return groups


def _is_pause(line: str, span: tuple[int, int], preference: int, dots: int) -> bool:
    """Whether a dot where 、 may stand is one, given how much the model prefers it to a comma."""
    start, stop = span
    words = _beside_words(line, span)
    if preference >= (_SURE if dots == 1 else _SURE_IN_SERIES):
        return words > 0 or dots > 1  # no part of a foreign name is a word
    in_series = bool(
        dots > 1
        or _BESIDE_PAUSE.search(line, max(0, start - _LONGEST_ITEM - 1), start)
        or _PAUSE_BEHIND.match(line, stop)
    )
    is_short = _SHORT_BEFORE.search(line, max(0, start - _SHORTER - 1), start)
    return in_series and (
        preference >= _LIKELY if words == 1 else words == 2 and is_short is not None
    )


def _beside_words(line: str, span: tuple[int, int]) -> int:
    """On how many sides of a dot a word stands, or a character that is an item by itself."""
    start, stop = span
    alone = _ALONE_BEFORE.search(line, max(0, start - 2), start), _ALONE_BEHIND.match(line, stop)
    beside = line[max(0, start - 2) : start], line[stop : stop + 2]
    return sum(one is not None or is_word(pair) for one, pair in zip(alone, beside, strict=True))


def _preferences(
    line: str, dots: list[tuple[int, int]], mark: str, commas: list[tuple[int, int]]
) -> dict[tuple[int, int], int]:
    """By how much the model prefers 、 for each dot, with `mark` in its place, and for each comma.

    Below 0 where it would have another mark than 、; 0 where it leaves the mark that was put there.
    """
    from textclean.punctuation.model import decide

    pieces: list[str] = []
    places: dict[int, tuple[int, int]] = {}
    last = length = 0
    for span in sorted([*dots, *commas]):
        start, stop = span
        put = mark if span in dots else "，"
        pieces += [line[last:start], put]
        length += start - last
        places[length] = span
        length += 1
        last = stop
    pieces.append(line[last:])
    found: dict[tuple[int, int], int] = {}
    for decision in decide("".join(pieces), marks=True):
        place = places.get(decision.start)
        if place is not None and decision.mark and decision.label != decision.mark:
            margin = decision.label_margin
            found[place] = margin if decision.label == "、" else -margin
    return found
