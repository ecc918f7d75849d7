"""Family Q: damage inside numbers and units, a style where one is chosen, and contradictions.

Damage is repaired only where `find` reads the repaired text as one expression with the value that
it read in the damaged one. No number is guessed: letters that look like digits are suggestions, and
contradictions between numbers are only reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import starmap
from typing import TYPE_CHECKING

from textclean.engine.rule import Proposal, View, rule
from textclean.engine.triggers import Trigger, matches, one_of, starting_with, starting_with_any
from textclean.quantities.alike_lines import alike_lines
from textclean.quantities.shapes import BEHIND_LARGE, ODD_DATE, PERCENT_SIGNS, POINTED, RANGE_MARKS
from textclean.text.classes import COMMON_HAN_CLASS, HAN_CLASS, count_han
from textclean.text.edit import Tier
from textclean.text.kinds.document import Register
from textclean.text.patterns import pattern

# Every cleaning loads the rules, but few texts need the grammar of numbers: so the rules import it
# when they run.
if TYPE_CHECKING:
    from textclean.config import Config
    from textclean.quantities import Quantity
    from textclean.quantities.units import UnitMatch

# Beside a number that no habit sets off by spaces.
_UNSPACED = pattern(f"[{HAN_CLASS}](?=[0-9])|[0-9](?=[{HAN_CLASS}])")
_GAP = pattern(f"(?<=[0-9{HAN_CLASS}])[ \u3000]+(?=[0-9{HAN_CLASS}])")
# 图2 所示, 6.18 本标准 …: what follows the space is another word. (No look-behind is as long.)
_HEADING = pattern(r"(?:^|[\r\n])[ \u3000]*\Z|[图表式章节]\Z")
_WORDS = frozenset(("idiom", "code"))
# Letters that engines read for digits, in a run with digits, before a unit or part of a date.
_LETTER = (
    r"[OoIl|](?:(?<=[0-9].)|(?=[0-9])|(?=\.[0-9l])|(?<=第.)"
    r"|(?<=l)(?=月[0-9])|(?<=[^\x00-\x7f]l)(?=O))"
)
_LETTER_BESIDE_DIGIT = pattern(_LETTER)
_RUN_OF_LOOKALIKES = pattern("[0-9OoIl|]*+\\Z")
_LOOKALIKE = pattern(
    r"(?<![A-Za-z0-9._/-])(?=[0-9]*[OoIl|])(?=[OoIl|]*[0-9])(?:[0-9OIl|]|o(?=[0-9])){2,12}"
    f"(?:\\.[0-9]+)?(?=[%％℃{HAN_CLASS}]|(?:k[gm]|m[mgLl]|cm|[kM]W)(?![A-Za-z0-9]))"
    rf"|(?<![A-Za-z0-9._/-])[OolI]\.[0-9l]{{1,6}}(?=[%％℃{HAN_CLASS}]|(?:k[gm]|m[mgLl]|cm)(?![A-Za-z0-9]))"
    rf"|(?<=[{HAN_CLASS}])lO{{1,3}}(?=[%％℃{HAN_CLASS}])"
    r"|(?<![A-Za-z0-9._/-])l(?=月[0-9])"
    # 第I章 may be a Roman numeral's.
    r"|(?<=第)(?=[0-9O]*l)[1-9l][0-9Ol]{0,3}(?=[章节条款项届次期卷册页回批])"
)
_DIGITS = str.maketrans("OoIl|", "00111")
_STOP = pattern(f"0。(?<![0-9.]0。)[0-9]{{1,4}}(?={POINTED})")


def _has_style(config: Config) -> bool:
    if config.style is None:
        return False
    from textclean.quantities.styles import named

    named(config.style)
    return True


# A space behind a digit or a word that numbers follow, in each of its widths.
_BEHIND_DIGIT = "(?<=[0-9月年第约近超].)[ \u3000]*+"
_NEAR_DIGIT = starting_with_any(" \u3000", f"{_BEHIND_DIGIT}(?=[{HAN_CLASS}0-9])")


@rule(
    "Q001",
    Tier.SAFE,
    reason="A space inside a number, a date or between a number and its unit, in a text that does "
    "not set numbers off by spaces: a line was justified or wrapped there.",
    reason_zh="数字、日期内部或数字与单位之间的空格，而全文并无在数字两侧加空格的习惯。",
    examples=[
        (
            "完成了15 个卫生室的改造，累计创成省级卫生村113 个。",
            "完成了15个卫生室的改造，累计创成省级卫生村113个。",
        ),
        ("截至4月22 日，市疾控中心已检测多份样本。", "截至4月22日，市疾控中心已检测多份样本。"),
        ("动员近700 名医护人员，搁置10 多年的项目。", "动员近700名医护人员，搁置10多年的项目。"),
    ],
    counter_examples=[
        "这台机器有 16 个核，每个核 2 个线程，共 32 个线程，用了 3 年。",
        "气温5 ℃，重5 kg，长3 m。",
        "方法 2 在删除前",
        "第1章 2020年工作回顾",
        "周刊2018年创办，这是第 377 期，已有1.2万人订阅。",
        "这是 15 个，那是16个，共有17个，另有18个，还有19个，再有20个。",
        "这栋是电梯房，容积3 十多层的，共2栋。",
        "新标准比C++98 多了3个特性。",
        "每年要做12 000例手术，共3个科室。",
    ],
    trigger=starting_with_any(" \u3000", _BEHIND_DIGIT + "(?=[^\x00-/:-\x7f])"),
)
def space_in_quantity(view: View) -> Iterator[Proposal]:
    """Spaces that lie inside one expression and are no habit of the text."""
    from textclean.quantities.finding import find
    from textclean.quantities.rewriting import is_torn, proven
    from textclean.quantities.spacing import sets_off_numbers
    from textclean.quantities.windows import sentences

    text = view.text
    gaps = sorted(gap.start() for gap in matches(_NEAR_DIGIT, text))
    if not gaps or (habit := sets_off_numbers(text)):
        return
    sets_apart = 2 * len(_APART.findall(text)) >= len(_BEHIND.findall(text))
    for low, high in sentences(text, gaps):
        sentence = text[low:high]
        quantities = find(sentence)
        changes = []
        for quantity in quantities:
            is_word = quantity.kind in _WORDS or not _GAP.search(quantity.text)
            set_off = (
                _SET_OFF.match(quantity.text)
                or _TWO_NUMBERS.search(quantity.text)
                or _SET_APART.search(quantity.text)
            )
            apart = sets_apart and sentence[quantity.start - 1 : quantity.start] == " "
            named = _NAME_BEFORE.search(sentence, max(0, quantity.start - 4), quantity.start)
            if is_word or set_off or is_torn(sentence, quantity.start, quantity.end):
                continue
            if apart or named:
                continue
            start, end = low + quantity.start, low + quantity.end
            # Where the text is too short for a habit, the expression's own numbers must show it;
            # where it has none, its line, which may be quoted from a text that has one.
            if habit is None:
                unspaced = _UNSPACED.search(text, max(0, start - 1), end)
            else:
                unspaced = view.of_line(_UNSPACED.search, start)
            if not unspaced:
                continue
            if not _HEADING.search(text, max(0, start - 8), start):
                changes.append((quantity, _GAP.sub("", quantity.text)))
        for quantity, after in proven(sentence, quantities, changes):
            for gap in _GAP.finditer(quantity.text):
                start, end = (low + quantity.start + at for at in gap.span())
                why = f"one expression: {after}"
                yield Proposal(start, end, "", why, group=low + quantity.start)


# With what misread units begin, where a number may end before it.
_DAMAGED = "[CDFGHKMNRTUWcdghkmouµμº˚゜°\u3380-\u33df](?<=[0-9万亿千百余多 \u3000].)"
_UNIT_START = pattern(_DAMAGED)
# A number that is no part of a name (米格-29M2), as far as its unit.
_NUMBER_BEFORE = pattern(
    f"(?<![A-Za-z_/.0-9])(?<![A-Za-z{HAN_CLASS}][-－–—])[0-9][0-9,.]*+[万亿千百余多]*+[ \u3000]?\\Z"
)
_LONGEST = 80
_OTHER_END = pattern(f"[ ]?[{RANGE_MARKS}]{{1,2}}[ ]?[0-9][0-9.,]*[ ]?")
_FIRST_END = pattern(rf"([A-Za-z/·²³]+)[ ]?[{RANGE_MARKS}]{{1,2}}[ ]?[0-9][0-9.,]*[ ]?\Z")


# 第 377 期: whoever types a space on both sides of a title's number means it.
_SET_OFF = pattern("第 [0-9]+ [^0-9 ]+\\Z")
# 容积3 十多层, C++98 多了: a number and another word.
_TWO_NUMBERS = pattern("[0-9][ \u3000]+[一二三四五六七八九十两廿卅]")
# 12 000例: thousands set apart.
_SET_APART = pattern("[0-9] [0-9]{3}(?![0-9])")
_NAME_BEFORE = pattern(r"[A-Za-z][+#_./-]*\Z")
# The space behind a number before Chinese, and that of a number with one on either side.
_BEHIND = pattern(f" (?<=[0-9] )(?=[{COMMON_HAN_CLASS}])")
_APART = pattern(f" [0-9.,]+ (?=[{COMMON_HAN_CLASS}])")


@rule(
    "Q002",
    Tier.SAFE,
    reason="A unit after a number as a compatibility character, with a lost superscript or in "
    "wrong case (㎡, m2, KM/H); GB 3101-1993 has m², km/h.",
    reason_zh="数字后的单位用了兼容字符、丢失上标或大小写错误（㎡、m2、KM/H），按国家标准改正。",
    examples=[
        ("建筑面积120㎡，占地3000m2。", "建筑面积120m²，占地3000m²。"),
        ("时速80KM/H，重5㎏，厚3㎜。", "时速80km/h，重5kg，厚3mm。"),
    ],
    counter_examples=[
        "面积120m²，时速80km/h，M2增长8%，型号为K2。",
        "续航电量为67.6 kwh～81 kWh，81 kWh至90 kwh。",
        "广义货币M2余额，苹果M2芯片，5G网络，3D打印。",
    ],
    trigger=Trigger(_DAMAGED),
)
def damaged_unit(view: View) -> Iterator[Proposal]:
    """Units whose form the table of units calls damaged."""
    from textclean.quantities import units

    text = view.text
    end = 0
    for match in _UNIT_START.finditer(text):
        at = match.start()
        if at < end:
            continue
        spelling = units.match(text, at)
        if (
            spelling is None
            or not spelling.damaged
            or text.startswith(("-", "_"), spelling.end)
            or not _NUMBER_BEFORE.search(text, max(0, at - _LONGEST), at)
            or _is_half_a_range(text, at, spelling)
        ):
            continue
        end = spelling.end
        name = spelling.unit.name
        yield Proposal(at, end, name, f"{text[at:end]} after a number is {name}")


def _is_half_a_range(text: str, at: int, spelling: UnitMatch) -> bool:
    """Whether the other end of a range has the unit in a form that stays (67.6 kwh～81 kWh)."""
    from textclean.quantities import units

    unit = spelling.unit
    behind = _OTHER_END.match(text, spelling.end)
    before = _FIRST_END.search(text, max(0, at - _LONGEST), at)
    forms = [before[1]] if before else []
    if behind and (other := units.match(text, behind.end())):
        forms.append(text[behind.end() : other.end])
    return any(form in unit.forms and form != unit.name for form in forms)


@rule(
    "Q003",
    Tier.SAFE,
    reason="A Chinese full stop between 0 and digits is a decimal point: no sentence ends in 0 so.",
    reason_zh="“0”与数字之间的句号是小数点之误。",
    examples=[("同比下降0。5个百分点，发病率为0。02%。", "同比下降0.5个百分点，发病率为0.02%。")],
    counter_examples=[
        "总数为100。5家医院参加。",
        "编号10。2020年启用。",
        "新增病例为0。2021年3月起执行。",
    ],
    trigger=starting_with("0", "。[0-9]"),
)
def full_stop_for_point(view: View) -> Iterator[Proposal]:
    """``0。5``: the digits behind make a unit's number, not a date or count that opens a clause."""
    for match in _STOP.finditer(view.text):
        at = match.start() + 1
        yield Proposal(at, at + 1, ".", f"decimal point in {match.group().replace('。', '.')}")


