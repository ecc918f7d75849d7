from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.corpus.paragraphs import COMMON, PARAGRAPHS
from tests.folders import contents, put, records, rows
from tests.seeds import SEEDS, TEXTS
from textclean.config import Config
from textclean.corpus.output_folder import RECORDS, UNFINISHED
from textclean.corpus.run import run
from textclean.corpus.undo import undo
from textclean.engine import parallel
from textclean.errors import DocumentError, MissingExtraError

CONFIG = Config()
LONG = max(COMMON, key=len)
posix = pytest.mark.skipif(sys.platform == "win32", reason="permission bits and names of POSIX")


# What comes out


@pytest.fixture(scope="module")
def seeds_run(tmp_path_factory):
    output = tmp_path_factory.mktemp("seeds") / "cleaned"
    return output, run([SEEDS], output, CONFIG)


def test_the_seeds_come_out_under_their_names_with_the_records_beside_them(seeds_run):
    output, summary = seeds_run
    assert set(contents(output)) - set(RECORDS) == set(contents(SEEDS))
    assert {"run.json", "undo.jsonl", "removals.jsonl"} <= set(contents(output))
    assert summary.failures == ()
    assert len(summary.documents) == 5


def test_the_record_of_a_run_counts_what_the_summary_counts(seeds_run):
    output, summary = seeds_run
    record = json.loads((output / "run.json").read_bytes())
    assert record["counts"]["edits"] == summary.total.edits == sum(summary.rules.values())
    assert (
        record["counts"]["removals"]
        == summary.total.removals
        == len(rows(output / "removals.jsonl"))
    )
    assert record["counts"]["characters"] == sum(map(len, TEXTS.values()))
    assert [row["document"] for row in record["documents"]] == list(contents(SEEDS))


def test_the_undo_record_is_smaller_than_the_corpus(seeds_run):
    output, _ = seeds_run
    corpus = b"".join(contents(SEEDS).values())
    assert (output / "undo.jsonl").stat().st_size < len(corpus)


def test_each_removal_says_where_it_stood_and_what_stays_in_its_place(seeds_run):
    output, _ = seeds_run
    for row in rows(output / "removals.jsonl"):
        for prefix in ("", "survivor_"):
            original = (SEEDS / row[f"{prefix}document"]).read_bytes().decode()
            start, end = row[f"{prefix}start"], row[f"{prefix}end"]
            assert original[start:end] == row[f"{prefix}text"]
            assert original.count("\n", 0, start) + 1 == row[f"{prefix}line"]
        assert row["kind"] in ("exact", "near", "contained")
        assert 0 < row["score"] <= 1


def test_a_run_over_its_own_output_changes_nothing(seeds_run, tmp_path):
    output, _ = seeds_run
    again = run([output], tmp_path / "again", CONFIG)
    assert again.total.edits == again.total.removals == 0
    for name, data in contents(output).items():
        if name not in RECORDS:
            assert (tmp_path / "again" / name).read_bytes() == data


def test_every_number_of_workers_writes_the_same_bytes(seeds_run, tmp_path, monkeypatch):
    monkeypatch.setattr(parallel, "BATCH", 10_000)
    run([SEEDS], tmp_path / "two", CONFIG, workers=2)
    assert contents(tmp_path / "two") == contents(seeds_run[0])


def test_progress_counts_up_to_all_texts(tmp_path):
    put(tmp_path / "in", a="第一段。", b=records("第二段。", "第三段。"))
    seen: list[tuple[str, int, int | None, str]] = []
    run([tmp_path / "in"], tmp_path / "out", CONFIG, progress=lambda *at: seen.append(at))
    assert [at for at in seen if at[0] == "cleaning"][-1] == ("cleaning", 2, 2, "texts")
    assert ("cleaning", 1, 1, "texts") in seen
    assert [*dict.fromkeys(stage for stage, *_ in seen)] == [
        "cleaning", "reading", "comparing", "writing",
    ]  # fmt: skip


def test_files_and_folders_are_taken_together_and_keep_their_names(tmp_path):
    put(tmp_path / "in" / "sub", a="第一段。")
    put(tmp_path, b="第二段。")
    run([tmp_path / "in", tmp_path / "b.txt"], tmp_path / "out", CONFIG)
    assert set(contents(tmp_path / "out")) - set(RECORDS) == {"sub/a.txt", "b.txt"}


