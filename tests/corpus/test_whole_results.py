"""A run over records gives the same for any size of parts and number of workers, and leads back."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

pytest.importorskip("numba", reason="needs the extra [dedup]")

from tests.corpus.paragraphs import PARAGRAPHS
from tests.folders import contents, rows
from tests.placeholders.test_witness import REDACTED, WHOLE
from textclean import clean_corpus, deduplicate
from textclean.cli.dedup import without_rules
from textclean.config import Config
from textclean.corpus import parts
from textclean.corpus.documents import input_file
from textclean.corpus.formats.compression import ENDINGS, compress, decompress
from textclean.corpus.run import run
from textclean.corpus.undo import undo
from textclean.dedup.copies import find_copies
from textclean.text.stored import StoredTexts


def texts() -> list[str]:
    """Records with copies, exact and damaged, twins, redacted ones, and what is to be repaired."""
    draw = random.Random(7)
    made = [*PARAGRAPHS, REDACTED, WHOLE, "", "好。"]
    for _ in range(120):
        text = draw.choice(PARAGRAPHS)
        chance = draw.random()
        if chance < 0.3:
            text = text.replace("，", ",")
        elif chance < 0.6:
            at = draw.randrange(len(text))
            text = f"{text[:at]}囗{text[at + 1 :]}"
        elif chance < 0.8:
            text = "".join(draw.choice("0123456789") if c.isdigit() else c for c in text)
        made.append(text)
    return made


def jsonl(path: Path, some: list[str]) -> Path:
    rows = (
        json.dumps({"id": at, "text": text}, ensure_ascii=False) for at, text in enumerate(some)
    )
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("drop_empty", [False, True])
@pytest.mark.parametrize("cleaning", [False, True])
def test_parts_and_workers_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cleaning: bool, drop_empty: bool
) -> None:
    config = Config(drop_empty=drop_empty)
    config = config if cleaning else without_rules(config)
    path = jsonl(tmp_path / "a.jsonl", texts())
    (tmp_path / "b.jsonl").write_bytes(b"")
    inputs = [path, tmp_path / "b.jsonl"]
    outputs = []
    for number, (size, workers) in enumerate([(1 << 30, 1), (500, 1), (3000, 2)]):
        monkeypatch.setattr(parts, "PART_BYTES", size)
        run(inputs, tmp_path / f"out{number}", config, workers=workers)
        outputs.append(contents(tmp_path / f"out{number}"))
    assert outputs[0] == outputs[1] == outputs[2]
    assert rows(tmp_path / "out0" / "removals.jsonl")
    assert ("restorations.jsonl" in outputs[0]) == cleaning
    undo(tmp_path / "out1", tmp_path / "back")
    assert (tmp_path / "back" / "a.jsonl").read_bytes() == path.read_bytes()


def test_annotations_are_the_same_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = jsonl(tmp_path / "a.jsonl", texts())
    outputs = []
    for size in (1 << 30, 500):
        monkeypatch.setattr(parts, "PART_BYTES", size)
        run([path], tmp_path / f"out{size}", without_rules(Config()), annotate=True)
        outputs.append((tmp_path / f"out{size}" / "a.jsonl").read_bytes())
        undo(tmp_path / f"out{size}", tmp_path / f"back{size}")
        assert (tmp_path / f"back{size}" / "a.jsonl").read_bytes() == path.read_bytes()
    assert outputs[0] == outputs[1]


def test_records_come_to_what_documents_come_to(tmp_path: Path) -> None:
    some = texts()
    run([jsonl(tmp_path / "a.jsonl", some)], tmp_path / "out", Config())
    corpus = clean_corpus(list(enumerate(some)), Config(unit="document"))
    assert [row["text"] for row in rows(tmp_path / "out" / "a.jsonl")] == [
        text for _, text in corpus.documents
    ]
    found = [(one.document + 1, one.survivor_document + 1) for one in corpus.removals]
    assert [
        (row["line"], row["survivor_line"]) for row in rows(tmp_path / "out" / "removals.jsonl")
    ] == found
    assert len(rows(tmp_path / "out" / "restorations.jsonl")) == len(corpus.restorations) > 0


def test_a_bad_record_leaves_a_file_out_and_the_others_as_they_are(tmp_path: Path) -> None:
    some = texts()
    jsonl(tmp_path / "a.jsonl", some)
    jsonl(tmp_path / "c.jsonl", some[:30])
    inputs = [tmp_path / "a.jsonl", tmp_path / "b.jsonl", tmp_path / "c.jsonl"]
    run([inputs[0], inputs[2]], tmp_path / "without", Config())
    (tmp_path / "b.jsonl").write_text('{"text": "好。"}\n{"txt": "好。"}\n', encoding="utf-8")
    summary = run(inputs, tmp_path / "with", Config(on_bad_record="fail"))
    assert [name for name, _ in summary.failures] == ["b.jsonl"]
    for name in ("a.jsonl", "c.jsonl", "removals.jsonl"):
        assert contents(tmp_path / "with")[name] == contents(tmp_path / "without")[name]


def test_a_file_that_changes_while_it_is_worked_on_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = jsonl(tmp_path / "a.jsonl", texts())

    def changing(stage: str, *_: object) -> None:
        if stage == "comparing":
            jsonl(path, texts()[1:])

    with pytest.raises(Exception, match="was changed while it was being worked on"):
        run([path], tmp_path / "out", Config(), progress=changing)
    assert not (tmp_path / "out" / "run.json").exists()


def test_texts_on_disk_are_searched_like_those_in_memory() -> None:
    some = texts()
    for own in (len(some), 100):
        found = deduplicate(some[:own], unit="document", reference=some[own:])
        decision = find_copies(StoredTexts(texts=some), Config(unit="document"), own=own)
        assert list(decision.removals) == found.removals
        assert list(decision.twins) == list(found.twins)
        assert list(decision.possible_twins) == list(found.possible_twins)


def test_records_that_may_not_go_stay_also_where_they_have_copies(tmp_path: Path):
    code = "```\n" + PARAGRAPHS[0] + "\n```"
    switched = f"<!-- textclean: off -->\n{PARAGRAPHS[1]}"
    some = [code, code, PARAGRAPHS[2], switched, switched, PARAGRAPHS[2]]
    run([jsonl(tmp_path / "a.jsonl", some)], tmp_path / "out", Config())
    removed = rows(tmp_path / "out" / "removals.jsonl")
    assert [(row["line"], row["survivor_line"]) for row in removed] == [(6, 3)]


@pytest.mark.parametrize("restore", [False, True])
def test_contradictions_are_those_of_the_texts_as_they_come_out(tmp_path: Path, restore: bool):
    odd = "会议于2021年2月30日召开，占比达120%。"
    some = [f"{REDACTED}{odd}", f"{WHOLE}{odd}", PARAGRAPHS[0], f"{PARAGRAPHS[1]}{odd}"]
    run([jsonl(tmp_path / "a.jsonl", some)], tmp_path / "out", Config(restore=restore))
    corpus = clean_corpus(enumerate(some, 1), Config(restore=restore, unit="document"))
    expected = [(each.document, each.rule, each.place.start) for each in corpus.contradictions]
    assert expected
    found = rows(tmp_path / "out" / "consistency.jsonl")
    assert [(row["line"], row["rule"], row["start"]) for row in found] == expected


@pytest.mark.parametrize("annotate", [False, True])
@pytest.mark.parametrize("compression", ["gzip", "xz", "zstd"])
def test_compressed_records_are_read_and_written_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compression: str, annotate: bool
) -> None:
    if compression == "zstd":
        pytest.importorskip("backports.zstd", reason="needs the extra [zstd]")
    ending = {kind: ending for ending, kind in ENDINGS.items()}[compression]
    plain = jsonl(tmp_path / "a.jsonl", texts())
    path = tmp_path / f"a.jsonl{ending}"
    path.write_bytes(compress(plain.read_bytes(), compression))
    results = []
    for number, size in enumerate([1 << 20, 5000, 99]):
        monkeypatch.setattr(parts, "PART_BYTES", size)
        assert parts.FileParts(input_file(path), Config(), unpacked=True).in_parts == (number > 0)
        output = tmp_path / f"out{number}"
        run([path], output, Config(), annotate=annotate)
        results.append(contents(output))
        assert undo(output, tmp_path / f"back{number}").restored == (path.name,)
        back = (tmp_path / f"back{number}" / path.name).read_bytes()
        assert decompress(path, back, compression) == plain.read_bytes()
    if annotate:  # what undoes a whole file has another form
        for made in results:
            del made["undo.jsonl"], made["run.json"]
    assert results[1:] == results[:1] * 2
    if not annotate:
        run([plain], tmp_path / "plain", Config())
        written = results[0][path.name]
        assert written == compress((tmp_path / "plain" / plain.name).read_bytes(), compression)


def test_what_is_not_compressed_as_it_is_named_is_refused(tmp_path: Path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(jsonl(tmp_path / "a.jsonl", texts()).read_bytes())
    cut = tmp_path / "b.jsonl.gz"
    cut.write_bytes(compress((tmp_path / "a.jsonl").read_bytes(), "gzip")[:-20])
    (tmp_path / "empty.jsonl.gz").write_bytes(b"")
    summary = run([path, cut, tmp_path / "empty.jsonl.gz"], tmp_path / "out", Config())
    assert [reason.split(": ")[1] for _, reason in summary.failures] == [
        "is not compressed by gzip, as it is named",
        "the gzip data is damaged or broken off",
    ]


def test_blank_lines_alone_are_no_records_in_parts_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "PART_BYTES", 5)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n \n" * 10)
    run([path], tmp_path / "out", Config())
    assert (tmp_path / "out" / "a.jsonl").read_bytes() == path.read_bytes()
