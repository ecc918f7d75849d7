"""Family R: what OCR and layout tools leave twice: characters, phrases, whole sentences.

Chinese doubles on purpose, all the time (人人, 渐渐, 研究研究, 高高兴兴, 一个一个), and by accident
wherever a word ends as the next begins (发展展望, 县县域). So a doubling is never evidence by
itself. It is proposed only where millions of characters of edited prose have no such thing: for a
character, by the words it makes with its neighbours; for a word, where it is frequent and never
doubled; for anything longer, by its length. Every proposal removes the later copies, within a line.
The family is only `suggested`: a removed digit or character is a change of content.

Repeats are found by comparing the text with itself, shifted: the low bytes of all characters as one
large integer, exclusive-or with itself moved by the period; a repeat is a run of zero bytes. That
is some 3 ns a character and period; what has equal low bytes only is sorted out afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate, compress, count
from operator import eq

from textclean.engine.rule import Proposal, View, rule
from textclean.rules.script import may_be_name, runs_of
from textclean.text.classes import BREAK_CLASS, IDEOGRAPH_CLASS
from textclean.text.edit import Tier
from textclean.text.patterns import pattern
from textclean.text.words import (
    hardly_doubled,
    have_met,
    is_longer_word,
    is_reduplicated,
    is_word,
    never_doubled,
)

_HAN = pattern(f"[{IDEOGRAPH_CLASS}]+")
_LINE_BREAK = pattern(f"[{BREAK_CLASS}]")
_CLAUSE_END = "。，；！？"
_PAUSE = "，、；：,;:"
# What makes a phrase of counting and asking (一个一个, 做什么做什么) or of speech.
_COUNTING = pattern("[一两几每逐〇二三四五六七八九十百千万亿零谁哪怎我你啊吧呀哦]|什么")
_FUNCTION = pattern("[的了一是不在]")
_REDACTED = pattern("[xX×*＊○□]{2}")
_ONE = frozenset("一几")
# 中队中队长, 会议会议员: who holds the office is named after it.
_HOLDERS = frozenset("长员")
_PARTICLES = frozenset(
    "的了着和与及或而且但是在为以于到给对从向由就也都又还才把被将使让等它他她我你们这那其则若要"
)
# What is longer is found by its marks.
_LONGEST_PHRASE = 9
_SHORTEST_LOOP = 8


@rule(
    "R001",
    Tier.SUGGESTED,
    reason="A character stands twice in a row where edited prose hardly ever has it twice.",
    reason_zh="同一个字连续出现两次，而规范文本在这种位置几乎不会重叠。",
    examples=[
        (
            "形成救治工作流程，\n\n为为重症患者救治赢得时间。",
            "形成救治工作流程，\n\n为重症患者救治赢得时间。",
        ),
        (
            "健康促进和健康教育普及及到人，通过“互联网＋”开展服务。",
            "健康促进和健康教育普及到人，通过“互联网＋”开展服务。",
        ),
        ("对早期癌癌和中晚期癌患者，给予救助。", "对早期癌和中晚期癌患者，给予救助。"),
        ("产品应用于虚拟经济和和实体经济领域。", "产品应用于虚拟经济和实体经济领域。"),
    ],
    counter_examples=[
        "人人渐渐刚刚天天常常都说谢谢，妈妈看看星星，慢慢试一试，一一对应。",
        "家家户户高高兴兴，点点滴滴实实在在，红彤彤的灯笼三三两两。",
        "人民民主、发展展望、医学学会、中国国家队、大学学生、为人人、对对方都的的确确没有错。",
        "分宜县县域医共体，国家中医医学中心，主城区区域核酸检测，股骨骨折，现在在家门口。",
        "截至2018年年底，列入市市级党政领导干部培训，三甲医院院长，濮阳市市油田总医院。",
        "记者 陈成成 通讯员 林永谊，主任王丽丽、护士李娜娜参加了会诊。",
        "对人体体内激素的影响，殖民势力力求保持，电子担保保函，提高高中档产品的比重。",
        "一支支核酸检测队勇往直前，一张张充盈汗水的笑脸，卒中中心，承接接管工作。",
        "２２００元，1100人，目的的达成，为了了解情况，认为为时已晚。",
    ],
)
def doubled_character(view: View) -> Iterator[Proposal]:
    """Runs of one character, by the words it makes with its neighbours."""
    text = view.text
    for start, stop in view.once(_doubles):
        character = text[start]
        before, after = text[max(start - 1, 0) : start], text[stop : stop + 1]
        led, followed = bool(_HAN.match(before)), bool(_HAN.match(after))
        # By itself it is a name or a call (“对对，”); after 一 it is a measure (一张张); 了 begins
        # words, too (取得了了不起的成就).
        if not (led or followed) or before in _ONE or character == "了":
            continue
        word_before, word_after = is_word(before + character), is_word(character + after)
        if not hardly_doubled(character, word_before, word_after):
            continue
        # Before a word, it may end one that no list has (卒中中心).
        if led and word_after:
            continue
        # 区域内内河: the second may begin a compound, unless it is a particle or meets one.
        if character not in _PARTICLES and followed and after not in _PARTICLES:
            continue
        # 高高兴兴, 门门诊诊: a doubled neighbour makes it another matter.
        if led and text[start - 2 : start - 1] == before:
            continue
        if followed and text[stop + 1 : stop + 2] == after:
            continue
        if may_be_name(text, start, view.line_bounds(start)[0]):
            continue
        evidence = f"clean prose hardly ever has {character * 2} between such neighbours"
        yield Proposal(start + 1, stop, "", evidence, 0.8)


@rule(
    "R002",
    Tier.SUGGESTED,
    reason="A word or phrase stands twice in a row that Chinese does not repeat so.",
    reason_zh="词语连续重复出现，而该词语按汉语习惯不会这样重叠。",
    examples=[
        ("把提质增效列入列入市十大民生实事。", "把提质增效列入市十大民生实事。"),
        (
            "全市xx个专科获评省评省级、市级、县级临床重点专科。",
            "全市xx个专科获评省级、市级、县级临床重点专科。",
        ),
        ("南乐县第一医共体医共体，合前县人民医院。", "南乐县第一医共体，合前县人民医院。"),
        ("对69岁居民实施“全覆盖、全覆盖、全覆盖”。", "对69岁居民实施“全覆盖”。"),
    ],
    counter_examples=[
        "这件事还要研究研究，商量商量，一个一个解决，一步一步推进，越来越好。",
        "他非常非常高兴，很多很多人来了，大学大学生活动，总队总队长出席，逐步逐步扩大。",
        "锁定恶性肿瘤、心脑血管、脑血管病等三大疾病。",
        "市第一人民医院、市人民医院、市中医院顺利通过三级医院评审。",
        "促进创新创业创造，加强信用信息管理，支持企业创业创新，构建共建共治格局。",
        "组建xx市、xx市、xx县的团队，支付xx.xx亿元、xx.xx亿元。",
        "香港特别行政区行政区域图，再审申请人申请人民法院审查。",
        "坚持一个节点一个节点地抓，推动一个问题一个问题解决。",
    ],
)
def doubled_phrase(view: View) -> Iterator[Proposal]:
    """Two to nine ideographs and their copy, side by side or as items of a list."""
    text = view.text
    for period in range(2, _LONGEST_PHRASE + 1):
        for start, stop in _repeats(view, period, period if period < 4 else period - 1):
            whole = stop - start >= 2 * period
            removal = _phrase(text, start, stop, period) if whole else None
            if removal := removal or _listed(text, start, stop, period):
                yield removal


@rule(
    "R003",
    Tier.SUGGESTED,
    reason="Every character of a word is doubled, as where a bold face was printed twice, and the "
    "word is none that Chinese doubles so.",
    reason_zh="词中每个字都重复一次（如粗体叠印所致），而该词没有这种重叠形式。",
    examples=[
        (
            "关口前移，门门诊诊的发热患者，除需住院的以外，均在社区随访。",
            "关口前移，门诊的发热患者，除需住院的以外，均在社区随访。",
        ),
        ("患患者者入院后，由专家会诊。", "患者入院后，由专家会诊。"),
    ],
    counter_examples=[
        "大家高高兴兴、认认真真、扎扎实实、平平安安、进进出出、明明白白。",
        "千千万万的家家户户，形形色色的方方面面，里里外外干干净净。",
        "实实在在的成效，点点滴滴的进步，许许多多的年年岁岁，大大小小的男男女女。",
        "中门寺村村委委员李巧玲站在高地上。",
        "人人民主，天天向上，一一得一，二二得四。",
    ],
)
def stutter(view: View) -> Iterator[Proposal]:
    """Words whose characters are all doubled: 门门诊诊."""
    text = view.text
    pairs = [start for start, stop in view.once(_doubles) if stop - start == 2]
    for start, stop in runs_of(pairs, 2):
        single = text[start:stop:2]
        joints = [single[i : i + 2] for i in range(len(single) - 1)]
        if not joints or not all(map(is_word, joints)) or any(map(is_reduplicated, joints)):
            continue
        first, final = single[0], single[-1]
        # 寺村村委委员: words that have met.
        if is_word(text[start - 1 : start] + first) or is_word(final + text[stop : stop + 1]):
            continue
        if not (hardly_doubled(first, False, True) or hardly_doubled(final, True, False)):
            continue
        evidence = f"{single} is a word, and no clean prose doubles it character by character"
        yield Proposal(start, stop, single, evidence, 0.8)


@rule(
    "R004",
    Tier.SUGGESTED,
    reason="A clause or sentence stands twice or more in a row.",
    reason_zh="同一句话或同一长语句连续重复。",
    examples=[
        (
            "医院开展了健康宣教活动。医院开展了健康宣教活动。医院开展了健康宣教活动。居民反映良好。",
            "医院开展了健康宣教活动。居民反映良好。",
        ),
        (
            "今年以来，不断加强基层卫生服务能力，不断加强基层卫生服务能力，取得明显成效。",
            "今年以来，不断加强基层卫生服务能力，取得明显成效。",
        ),
        (
            "坚持以人民健康为中心，全面推进健康城市建设，坚持以人民健康为中心，全面推进健康城市建设，成效明显。",
            "坚持以人民健康为中心，全面推进健康城市建设，成效明显。",
        ),
    ],
    counter_examples=[
        "医院开展了健康宣教活动。医院还开展了义诊活动。",
        "一个时间节点一个时间节点往前推，一项任务一项任务抓落实。",
        "改革，改革，再改革；加油，加油！",
        "审计机关应当编制年度计划。\n编制年度审计项目计划。编制年度审计项目计划，应当听取意见。",
        "可以办半工半读、半农半读的学校。半工半读、半农半读的学校，是教育同劳动相结合的形式。",
        "较xxxx年增长xx.xx个百分点，较xxxx年增长xx.xx个百分点。",
        "| 合计 | 100.00 | 100.00 | 100.00 |",
    ],
)
def loop(view: View) -> Iterator[Proposal]:
    """One or two pieces between marks of a kind, and their copies; six ideographs and more."""
    text = view.text
    for mark in _CLAUSE_END:
        if mark not in text:
            continue
        pieces = text.split(mark)
        # The first piece of a loop may have something before it, as after a quotation mark.
        yield from _loops(text, pieces, 1, map(str.endswith, pieces, pieces[1:]))
        yield from _loops(text, pieces, 2, map(eq, pieces, pieces[2:]))
        if mark == "，":
            yield from _last_copies(pieces)


@rule(
    "R101",
    Tier.REPORT,
    reason="Two words meet in a doubled character as no clean prose was seen to have them meet. "
    "Mostly they simply met; now and then one character is too many, and only reading tells.",
    reason_zh="前后两词恰在同一字上相接，而规范文本中未见这样相接的例子：多为巧合，偶为衍字，须人工判断。",
    examples=[("推动改革向纵深深入，取得新的突破。", "深深")],
    counter_examples=[
        "发扬人民民主，展望发展展望，服务大学学生。",
        "人人渐渐刚刚天天常常都说谢谢。",
        "提质增效列入市十大民生实事。",
    ],
)
def doubled_between_words(view: View) -> Iterator[Proposal]:
    """``纵深深入``: either word may be whole, so nothing is proposed."""
    text = view.text
    for start, stop in view.once(_doubles):
        first, last = text[max(start - 1, 0) : start], text[stop : stop + 1]
        doubled = text[start]
        if stop - start != 2 or not is_word(first + doubled) or not is_word(doubled + last):
            continue
        if is_reduplicated(first + doubled) or have_met(first, doubled, last):
            continue
        evidence = f"{first}{doubled} and {doubled}{last} were never seen to meet"
        yield Proposal(start, stop, text[start:stop], evidence, 0.4)


def _number(view: View) -> int:
    """The low bytes of a text's characters as one number, the first lowest."""
    text = view.text
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) != 2 * len(text):
        return int.from_bytes(text.encode("utf-32-le", "surrogatepass")[::4], "little")
    return int.from_bytes(units[::2], "little")