def test_line_ends_and_a_missing_last_one_stay(tmp_path):
    put(tmp_path / "in", a=f"第一段。\r\n\r\n{LONG}\r\n\r\n{LONG}", b="", c="\ufeff第二段。\n")
    run([tmp_path / "in"], tmp_path / "out", Config(select=("P",)))
    out = contents(tmp_path / "out")
    assert out["a.txt"].decode().startswith("第一段。\r\n\r\n")
    assert out["a.txt"].decode().count("\n") == 2
    assert out["b.txt"] == b""
    assert out["c.txt"] == "\ufeff第二段。\n".encode()


# Records of JSON Lines


def test_records_are_compared_whole_and_stay_as_empty_texts(tmp_path):
    first, second = f"{LONG}\n\n{PARAGRAPHS[3]}", PARAGRAPHS[9]
    put(tmp_path / "in", a=records(first, second, first))
    summary = run([tmp_path / "in"], tmp_path / "out", CONFIG)
    texts = [row["text"] for row in rows(tmp_path / "out" / "a.jsonl")]
    assert texts[2] == ""
    assert texts[0]
    assert summary.total.removals == 1
    (removal,) = rows(tmp_path / "out" / "removals.jsonl")
    assert (removal["document"], removal["line"], removal["survivor_line"]) == ("a.jsonl", 3, 1)


def test_emptied_records_are_dropped_when_asked_for_but_never_others(tmp_path):
    put(tmp_path / "in", a=records(LONG, "", PARAGRAPHS[9], LONG))
    run([tmp_path / "in"], tmp_path / "out", Config(drop_empty=True))
    assert [row["id"] for row in rows(tmp_path / "out" / "a.jsonl")] == [0, 1, 2]


def test_paragraphs_of_records_are_compared_when_asked_for_with_those_of_texts(tmp_path):
    put(tmp_path / "in", a=f"{LONG}\n\n另一段。\n", b=records(f"{LONG}\n\n第二段。"))
    run([tmp_path / "in"], tmp_path / "out", Config(unit="paragraph"))
    assert rows(tmp_path / "out" / "b.jsonl")[0]["text"] == "第二段。"


def test_escapes_of_a_file_stay_its_own(tmp_path):
    put(tmp_path / "in", a=records("卫生,健康", ascii_only=True), b=records("医疗,保障"))
    run([tmp_path / "in"], tmp_path / "out", CONFIG)
    assert (tmp_path / "out" / "a.jsonl").read_bytes().isascii()
    assert "医疗，保障" in (tmp_path / "out" / "b.jsonl").read_bytes().decode()


# What fails


def test_documents_that_cannot_be_read_are_listed_and_the_others_are_done(tmp_path):
    folder = put(tmp_path / "in", a="卫生,健康。", c='{"txet":"卫生"}')
    (folder / "b.txt").write_bytes("卫生,健康".encode("gb18030"))
    (folder / "d.txt").write_bytes(b"\x00\x01")
    summary = run([folder], tmp_path / "out", CONFIG)
    assert [name for name, _ in summary.failures] == ["b.txt", "c.jsonl", "d.txt"]
    assert set(contents(tmp_path / "out")) - set(RECORDS) == {"a.txt"}
    failures = json.loads((tmp_path / "out" / "run.json").read_bytes())["failures"]
    assert [row["document"] for row in failures] == ["b.txt", "c.jsonl", "d.txt"]


def test_a_document_that_a_rule_fails_on_is_left_out_and_a_record_stays_as_it_was(
    tmp_path, failing_rule
):
    bad = f"{failing_rule},但其他的不会。"
    put(tmp_path / "in", a=bad, b="卫生,健康。", c=records("医疗,保障。", bad))
    summary = run([tmp_path / "in"], tmp_path / "out", CONFIG)
    assert [name for name, _ in summary.failures] == ["a.txt", "c.jsonl:2"]
    assert set(contents(tmp_path / "out")) - set(RECORDS) == {"b.txt", "c.jsonl"}
    assert [row["text"] for row in rows(tmp_path / "out" / "c.jsonl")] == ["医疗，保障。", bad]


