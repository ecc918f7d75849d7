"""Where a configuration comes from, and what wins."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from tests.cli.conftest import Call
from textclean.cli.options import _bytes

TEXT = "全市有2800名医务人员,组成13个团队;使用Word软件。\n"


@pytest.fixture
def file(folder: Path) -> Path:
    path = folder / "a.txt"
    path.write_text(TEXT)
    return path


def codes(call: Call, *options: str | Path) -> list[str]:
    """The codes that `check` finds something to repair for."""
    lines = call("check", "a.txt", *options).stdout.splitlines()
    return [line.split(" ")[1] for line in lines if ": note: " not in line]


@pytest.mark.usefixtures("file")
def test_select_and_ignore_take_codes_and_prefixes(call: Call) -> None:
    assert codes(call) == ["P001", "P002"]
    assert codes(call, "--select", "P002") == ["P002"]
    assert codes(call, "--select", "C,P002") == ["P002"]
    assert codes(call, "--select", "P001", "--select", "P002") == ["P001", "P002"]
    assert codes(call, "--ignore", "P") == []
    assert codes(call, "--ignore", "P", "--select", "P001") == ["P001"]


@pytest.mark.usefixtures("file")
def test_house_styles_are_off_unless_asked_for(call: Call) -> None:
    assert set(codes(call)) == {"P001", "P002"}
    assert set(codes(call, "--latin-space", "add")) == {"P001", "P002", "S006"}
    assert set(codes(call, "--latin-space", "remove")) == {"P001", "P002"}


@pytest.mark.usefixtures("file")
def test_the_configuration_file_here_counts(folder: Path, call: Call) -> None:
    (folder / "textclean.toml").write_text('ignore = ["P001"]\n')
    assert codes(call) == ["P002"]
    assert codes(call, "--no-config") == codes(call, "--isolated") == ["P001", "P002"]


@pytest.mark.usefixtures("file")
def test_the_command_line_wins_over_the_configuration_file(folder: Path, call: Call) -> None:
    (folder / "textclean.toml").write_text('ignore = ["P001"]\nselect = ["P"]\n')
    assert codes(call, "--ignore", "P002") == ["P001"]
    assert codes(call, "--select", "S") == []


@pytest.mark.usefixtures("file")
def test_a_configuration_file_can_be_named(folder: Path, call: Call) -> None:
    (folder / "textclean.toml").write_text('ignore = ["P"]\n')
    (folder / "other.toml").write_text('ignore = ["P002"]\n')
    (folder / "sub").mkdir()
    (folder / "sub" / "pyproject.toml").write_text('[tool.textclean]\nselect = ["P002"]\n')
    assert codes(call, "--config", "other.toml") == ["P001"]
    assert codes(call, "--config", folder / "sub" / "pyproject.toml") == ["P002"]


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("ignore = [", "not valid TOML"),
        ("ingore = []\n", "did you mean 'ignore'"),
        ('tier = "report"\n', "never applied"),
    ],
)
def test_a_bad_configuration_file_is_named(
    folder: Path, call: Call, content: str, said: str
) -> None:
    (folder / "other.toml").write_text(content)
    result = call("check", "a.txt", "--config", "other.toml")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: other.toml")
    assert said in result.stderr


@pytest.mark.usefixtures("file")
def test_a_pyproject_without_a_table_of_ours_is_no_configuration(folder: Path, call: Call) -> None:
    (folder / "pyproject.toml").write_text('[project]\nname = "x"\n')
    assert call("check", "a.txt", "--config", "pyproject.toml").exit_code == 2


@pytest.mark.usefixtures("file")
def test_a_named_file_and_none_exclude_each_other(call: Call) -> None:
    assert call("check", "a.txt", "--config", "textclean.toml", "--no-config").exit_code == 2


def test_files_can_be_left_out_of_a_walk(folder: Path, file: Path, call: Call) -> None:
    (folder / "old").mkdir()
    (folder / "old" / "b.txt").write_text(TEXT)
    (folder / "c.md").write_text(TEXT)
    paths = {
        line.split(":")[0]
        for line in call("check", ".", "--exclude", "old/,*.md").stdout.splitlines()
    }
    assert paths == {file.name}


def test_the_text_field_of_records_can_be_named(folder: Path, call: Call) -> None:
    (folder / "a.jsonl").write_text('{"body": "甲乙,丙丁", "text": "戊己,庚辛"}\n')
    call("fix", "a.jsonl", "--text-field", "body")
    assert (folder / "a.jsonl").read_text() == '{"body": "甲乙，丙丁", "text": "戊己,庚辛"}\n'


@pytest.mark.parametrize(
    ("given", "size"),
    [
        *(("2GB", 2_000_000_000), ("500MB", 500_000_000), ("1.5 gb", 1_500_000_000)),
        *(("1GiB", 1 << 30), ("700000", 700_000), ("4K", 4000)),
    ],
)
def test_sizes_are_read_as_they_are_written(given: str, size: int) -> None:
    assert _bytes(click.Context(click.Command("x")), click.Option(["--x"]), given) == size


@pytest.mark.parametrize("given", ["", "GB", "2 XB", "-1GB", "2GBB", "1,5GB"])
def test_what_is_no_size_is_refused(given: str) -> None:
    with pytest.raises(click.BadParameter, match="is no size"):
        _bytes(click.Context(click.Command("x")), click.Option(["--x"]), given)
