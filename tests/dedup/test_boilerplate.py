"""Lines of pages among documents: which are boilerplate, and which mean something where they stand.

The documents are made of the seeds' paragraphs, with lines planted at their ends.
"""

from __future__ import annotations

import random

import pytest

from tests.corpus.paragraphs import PARAGRAPHS
from textclean import deduplicate
from textclean.dedup import Deduplicated, deduplicate_documents
from textclean.dedup.furniture_signs import Sign, sign_of
from textclean.dedup.records import Boilerplate, End

PROSE = [text for text in PARAGRAPHS if "\n" not in text and len(text) > 60 and "。" in text]


def body(number: int, paragraphs: int = 5) -> list[str]:
    """The paragraphs of a document of its own."""
    return PROSE[number * paragraphs : (number + 1) * paragraphs]


def pages(count: int, head: list[str], foot: list[str], between: str = "") -> list[str]:
    """Documents that stood on pages alike."""
    texts = []
    for number in range(count):
        lines = body(number)
        lines[3:3] = [between] if between else []
        texts.append("\n".join([*head, *lines, *foot]))
    return texts


def found(texts: list[str]) -> dict[str, Boilerplate]:
    return {line.text: line for line in deduplicate(texts, unit="document").boilerplate}


@pytest.mark.parametrize(
    "line",
    [
        "首页 > 新闻 > 国内",
        "首页 | 要闻 | 地方 | 专题 | 视频",
        "当前位置：首页 › 健康 › 养生",
        "打印本页　关闭窗口",
        "设为首页 | 加入收藏",
    ],
)
def test_a_line_before_the_text_is_boilerplate_however_short(line: str) -> None:
    ((text, one),) = found(pages(6, [line], [])).items()
    assert (text, one.documents, one.end) == (line, 6, End.HEAD)
    assert [place.key for place in one.places] == list(range(6))


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑：张三",
        "（文字编辑：李四）",
        "编辑：王五　校对：赵六",
        "版权所有 未经书面许可不得转载",
        "Copyright © 2020 某某网 All Rights Reserved",
        "京ICP备10000001号 京公网安备11010102000001号",
        "扫描二维码，关注本报微信公众号",
        "本文仅代表作者观点，与本站立场无关。",
        "本网站所载文章如有侵权，请及时联系我们删除。",
        "转载请注明出处。",
        "上一篇：无",
        "免责声明：本平台发布的信息仅供参考，据此作出的任何决定与本平台无关。",
        "违法和不良信息举报电话：010-55550100",
    ],
)
def test_a_line_behind_the_text_is_boilerplate_however_short(line: str) -> None:
    ((text, one),) = found(pages(6, [], [line])).items()
    assert (text, one.documents, one.end) == (line, 6, End.FOOT)


def test_an_advertisement_is_boilerplate_in_the_middle_of_a_text() -> None:
    texts = pages(6, [], [], between="【广告】限时优惠，全场五折起，先到先得！")
    (one,) = found(texts).values()
    assert (one.documents, one.end) == (6, End.BETWEEN)
    for (number, start, end), text in zip(one.places, texts, strict=True):
        assert text[start:end] == one.text
        assert texts[number] == text


def test_beyond_the_frame_of_a_page_nothing_of_a_text_comes() -> None:
    foot = ["版权所有：某某市卫生健康委员会", "和平路12号", "邮政编码 100000"]
    assert set(found(pages(5, ["健康周刊", "首页 > 健康"], foot))) == {
        "健康周刊",
        "首页 > 健康",
        *foot,
    }
    # Without it the same lines may say anything.
    assert not found(pages(5, ["健康周刊"], foot[1:]))


@pytest.mark.parametrize(
    "line",
    [
        "（一）",
        "（一）总体要求",
        "一、总体要求",
        "第一章 总则",
        "第十条 未经许可，不得复制、发行其作品。",
        "附则",
        "附件：",
        "目录",
        "本法自2020年1月1日起施行。",
        "本办法自发布之日起施行。",
        "2020年1月3日",
        "二〇二〇年一月三日",
        "各位代表：",
        "特此通知。",
        "谢谢大家！",
        "（完）",
        "民事判决书",
        "本院认为",
        "姓名：",
        "性别：男",
        "联系电话：",
        "男 | 女",
        "优 | 良 | 中 | 差",
        "记者：欢迎关注本报。",
        "甲 > 乙 > 丙",
        "救援进行时·新闻特写",
        "国务院办公厅",
        "审判长 张三",
        "建议定期复查，不适随诊。",
        "# 关于我们 | 联系我们",
        "| 首页 | 新闻 | 论坛 |",
        "- 首页 | 新闻 | 论坛",
        "    ",
    ],
)
def test_what_means_something_where_it_stands_is_none(line: str) -> None:
    for texts in (pages(12, [line, ""], []), pages(12, [], ["", line]), pages(12, [], [], line)):
        assert not found(texts)


