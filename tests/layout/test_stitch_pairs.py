"""Which heads each tail is compared with."""

from __future__ import annotations

import pytest

from textclean.layout import stitch, stitch_pairs
from textclean.layout.captions import Role
from textclean.layout.stitch_features import Evidence, HeadPlace, SeamSide, heads_of, tails_of
from textclean.layout.stitch_pairs import Heads

#: The end is missing, and the beginning: each may go on in each.
FRAGMENT = "的第{}项工程，市水利局{}月对沿河的水闸逐一检查，发现的问题都已登记，并要求各乡镇推进整"
#: A whole paragraph: it may follow a tail only from the next place.
WHOLE = "今年{}县的合作社把烘干机开到了田边，湿粮当天就能入库，农户的损失少了许多。"


def compared(
    monkeypatch: pytest.MonkeyPatch, blocks: list[str]
) -> dict[int, list[tuple[int, HeadPlace]]]:
    """The heads that each tail is compared with, and where they stand."""
    asked: dict[int, list[tuple[int, HeadPlace]]] = {}

    def weigh(tail: SeamSide, head: SeamSide, *others: object) -> Evidence | None:
        place = others[2]
        assert isinstance(place, HeadPlace)
        asked.setdefault(tail.block, []).append((head.block, place))
        return None

    monkeypatch.setattr(stitch_pairs, "weigh", weigh)
    assert list(Heads(*heads_of(blocks)).pairs(tails_of(blocks))) == []
    return asked


def test_a_tail_meets_as_many_heads_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    for count in (300, 1_200):
        blocks = [FRAGMENT.format(chr(0x4E00 + number), number) for number in range(count)]
        assert len(tails_of(blocks)) == count
        asked = compared(monkeypatch, blocks)
        # The next three, and 32 of those that begin within a sentence on either side.
        assert max(map(len, asked.values())) == 32 + 3 + 32


def test_of_far_heads_the_nearest_that_begin_within_a_sentence_are_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wholes = [WHOLE.format(chr(0x5000 + number)) for number in range(40)]
    fragments = [FRAGMENT.format(chr(0x4E00 + number), number) for number in range(3)]
    blocks = [fragments[0], *wholes[:20], fragments[1], *wholes[20:], fragments[2]]
    asked = compared(monkeypatch, blocks)
    assert asked[21] == [
        (0, HeadPlace.BEFORE), (22, HeadPlace.NEXT), (23, HeadPlace.NEAR), (24, HeadPlace.NEAR),
        (42, HeadPlace.FARTHER),
    ]  # fmt: skip


def test_a_caption_between_makes_the_next_running_text_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blocks = [FRAGMENT.format("一", 1), "图为湿粮入库", WHOLE.format("三"), WHOLE.format("五")]
    heads, roles = heads_of(blocks)
    assert roles[1] is not Role.PROSE
    assert compared(monkeypatch, blocks)[0] == [(2, HeadPlace.NEXT_PROSE), (3, HeadPlace.NEAR)]
    assert not Heads(heads, roles).prose_between(0, 2)
    assert Heads(heads, roles).prose_between(0, 3)


def test_a_long_chain_of_blocks_is_joined_and_closes_to_no_ring() -> None:
    middle = "设，让居民在家门口就能借到新书，延长开放时间，推进总分馆制建"
    joined = stitch(["全市图书馆去年接待读者一百二十万人次，推进总分馆制建", *[middle] * 30])
    assert len({one.tail for one in joined}) == len({one.head for one in joined}) == len(joined)
    following = {one.tail: one.head for one in joined}
    assert len(following) > 20
    for block in following:
        seen: set[int] = set()
        while block in following:
            assert block not in seen
            seen.add(block)
            block = following[block]
