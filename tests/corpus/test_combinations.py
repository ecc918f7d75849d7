"""Formats, encodings, parts, bad records and copies where they meet: the promises hold for all."""

from __future__ import annotations

import csv
import gzip
import io
import json
import lzma
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus.paragraphs import COMMON, noisy_paragraphs
from tests.folders import contents
from textclean.config import Config
from textclean.corpus import parts
from textclean.corpus.checking import check_file
from textclean.corpus.documents import input_file
from textclean.corpus.files import FixedFile
from textclean.corpus.parts import FileParts
from textclean.corpus.run import RunSummary, run
from textclean.corpus.undo import undo
from textclean.errors import DocumentError

PARAGRAPH, OTHER, THIRD = [text for text in COMMON if len(text) > 60][:3]
TRADITIONAL = [
    "為改善縣內優質醫療資源分布不平衡的局面，我們積極探索新型的衛生服務，取得了明顯的成效，群眾滿意度逐年提高。",
    "各級黨委和政府要把保障人民健康放在優先發展的戰略位置，加大投入力度，完善服務體系，提高服務的質量和水平。",
    "全縣共有衛生院二十餘所，醫務人員一千多名，承擔著基本醫療和公共衛生的服務工作，任務十分繁重，責任十分重大。",
]
#: Cleaning at tier ``suggested`` makes 这 of the entity, which Big5 lacks.
LACKING = "門診量達&#36825;人次，內容豐富。"


def jsonl(*texts: str) -> str:
    return "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)


def files(folder: Path, **named: bytes) -> Path:
    """A folder with files; an underscore in a name stands for its dot."""
    folder.mkdir()
    for name, data in named.items():
        (folder / name.replace("_", ".")).write_bytes(data)
    return folder


def back_equals(out: Path, target: Path, inputs: Path) -> None:
    """See that undo gives back what was written: of what is compressed the content."""
    undo(out, target)
    for name, data in contents(target).items():
        assert raw(name, data) == raw(name, (inputs / name).read_bytes())


def raw(name: str, data: bytes) -> bytes:
    if name.endswith(".gz"):
        return gzip.decompress(data)
    return lzma.decompress(data) if name.endswith(".xz") else data


# What is not written


@pytest.mark.parametrize("ending", ["txt", "jsonl"])
@pytest.mark.parametrize("several", [False, True])
def test_nothing_goes_as_a_copy_of_what_is_not_written(
    tmp_path: Path, ending: str, several: bool
) -> None:
    one, two, three = TRADITIONAL
    join = jsonl if ending == "jsonl" else lambda *texts: "\n\n".join(texts)
    named = {
        f"a_{ending}": join(one, two, LACKING).encode("big5"),
        f"b_{ending}": join(three, one).encode(),
    }
    inputs = files(tmp_path / "in", **named)
    fields = ["text", "title"] if several else "text"
    config = Config(tier="suggested", text_field=fields)
    done = run([inputs], tmp_path / "out", config)
    ((name, reason),) = done.failures
    assert name == f"a.{ending}"
    assert "has no character 这 (U+8FD9)" in reason
    assert one in (tmp_path / "out" / f"b.{ending}").read_text()
    assert (tmp_path / "out" / "removals.jsonl").read_bytes() == b""
    back_equals(tmp_path / "out", tmp_path / "back", inputs)
    # As UTF-8 it is written, and the copy goes for it.
    done = run(
        [inputs], tmp_path / "all", Config(tier="suggested", text_field=fields, to_utf_8=True)
    )
    assert not done.failures
    assert one not in (tmp_path / "all" / f"b.{ending}").read_text()
    back_equals(tmp_path / "all", tmp_path / "all-back", inputs)


def test_where_no_file_can_be_written_nothing_is(tmp_path: Path) -> None:
    text = "\n\n".join([*TRADITIONAL, LACKING]).encode("big5")
    lines = jsonl(*TRADITIONAL, LACKING).encode("big5")
    inputs = files(tmp_path / "in", a_txt=text, b_jsonl=lines)
    done = run([inputs], tmp_path / "out", Config(tier="suggested"))
    assert [name for name, _ in done.failures] == ["a.txt", "b.jsonl"]
    assert not done.documents
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("unit", ["auto", "paragraph"])
@pytest.mark.parametrize("ending", ["txt", "jsonl"])
def test_copies_of_a_reference_mend_nothing(tmp_path: Path, unit: str, ending: str) -> None:
    near = PARAGRAPH.replace("，", " ,", 1)
    join = jsonl if ending == "jsonl" else lambda *texts: "\n\n".join(texts)
    inputs = files(tmp_path / "in", **{f"a_{ending}": join(OTHER, near).encode()})
    others = files(tmp_path / "ref", **{f"r_{ending}": join(PARAGRAPH).encode()})
    before = contents(others)
    config = Config(tier="suggested", unit=unit)
    done = run([inputs], tmp_path / "out", config, reference=[others])
    assert done.total.removals == 1
    assert contents(others) == before
    back_equals(tmp_path / "out", tmp_path / "back", inputs)


