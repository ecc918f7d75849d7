"""The kind of a document: register, script, and the habits that its writer keeps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean.text.kinds.document import Border, Register, Script, kind_of

_NEWS = (
    "市政府昨天召开了新闻发布会，通报了上半年的经济运行情况。会上介绍，我市的工业生产稳中有进，"
    "消费市场持续回暖，重点项目建设正在按计划推进。下一步，各部门将把稳增长放在更加突出的位置。"
)
_CLASSICAL = (
    "太史公曰：余读孔氏书，想见其为人。适鲁，观仲尼庙堂车服礼器，诸生以时习礼其家，余祗回留之，"
    "不能去云。天下君王至于贤人众矣，当时则荣，没则已焉。孔子布衣，传十余世，学者宗之。可谓至圣矣。"
    "吾闻之也，求仁而得仁者也，乃天下之至乐也。"
)
_TECHNICAL = (
    "调用 `open()` 会返回一个文件对象，用 `with` 语句可以保证它被关闭。Python 3 的 `pathlib` 提供了"
    "更方便的 API，例如 `Path.read_text(encoding='utf-8')` 可以直接读取整个文件。"
)
_LAW = (
    "第三条 人民法院审理此类案件，应当以事实为根据，以法律为准绳。当事人对自己提出的主张，有责任"
    "提供证据。第四条 证据应当在法庭上出示，由当事人质证。未经质证之证据，不得作为定案的根据。"
)


@pytest.mark.parametrize(
    ("text", "register"),
    [
        (_NEWS, Register.PROSE),
        (_LAW, Register.PROSE),
        (_CLASSICAL, Register.CLASSICAL),
        (_TECHNICAL, Register.TECHNICAL),
        (
            "他说：“之乎者也，吾不如也。”这是我们村里的人常说的话，听着好笑。" + _NEWS,
            Register.PROSE,
        ),
        ("", Register.PROSE),
        ("知之为知之，不知为不知，是知也。", Register.PROSE),  # too short to tell
        ("GDP CPI PMI", Register.PROSE),
    ],
)
def test_register(text: str, register: Register) -> None:
    assert kind_of(text).register is register


@pytest.mark.parametrize(
    ("text", "script"),
    [
        (_NEWS, Script.SIMPLIFIED),
        ("這個專案的檔案會在編譯時產生，請參閱說明文件。", Script.TRADITIONAL),
        ("這個專案的檔案會在編譯時產生。" + _NEWS[:20], Script.MIXED),
        ("上下左右", Script.EITHER),
    ],
)
def test_script(text: str, script: Script) -> None:
    assert kind_of(text).script is script


def test_habits_are_of_each_sort_of_border() -> None:
    text = "我们用 Vite 构建，2021年上线，共3天。它比 Webpack 快，也比 Rollup 快。" * 4
    kind = kind_of(text)
    assert kind.habit(Border.LETTER).is_spaced
    assert kind.habit(Border.DIGIT) == (0, 12)
    assert kind.habit(Border.DIGIT).is_tight
    assert not kind.habit(Border.CODE).is_spaced
    assert not kind.habit(Border.CODE).is_tight


def test_too_few_borders_are_no_habit() -> None:
    habit = kind_of("我们用 Vite 构建，比 Webpack 快。").habit(Border.LETTER)
    assert habit == (4, 0)
    assert not habit.is_spaced


def test_the_mark_that_ends_sentences() -> None:
    assert kind_of("设 n 为正整数．由归纳法得证．").stop == "．"
    assert kind_of(_NEWS).stop == "。"
    assert kind_of("").stop == "。"


@given(st.text(alphabet="的之a `$。．國国\n", max_size=60))
def test_every_text_has_a_kind_with_evidence(text: str) -> None:
    kind = kind_of(text)
    assert kind.register in Register
    assert kind.script in Script
    assert kind.evidence()["register"].startswith(kind.register)
