"""Compressed files of every format: what is compressed changes and comes back."""

from __future__ import annotations

import gzip
import lzma
import sys

import pytest

from tests.corpus.formats.reading import fixed_and_undone, read, texts
from textclean.corpus.formats import compression
from textclean.errors import DocumentError

DAMAGED = "全市有2800名医务人员,组成13个团队。"
CLEAN = "全市有2800名医务人员，组成13个团队。"
FILES = {
    "a.txt": f"{DAMAGED}\n",
    "a.md": f"# 题\n\n{DAMAGED}\n",
    "a.jsonl": f'{{"text": "{DAMAGED}"}}\n',
    "a.json": f'[{{"text": "{DAMAGED}"}}]',
    "a.csv": f'text\n"{DAMAGED}"\n',
    "a.tsv": f"text\tn\n{DAMAGED}\t1\n",
}


def zstd():
    return pytest.importorskip(
        "backports.zstd" if sys.version_info < (3, 14) else "compression.zstd"
    )


def packing(ending: str):
    """What compresses to an ending, and back."""
    return {".gz": gzip, ".xz": lzma, ".zst": None}[ending] or zstd()


@pytest.mark.parametrize("ending", [".gz", ".xz", ".zst"])
@pytest.mark.parametrize("name", FILES)
def test_what_is_compressed_changes_and_comes_back(tmp_path, name, ending):
    module = packing(ending)
    raw = FILES[name].encode()
    data = module.compress(raw)
    file = read(tmp_path, name + ending, data)
    assert file.written(texts(file)) == data
    new, old = fixed_and_undone(file)
    assert module.decompress(new).decode() == FILES[name].replace(DAMAGED, CLEAN)
    assert module.decompress(old) == raw
    assert fixed_and_undone(file)[0] == new


def test_a_small_file_is_compressed_with_a_small_window():
    """By default xz gets 94 MB of memory for each file that it writes."""
    data = compression.compress(FILES["a.md"].encode(), "xz")
    small = lzma.LZMADecompressor(memlimit=1 << 20)
    assert small.decompress(data).decode() == FILES["a.md"]
    with pytest.raises(lzma.LZMAError):
        lzma.LZMADecompressor(memlimit=1 << 20).decompress(lzma.compress(b"a"))


def test_members_behind_each_other_are_one_file(tmp_path):
    data = gzip.compress("甲,乙".encode()) + gzip.compress("丙。".encode())
    file = read(tmp_path, "a.txt.gz", data)
    assert texts(file) == ["甲,乙丙。"]
    assert gzip.decompress(fixed_and_undone(file)[1]).decode() == "甲,乙丙。"


@pytest.mark.parametrize("ending", [".gz", ".xz", ".zst"])
def test_what_is_damaged_or_not_compressed_is_refused(tmp_path, ending):
    data = packing(ending).compress(FILES["a.md"].encode())
    for bad in (FILES["a.md"].encode(), b"\0" * 40):
        with pytest.raises(DocumentError, match=rf"a\.txt\{ending}: is not compressed by "):
            read(tmp_path, f"a.txt{ending}", bad)
    with pytest.raises(DocumentError, match=rf"a\.txt\{ending}: the .* is damaged or broken off"):
        read(tmp_path, f"a.txt{ending}", data[:-3])
    assert texts(read(tmp_path, f"a.txt{ending}", b"")) == [""]


def test_what_would_fill_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(compression, "_FREE", 1 << 20)
    data = gzip.compress(b"a" * (8 << 20))
    with pytest.raises(DocumentError, match=r"a\.txt\.gz: 8,\d+ bytes decompress to more than"):
        read(tmp_path, "a.txt.gz", data)
    assert read(tmp_path, "b.txt.gz", gzip.compress(b"a" * (1 << 20))).content[-1] == "a"


def test_the_extra_is_named_where_it_is_missing(tmp_path, monkeypatch):
    for name in ("compression.zstd", "backports.zstd"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(DocumentError, match=r"a\.txt\.zst: .* pip install 'textclean-zh\[zstd\]'"):
        read(tmp_path, "a.txt.zst", b"\x28\xb5\x2f\xfd\x24\x00")


def test_another_encoding_inside_is_refused_as_outside(tmp_path):
    with pytest.raises(DocumentError, match=r"a\.txt\.gz: not valid UTF-8"):
        read(tmp_path, "a.txt.gz", gzip.compress("市卫健委".encode("gb18030")))
