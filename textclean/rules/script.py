"""Family T: stray Traditional characters in Simplified text, one at a time, never the whole text.

OCR reads 细 as 細 and keyboards slip in a 來. Such a character stands alone among Simplified
ones and makes a common word in its Simplified form. A Traditional text, a quotation of one, and a
name that is written so on purpose look different: several in a row, or no word, or a surname
before. So the word is the evidence, the surroundings are the licence, and a name is the veto:

- T001 (safe) needs all three.
- T002 (suggested) needs a word only: it may be part of a name or a title, be two in a row, or stand
  in a text that mixes the scripts. Characters that stand close to one another are judged together:
  師範大學 is converted whole or not at all.
- T003 (suggested) is about characters that both scripts have: 著 is 着 in 看著, but not in 著名.
- T101 only says that a text mixes the scripts, and how much.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from textclean.engine.rule import Proposal, View, rule
from textclean.engine.triggers import one_of
from textclean.text.classes import IDEOGRAPH_CLASS
from textclean.text.edit import Tier
from textclean.text.kinds.document import Register, Script
from textclean.text.lexicon import SURNAMES
from textclean.text.patterns import pattern
from textclean.text.variants import (
    fold_table,
    shared_forms,
    simplified_only,
    traditional,
    traditional_class,
)
from textclean.text.words import is_script_word, is_word

if TYPE_CHECKING:
    from textclean.config import Config

_SHARED = "".join(shared_forms())
_CLASS = f"[{traditional_class()}{_SHARED}]"
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
# A passage is Simplified beyond doubt from so many characters on that only Simplified text has.
_FEWEST_NEW = 3
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
_LIKELY = 0.7
# So often, and more often than the other form, a form is its writer's own.
_OWN = 3
# What a name may begin with: 小, 老 and 阿 begin pet names.
_NAMES_BEGIN = SURNAMES | frozenset("小老阿")


def _unless_converted(config: Config) -> bool:
    """Where the whole text is converted (T004), strays are nothing apart."""
    return config.script is None


@rule(
    "T001",
    Tier.SAFE,
    in_register={Register.CLASSICAL: None},
    enabled=_unless_converted,
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
        "北京師範大學的学生来了，活动结束后还参观了图书馆。",
    ],
    trigger=one_of(traditional_class()),
)
def stray_traditional(view: View) -> Iterator[Proposal]:
    """Single characters that make a word, among Simplified ones, in no name."""
    return (stray for stray in view.once(_strays) if stray.confidence == _CERTAIN)


@rule(
    "T002",
    Tier.SUGGESTED,
    in_register={Register.CLASSICAL: None},
    enabled=_unless_converted,
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
        (
            "北京師範大學的学生来了，活动结束后还参观了图书馆。",
            "北京师范大学的学生来了，活动结束后还参观了图书馆。",
        ),
        ("他的頭髮很长，说话时总是带着笑。", "他的头发很长，说话时总是带着笑。"),
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
    "T003",
    Tier.SUGGESTED,
    trigger=one_of(_SHARED),
    in_register={Register.CLASSICAL: None},
    enabled=_unless_converted,
    reason="Some characters of Traditional text are used in Simplified text, too, but in other "
    "words; where only its Simplified form makes a word, such a character was left by a "
    "conversion.",
    reason_zh="有些繁体字形在简体文中另有用处（著名、乾坤、慰藉）；只有换成简体字才成词时，"
    "是繁简转换的遗留。",
    examples=[
        (
            "他看著我，说不出话来，现场气氛十分热烈。",
            "他看着我，说不出话来，现场气氛十分热烈。",
        ),
        (
            "饼乾和果乾很好吃，孩子们都很喜欢这个节目。",
            "饼干和果干很好吃，孩子们都很喜欢这个节目。",
        ),
        (
            "他以生病为藉口，没有参加会议，对情况也不瞭解。",
            "他以生病为借口，没有参加会议，对情况也不了解。",
        ),
    ],
    counter_examples=[
        "这部著作的作者很著名，成绩显著，乾隆年间的建筑保存完好。",
        "她用音乐慰藉人们，现场一片狼藉，瞭望塔上有人员值班。",
        "合同金额为人民币叁万贰仟元整，双方签订后生效。",
        "他看著我，說不出話來，現場氣氛十分熱烈。",
        "魏徵进谏，萧乾编著，毕昇发明活字，这些人对历史影响很大。",
        "全覆盖、反复核查，《现代汉语》，黄伯荣著，高等教育出版社出版。",
    ],
)
def stray_shared_form(view: View) -> Iterator[Proposal]:
    """``看著`` → ``看着``, ``饼乾`` → ``饼干``."""
    if view.kind.script is Script.TRADITIONAL:
        return
    text = view.text
    forms = shared_forms()
    slips: list[tuple[int, int]] = []  # with the line of each
    words: dict[int, str] = {}  # by place: the word that shows the slip
    for first, last in _runs(view):
        start, end = view.line_bounds(first)
        char = text[first]
        if last - first > 1 or char not in forms or _is_kept(text, first):
            continue
        if char == "叁" and view.of_line(_IN_SUMS.search, first):
            continue
        if may_be_name(text, first, start) or not _is_simplified_at(text, first, start, end):
            continue
        slips.append((first, start))
        if word := _word_at(text, first, last, forms[char]):
            words[first] = word
    slipped = {start: words[at] for at, start in slips if text[at] == "乾" and at in words}
    for at, start in slips:
        char = text[at]
        # 饼乾和果乾: no list has every dried food.
        word = words.get(at) or (char == "乾" and slipped.get(start)) or None
        if word:
            yield Proposal(at, at + 1, forms[char], f"{word} is a word, with {forms[char]}", 0.85)


# Numerals that only sums of money and numbers of volumes have beside 叁.
_IN_SUMS = pattern("[壹贰肆伍陆柒捌玖拾佰仟]|叁[元圆万亿整角分]")


@rule(
    "T101",
    Tier.REPORT,
    enabled=_unless_converted,
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
    old, new = _script_sets()
    many = sum(map(new.__contains__, passage))
    if not many:  # most often of Traditional text, which needs no counting
        return old.isdisjoint(passage) and not _KANA.search(passage)
    return sum(map(old.__contains__, passage)) <= strays * many and not _KANA.search(passage)


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
    strays: list[Proposal] = []
    for start, end, cluster in _clusters(view):
        if any(_is_own(view, *run) for run in cluster):
            continue
        judged = [_judge(text, *run, start, end) for run in cluster]
        if len(cluster) == 1:
            strays += filter(None, judged)
        elif all(judged):
            first = cluster[0][0]
            strays += (stray._replace(confidence=_LIKELY, group=first) for stray in judged if stray)
    return strays


def _clusters(view: View) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Runs of old characters that stand together, with one other character between at most; each
    with the bounds of its line, in Simplified lines that do not speak of characters.

    A run has a Traditional character; one that both scripts have, and that makes a word as it is,
    belongs to none.
    """
    text = view.text
    has_none = _script_sets()[0].isdisjoint
    cluster: list[tuple[int, int]] = []
    start = end = -1
    simplified = False
    for first, last in _runs(view):
        if first < end and not simplified:
            continue  # most runs are those of Traditional text
        if has_none(text[first:last]):
            continue
        if first >= end:
            if cluster:
                yield start, end, cluster
                cluster = []
            start, end = view.line_bounds(first)
            simplified = _is_simplified_line(text[start:end])
            if not simplified:
                continue
        while first < last and _is_kept(text, first):
            first += 1
        while first < last and _is_kept(text, last - 1):
            last -= 1
        if has_none(text[first:last]):
            continue
        if cluster and not (
            first - cluster[-1][1] == 1 and "\u4e00" <= text[first - 1] <= "\u9fff"
        ):
            yield start, end, cluster
            cluster = []
        cluster.append((first, last))
    if cluster:
        yield start, end, cluster


