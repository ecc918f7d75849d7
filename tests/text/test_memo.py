"""Results that are remembered, and strings that are too long to be."""

from textclean.text.memo import remembered


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
