"""Products of matrices are so small that no library of linear algebra starts threads for them."""

from __future__ import annotations

from typing import Any

import pytest

np = pytest.importorskip("numpy")

from textclean.models import mlp_arrays  # noqa: E402


@pytest.mark.parametrize("rows", [0, 1, 63, 64, 65, 5_000])
@pytest.mark.parametrize("kind", ["float32", "float64"])
def test_a_product_in_pieces_is_the_product(rows: int, kind: str) -> None:
    dice = np.random.default_rng(rows)
    left = dice.integers(-99, 99, (rows, 96)).astype(kind)
    right = dice.integers(-99, 99, (96, 40)).astype(kind)
    made = mlp_arrays.product(left, right)
    assert made.dtype == left.dtype
    assert np.array_equal(made, left @ right)


def test_no_piece_is_worth_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    matmul = np.matmul

    def measured(left: Any, right: Any, **options: Any) -> Any:
        sizes.append(len(left) * right.size)
        return matmul(left, right, **options)

    monkeypatch.setattr(np, "matmul", measured)
    mlp_arrays.product(np.ones((9_000, 96), np.float32), np.ones((96, 40), np.float32))
    assert sum(sizes) == 9_000 * 96 * 40
    assert max(sizes) <= 1 << 18
