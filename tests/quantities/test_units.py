from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cases
from textclean import Config, clean
from textclean.quantities import units
from textclean.quantities.units import Category


@cases
def test_the_longest_unit_at_a_place_is_taken(text: str, name: str | None, rest: str) -> None:
    found = units.match(text)
    if name is None:
        assert found is None
    else:
        assert found is not None
        assert (found.unit.name, text[found.end :], found.damaged) == (name, rest, False)


@pytest.mark.parametrize(
    ("form", "name"),
    [("㎡", "m²"), ("m2", "m²"), ("M3", "m³"), ("㎏", "kg"), ("Kg", "kg"), ("㎜", "mm"),
     ("KM/H", "km/h"), ("。C", "℃"), ("KWH", "kW·h"), ("ug/m3", "μg/m³"), ("㎞", "km")],
)  # fmt: skip
def test_a_damaged_form_is_known_and_called_damaged(form: str, name: str) -> None:
    found = units.match(f"120{form}。", 3)
    assert found is not None
    assert (found.unit.name, found.end, found.damaged) == (name, 3 + len(form), True)


@pytest.mark.parametrize(
    "text",
    ["models", "m25", "kgs1", "gram", "hello", "家庭", "处理器", "天津", "晚会", "发展规划",
     "支持", "团队", "的", "人才", "", "A级景区", "Gate"],
)  # fmt: skip
def test_what_only_begins_like_a_unit_is_none(text: str) -> None:
    assert units.match(text) is None


def test_an_unknown_unit_is_no_unit() -> None:
    assert units.lookup("弗隆") is None
    assert units.named("弗隆") is None


def test_units_of_one_dimension_convert_exactly() -> None:
    mu, hectare, jin = units.named("hm²"), units.named("km²"), units.named("斤")
    assert mu is not None
    assert hectare is not None
    assert jin is not None
    assert mu.factor == Decimal(10_000)
    assert hectare.factor == 100 * mu.factor
    assert jin.factor == Decimal("0.5")


def test_counters_and_calendar_units_have_no_factor() -> None:
    for unit in units.all_units():
        if unit.category is Category.COUNTER and unit.dimension == "count":
            assert unit.factor is None, unit.name
    year = units.named("年")
    assert year is not None
    assert year.factor is None


def test_every_form_belongs_to_one_unit_and_leads_back_to_it() -> None:
    seen: dict[str, str] = {}
    for unit in units.all_units():
        assert unit.forms, unit.name
        for form in (*unit.forms, *unit.damaged):
            assert form not in seen, f"{form}: {unit.name} and {seen[form]}"
            seen[form] = unit.name
            assert units.lookup(form) is unit
            found = units.match(form + "。")
            assert found is not None
            assert found.unit is unit


def test_what_a_damaged_form_is_repaired_to_is_a_correct_form() -> None:
    for unit in units.all_units():
        if unit.damaged:
            assert unit.name in unit.forms, unit.name


@given(
    st.text(alphabet="平方公里米千克升瓦时元人次个月年天kKmMgGhHlL2²3/·。C℃㎡ ", max_size=12),
    st.integers(0, 12),
)
def test_a_match_never_leaves_the_text(text: str, start: int) -> None:
    found = units.match(text, start)
    if found is not None:
        assert start < found.end <= len(text)
        assert text[start : found.end] in (*found.unit.forms, *found.unit.damaged)


# 。C may begin a sentence; ㍷ and % are read, but not misread from anything; a slash behind a
# character that is no letter begins a path.
@pytest.mark.parametrize(
    ("form", "name"),
    [
        (form, unit.name)
        for unit in units.all_units()
        for form in unit.damaged
        if form[0] not in "。㍷％﹪" and not ("/" in form and not form[0].isascii())
    ],
)
def test_every_misread_form_is_repaired_behind_a_number(form: str, name: str) -> None:
    assert clean(f"共有3{form}，为去年的两倍。", Config(select=("Q002",))).text == (
        f"共有3{name}，为去年的两倍。"
    )