# Records that are no objects, and names that an encoding lacks


@pytest.mark.parametrize(
    ("name", "field", "content"),
    [
        ("a_jsonl", "[]", [[PARAGRAPH, OTHER], [PARAGRAPH, OTHER], [], [THIRD]]),
        ("a_jsonl", "[].text", [[{"text": PARAGRAPH}], [{"text": PARAGRAPH}], [{"text": OTHER}]]),
        ("a_json", "[]", [PARAGRAPH, OTHER, PARAGRAPH]),
    ],
)
def test_records_that_are_no_objects_are_marked_beside_the_file(
    tmp_path: Path, name: str, field: str, content: list[object]
) -> None:
    lines = [json.dumps(each, ensure_ascii=False) for each in content]
    body = f"[{', '.join(lines)}]" if name == "a_json" else "\n".join(lines)
    inputs = files(tmp_path / "in", **{name: body.encode()})
    done = run([inputs], tmp_path / "out", Config(ignore=["ALL"], text_field=field), annotate=True)
    assert done.marked == 1
    name = name.replace("_", ".")
    assert (tmp_path / "out" / name).read_bytes() == body.encode()
    rows = (tmp_path / "out" / "annotations.jsonl").read_text().splitlines()
    found = [json.loads(row)["textclean_survivor"] for row in rows]
    line = 1 if name == "a.json" else 2
    assert found == [None, f"{name}:1"]
    assert [json.loads(row)["line"] for row in rows] == [1, line]
    back_equals(tmp_path / "out", tmp_path / "back", inputs)


def test_the_name_of_a_survivor_may_have_characters_that_the_encoding_lacks(
    tmp_path: Path,
) -> None:
    name = "这些.jsonl"
    inputs = files(tmp_path / "in")
    body = jsonl(*TRADITIONAL, TRADITIONAL[0]).encode("big5")
    (inputs / name).write_bytes(body)
    config = Config(ignore=["ALL"])
    done = run([inputs], tmp_path / "out", config, annotate=True)
    assert done.marked == 1
    last = (tmp_path / "out" / name).read_bytes().decode("big5").splitlines()[-1]
    assert json.loads(last)["textclean_survivor"] == f"{name}:1"
    back_equals(tmp_path / "out", tmp_path / "back", inputs)
    run([tmp_path / "out" / name], tmp_path / "again", config, annotate=True)
    assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "out" / name).read_bytes()


# Cells without quotes


def test_a_cell_without_quotes_that_loses_its_text_is_a_blank_line(tmp_path: Path) -> None:
    body = f'text\n{PARAGRAPH}\n"{OTHER}\n{PARAGRAPH}\n'.encode()
    inputs = files(tmp_path / "in", a_tsv=body)
    done = run([inputs], tmp_path / "out", Config(ignore=["ALL"]))
    assert done.total.removals == 1
    assert (tmp_path / "out" / "a.tsv").read_text() == f'text\n{PARAGRAPH}\n"{OTHER}\n\n'
    back_equals(tmp_path / "out", tmp_path / "back", inputs)


def test_a_separator_that_would_come_into_a_cell_without_quotes_refuses_the_file(
    tmp_path: Path,
) -> None:
    inputs = files(tmp_path / "in", a_tsv='id\ttext\n1\t"卫生&#9;健康\n'.encode())
    done = run([inputs], tmp_path / "out", Config(tier="suggested"))
    ((name, reason),) = done.failures
    assert name == "a.tsv"
    assert "a.tsv:2: the text has a separator or line break, and there are no quotes" in reason


# Parts


