from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.corpus.paragraphs import documents
from tests.tables import cases
from textclean.cleaning import clean
from textclean.corpus.excise import Alignment, Remainder, blocks_of, cuts, fixed_spans
from textclean.text.blocks import BlockKind
from textclean.text.columns import EditColumns
from textclean.text.compose import apply
from textclean.text.edit import Cause, Tier


def without(text: str, *numbers: int) -> str:
    return Remainder(text, cuts(text, blocks_of(text), numbers)).text


def texts_of(text: str) -> list[str]:
    return [text[block.start : block.end] for block in blocks_of(text)]


@given(documents(), st.data())
def test_what_stays_falls_into_the_same_blocks(text, data):
    blocks = texts_of(text)
    gone = data.draw(st.sets(st.sampled_from(range(len(blocks))))) if blocks else set()
    kinds = [block.kind for block in blocks_of(text)]
    # An unclosed fence swallows what follows; fences are protected and never removed.
    assume(not any(kinds[i] in (BlockKind.FENCE, BlockKind.FRONT_MATTER) for i in gone))
    rest = without(text, *gone)
    assert texts_of(rest) == [block for i, block in enumerate(blocks) if i not in gone]


@given(documents(), st.data())
def test_the_slices_put_back_give_the_text(text, data):
    blocks = blocks_of(text)
    gone = data.draw(st.sets(st.sampled_from(range(len(blocks))))) if blocks else set()
    remainder = Remainder(text, cuts(text, blocks, gone))
    rebuilt = remainder.text
    for start, end in remainder.cuts:
        rebuilt = rebuilt[:start] + text[start:end] + rebuilt[start:]
    assert rebuilt == text


@cases
def test_a_block_goes_with_one_separator(text: str, rest: str, gone: tuple[int, ...]):
    assert without(text, *gone) == rest


def test_paragraphs_that_only_a_heading_parted_are_parted_by_a_blank_line():
    assert without("甲一。\n# 题\n乙二。\n", 1) == "甲一。\n\n乙二。\n"


def test_protected_blocks_and_the_switches_of_protection_must_stay():
    text = (
        "甲\n\n<!-- textclean: off -->\n\n乙\n\n<!-- textclean: on -->\n\n```\n丙\n```\n\n丁`x`丁"
    )
    spans = [(block.start, block.end) for block in blocks_of(text)]
    assert fixed_spans(text, spans) == [False, True, True, True, True, False]


def test_what_is_switched_off_in_part_must_stay():
    text = (
        "甲\n\n% textclean: off P\n\n乙\n\n% textclean: on\n\n丙\n\n"
        "% textclean: off-next-line S\n\n丁\n\n戊"
    )
    spans = [(block.start, block.end) for block in blocks_of(text)]
    assert fixed_spans(text, spans) == [False, True, True, True, False, True, True, False]


def test_what_is_switched_off_in_all_a_text_binds_only_its_rule():
    text = "<!-- textclean: off L101 -->\n\n甲\n\n乙"
    spans = [(block.start, block.end) for block in blocks_of(text)]
    assert fixed_spans(text, spans) == [True, False, False]
    assert fixed_spans(text, spans, "L102") == [True, False, False]
    assert fixed_spans(text, spans, "L101") == [True, True, True]


def test_a_paragraph_that_mentions_a_switch_may_go():
    text = "用 textclean: off 可以关闭 `乙`\n\n甲"
    spans = [(block.start, block.end) for block in blocks_of(text)]
    assert fixed_spans(text, spans) == [False, False]


def test_an_edit_over_a_cut_becomes_edits_beside_it():
    original = "甲一。\n\n乙二。\n\n丙三。"
    remainder = Remainder(original, [(5, 10)])
    assert remainder.text == "甲一。\n\n丙三。"
    cause = Cause("S001", Tier.SAFE, 1.0, "")
    columns = EditColumns.from_spans([(0, 1, "己", cause, None), (2, 6, "、丁", cause, None)])
    moved = remainder.columns(columns)
    places = list(zip(moved.starts, moved.ends, moved.afters, strict=True))
    assert places == [(0, 1, "己"), (2, 5, "、丁"), (10, 11, "")]


@given(documents(), st.data())
def test_edits_and_cuts_together_lead_from_the_original_to_the_result(text, data):
    blocks = blocks_of(text)
    gone = data.draw(st.sets(st.sampled_from(range(len(blocks))))) if blocks else set()
    remainder = Remainder(text, cuts(text, blocks, gone))
    cleaned = clean(remainder.text)
    moved = [span[:3] for span in remainder.columns(cleaned.columns)]
    kept = [(start, end, "") for start, end in remainder.cuts]
    both = sorted(moved + kept)
    made = "".join(
        text[last:start] + after
        for last, (start, _, after) in zip([0, *(end for _, end, _ in both)], both, strict=False)
    )
    assert made + text[both[-1][1] if both else 0 :] == cleaned.text


@given(documents())
def test_a_cleaned_block_comes_from_its_own_block(text):
    cleaned = clean(text)
    alignment = Alignment(cleaned.columns)
    sources = [alignment.to_source(b.start, b.end) for b in blocks_of(cleaned.text)]
    blocks = blocks_of(text)
    assume(len(sources) == len(blocks))
    for (start, end), block in zip(sources, blocks, strict=True):
        assert start <= block.start
        assert block.end <= end


@given(documents())
def test_a_span_and_its_source_differ_by_the_edits_in_it(text):
    cleaned = clean(text)
    alignment = Alignment(cleaned.columns)
    for block in blocks_of(cleaned.text):
        start, end = alignment.to_source(block.start, block.end)
        inside = [
            edit._replace(start=edit.start - start, end=edit.end - start)
            for edit in cleaned.edits
            if start <= edit.start and edit.end <= end
        ]
        assert cleaned.text[block.start : block.end] in apply(text[start:end], inside)
