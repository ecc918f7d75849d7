"""Results that are remembered, and strings that are too long to be."""

from hypothesis import given
from hypothesis import strategies as st

from textclean.text.classes import BREAK_CLASS, ascii_of, held_of
from textclean.text.memo import computed, recalled, remembered


def test_a_result_is_remembered_for_each_string_and_what_goes_with_it() -> None:
    asked: list[tuple[str, int]] = []

    @remembered(8)
    def share(text: str, start: int = 0) -> int:
        """How many characters there are from `start` on."""
        asked.append((text, start))
        return len(text) - start

    text = "全市卫生工作会议"
    assert [share(text), share(text), share(text, 4)] == [8, 8, 4]
    assert asked == [(text, 0), (text, 4)]
    assert share.__doc__ == "How many characters there are from `start` on."


def test_a_long_string_is_not_kept() -> None:
    asked: list[str] = []

    @remembered(8, longest=10)
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    assert [length("一份报告" * 3), length("一份报告" * 3)] == [12, 12]
    assert len(asked) == 2


def test_the_last_two_texts_are_recalled() -> None:
    asked: list[str] = []

    @recalled(10)
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    first, second, third, long = "会议强调", "会议指出", "会议要求", "一份报告" * 3
    assert [length(text) for text in (first, second, first, second, long, long)] == [4] * 4 + [
        12
    ] * 2
    assert asked == [first, second, long, long]
    assert [length(text) for text in (third, second, first)] == [4] * 3
    assert asked[4:] == [third, first]


def test_an_attribute_is_computed_once() -> None:
    asked: list[str] = []

    class Report:
        @computed
        def size(self) -> int:
            """How long it is."""
            asked.append("size")
            return 4

    report = Report()
    assert (report.size, report.size, Report().size) == (4, 4, 4)
    assert asked == ["size", "size"]
    assert Report.size.__doc__ == "How long it is."


@given(st.text(st.sampled_from("会议,. \r\n\x85\u2028ab。"), max_size=40), st.integers(0, 1))
def test_what_a_text_holds_is_the_same_for_long_texts(text: str, many: int) -> None:
    text += "领导小组" * 200 * many
    held = held_of(BREAK_CLASS + "a。", text)
    assert held == "".join(char for char in BREAK_CLASS + "a。" if char in text)
    assert ascii_of(text) == "".join(filter(str.isascii, text))