def _repeats(view: View, period: int, least: int) -> Iterator[tuple[int, int]]:
    """Spans that repeat with a period: `least` characters or more equal those a period later.

    The span takes in the last copy, so it is at least ``least + period`` long.
    """
    text = view.text
    size = len(text)
    number = view.once(_number)
    differs = (number ^ (number >> (8 * period))).to_bytes(size, "little")
    needle = bytes(least)
    last = size - period
    at = differs.find(needle, 0, last)
    while at >= 0:
        stop = at
        while stop < last and text[stop] == text[stop + period]:
            stop += 1
        if stop - at >= least:
            yield at, stop + period
        at = differs.find(needle, max(stop, at + 1), last)


def _doubles(view: View) -> list[tuple[int, int]]:
    """Spans of one ideograph, twice or more."""
    text = view.text
    return [span for span in _repeats(view, 1, 1) if "\u3400" <= text[span[0]] <= "\u9fff"]


def _phrase(text: str, start: int, stop: int, period: int) -> Proposal | None:
    """A phrase and its copies without a mark between, if nothing speaks for them."""
    if not _HAN.fullmatch(text, start, stop):
        return None
    before, after = text[max(start - 1, 0) : start], text[stop : stop + 1]
    unit = text[start : start + period]
    confidence = 0.7
    # 总队总队长, 南苏丹苏丹: part of a longer word.
    if is_longer_word(before + unit) or is_longer_word(unit + after) or after in _HOLDERS:
        return None
    if len(set(unit)) == 1 or _COUNTING.search(unit):
        return None
    if period == 2:
        if (stop - start) % 2:
            return None
        if not never_doubled(unit):
            # 获[评省评省]级: no reading has a word in it, but the end of it makes one.
            turned = unit[1] + unit[0]
            if is_word(unit) or is_word(turned) or _FUNCTION.search(unit):
                return None
            if not is_word(text[stop - 1] + after):
                return None
            confidence = 0.5
    elif is_word(before + unit[0]) or is_word(text[stop - 1] + after):
        # 高[等教育等教育]机构, 再审[申请人申请人]民法院: words that have met.
        return None
    elif period < 5 and _FUNCTION.search(unit):
        return None
    if may_be_name(text, start, max(start - 3, 0)):
        return None
    return _removal(start + period, stop - (stop - start) % period, unit, confidence)


