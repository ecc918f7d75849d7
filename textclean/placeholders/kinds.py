"""The type of a run, from its form and the words around it.

First comes what is certain by form or by the unit behind it (per cent, 岁, 月, 亿元; the units are
those of `quantities.units`). The rest is one question, number or name, which `context_odds`
answers; last, of names, whether a place, a person or a people.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from textclean.placeholders.context_odds import LINE_END, Context
from textclean.placeholders.fields import ORGANISATION_BEHIND, PARTY_BEFORE, TITLE_BEHIND
from textclean.placeholders.placeholder import BARS
from textclean.placeholders.placeholder import PlaceholderType as Type
from textclean.quantities import units
from textclean.quantities.units import Category, Unit
from textclean.text.classes import is_han
from textclean.text.patterns import pattern
from textclean.text.words import is_word


class Classification(NamedTuple):
    """A type, and how sure it is: 0 to 1."""

    type: Type
    confidence: float


_BY_CATEGORY = {
    Category.TIME: Type.DURATION,
    Category.AGE: Type.AGE,
    Category.RATIO: Type.PERCENT,
    Category.CURRENCY: Type.MONEY,
    Category.COUNTER: Type.QUANTITY,
    Category.MEASURE: Type.QUANTITY,
}
# What may stand between a number and its unit: 余 万 (xxx余万人次), 多 (xxx多名), 个 (x个月).
_MAGNITUDE = pattern(r"[余多几来]?(?:[十百千]?[万亿]|[百千](?![分家里]))*[余多几来]?(?=\D|\Z)")

_MONEY_BEFORE = pattern(
    r"(?:资金|投资|补助|经费|收入|金额|贷款|拨款|产值|总额|债券|补贴|支出|费用|奖金|救助金|投入|结余|利润|价值|捐款|"
    r"造价|成本|税收)(?:共计|累计|合计|总计|约|近|超|超过|达|达到|共|为|了)?\Z"
)
_SPAN_BEFORE = pattern(
    r"(?:连续|未来|近|过去|历时|长达|满|每|用了?|超过|经过|为期|提前|工作|从业|服务|时隔|不到|不足|头|前|后|最近|今后|"
    r"持续|坚持|相隔|至少|最多|这|那|仅|共|约|了)\Z"
)
_SPAN_BEHIND = pattern(
    r"年(?:多来|来|多|内|后|间|期|时间|以内|以上|以后|之后|之内|之久|左右|的时间|有期|刑|任期|一[次个遍届]|余|制|级)"
)
_DATE_BEHIND = pattern(
    r"年(?:底|初|末|度|上半|下半|[一二三四]季|春|夏|秋|冬|全[年国省市]|以来|起|[0-9xX×＊*□]+月)"
)
# 号 says a day where something happens on it, and a number where something is called so.
_TODAY_BEFORE = pattern(
    r"(?:今[天日晨晚早]|昨[天日晚]|明[天日]|当地时间|日和|号[和至到])[（(]?\Z|[月号][、和至到—-]\Z"
)
_STREET_BEFORE = pattern(r"[街路巷弄栋幢楼里村组室道区院门台]\Z")
_DAY_BEHIND = pattern(
    r"号(?:，|表示|说|宣布|发表|发布|确认|报道|报告|上午|下午|晚|凌晨|早|起|前|至|到|开始|举行|召开|抵|会见|在|对|"
    r"称|通过|凌|中午|夜|清晨|以来|当天|介绍|强调|指出|公布|证实|向|将|开幕|闭幕|零时)"
)

_DOCUMENT_BEFORE = pattern(
    r"(?:[发办函令字文号]|〔[0-9x]{4}〕|（[0-9x]{4}）|规|电话|热线|手机|证号|账号|编号|代码|号码|拨打|邮编)[：:]?\Z"
)
_MINUTES = pattern(r"分(?![钟之为成别布配])")
_HOUR_BEFORE = pattern(
    r"(?:[上下中]午|[凌清]晨|[早晚]上?|[今昨明当][天日晨晚早]|傍晚|夜间?|时间|[日）)至到—-])\Z"
)
_COURT_BEHIND = pattern(r"[x×一-龥]{0,2}[民刑行执破知财][初终申再监执辖一二]")
_TRAIN_BEHIND = pattern(r"次(?:[特普动城快]?[快列]|航班|列车|高铁)")

#: What stands behind the name of a place; counted in prose, but for what the counts have not seen.
_PLACE_BEHIND = pattern(
    r"[省市县区镇乡村州旗盟屯]|自治[区州县旗]|新区|地区|街道|社区|大道|大街|小区|[南北东西中]?路(?!公交)|中学|小学|"
    r"幼儿园|[一二三四五六七八九十]院|卫生[院室所]|疾控|等地|班|[\u4e00-\u9fff]{0,4}(?:医院|大学|学院)|"
    r"中医药?(?!师|生)|模式|样板|经验|一方|籍|全[省市县区]|各地|人民(?!币)|行动|建设"
)
_PLACE_BEFORE = pattern(
    r"(?:[驻赴抵援在来离往]|健康|平安|法治|数字|美丽|支援|驰援|前往|来自|位于|地处|市|省|县)\Z"
)
_MEDICINE_BEHIND = pattern(r"）[医药]|[医药]）")

_TITLE = (
    r"(?:主席|总理|书记|部长|省长|主任|副主任|教授|记者|院士|医生|医师|护士长?|市长|县长|区长|镇长|乡长|局长|院长|委员长?|"
    r"常委|司长|处长|科长|站长|会长|所长|负责人|专家|同志|队长|经理|董事长|总裁|校长|园长|支书|村长|村民|居民|市民|职工|工人|"
    r"农民|学生|患者|病人|老人|女士|先生|委员|代表|研究员|代言人|发言人|老师|民警|司机|家属|儿子|女儿|丈夫|妻子|被告人?|原告|嫌疑人|审判[长员]|陪审员|书记员|法官助理|[被再审]*申请人|上诉人|代理人|检察员|公证员)"
)
_PERSON_BEFORE = pattern(rf"(?:{_TITLE}|(?:姓名|[人员者]|记者|主编)[：:])\Z")
_SPOKEN = (
    r"介绍|说[，。：“]?|表示|告诉|认为|坦言|感叹|感慨|强调|指出|回忆|笑着|激动|坚定|透露|解释|补充|称[，：“]|谈到|提到|呼吁|总结|"
    r"主持|出席|致辞|一行|同志|先生|女士|老人|书记|主任|等(?:一大批|领导|人|同志|专家)"
)
_PERSON_BEHIND = pattern(rf"(?:{_SPOKEN})")
_HIDDEN_BEHIND = pattern(rf"反映|称|诉|[，。、；：（）]|{LINE_END}|\Z")
_PERSON_WITH_TITLE = pattern(rf"(?:{_SPOKEN}|[，。、；：（）在向对就从于的和与及等]|{LINE_END}|\Z)")

_QUOTED_BEHIND = pattern(r"[\u4e00-\u9fff]{1,3}[”》」]")
_LARGE = pattern(r"大(?![学道街桥厦队赛剧连庆同理兴])")

#: By length of the run, tenths of log-odds for a number: a place is xx, now and then x or xxx.
_BY_LENGTH = {1: 0, 2: -8, 3: 5, 4: 8}


# Each round of cleaning asks again, mostly about the same runs.
@lru_cache(maxsize=4096)
def classify(run: str, mask: str, around: Context) -> Classification:
    """The type of a run of the redactor's character `mask`."""
    if run[-1:] in "%％‰" or "%" in run or "％" in run:
        mixed = run[-1:] not in "%％‰"
        return Classification(Type.COMPOSITE if mixed else Type.PERCENT, 0.97)
    if mask.isalpha() and mask not in "xX":
        is_person = around.right[:1] in "总主新某同先女"
        return Classification(Type.PERSON if is_person else Type.PLACE, 0.9)
    if "+" in run or "＋" in run or (run[0].isascii() and run[0].isalpha() and run[0] != mask):
        return Classification(Type.CODE, 0.95)
    if ":" in run or "∶" in run or "：" in run:
        return _of_colon(run, mask, around)
    if "·" in run or "・" in run or "•" in run:  # “x·xx”事故, named after its day
        return Classification(Type.MONTH_DAY if len(run) < 6 else Type.CODE, 0.85)
    number = _of_number(run, mask, around)
    length = run.count(mask)
    if number is not None and number.type is Type.QUANTITY and TITLE_BEHIND.match(around.right):
        number = None  # 位 and 名 count, 女士 does not
    if number is not None and (length != len(run) or run[0].isdigit()):
        return number
    if length != len(run):
        return Classification(Type.QUANTITY, 0.6)
    if number is not None and number.type is not Type.QUANTITY:
        return number
    score = around.number() + _BY_LENGTH.get(length, 10)
    if number is not None:
        score += 25
    if _PLACE_BEHIND.match(around.right):
        score -= 30
    party = bool(PARTY_BEFORE.search(around.left)) and not _PLACE_BEHIND.match(around.right)
    if party or (_PERSON_BEFORE.search(around.left) and _PERSON_BEHIND.match(around.right)):
        score -= 40
    organisation = bool(ORGANISATION_BEHIND.match(around.right))
    if organisation and (length < 5 or mask in BARS):
        return Classification(Type.ORGANISATION, 0.85)
    if around.left.endswith(("“", "《", "「")) and _QUOTED_BEHIND.match(around.right):
        score -= 50  # “xx班” is called so, it is not counted
    if number is not None and score > 0:
        return number
    if party or (mask in _SIGNS and length in (2, 3, 4) and _beside_a_person(around, length)):
        return Classification(Type.PERSON, 0.85)
    return _of_name(length, around, score)


