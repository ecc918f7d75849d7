"""Pictures of the report in Chromium: each view of the report of the seeds, as somebody sees it."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from tests.report.html import browsers
from tests.report.html.corpora import seeds_report


class View(NamedTuple):
    """A picture: what is chosen on the page, in which colours and language."""

    name: str
    tab: str
    scheme: str = "light"
    language: str = "en"


VIEWS = (
    View("report-overview.png", "overview"),
    View("report-changes.png", "changes"),
    View("report-changes-dark.png", "changes", "dark", "zh"),
)
#: Pixels, so that a picture has less than 200 KB.
SIZE = {"width": 1280, "height": 570}
#: The document and the rule of the change that is chosen: marks that the model puts for spaces.
DOCUMENT, RULE = "003_88b8b5c2e6747ca6.txt", "P122"


def make(folder: Path, views: tuple[View, ...] = VIEWS) -> list[str]:
    """Write the pictures into a folder, if they can be made."""
    if browsers.PROGRAM is None or find_spec("playwright") is None:
        return []
    from playwright.sync_api import sync_playwright

    with TemporaryDirectory() as temporary, sync_playwright() as playwright:
        path = seeds_report(Path(temporary) / "seeds-cleaned")
        chromium = browsers.launched(playwright)
        for view in views:
            _draw(chromium, path, view, folder / view.name)
        chromium.close()
    return [view.name for view in views]


def _draw(chromium: Any, path: Path, view: View, picture: Path) -> None:
    page = chromium.new_page(viewport=SIZE, color_scheme=view.scheme)
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    page.select_option("#language", view.language)
    page.click(f"#tab-{view.tab}")
    if view.tab == "changes":
        page.click(f'#texts [title="{DOCUMENT}"]')
        page.focus("#pairs")
        page.keyboard.press("j")
        while RULE not in page.text_content("#details"):
            page.keyboard.press("j")
    if view.tab == "copies":
        page.locator("details.group summary").first.click()
    page.wait_for_timeout(300)
    page.screenshot(path=picture)
    page.close()
