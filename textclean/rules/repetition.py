"""Family R: what OCR and layout tools leave twice: characters, phrases, whole sentences.

Chinese doubles on purpose, all the time (人人, 渐渐, 研究研究, 高高兴兴, 一个一个), and by accident
wherever a word ends as the next begins (发展展望, 县县域). So a doubling is never evidence by
itself. It is proposed only where millions of characters of edited prose have no such thing: for a
particle, by its neighbours; for a word, where it is frequent and never doubled; for anything else
where the text says the same elsewhere, once. In classical Chinese, which doubles what it likes, no
single character or phrase is. Every proposal removes the later copies, within a line.
The family is only `suggested`: a removed digit or character is a change of content.

Repeats are found by comparing the text with itself, shifted: the low bytes of all characters as one
large integer, exclusive-or with itself moved by the period; a repeat is a run of zero bytes. That
is some 3 ns a character and period; what has equal low bytes only is sorted out afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial
from itertools import accumulate, compress, count
from operator import eq

from textclean.engine.rule import Proposal, View, rule
from textclean.rules.script import may_be_name, runs_of
from textclean.text.classes import BREAK_CLASS, IDEOGRAPH_CLASS, occurrences
from textclean.text.edit import Tier
from textclean.text.kinds.document import Register
from textclean.text.lexicon import are_contrasts
from textclean.text.patterns import pattern
from textclean.text.variants import traditional
from textclean.text.words import (
    hardly_doubled,
    is_longer_word,
    is_reduplicated,
    is_word,
    may_be_reduplicated,
    never_doubled,
)

_HAN = pattern(f"[{IDEOGRAPH_CLASS}]+")
_LINE_BREAK = pattern(f"[{BREAK_CLASS}]")
_CLAUSE_END = "。，；！？"
_PAUSE = "，、；：,;:"
_MARKS = frozenset(_CLAUSE_END + _PAUSE + BREAK_CLASS + "”’」』") | {""}
# What makes a phrase of counting and asking (一个一个, 做什么做什么) or of speech; 丨 is a rule.
_COUNTING = pattern(
    "[一两几每逐〇二三四五六七八九十百千万亿零谁哪怎我你啊吧呀哦丨]|什么|多少|如何|会儿|等等"
    "|[别快请不]要"
)
_FUNCTION = pattern("[的了一是不在]")
_REDACTED = pattern("[xX×*＊○□]{2}")
_ONE = frozenset("一几")
# 中队中队长, 会议会议员: who holds the office is named after it.
_HOLDERS = frozenset("长员")
_PARTICLES = frozenset(
    "的了着和与及或而且但是在为以于到给对从向由就也都又还才把被将使让等它他她我你们这那其则若要"
)
#: Those of them that no grammar has twice. 为 may end a verb (成长为为……), 对 and 将 are measures
#: and nouns, 就 and 这 are stammered.
_NEVER_TWICE = frozenset("的和与或在使从向于并")
# 的士, 的哥, 的姐: the second begins a word that was not found frequent enough.
_TAXI = frozenset("士哥姐")
# 实在, 存在 …, and 在读, 在意 …
_ENDS_IN_AT, _BEGINS_WITH_AT = frozenset("实存现正潜内外自所"), frozenset("读意线职校任场")
#: Verbs that are doubled in speech (玩玩, 用一用) …
_VERBS = frozenset(
    "看听说想试问走坐玩用搞改翻找查聊谈读写学做吃喝尝逛跑跳笑骂打摸碰等停歇躺睡洗擦扫拖收管教帮劝催数算"
    "量称比练唱画养晒吹炒煮站动闻抱亲拉推摇敲捶揉按压挑选猜背记抄填修补缝剪理顺调配拼凑混闯转遛溜散品评"
    "论讲谢拜求借还送接带领陪爬飞游骗哄逗夸穿戴切瞧瞅望盯扇挠抓"
)
_TWO = (
    "介绍修改修订准备凝聚利用加快努力劳动参与参加合作咨询奖励学习宣传审查帮助庆祝强化征求慰问感受感谢打击"
    "报告探索推动推进操作支持改善改进改革教育服务查处检察检测检验汇报沟通治疗消费清理激励激发熟悉理解监督"
    "督促研发确认示范移动维护维修统筹统计绿化考察考核考虑融合补贴规划解释警告计划计算认识讨论训练记录评估"
    "评价评论说明调整调查谈判转变选择适应配合采访鉴定鼓励预防体会体验防护监测控制设置增加加强减少巩固完善"
    "健全丰富分析解决处理落实建设发展欣赏放松管理呼吁救助扩大提高联合"
)
#: … and those of two characters (讨论讨论), where edited prose does not have them so.
_LONG_VERBS = frozenset(_TWO[at : at + 2] for at in range(0, len(_TWO), 2))
# What is longer is found by its marks.
_LONGEST_PHRASE = 9
_SHORTEST_LOOP = 8
#: Characters before a doubling that must stand elsewhere with what is doubled, once.
_WITNESS = 2


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
        (
            "查出早期癌患者256人，对早期癌癌和中晚期癌患者，给予救助。",
            "查出早期癌患者256人，对早期癌和中晚期癌患者，给予救助。",
        ),
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
        "加法法则、二次代数数、前缀和和后缀和，逆序对对数，其余位置置为零，求前缀和。",
        "周末可以去玩，去玩玩，试着用用，怒气冲冲，阴森森的，她成长为为人服务的医生。",
        "渴欲饮水，少少与之，此其所以愈也。三损损于肌肤，四损损于筋者，不可治之矣。",
    ],
    in_register={Register.CLASSICAL: None, Register.SPOKEN: Tier.REPORT},
)
def doubled_character(view: View) -> Iterator[Proposal]:
    """Runs of one character: of particles by the words beside them, of others by a witness too."""
    text = view.text
    simplified = traditional().get
    for start, stop in view.once(_doubles):
        character = text[start]
        before, after = text[max(start - 1, 0) : start], text[stop : stop + 1]
        led, followed = bool(_HAN.match(before)), bool(_HAN.match(after))
        # By itself it is a name or a call (“对对，”); after 一 it is a measure (一张张); 了 begins
        # words, too (取得了了不起的成就).
        if not (led or followed) or before in _ONE or character == "了":
            continue
        begins = is_word(character + simplified(after, after))
        if is_word(simplified(before, before) + character) or (
            begins and (led or character != "为")
        ):
            continue
        # 在在 was found in edited prose, as a slip.
        if not hardly_doubled(character, False, begins) and not (
            character == "在" and led and followed
        ):
            continue
        # 高高兴兴, 门门诊诊: a doubled neighbour makes it another matter.
        if led and text[start - 2 : start - 1] == before:
            continue
        if followed and text[stop + 1 : stop + 2] == after:
            continue
        if may_be_name(text, start, view.line_bounds(start)[0]):
            continue
        evidence = f"clean prose hardly ever has {character * 2} between such neighbours"
        if _is_slip(view, before, character, after):
            yield Proposal(start + 1, stop, "", evidence, 0.95)
        elif (
            character not in _PARTICLES | _VERBS
            and (not followed or after in _PARTICLES)
            and _has_witness(view, start, character)
        ):
            evidence += f", and the text has {text[start - _WITNESS : start + 1]} elsewhere"
            yield Proposal(start + 1, stop, "", evidence, 0.9)


def _is_slip(view: View, before: str, character: str, after: str) -> bool:
    """Whether a doubled particle is one too many, by what may stand beside it."""
    if character == "及":
        return after == "到"
    if character == "为":
        return not _HAN.match(before)
    if character == "的":
        return after not in _TAXI
    if character == "在" and (before in _ENDS_IN_AT or after in _BEGINS_WITH_AT):
        return False
    if character == "和":
        # 前缀和和后缀和: a sum that the text speaks of elsewhere.
        return not view.once(_Elsewhere).ends_term(before + character)
    return character in _NEVER_TWICE and after not in _MARKS


class _Elsewhere:
    """Where some words of a text stand, too: copies of a slip ask the same, so it is kept."""

    def __init__(self, view: View) -> None:
        self.once = cache(partial(_stands_once, view.text))
        self.ends_term = cache(partial(_ends_term, view.text))


def _stands_once(text: str, words: str, unit: str) -> bool:
    """Whether some words stand anywhere without a unit behind them."""
    return any(not text.startswith(unit, at + len(words)) for at in occurrences(text, words))


def _ends_term(text: str, words: str) -> bool:
    """Whether a mark, a particle or the line's end follows some words anywhere: they end a term."""
    behind = (text[at + len(words) : at + len(words) + 1] for at in occurrences(text, words))
    return any(not _HAN.match(char) or char in "的为是" for char in behind)


