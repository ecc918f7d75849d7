"""The features that training learns on are those that are asked for later."""

from __future__ import annotations

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("numba")

from textclean.layout import clause_model as clauses  # noqa: E402
from textclean.layout import seam_model as continuity  # noqa: E402
from textclean.layout.seam_model import fold  # noqa: E402
from tools.training import clauses as train_clauses  # noqa: E402
from tools.training.layout_samples import kept, read  # noqa: E402

TEXTS = [
    "全年改造完工后，将形成食宿、停车、",
    "去年新建公园12个、改造小区（含老旧小区",
    "他提出“小病不出村，",
    "县里已连续两年将乡村小学",
    "完成率达到xx%",
    "据 介绍",
    "短",
    "我们要把" * 20,
]


class _Asked:
    """Weights that remember what was asked of them."""

    def __init__(self) -> None:
        self.places: list[int] = []

    def __getitem__(self, place: int) -> int:
        self.places.append(place)
        return 0


@pytest.mark.parametrize("text", TEXTS)
def test_training_and_use_mean_the_same_features(text, monkeypatch):
    folded = fold(text)
    asked = _Asked()
    monkeypatch.setattr(clauses, "_weights", lambda: asked)
    clauses.broken_score(clauses.ending(folded))
    codes = np.frombuffer(folded.encode("utf-32-le"), np.uint32)
    near, found = np.zeros(clauses.CLAUSE, np.uint32), np.zeros(96, np.int64)
    state = np.array([1], np.uint64)
    size = train_clauses.near_end(codes, 0, codes.size, 1 << 30, state, near)
    size = train_clauses.places(near, size, found)
    assert sorted(found[:size]) == sorted(asked.places)


def test_the_same_text_gives_the_same_weights(tmp_path):
    lines = [
        f"第{n}座水闸建成以后，沿河的{n}个村庄修好了道路、桥梁和学校，村民们都说日子越过越好。"
        for n in "一二三四五六七八九十"
    ]
    text = "\n\n".join(f"标题{n}\n" + "\n".join(lines[n:] + lines[:n]) for n in range(10))
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    sources, shares = [read(tmp_path / "a.txt")], np.ones(1)
    known = continuity.load(continuity.WEIGHTS)
    first = train_clauses.train_clauses(sources, shares, known, 3000)
    assert train_clauses.train_clauses(sources, shares, known, 3000) == first
    (tmp_path / "weights.bin").write_bytes(first)
    assert len(continuity.load(tmp_path / "weights.bin", clauses.KIND, clauses.BITS)) > 100


def test_weights_far_from_each_other_are_bridged_by_some_that_weigh_nothing(tmp_path):
    weights, squares = np.zeros(1 << 22, np.float32), np.ones(1 << 22, np.float32)
    weights[[70_000, 4_000_000]] = 1.0, -2.0
    squares[[70_000, 4_000_000]] = 5.0
    data = continuity.to_bytes(*kept(weights, squares, 20, 10), clauses.KIND, clauses.BITS)
    (tmp_path / "weights.bin").write_bytes(data)
    read_again = continuity.load(tmp_path / "weights.bin", clauses.KIND, clauses.BITS)
    assert read_again[70_000] == 20
    assert read_again[4_000_000] == -40
    assert set(read_again.items()[1]) == {0, 20, -40}
