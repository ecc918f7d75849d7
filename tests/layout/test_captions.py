from __future__ import annotations

import pytest

from textclean.layout.captions import Role, begins_item, role

ROLES = {
    "大美汝州 王庆 摄": Role.CREDIT,
    "记者 陈成成 通讯员 林永谊 许正智": Role.CREDIT,
    "融媒体中心记者 郭营战": Role.CREDIT,
    "(本报记者刘尚整理)": Role.CREDIT,
    "（责任编辑：周文涛）": Role.CREDIT,
    "新华社发": Role.CREDIT,
    "文/图 李敏": Role.CREDIT,
    "来源：江南日报": Role.CREDIT,
    "市人民医院深夜检测": Role.LINE,
    "总院专家到分院指导诊疗": Role.LINE,
    "深化改革 克难攻坚": Role.LINE,
    "图为市民在参观展览。": Role.LINE,
    "12": Role.PAGE_NUMBER,
    "— 22 —": Role.PAGE_NUMBER,
    "第3页": Role.PAGE_NUMBER,
    "## 丰收时节": Role.STRUCTURE,
    "- 完善社区卫生服务": Role.STRUCTURE,
    "门诊人次    3200    4100": Role.STRUCTURE,
    "| 年份 | 数量 |\n| --- | --- |\n| 2020 | 35 |": Role.STRUCTURE,
    "尊敬的各位业主：": Role.SET_LINES,
    "2023年5月6日": Role.SET_LINES,
    "床前明月光\n疑是地上霜\n举头望明月\n低头思故乡": Role.SET_LINES,
    "湖北省武汉市武昌区\n东湖路181号\n长江出版社 编辑部收": Role.SET_LINES,
    "开到湖北、武汉客运班车。": Role.PROSE,
    "卡点监测排查 ,宣传防控政策和防护知识。": Role.PROSE,
    "**以夯实为目标**  \n目前,全市已连续两年将乡卫生院": Role.PROSE,
    "他是一名记者，每天清早出门，深夜才回来。": Role.PROSE,
    "全市图书馆去年接待读者一百二十万\n人次，比前年增长两成；推进总分馆\n制建设。": Role.PROSE,
    "": Role.STRUCTURE,
}


@pytest.mark.parametrize(("text", "expected"), ROLES.items(), ids=str)
def test_what_a_block_is(text, expected):
    assert role(text) is expected


@pytest.mark.parametrize(
    "text", ["一、总则", "（二）保障措施", "1. 目标", "第三条 本法", "——为民", "①"]
)
def test_items_begin_with_a_number_or_a_dash(text):
    assert begins_item(text)


@pytest.mark.parametrize("text", ["一体化服务", "2021年7月", "第一时间", "12家医院", "3.5万人"])
def test_a_number_in_prose_begins_no_item(text):
    assert not begins_item(text)