@rule(
    "Q004",
    Tier.SUGGESTED,
    reason="A letter among the digits of a number before a unit: OCR reads O, l and I for 0 and 1.",
    reason_zh="数字中夹有形近字母（O、l、I），应为 0、1。",
    examples=[
        ("共有l0人参加。", "共有10人参加。"),
        ("2O21年7月3O日", "2021年7月30日"),
        ("面积O.5亩。", "面积0.5亩。"),
        ("第l章 总则", "第1章 总则"),
        ("重l2kg，长O.5cm", "重12kg，长0.5cm"),
    ],
    counter_examples=[
        "O型血5人，A1人才，I类错误，3D打印，5G网络，l型",
        "COVID19疫情，H1N1流感，T10次列车",
        "姜|6|克",
        "第I章，CO.5人",
    ],
    trigger=Trigger(_LETTER),
)
def letter_for_digit(view: View) -> Iterator[Proposal]:
    """Runs of digits and look-alikes that are a number with a unit once they are read as digits."""
    from textclean.quantities.finding import find

    text = view.text
    end = 0
    for letter in _LETTER_BESIDE_DIGIT.finditer(text):
        if letter.start() < end:
            continue
        run_before = _RUN_OF_LOOKALIKES.search(text, max(end, letter.start() - 13), letter.start())
        match = _LOOKALIKE.match(text, run_before.start() if run_before else letter.start())
        if match is None:
            continue
        end = match.end()
        run = match.group()
        after = run.translate(_DIGITS)
        if after[0] == "0" and len(after) > 1 and not after.startswith("0."):
            continue
        if "|" in run and text[max(0, match.start() - 40) : end + 40].count("|") > 1:
            continue  # the bars of a table
        ordinal = "第" if text.startswith("第", match.start() - 1) else ""
        read = find(ordinal + after + text[match.end() : match.end() + 16])
        if not read or read[0].start or read[0].end <= len(ordinal + after):
            continue
        yield Proposal(match.start(), match.end(), after, f"reads {read[0].text}", confidence=0.9)


