"""How far work on many files is, for whoever shows it."""

from __future__ import annotations

from collections.abc import Callable

#: Told the stage, how much of it is done, how much there is (None: nobody knows), and of what.
StageProgress = Callable[[str, int, int | None, str], None]


def unheard(stage: str, done: int, total: int | None, unit: str) -> None:
    """Progress that nobody shows."""


def tell_cleaned(progress: StageProgress, done: int, total: int) -> None:
    """Tell how many of some texts are cleaned."""
    progress("cleaning", done, total, "texts")
