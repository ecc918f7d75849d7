"""Progress: a line that is written again on a terminal, a line a minute elsewhere."""

from __future__ import annotations

import pytest

from textclean.cli import output, progress
from textclean.cli.progress import described, progress_line


def test_a_line_says_stage_amounts_rate_and_time_left() -> None:
    assert described("cleaning", 250, 1000, "texts", 10) == (
        "cleaning 25 %, 250 of 1,000 texts, 25 texts/s, 0:30 left"
    )
    assert described("reading", 5_000_000, 20_000_000, "bytes", 3600) == (
        "reading 25 %, 5.0 of 20.0 MB, 0.0 MB/s, 3:00:00 left"
    )
    assert described("comparing", 0, None, "", 3) == "comparing …"
    assert described("cleaning", 0, 10, "texts", 0) == "cleaning 0 %, 0 of 10 texts"


@pytest.mark.parametrize("terminal", [False, True])
def test_a_line_a_minute_or_a_line_rewritten(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], terminal: bool
) -> None:
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal)
    with progress_line() as show:
        assert show is not None
        for second in range(130):
            now[0] = float(second)
            show("cleaning", second, 130, "texts")
    said = capsys.readouterr().err
    if terminal:
        assert said.count("\r") == 132
        assert "\n" not in said
        assert said.endswith(" \r")
    else:
        assert said.splitlines() == [
            "cleaning 46 %, 60 of 130 texts, 1 texts/s, 1:10 left",
            "cleaning 92 %, 120 of 130 texts, 1 texts/s, 0:10 left",
        ]


def test_quiet_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "_quiet", True)
    with progress_line() as show:
        assert show is None
