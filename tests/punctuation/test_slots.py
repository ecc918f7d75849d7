from __future__ import annotations

from hypothesis import given

from tests.strategies import texts
from tests.tables import cases
from textclean.punctuation.labels import EDGE, FOLDING
from textclean.punctuation.slots import find_slots


@cases
def test_runs_of_spaces_and_straight_quotes_beside_chinese_are_slots(
    text: str, squeezed: str, runs: list[str]
) -> None:
    slots = find_slots(text)
    assert slots.text == squeezed + EDGE
    assert [text[start:end] for start, end in zip(slots.starts, slots.ends, strict=True)] == runs


@cases
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