@rule(
    "Q010",
    Tier.SAFE,
    reason="A style was chosen, and a number is written otherwise. Every change is proven: value, "
    "unit, bound and precision read the same before and after.",
    reason_zh="按所选规范书写数字与单位；改前改后数值、单位、界限与精度均一致，否则不改。",
    examples=[
        ("接种年龄扩大至3-11岁。", "接种年龄扩大至3～11岁。"),
        (
            "2014-2016年增长18%-25%，每家补助2-5万元。",
            "2014—2016年增长18%～25%，每家补助2万～5万元。",
        ),
    ],
    counter_examples=[
        "“十三五”期间，推进一体化，三甲医院一网通办。",
        "见图3-5，电话0371-65651234，比分3-2，新冠病毒COVID-19。",
    ],
    options={"style": "gbt15835"},
    enabled=_has_style,
    trigger=one_of("0-9０-９一二三四五六七八九十百千万亿"),
)
def style(view: View) -> Iterator[Proposal]:
    """What the style in force writes otherwise, where it reads back the same."""
    from textclean.quantities.rewriting import rewritings
    from textclean.quantities.styles import named

    if view.config.style is None:
        return
    for start, end, after, quantity in rewritings(view.text, named(view.config.style)):
        yield Proposal(start, end, after, f"{quantity.kind} {quantity.text} reads the same")


