"""Records of several texts: cleaned text by text, compared as a whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from textclean.config import Config
from textclean.corpus.run import run
from textclean.corpus.undo import undo

pytest.importorskip("numba", reason="needs the extra [dedup]")

GREETING = "您好，我是您的医疗健康助手，请问有什么可以帮助您的吗？"
QUESTIONS = (
    "我最近总是睡不好觉,晚上两三点才能入睡,应该怎么调理?",
    "孩子发烧到三十九度,已经吃过退烧药,还需要去医院吗?",
    "体检报告上说血脂偏高,平时饮食上有哪些需要注意的地方?",
)


def conversation(*texts: str) -> str:
    messages = [{"role": "user", "content": text} for text in texts]
    return json.dumps({"messages": messages}, ensure_ascii=False) + "\n"


def read(path: Path) -> list[list[str]]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [[message["content"] for message in row["messages"]] for row in rows]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    lines = [conversation(GREETING, question) for question in (*QUESTIONS, QUESTIONS[1])]
    (tmp_path / "in" / "a.jsonl").write_text("".join(lines), encoding="utf-8")
    (tmp_path / "in" / "b.jsonl").write_text(
        conversation(GREETING, QUESTIONS[0].replace(",", "，").replace("?", "？"))
        + conversation(GREETING),
        encoding="utf-8",
    )
    return tmp_path


CONFIG = Config(text_field="messages[].content", drop_empty=True)


@pytest.mark.parametrize("workers", [1, 2])
def test_only_whole_copies_go(folder: Path, workers: int) -> None:
    summary = run([folder / "in"], folder / "out", CONFIG, workers=workers)
    clean = [question.replace(",", "，").replace("?", "？") for question in QUESTIONS]
    assert read(folder / "out" / "a.jsonl") == [[GREETING, question] for question in clean]
    assert read(folder / "out" / "b.jsonl") == [[GREETING]]
    assert summary.total.removals == 2
    undo(folder / "out", folder / "back")
    for name in ("a.jsonl", "b.jsonl"):
        assert (folder / "back" / name).read_bytes() == (folder / "in" / name).read_bytes()
    run([folder / "out"], folder / "again", CONFIG)
    for name in ("a.jsonl", "b.jsonl"):
        assert (folder / "again" / name).read_bytes() == (folder / "out" / name).read_bytes()


def test_copies_of_a_reference_go(folder: Path) -> None:
    reference = folder / "test.jsonl"
    reference.write_text(conversation(GREETING, QUESTIONS[2]), encoding="utf-8")
    run([folder / "in" / "a.jsonl"], folder / "out", CONFIG, reference=[reference])
    assert [texts[1][:4] for texts in read(folder / "out" / "a.jsonl")] == ["我最近总", "孩子发烧"]


def test_without_dropping_the_texts_are_emptied(folder: Path) -> None:
    run([folder / "in" / "a.jsonl"], folder / "out", Config(text_field="messages[].content"))
    assert read(folder / "out" / "a.jsonl")[3] == ["", ""]


def test_a_record_of_which_a_text_fails_stays(folder: Path, failing_rule: str) -> None:
    path = folder / "in" / "a.jsonl"
    lines = [conversation(GREETING, f"{failing_rule},{QUESTIONS[0]}")] * 2
    path.write_text("".join(lines), encoding="utf-8")
    summary = run([path], folder / "out", CONFIG)
    assert [name for name, _ in summary.failures] == ["a.jsonl:1", "a.jsonl:2"]
    assert (folder / "out" / "a.jsonl").read_text(encoding="utf-8") == "".join(lines)


def test_a_title_and_a_body_are_one_record(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [("要闻", QUESTIONS[0]), ("要闻", QUESTIONS[1]), ("健康", QUESTIONS[0])]
    path.write_text("题,文\n" + "".join(f'{a},"{b}"\n' for a, b in rows), encoding="utf-8")
    run([path], tmp_path / "out", Config(text_field=["题", "文"], drop_empty=True))
    left = (tmp_path / "out" / "a.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[0] for line in left] == ["题", "要闻", "要闻", "健康"]
