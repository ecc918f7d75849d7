"""The page's order and widths come before language: the next block is asked first."""

from __future__ import annotations

import pytest

from tests.layout.pages import PARAGRAPHS, page
from textclean import Config, Tier, clean, clean_corpus
from textclean.layout import stitch
from textclean.layout.block_order import Seams, is_line_by_line

SUGGESTED = Config(tier=Tier.SUGGESTED)


def test_a_blank_line_behind_every_line_is_seen() -> None:
    assert is_line_by_line(page(PARAGRAPHS, 27, between="\n\n"))
    assert not is_line_by_line(page(PARAGRAPHS, 27))
    assert not is_line_by_line("\n\n".join(PARAGRAPHS))
    assert not is_line_by_line("\n\n".join(f"{text[:30]}。" for text in PARAGRAPHS * 3))


@pytest.mark.parametrize("width", [20, 27, 34])
def test_a_page_of_lines_is_read_as_its_lines_are(width: int) -> None:
    text = page(PARAGRAPHS, width, between="\n\n")
    (_, joined), *_ = clean_corpus([("a", text)], SUGGESTED, workers=1).documents
    assert joined == clean(text, SUGGESTED).text


@pytest.mark.parametrize("width", [20, 27, 34])
def test_a_page_of_lines_is_at_rest_after_one_run(width: int) -> None:
    text = page(PARAGRAPHS, width, between="\n\n").replace("\n\n", "\n\n— 2 —\n\n", 4)
    result = clean_corpus([("a", text)], SUGGESTED, workers=1)
    (_, once), *_ = result.documents
    (_, twice), *_ = clean_corpus([("a", once)], SUGGESTED, workers=1).documents
    assert once == twice
    assert sorted(once.replace("\n", "")) == sorted(clean(text, SUGGESTED).text.replace("\n", ""))


def test_no_other_block_is_asked_where_the_next_may_follow() -> None:
    blocks = [
        "编辑部收到的稿件以《现代汉语词典》为依据，专名以《中国地名录》、《中国人",
        "名大辞典》为准，都找不到的由责任编辑查考后决定，并在清样上注明。",
        "地名部分的条目另由地图室核对，核对后的清样一式两份，存档备查。",
    ]
    assert all(found.head == found.tail + 1 for found in stitch(blocks))


def test_a_line_far_from_full_was_not_broken_off_by_the_page() -> None:
    tail = "全市图书馆去年接待读者一百二十万人次，比前年增长两成；延长\n推进总分馆制建"
    head = "设，让居民在家门口就能借到新书。馆里还为老人准备了放大镜和靠椅。"
    assert not stitch([tail, head], Seams([tail, head]))


def test_what_breaks_off_at_a_pages_end_goes_on_on_the_next_page() -> None:
    head = "设，让居民在家门口就能借到新书。馆里还为老人准备了放大镜和靠椅。"
    tail = "全市图书馆去年接待读者一百二十万人次，比前年增长两成；推进总分馆制建"
    assert stitch([tail, head])
    assert not stitch(
        [head, *PARAGRAPHS[:2], tail], Seams([head, *PARAGRAPHS[:2], tail], line_by_line=True)
    )


def test_nothing_is_moved_across_code_that_the_sentence_is_about() -> None:
    tail = "先把标记放在需要的位置，然后在结束表格的环境以后使用命"
    head = "令来加上脚注的内容，这是手册的作者在书里给出的方法。"
    assert stitch([tail, "图为手册的封面", head])
    between = [tail, r"\footnotetext[编号]{text of the note}", head]
    assert not stitch(between)