@rule(
    "Q021",
    Tier.REPORT,
    reason="A date that no calendar has.",
    reason_zh="日历上不存在的日期。",
    examples=[("会议定于2月30日召开。", "2月30日")],
    counter_examples=["2020年2月29日24时，1月31日，12月31日。"],
    trigger=Trigger(ODD_DATE, "月"),
)
def impossible_date(view: View) -> Iterator[Proposal]:
    """Dates without a value: 30 February, 31 April, 29 February of a common year."""
    from textclean.quantities.contradictions import impossible_dates

    for quantity in impossible_dates(view.text):
        yield _report(quantity, "there is no such date")


@rule(
    "Q022",
    Tier.REPORT,
    reason="Parts of one unit, listed after 其中, come near their total and miss it, or exceed it.",
    reason_zh="“其中”所列各项之和与总数不符。",
    examples=[
        (
            "累计接种2625.83万剂次，其中第1剂1168.02万剂次，第2剂1115.68万剂次，"
            "第3剂55.68万剂次，加强针286.54万剂次。",
            "2625.83万剂次",
        )
    ],
    counter_examples=[
        "累计接种2625.83万剂次，其中第1剂1168.02万剂次，第2剂1115.68万剂次，"
        "第3剂55.68万剂次，加强针286.45万剂次。",
        "直接受损30台，其中报废14台。",
    ],
    trigger="其中",
)
def parts_and_total(view: View) -> Iterator[Proposal]:
    """Totals that their parts do not make."""
    from textclean.quantities.contradictions import wrong_totals

    return starmap(_report, wrong_totals(view.text))


