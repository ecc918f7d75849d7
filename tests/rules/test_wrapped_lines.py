"""L005: a word that the line's end divided."""

import pytest

from textclean import Config, check, clean

SUGGESTED = Config(tier="suggested")


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("The infor-\nmation system is ready.", "The information system is ready."),
        ("The infor-\r\n  mation system is ready.", "The information system is ready."),
        ("Lavoi-\nsier met oxy-\ngen; oxygen burns.", "Lavoi-\nsier met oxygen; oxygen burns."),
    ],
)
def test_a_divided_word_is_joined(text: str, joined: str) -> None:
    done = clean(text, SUGGESTED)
    assert done.text == joined
    assert done.revert() == text
    assert clean(joined, SUGGESTED).text == joined
    assert clean(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "This is a well-\nknown method.",
        "A state-of-the-\nart system.",
        "## Infor-\nmation",
        "`infor-\nmation`",
        "```\ninfor-\nmation\n```",
        "- item -\nmation",
        "https://a.cn/infor-\nmation",
    ],
)
def test_compounds_headings_and_code_stay(text: str) -> None:
    assert not check(text, Config(select=("L005",)))
