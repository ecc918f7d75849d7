"""The examples of the documents, run: Python as it is, configurations by `Config` and schema."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import pytest

from tests.seeds import ROOT
from textclean import Config
from textclean.cleaning import resolved


def blocks(name: str, language: str) -> list[str]:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


PYTHON = blocks("python.md", "python")


@pytest.mark.parametrize("number", range(len(PYTHON)))
def test_examples_of_python_run(number: int) -> None:
    block = PYTHON[number]
    for package in re.findall(r"^import (pandas|polars|pyarrow|datasets)", block, re.MULTILINE):
        pytest.importorskip(package, reason=f"needs {package}")
    if "clean_corpus" in block:
        pytest.importorskip("numba", reason="needs the extra [dedup]")
    exec(compile("import textclean\n" + block, f"python.md, block {number}", "exec"), {})


@pytest.mark.parametrize("number", range(len(blocks("integrations.md", "python"))))
def test_examples_of_integrations_run(number: int) -> None:
    block = blocks("integrations.md", "python")[number]
    for package in re.findall(r"^(?:import|from) ([a-z_]+)", block, re.MULTILINE):
        if package not in ("textclean", "tempfile"):
            pytest.importorskip(package, reason=f"{package} is not installed")
    if "CopyFilter" in block or "drop_copies" in block:
        pytest.importorskip("numba", reason="needs the extra [dedup]")
    exec(compile(block, f"integrations.md, block {number}", "exec"), {})


def test_the_example_of_the_index_runs() -> None:
    pytest.importorskip("lmdb", reason="needs the extra [index]")
    [block] = blocks("persistent-index.md", "python")
    exec(compile(block, "persistent-index.md", "exec"), {})


@pytest.mark.parametrize("number", range(4))
def test_examples_of_configurations_are_valid(number: int) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="needs jsonschema")
    schema = json.loads((ROOT / "docs/schemas/textclean.schema.json").read_text(encoding="utf-8"))
    values: dict[str, Any] = tomllib.loads(blocks("configuration.md", "toml")[number])
    jsonschema.validate(values, schema)
    config = Config.from_mapping(values)
    if not config.plugins:
        if config.rule:
            pytest.importorskip("regex", reason="needs the extra [rules]")
        resolved(config)


def test_every_ending_that_is_read_is_documented() -> None:
    from textclean.corpus.formats import FORMATS
    from textclean.corpus.formats.compression import ENDINGS

    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    for ending in (*ENDINGS, *(each for form in FORMATS for each in form.endings)):
        assert f"`{ending}`" in text


def test_the_plug_in_of_the_document_is_one() -> None:
    from textclean.rules import others

    names: dict[str, Any] = {}
    exec(blocks("configuration.md", "python")[0], names)
    others._check(names["house_word"])


def test_the_hook_that_takes_a_wheel_is_one_for_pre_commit(tmp_path: Any) -> None:
    import subprocess
    import sys

    pytest.importorskip("pre_commit", reason="needs pre-commit")
    [hook] = [each for each in blocks("output-formats.md", "yaml") if each.startswith("repos:")]
    (tmp_path / "hooks.yaml").write_text(hook, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-config", str(tmp_path / "hooks.yaml")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
