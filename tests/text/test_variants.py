"""The character tables: what they must hold, and what must never get into them."""

import unicodedata

import pytest

from textclean.text.variants import (
    fold_table,
    radicals,
    standard_characters,
    traditional,
)


@pytest.mark.parametrize(
    ("radical", "ideograph"),
    zip("⺠⻚⻅⻓⻋⻛⻔⻢⼤⼈⽅⽣", "民页见长车风门马大人方生", strict=True),
)
def test_a_radical_is_the_ideograph_that_it_looks_like(radical: str, ideograph: str) -> None:
    assert radicals()[radical] == ideograph


def test_every_radical_has_one_ideograph_that_is_no_radical() -> None:
    table = radicals()
    assert set(map(len, table)) == set(map(len, table.values())) == {1}
    assert not set(table) & set(table.values())
    assert all(unicodedata.name(value).startswith("CJK UNIFIED") for value in table.values())
    assert len([radical for radical in table if "\u2f00" <= radical <= "\u2fd5"]) == 214
    assert len(table) == 214 + 114


def test_radicals_agree_with_nfkc_where_nfkc_has_an_opinion() -> None:
    for radical, ideograph in radicals().items():
        assert unicodedata.normalize("NFKC", radical) in (radical, ideograph)


def test_the_standard_has_8105_characters() -> None:
    standard = standard_characters()
    assert len(standard) == 8105
    assert all(unicodedata.name(character).startswith("CJK UNIFIED") for character in standard)
    assert standard.issuperset("的一国家卫生健康乾坤著瞭昇甦堃𬭸䶮")
    assert not standard & set("國發後們疛囯")


@pytest.mark.parametrize("pair", ["細细", "來来", "國国", "發发", "開开", "後后", "為为", "爲为"])
def test_a_traditional_character_has_its_simplified_form(pair: str) -> None:
    assert traditional()[pair[0]] == pair[1]


@pytest.mark.parametrize("character", "乾著瞭徵昇甯於藉覆夥麽噁薴蘋鍾鉅鍊祇苧线后面干")
def test_what_has_two_readings_is_not_in_the_table_that_changes_texts(character: str) -> None:
    assert character not in traditional()


def test_traditional_characters_are_outside_the_standard_and_their_forms_inside() -> None:
    table = traditional()
    assert not set(table) & standard_characters()
    assert standard_characters().issuperset(table.values())
    assert max(table) < "\U00010000"


def test_fold_is_one_to_one_idempotent_and_agrees_with_the_narrower_table() -> None:
    table = fold_table()
    assert not set(table) & set(table.values())
    assert all(table[ord(key)] == ord(value) for key, value in traditional().items())
    text = "乾坤著作，瞭望後方，開發西藏；鍾書與蘋果，𡻕月"
    folded = text.translate(table)
    assert folded == "干坤著作，瞭望后方，开发西藏；钟书与苹果，岁月"
    assert len(folded) == len(text)
    assert folded.translate(table) == folded
