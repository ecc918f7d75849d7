"""Blocks: each kind by its syntax, every visible character in one, nothing hidden by a mark."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import texts
from tests.tables import cases
from textclean.text.blocks import (
    Block,
    BlockKind,
    as_seen,
    block_kind,
    fences,
    front_matter,
    heading_level,
    kinds_at,
    split_blocks,
)

K = BlockKind
_INVISIBLE = ["\ufeff", "\u200b", "\u2060\u200e", "\u00ad", "\x01", "\ufeff\ufeff"]
_PIECES = [
    "全市卫生健康系统", "# 标题", "#井号", "- 甲", "1. 乙", "> 引文", "| 甲 | 乙 |", "|---|---|",
    "---", "***", "```", "```py", "~~~", "<div>", "a: b", "+++", "\n", "\n", "\r\n", "\n\n", "\r",
    "\x0c", "\u2028", " ", "\u3000", "\t", "\ufeff", "\u200b", "\x00", "`", "   ", "",
]  # fmt: skip
_lines = st.lists(st.sampled_from(_PIECES), max_size=20).map("".join)


def _told(text: str) -> list[tuple[str, BlockKind]]:
    return [(text[block.start : block.end], block.kind) for block in split_blocks(text)]


@given(st.one_of(texts, _lines))
def test_blocks_are_in_order_and_hold_all_that_is_visible(text: str) -> None:
    blocks = split_blocks(text)
    for block in blocks:
        assert 0 <= block.start < block.end <= len(text)
    for before, behind in pairwise(blocks):
        assert before.end < behind.start  # a line break at least is between them
    edges = [0, *(edge for block in blocks for edge in block[:2]), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        assert not as_seen(text[start:end]).strip()


@given(st.one_of(texts, _lines))
def test_a_block_begins_and_ends_with_a_line(text: str) -> None:
    breaks = set("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
    for block in split_blocks(text):
        assert block.start == 0 or text[block.start - 1] in breaks
        assert block.end == len(text) or text[block.end] in breaks
        assert text[block.end - 1] not in breaks


@given(_lines)
def test_the_kind_of_a_block_is_that_of_its_text_alone(text: str) -> None:
    for block in split_blocks(text):
        alone = text[block.start : block.end]
        if block.kind is K.FRONT_MATTER or not front_matter(alone):
            assert block_kind(alone) is block.kind
        assert heading_level(alone) == block.level or block.kind is not K.HEADING
        assert (block.level > 0) is (block.kind is K.HEADING)


@given(_lines, st.sampled_from(_INVISIBLE))
def test_a_mark_that_shows_nothing_hides_no_syntax(text: str, mark: str) -> None:
    plain = [(block.end - block.start, block.kind, block.level) for block in split_blocks(text)]
    marked = split_blocks(mark + text)
    assert [block.kind for block in marked] == [kind for _, kind, _ in plain]
    assert [block.level for block in marked] == [level for _, _, level in plain]


@given(_lines)
def test_windows_line_breaks_make_the_same_blocks(text: str) -> None:
    text = text.replace("\r", "")
    windows = text.replace("\n", "\r\n")
    assert [(piece.replace("\r\n", "\n"), kind) for piece, kind in _told(windows)] == _told(text)


@cases
def test_kinds(text: str, kind: BlockKind) -> None:
    assert _told(text) == [(text, kind)]
    assert block_kind(text) is kind


@pytest.mark.parametrize("level", range(1, 7))
def test_levels_of_headings(level: int) -> None:
    assert heading_level("#" * level + " 总结") == level
    assert heading_level("\ufeff" + "#" * level + " 总结") == level
    assert heading_level("总结") == 0


def test_blank_lines_divide_and_a_heading_stands_alone() -> None:
    text = "# 总结\n第一段\n第一段的第二行\n　\n\n第二段\n## 二\n\u200b\n第三段"
    assert _told(text) == [
        ("# 总结", K.HEADING),
        ("第一段\n第一段的第二行", K.PARAGRAPH),
        ("第二段", K.PARAGRAPH),
        ("## 二", K.HEADING),
        ("第三段", K.PARAGRAPH),
    ]


def test_a_fence_is_one_block_with_its_blank_lines() -> None:
    text = "前文\n```py\na = 1\n\n\n# 注释\n```\n后文"
    assert _told(text) == [
        ("前文", K.PARAGRAPH),
        ("```py\na = 1\n\n\n# 注释\n```", K.FENCE),
        ("后文", K.PARAGRAPH),
    ]


def test_a_fence_is_closed_by_its_own_kind_and_no_shorter_one() -> None:
    text = "````\n```\n~~~~~\n````x\n`````\n后文"
    assert _told(text) == [("````\n```\n~~~~~\n````x\n`````", K.FENCE), ("后文", K.PARAGRAPH)]


def test_a_fence_that_is_never_closed_goes_on_to_the_end() -> None:
    assert _told("甲\n\n```\n乙\n\n丙") == [("甲", K.PARAGRAPH), ("```\n乙\n\n丙", K.FENCE)]


@pytest.mark.parametrize("mark", _INVISIBLE)
def test_fences_are_seen_behind_marks_on_either_side(mark: str) -> None:
    text = f"{mark}```\n甲\n{mark}```{mark}\n后文"
    assert _told(text) == [(text[:-3], K.FENCE), ("后文", K.PARAGRAPH)]
    assert block_kind(text[:-3]) is K.FENCE


def test_front_matter_is_only_at_the_head_and_only_with_a_key() -> None:
    matter = "---\ntitle: 甲\n\ntags: [乙]\n---"
    assert _told(f"{matter}\n正文") == [(matter, K.FRONT_MATTER), ("正文", K.PARAGRAPH)]
    assert _told("---\n甲，乙\n---\n")[0][1] is K.PARAGRAPH
    assert all(kind is not K.FRONT_MATTER for _, kind in _told(f"前文\n\n{matter}"))
    assert all(kind is not K.FRONT_MATTER for _, kind in _told("---\ntitle: 甲\n正文"))


@pytest.mark.parametrize("break_", ["\n", "\r\n"])
@pytest.mark.parametrize("closing", ["---", "...", "---  "])
def test_the_span_of_front_matter_leaves_out_the_byte_order_mark(break_: str, closing: str) -> None:
    matter = break_.join(["---", "title: 甲", "----", "", closing])
    assert front_matter(matter) == (0, len(matter))
    assert front_matter(f"\ufeff{matter}{break_}正文") == (1, 1 + len(matter))
    assert split_blocks(f"\ufeff{matter}{break_}正文")[0] == Block(
        0, 1 + len(matter), K.FRONT_MATTER
    )


def test_no_text_has_no_blocks() -> None:
    assert split_blocks("") == []
    assert split_blocks("\ufeff \n\u3000\r\n\u200b\x0c") == []


def test_what_is_seen_has_no_marks_and_plain_spaces() -> None:
    assert as_seen("\ufeff甲\u00a0乙\u200b\u3000丙\n") == "甲 乙\u3000丙\n"
    assert as_seen("plain") == "plain"


@given(_lines)
def test_plain_lines_are_read_as_all_others_are(text: str) -> None:
    """A last line that is empty adds no block, but ends as only few texts do."""
    assert split_blocks(f"{text}\n\r") == split_blocks(text)


@given(_lines)
def test_fences_are_found_without_the_other_blocks(text: str) -> None:
    fenced = [(start, end) for start, end, kind, _ in split_blocks(text) if kind is K.FENCE]
    assert fences(text) == fenced


@given(st.one_of(texts, _lines), st.sampled_from(["", "\n\n甲" * 40]))
def test_the_kinds_of_single_places_are_those_of_their_blocks(text: str, others: str) -> None:
    text += others
    blocks = split_blocks(text)
    for block in blocks:
        assert kinds_at(text, [block.start]) == [block.kind]
    assert kinds_at(text, [each.start for each in blocks]) == [each.kind for each in blocks]
