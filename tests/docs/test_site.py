"""The site: pages can be reached, links lead somewhere, figures are those of the benchmarks."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.seeds import ROOT
from textclean.config import Config
from textclean.rules.others import rules_for

DOCS = ROOT / "docs"
PAGES = [
    path
    for path in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
    if path.parent != DOCS / "rules"  # written when the site is built
]


def _prose(page: Path) -> str:
    """A page without its code."""
    text = page.read_text(encoding="utf-8")
    text = re.sub(r"^( *)```.*?^\1```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"(`+)(?:(?!\1).)+\1", "", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_files_lead_to_files(page: Path) -> None:
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", _prose(page)):
        target = unquote(link.split("#")[0])
        if re.match(r"[a-z]+:", link) or not target:
            continue
        if not (page.parent / target).exists():
            broken.append(link)
    assert not broken


def test_links_of_the_readme_are_whole_where_it_is_shown_alone() -> None:
    pytest.importorskip("hatchling", reason="needs hatchling")
    whole = runpy.run_path(str(ROOT / "hatch_build.py"))["with_whole_links"]
    text = whole((ROOT / "README.md").read_text(encoding="utf-8"))
    assert "/raw/main/docs/pictures/before-after.svg)" in text
    assert "/blob/main/README.zh.md)" in text
    links = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL))
    assert all(link.startswith("https://") for link in links)


def test_figures_of_the_comparison_are_those_of_the_benchmarks() -> None:
    benchmarks = (DOCS / "benchmarks.md").read_text(encoding="utf-8")
    known = set(re.findall(r"[\d,.]*\d", benchmarks))
    rows = re.findall(r"^\|.*\d.*\|$", (DOCS / "comparison.md").read_text("utf-8"), re.MULTILINE)
    figures = {each for row in rows for each in re.findall(r"(?<![\w.])[\d,.]*\d", row)}
    assert len(figures) > 20
    assert figures <= known


def test_every_how_to_is_listed() -> None:
    for folder in ("how-to", "zh"):
        listed = (DOCS / folder / "index.md").read_text(encoding="utf-8")
        for page in (DOCS / folder).glob("*.md"):
            assert page.stem == "index" or f"({page.name})" in listed


def test_every_file_that_a_run_writes_is_described() -> None:
    from textclean.corpus import names

    text = (DOCS / "files-written.md").read_text(encoding="utf-8")
    for name in names.RECORDS:
        assert f"| `{name}` |" in text


def test_the_two_readmes_know_each_other() -> None:
    assert "(README.zh.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "(README.md)" in (ROOT / "README.zh.md").read_text(encoding="utf-8")


def test_every_public_name_is_in_the_reference() -> None:
    import textclean

    text = (DOCS / "api.md").read_text(encoding="utf-8")
    packages = {"layout", "placeholders", "quantities"}
    for name in set(textclean.__all__) - packages:
        assert f"textclean.{name}\n" in text or name.endswith("Error")


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    for package in ("sphinx", "furo", "myst_parser"):
        pytest.importorskip(package, reason="needs the extra [docs]")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", str(DOCS), str(tmp_path)],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for rule in rules_for(Config()):
        assert rule.name in (tmp_path / "rules" / f"{rule.code}.html").read_text(encoding="utf-8")
    assert "min_copy_across" in (tmp_path / "configuration.html").read_text(encoding="utf-8")