def _is_simplified_line(line: str) -> bool:
    return is_simplified(_own_words(line), _MIXED) and not _ABOUT_SCRIPT.search(line)


def _is_kept(text: str, at: int) -> bool:
    """Whether a character that both scripts have makes a word as it is."""
    return text[at] in shared_forms() and any(
        is_word(pair) or is_script_word(pair)
        for pair in (text[max(0, at - 1) : at + 1], text[at : at + 2])
    )


def _is_own(view: View, first: int, last: int) -> bool:
    """Whether a run has a character that its writer prefers to the Simplified form."""
    forms = _forms()
    counts = view.once(_counts)
    for character in view.text[first:last]:
        form = forms.get(character)
        if form is None:
            continue
        for each in (character, form):
            if each not in counts:
                counts[each] = view.text.count(each)
        if counts[character] >= _OWN and counts[character] > counts[form]:
            return True
    return False


def _counts(_: View) -> dict[str, int]:
    """How often a text has characters that were asked for; of each it is counted once."""
    return {}


@cache
def _forms() -> dict[str, str]:
    return {**traditional(), **shared_forms()}


def _is_simplified_at(text: str, at: int, start: int, end: int) -> bool:
    """Whether the passage of a line around a place is Simplified beyond doubt."""
    left, right = passage_bounds(text, at, max(start, at - _REACH), min(end, at + _REACH))
    passage = _own_words(text[left:right])
    new = _script_counts(passage)[1]
    return new >= _FEWEST_NEW and is_simplified(passage) and not _ABOUT_SCRIPT.search(passage)


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


