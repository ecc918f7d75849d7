"""What `written` writes at random is read as it was meant, also after a style.

By the thousand here; ``benchmarks/quantities.py --written`` does it a million times.
"""

from random import Random

import pytest

from tests.quantities.written import FORMS, Form, chinese, difference, in_context, random_style
from tests.quantities.written_everyday import EVERYDAY_FORMS
from textclean.quantities import find, normalize

KINDS = sorted({*FORMS, *EVERYDAY_FORMS}, key=lambda form: form.__name__)


@pytest.mark.parametrize("form", KINDS, ids=lambda form: form.__name__)
def test_a_quantity_is_read_as_it_was_written(form: Form) -> None:
    random = Random(form.__name__)
    for _ in range(200):
        written = form(random)
        text, at = in_context(random, written)
        assert difference(written, at, find(text)) is None, text


@pytest.mark.parametrize("form", KINDS, ids=lambda form: form.__name__)
def test_a_quantity_is_the_same_after_any_style(form: Form) -> None:
    random = Random(form.__name__ + " after a style")
    for _ in range(40):
        written = form(random)
        text, at = in_context(random, written)
        style = random_style(random)
        done = normalize(text, style)
        assert done.revert() == text
        longer = len(done.text) - len(text)
        assert difference(written, at, find(done.text), longer) is None, (text, done.text, style)
        assert normalize(done.text, style).text == done.text


@pytest.mark.parametrize(
    ("number", "numerals"),
    [(10, "十"), (14, "十四"), (105, "一百零五"), (110, "一百一十"), (1_010, "一千零一十"),
     (10_200, "一万零二百"), (100_000_001, "一亿零一"), (3_050_000, "三百零五万")],
)  # fmt: skip
def test_the_writer_itself_writes_correct_numerals(number: int, numerals: str) -> None:
    assert chinese(number) == numerals
