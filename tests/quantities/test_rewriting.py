"""Styles: what they write, what they leave, and that every edit proves itself."""

from __future__ import annotations

import lzma
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cases
from textclean import Config, clean
from textclean.errors import ConfigError
from textclean.quantities import Kind, Style, find, normalize

NEWS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "news.txt.xz"
STYLES = [
    Style(),
    Style(units="symbol"),
    Style(units="chinese", grouping="comma"),
    Style(numerals="digits"),
    Style(numerals="chinese"),
    Style(number_range="-", date_range="-", repeat_shared=False, grouping="none"),
]
DIGITS = (
    "0123456789０５.．,，%％-～至年月日时点第约近余多以上个人元万亿千百十一二三两半零〇 x㎡m2。“”、"
)


def readings(text: str) -> list[tuple[object, ...]]:
    return [(q.kind, q.value_text, q.unit, q.bound, q.precision) for q in find(text)]


@cases
def test_gbt15835_writes_ranges_by_the_standard(before: str, after: str) -> None:
    done = normalize(before)
    assert done.text == after
    assert done.revert() == before
    assert readings(before) == readings(after)


@cases
def test_what_is_right_or_unsure_stays(text: str) -> None:
    assert normalize(text).text == text


@pytest.mark.parametrize(
    ("style", "before", "after"),
    [
        (Style(units="symbol"), "面积4.6万平方米，长3公里", "面积4.6万m²，长3km"),
        (Style(units="chinese"), "面积120m²，重5kg", "面积120平方米，重5千克"),
        (Style(grouping="comma"), "共12345人，1234人", "共12,345人，1234人"),
        (Style(grouping="none"), "共12,345人", "共12345人"),
        (Style(numerals="digits"), "三百二十人，两万余例，百分之三点五", "320人，2万余例，3.5%"),
        (Style(numerals="digits"), "二〇二一年七月三十日", "2021年7月30日"),
        (Style(numerals="digits"), "前二、三季度和第十四、五条", "前二、三季度和第十四、五条"),
        (Style(numerals="chinese"), "共有320人，3个小组", "共有三百二十人，三个小组"),
        (Style(number_range="—"), "3-11岁", "3—11岁"),
        (Style(number_range=None, date_range=None), "3-11岁，2014-2016年", "3-11岁，2014-2016年"),
    ],
)
def test_a_style_is_data(style: Style, before: str, after: str) -> None:
    assert normalize(before, style).text == after


@pytest.mark.parametrize("style", STYLES)
def test_idioms_never_change(style: Style) -> None:
    text = "一体化，三甲，十三五，二十大，四川，双随机一公开，七上八下，千万别，第一时间，统一"
    assert normalize(text, style).text == text


def test_a_style_can_be_a_file(tmp_path: Path) -> None:
    house = tmp_path / "house.toml"
    house.write_text('number-range = "—"\nunits = "chinese"\ndate_range = ""\n', encoding="utf-8")
    assert normalize("3-11岁，5㎡，2014-2016年", str(house)).text == "3—11岁，5平方米，2014-2016年"
    done = clean("接种年龄3-11岁。", Config(style=str(house)))
    assert done.text == "接种年龄3—11岁。"


@cases
def test_a_wrong_style_is_an_error(tmp_path: Path, content: str, message: str) -> None:
    house = tmp_path / "house.toml"
    house.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        normalize("3-11岁", str(house))


def test_an_unknown_style_is_an_error() -> None:
    with pytest.raises(ConfigError, match="there is no style"):
        clean("3-11岁", Config(style="gb15835"))
    with pytest.raises(ConfigError, match="cannot be read"):
        normalize("3-11岁", "nowhere.toml")


def test_no_style_changes_nothing() -> None:
    assert clean("年龄3-11岁，2014-2016年。").text == "年龄3-11岁，2014-2016年。"


def test_clean_with_a_style_writes_what_normalize_writes() -> None:
    text = "接种年龄3-11岁，2014-2016年增长18%-25%，每家2-5万元。"
    assert clean(text, Config(select=("Q",), style="gbt15835")).text == normalize(text).text


@given(st.text(st.sampled_from(DIGITS)), st.sampled_from(STYLES))
def test_every_edit_of_style_reads_the_same(text: str, style: Style) -> None:
    done = normalize(text, style)
    assert done.revert() == text
    assert readings(done.text) == readings(text)
    assert normalize(done.text, style).text == done.text


@pytest.mark.skipif(not NEWS.exists(), reason="the corpus is not here")
@pytest.mark.parametrize("style", STYLES[:4:3])
def test_every_edit_of_style_proves_itself_on_news(style: Style) -> None:
    with lzma.open(NEWS, "rt", encoding="utf-8") as lines:
        paragraphs = lines.read(300_000).split("\n")
    changed = 0
    for paragraph in paragraphs:
        done = normalize(paragraph, style)
        changed += len(done.edits)
        if done.changed:
            assert readings(done.text) == readings(paragraph)
            assert done.revert() == paragraph
    assert changed


def test_of_two_numbers_that_may_be_one_neither_is_written_otherwise() -> None:
    assert normalize("11 11", Style(numerals="chinese")).text == "11 11"


def test_a_style_leaves_spaces_that_are_the_habit_of_a_text() -> None:
    text = "在执行步骤 1 到 6 时临时禁用 3 个模块，在凌晨 2 点到 3 点之间拒绝 5 次请求，重试 4 次。"
    assert normalize(text).text == text
    assert normalize("共有15 个，占3 成。" + "比2019年多8个，达35个。" * 3).text.startswith(
        "共有15个"
    )


def test_one_change_that_fails_takes_no_other_sentence_with_it() -> None:
    text = "约三五天，长３－５米的一条。" + "年龄3-11岁。" * 3
    assert normalize(text, Style(numerals="digits")).text.endswith("年龄3～11岁。" * 3)


def test_kinds_are_strings() -> None:
    assert Kind.IDIOM == "idiom"


def seconds(text: str) -> float:
    start = time.process_time()
    normalize(text)
    return time.process_time() - start


@pytest.mark.parametrize("repeated", [" ", "\u3000一"])
def test_eight_times_the_text_takes_about_eight_times_as_long(repeated: str) -> None:
    short, long = (seconds(repeated * (length // len(repeated))) for length in (4_000, 32_000))
    assert long < 24 * short + 0.1  # the square would be 64 times


def test_a_number_behind_many_spaces_is_still_written_by_the_style() -> None:
    assert normalize("增长" + " " * 40 + "3-11岁").text.endswith("3～11岁")
