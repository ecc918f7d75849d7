"""What looks like a quantity and is none, or is right already: no rule and no style touches it.

The first list is what an early version changed in a hand-read sample of printed news.
"""

import pytest

from tests.seeds import ROOT
from tests.tables import cases
from textclean import Config, clean
from textclean.quantities import Style, normalize

STAY = ROOT / "benchmarks" / "data" / "quantities_stay.tsv"
ONLY_QUANTITIES = Config(select=("Q",))

EVERY_STYLE = [
    Style(),
    Style(numerals="digits", units="symbol", grouping="comma"),
    Style(numerals="chinese", units="chinese", grouping="none"),
]


@cases
def test_a_number_takes_no_word_that_is_not_its_own(text: str) -> None:
    assert clean(text, ONLY_QUANTITIES).text == text
    assert normalize(text).text == text


@cases
@pytest.mark.parametrize("style", EVERY_STYLE, ids=["marks", "digits", "chinese"])
def test_no_style_touches_an_idiom(text: str, style: Style) -> None:
    assert normalize(text, style).text == text


@pytest.mark.parametrize("line", STAY.read_text(encoding="utf-8").splitlines()[2:])
def test_the_strings_of_the_benchmark_stay_or_become_what_the_standard_has(line: str) -> None:
    text, _, allowed = line.partition("\t")
    assert clean(text, ONLY_QUANTITIES).text in (text, *allowed.split("|"))
    assert normalize(text).text in (text, *allowed.split("|"))
