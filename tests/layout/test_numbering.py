"""The numbers that lines begin with, and the order of columns that they tell. Our own texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.layout.test_interleaving import rows, sorted_lines
from textclean.layout.numbering import Numbered, agreement, number_of

BUDGETS = [
    "第一条为了规范村级账目的公开，",
    "保障村民的知情权，制定本办法。",
    "第二条村民委员会每季度公布一次",
    "收支明细，张贴在村务公开栏内，",
    "张贴的时间不得少于十五日。",
    "第三条村务监督委员会应当在公布",
    "之前核对全部票据，核对的结果由",
    "全体成员签名，并存档备查。",
    "第四条村民对账目有疑问的，可以",
    "向村民委员会提出，村民委员会应",
    "当在十日内答复。",
]
COMPLAINTS = [
    "第五条村民对答复不满意的，可以",
    "向乡镇人民政府反映，乡镇人民政",
    "府应当派人调查，并公布结果。",
    "第六条任何人不得涂改、撕毁已经",
    "张贴的账目，违者由村民委员会批",
    "评教育，并责令恢复原状。",
    "第七条账目的保存期限不少于十年",
    "，期满之后由乡镇档案室接收。",
    "第八条本办法由县农业农村局负责",
    "解释，自公布之日起施行，此前的",
    "规定同时废止。",
]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("第十二条　村民委员会应当公布账目。", Numbered("article", 12)),
        ("　　第三章　法律责任", Numbered("chapter", 3)),
        ("（四）其他应当公开的事项。", Numbered("bracket", 4)),
        ("(7)其他费用", Numbered("bracket in digits", 7)),
        ("二、主要做法", Numbered("item", 2)),
        ("27．破坏电力设备罪", Numbered("item in digits", 27)),
        ("3.5万吨小麦已经入库", None),
        ("一九九四年七月，全县", None),
        ("本条例第八条规定的", None),
        ("（二〇一二年修订）", None),
        ("第一次世界大战以后", None),
        ("", None),
    ],
)
def test_the_number_that_a_line_begins_with(line: str, number: Numbered | None) -> None:
    assert number_of(line) == number


def articles(*values: int) -> list[Numbered]:
    return [Numbered("article", value) for value in values]


def test_columns_that_go_on_counting_agree() -> None:
    assert agreement([articles(1, 2, 3), articles(4, 5)]) == 1
    assert agreement([articles(4, 5), articles(1, 2, 3)]) == 0
    assert agreement([articles(1, 2), [], articles(3), articles(4)]) == 2


def test_columns_that_jump_ahead_or_begin_anew_say_nothing() -> None:
    assert agreement([articles(1, 2, 3), articles(9, 10)]) == 0
    assert agreement([articles(1, 2, 3), articles(1, 2)]) == 0


def test_columns_that_count_from_less_disagree() -> None:
    assert agreement([articles(4, 5), articles(2, 3)]) == -1


def test_numbers_of_two_forms_say_nothing_of_each_other() -> None:
    assert agreement([articles(1, 2, 3), [Numbered("item", 4)]]) == 0


@given(st.lists(st.integers(1, 30), max_size=8), st.integers(0, 8))
def test_one_column_alone_says_nothing(values: list[int], empty: int) -> None:
    assert agreement([[]] * empty + [articles(*values)]) == 0


@given(st.text(max_size=40))
def test_any_line_has_one_number_or_none(line: str) -> None:
    number = number_of(line)
    assert number is None or number.value >= 0


def test_the_column_with_the_first_articles_is_read_first_wherever_it_stands() -> None:
    # Some programs read the rows of a page from the right.
    text = rows(COMPLAINTS, BUDGETS)
    assert sorted_lines(text) == [*BUDGETS, *COMPLAINTS]


def test_columns_of_articles_in_their_order_keep_it() -> None:
    assert sorted_lines(rows(BUDGETS, COMPLAINTS)) == [*BUDGETS, *COMPLAINTS]


def test_articles_that_are_read_in_order_stay_as_they_are() -> None:
    text = "\n".join([*BUDGETS, *COMPLAINTS])
    assert sorted_lines(text) == [*BUDGETS, *COMPLAINTS]


EARLY = [
    "2. 早期",
    "最早的版本发布于一九九六年年初，",
    "它是第一个可以和商业软件相比的自",
    "由软件，但是需要一个付费的界面工",
    "具箱，学生们买不起这个工具箱，于",
    "是开发者们决定自己动手写一个。新",
    "的工具箱用了四个月时间，运行的速",
    "度更快，占用的内存也更少，从此不",
    "再依赖任何商业的组件。",
]
SECOND = [
    "4. 第二版",
    "这一版重新写了大部分的代码，用户",
    "看不出什么区别，但是维护工作容易",
    "了许多，插件的作者们也因此受益。",
    "选择工具现在有四种模式，可以替换",
    "和合并，也可以减去和相交，以前这",
    "些操作只能用键盘完成，很容易按错",
    "现在就不用这么麻烦了，窗口的大小",
    "也不再随着工具的选择而变化。",
]


def test_headings_beside_each_other_each_keep_their_text() -> None:
    assert sorted_lines(rows(EARLY, SECOND)) == "\n".join([*EARLY, *SECOND]).split()
