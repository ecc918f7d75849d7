"""Choices for some files only, from Python and from the commands that read files."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from tests.cli.conftest import CLEAN, DAMAGED, Call, call, folder  # noqa: F401 - fixtures
from textclean import Config, ConfigError, Tier

TABLES = {
    "docs/**": {"ignore": ["S"], "tiers": {"R001": "safe"}},
    "docs/old/**": {"tier": "suggested", "ignore": "P", "latin-space": "add"},
    "*.txt": {"select": "p001"},
}


def test_tables_add_to_the_choices_or_take_their_place() -> None:
    config = Config(ignore="C", tiers={"R001": "report"}, per_file=TABLES)
    assert config.for_file([]) == Config(ignore="C", tiers={"R001": "report"})
    assert config.for_file(["docs/**"]) == Config(ignore=["C", "S"], tiers={"R001": "safe"})
    assert config.for_file(["*.txt"]).select == ("P001",)


def test_the_longer_pattern_wins_whatever_the_order() -> None:
    one = Config(per_file=TABLES)
    other = Config(per_file=dict(reversed(TABLES.items())))
    assert one == other
    assert hash(one) == hash(other)
    both = one.for_file(["docs/old/**", "docs/**"])
    assert both == other.for_file(["docs/**", "docs/old/**"])
    assert both.ignore == ("S", "P")
    assert (both.tier, both.latin_space) == (Tier.SUGGESTED, "add")


def test_a_configuration_with_tables_is_kept_by_pickle_and_toml() -> None:
    config = Config(per_file=TABLES)
    assert pickle.loads(pickle.dumps(config)) == config
    assert Config.from_mapping(config.as_mapping()) == config


def test_what_is_said_on_top_holds_for_every_file() -> None:
    config = Config(per_file=TABLES).with_options(tier="safe", ignore="Q")
    assert config.for_file(["docs/old/**"]) == Config(ignore=["Q", "P"], latin_space="add")


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"a": {"unit": "document"}}, r"per_file\.a: unknown key 'unit'"),
        ({"a": {"tier": "sure"}}, r"per_file\.a: tier: 'sure' is not one of"),
        ({"a": 3}, r"per_file\.a: expected a table"),
        (3, "per_file: expected a table"),
    ],
)
def test_a_table_that_does_not_fit_is_named(tables: object, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Config(per_file=tables)  # type: ignore[arg-type]


@pytest.fixture
def files(folder: Path) -> Path:  # noqa: F811
    (folder / "textclean.toml").write_text('[per-file."docs/**"]\nignore = ["fullwidth-comma"]\n')
    for name in ("docs/sub/a.md", "docs/b.txt", "news/c.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(DAMAGED)
    return folder


@pytest.mark.parametrize("paths", [["."], ["docs", "news"], ["docs/sub/a.md", "news/c.txt"]])
def test_files_are_checked_and_fixed_by_their_own_tables(
    files: Path, call: Call, paths: list[str]  # noqa: F811
) -> None:  # fmt: skip
    result = call("check", *paths)
    assert [line.split(":")[0] for line in result.stdout.splitlines()] == ["news/c.txt"]
    assert call("fix", *paths).exit_code == 0
    assert (files / "docs/sub/a.md").read_text() == DAMAGED
    assert (files / "news/c.txt").read_text() == CLEAN


def test_the_name_of_standard_input_counts(files: Path, call: Call) -> None:  # noqa: F811
    assert call("fix", "-", "--stdin-filename", "docs/x.md", input=DAMAGED).stdout == DAMAGED
    assert call("fix", "-", "--stdin-filename", "x.md", input=DAMAGED).stdout == CLEAN


def test_a_run_obeys_them_too(files: Path, call: Call) -> None:  # noqa: F811
    pytest.importorskip("numba", reason="needs the extra [dedup]")
    (files / "docs/b.txt").write_text("另一篇文章的内容,也有一个逗号。\n")
    assert call("run", "docs", "news", "-o", "out").exit_code == 0
    assert (files / "out/b.txt").read_text() == "另一篇文章的内容,也有一个逗号。\n"
    assert (files / "out/sub/a.md").read_text() == DAMAGED
    assert (files / "out/c.txt").read_text() == CLEAN