#: Marks that hide names as often as digits.
_SIGNS = "×＊*□" + BARS


def _beside_a_person(around: Context, length: int) -> bool:
    """Whether what no unit follows is a person: 与×××并不相识, ××诉××; but not ××模式."""
    if _PLACE_BEHIND.match(around.right):
        return False
    if length == 3 and _OWN_BEHIND.match(around.right):
        return True
    if _DOES_BEHIND.match(around.right) or TITLE_BEHIND.match(around.right):
        return True
    if around.left.endswith("诉") or (length == 3 and _LISTED.match(around.right)):
        return True
    return length == 3 and around.left[-1:] in (
        "与",
        "和",
        "向",
        "对",
        "由",
        "被",
        "、",
        "及",
        "将",
        "给",
    )


_LISTED = pattern(f"、[{_SIGNS}]{{2}}")
_OWN_BEHIND = pattern("的(?:再审|上诉|诉讼|起诉|申请|行为|陈述|证言|供述|辩|请求|[父母妻儿女夫])")
_DOES_BEHIND = pattern("诉|称|供|辩|与|向|到案|驾驶|系|犯")


def type_by_unit(around: Context) -> Type | None:
    """The type of a value by the unit behind it alone; None without one."""
    number = _of_number("xx", "x", around)
    return number.type if number is not None else None


