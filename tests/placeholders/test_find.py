"""What is found, what it is taken for, and what is left alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cases
from textclean.placeholders import find

REDACTED = "全市培训医务人员xxx名，新增床位xxxx张，xx市人民医院门诊楼投入使用。"


def found(text: str) -> list[tuple[str, str]]:
    return [(each.text, str(each.type)) for each in find(text)]


@cases
def test_run_is_typed_by_what_stands_around_it(text: str, run: str, kind: str):
    around = f"{REDACTED}\n{text}。\n{REDACTED}"
    own = [
        each
        for each in find(around)
        if len(REDACTED) < each.start < len(REDACTED) + len(text) + 1 and each.text == run
    ]
    assert [each.type for each in own][:1] == [kind]


@cases
def test_spaces_that_a_scan_put_into_a_run_belong_to_it(spaced: str, run: str, compact: str):
    (each,) = find(f"全市{spaced}，{REDACTED}")[:1]
    assert (each.text, each.canonical) == (run, compact)


@cases
def test_numbers_and_names_may_be_masked_in_part(text: str, run: str, kind: str):
    assert found(text) == [(run, str(kind))]


def test_letter_in_place_of_a_name_is_a_person():
    text = "深入贯彻落实A总书记重要指示精神，坚持以A新时代中国特色社会主义思想为指导。"
    assert found(text) == [("A", "person"), ("A", "person")]


@cases
def test_what_looks_like_a_mask_and_is_none_is_left_alone(text: str):
    assert found(text) == []


def test_places_by_somebody_count_only_beside_other_redaction():
    text = "某市一名居民向记者反映情况。"
    assert find(text) == []
    assert all(each.confidence < 0.5 for each in find(text, minimum=0))
    beside = found(f"{REDACTED}{text}居民张某某也这样说。{REDACTED}")
    assert dict(beside)["张某某"] == "person"
    assert dict(beside)["某"] == "place"


def test_code_is_no_prose_even_in_a_redacted_text():
    text = f"{REDACTED}\n\n```\nxx市 = xxxx\n```\n\n{REDACTED}"
    fence = text.index("```"), text.rindex("```")
    assert all(not fence[0] < each.start < fence[1] for each in find(text))


SIGNS = "xX×＊*□#某A总书记年月日%.—+：、，。\n 市县名在12个万 abN▇●○_＿（）【】[]<>{}$"


@given(st.text(alphabet=SIGNS + "王李张甲乙公司原被告电话岁3姓"))
def test_placeholders_are_disjoint_and_say_what_stands_there(text):
    last = 0
    for each in find(text, minimum=0):
        assert last <= each.start < each.end <= len(text)
        assert each.text == text[each.start : each.end]
        assert 0 <= each.confidence <= 1
        assert each.candidates[0].text == each.canonical
        assert sum(candidate.score for candidate in each.candidates) < 1.02
        assert each.slot.startswith(f"{each.type}-")
        assert each.is_blank == (each.mask == "blank")
        last = each.end
