from __future__ import annotations

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("numba")

from textclean.layout import encoder  # noqa: E402
from textclean.layout import seam_model as continuity  # noqa: E402
from textclean.layout.seam_model import fold  # noqa: E402
from tools.training import layout as train  # noqa: E402
from tools.training import seam_features  # noqa: E402
from tools.training.encoder import train_encoders  # noqa: E402
from tools.training.layout_samples import documents, read  # noqa: E402

TEXTS = [
    ("推进总分馆制建", "设，让居民“在家门口”借到新书。"),
    ("去年新建公园12个、改造小区（含老旧小区", "）、道路和广场，xx件实事完成。"),
    ("他提出“小病不出村，", "大病不出县”的目标"),
    ("完成率达到xx%", "据 介绍"),
    ("短", "句。"),
]


class _Asked:
    """Weights that remember what was asked of them."""

    def __init__(self) -> None:
        self.indices: list[int] = []

    def __getitem__(self, index: int) -> int:
        self.indices.append(index)
        return 0


def codes(text: str):
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


@pytest.mark.parametrize(("tail", "head"), TEXTS)
def test_training_and_use_mean_the_same_features(tail, head, monkeypatch):
    tail, head = fold(tail), fold(head)
    asked = _Asked()
    monkeypatch.setattr(continuity, "_weights", lambda: asked)
    continuity.join_score(continuity.tail_of(tail), continuity.head_of(head))
    state = np.array([1], np.uint64)
    left, right = codes(tail), codes(head)
    window, behind = np.zeros(4, np.uint32), np.zeros(4, np.uint32)
    before = seam_features.fill_tail(left, 0, left.size, 1 << 30, state, window)
    after = seam_features.fill_head(right, 0, right.size, 1 << 30, state, behind)
    opened, closed = (
        seam_features.left_open(left, 0, left.size),
        seam_features.closed_first(right, 0, right.size),
    )
    found = np.zeros(64, np.int64)
    size = seam_features.join_features(window, before, behind, after, opened, closed, found)
    assert sorted(found[:size]) == sorted(asked.indices)
    for score, side, family, several, bits in (
        (continuity.broken_score, continuity.tail_of(tail), "BROKEN", (window, before), opened),
        (continuity.begun_score, continuity.head_of(head), "BEGUN", (behind, after), closed),
    ):
        asked.indices.clear()
        score(side)
        size = seam_features.side_features(getattr(seam_features, family), *several, bits, found)
        assert sorted(found[:size]) == sorted(asked.indices)


@pytest.fixture
def sources(tmp_path):
    lines = [
        f"第{n}座水闸建成以后，沿河的{n}个村庄修好了道路、桥梁和学校，村民们都说日子越过越好。"
        for n in "一二三四五六七八九十"
    ]
    text = "\n\n".join(f"标题{n}\n" + "\n".join(lines[n:] + lines[:n]) for n in range(10))
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    return [read(tmp_path / "a.txt")]


def test_documents_are_parted_by_blank_lines(tmp_path):
    (tmp_path / "a.txt").write_text("甲\n乙\n\n\n丙\n", encoding="utf-8")
    assert list(documents(tmp_path / "a.txt")) == [["甲", "乙"], ["丙"]]


def test_the_same_text_gives_the_same_weights(sources, tmp_path):
    shares = np.ones(1)
    first = train.train(sources, shares, 4000)
    assert train.train(sources, shares, 4000) == first
    (tmp_path / "weights.bin").write_bytes(first)
    assert len(continuity.load(tmp_path / "weights.bin")) > 100


def test_the_same_text_gives_the_same_encoders(sources, tmp_path):
    shares = np.ones(1)
    first = train_encoders(sources, shares, 3)
    assert train_encoders(sources, shares, 3) == first
    (tmp_path / "weights.bin").write_bytes(first)
    assert encoder.load(tmp_path / "weights.bin").numbers
