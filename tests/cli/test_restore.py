"""``textclean restore``: a table or a witness in, the values in their places."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Call
from tests.placeholders.test_witness import REDACTED, WHOLE

VALUES = ["2021", "三明", "1234", "5.6%", "1.2", "23.4%", "福建"]


def put(folder: Path) -> tuple[Path, Path]:
    text, other = folder / "a.txt", folder / "b.txt"
    text.write_text(REDACTED + "\n", encoding="utf-8")
    other.write_text(WHOLE + "\n", encoding="utf-8")
    return text, other


def test_values_from_a_table_go_to_standard_output(folder: Path, call: Call) -> None:
    text, _ = put(folder)
    table = folder / "v.json"
    table.write_text(json.dumps(VALUES, ensure_ascii=False), encoding="utf-8")
    result = call("restore", text, "--values", table)
    assert result.exit_code == 0
    assert result.stdout == WHOLE + "\n"
    assert text.read_text(encoding="utf-8") == REDACTED + "\n"


def test_a_witness_fills_into_another_file_or_in_place(folder: Path, call: Call) -> None:
    text, other = put(folder)
    assert call("restore", text, "--witness", other, "-o", folder / "c.txt").exit_code == 0
    assert (folder / "c.txt").read_text(encoding="utf-8") == WHOLE + "\n"
    result = call("restore", text, "--witness", other, "--in-place")
    assert text.read_text(encoding="utf-8") == WHOLE + "\n"
    assert "7 slots filled" in result.stderr


def test_what_is_not_proved_is_named_with_its_line(folder: Path, call: Call) -> None:
    text, other = put(folder)
    other.write_text(WHOLE.replace("三明", "三朋"), encoding="utf-8")
    result = call("restore", text, "--witness", other)
    assert result.exit_code == 0
    assert "a.txt:1:7: xx: left as it is: " in result.stderr
    assert "6 slots filled, 1 left" in result.stderr


def test_a_value_of_a_wrong_type_is_trouble_that_names_the_slot(folder: Path, call: Call) -> None:
    text, _ = put(folder)
    table = folder / "v.csv"
    table.write_text("year,福建\n", encoding="utf-8")
    result = call("restore", text, "--values", table, "--in-place")
    assert result.exit_code == 2
    assert "year-1: '福建' is no year" in result.stderr
    assert text.read_text(encoding="utf-8") == REDACTED + "\n"


def test_slots_are_listed_to_be_filled_in(folder: Path, call: Call) -> None:
    text, _ = put(folder)
    result = call("restore", text, "--slots")
    assert result.stdout.splitlines()[0] == "slot,value,text,canonical,around"
    assert len(result.stdout.splitlines()) == 8


def test_diff_writes_nothing(folder: Path, call: Call) -> None:
    text, other = put(folder)
    result = call("restore", text, "--witness", other, "--diff")
    assert f"-{REDACTED}" in result.stdout
    assert f"+{WHOLE}" in result.stdout
    assert text.read_text(encoding="utf-8") == REDACTED + "\n"


def test_something_to_restore_from_is_needed(folder: Path, call: Call) -> None:
    text, _ = put(folder)
    assert call("restore", text).exit_code == 2
    assert call("restore", text, "--slots", "--values", text).exit_code == 2
    assert call("restore", folder / "none.txt", "--slots").exit_code == 2
