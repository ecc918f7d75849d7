"""Files in other encodings than UTF-8: how they are read, written back, and undone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus.paragraphs import PARAGRAPHS
from textclean import Config, check
from textclean.corpus.checking import check_file
from textclean.corpus.documents import input_file, read_file
from textclean.corpus.files import FixedFile
from textclean.corpus.formats.encoding import decode, decoded, encode
from textclean.corpus.parts import FileParts
from textclean.corpus.record import unpack
from textclean.corpus.run import run
from textclean.corpus.undo import undo
from textclean.errors import ConfigError, DocumentError

PATH = Path("a.txt")
SIMPLIFIED = "\n".join(PARAGRAPHS[:6])
TRADITIONAL = "為改善縣內優質醫療資源分布不平衡,我們積極探索新型衛生服務，取得了明顯的成效。\n"


def fixed(path: Path, config: Config) -> dict[str, Any]:
    """Fix a file in place; the row that undoes it."""
    parts = FileParts(input_file(path), config)
    fixing = FixedFile(parts, record=True)
    for part in parts:
        checked = check_file(part, config).checked
        assert checked is not None
        fixing.add(checked)
    row: dict[str, Any] = json.loads(b"".join(fixing.undo_row(path.name)))
    fixing.commit()
    return row


def read(raw: bytes, encoding: str = "auto") -> tuple[str, str]:
    return tuple(decode(PATH, raw, Config(encoding=encoding)))


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (SIMPLIFIED, "gbk", "gbk"),
        (SIMPLIFIED + "𠀀㐀", "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "cp950"),
        (TRADITIONAL, "gbk", "gbk"),
        (TRADITIONAL + "㗎嘅", "big5hkscs", "big5hkscs"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (TRADITIONAL, "utf-16-be", "utf-16-be"),
        ("plain words of English prose\n" * 3, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-8", "utf-8"),
        ("\ufeff" + SIMPLIFIED, "utf-8", "utf-8"),
    ],
)
def test_an_encoding_is_known_by_the_characters_that_come_out(
    text: str, codec: str, encoding: str
) -> None:
    raw = text.encode(codec)
    assert read(raw) == (text, encoding)
    assert encode(PATH, text, encoding) == raw


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_says_what_a_file_is_and_comes_back(codec: str) -> None:
    raw = ("\ufeff卫,生").encode(codec)
    assert read(raw) == ("卫,生", f"{codec}+bom")
    assert encode(PATH, "卫，生", f"{codec}+bom") == ("\ufeff卫，生").encode(codec)


@pytest.mark.parametrize(
    "raw",
    [
        "卫生健康".encode("gb18030"),  # too few
        "Größe, Übermaß und Äpfel: schöne Grüße aus Köln. ".encode("latin-1") * 9,
        "これは日本語の文章です。漢字も入っています。".encode("shift_jis") * 5,
        "한국어 문장입니다. 안녕하세요, 세계 여러분.".encode("euc-kr") * 5,
        "Он сказал, что приедет завтра утром.".encode("cp1251") * 5,
        bytes(range(128, 256)) * 8,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 4,
    ],
)
def test_in_doubt_a_file_is_refused_and_nothing_is_made_up(raw: bytes) -> None:
    with pytest.raises(DocumentError, match=r"--encoding|binary"):
        read(raw)


def test_the_refusal_names_what_the_file_may_be() -> None:
    with pytest.raises(DocumentError, match="it may be gb18030, which --encoding gb18030 reads"):
        read("卫生".encode("gb18030"))


@pytest.mark.parametrize(
    ("name", "codec"),
    [("GBK", "gbk"), ("utf_16_le", "utf-16-le"), ("Shift_JIS", "shift_jis"), ("utf8", "utf-8")],
)
def test_what_the_user_says_is_believed(name: str, codec: str) -> None:
    raw = "卫生".encode("gbk") if codec == "gbk" else "日本".encode(codec)
    assert read(raw, name)[0] == ("卫生" if codec == "gbk" else "日本")


@pytest.mark.parametrize("name", ["utf-9", "", "base64", "rot13", 8])
def test_what_is_no_encoding_is_refused(name: object) -> None:
    with pytest.raises(ConfigError, match="encoding: "):
        Config(encoding=name)


def test_what_is_not_in_the_encoding_that_is_named_is_refused() -> None:
    with pytest.raises(DocumentError, match="not valid big5 at byte 0"):
        read("卫生健康".encode(), "big5")
    with pytest.raises(DocumentError, match="choose --encoding utf-16-le or utf-16-be"):
        read("卫生".encode("utf-16-le"), "utf-16")


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_stray_byte_is_reported_and_kept(tmp_path: Path, codec: str) -> None:
    body = (SIMPLIFIED * 4).encode(codec)
    stray = b"\xff" if codec == "gb18030" else b"\xe9"
    raw = body + "甲,乙".encode(codec) + stray + "。丙,丁".encode(codec)
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    text, encoding = read(raw)
    assert encoding == f"{codec}+stray"
    text.encode("utf-8")  # no lone surrogate
    (found,) = [edit for edit in check(text) if edit.rule == "C110"]
    assert found.evidence == f"bytes of no character: {stray.hex()}"
    row = fixed(path, Config())
    after = path.read_bytes()
    assert stray + "。丙，丁".encode(codec) in after
    assert unpack(row, after) == raw


def test_a_text_with_the_stand_ins_of_stray_bytes_is_not_read_with_strays() -> None:
    raw = (SIMPLIFIED * 4 + "\U0010fee9").encode() + b"\xe9"
    with pytest.raises(DocumentError):
        read(raw)
    assert read((SIMPLIFIED + "\U0010fee9").encode()) == (SIMPLIFIED + "\U0010fee9", "utf-8")


def test_a_character_that_the_encoding_lacks_stops_before_anything_is_written(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.txt"
    raw = (TRADITIONAL * 3 + "面積為３０ km^2\n").encode("big5")
    path.write_bytes(raw)
    file = read_file(input_file(path), Config())
    with pytest.raises(DocumentError, match=r"a\.txt:2: .* has no character 缐 \(U\+7F10\)"):
        file.to_bytes("一\n缐")
    converted = read_file(input_file(path), Config(to_utf_8=True))
    assert converted.to_bytes("缐") == "缐".encode()
    assert path.read_bytes() == raw


@pytest.mark.parametrize(
    ("codec", "text"), [("gb18030", SIMPLIFIED), ("big5", TRADITIONAL), ("utf-16", SIMPLIFIED)]
)
@pytest.mark.parametrize("to_utf_8", [False, True])
def test_fix_and_run_write_as_it_came_or_utf_8_and_undo_gives_the_bytes_back(
    tmp_path: Path, codec: str, text: str, to_utf_8: bool
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    raw = (text * 3).encode(codec)
    (folder / "a.txt").write_bytes(raw)
    rows = [json.dumps({"text": line}, ensure_ascii=False) for line in (text * 3).split("\n")]
    records = "\n".join(rows).encode(codec)
    (folder / "b.jsonl").write_bytes(records)
    config = Config(to_utf_8=to_utf_8)
    run([folder], tmp_path / "out", config)
    written = (tmp_path / "out" / "a.txt").read_bytes()
    written.decode("utf-8" if to_utf_8 else codec)
    undo(tmp_path / "out", tmp_path / "back")
    assert (tmp_path / "back" / "a.txt").read_bytes() == raw
    assert (tmp_path / "back" / "b.jsonl").read_bytes() == records
    for name, before in (("a.txt", raw), ("b.jsonl", records)):
        row = fixed(folder / name, config)
        assert unpack(row, (folder / name).read_bytes()) == before
        if to_utf_8:
            (folder / name).read_bytes().decode("utf-8")
            again = read_file(input_file(folder / name), config)
            checked = check_file(again, config).checked
            assert checked is not None
            assert not checked.changed


def test_charset_normalizer_is_a_second_voice_where_there_are_few_characters() -> None:
    pytest.importorskip("charset_normalizer")
    text = "卫生健康工作已经全面完成"
    assert read(text.encode("gbk"))[0] == text


@given(st.binary(max_size=300), st.sampled_from(["auto", "utf-8", "gb18030", "big5", "utf-16-be"]))
def test_whatever_is_read_gives_its_bytes_again(raw: bytes, encoding: str) -> None:
    try:
        content, name = read(raw, encoding)
    except DocumentError:
        return
    content.encode("utf-8")
    assert encode(PATH, content, name) == raw
    assert decoded(raw, name) == content
