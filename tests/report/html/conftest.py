"""A real Chromium, that of the system, and pages in it whose every request and error is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import call, folder  # noqa: F401  (fixtures)
from tests.report.html import browsers
from tests.report.html.corpora import every_view_report, seeds_report


class Opened:
    """A report in the browser.

    Attributes:
        page: of Playwright.
        requests: addresses that were asked for.
        errors: what the browser complained of.
    """

    def __init__(self, page: Any) -> None:
        self.page = page
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "console",
            lambda message: (
                message.type in ("error", "warning") and self.errors.append(message.text)
            ),
        )
        page.on("dialog", lambda dialog: self.errors.append(dialog.message))

    def matches(self) -> tuple[int, int]:
        """How many changes fit the filters, and how many there are."""
        numbers = self.page.text_content("#fitting").replace(",", "").split(" of ")
        return int(numbers[0]), int(numbers[1].split()[0])


Open = Callable[..., Opened]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, without a window; ended with the module, for it keeps an event loop running."""
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if browsers.PROGRAM is None:
        pytest.skip("Chromium is not installed (Debian's package is `chromium`)")
    with api.sync_playwright() as playwright:
        chromium = browsers.launched(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def open_report(browser: Any) -> Iterator[Open]:
    """Open a file; at the end nothing but it may have been asked for, and no error logged."""
    opened: list[tuple[Opened, Path]] = []

    def open_(path: Path, **options: Any) -> Opened:
        context = browser.new_context(accept_downloads=True, **options)
        one = Opened(context.new_page())
        opened.append((one, path))
        one.page.goto(path.as_uri())
        one.page.wait_for_selector("html[data-ready]", timeout=60_000)
        return one

    yield open_
    for one, path in opened:
        one.page.context.close()
        assert one.errors == []
        assert {url for url in one.requests if not url.startswith("blob:")} == {path.as_uri()}


@pytest.fixture(scope="session")
def seeds_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the seeds, beside the records of their run."""
    return seeds_report(tmp_path_factory.mktemp("seeds") / "out")


@pytest.fixture(scope="session")
def views_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report that has something for every view but the reading order."""
    return every_view_report(tmp_path_factory.mktemp("views"))