def _has_witness(view: View, start: int, unit: str) -> bool:
    """Whether what is doubled at `start` stands elsewhere once, after the same characters."""
    lead = view.text[max(0, start - _WITNESS) : start]
    if len(lead) < _WITNESS or not _HAN.fullmatch(lead):
        return False
    return view.once(_Elsewhere).once(lead + unit, unit)


@rule(
    "R002",
    Tier.SUGGESTED,
    reason="A word or phrase stands twice in a row that Chinese does not repeat so.",
    reason_zh="词语连续重复出现，而该词语按汉语习惯不会这样重叠。",
    examples=[
        ("把提质增效列入列入市十大民生实事。", "把提质增效列入市十大民生实事。"),
        (
            "3个学科获评省市共建学科，6个专科获评省评省级、市级、县级临床重点专科。",
            "3个学科获评省市共建学科，6个专科获评省级、市级、县级临床重点专科。",
        ),
        (
            "濮阳县第一医共体、南乐县第一医共体医共体，合前县人民医院。",
            "濮阳县第一医共体、南乐县第一医共体，合前县人民医院。",
        ),
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
        "这个项目的目的是节约能源；要好好学习学习这些功能，再讨论讨论，给他分析分析。",
        "该如何如何，等会儿等会儿，能拿多少拿多少，使用权同权同价，大口大口呼吸。",
        "最高人民法院人民法院对外委托鉴定管理规定，眼科医师分会委员会委员，锟斤拷锟斤拷",
        "被告人赵某某、赵某某均已归案。",
    ],
    in_register={Register.CLASSICAL: None, Register.SPOKEN: Tier.REPORT},
)
def doubled_phrase(view: View) -> Iterator[Proposal]:
    """Two to nine ideographs and their copy, side by side or as items of a list."""
    text = view.text
    for period in range(2, _LONGEST_PHRASE + 1):
        for start, stop in _repeats(view, period, period if period < 4 else period - 1):
            whole = stop - start >= 2 * period
            removal = _phrase(view, start, stop, period) if whole else None
            removal = removal or _listed(text, start, stop, period)
            if removal and "某" not in text[start:stop]:  # 赵某某、赵某某 are two
                yield removal