def test_a_file_that_was_deleted_meanwhile_is_an_error_of_that_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl"
    for size in (30, 1 << 20):
        monkeypatch.setattr(parts, "PART_BYTES", size)
        path.write_text(jsonl("卫生,健康。", "医疗,服务。"))
        given_parts = FileParts(input_file(path), Config())
        fixed = FixedFile(given_parts, record=True)
        for part in given_parts:
            checked = check_file(part, Config()).checked
            assert checked is not None
            fixed.add(checked)
        path.unlink()
        with pytest.raises(DocumentError, match=r"a\.jsonl: cannot be read"):
            fixed.commit()
        fixed.abandon()
        assert list(tmp_path.iterdir()) == []


# All at once

BAD = ["{", "[1]", '{"text": 5}', '{"x": 1}', '"text"', "{} x"]
TEXTS = st.one_of(noisy_paragraphs(), st.sampled_from(["", "卫生,健康。", PARAGRAPH, OTHER]))


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file: its name without a number, and its bytes."""
    kind = draw(st.sampled_from(["jsonl", "jsonl", "json", "csv", "txt"]))
    texts = draw(st.lists(TEXTS, max_size=5))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    wrong = draw(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(BAD)), max_size=2))
    if kind == "jsonl":
        lines = [json.dumps({"text": text}, ensure_ascii=False) for text in texts]
        for at, line in wrong:
            lines.insert(at, line)
        content = end.join([*lines, ""])
    elif kind == "json":
        content = json.dumps([{"text": text} for text in texts] + [5] * len(wrong))
    elif kind == "csv":
        rows = io.StringIO()
        writer = csv.writer(rows, lineterminator=end)
        writer.writerows([["id", "text"], *([number, text] for number, text in enumerate(texts))])
        content = rows.getvalue() + f"1,2,3{end}" * len(wrong)
    else:
        content = (end * 2).join(texts)
    codec = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
    data = content.encode(codec)
    packed = draw(st.sampled_from(["", "", ".gz", ".xz"]))
    data = {"": bytes, ".gz": gzip.compress, ".xz": lzma.compress}[packed](data)
    return f"{kind}{packed}", data


@settings(deadline=None, max_examples=60)
@given(
    st.lists(tables(), min_size=1, max_size=3),
    st.sampled_from(["copy", "drop", "fail"]),
    st.sampled_from(["auto", "document", "paragraph"]),
    st.sampled_from(["safe", "suggested"]),
    st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans()),
    st.sampled_from([1, 60, 700]),
)
def test_a_run_is_undone_done_once_and_alike_in_parts(
    given_files: list[tuple[str, bytes]],
    bad: str,
    unit: str,
    tier: str,
    switches: tuple[bool, bool, bool, bool],
    size: int,
) -> None:
    drop, to_utf_8, pages, annotate = switches
    config = Config(
        on_bad_record=bad, unit=unit, tier=tier, drop_empty=drop, to_utf_8=to_utf_8,
        boilerplate="remove" if pages else "report",
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        inputs = folder / "in"
        inputs.mkdir()
        for number, (ending, data) in enumerate(given_files):
            (inputs / f"{number}.{ending}").write_bytes(data)
        before = contents(inputs)

        def ran(source: Path, output: str, part_bytes: int) -> RunSummary:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(parts, "PART_BYTES", part_bytes)
                return run([source], folder / output, config, workers=1, annotate=annotate)

        done = ran(inputs, "out", 1 << 22)
        assert contents(inputs) == before
        failed = {name.partition(":")[0] for name, _ in done.failures}
        names = {document.name for document in done.documents}
        passed = [name for name in before if name not in failed | names]
        assert len(passed) == sum(done.passed_over.values())
        alike = ran(inputs, "parts", size)
        assert alike.failures == done.failures
        if not names:
            assert not (folder / "out").exists()
            return
        skipped = ("undo.jsonl", "run.json") if annotate else ()  # rows of parts tell the same
        assert {k: v for k, v in contents(folder / "out").items() if k not in skipped} == {
            k: v for k, v in contents(folder / "parts").items() if k not in skipped
        }
        for output in ("out", "parts"):
            back_equals(folder / output, folder / f"{output}-back", inputs)
            assert contents(folder / f"{output}-back").keys() == names
        for line in contents(folder / "out").get("removals.jsonl", b"").splitlines():
            assert json.loads(line).get("survivor_document", json.loads(line)["document"]) in names
        again = ran(folder / "out", "again", 1 << 22)
        for document in again.documents:
            assert (folder / "again" / document.name).read_bytes() == (
                folder / "out" / document.name
            ).read_bytes()
