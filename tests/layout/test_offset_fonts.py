"""Letters that a PDF's font has some places too early in ASCII."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean import Config, check, clean
from textclean.layout.offset_fonts import offset_stretches

_SENTENCES = (
    "The report describes how the system keeps its records, and which of them can be restored.",
    "Figure 3 shows the memory that is used by the compiler for this test.",
    "All files are read from the server by default, unless the user has changed the path.",
)


def shifted(text: str, places: int, *, glyph: bool) -> str:
    """A text as its font numbers it; with `glyph` the space, too."""
    return "".join(char if char == " " and not glyph else chr(ord(char) - places) for char in text)


@pytest.mark.parametrize("sentence", _SENTENCES)
@pytest.mark.parametrize("glyph", [False, True])
def test_a_shifted_line_is_reported_with_what_it_may_be(sentence: str, glyph: bool) -> None:
    line = shifted(sentence, 29, glyph=glyph)
    text = f"第一章 总则\n{line}\n本办法自公布之日起施行。\n"
    (found,) = (edit for edit in check(text) if edit.rule == "L008")
    assert (found.before, found.start) == (line, 7)
    assert found.evidence == f"read 29 places too early: {sentence}"
    assert clean(text, Config(select=("L008", "C003"))).text == text


def test_lines_too_short_for_themselves_bear_each_other_out() -> None:
    lines = ("The report of the", "system for the test", "which was made by")
    text = "\n".join(shifted(line, 31, glyph=True) for line in lines)
    assert [each.candidate for each in offset_stretches(text)] == list(lines)
    assert not offset_stretches(text.split("\n")[0])


@pytest.mark.parametrize(
    "text",
    [
        *_SENTENCES,
        *(sentence.upper() for sentence in _SENTENCES),
        "MKVLWAALLVTFLAGCQAKVEQAVETEPEPELRQQTEWQSGQRWELALGRFWDYLRWVQTLSEQVQEELLSSQVTQELRALMDE",
        "SGVsbG8gd29ybGQgdGhpcyBpcyBhIHRlc3Qgb2YgYmFzZTY0IGVuY29kaW5nLCB3aXRoIHdvcmRz",
        "型号WKH-300、V\\VWHP；TCP、UDP、HTTP、RSVP、DHCP、DNS",
        "XVLQJ QDPHVSDFH VWG",
        "const int MAX_RETRY = 3; // HTTP, FTP",
    ],
)
def test_what_is_not_shifted_is_left_alone(text: str) -> None:
    assert not offset_stretches(text)


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\] \n\x03我", max_size=80))
def test_stretches_are_of_one_line_and_in_order(text: str) -> None:
    last = 0
    for start, end, shift, candidate in offset_stretches(text):
        assert last <= start < end
        assert "\n" not in text[start:end]
        assert len(candidate) == end - start
        assert shifted(candidate, shift, glyph=True).replace(chr(32 - shift), " ") == text[
            start:end
        ].replace(chr(32 - shift), " ")
        last = end
