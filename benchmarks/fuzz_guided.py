"""Fuzzing guided by what code runs: `clean`, readers of formats, undo records, configuration.

    python -m benchmarks.fuzz_guided [--target clean] [--seconds T] [--corpus FOLDER] [--runs N]

``clean``    a string: all that `tests/promises.py` asks
``readers``  bytes as a file of each format: read, or refused with a `TextcleanError`; what is read
             and written unchanged is the same bytes
``undo``     bytes as the rows of an undo record: refused or obeyed, and nothing outside is written
``config``   bytes as a configuration file: a `Config`, or refused with a `TextcleanError`

Any other exception is a finding: atheris writes the input beside it and ends. It needs ``pip
install atheris``. Inputs that reach new code are kept in the folder, so that a later run begins
where this one ended.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal

from tools.command import command

#: A name for each format, as its first byte says.
NAMES = (
    "a.txt", "a.md", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.parquet", "a.arrow", "a.txt.gz",
    "a.jsonl.xz", "a.txt.zst",
)  # fmt: skip


def clean_target(work: Path) -> Callable[[bytes], None]:
    from tests.promises import broken
    from textclean import Config

    configs = [Config(), Config(tier="suggested"), Config(style="gbt15835")]

    def test(data: bytes) -> None:
        if data:
            text = data[1:].decode("utf-8", "ignore")[:300]
            faults = list(broken(text, configs[data[0] % 3]))
            assert not faults, (faults, text)

    return test


def readers_target(work: Path) -> Callable[[bytes], None]:
    from textclean import Config, TextcleanError
    from textclean.corpus.documents import input_file, read_file

    def test(data: bytes) -> None:
        if not data:
            return
        path = work / NAMES[data[0] % len(NAMES)]
        path.write_bytes(data[1:])
        try:
            file = read_file(input_file(path), Config())
            texts = [passage.text for passage in file.passages]
        except TextcleanError as error:
            if path.name not in str(error):
                raise ValueError("the message does not name the file") from error
            return
        if not file.compression and path.suffix not in (".parquet", ".arrow"):
            assert file.written(texts) == data[1:]

    return test


def undo_target(work: Path) -> Callable[[bytes], None]:
    from textclean import TextcleanError
    from textclean.corpus.in_place import undo_in_place

    inside = work / "inside"
    inside.mkdir()
    os.chdir(inside)
    beside = work / "beside.txt"
    beside.write_text("旁边")

    def test(data: bytes) -> None:
        Path("a.txt").write_text("医院，建设。")
        Path("record.jsonl").write_bytes(data)
        with suppress(TextcleanError):
            undo_in_place(Path("record.jsonl"))
        assert beside.read_text() == "旁边"
        assert {each.name for each in work.iterdir()} <= {"inside", "beside.txt"}

    return test


def config_target(work: Path) -> Callable[[bytes], None]:
    from textclean import TextcleanError
    from textclean.config.files import read_config

    path = work / "textclean.toml"

    def test(data: bytes) -> None:
        path.write_bytes(data)
        with suppress(TextcleanError):
            read_config(path)

    return test


TARGETS = {
    "clean": clean_target,
    "readers": readers_target,
    "undo": undo_target,
    "config": config_target,
}


def first_inputs(target: str) -> list[bytes]:
    """What the search begins with: inputs that are right."""
    from tests.random_texts import EXAMPLES

    if target == "clean":
        return [b"\0" + text.encode() for text in EXAMPLES]
    if target == "config":
        return [
            b'select = ["P", "S"]\ntier = "suggested"\n[per_file."*.md"]\nignore = "P"\n',
            b'[tool.textclean]\n[[rule]]\ncode = "U001"\npattern = "a"\n[tiers]\nP001 = "report"\n',
        ]
    if target == "undo":
        return [
            b'{"record": 2, "document": "a.txt", "hash": "", "edits": [[0, 1, "a"]]}\n',
            *(path.read_bytes() for path in _records()),
        ]
    import gzip
    import lzma

    text, row = "医院 ,建设。\n", '{"id": 1, "text": "医院 ,建设。"}\n'
    given = [text, text, f"[{row}]", row, 'id,text\n1,"医院 ,建"\n', "id\ttext\n1\t医\n", "", ""]
    inputs = [bytes([number]) + one.encode() for number, one in enumerate(given)]
    inputs.append(b"\x08" + gzip.compress(text.encode()))
    inputs.append(b"\x09" + lzma.compress(row.encode()))
    return [*inputs, _table(b"\x06", "parquet"), _table(b"\x07", "arrow")]


def _records() -> list[Path]:
    """A real undo record."""
    from click.testing import CliRunner

    from textclean.cli import commands

    here = Path(tempfile.mkdtemp())
    (here / "a.txt").write_text("医院 ,建设。")
    before = Path.cwd()
    os.chdir(here)
    CliRunner().invoke(commands, ["fix", "a.txt", "--record", "r.jsonl"])
    os.chdir(before)
    return [here / "r.jsonl"]


def _table(first: bytes, ending: str) -> bytes:
    import random

    from tests.random_folders import table

    return first + table(["医院 ,建设。"], ending, random.Random(1))


@command
def main(
    target: Annotated[Literal["clean", "readers", "undo", "config"], "what is fuzzed"] = "clean",
    seconds: Annotated[int, "how long"] = 300,
    corpus: Annotated[Path | None, "where inputs are kept"] = None,
    runs: Annotated[int, "at most; -1: no limit"] = -1,
) -> None:
    try:
        import atheris
    except ImportError:
        print("atheris is not installed: pip install atheris (CPython on Linux or macOS)")
        sys.exit(2)
    # As it is being imported the package learns to say what it runs.
    with atheris.instrument_imports(include=["textclean"]):
        work = Path(tempfile.mkdtemp())
        folder = corpus or Path(tempfile.mkdtemp())
        folder.mkdir(parents=True, exist_ok=True)
        for number, data in enumerate(first_inputs(target)):
            (folder / f"first-{number}").write_bytes(data)
        test = TARGETS[target](work)
        if target == "clean":
            test(b"\0" + "医院 ,建设。".encode())
    limits = [f"-max_total_time={seconds}", f"-runs={runs}", "-max_len=2000", "-timeout=60"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={folder.parent}/", str(folder)], test)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
