"""``textclean report``, ``run --no-report``, ``dedup --report``, ``fix --report``."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import CLEAN, DAMAGED, Call

pytest.importorskip("jinja2", reason="needs the extra [report]")


def _data(path: Path) -> dict[str, object]:
    page = path.read_text(encoding="utf-8")
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page)
    assert found is not None
    data: dict[str, object] = json.loads(found[1])
    return data


def test_a_run_writes_its_report_and_report_writes_it_again(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text(DAMAGED, encoding="utf-8")
    assert call("run", "a.txt", "-o", "out").exit_code == 0
    page = (folder / "out/report.html").read_bytes()
    (folder / "out/report.html").unlink()
    assert call("report", "out").exit_code == 0
    assert (folder / "out/report.html").read_bytes() == page
    assert call("report", "out", "-o", "zh.html", "--lang", "zh").exit_code == 0
    assert '<html lang="zh-Hans">' in (folder / "zh.html").read_text(encoding="utf-8")
    # It is the run's own: another run replaces it, and does not read it.
    assert call("run", "a.txt", "-o", "out", "--force", "--no-report").exit_code == 0
    assert not (folder / "out/report.html").exists()
    assert call("report", "out").exit_code == 0
    result = call("run", "out", "-o", "again", "--no-report")
    assert "passed over" not in result.stderr


def test_report_of_what_is_no_run_is_an_error(folder: Path, call: Call) -> None:
    (folder / "empty").mkdir()
    result = call("report", "empty")
    assert result.exit_code == 2
    assert "holds no run.json" in result.stderr


def test_dedup_writes_one_where_it_is_asked(folder: Path, call: Call) -> None:
    text = "各医院门诊即日起恢复,实行预约制,患者须持健康码和预约单就诊。\n\n"
    (folder / "a.txt").write_text(text * 2, encoding="utf-8")
    assert call("dedup", "a.txt", "-o", "out").exit_code == 0
    assert not (folder / "out/report.html").exists()
    assert call("dedup", "a.txt", "-o", "two", "--report").exit_code == 0
    (group,) = _data(folder / "two/report.html")["copies"]  # type: ignore[misc]
    assert len(group["goes"]) == 1


def test_fix_shows_what_it_did_or_would_do(folder: Path, call: Call) -> None:
    file = folder / "a.txt"
    file.write_text(DAMAGED, encoding="utf-8")
    assert call("fix", "--diff", file, "--report", "would.html").exit_code == 1
    assert file.read_text(encoding="utf-8") == DAMAGED
    assert call("fix", file, "--report", "did.html").exit_code == 0
    assert file.read_text(encoding="utf-8") == CLEAN
    documents = [_data(folder / name)["documents"] for name in ("would.html", "did.html")]
    assert documents[0] == documents[1]


def test_a_report_begins_with_the_decisions_that_were_obeyed(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text(DAMAGED, encoding="utf-8")
    decisions = '{"textclean-decisions": 1, "decisions": [{"rule": "P001", "decision": "reject"}]}'
    (folder / "d.json").write_text(decisions, encoding="utf-8")
    assert call("run", "a.txt", "-o", "out", "--decisions", "d.json").exit_code == 0
    assert (folder / "out/a.txt").read_text(encoding="utf-8") == DAMAGED
    expected = json.loads(decisions)["decisions"]
    assert _data(folder / "out/report.html")["decisions"] == expected