def _listed(text: str, start: int, stop: int, period: int) -> Proposal | None:
    """An item of three ideographs or more and its copies, set apart by 、."""
    unit = text[start : start + period - 1]
    mark = text[start + period - 1 : start + period]
    if period < 4 or mark != "、" or not _HAN.fullmatch(unit) or _COUNTING.search(unit):
        return None
    if text[start - 1 : start].isalnum() or text[stop : stop + 1].isalnum():
        return None
    copies = (stop - start + 1) // period
    if copies < 2:
        return None
    end = start + copies * period - 1
    return _removal(start + period - 1, end, mark + unit, 0.7)


def _loops(text: str, pieces: list[str], lag: int, equal: Iterable[bool]) -> Iterator[Proposal]:
    """What to remove where a piece is (or ends in) the one `lag` later, as `equal` says of each."""
    runs: list[list[int]] = []
    for at in compress(count(), equal):
        if pieces[at + lag] and runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        elif len(pieces[at + lag]) >= _SHORTEST_LOOP // (2 * lag):
            runs.append([at])
    runs = [run for run in runs if len(run) >= lag]
    if not runs:
        return
    starts = [0, *accumulate(len(piece) + 1 for piece in pieces)]
    for run in runs:
        first, extra = run[0], len(run) // lag * lag
        copy = first + lag
        unit = text[starts[copy] : starts[copy + lag] - 1]
        # 要建设新农村，建设新农村，就要……: taken up again, not repeated.
        lead = pieces[first].removesuffix(pieces[copy])
        again = bool(lead) and (lead[-1].isalnum() or lead[-1] in _PAUSE)
        if again or not _is_long(unit):
            continue
        # The mark before each copy goes with it; the one after the last stays.
        stop = starts[copy + extra] - 1
        if stop < len(text):
            yield _removal(starts[copy] - 1, stop, unit)


def _last_copies(pieces: list[str]) -> Iterator[Proposal]:
    """Clauses whose copy ends the sentence: “…，X，X。”."""
    for at in compress(count(), map(str.startswith, pieces[1:], pieces)):
        unit, following = pieces[at], pieces[at + 1]
        if _is_long(unit) and following[len(unit) : len(unit) + 1] in tuple(_CLAUSE_END):
            stop = sum(map(len, pieces[: at + 1])) + at
            yield _removal(stop, stop + 1 + len(unit), unit)


def _is_long(unit: str) -> bool:
    ideographs = sum(map(len, _HAN.findall(unit)))
    return (
        len(unit) >= _SHORTEST_LOOP
        and ideographs >= 6
        and not _LINE_BREAK.search(unit)
        and not _REDACTED.search(unit)
        and not _COUNTING.match(unit)
    )


def _removal(start: int, stop: int, unit: str, confidence: float = 0.9) -> Proposal:
    return Proposal(start, stop, "", f"{unit} stands there twice or more in a row", confidence)
