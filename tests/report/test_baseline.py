"""A baseline knows again what it knew, wherever it stands now, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.report.test_formats import located
from textclean import ConfigError, clean
from textclean.report.baseline import Baseline, baseline_json

TEXT = (
    "结合党史学习教育,市卫健委党组号召全市党员干部带头接种疫苗。\n"
    "全市有2800名医务人员,组成13个团队。\n"
)


def known(text: str, folder: Path) -> Baseline:
    path = folder / "known.json"
    path.write_text(baseline_json(located(text)), encoding="utf-8")
    return Baseline(path)


@pytest.mark.parametrize(
    "moved",
    [
        TEXT,
        "标题一行。\n\n\n" + TEXT,
        TEXT.replace("。\n", "。\n\n前后皆无关的一段话写在这里。\n"),
        "".join(reversed(TEXT.splitlines(keepends=True))),
        TEXT.replace("。", "．"),  # other marks around it
    ],
)
def test_what_was_known_is_known_wherever_it_stands(moved: str, tmp_path: Path) -> None:
    commas = [each for each in located(moved, "another.txt") if each.finding.before == ","]
    assert len(commas) == 2
    assert list(known(TEXT, tmp_path).unknown(commas)) == []


def test_what_is_new_is_not_known(tmp_path: Path) -> None:
    more = TEXT + "另有新的一句,写在后面。\n"
    [new] = known(TEXT, tmp_path).unknown(located(more))
    assert new.finding.line == 3


def test_of_several_alike_as_many_are_known_as_there_were(tmp_path: Path) -> None:
    baseline = known(TEXT, tmp_path)
    assert len(list(baseline.unknown(located(TEXT) + located(TEXT)))) == 2
    assert baseline.met == 2


def test_what_is_gone_is_counted_for_the_files_that_were_looked_at(tmp_path: Path) -> None:
    baseline = known(TEXT, tmp_path)
    assert list(baseline.unknown(located(clean(TEXT).text))) == []
    assert baseline.gone(["新闻/a b.txt"]) == 2
    assert baseline.gone(["b.txt"]) == 0


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"textclean-baseline": 2, "findings": []}',
                '{"textclean-baseline": 1, "findings": [{}]}'],
)  # fmt: skip
def test_another_file_is_no_baseline(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(ConfigError, match=r"a\.json: is no baseline"):
        Baseline(tmp_path / "a.json")


def test_a_baseline_that_is_not_there_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="--write-baseline"):
        Baseline(tmp_path / "a.json")
