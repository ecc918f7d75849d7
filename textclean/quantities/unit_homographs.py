"""Characters that look like units and are not: 六院, 三期, 两国, 四面; 超26万 首都…"""

from __future__ import annotations

from textclean.quantities.numerals import Number
from textclean.quantities.units import Category
from textclean.text.classes import is_han
from textclean.text.words import is_word

#: Units that a single Chinese numeral does not count.
NAMING_UNITS = frozenset(
    "院馆校厂店村镇乡县市区省州岛湖河站港闸坝井库国号星点线楼山战胜负球冠字词室厅卫厨手代辈等路师军连营团旅班排"
    "队味服口眼期里度头圈车包贴旬季面方角分双桥隧令桌弹箭枪炮拳脚掌腿剑鞭棍棒斧锤声响环式招曲出版集周色街道社区"
) | {
    *("社区", "街道", "机组", "等级", "星级", "年级", "车道", "号线", "楼层", "元组", "进制"),
    *("院", "维"),
}

# Units that are often set off from their number by a space, and hardly begin words then.
_COMMON = frozenset("个名种例条项家人次岁年月天元户吨亩米")


def begins_a_word(
    text: str, at: int, number: Number, power: int, category: Category, *, digits: bool
) -> bool:
    """Whether the unit of one character at `at`, behind a space, begins a word instead.

    Behind Chinese numerals and magnitudes only the commonest units are set off by a space (第二
    市场化运作, 之二 对…, 超26万 首都…). A decimal without a magnitude is the number of a heading
    (4.2 所有…). `power` is the power of ten of the number's magnitude.
    """
    unit = text[at]
    if not is_han(unit) or not is_han(text[at + 1 : at + 2]):
        return False
    bare = digits and not power
    if bare and number.precision < 0 and category is Category.COUNTER:
        return True
    if unit not in _COMMON:
        return not bare or is_word(text[at : at + 2])
    return not bare and is_word(text[at : at + 2])
