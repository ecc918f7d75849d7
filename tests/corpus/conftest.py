"""A rule that fails on some texts."""

from __future__ import annotations

import pytest

from textclean import Cleaned, Config, cleaning


@pytest.fixture
def failing_rule(monkeypatch: pytest.MonkeyPatch) -> str:
    """Words on which cleaning fails."""
    mark = "这里会出错"
    real = cleaning.clean

    def fail_on_mark(text: str, config: Config) -> Cleaned:
        if mark in text:
            raise RuntimeError("a rule failed")
        return real(text, config)

    monkeypatch.setattr(cleaning, "clean", fail_on_mark)
    return mark
