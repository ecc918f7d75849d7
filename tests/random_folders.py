"""Random files of every format, compression and encoding, by a seed; for fuzzers."""

from __future__ import annotations

import csv
import gzip
import io
import json
import lzma
import random
from pathlib import Path

from tests.random_texts import LINES, mutated, random_text
from textclean.corpus.formats.compression import compress, decompress

ENDINGS = ("txt", "md", "json", "jsonl", "csv", "tsv", "parquet", "arrow")
ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "gb18030", "big5", "utf-16")
_TABLES = ("parquet", "arrow")


def raw(name: str, data: bytes) -> bytes:
    """The bytes that a file compresses; compressed again they may be others on disk."""
    if name.endswith(".gz"):
        return gzip.decompress(data)
    if name.endswith(".xz"):
        return lzma.decompress(data)
    if name.endswith(".zst"):
        return decompress(Path(name), data, "zstd")
    return data


def random_folder(folder: Path, files: int, chance: random.Random) -> int:
    """Write files into a new folder; returns how many texts are in them."""
    folder.mkdir(parents=True)
    shared = [_paragraph(chance) for _ in range(3)]  # copies, so that some go
    return sum(_write(folder, number, shared, chance) for number in range(files))


def _paragraph(chance: random.Random) -> str:
    text = mutated("".join(chance.choices(LINES, k=2)), chance)
    return text.replace("\r", "").replace("\n", "") or "医"


def _texts(shared: list[str], chance: random.Random) -> list[str]:
    makers = (
        lambda: chance.choice(shared),
        lambda: _paragraph(chance),
        lambda: random_text(chance),
    )
    return [chance.choices(makers, (3, 3, 2))[0]() for _ in range(chance.randint(1, 6))]


def _write(folder: Path, number: int, shared: list[str], chance: random.Random) -> int:
    texts, ending = _texts(shared, chance), chance.choice(ENDINGS)
    name = f"{number:03}.{ending}"
    if ending in _TABLES:
        data = table(texts, ending, chance)
    else:
        text = _content(texts, ending, chance)
        encoding = chance.choice(ENCODINGS)
        if ending in ("json", "jsonl") and encoding == "utf-16":
            encoding = "utf-8"
        if encoding in ("gb18030", "big5"):  # only what such a file may hold
            text = text.encode(encoding, "ignore").decode(encoding, "ignore")
        data = text.encode(encoding)
    compression = chance.choice((None, None, None, "gzip", "xz", "zstd"))
    if compression:
        name += {"gzip": ".gz", "xz": ".xz", "zstd": ".zst"}[compression]
        data = compress(data, compression)
    (folder / name).write_bytes(data)
    return len(texts)


def _content(texts: list[str], ending: str, chance: random.Random) -> str:
    end = chance.choice(("\n", "\r\n"))
    if ending in ("txt", "md"):
        return chance.choice(("\n\n", "\n", end + end)).join(texts) + chance.choice(("", end))
    if ending in ("json", "jsonl"):
        rows = [{"id": i, "text": text, "更": [i, None, "a,b"]} for i, text in enumerate(texts)]
        ascii_only = chance.random() < 0.3
        if ending == "json":
            return json.dumps(rows, ensure_ascii=ascii_only, indent=chance.choice((None, 2)))
        return "".join(json.dumps(row, ensure_ascii=ascii_only) + end for row in rows)
    target = io.StringIO()
    quoting = chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    writer = csv.writer(target, "excel-tab" if ending == "tsv" else "excel", quoting=quoting)
    writer.writerow(["id", "text", "note"])
    writer.writerows([i, text.replace("\x00", ""), 'a "b", c'] for i, text in enumerate(texts))
    return target.getvalue()


def table(texts: list[str], ending: str, chance: random.Random) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    column: list[str | None] = [None if chance.random() < 0.1 else text for text in texts]
    table = pa.table({"id": range(len(texts)), "text": pa.array(column, pa.string())})
    sink = pa.BufferOutputStream()
    if ending == "parquet":
        codec = chance.choice(("none", "snappy", "zstd", "gzip"))
        pq.write_table(table, sink, row_group_size=chance.randint(1, 4), compression=codec)
    else:
        with pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table, max_chunksize=chance.randint(1, 4))
    return bytes(sink.getvalue().to_pybytes())


def content(name: str, data: bytes) -> object:
    """What must come back: raw bytes, of Parquet and Arrow the values and the schema."""
    bare = raw(name, data)
    if ".parquet" in name:
        import pyarrow.parquet as pq

        table = pq.read_table(io.BytesIO(bare))
    elif ".arrow" in name:
        import pyarrow as pa

        table = pa.ipc.open_file(bare).read_all()
    else:
        return bare
    return table.schema.to_string(), table.to_pydict()
