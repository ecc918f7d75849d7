from __future__ import annotations

import pytest

from tests.punctuation.networks import networks
from textclean.models.mlp import DenseNetwork
from textclean.punctuation.windows import CONTEXT, CONTEXT_TOKENS, MIDDLE, WINDOW

np = pytest.importorskip("numpy")
WEIGHTS = networks().windows


def test_kept_rows_of_tokens_add_up_to_what_a_product_gives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from textclean.models import mlp_arrays
    from textclean.punctuation.arrays.windows import NARROW

    network = mlp_arrays.DenseNetwork(WEIGHTS, NARROW)
    draw = np.random.default_rng(1)
    tokens = len(WEIGHTS.embeddings) // WEIGHTS.width
    first, size = np.array(CONTEXT_TOKENS)[:, 1], np.array(CONTEXT)[:, 1].astype(int)
    window = np.empty((500, WINDOW), np.int32)
    window[:, :MIDDLE] = draw.integers(0, tokens, (500, MIDDLE))
    window[:, MIDDLE:] = first + draw.integers(0, size, (500, size.size))
    # Few windows are multiplied, many make rows; where rows are too many they are forgotten.
    one_by_one = np.concatenate([network.scores(each) for each in np.split(window, 500)])
    python = DenseNetwork(WEIGHTS)
    assert [python.scores(row) for row in window.tolist()] == one_by_one.tolist()
    assert (network.scores(window) == one_by_one).all()
    monkeypatch.setattr(mlp_arrays, "_MOST_KEPT", tokens - 1)
    assert (network.scores(window[:250]) == one_by_one[:250]).all()
    again = mlp_arrays.DenseNetwork(WEIGHTS)
    assert (again.scores(window) == one_by_one).all()
