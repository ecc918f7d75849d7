"""The browser of the system that the report is shown in."""

from __future__ import annotations

import os
import shutil
from typing import Any

PROGRAM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


def launched(playwright: Any) -> Any:
    """Chromium, without a window, for a Playwright that runs."""
    # As root there is no sandbox, which Chromium wants to be told.
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=PROGRAM, args=arguments)