def _word_at(text: str, first: int, last: int, form: str) -> str | None:
    """The word that a form makes in place of a run, by itself or with a neighbour."""
    beside = text[max(0, first - 1) : first] + form, form + text[last : last + 1]
    pairs = (form,) if len(form) == 2 else beside
    return next(
        (pair for known in (is_word, is_script_word) for pair in pairs if known(pair)), None
    )


def _judge(text: str, first: int, last: int, start: int, end: int) -> Proposal | None:
    """What a run of a line (`start` to `end`) should be; None where it should stay."""
    run = text[first:last]
    before, after = text[max(start, first - 1) : first], text[last : min(end, last + 1)]
    # 對於, 看著: a neighbour that has a Traditional side, too.
    if len(run) > 2 or any(ord(character) in fold_table() for character in before + after):
        return None
    if _NAME_DOT.search(text[max(start, first - 7) : first]) or _NAME_DOT_AFTER.match(text, last):
        return None
    left, right = passage_bounds(text, first, max(start, first - _REACH), min(end, last + _REACH))
    passage = _own_words(text[left:right])
    old, new = _script_counts(passage)
    if not new or old > _MIXED * new or _KANA.search(passage):
        return None
    form = "".join(_forms().get(char, "") for char in run)
    if len(form) < len(run):  # the class finds more than the table has
        return None
    word = _word_at(text, first, last, form)
    if word is None:
        return None
    near = text[max(left, first - _NEAR) : min(right, last + _NEAR)]
    in_title = left > start and text[left - 1] in "《〈"
    certain = (
        run in traditional()
        and is_word(word)
        and new >= _FEWEST_NEW
        and old <= _STRAYS * new
        and _script_counts(near)[0] <= 2
        and not in_title
        and not may_be_name(text, first, left)
    )
    if len(form) == 2 and may_be_name(text, first, left):
        return None
    evidence = (
        f"{run} has no form but {form}; {word} is a word; "
        f"{new} Simplified characters around it, {old} Traditional"
    )
    return Proposal(first, last, form, evidence, _CERTAIN if certain else _LIKELY)


def _own_words(passage: str) -> str:
    """A passage without its quotations, which are judged by themselves."""
    return _QUOTATION.sub("", passage) if _QUOTES.search(passage) else passage
