"""What stands around a mark: looked through near by, in long runs, and in lines of any length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean import Config, clean
from textclean.engine.plan import plan_of
from textclean.engine.rounds import Views, run_rounds
from textclean.engine.rule import View
from textclean.rules import all_rules
from textclean.rules.context import left_of, right_of

_SEEN_THROUGH = "*_~\"' \t\u3000,;:!?"


def _view(text: str) -> View:
    return View(text, [], Config())


@given(
    st.text(alphabet=_SEEN_THROUGH + "为a\n，", max_size=80),
    st.integers(0, 90),
    st.text(alphabet=_SEEN_THROUGH, max_size=300),
)
def test_both_sides_are_those_of_a_plain_search(text: str, offset: int, run: str) -> None:
    offset = min(offset, len(text))
    text = text[:offset] + run + text[offset:]
    view = _view(text)
    # Asked at every place, so that what is kept of one answer must not spoil the next.
    for at in range(len(text) + 1):
        before, behind = text[:at].rstrip(_SEEN_THROUGH), text[at:].lstrip(_SEEN_THROUGH)
        left, right = left_of(view, at), right_of(view, at)
        assert left.char == before[-1:].strip("\r\n")
        assert right.char == behind[:1].strip("\r\n")
        assert left.at == len(before)
        assert right.at == len(text) - len(behind)
        assert left.direct is (left.at == at)
        assert right.direct is (right.at == at)


@given(st.text(alphabet="为a\r\n", max_size=60), st.lists(st.integers(0, 60), max_size=9))
def test_bounds_of_lines_are_right_in_whatever_order_they_are_asked(
    text: str, offsets: list[int]
) -> None:
    view = _view(text)
    for offset in (min(offset, len(text)) for offset in offsets):
        start, end = view.line_bounds(offset)
        assert start == max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
        stops = [text.find(stop, offset) for stop in "\r\n"]
        assert end == min((stop for stop in stops if stop >= 0), default=len(text))


@pytest.mark.parametrize("before", ["太好了", "，", "全市卫生健康系统5", "a", "为abc def ghi jkl"])
@pytest.mark.parametrize("run", [",", ";", "!", "?", '":', ",!", ", ", '" ,'])
@pytest.mark.parametrize("behind", ["", "为", "5"])
def test_a_run_of_marks_is_settled_at_once_however_long(
    before: str, run: str, behind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textclean.engine.rounds.MOST_ROUNDS", 4)
    text = before + run * 1_000 + behind
    done, _ = run_rounds(Views(text, Config()), plan_of(all_rules(), Config()), 0)
    assert clean(done).text == done


def test_marks_behind_a_long_blank_to_fill_in_belong_to_the_word_before_it() -> None:
    assert clean(f"姓名{'_' * 40},年龄{'_' * 40}").text == f"姓名{'_' * 40}，年龄{'_' * 40}"
