"""One harness for both implementations of comparing and choosing: compiled, and as written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module", params=["numba", "python"])
def implementation(request: pytest.FixtureRequest) -> Iterator[str]:
    """Forces one implementation; tests of a module that uses it run on either."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TEXTCLEAN_IMPLEMENTATION", request.param)
        yield request.param
