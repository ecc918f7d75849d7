"""Family X: redacted values, and the characters that redaction ate between them.

Nothing here guesses a value. Characters between two values are put back if only one reading is
plausible; several readings are reported, and the text stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from textclean.engine.rule import Proposal, View, rule
from textclean.engine.triggers import Trigger, one_of, starting_with, starting_with_any
from textclean.placeholders.placeholder import BARS, MASKS
from textclean.text.classes import SPACE_CLASS
from textclean.text.edit import Tier

if TYPE_CHECKING:
    from textclean.placeholders.placeholder import Placeholder

#: The least confidence at which characters are put back.
_SURE = 0.8
_RUN = f"[{MASKS}]"
#: What a text has in it if anything was eaten: a run of four, one of two or three before a unit of
#: time or age, one with spaces in it, a percentage at a line's end or before another value.
EATEN = (
    *starting_with_any(
        MASKS,
        rf"(?:{_RUN}{{3}}|{_RUN}[{SPACE_CLASS}]*(?:[日月岁周个]|\Z)| [{MASKS}.．%％‰]"
        rf"| ?[%％‰](?:[{SPACE_CLASS}]*(?:[\r\n]|\Z)|[^，。；：、,;:\s]))",
    ),
    *starting_with_any(".．", f" [{MASKS}.．%％‰]"),
)


# What finds placeholders is imported when it is asked for, for most texts have none.
def _placeholders(view: View) -> list[Placeholder]:
    from textclean.placeholders.detect import find

    return find(view.text)


def _eaten(view: View) -> list[Placeholder]:
    from textclean.placeholders.detect import find_eaten

    return find_eaten(view.text)


@rule(
    "X001",
    Tier.SUGGESTED,
    trigger=EATEN,
    reason="A redactor that masks digit by digit also ate single characters between two values, "
    "and full stops behind percentages: xxxxx月 was xxxx年x月.",
    reason_zh="逐字打码时，两个被遮数值之间的单个字和百分数后的句号也被吞掉：“xxxxx月”原为“xxxx年x月”。",
    examples=[
        ("截至xxxxx月底，该院门诊量达xx万人次。", "截至xxxx年x月底，该院门诊量达xx万人次。"),
        ("xxxxxx月以来，我国围绕“保健康”开展救治。", "xxxx年xx月以来，我国围绕“保健康”开展救治。"),
        ("先后驰援xxxx等地xx批次，共xxx人次。", "先后驰援xx、xx等地xx批次，共xxx人次。"),
        (
            "持续提升服务能力，全市医疗机构药物配置率达到xxx%\n\n下一段共xx家。",
            "持续提升服务能力，全市医疗机构药物配置率达到xxx%。\n\n下一段共xx家。",
        ),
    ],
    counter_examples=[
        "xxxx年x月，xx市卫生健康委新增床位xxxxx张。",
        "今年xxx日上午，xx区东部区域医共体xx总院挂牌。",
        "建档率xx%xx岁以上老年人健康管理xxxxx人。",
        "居民健康素养水平达到xx.x%，每千人口拥有床位数x.xx个。",
        "x轴与y轴的交点，2x2的矩阵，XX染色体",
    ],
)
def eaten_structure(view: View) -> Iterator[Proposal]:
    """``xxxxx月`` → ``xxxx年x月``."""
    for eaten in view.once(_eaten):
        if eaten.confidence >= _SURE and eaten.certain:
            best = eaten.candidates[0]
            evidence = f"{eaten.type}: the redactor ate what stood between its parts"
            yield Proposal(eaten.start, eaten.end, best.text, evidence, best.score)


@rule(
    "X002",
    Tier.REPORT,
    trigger=EATEN,
    reason="Something stood between the values of this run, but more than one reading is left; "
    "only the source knows which.",
    reason_zh="这串占位符中间缺了内容，但有不止一种可能，只有原文知道是哪一种。",
    examples=[("今年xxx日上午，xx区东部区域医共体挂牌。", "xxx")],
    counter_examples=["xxxxx月，xx市第一医院被评为试点医院。", "到xxxx年底，覆盖率达到xx%以上。"],
)
def ambiguous_structure(view: View) -> Iterator[Proposal]:
    """``xxx日``: x月xx日 or xx月x日."""
    for eaten in view.once(_eaten):
        if eaten.changed and eaten.confidence >= _SURE and not eaten.certain:
            readings = ", ".join(f"{each.text} ({each.score:.2f})" for each in eaten.candidates)
            yield Proposal(
                eaten.start, eaten.end, eaten.text, f"{eaten.type}: {readings}", eaten.confidence
            )


@rule(
    "X003",
    Tier.REPORT,
    trigger=(
        one_of(MASKS + BARS + r"某\[［<{"),
        Trigger("[A-Z][总主新]"),
        starting_with("【", r"[^\x00-\x7f，。】]{2,8}】"),
    ),
    reason="A value was redacted here; `textclean restore` puts it back from a table or from a "
    "copy that still has it. Each value is noted once, where it is first masked, with the number "
    "of its places; masks that nothing tells apart (xx before 市) are noted together. Blanks of "
    "forms are none.",
    reason_zh="此处的数值或名称被遮盖；可用 textclean restore 依据数值表或未遮盖的副本还原。"
    "同一个值只在首次出现处报告一次，并注明次数；无从区分的同类遮盖合并报告；表格中待填的空白不算。",
    examples=[
        ("全市共有xx家综合医院设立老年医学科。", "xx"),
        ("认真贯彻落实A总书记重要指示精神。", "A"),
        ("被告人李某某归案后，李某某如实供述。", "李某某"),
        ("联系电话138****1234，请拨打。", "138****1234"),
    ],
    counter_examples=[
        "他做了X光检查，又拍了x射线片。",
        "某市一名男子酒后驾车被查获。",
        "A股、B超、C区、T恤都不是人名。",
        "尺寸为3×4厘米，共2x2块。",
        "**重点**：第一项*注*",
        "某种程度上，某些人认为这样更好。",
        "甲方：________，签订日期：__年__月__日",
        "□是 □否（请打√）",
    ],
)
def placeholder(view: View) -> Iterator[Proposal]:
    """Every redacted value once, with its type and the number of its places."""
    redacted = [each for each in _placeholders(view) if not (each.changed or each.is_blank)]
    slots = Counter(each.slot for each in redacted)
    # A slot of several places says by itself what it is; others are one note if they look alike.
    keys = [
        each.slot if slots[each.slot] > 1 else (each.type, each.mask, each.text)
        for each in redacted
    ]
    places = Counter(keys)
    for each, key in zip(redacted, keys, strict=True):
        count = places.pop(key, 0)
        if count:
            times = f", {count} times" if count > 1 else ""
            yield Proposal(
                each.start, each.end, each.text, f"redacted: {each.type}{times}", each.confidence
            )
