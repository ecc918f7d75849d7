"""Lists of names and words that several packages go by: there is no other copy of them."""

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
#: The hundred most frequent surnames, of 85 in a hundred people, in order (Ministry of Public
#: Security, 《二〇二〇年全国姓名报告》).
FREQUENT_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任"
    "卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
#: These and other surnames that are not everyday words: one of them before a character or two may
#: be a name, which is what keeps an edit from being made. As evidence for an edit it is weak: 于,
#: 任, 向, 常, 万 and 方 are words more often than names.
SURNAMES = frozenset(
    FREQUENT_SURNAMES
    + "汤温洪欧康施牛倪章鲁葛柳岳齐庄樊兰翟申耿焦祝骆甘裴尚俞邢翁尤聂辛宁柯阮卓梅瞿凌霍殷冉"
    "傅乔易萧阎习"
)
#: More of them, which only tell two statements from two readings of one: the elements, the animals
#: of the years, countries that are seldom named by one character.
OPPOSITES = (
    *(
        "出入",
        "借贷",
        "加减乘除",
        "正反",
        "阴阳",
        "真假",
        "新旧",
        "冷热",
        "强弱",
        "轻重",
        "深浅",
        "远近",
    ),
    *(
        "快慢",
        "单双",
        "奇偶",
        "横纵",
        "收支",
        "存取",
        "输赢",
        "主客",
        "优劣",
        "升降",
        "你我他她",
        "这那",
    ),
    *(
        "氢氧氮氟氯溴碘硫磷碳钠钾钙镁铝铁铜锌铅汞",
        "鼠牛虎兔龙蛇马羊猴鸡狗猪",
        "省市县区州盟旗镇乡村",
    ),
    COUNTRIES + "乌智秘刚冈坦莫赞肯苏叙黎约沙匈捷瑞挪丹芬",
)
#: Words of which one in the place of another turns a statement round, or is about something else.
OPPOSITE_WORDS = (
    *(
        "增加",
        "减少",
        "提高",
        "降低",
        "上升",
        "下降",
        "增长",
        "下滑",
        "扩大",
        "缩小",
        "支持",
        "反对",
        "同意",
        "拒绝",
    ),
    *(
        "赞成",
        "否决",
        "通过",
        "确诊",
        "疑似",
        "必须",
        "可以",
        "应当",
        "不得",
        "禁止",
        "允许",
        "加强",
        "削弱",
        "解除",
    ),
    *(
        "发布",
        "开始",
        "结束",
        "开放",
        "关闭",
        "成功",
        "失败",
        "肯定",
        "否定",
        "有效",
        "无效",
        "合法",
        "非法",
        "原告",
    ),
    *(
        "被告",
        "上午",
        "下午",
        "今天",
        "昨天",
        "明天",
        "去年",
        "今年",
        "明年",
        "会见",
        "会谈",
        "迎接",
        "欢送",
        "出席",
    ),
    *(
        "大会",
        "会议",
        "第一",
        "第二",
        "左侧",
        "右侧",
        "阴性",
        "阳性",
        "死亡",
        "受伤",
        "治愈",
        "出院",
        "入院",
        "买入",
    ),
    *(
        "卖出",
        "进口",
        "出口",
        "收入",
        "支出",
        "盈利",
        "亏损",
        "部分",
        "全部",
        "先生",
        "女士",
        "主席",
        "总理",
        "总统",
    ),
)
#: Characters that deny what follows them.
NEGATIONS = "不未没无非勿莫毋否"
#: With these the names of places end.
PLACES = "省市县区州盟旗镇乡村国"
#: With these words the names of organisations end.
ORGANISATIONS = (
    *(
        "银行",
        "大学",
        "公司",
        "法院",
        "医院",
        "学院",
        "集团",
        "中学",
        "小学",
        "学校",
        "政府",
        "协会",
        "学会",
    ),
    *(
        "商会",
        "工会",
        "总局",
        "分局",
        "支队",
        "总队",
        "检察",
        "出版",
        "证券",
        "保险",
        "基金",
        "电视",
        "日报",
    ),
    *("晚报", "党委", "人大", "政协", "军委", "员会", "部门", "主管", "机关", "机构"),
)
_PAIRS = {(one, other) for group in CONTRASTS for one in group for other in group if one != other}


def are_contrasts(one: str, other: str) -> bool:
    """Whether two characters are of one series: 春 and 秋, 中 and 美, 增 and 减."""
    return (one, other) in _PAIRS
