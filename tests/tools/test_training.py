"""Training is one command, deterministic, and learns the features that inference asks for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("numba")

from textclean.layout import clause_model, seam_model  # noqa: E402
from textclean.layout.seam_model import REACH, fold  # noqa: E402
from textclean.models.hashing import MISSING  # noqa: E402
from textclean.models.linear import Templates, load, to_bytes  # noqa: E402
from textclean.text.mojibake import swapped  # noqa: E402
from tools.training import clauses, seams, swapped_signs  # noqa: E402
from tools.training.__main__ import COMMANDS, main  # noqa: E402
from tools.training.compiling import compiled  # noqa: E402
from tools.training.corpus import documents, files, is_held_out, read_registers  # noqa: E402
from tools.training.linear import BITS, Groups, train_choices  # noqa: E402

LINES = [
    f"第{n}座水闸建成以后，沿河的{n}个村庄修好了道路、桥梁和学校，村民们都说“日子”越过越好。"
    for n in "一二三四五六七八九十"
]
SEAMS = [
    ("推进总分馆制建", "设，让居民“在家门口”借到新书。"),
    ("去年新建公园12个、改造小区（含老旧小区", "）、道路和广场，xx件实事完成。"),
    ("他提出“小病不出村，", "大病不出县”的目标"),
    ("完成率达到xx%", "据 介绍"),
    ("全年改造完工后，将形成食宿、停车、", "购物"),
    ("短", "句。"),
    ("我们要把" * 20, "𠮷野家"),
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "prose"
    folder.mkdir()
    text = "\n\n".join(f"标题{n}\n" + "\n".join(LINES[n:] + LINES[:n]) for n in range(10))
    (folder / "a.txt").write_text(text, encoding="utf-8")
    return folder


def codes(text: str):
    return np.array(list(map(ord, text)), np.uint32)


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "tools.training", *arguments]
    return subprocess.run(line, capture_output=True, text=True, check=False)


def test_the_command_lists_what_can_be_trained() -> None:
    ended = command()
    assert ended.returncode == 0
    assert all(name in ended.stdout for name in COMMANDS)
    assert command("halves").returncode == 2


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "characters"])
def test_every_name_is_a_command(name: str, capsys) -> None:
    assert main([name, "--help"]) == 0
    assert f"tools.training {name}" in capsys.readouterr().out


def test_a_folder_without_prose_is_a_clear_error(tmp_path: Path) -> None:
    ended = command("bigrams", str(tmp_path))
    assert ended.returncode == 2
    assert ended.stderr == f"error: {tmp_path}: no folder with .txt or .txt.xz files\n"


def test_text_that_is_not_utf8_is_a_clear_error(tmp_path: Path, capsys) -> None:
    (tmp_path / "a.txt").write_bytes("水闸建成".encode("gb18030"))
    assert main(["bigrams", str(tmp_path), "-o", str(tmp_path / "bigrams.bin")]) == 2
    assert "a.txt: 'utf-8' codec can't decode" in capsys.readouterr().err


def test_documents_are_parted_by_blank_lines(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲\n乙 \n\n\n丙\n", encoding="utf-8")
    (path,) = files([tmp_path])
    assert list(documents(path)) == [["甲", "乙"], ["丙"]]


def test_one_document_in_twenty_is_held_out_by_its_first_line() -> None:
    texts = [[f"标题{n}", "一样的第二行。"] for n in range(2_000)]
    held_out = [text for text in texts if is_held_out(text)]
    assert 60 < len(held_out) < 140
    assert all(is_held_out([text[0], "另一行。"]) for text in held_out)


@pytest.mark.parametrize("split", ["line", "place"])
def test_registers_are_cut_into_parts_that_share_no_document(corpus: Path, split) -> None:
    (corpus / "a.txt").write_text(
        "\n\n".join(f"标题{n}\n{LINES[n % 10]}" for n in range(400)), encoding="utf-8"
    )
    (register,) = read_registers([corpus], split)
    parts = [
        set(part.split("\n\n")) for part in (register.slots, register.pairs, register.held_out)
    ]
    assert sum(map(len, parts)) == len(set.union(*parts)) == 400
    assert all(len(part) > 5 for part in parts)


@pytest.mark.parametrize("name", ["ends", "seams", "clauses", "bigrams", "encoder"])
def test_the_same_prose_gives_the_same_file(name: str, corpus: Path, tmp_path: Path) -> None:
    options = {"seams": ["--draws", "4000"], "clauses": ["--draws", "3000"],
               "encoder": ["--steps", "3"]}.get(name, [])  # fmt: skip
    paths = [tmp_path / "first.bin", tmp_path / "second.bin"]
    for path in paths:
        assert main([name, str(corpus), "-o", str(path), *options]) == 0
    first, second = (path.read_bytes() for path in paths)
    assert first == second


def test_choices_teach_the_feature_that_tells(tmp_path: Path) -> None:
    # Of two candidates the one whose first field is 7 is right; the second field says nothing.
    random = np.random.default_rng(0)
    windows = random.integers(0, 5, (400, 2)).astype(np.uint32)
    truth = random.integers(0, 2, 200)
    windows[np.arange(200) * 2 + truth, 0] = 7
    each = np.arange(401)
    templates = Templates.numbered(1, (0,), (1,))
    groups = Groups(windows, np.zeros(400, np.int64), each, each[::2].copy(), truth)
    path = tmp_path / "weights.bin"
    path.write_bytes(to_bytes(*train_choices(groups, templates), seam_model.MODEL.kind, BITS))
    weights = load(path, seam_model.MODEL.kind)
    assert weights.score([7, 1], templates) > weights.score([3, 1], templates) + 16


@pytest.mark.parametrize(("tail", "head"), SEAMS)
def test_training_sees_the_windows_that_inference_sees(tail: str, head: str) -> None:
    tail, head = fold(tail), fold(head)
    state = np.array([1], np.uint64)
    whole = 1 << 40
    left, right = codes(tail), codes(head)
    side = np.zeros(REACH + 1, np.int64)
    seams.fill_side(left, 0, left.size, -1, whole, False, state, side)
    seen = seam_model.tail_of(tail)
    assert side.tolist() == [*seen.symbols, seen.open]
    seams.fill_side(right, 0, right.size, 1, whole, False, state, side)
    seen_head = seam_model.head_of(head)
    assert side.tolist() == [*seen_head.symbols, seen_head.closed]
    # Of a clause's window the source is the same: it is compiled.
    near = np.zeros(clause_model.CLAUSE, np.int64)
    size = clauses.near_end(left, 0, left.size, whole, state, near)
    windows = [np.full(clause_model.WINDOW, MISSING, np.int64) for _ in range(2)]
    compiled(clause_model.fill_window)(near, size, windows[0])
    last = tail[-clause_model.CLAUSE :]
    clause_model.fill_window([*map(ord, last)], len(last), windows[1])
    assert windows[0].tolist() == windows[1].tolist()


def test_the_signs_of_swapped_codecs_are_those_that_the_command_writes() -> None:
    assert swapped_signs.signs() == swapped.swapped_signs()
