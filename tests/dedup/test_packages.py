"""What the search demands is what it uses, and what the extra installs."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib

import pytest

from tests.seeds import ROOT
from textclean.dedup import deduplicate, signatures
from textclean.dedup.inputs import SEARCH
from textclean.errors import MissingExtraError

#: What a module imports beside: the type that `signatures` returns, and what was given to be read,
#: and what only type checkers see.
OTHERS = {"datasketch", "pyarrow", "typing_extensions"}
TEXTS = [
    "全市共有医疗机构一千余个，群众看病更加方便。",
    "近年来各地持续推进基层医疗卫生服务能力建设。",
]


def imported() -> set[str]:
    """The packages that the modules of the search import, wherever in them."""
    names: set[str] = set()
    for path in (ROOT / "textclean" / "dedup").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names.add(node.module or "")
    return {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"textclean"}


def test_the_search_demands_what_it_imports() -> None:
    assert set(SEARCH) == imported() - OTHERS


def test_the_extra_installs_what_the_search_demands() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = {re.split("[<>=]", need)[0] for need in project["optional-dependencies"]["dedup"]}
    assert extra == set(SEARCH)


def test_a_search_runs_without_datasketch_and_scipy() -> None:
    code = (
        "import sys; sys.modules |= dict.fromkeys(['datasketch', 'scipy']);"
        f"from textclean import deduplicate; print(deduplicate({TEXTS!r} * 2).kept)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[0, 1]"


@pytest.mark.parametrize("package", SEARCH)
def test_what_the_search_lacks_is_named(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=r"textclean-zh\[dedup\]"):
        deduplicate(TEXTS)


def test_signatures_name_the_extra_that_they_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datasketch", None)
    with pytest.raises(MissingExtraError, match=r"textclean-zh\[datasketch\]"):
        signatures(TEXTS)
