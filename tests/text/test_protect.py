"""Protected spans: every kind beside its double in prose, switches, what is left open, and time."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import texts
from tests.tables import cases
from textclean.text.protect import protected_spans


def _protected(text: str) -> list[str]:
    return [text[start:end] for start, end in protected_spans(text)]


@given(texts)
def test_spans_are_sorted_disjoint_and_not_empty(text: str) -> None:
    spans = protected_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] < behind[0] for before, behind in pairwise(spans))


@cases
def test_what_is_no_prose_is_protected(text: str, spans: list[str]) -> None:
    assert _protected(text) == spans


@cases
def test_prose_is_not_protected(text: str) -> None:
    assert _protected(text) == []


_SWITCHED = "<!-- textclean: off -->\n甲,乙\n\n丙,丁\n<!-- textclean: on -->"


def test_switches_protect_what_stands_between_them() -> None:
    assert _protected(f"前,文\n{_SWITCHED}\n后,文") == [_SWITCHED]
    assert _protected(f"{_SWITCHED}\n中,间\n{_SWITCHED}") == [_SWITCHED, _SWITCHED]


@pytest.mark.parametrize(
    "mark", ["\ufeff", "\ufeff\ufeff", "\u200b", "\u2060\u200e", "\u00ad", "\x01"]
)
@cases
def test_a_mark_at_the_head_of_a_text_hides_nothing_and_stays_open_to_repair(
    mark: str, syntax: str
) -> None:
    assert _protected(f"{mark}{syntax}\n丙,丁") == [syntax]


@pytest.mark.parametrize("mark", ["\ufeff", "\u200b", "\x01"])
def test_a_mark_at_the_head_of_a_line_opens_and_closes_no_other_fence(mark: str) -> None:
    fence = f"```\n甲,乙\n{mark}```"
    assert _protected(f"前,文\n{mark}{fence}\n后,文\n\n{mark}{fence}\n末") == [fence, fence]


def test_backticks_of_a_fence_never_pair_with_those_of_prose() -> None:
    text = "甲`乙,\n```\n丙`丁\n```\n戊,`己"
    assert _protected(text) == ["```\n丙`丁\n```"]


_CODE = st.lists(st.sampled_from(["`", "``", "```x", "甲", "\n", "\n\n", ",", "\r\n"]), max_size=14)


@given(_CODE.map("".join).filter(lambda text: "```" not in text))
def test_code_pairs_as_a_reader_pairs_it(text: str) -> None:
    expected: list[tuple[int, int]] = []
    offset = 0
    for paragraph in _paragraphs(text):
        runs: list[tuple[int, int]] = []
        for at, char in enumerate(paragraph):
            if char == "`" and runs and runs[-1][1] == at:
                runs[-1] = runs[-1][0], at + 1
            elif char == "`":
                runs.append((at, at + 1))
        while runs:
            start, end = runs.pop(0)
            closing = [run for run in runs if run[1] - run[0] == end - start]
            if closing:
                expected.append((offset + start, offset + closing[0][1]))
                runs = [run for run in runs if run > closing[0]]
        offset += len(paragraph)
    merged: list[tuple[int, int]] = []
    for span in expected:
        if merged and merged[-1][1] == span[0]:
            merged[-1] = merged[-1][0], span[1]
        else:
            merged.append(span)
    assert protected_spans(text) == merged


def _paragraphs(text: str) -> list[str]:
    """The text cut behind every blank line."""
    paragraphs = [""]
    for line in text.splitlines(keepends=True):
        paragraphs[-1] += line
        if not line.strip():
            paragraphs.append("")
    return paragraphs


# What, repeated, makes a pattern that looks ahead or gives back take the square of the time, or
# more. Nothing is timed: at this length such a pattern would not come to an end.
_REPEATED = [
    "(", "[", "`", "<", "/", ".", "@", " ", "-", "\\", "$", "~", "&", "{", "|", ":", "*", "#",
    "a.", "a/", "1/", "a@a.", "](", "](<", "][", "[[", "]: ", "<pre>", "<a ", "</", "<!-", "&a",
    "&#", "$a", "$$", "\\(", "\\\\(a", "\\[", "\\\\[a", "\\a{", "\\a[", "{{", "{%", "C:\\",
    "\\\\a", "a://", "www.", "a)", "| ", "- ", "\n ", "` ", "~\n", ">", "_ ", "textclean: off ",
    "textclean:  ", "<!-- textclean:", "<!-- textclean: off-next-line -->\n\n",
    "textclean: off P\n", "% textclean: off P ", "<!-- textclean: off-line -->", "%", "#", "\u200b",
    "\ufeff\n",
]  # fmt: skip
_BEFORE = [
    "", "a@", "http://", "[", "](", "`a", "<!--", "---\na: b\n", "+++\n[", "$", "| ", "```\n",
]  # fmt: skip


@pytest.mark.parametrize("repeated", _REPEATED)
def test_no_repetition_takes_more_than_linear_time(repeated: str) -> None:
    for before in _BEFORE:
        text = before + repeated * (30_000 // len(repeated))
        assert all(end <= len(text) for _, end in protected_spans(text))


@pytest.mark.parametrize("break_", ["\n", "\r\n"])
def test_front_matter_that_is_never_closed_is_given_up(break_: str) -> None:
    # Two ways to read each line break would make two to the power of lines.
    assert protected_spans(f"---{break_}a: b{break_}" + break_ * 5_000) == []
