"""The language of the clause around a place."""

from __future__ import annotations

import pytest

from textclean import clean
from textclean.text.kinds.clauses import Language, language_at


@pytest.mark.parametrize(
    ("text", "place", "language"),
    [
        ("会议强调,要坚持稳中求进。", ",", Language.CHINESE),
        ("使用 Python, Java 和 Go 编写", ",", Language.CHINESE),
        ("编写 Hello, world! 程式", "!", Language.CHINESE),
        ("发表于 Nature, 2019 年第 3 期", ",", Language.CHINESE),
        ("见“Strawson and Logical Theory”, in The Ways of Paradox。", ",", Language.ENGLISH),
        ("他写道：to have“ or “to exist.”", "“", Language.ENGLISH),
        ("Press ， or 。 to stop.", "，", Language.ENGLISH),
        ("Theory of Computation 35, no. 151, in press", ",", Language.ENGLISH),
        ('动词按照"かきくけこ"活用，て形都是"いて"', '"', Language.JAPANESE),
        ("这家店叫の咖啡,开在路口。", ",", Language.CHINESE),
        ("", "", Language.CHINESE),
        ("，。", "，", Language.CHINESE),
    ],
)
def test_language(text: str, place: str, language: Language) -> None:
    at = text.index(place)
    assert language_at(text, at, at + len(place)) is language


@pytest.mark.parametrize(
    "text",
    [
        "Press ， or 。 to stop.",
        "参见 W. V. Quine, “Strawson and Logical Theory”, in The Ways of Paradox, pp. 135–155.",
        '- く結尾的動詞 按照"かきくけこ"活用，て-形都是"いて"',
        "It means “to have“ or “to exist” in the language of the north.",
    ],
)
def test_marks_of_other_languages_stay(text: str) -> None:
    assert clean(text).text == text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (
            "我们用 Vite 构建,比 Webpack 快,也更省心。",
            "我们用 Vite 构建，比 Webpack 快，也更省心。",
        ),
        ("Python 很好用,Java 也不错。", "Python 很好用，Java 也不错。"),
    ],
)
def test_latin_names_in_chinese_do_not_make_it_english(text: str, right: str) -> None:
    assert clean(text).text == right


def test_a_line_of_any_length_is_judged_in_bounded_time() -> None:
    text = "word " * 100_000 + "，" + " word" * 100_000
    assert language_at(text, 500_000, 500_001) is Language.CHINESE