def _of_colon(run: str, mask: str, around: Context) -> Classification:
    parts = run.replace("∶", ":").replace("：", ":").split(":")
    if "∶" not in run and all(len(part) == 2 for part in parts[1:]) and len(parts[0]) <= 2:
        return Classification(Type.CLOCK, 0.7)
    return Classification(Type.RATIO, 0.9)


def _of_number(run: str, mask: str, around: Context) -> Classification | None:
    """The type of a number, or None if the context does not allow one."""
    left, right = around
    length = run.count(mask) if mask in run else len(run)
    if left.endswith("第"):
        return Classification(Type.ORDINAL, 0.95)
    dated = _of_date(run, length, around)
    if dated is not None:
        return dated
    if right.startswith("号"):
        document = _DOCUMENT_BEFORE.search(left)
        day = left.endswith("月") or (
            length < 3
            and not (document or _STREET_BEFORE.search(left))
            and (_TODAY_BEFORE.search(left) or _DAY_BEHIND.match(right))
        )
        if day:
            return Classification(Type.DAY, 0.85)
        return Classification(Type.CODE, 0.92 if document else 0.8)
    if _COURT_BEHIND.match(right) and left[-1:] in "）)京津沪":
        return Classification(Type.CODE, 0.95)
    if _TRAIN_BEHIND.match(right) or (_DOCUMENT_BEFORE.search(left) and length > 4):
        return Classification(Type.CODE, 0.9)
    if right[:1] in "时点" and right[:2] not in ("时间", "时代", "时期", "点评", "点赞"):
        return Classification(Type.CLOCK, 0.8)
    if right.startswith(("个月", "周年")):
        return Classification(Type.DURATION, 0.95)
    unit, at = _unit(right)
    if unit is not None:
        kind = _BY_CATEGORY[unit.category]
        if kind is Type.PERCENT and unit.dimension != "ratio point":
            kind = Type.QUANTITY  # 倍, 番, 折
        sure = 0.95 if at or len(unit.name) > 1 or kind is Type.AGE else 0.85
        return Classification(kind, sure)
    if length == 1 and _LARGE.match(right):
        return Classification(Type.QUANTITY, 0.9)  # x大类, x大重点工程
    if at and not right.startswith(LINE_END):  # xxx万, and what is counted goes by another name
        return Classification(Type.MONEY if _MONEY_BEFORE.search(left) else Type.QUANTITY, 0.92)
    return None


