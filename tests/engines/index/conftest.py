"""Indexes of the tests: in a folder of their own, closed behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("lmdb", reason="the extra [index] is not installed")

from textclean.engines.index import Index

MakeIndex = Callable[..., Index]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[MakeIndex]:
    """Makes indexes of some texts."""
    with ExitStack() as stack:
        number = 0

        def made(texts: Any = (), **settings: Any) -> Index:
            nonlocal number
            number += 1
            index = stack.enter_context(Index.create(tmp_path / f"index{number}", **settings))
            index.add(texts)
            return index

        yield made
