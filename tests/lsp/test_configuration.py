"""What is in force in an editor, and which settings are refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.seeds import ROOT
from textclean.config import Config
from textclean.errors import ConfigError
from textclean.lsp.configuration import Configurations, Settings, is_prose

EDITORS = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")


def test_settings_are_those_that_the_documents_show() -> None:
    blocks = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", EDITORS, re.DOTALL)]
    given = [
        blocks[0]["glspc.server.initializationOptions"],
        blocks[1]["lsp"]["textclean"]["initialization_options"],
    ]
    for values in given:
        settings = Settings.from_client(values)
        assert settings.applied_to(Config()) == Config(latin_space="add")
    for key in re.findall(r"^\| `(\w+)` \|", EDITORS.partition("## Settings")[2], re.MULTILINE):
        assert hasattr(Settings(), key)


def test_options_win_over_the_file_and_dashes_count_as_underscores() -> None:
    settings = Settings.from_client({"options": {"latin-space": "add", "tier": "suggested"}})
    config = settings.applied_to(Config(latin_space="remove", ignore="S"))
    assert config == Config(latin_space="add", tier="suggested", ignore="S")


@pytest.mark.parametrize(
    "values",
    [
        [],
        {"option": {}},
        {"options": []},
        {"options": {"latin_space": "maybe"}},
        {"suggestions": "yes"},
        {"language": "fr"},
        {"config": 1},
    ],
)
def test_settings_that_do_not_fit_are_refused(values: object) -> None:
    with pytest.raises(ConfigError):
        Settings.from_client(values).applied_to(Config())


def test_a_named_configuration_stands_for_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "textclean.toml").write_text('ignore = ["S"]\n')
    named = tmp_path / "other.toml"
    named.write_text('ignore = ["P"]\n[per-file."a.md"]\nignore = ["Q"]\n')
    assert Configurations(Settings()).of(tmp_path / "a.md") == Config(ignore="S")
    configurations = Configurations(Settings(config=str(named)))
    config = configurations.of(tmp_path / "a.md")
    assert config is not None
    assert config.ignore == ("P", "Q")
    named.write_text("")
    assert configurations.of(tmp_path / "b.md") is not None
    configurations.forget()
    assert configurations.of(tmp_path / "a.md") == Config()


@pytest.mark.parametrize(
    ("name", "language", "prose"),
    [
        ("a.md", "markdown", True),
        ("a.txt", "", True),
        ("thesis.tex", "latex", True),
        ("thesis.tex", "", False),
        ("a.py", "python", False),
        ("a.jsonl", "plaintext", False),
        ("a.csv", "csv", False),
        (None, "plaintext", True),
    ],
)
def test_what_is_prose(name: str | None, language: str, prose: bool) -> None:
    assert is_prose(None if name is None else Path(name), language) is prose


def test_a_client_that_says_nothing_more_keeps_what_it_started_with() -> None:
    pytest.importorskip("pygls", reason="needs the extra [lsp]")
    from textclean.lsp.documents import Document
    from textclean.lsp.handlers import make_server
    from textclean.lsp.positions import Encoding

    server = make_server()
    document = Document("untitled:a", None, "plaintext", 1, "", Encoding.UTF_16)
    server.begin_with({"options": {"ignore": ["P001"]}})
    for nothing in ({}, None):
        server.configure(nothing)
        config = server.config_of(document)
        assert config is not None
        assert config.ignore == ("P001",)
    server.configure({"options": {"ignore": ["P002"]}})
    config = server.config_of(document)
    assert config is not None
    assert config.ignore == ("P002",)
