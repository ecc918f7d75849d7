"""Positions of a client: units of its encoding, lines as the protocol has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean.lsp.positions import Encoding, Positions

TEXTS = st.text(st.sampled_from("a中😀𠮷\r\n\u2028\x0c\u0301é"), max_size=30)


def test_a_character_beyond_the_plane_counts_twice_in_utf_16() -> None:
    text = "𠮷野家,好\n第😀二行"
    positions = Positions(text)
    assert positions.position(text.index(",")) == (0, 4)
    assert positions.position(text.index("二")) == (1, 3)
    assert positions.offset(0, 4) == text.index(",")


@pytest.mark.parametrize(
    ("encoding", "units"), [(Encoding.UTF_8, 10), (Encoding.UTF_16, 4), (Encoding.UTF_32, 3)]
)
def test_units_are_those_of_the_encoding(encoding: Encoding, units: int) -> None:
    assert Positions("𠮷野家,好", encoding).position(3) == (0, units)


def test_only_breaks_of_the_protocol_end_lines() -> None:
    assert Positions("一\u2028二\x0c三\x85四\r五\r\n六\n").starts == [0, 8, 11, 13]


def test_a_position_within_a_character_is_its_start_and_behind_a_line_its_end() -> None:
    positions = Positions("a😀b\r\nc")
    assert positions.offset(0, 2) == 1
    assert positions.offset(0, 99) == 3
    assert positions.offset(9, 0) == len("a😀b\r\nc")


@given(TEXTS, st.sampled_from(Encoding))
def test_units_are_what_the_codec_makes_of_the_line(text: str, encoding: Encoding) -> None:
    positions = Positions(text, encoding)
    size = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
    codec = encoding if encoding is Encoding.UTF_8 else f"{encoding}-le"
    for offset in range(len(text) + 1):
        line, units = positions.position(offset)
        assert units == len(text[positions.starts[line] : offset].encode(codec)) // size
        within = positions.line_span(line)[1] >= offset
        assert not within or positions.offset(line, units) == offset


@given(TEXTS, TEXTS, st.data())
def test_an_edit_leaves_the_lines_that_the_new_text_has(
    text: str, new: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    edited = Positions(text).edited(start, end, new)
    assert edited.text == text[:start] + new + text[end:]
    assert edited.starts == Positions(edited.text).starts
