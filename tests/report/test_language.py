"""Messages in Chinese: that there is one for what a user meets, and that it says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

import pytest

from textclean.report.language import locale_language, tr, use_language

TABLE = [
    row.split("\t")
    for row in (files("textclean.report") / "chinese.tsv").read_text("utf-8").splitlines()
    if not row.startswith("# ")
]


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    use_language("zh")
    yield
    use_language("en")


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_every_row_fills_in_all_and_is_reached(row: list[str]) -> None:
    english, translation = row
    gaps = re.findall(r"\{(\d)n?\}", english)
    assert gaps == [str(number) for number in range(len(gaps))]
    assert set(re.findall(r"\{(\d)\}", translation)) == set(gaps)
    values = {each: f"3{each}" if f"{{{each}n}}" in english else f"«{each}»" for each in gaps}
    filled = re.sub(r"\{(\d)n?\}", lambda gap: values[gap[1]], english)
    expected = re.sub(r"\{(\d)\}", lambda gap: values[gap[1]], translation)
    assert tr(filled) == expected


def test_what_is_filled_in_is_translated_too() -> None:
    assert tr("a.txt: cannot be read: Permission denied") == "a.txt：无法读取：没有权限"
    assert tr("a/b.toml: rule U001: reason is missing") == "a/b.toml：规则 U001：缺少 reason"


@pytest.mark.parametrize("message", ["", "a message that nobody translated", "错误"])
def test_what_has_no_translation_stays(message: str) -> None:
    assert tr(message) == message


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"), ({"LANG": "zh_CN.UTF-8"}, "zh"), ({"LANG": "de_DE"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US", "LC_MESSAGES": "zh_TW"}, "zh"), ({"LANG": "zh_CN", "LC_ALL": ""}, "zh"),
    ],
)  # fmt: skip
def test_the_locale_decides_as_posix_says(environment: dict[str, str], language: str) -> None:
    assert locale_language(environment) == language
