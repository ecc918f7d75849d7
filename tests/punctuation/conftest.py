"""The slot model's tests run on both of its implementations."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.punctuation.networks import networks
from textclean.models.implementation import NUMPY, PYTHON, VARIABLE
from textclean.punctuation import evidence, findings, quote_reranker
from textclean.punctuation.model import Scorer


def _forget() -> None:
    """Forget what the slot model came to, for it is asked again by another implementation."""
    for memory in (*evidence.FINDINGS.values(), findings.MARK_FINDINGS):
        memory.forget()
    quote_reranker.score_lines.cache_clear()


@pytest.fixture(scope="module", params=[PYTHON, NUMPY], autouse=True)
def implementation(request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of the implementation that scores slots."""
    name: str = request.param
    if name == NUMPY:
        pytest.importorskip("numpy")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, name)
        _forget()
        yield name
    _forget()


@pytest.fixture(scope="module")
def scorer(implementation: str) -> Scorer:
    """Small random networks, in that implementation."""
    if implementation == PYTHON:
        from textclean.punctuation.scoring import Scorer as PythonScorer

        return PythonScorer(networks())
    from textclean.punctuation.arrays.scoring import Scorer as ArrayScorer

    return ArrayScorer(networks())
