"""Pythons that we cannot run here: nothing is used that they have removed or warn of."""

from __future__ import annotations

import ast
import tomllib
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.seeds import ROOT

#: Modules that are gone in 3.12 (the first line), 3.13 (PEP 594) and deprecated up to 3.14.
_GONE = {
    "asynchat", "asyncore", "distutils", "imp", "smtpd",
    "aifc", "audioop", "cgi", "cgitb", "chunk", "crypt", "imghdr", "mailcap", "msilib", "nis",
    "nntplib", "ossaudiodev", "pipes", "sndhdr", "spwd", "sunau", "telnetlib", "uu", "xdrlib",
    "lib2to3", "pkg_resources",
}  # fmt: skip
#: Names of modules that went without their module.
_GONE_NAMES = {
    "ast": {"Num", "Str", "Bytes", "NameConstant", "Ellipsis"},
    "importlib.resources": {"contents", "path", "is_resource"},
    "pkgutil": {"find_loader", "get_loader", "ImpImporter"},
    "typing": {"io", "re", "ByteString"},
    "collections.abc": {"ByteString"},
    "locale": {"getdefaultlocale", "format"},
    "asyncio": {"get_event_loop_policy", "set_event_loop_policy"},
}
SOURCES = [ROOT / "textclean_zh.py", *sorted((ROOT / "textclean").rglob("*.py"))]


def _faults(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for each in node.names:
                if each.name.split(".")[0] in _GONE:
                    yield f"line {node.lineno}: {each.name}"
        elif isinstance(node, ast.ImportFrom) and node.module:
            gone = {each.name for each in node.names} & _GONE_NAMES.get(node.module, set())
            if node.module.split(".")[0] in _GONE or gone:
                yield f"line {node.lineno}: {node.module}"
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.attr in _GONE_NAMES.get(node.value.id, set()):
                yield f"line {node.lineno}: {node.value.id}.{node.attr}"
        elif isinstance(node, ast.Try):
            for last in node.finalbody:  # PEP 765: a SyntaxWarning from 3.14
                if any(isinstance(each, ast.Return) for each in ast.walk(last)):
                    yield f"line {last.lineno}: return in finally"


def test_nothing_is_used_that_newer_pythons_have_removed() -> None:
    found = []
    for path in SOURCES:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # escapes in strings that are none
            tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        found += [f"{path.relative_to(ROOT)}, {fault}" for fault in _faults(tree)]
    assert len(SOURCES) > 100
    assert not found


@pytest.mark.parametrize(
    "source",
    [
        "import imp", "import distutils.core", "from cgi import escape", "from ast import Str",
        "ast.Num", "def f():\n  try: pass\n  finally: return 1", "from typing import ByteString",
    ],
)  # fmt: skip
def test_what_was_removed_is_found(source: str) -> None:
    assert list(_faults(ast.parse(source)))


def test_the_classifiers_are_the_pythons_that_are_documented() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=3.11"
    said = {each.split()[-1] for each in project["classifiers"] if "Python :: 3." in each}
    text = Path(ROOT / "docs/how-to/install.md").read_text(encoding="utf-8")
    assert said == {"3.11", "3.12", "3.13", "3.14"}
    assert all(each in text for each in said)
