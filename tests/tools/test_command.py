"""A function's parameters are the arguments and options of its command."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click
import pytest

from tools.command import Folders, command


def run(
    folders: Folders, size: int, parts: tuple[int, ...] = (1, 2), split: Literal["a", "b"] = "a"
) -> tuple[object, ...]:
    return folders, size, parts, split


def call(*words: str) -> object:
    return command(run).main(words, standalone_mode=False)  # type: ignore[arg-type]


def test_options_have_the_types_of_parameters_and_commas_divide_values() -> None:
    assert call("x", "y", "--size", "3") == ((Path("x"), Path("y")), 3, (1, 2), "a")
    assert call("x", "--size", "3", "--parts", "5,6,7", "--split", "b")[1:] == (3, (5, 6, 7), "b")


@pytest.mark.parametrize("words", [("x",), ("--size", "3"), ("x", "--size", "3", "--split", "c")])
def test_what_is_missing_or_unknown_is_an_error(words: tuple[str, ...]) -> None:
    with pytest.raises(click.UsageError):
        call(*words)