@posix
def test_a_name_that_is_no_unicode_comes_back(tmp_path):
    put(tmp_path / "in", a="第一段。")
    bad = os.fsencode(tmp_path / "in") + b"/\xff.txt"
    try:
        Path(os.fsdecode(bad)).write_bytes(b"1")
    except OSError:
        pytest.skip("this file system has Unicode names only")
    summary = run([tmp_path / "in"], tmp_path / "out", CONFIG)
    assert not summary.failures
    undo(tmp_path / "out", tmp_path / "back")
    assert contents(tmp_path / "back") == contents(tmp_path / "in")


def test_without_the_packages_for_copies_nothing_is_written(tmp_path, monkeypatch):
    import textclean.dedup

    def missing(*_: object, **__: object) -> None:
        raise MissingExtraError("finding near copies", "dedup")

    monkeypatch.setattr(textclean.dedup, "deduplicate_documents", missing)
    put(tmp_path / "in", a="第一段。")
    with pytest.raises(MissingExtraError):
        run([tmp_path / "in"], tmp_path / "out", CONFIG)
    assert not (tmp_path / "out").exists()


# What is refused


def test_places_that_overlap_are_refused(tmp_path):
    put(tmp_path / "in", a="第一段。")
    for output in (tmp_path / "in", tmp_path / "in" / "out", tmp_path):
        with pytest.raises(DocumentError):
            run([tmp_path / "in"], output, CONFIG, force=True)
    assert set(contents(tmp_path)) == {"in/a.txt"}


def test_inputs_that_are_not_there_or_clash_are_refused(tmp_path):
    put(tmp_path / "in", a="第一段。")
    put(tmp_path / "in2", a="第二段。")
    put(tmp_path / "in3", removals=records("第三段。"))
    put(tmp_path / "empty")
    for inputs, message in [
        (["nowhere"], "no such file"),
        (["in", "in2"], "would both become 'a.txt'"),
        (["in3"], "a run writes its own 'removals.jsonl'"),
        (["empty"], "no documents were found"),
    ]:
        with pytest.raises(DocumentError, match=message):
            run([tmp_path / name for name in inputs], tmp_path / "out", CONFIG)
        assert not (tmp_path / "out").exists()


def test_an_output_that_is_not_empty_is_refused_without_force(tmp_path):
    put(tmp_path / "in", a="第一段。")
    put(tmp_path / "out", mine="我的。")
    with pytest.raises(DocumentError, match="is not empty"):
        run([tmp_path / "in"], tmp_path / "out", CONFIG)
    with pytest.raises(DocumentError, match="holds files but no run"):
        run([tmp_path / "in"], tmp_path / "out", CONFIG, force=True)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DocumentError, match="is a file"):
        run([tmp_path / "in"], tmp_path / "file", CONFIG)
    assert set(contents(tmp_path / "out")) == {"mine.txt"}


def test_force_replaces_what_an_earlier_run_wrote_and_nothing_else(tmp_path):
    put(tmp_path / "in", a="第一段。")
    put(tmp_path / "in" / "old", b="第二段。")
    run([tmp_path / "in"], tmp_path / "out", CONFIG)
    put(tmp_path / "out", mine="我的。")
    (tmp_path / "in" / "old" / "b.txt").unlink()
    put(tmp_path / "in", c="第三段。")
    run([tmp_path / "in"], tmp_path / "out", CONFIG, force=True)
    assert set(contents(tmp_path / "out")) - set(RECORDS) == {"a.txt", "c.txt", "mine.txt"}
    assert not (tmp_path / "out" / "old").exists()
    put(tmp_path / "in", mine="不是我的。")
    with pytest.raises(DocumentError, match=r"mine\.txt: was not written by the earlier run"):
        run([tmp_path / "in"], tmp_path / "out", CONFIG, force=True)
    assert (tmp_path / "out" / "mine.txt").read_bytes() == "我的。".encode()


def test_force_does_not_believe_a_record_that_names_files_elsewhere(tmp_path):
    put(tmp_path / "in", a="第一段。")
    put(tmp_path, victim="不可删除。")
    run([tmp_path / "in"], tmp_path / "out", CONFIG)
    record = json.loads((tmp_path / "out" / "run.json").read_bytes())
    record["documents"].append({"document": "../victim.txt", "output": ""})
    (tmp_path / "out" / "run.json").write_text(json.dumps(record))
    with pytest.raises(ValueError, match="leads out of"):
        run([tmp_path / "in"], tmp_path / "out", CONFIG, force=True)
    assert (tmp_path / "victim.txt").exists()
    assert (tmp_path / "out" / "run.json").exists()


