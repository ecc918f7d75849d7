"""Family T: stray Traditional characters in Simplified text, one at a time, never the whole text.

OCR reads 细 as 細 and keyboards slip in a 來. Such a character stands alone among Simplified
ones and makes a common word in its Simplified form. A Traditional text, a quotation of one, and a
name that is written so on purpose look different: several in a row, or no word, or a surname
before. So the word is the evidence, the surroundings are the licence, and a name is the veto:

- T001 (safe) needs all three.
- T002 (suggested) needs a word only: it may be part of a name or a title, be two in a row, or stand
  in a text that mixes the scripts.
- T101 only says that a text mixes the scripts, and how much.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from textclean.engine.rule import Proposal, View, rule
from textclean.engine.triggers import one_of
from textclean.text.classes import IDEOGRAPH_CLASS
from textclean.text.edit import Tier
from textclean.text.lexicon import SURNAMES
from textclean.text.patterns import pattern
from textclean.text.variants import fold_table, simplified_only, traditional, traditional_class
from textclean.text.words import is_word

_CLASS = f"[{traditional_class()}]"
# The first by itself: a class is scanned far faster than a repeat of it.
_RUN = pattern(f"{_CLASS}{_CLASS}*")
_KANA = pattern("[\u3041-\u30fa\u30fd-\u30ff\uff66-\uff9f]")
# A passage that speaks of characters means the ones it shows.
_ABOUT_SCRIPT = pattern("[繁简簡异異正俗][体體]|简化字|旧字形|写作|寫作|异写|字形|偏旁|部首")
_NAME_DOT = pattern(f"[·•‧・][{IDEOGRAPH_CLASS}]{{0,6}}\\Z")
_NAME_DOT_AFTER = pattern(f"[{IDEOGRAPH_CLASS}]{{0,6}}[·•‧・]")
# Up to so many Traditional characters for each Simplified one, a passage is mixed.
_MIXED = 0.6
# In a passage that counts as Simplified: this many at most for each Simplified one.
_STRAYS = 0.25
_NEAR = 8
# How far to either side a passage is looked at.
_REACH = 200
# A text mixes the scripts when it has so many characters, and such a share, of both.
_FEWEST = 5
_SMALLEST_SHARE = 0.01
_OPENING = "“‘「『《〈"
_CLOSING = "”’」』》〉"
_QUOTATION = pattern(f"[{_OPENING}][^{_OPENING}{_CLOSING}]*[{_CLOSING}]")
_QUOTES = pattern(f"[{_OPENING}{_CLOSING}]")

# The confidence of what is no part of a name or title for certain.
_CERTAIN = 1.0
# What a name may begin with: 小, 老 and 阿 begin pet names.
_NAMES_BEGIN = SURNAMES | frozenset("小老阿")


@rule(
    "T001",
    Tier.SAFE,
    reason="A single Traditional character in Simplified text that makes a common word in its "
    "Simplified form is a slip of the scanner or the keyboard.",
    reason_zh="简体文中孤立的一个繁体字，换成对应的唯一简体字后与邻字成词，是识别或录入之误。",
    examples=[
        (
            "完善医共体考核体系，細化考核指标，加大对均次费用的控制。",
            "完善医共体考核体系，细化考核指标，加大对均次费用的控制。",
        ),
        (
            "市卫生健康委自挂帅成立以來，咬定医院等级评审核心。",
            "市卫生健康委自挂帅成立以来，咬定医院等级评审核心。",
        ),
        (
            "随着改革開放的深入和经济文化的发展，工人阶级队伍不断壮大。",
            "随着改革开放的深入和经济文化的发展，工人阶级队伍不断壮大。",
        ),
        (
            "腹股沟区解剖极为复杂且常有变异，需要仔細地保护好血管、神经等。",
            "腹股沟区解剖极为复杂且常有变异，需要仔细地保护好血管、神经等。",
        ),
        (
            "３月份，全国城镇调査失业率为５.９％，比２月份下降。",
            "３月份，全国城镇调查失业率为５.９％，比２月份下降。",
        ),
    ],
    counter_examples=[
        "改革開放以來，中國經濟發展迅速，人民生活水平顯著提高。",
        "乾务镇的毕昇纪念馆展出了二噁英检测报告与著名的乾坤图，瞭望塔旁是皇后的茶几。",
        "他把《紅樓夢》和「國家興亡，匹夫有責」抄了下来，又说这两句写得好。",
        "全国人大内务司法委员会主任委员马馼作了关于个别代表的代表资格的报告。",
        "杨闇公东渡日本求学，回国后领导成立中共重庆地方执行委员会。",
        "嫌疑人名叫山上徹也，他对安倍不满，这是日本广播协会的报道。",
        "歌手張學友和鴻海集团的负责人出席了会议。",
        "这家店叫「関西の細道」，开业时间为上午九点，老板说这里经营多年。",
        "“国”的繁体写作國，“细化”的细写作細，两岸写法不同。",
        "对于这个问题，刘建國认为应当继续关注，还要开展讨论。",
    ],
    trigger=one_of(traditional_class()),
)
def stray_traditional(view: View) -> Iterator[Proposal]:
    """Single characters that make a word, among Simplified ones, in no name."""
    return (stray for stray in view.once(_strays) if stray.confidence == _CERTAIN)


@rule(
    "T002",
    Tier.SUGGESTED,
    reason="Traditional characters in Simplified text, where a name or a title written so on "
    "purpose cannot be ruled out.",
    reason_zh="简体文中的零星繁体字，可能是误字，也可能是人名、书名等有意的写法。",
    examples=[
        (
            "影片《永远的細节》在全国上映，观众反应热烈。",
            "影片《永远的细节》在全国上映，观众反应热烈。",
        ),
        (
            "下一个五年计划要解决这些問題，发展农业和轻工业。",
            "下一个五年计划要解决这些问题，发展农业和轻工业。",
        ),
        (
            "１９５６年，我国基本上完成了对农業、手工業和資本主义的社会主义改造。",
            "１９５６年，我国基本上完成了对农业、手工业和资本主义的社会主义改造。",
        ),
    ],
    counter_examples=[
        "改革開放以來，中國經濟發展迅速，人民生活水平顯著提高。",
        "歌手張學友出席了会议，并对记者说这次活动很有意义。",
        "司法委员会主任委员马馼作了关于个别代表的代表资格的报告。",
        "在江西新余，大家的帮助让邹骏億小朋友终于圆了警察梦。",
        "乾务镇的毕昇纪念馆展出了二噁英检测报告与著名的乾坤图。",
    ],
    trigger=one_of(traditional_class()),
)
def likely_stray_traditional(view: View) -> Iterator[Proposal]:
    """What `stray_traditional` is not certain of."""
    return (stray for stray in view.once(_strays) if stray.confidence != _CERTAIN)


@rule(
    "T101",
    Tier.REPORT,
    reason="A text that mixes Traditional and Simplified characters was converted badly, or put "
    "together from several sources.",
    reason_zh="全文繁简混用，多半是转换不完全，或由不同来源拼成。",
    examples=[("改革開放以來，中國經濟發展迅速。\n\n改革开放以来，中国经济发展迅速。", "開")],
    counter_examples=[
        "改革開放以來，中國經濟發展迅速。",
        "改革开放以来，中国经济发展迅速，市委自成立以來。",
        "東京の図書館で国語を学ぶ学生は毎年増えて、会議の資料を読んでいる。",
    ],
    trigger=one_of(traditional_class()),
)
def mixed_script(view: View) -> Iterator[Proposal]:
    """Once a text: the share of Traditional characters, where both scripts are more than strays."""
    text = view.text
    table = traditional()
    counts = Counter(text)
    old = sum(count for character, count in counts.items() if character in table)
    if old < _FEWEST:
        return
    only = simplified_only()
    new = sum(count for character, count in counts.items() if character in only)
    if min(old, new) < max(_FEWEST, _SMALLEST_SHARE * (old + new)):
        return
    kana = sum(counts[character] for character in _KANA.findall("".join(counts)))
    if kana > 0.1 * (old + new):
        return
    first = next(at.start() for at in _RUN.finditer(text) if at.group()[0] in table)
    share = 100 * old / (old + new)
    evidence = f"{old} Traditional and {new} Simplified characters: {share:.0f}% Traditional"
    yield Proposal(first, first + 1, text[first], evidence)


def is_simplified(passage: str, strays: float = _STRAYS) -> bool:
    """Whether a passage is Simplified: no kana, and few Traditional characters, if any.

    Args:
        strays: the most Traditional characters for each one that only Simplified text has.
    """
    old, new = _script_counts(passage)
    return old <= strays * new and not _KANA.search(passage)


def passage_bounds(text: str, at: int, start: int, end: int) -> tuple[int, int]:
    """The passage of a line (`start` to `end`) that is judged as one: the innermost quotation.

    Quotation marks count as part of what is around them.
    """
    opening = _unpaired(reversed(list(_QUOTES.finditer(text, start, at))), _CLOSING)
    if opening is None:
        return start, end
    closing = _unpaired(_QUOTES.finditer(text, at, end), _OPENING)
    return opening.end(), closing.start() if closing else end


def _unpaired(marks: Iterable[re.Match[str]], deeper: str) -> re.Match[str] | None:
    """The first of some quotation marks whose other half is not among them.

    Args:
        deeper: the halves that come first where the marks are read in their order.
    """
    depth = 0
    for mark in marks:
        if mark.group() in deeper:
            depth += 1
        elif depth:
            depth -= 1
        else:
            return mark
    return None


def may_be_name(text: str, at: int, start: int) -> bool:
    """Whether a surname stands one or two places before `at`, and is part of no word there."""
    folded = text[max(start, at - 4) : at + 1].translate(fold_table())
    here = len(folded) - 1
    for place in (here - 1, here - 2):
        if place < 0 or folded[place] not in _NAMES_BEGIN:
            continue
        if is_word(folded[max(place - 1, 0) : place + 1]) or is_word(folded[place : place + 2]):
            continue
        return True
    return False


def _script_counts(passage: str) -> tuple[int, int]:
    """How many characters only Traditional text has, and how many only Simplified text has."""
    old, new = _script_sets()
    return sum(map(old.__contains__, passage)), sum(map(new.__contains__, passage))


@cache
def _script_sets() -> tuple[frozenset[str], frozenset[str]]:
    # Asked for every character of a passage: a set answers several times as fast as a mapping.
    return frozenset(traditional()), frozenset(simplified_only())


def _strays(view: View) -> list[Proposal]:
    """Every run of one or two Traditional characters that looks like a slip, in order."""
    text = view.text
    table = traditional()
    strays: list[Proposal] = []
    start = end = -1
    simplified = False
    for first, last in _runs(view):
        if first >= end:
            start, end = view.line_bounds(first)
            line = text[start:end]
            simplified = is_simplified(_own_words(line), _MIXED) and not _ABOUT_SCRIPT.search(line)
        run = text[first:last]
        if not simplified or len(run) > 2 or not all(c in table for c in run):
            continue
        if stray := _judge(text, first, last, start, end):
            strays.append(stray)
    return strays


def _runs(view: View) -> Iterator[tuple[int, int]]:
    """Runs of characters of the class, in order."""
    places = view.places_of(_RUN.fullmatch)
    if places is None:
        yield from (run.span() for run in _RUN.finditer(view.text))
    else:
        yield from runs_of(places)


def runs_of(places: Sequence[int], step: int = 1) -> Iterator[tuple[int, int]]:
    """Runs of places a step apart, which ascend: from the first to a step behind the last."""
    at = 0
    while at < len(places):
        last = at
        while last + 1 < len(places) and places[last + 1] == places[last] + step:
            last += 1
        yield places[at], places[last] + step
        at = last + 1


def _judge(text: str, first: int, last: int, start: int, end: int) -> Proposal | None:
    """What a run of a line (`start` to `end`) should be; None where it should stay."""
    before, after = text[max(start, first - 1) : first], text[last : min(end, last + 1)]
    # 對於, 看著: a neighbour that has a Traditional side, too.
    if any(ord(character) in fold_table() for character in before + after):
        return None
    if _NAME_DOT.search(text[max(start, first - 7) : first]) or _NAME_DOT_AFTER.match(text, last):
        return None
    left, right = passage_bounds(text, first, max(start, first - _REACH), min(end, last + _REACH))
    passage = _own_words(text[left:right])
    old, new = _script_counts(passage)
    if not new or old > _MIXED * new or _KANA.search(passage):
        return None
    form = "".join(traditional()[character] for character in text[first:last])
    pairs = (form,) if len(form) == 2 else (before + form, form + after)
    word = next(filter(is_word, pairs), None)
    if word is None:
        return None
    near = text[max(left, first - _NEAR) : min(right, last + _NEAR)]
    in_title = left > start and text[left - 1] in "《〈"
    certain = (
        len(form) == 1
        and new >= 3
        and old <= _STRAYS * new
        and _script_counts(near)[0] <= 2
        and not in_title
        and not may_be_name(text, first, left)
    )
    if len(form) == 2 and may_be_name(text, first, left):
        return None
    evidence = (
        f"{text[first:last]} has no form but {form}; {word} is a word; "
        f"{new} Simplified characters around it, {old} Traditional"
    )
    return Proposal(first, last, form, evidence, _CERTAIN if certain else 0.7)


def _own_words(passage: str) -> str:
    """A passage without its quotations, which are judged by themselves."""
    return _QUOTATION.sub("", passage) if _QUOTES.search(passage) else passage
