"""Characters that say different things in the same place: none is misread for another."""

from __future__ import annotations

#: Countries and provinces by the one character that stands for each.
COUNTRIES = "中美英法德俄日韩朝意西葡荷加澳印越泰缅老柬菲新蒙哈塔巴阿伊土埃古"
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁苏浙赣鄂桂甘晋陕吉闽贵粤青藏川宁琼港澳台"
#: Characters that stand in the same places and say different things: opposites, members of a short
#: series, countries, provinces. No engine mistakes one for another of its group.
CONTRASTS = (
    *("春夏秋冬", "东南西北", "上中下", "前后", "左右", "内外", "早晚", "甲乙丙丁", "正副", "众参"),
    *("增减", "升降", "涨跌", "高低", "多少", "大小", "长短", "男女", "父母", "买卖", "有无"),
    *("胜负", "抵离", "进出", "来去", "开闭", "盈亏"),
    COUNTRIES,
    PROVINCES,
)
_PAIRS = {(one, other) for group in CONTRASTS for one in group for other in group if one != other}


def are_contrasts(one: str, other: str) -> bool:
    """Whether two characters are of one series: 春 and 秋, 中 and 美, 增 and 减."""
    return (one, other) in _PAIRS
