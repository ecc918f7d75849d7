"""What tests of misreadings share: two tables of each module, of what is mended and what stays."""

from __future__ import annotations

from collections.abc import Callable

from tests.tables import cases
from textclean import Config, Tier, clean

SUGGESTED = Config(tier=Tier.SUGGESTED)


def comes_back(module: str) -> Callable[..., None]:
    """The test of a module that what was printed comes back, and then stays."""

    def test_what_was_printed_comes_back(text: str, cleaned: str) -> None:
        assert clean(text, SUGGESTED).text == cleaned
        assert clean(cleaned, SUGGESTED).text == cleaned

    test_what_was_printed_comes_back.__module__ = module
    return cases(test_what_was_printed_comes_back)


def stays(module: str) -> Callable[..., None]:
    """The test of a module that what is right stays."""

    def test_what_is_right_stays(text: str) -> None:
        assert clean(text, SUGGESTED).text == text

    test_what_is_right_stays.__module__ = module
    return cases(test_what_is_right_stays)
