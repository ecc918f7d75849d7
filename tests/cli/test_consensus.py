"""``textclean consensus``: readings in, one text out; folders by name."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Call
from tests.consensus.test_consensus import PAGE

BAD = PAGE.replace("商品", "高品").replace("小麦", "小者")
SHORT = PAGE.replace("于约定俗成。\n", "")


def put(place: Path, text: str) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    return place


def test_files_come_out_as_one_text(folder: Path, call: Call) -> None:
    paths = [put(folder / "bad.txt", BAD), put(folder / "short.txt", SHORT)]
    result = call("consensus", *paths)
    assert result.exit_code == 0
    assert result.stdout == PAGE
    assert "short.txt of 2 readings, 1 change, 0 left open" in result.stderr
    assert call("consensus", *paths, "-o", folder / "out.txt").exit_code == 0
    assert (folder / "out.txt").read_text(encoding="utf-8") == PAGE


def test_folders_are_merged_by_name(folder: Path, call: Call) -> None:
    put(folder / "a" / "x" / "1.txt", BAD)
    put(folder / "b" / "x" / "1.txt", SHORT)
    put(folder / "b" / "2.txt", PAGE)
    result = call("consensus", folder / "a", folder / "b", "-o", folder / "out")
    assert result.exit_code == 0
    assert (folder / "out" / "x" / "1.txt").read_text(encoding="utf-8") == PAGE
    assert (folder / "out" / "2.txt").read_text(encoding="utf-8") == PAGE
    again = call("consensus", folder / "a", folder / "b", "-o", folder / "out")
    assert again.exit_code == 2
    assert "--force" in again.stderr
    again = call("consensus", folder / "a", folder / "b", "-o", folder / "out", "--force")
    assert again.exit_code == 0


def test_a_difference_shows_the_base(folder: Path, call: Call) -> None:
    paths = [put(folder / "bad.txt", BAD), put(folder / "short.txt", SHORT)]
    result = call("consensus", *paths, "--diff")
    assert "+于约定俗成。" in result.stdout


def test_what_is_left_open_is_listed_with_its_candidates(folder: Path, call: Call) -> None:
    paths = [
        put(folder / "a.txt", "全市新增床位320张，投入使用。\n"),
        put(folder / "b.txt", "全市新增床位820张，投入使用。\n"),
    ]
    result = call("consensus", *paths)
    assert ":1:7: N006 left open: " in result.stderr
    assert "1 left open" in result.stderr


def test_tier_safe_keeps_every_character(folder: Path, call: Call) -> None:
    paths = [put(folder / "bad.txt", BAD), put(folder / "short.txt", SHORT)]
    assert call("consensus", *paths, "--tier", "safe").stdout == SHORT


def test_wrong_use_is_an_error(folder: Path, call: Call) -> None:
    file = put(folder / "a" / "1.txt", PAGE)
    assert call("consensus", file).exit_code == 2
    assert call("consensus", folder / "a", folder / "a").exit_code == 2
    assert "both" in call("consensus", folder / "a", file).stderr
    records = put(folder / "r.jsonl", '{"text": "一"}\n')
    assert "records" in call("consensus", records, file).stderr
    bytes_ = folder / "b.txt"
    bytes_.write_bytes(b"\xff\xfe\xfd")
    assert call("consensus", bytes_, file).exit_code == 2
