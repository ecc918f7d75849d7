"""Units that name or enumerate behind a single Chinese numeral: 六院, 三期, 两国, 四面."""

from __future__ import annotations

#: Those that a single Chinese numeral does not count.
NAMING_UNITS = frozenset(
    "院馆校厂店村镇乡县市区省州岛湖河站港闸坝井库国号星点线楼山战胜负球冠字词室厅卫厨手代辈等路师军连营团旅班排"
    "队味服口眼期里度头圈车包贴旬季面方角分双桥隧令桌弹箭枪炮拳脚掌腿剑鞭棍棒斧锤声响环式招曲出版集周色街道社区"
) | {
    "社区",
    "街道",
    "机组",
    "等级",
    "星级",
    "年级",
    "车道",
    "号线",
    "楼层",
    "院",
    "维",
    "元组",
    "进制",
}
