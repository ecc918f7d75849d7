"""`Config`: what it takes, what it refuses and with what words, and where it is found."""

from __future__ import annotations

import dataclasses
import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given

from tests.strategies import configs
from tests.tables import cases
from textclean import Config, ConfigError, Tier
from textclean.config import Options, load_config, read_config


@given(configs())
def test_what_differs_from_the_defaults_comes_back(config: Config) -> None:
    assert Config.from_mapping(config.as_mapping()) == config


@given(configs())
def test_configurations_are_pickled_hashed_and_compared_by_value(config: Config) -> None:
    again = pickle.loads(pickle.dumps(config))
    assert again == config
    assert hash(again) == hash(config)
    assert {config: 1}[again] == 1


def test_the_defaults_change_nothing_by_taste() -> None:
    config = Config()
    assert config.as_mapping() == {}
    assert config.tier is Tier.SAFE
    assert (config.latin_space, config.indent, config.blank_lines) == ("keep", "keep", "keep")
    assert config.style is None


def test_a_configuration_does_not_change() -> None:
    config = Config(tiers={"R001": "safe"})  # type: ignore[dict-item]
    with pytest.raises(dataclasses.FrozenInstanceError):
        config.tier = Tier.SUGGESTED  # type: ignore[misc]
    with pytest.raises(TypeError, match=r"dataclasses\.replace"):
        config.tiers["R001"] = Tier.REPORT  # type: ignore[index]
    assert dataclasses.replace(config, indent="drop").tiers == {"R001": Tier.SAFE}


def test_the_order_of_tiers_is_of_no_account() -> None:
    one = Config(tiers={"R": Tier.SAFE, "C": Tier.REPORT})
    other = Config(tiers={"C": Tier.REPORT, "R": Tier.SAFE})
    assert one == other
    assert hash(one) == hash(other)


def test_lists_may_be_given_as_one_string_or_as_any_collection() -> None:
    for given_ in ("P, S001,", ["P", "S001"], ("P", "S001"), {"S001", "P"}):
        assert Config(select=given_).select == ("P", "S001")  # type: ignore[arg-type]


def test_dashes_in_keys_count_as_underscores() -> None:
    assert Config.from_mapping({"latin-space": "add", "min-copy": 12}) == Config(
        latin_space="add", min_copy=12
    )
    with pytest.raises(ConfigError, match="'min_copy' is given twice"):
        Config.from_mapping({"min-copy": 12, "min_copy": 13})


@cases
def test_an_unknown_key_is_answered_with_the_nearest(key: str, near: str) -> None:
    with pytest.raises(ConfigError, match=f"^a.toml: unknown key '{key}'; did you mean '{near}'"):
        Config.from_mapping({key: 1}, "a.toml")


@cases
def test_a_value_that_does_not_fit_is_refused_by_name(key: str, value: str, message: str) -> None:
    values = {key: json.loads(value)}
    with pytest.raises(ConfigError, match=message):
        Config(**values)
    with pytest.raises(ConfigError, match=f"^here: .*{message}"):
        Config.from_mapping(values, "here")


@pytest.mark.parametrize("value", [1, 1.0, 0.001])
def test_every_similarity_up_to_one_is_taken(value: float) -> None:
    assert Config(threshold=value).threshold == value


@cases
def test_the_longer_prefix_decides_and_ignore_on_a_tie(
    select: str, ignore: str, runs: str, rests: str
) -> None:
    config = Config(select=select, ignore=ignore)  # type: ignore[arg-type]
    assert all(config.selects(code) for code in runs.split())
    assert not any(config.selects(code) for code in rests.split())


def test_the_tier_in_force_is_that_of_the_longest_prefix() -> None:
    config = Config(tiers={"R": Tier.REPORT, "R00": Tier.SUGGESTED, "R001": Tier.SAFE})
    assert config.tier_of("R001", Tier.SUGGESTED) is Tier.SAFE
    assert config.tier_of("R002", Tier.SAFE) is Tier.SUGGESTED
    assert config.tier_of("R101", Tier.SAFE) is Tier.REPORT
    assert config.tier_of("P001", Tier.SAFE) is Tier.SAFE


