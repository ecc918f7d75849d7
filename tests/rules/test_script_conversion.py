"""T004: whole texts converted by OpenCC."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus.paragraphs import PARAGRAPHS
from tests.seeds import TEXTS
from textclean import Config, clean
from textclean.config.options import ScriptConversion
from textclean.errors import ConfigError, MissingExtraError

opencc = pytest.importorskip("opencc")
SCHEMES = ScriptConversion.__args__
SEEDS = list(TEXTS.values())


def only(scheme: str) -> Config:
    return Config(script=scheme, select=("T004",))


@pytest.mark.parametrize(
    ("scheme", "before", "after"),
    [
        ("s2t", "头发与发展，皇后在后面。", "頭髮與發展，皇后在後面。"),
        ("s2twp", "这个软件的鼠标和内存", "這個軟體的滑鼠和記憶體"),
        ("s2hk", "里面有线", "裏面有線"),
        ("t2s", "頭髮與發展，皇后在後面。", "头发与发展，皇后在后面。"),
        ("tw2sp", "這個軟體的滑鼠", "这个软件的鼠标"),
        ("t2jp", "國會與學校", "国会与学校"),
        ("s2t", "鄰里之間的關係", "鄰里之間的關係"),  # is in it already
        ("t2s", "她顯著提高，著作等身", "她显著提高，著作等身"),
        ("s2t", "日本の国会は会議を開いた。", "日本の国会は会議を開いた。"),
        ("s2t", "见`国家`与[说明](说明.md)", "見`国家`與[說明](说明.md)"),
        ("s2t", "甲\n\n    国家\n\n```\n国家\n```\n国家", "甲\n\n    國家\n\n```\n国家\n```\n國家"),
    ],
)
def test_a_text_is_converted_by_phrases(scheme: str, before: str, after: str) -> None:
    done = clean(before, only(scheme))
    assert done.text == after
    assert done.revert() == before
    assert all(edit.rule == "T004" for edit in done.edits)
    assert clean(after, only(scheme)).text == after


def test_an_edit_says_what_it_is_by() -> None:
    (edit,) = clean("鼠标很好用", only("s2twp")).edits
    assert (edit.before, edit.after, edit.evidence) == ("鼠标", "滑鼠", "OpenCC s2twp")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("text", SEEDS, ids=list(TEXTS))
def test_a_second_run_changes_nothing_and_undo_is_exact(scheme: str, text: str) -> None:
    if scheme[0] in "th":
        text = opencc.OpenCC("s2t").convert(text)
    done = clean(text[:20_000], only(scheme))
    assert done.revert() == text[:20_000]
    assert clean(done.text, only(scheme)).text == done.text


@pytest.mark.parametrize("scheme", ["s2t", "s2twp", "t2s", "tw2sp"])
def test_with_all_rules_too(scheme: str) -> None:
    text = "\n".join(PARAGRAPHS)
    done = clean(text, script=scheme, tier="suggested")
    assert done.revert() == text
    assert clean(done.text, script=scheme, tier="suggested").text == done.text


@given(
    st.text("里鄰邻关系關係后後皇干乾淨净著显顯面麵台臺の`\n，头发頭髮發"), st.sampled_from(SCHEMES)
)
def test_it_comes_to_rest_on_any_mixture(text: str, scheme: str) -> None:
    done = clean(text, only(scheme))
    assert done.revert() == text
    assert clean(done.text, only(scheme)).text == done.text


def test_what_opencc_does_to_a_simplified_text_is_what_comes_out() -> None:
    text = "\n".join(paragraph for paragraph in PARAGRAPHS if "`" not in paragraph)
    done = clean(text, only("s2t")).text
    expected = "\n".join(map(opencc.OpenCC("s2t").convert, text.split("\n")))
    wrong = list(zip(done.split("\n"), expected.split("\n"), strict=True))
    assert sum(one != other for one, other in wrong) <= len(wrong) // 50


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from textclean.rules.script_conversion import _converter

    _converter.cache_clear()
    monkeypatch.setitem(sys.modules, "opencc", None)
    with pytest.raises(MissingExtraError, match=r"textclean-zh\[script\]"):
        clean("国家", only("s2t"))
    _converter.cache_clear()


def test_what_is_no_conversion_is_refused() -> None:
    with pytest.raises(ConfigError, match="script: 's2x' is not one of s2t, t2s"):
        Config(script="s2x")
