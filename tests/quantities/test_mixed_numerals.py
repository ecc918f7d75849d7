"""Numbers of several parts, written in figures, numerals and forms of cheques."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean.quantities.mixed_numerals import mixed_end, read_mixed

FIGURES = "零一二三四五六七八九"
FORMAL = "零壹贰叁肆伍陆柒捌玖"
PLACES = [(10**8, "亿"), (10**4, "万")]
SMALL = [(1_000, "千仟"), (100, "百佰"), (10, "十拾")]


@st.composite
def written_numbers(draw: st.DrawFn) -> tuple[str, int]:
    """A number and one of its spellings, with 零 wherever a position is skipped."""
    value = draw(st.integers(11, 10**12 - 1))
    text, rest, skipped = "", value, False
    for size, name in [*PLACES, (1, "")]:
        group, rest = divmod(rest, size)
        if not group:
            skipped = bool(text)
            continue
        if text and (skipped or group < 1_000):
            text += "零"
        skipped = False
        part = ""
        for small, names in SMALL:
            digit, group = divmod(group, small)
            if digit:
                part += draw(st.sampled_from([str(digit), FIGURES[digit], FORMAL[digit]]))
                part += draw(st.sampled_from(names))
            elif part and group and not part.endswith("零"):
                part += "零"
        if group:
            part += draw(st.sampled_from([str(group), FORMAL[group]]))
        text += part.rstrip("零") + name
    return text, value


@given(written_numbers())
def test_a_number_of_many_parts_reads_back(written: tuple[str, int]) -> None:
    text, value = written
    end = mixed_end(text, 0)
    if end is None:
        return  # 三十, 5万: a number of one part, which has readers of its own
    number = read_mixed(text)
    assert number is not None
    assert (end, number.value) == (len(text), value)


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [("7万5千4百", 75_400, 2), ("6千5百万", 65_000_000, 6), ("1千零20", 1_020, 0),
     ("3亿2千5百万", 325_000_000, 6), ("10万万", 10**9, 8), ("13万2", 132_000, 3),
     ("14万零350亿", 14_035_000_000_000, 8), ("七十八万五佰零六", 780_506, 0),
     ("1亿2351.3万", 123_513_000, 3), ("二亿6千5百万", 265_000_000, 6)],
)  # fmt: skip
def test_the_last_written_digit_is_the_precision(text: str, value: int, precision: int) -> None:
    number = read_mixed(text)
    assert number is not None
    assert (number.value, number.precision) == (value, precision)
    assert mixed_end(text, 0) == len(text)


@pytest.mark.parametrize("text", ["3千6万", "1万25", "5亿3千", "14万零3050亿", "12千5百"])
def test_what_fits_no_reading_or_two_is_refused(text: str) -> None:
    assert read_mixed(text) is None


@pytest.mark.parametrize("text", ["3万", "3千万", "5万一年", "50万8年付清", "3万5%", "1.5万"])
def test_one_part_is_no_number_of_several(text: str) -> None:
    end = mixed_end(text, 0)
    assert end is None