@rule(
    "Q023",
    Tier.REPORT,
    reason="A share or a rate of a whole is above 100 per cent.",
    reason_zh="占比、接种率等不可能超过百分之百。",
    examples=[("接种率达到153.89%。", "153.89%")],
    counter_examples=[
        "完成目标任务的121.08%，同比增长150%，任务完成率100.05%，接种率91.45%，占比80%。"
    ],
    trigger=starting_with_any(PERCENT_SIGNS, BEHIND_LARGE),
)
def share_above_whole(view: View) -> Iterator[Proposal]:
    """Percentages above 100 where the word before says that they are a share."""
    from textclean.quantities.contradictions import shares_above_whole

    for quantity in shares_above_whole(view.text):
        yield _report(quantity, "no share of a whole is above 100%")


@rule(
    "Q024",
    Tier.REPORT,
    in_register={Register.TECHNICAL: None},  # lines of code and formulas are alike but for values
    reason="Two paragraphs that are else the same have different values in one place.",
    reason_zh="两段文字除一处数值外完全相同，数值互相矛盾。",
    examples=[
        (
            "2021年全市共建成养老托老床位3600多张，配置母婴室315个，覆盖率达到100%，超额完成任务。\n\n"
            "2021年全市共建成养老托老床位3600多张，配置母婴室375个，覆盖率达到100%，超额完成任务。",
            "375个",
        )
    ],
    counter_examples=[
        "2021年全市共建成养老托老床位3600多张，配置母婴室315个，覆盖率达到100%，超额完成任务。\n\n"
        "2021年全市共建成养老托老床位3600多张，配置母婴室315个，覆盖率达到100%，超额完成任务。",
        "第一条 罚款500元。\n第二条 罚款600元。",
    ],
    trigger="\n",
)
def two_values(view: View) -> Iterator[Proposal]:
    """The later of two values."""
    if not any(alike_lines(view.text)):
        return
    from textclean.quantities import contradictions

    for quantity, other in contradictions.two_values(view.text):
        # Rows of a listing are alike but for their numbers; only sentences contradict.
        if view.of_line(count_han, quantity.start) >= _FEWEST_HAN:
            yield _report(quantity, f"the same paragraph has {other.text} at {other.start}")


_FEWEST_HAN = 10


def _report(quantity: Quantity, why: str) -> Proposal:
    return Proposal(quantity.start, quantity.end, quantity.text, why)