@rule(
    "R003",
    Tier.SUGGESTED,
    reason="Every character of a word is doubled, as where a bold face was printed twice, and the "
    "word is none that Chinese doubles so and stands elsewhere in the text.",
    reason_zh="词中每个字都重复一次（如粗体叠印所致），而该词没有这种重叠形式。",
    examples=[
        (
            "关口前移，门门诊诊的发热患者，除需住院的以外，均在门诊随访。",
            "关口前移，门诊的发热患者，除需住院的以外，均在门诊随访。",
        ),
        ("患患者者入院后，由专家会诊，患者满意。", "患者入院后，由专家会诊，患者满意。"),
    ],
    counter_examples=[
        "大家高高兴兴、认认真真、扎扎实实、平平安安、进进出出、明明白白。",
        "千千万万的家家户户，形形色色的方方面面，里里外外干干净净。",
        "实实在在的成效，点点滴滴的进步，许许多多的年年岁岁，大大小小的男男女女。",
        "中门寺村村委委员李巧玲站在高地上。",
        "牛羊干干净净，回圈族族群群。山下族群很多。",
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
        # 内内外外, 真真正正: as 里里外外, 真真切切.
        if are_contrasts(first, final) or may_be_reduplicated(first, final):
            continue
        if single not in text or _is_parallel(text, start, stop):
            continue
        if not (hardly_doubled(first, False, True) or hardly_doubled(final, True, False)):
            continue
        evidence = (
            f"{single} stands elsewhere, and no clean prose doubles it character by character"
        )
        yield Proposal(start, stop, single, evidence, 0.9)


def _is_parallel(text: str, start: int, stop: int) -> bool:
    """Whether a doubled word ends its clause as one that Chinese doubles so ends the clause beside
    it: 野兽双双对对，回窝族族群群。
    """
    if text[stop : stop + 1] not in _MARKS:
        return False
    beside = text[max(0, start - _CLAUSE) : start], text[stop : stop + _CLAUSE]
    return any(
        is_reduplicated(match[1] + match[2]) for side in beside for match in _AABB.finditer(side)
    )


#: Characters of a clause of verse, and of its mark and that of the clause before.
_CLAUSE = 10
_AABB = pattern(rf"([{IDEOGRAPH_CLASS}])\1([{IDEOGRAPH_CLASS}])\2(?=[{_CLAUSE_END}])")


@rule(
    "R004",
    Tier.SUGGESTED,
    in_register={Register.SPOKEN: Tier.REPORT},
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
        "众人齐声道：“今年好大的一场雪！今年好大的一场雪！”便散了。",
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


def _twins(view: View) -> list[tuple[int, int]]:
    """Spans of one character, twice or more."""
    return list(_repeats(view, 1, 1))


def _doubles(view: View) -> list[tuple[int, int]]:
    """Spans of one ideograph, twice or more."""
    text = view.text
    return [span for span in view.once(_twins) if "\u3400" <= text[span[0]] <= "\u9fff"]


def _phrase(view: View, start: int, stop: int, period: int) -> Proposal | None:
    """A phrase and its copies without a mark between, if nothing speaks for them."""
    text = view.text
    if not _HAN.fullmatch(text, start, stop):
        return None
    before, after = text[max(start - 1, 0) : start], text[stop : stop + 1]
    unit = text[start : start + period]
    confidence = 0.9
    # 总队总队长, 南苏丹苏丹: part of a longer word.
    if is_longer_word(before + unit) or is_longer_word(unit + after) or after in _HOLDERS:
        return None
    if len(set(unit)) == 1 or _COUNTING.search(unit):
        return None
    # 项目的目的, 高[等教育等教育]机构: the phrase begins with a word's end.
    within = is_word(before + unit[0])
    if period == 2 and never_doubled(unit):
        # Before a mark it is speech, as it is of what one may do for a while.
        if within or (stop - start) % 2 or unit in _LONG_VERBS:
            return None
        if not (after.isalnum() or after == " "):
            return None
    elif period == 2:
        # 获[评省评省]级: no reading has a word in it, but the end of it makes one.
        turned = unit[1] + unit[0]
        if (stop - start) % 2 or is_word(unit) or is_word(turned) or _FUNCTION.search(unit):
            return None
        if not (is_word(text[stop - 1] + after) and _has_witness(view, start, unit)):
            return None
    elif within or after.isalnum() or not _has_witness(view, start, unit):
        # 最高[人民法院人民法院]对外……: before a word two names may have met.
        return None
    elif (period < 5 and _FUNCTION.search(unit)) or _begins_within_word(unit):
        return None
    if may_be_name(text, start, max(start - 3, 0)):
        return None
    return _removal(start + period, stop - (stop - start) % period, unit, confidence)


def _begins_within_word(unit: str) -> bool:
    """Whether what is repeated may begin within a word: 分会[委员会委员会], read from 会."""
    return is_word(unit[1:3]) and not is_word(unit[:2])


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
        if extra == lag and _CRIED.match(lead[-1:] + text[stop : stop + 2]):
            continue  # “好大的雪！好大的雪！”: what somebody cries twice
        if stop < len(text):
            yield _removal(starts[copy] - 1, stop, unit)


_CRIED = pattern("[“‘「『][！？][”’」』]")


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