def test_code_is_none() -> None:
    assert not found(pages(5, [], ["```", "版权所有 未经书面许可不得转载", "```"]))


def test_a_source_that_differs_says_something() -> None:
    assert set(found(pages(6, [], ["来源：新华社"]))) == {"来源：新华社"}
    texts = pages(6, [], ["来源：新华社"])
    texts[5] = texts[5].replace("新华社", "人民网")
    assert not found(texts)


def test_who_edited_a_page_may_differ() -> None:
    texts = pages(8, [], ["责任编辑：张三"])
    texts[4:] = [text.replace("张三", "李四") for text in texts[4:]]
    assert {line: one.documents for line, one in found(texts).items()} == {
        "责任编辑：张三": 4,
        "责任编辑：李四": 4,
    }


def test_a_long_line_at_the_end_of_half_of_the_documents_needs_no_sign() -> None:
    line = "这里记录每周值得分享的科技内容，每逢周五的早晨与各位读者准时见面，风雨无阻。"
    texts = pages(12, [line], [])
    assert set(found(texts)) == {line}
    # Fewer may have said it themselves; and here and there, it is part of what they say.
    assert not found(texts[:9])
    scattered = [
        "\n".join([*text.split("\n")[1:][: n % 6], line, *text.split("\n")[1:][n % 6 :]])
        for n, text in enumerate(texts)
    ]
    assert not found(scattered)


def test_two_documents_are_not_many_and_equal_ones_are_one() -> None:
    texts = pages(2, ["首页 > 新闻 > 国内"], [])
    assert not found(texts)
    assert not found(texts * 3)
    assert not found([])


def test_a_document_of_nothing_else_is_no_witness() -> None:
    texts = pages(3, ["首页 > 新闻 > 国内"], [])
    assert found([*texts, "首页 > 新闻 > 国内\n"])["首页 > 新闻 > 国内"].documents == 3


def test_versions_of_a_text_share_what_they_say() -> None:
    """Nine tenths of each version stand in the others, and none of it is boilerplate."""
    text = ["某某条例", *PROSE[:20], "来源：某某市政府"]
    versions = ["\n".join([*text[:n], PROSE[30 + n], *text[n + 1 :]]) for n in range(1, 9)]
    assert not found(versions)


def test_the_order_of_documents_does_not_matter() -> None:
    texts = pages(7, ["首页 > 新闻 > 国内"], ["责任编辑：张三"])
    before = found(texts)
    random.Random(4).shuffle(texts)
    after = found(texts)
    assert {(one.text, one.documents, one.end) for one in before.values()} == {
        (one.text, one.documents, one.end) for one in after.values()
    }


def test_width_and_spaces_do_not_make_another_line() -> None:
    texts = pages(8, [], ["责任编辑：张三"])
    texts[4:] = [text.replace("责任编辑：张三", "责任编辑: 张三") for text in texts[4:]]
    (one,) = found(texts).values()
    assert (one.text, one.documents) == ("责任编辑：张三", 8)


def test_documents_in_blocks_and_ids_name_the_places() -> None:
    documents = [["首页 > 新闻 > 国内", *body(number), "责任编辑：张三"] for number in range(4)]
    result = deduplicate_documents(documents)
    assert {one.text: [place.key for place in one.places] for one in result.boilerplate} == {
        "首页 > 新闻 > 国内": [0, 7, 14, 21],
        "责任编辑：张三": [6, 13, 20, 27],
    }
    texts = pages(3, ["首页 > 新闻 > 国内"], [])
    named: Deduplicated[str] = deduplicate(texts, unit="document", ids=["a", "b", "c"])
    assert [place.key for place in named.boilerplate[0].places] == ["a", "b", "c"]


def test_paragraphs_of_one_document_have_none() -> None:
    assert deduplicate(["责任编辑：张三"] * 5).boilerplate == []


def test_signs_are_told_apart() -> None:
    assert sign_of("首页 > 新闻") is Sign.FRAME
    assert sign_of("责任编辑：张三") is Sign.PAGE
    assert sign_of("来源：新华社") is Sign.SOURCE
    assert sign_of("（一）未经许可不得转载") is None


def test_long_lines_of_menus_take_no_long_time() -> None:
    """None of these would end before the night if an item were tried with and without its space."""
    for line in ("首页" + " | 新 闻" * 150 + "。", "首页 " + "新 > " * 240 + "，"):
        assert sign_of(line) is None