def test_a_run_that_died_leaves_nothing_and_can_be_done_again(tmp_path, monkeypatch):
    from textclean.corpus import run as module

    put(tmp_path / "in", a="第一段。", b="第二段。")
    real = module.write_atomic

    def die(path, data, mode=None):
        if path.name == "b.txt":
            raise KeyboardInterrupt
        real(path, data, mode)

    monkeypatch.setattr(module, "write_atomic", die)
    with pytest.raises(KeyboardInterrupt):
        run([tmp_path / "in"], tmp_path / "out", CONFIG)
    assert not (tmp_path / "out").exists()
    monkeypatch.undo()
    run([tmp_path / "in"], tmp_path / "out", CONFIG)
    assert set(contents(tmp_path / "out")) >= {"a.txt", "b.txt", "run.json"}
    assert not (tmp_path / "out" / UNFINISHED).exists()


# Two runs into one folder


def during(monkeypatch, action):
    """Do something once, while a run is writing its first document."""
    module = sys.modules["textclean.corpus.run"]
    write = module.write_atomic
    actions = [action]

    def write_and_act(*args):
        if actions:
            actions.pop()()
        write(*args)

    monkeypatch.setattr(module, "write_atomic", write_and_act)


@pytest.mark.parametrize("force", [False, True])
def test_a_run_into_a_folder_that_another_writes_into_is_refused(tmp_path, monkeypatch, force):
    put(tmp_path / "one", a="卫生。")
    put(tmp_path / "two", a="健康。", b="医疗。")
    refused = []

    def second():
        with pytest.raises(DocumentError) as error:
            run([tmp_path / "two"], tmp_path / "out", CONFIG, force=force)
        refused.append(str(error.value))

    during(monkeypatch, second)
    run([tmp_path / "one"], tmp_path / "out", CONFIG)
    assert refused
    assert set(contents(tmp_path / "out")) == {"a.txt", "run.json", "undo.jsonl", "removals.jsonl"}
    assert (tmp_path / "out" / "a.txt").read_bytes() == "卫生。".encode()


@pytest.mark.parametrize("force", [False, True])
def test_a_run_into_a_folder_that_another_has_filled_meanwhile_is_refused(
    tmp_path, monkeypatch, force
):
    put(tmp_path / "one", a="卫生。")
    put(tmp_path / "two", a="健康。", b="医疗。")
    module = sys.modules["textclean.corpus.run"]
    clean = module.clean_files
    ends = []

    def clean_while_another_runs(*args, **options):
        if not ends:
            ends.append(True)
            run([tmp_path / "one"], tmp_path / "out", CONFIG)
            ends.append(contents(tmp_path / "out"))
        return clean(*args, **options)

    monkeypatch.setattr(module, "clean_files", clean_while_another_runs)
    with pytest.raises(DocumentError, match="another run has written there meanwhile"):
        run([tmp_path / "two"], tmp_path / "out", CONFIG, force=force)
    assert contents(tmp_path / "out") == ends[-1]


def test_a_run_that_fails_lets_go_of_its_folder(tmp_path, monkeypatch):
    put(tmp_path / "in", a="卫生。")

    def fail():
        raise OSError(28, "No space left on device")

    during(monkeypatch, fail)
    with pytest.raises(OSError, match="No space"):
        run([tmp_path / "in"], tmp_path / "out", CONFIG)
    run([tmp_path / "in"], tmp_path / "out", CONFIG, force=True)
    assert set(contents(tmp_path / "out")) == {"a.txt", "run.json", "undo.jsonl", "removals.jsonl"}


def test_settings_of_a_user_may_have_the_name_of_the_summary(tmp_path: Path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("他说,今天很好。\n", encoding="utf-8")
    (folder / "run.json").write_text('{"epochs": 3}', encoding="utf-8")
    summary = run([folder], tmp_path / "out", Config())
    assert [each.name for each in summary.documents] == ["a.txt"]
    assert summary.passed_over == {".json": 1}
    # One with texts would take the place of ours.
    (folder / "run.json").write_text('{"text": "他说,今天很好。"}', encoding="utf-8")
    with pytest.raises(DocumentError, match="writes its own"):
        run([folder], tmp_path / "other", Config())
