"""The JSON Schema of configurations: current, valid, and of one mind with `Config`."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
from hypothesis import given

from tests.seeds import ROOT
from tests.strategies import configs
from textclean import Config, ConfigError
from textclean.cli import commands
from textclean.config.schema import config_schema

jsonschema = pytest.importorskip("jsonschema", reason="needs jsonschema")

SCHEMA = config_schema()
VALIDATOR = jsonschema.validators.validator_for(SCHEMA)(SCHEMA)
EXAMPLE = """
tier = "suggested"
select = ["P", "S"]
tiers = { R001 = "report" }
latin-space = "add"
min_copy = 12

[per-file."docs/**"]
ignore = "P"
tier = "safe"

[[rule]]
code = "U001"
pattern = "登陆(?=网站)"
replacement = "登录"
reason = "登录 is what one does to a site."
examples = [["登陆网站", "登录网站"], { before = "请登陆网站", after = "请登录网站" }]
counter-examples = ["台风登陆"]
"""


def test_the_published_schema_is_current() -> None:
    published = (ROOT / "docs/schemas/textclean.schema.json").read_text(encoding="utf-8")
    assert json.loads(published) == SCHEMA, "run `textclean config --schema`"


def test_the_schema_is_a_schema() -> None:
    type(VALIDATOR).check_schema(SCHEMA)


def test_the_command_writes_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as status:
        commands(["config", "--schema"], prog_name="textclean")
    assert status.value.code == 0
    assert json.loads(capsys.readouterr().out) == SCHEMA


@given(configs())
def test_every_configuration_is_valid(config: Config) -> None:
    VALIDATOR.validate(config.as_mapping())


def test_a_file_with_every_kind_of_table_is_valid() -> None:
    values = tomllib.loads(EXAMPLE)
    VALIDATOR.validate(values)
    config = Config.from_mapping(values)
    VALIDATOR.validate(config.as_mapping())
    assert Config.from_mapping(config.as_mapping()) == config


@pytest.mark.parametrize(
    "values",
    [
        {"teir": "safe"},
        {"tier": "report"},
        {"tier": 1},
        {"tiers": {"P": "sure"}},
        {"threshold": 0},
        {"min_copy": 0},
        {"restore": "yes"},
        {"unit": "page"},
        {"text_field": ""},
        {"per_file": {"a": {"unit": "document"}}},
        {"per-file": {"a": {"tier": "report"}}},
        {"rule": [{"code": "P001", "pattern": "a", "reason": "b", "examples": [["a", "b"]]}]},
        {"rule": [{"code": "U001", "pattern": "a", "reason": "b"}]},
        {"rule": [{"code": "U001", "pattern": "a", "reason": "b", "examples": []}]},
    ],
)
def test_what_config_refuses_the_schema_refuses(values: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(values)
    with pytest.raises(ConfigError):
        Config.from_mapping(values)