def _write(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_the_nearest_file_is_all_that_counts(tmp_path: Path) -> None:
    outer = _write(tmp_path / "a" / "textclean.toml", 'indent = "drop"\n')
    inner = _write(tmp_path / "a" / "b" / "textclean.toml", 'latin-space = "add"\n')
    assert load_config(tmp_path / "a" / "b" / "c") == (Config(latin_space="add"), inner)
    assert load_config(tmp_path / "a") == (Config(indent="drop"), outer)


def test_textclean_toml_wins_over_pyproject_in_the_same_folder(tmp_path: Path) -> None:
    project = _write(tmp_path / "pyproject.toml", '[tool.textclean]\nindent = "drop"\n')
    assert load_config(tmp_path) == (Config(indent="drop"), project)
    own = _write(tmp_path / "textclean.toml", "")
    assert load_config(tmp_path) == (Config(), own)


@cases
def test_a_pyproject_that_says_nothing_to_us_is_passed_over(tmp_path: Path, content: str) -> None:
    outer = _write(tmp_path / "textclean.toml", 'indent = "drop"\n')
    _write(tmp_path / "a" / "pyproject.toml", content)
    assert load_config(tmp_path / "a") == (Config(indent="drop"), outer)


def test_an_empty_table_in_pyproject_is_a_configuration(tmp_path: Path) -> None:
    _write(tmp_path / "textclean.toml", 'indent = "drop"\n')
    project = _write(tmp_path / "a" / "pyproject.toml", "[tool.textclean]\n")
    assert load_config(tmp_path / "a") == (Config(), project)


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = _write(tmp_path / "textclean.toml", '\ufeffselect = ["P"]\r\n')
    assert read_config(path) == Config(select=("P",))


def test_all_of_a_file_or_the_table_of_a_pyproject_is_read(tmp_path: Path) -> None:
    table = 'tier = "suggested"\n[{}tiers]\nR001 = "safe"\n'
    expected = Config(tier=Tier.SUGGESTED, tiers={"R001": Tier.SAFE})
    assert read_config(_write(tmp_path / "any.toml", table.format(""))) == expected
    project = "[tool.textclean]\n" + table.format("tool.textclean.")
    assert read_config(_write(tmp_path / "pyproject.toml", project)) == expected


@cases
def test_a_bad_file_is_named(tmp_path: Path, name: str, content: str, message: str) -> None:
    path = _write(tmp_path / name, content)
    for read in (read_config, lambda path: load_config(path.parent)):
        with pytest.raises(ConfigError) as caught:
            read(path)
        assert str(path) in str(caught.value)
        assert message in str(caught.value)


def test_a_file_that_is_no_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "textclean.toml").write_bytes("style = '国标'".encode("gb18030"))
    with pytest.raises(ConfigError, match=r"textclean\.toml: not valid TOML: 'utf-8' codec"):
        load_config(tmp_path)


def test_a_file_that_was_asked_for_must_be_there_and_have_the_table(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"lost\.toml: cannot be read: No such file"):
        read_config(tmp_path / "lost.toml")
    for content in ("", "[tool]\n", "tool = 3 # textclean\n"):
        with pytest.raises(ConfigError, match=r"there is no table \[tool\.textclean\]"):
            read_config(_write(tmp_path / "pyproject.toml", content))


def test_what_reads_files_is_not_imported_without_need() -> None:
    code = (
        "import sys; import textclean.config as c; c.Config(select='P');"
        "print(sorted({'tomllib', 'difflib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_option_is_typed_and_described() -> None:
    names = [f.name for f in dataclasses.fields(Config)]
    assert list(Options.__annotations__) == names
    for name in names:
        assert f"- ``{name}``: " in (Config.__doc__ or "")