def _of_date(run: str, length: int, around: Context) -> Classification | None:
    left, right = around
    head = right[:1]
    if head == "年":
        # A bar does not say how many digits it hides.
        if run[0] in BARS + "□" and not _SPAN_BEHIND.match(right):
            return Classification(Type.YEAR, 0.8)
        if length < 3 and right.startswith("年代"):
            return Classification(Type.YEAR, 0.9)
        if run[0].isdigit() and not run[:2].strip("1290"):
            return Classification(Type.YEAR, 0.95)
        if length >= 4 and "." not in run:
            return Classification(Type.YEAR, 0.97)
        if _DATE_BEHIND.match(right):
            return Classification(Type.YEAR, 0.8)
        span = _SPAN_BEFORE.search(left) or _SPAN_BEHIND.match(right) or length != 2
        return Classification(Type.DURATION, 0.9 if span else 0.6)
    if length == 4 and _CASE_BEHIND.match(right) and left.endswith(("（", "〔")):
        return Classification(Type.YEAR, 0.9)
    if (run[0].isdecimal() and len(run) == 4 and left.endswith(("〔", "（", "("))) or (
        length == 4 and right[:1] in "版级届" and left[-1:] in "（("
    ):
        return Classification(Type.YEAR, 0.9)
    if length == 4 and right[:1] in "”》" and is_han(left[-1:]):
        return Classification(Type.YEAR, 0.8)  # “健康中国xxxx”
    if 2 < length < 5 and _MINUTES.match(right) and _HOUR_BEFORE.search(left):
        return Classification(Type.CLOCK, 0.85)
    if head == "月" and not right.startswith(("月龄", "月嫂", "月饼")):
        if length >= 5:
            return Classification(Type.YEAR_MONTH, 0.97)
        return Classification(Type.MONTH, 0.9 if length < 3 else 0.6)
    if head == "日" and not _NO_DAY.match(right):
        if length >= 6:
            return Classification(Type.YEAR_MONTH_DAY, 0.97)
        if length >= 3:
            return Classification(Type.MONTH_DAY, 0.95)
        return Classification(Type.DAY, 0.9)
    return None


# （××××）最高法行申×号, 〔××××〕×号: a file has the year before its number.
_CASE_BEHIND = pattern(r"〕|）(?:最高法|[^，。；（）]{0,5}[民刑行执赔破知辖])")
_NO_DAY = pattern(r"日(?:本|常|均|报(?![道告])|前)")


def _unit(right: str) -> tuple[Unit | None, int]:
    """The unit at the head of `right`, and the length of the 余, 万 and the like before it."""
    if right.startswith(LINE_END):
        # A paragraph that a page's end broke goes on with the unit.
        match = units.match(right, 1)
        counts = match is not None and match.unit.category is Category.COUNTER
        return (match.unit, 1) if match is not None and counts else (None, 0)
    match = units.match(right)
    if (
        match is not None
        and match.end == 1
        and match.unit.category in (Category.MEASURE, Category.CURRENCY, Category.TIME)
        and is_word(right[:2])
        and right[0] not in "天秒"  # 天下, 天内: days all the same
    ):
        match = None  # 平 in 平台
    if match is not None and match.unit.category is not Category.CURRENCY:
        return match.unit, 0
    skipped = _MAGNITUDE.match(right)
    at = skipped.end() if skipped else 0
    if at:
        behind = units.match(right, at)
        if behind is not None:
            return behind.unit, at
    return (match.unit, 0) if match is not None else (None, at)


def _of_name(length: int, around: Context, score: int) -> Classification:
    """The type of a run without a unit: a name, or a number that names."""
    left, right = around
    if right.startswith(("族", "语", "裔")):
        return Classification(Type.ETHNICITY, 0.85)
    if length == 1 and left.endswith("（") and _MEDICINE_BEHIND.match(right):
        return Classification(Type.ETHNICITY, 0.8)
    place = bool(_PLACE_BEHIND.match(right))
    if not place and length < 4 and _PERSON_BEFORE.search(left) and _HIDDEN_BEHIND.match(right):
        return Classification(Type.PERSON, 0.85)
    if not place and (
        (_PERSON_BEFORE.search(left) and _PERSON_WITH_TITLE.match(right))
        or _PERSON_BEHIND.match(right)
        or left.endswith(("”", "」"))
    ):
        return Classification(Type.PERSON, 0.9 if length > 1 else 0.7)
    if place or (length < 3 and _PLACE_BEFORE.search(left)):
        return Classification(Type.PLACE, 0.9)
    if (length == 3 or length > 4) and is_han(right[:1]):
        return Classification(Type.CODE, 0.75)  # a telephone number, a model: xxx急救, xxx平台
    if score > 20:
        return Classification(Type.QUANTITY, 0.6)
    return Classification(Type.PLACE if length <= 4 else Type.UNKNOWN, 0.6)
