from __future__ import annotations

import pytest
from hypothesis import given

from tests.strategies import texts
from textclean.punctuation.labels import EDGE, FOLDING
from textclean.punctuation.slots import find_slots


@pytest.mark.parametrize(
    ("text", "squeezed", "runs"),
    [
        (
            "确保 两手硬、两战赢 。 市卫生健康局",
            "确保两手硬、两战赢。市卫生健康局",
            [" ", " ", " "],
        ),
        ('较早实现病例"清零"。', "较早实现病例清零。", ['"', '"']),
        ("完成 15 个中心村", "完成00个中心村", [" ", " "]),
        ("建 ,通过省级", "建，通过省级", [" "]),
        ("落实 10+10 便民", "落实00+00便民", [" ", " "]),
        ('防控" 疫情', "防控疫情", ['" ']),
        ("２０２１ 年", "0000年", [" "]),
    ],
)
def test_runs_of_spaces_and_straight_quotes_beside_chinese_are_slots(
    text: str, squeezed: str, runs: list[str]
) -> None:
    slots = find_slots(text)
    assert slots.text == squeezed + EDGE
    assert [text[start:end] for start, end in zip(slots.starts, slots.ends, strict=True)] == runs


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        ("hello world", "aaaaa aaaaa"),
        ('Say "yes" now', 'aaa"aaa"aaa'),
        ("10 000", "00 000"),
        ("  段首缩进", "段首缩进"),
        ("句末 \n另一行", "句末\n另一行"),
        ("“引文”", "“引文”"),
        ("‘引文’(注)", "“引文”（注）"),
        ("", ""),
        (" ", ""),
    ],
)
def test_what_is_no_slot(text: str, squeezed: str) -> None:
    slots = find_slots(text)
    assert slots.places == []
    assert slots.text == squeezed + EDGE


def test_present_pause_marks_are_slots_when_asked_for() -> None:
    text = "加速构建 ,全面提升:一是医改。"
    slots = find_slots(text, marks=True)
    found = [text[start:end] for start, end in zip(slots.starts, slots.ends, strict=True)]
    # The run comes before the mark behind it; the mark that ends the line is in no question.
    assert found == [" ", ",", ":"]
    assert slots.kinds == [0, 3, 7]


@given(texts)
def test_slots_lie_where_they_say(text: str) -> None:
    slots = find_slots(text, marks=True)
    assert slots.text.endswith(EDGE)
    assert slots.places == sorted(slots.places)
    for place, kind, start, end in zip(
        slots.places, slots.kinds, slots.starts, slots.ends, strict=True
    ):
        follows = start if kind else end
        assert slots.text[place] == text[follows].translate(FOLDING)
        assert slots.text[place - 1] != EDGE
        assert slots.text[place] != EDGE
        assert start < end


@given(texts)
def test_marks_among_the_slots_change_no_run(text: str) -> None:
    alone, among = find_slots(text), find_slots(text, marks=True)
    runs = [index for index, kind in enumerate(among.kinds) if not kind]
    assert [among.places[index] for index in runs] == alone.places
    assert among.text == alone.text
