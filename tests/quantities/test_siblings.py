"""Ten sentences for every form that a number of written Chinese has, and ten that only look so.

Half of the rows of every form are ``held``: those who mend the grammar read the open ones, and are
judged by both.
"""

from tests.quantities.written import amount
from tests.tables import cases
from textclean.quantities import Quantity, find


def _touching(text: str, part: str) -> list[Quantity]:
    start = text.index(part)
    end = start + len(part)
    return [found for found in find(text) if found.start < end and start < found.end]


@cases
def test_a_form_is_read_as_one_quantity(
    text: str, part: str, kind: str | None, value: str, unit: str | None, bound: str | None
) -> None:
    read = _touching(text, part)
    assert [quantity.text for quantity in read] == [part]
    (quantity,) = read
    assert amount(quantity.value_text) == amount(value)
    assert quantity.unit == unit
    assert bound in (None, str(quantity.bound))
    assert kind in (None, str(quantity.kind))


@cases
def test_what_looks_like_a_form_has_no_other_value(
    text: str, part: str, allowed: list[str]
) -> None:
    values = []
    for entry in allowed:
        value, _, unit = entry.partition(" ")
        values.append((amount(value), unit or None))
    for quantity in _touching(text, part):
        if quantity.value is not None:
            assert (amount(quantity.value_text), quantity.unit) in values, quantity
