"""Configuration files: which one is in force, and what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textclean.config.options import Config
from textclean.errors import ConfigError
from textclean.text.opening import read_ordinary

#: The name of a configuration file of its own.
OWN_FILE = "textclean.toml"
#: Bytes that a file of settings may have: a hundred times what the longest of ours has.
MOST_BYTES = 1 << 20


def load_config(folder: Path) -> tuple[Config, Path | None]:
    """The configuration in force for `folder`, and the file it came from.

    Looks in `folder` and then in each folder above it for ``textclean.toml`` or a
    ``pyproject.toml`` with a ``[tool.textclean]`` table; the first of them is all that counts.

    Raises:
        ConfigError: the file is not TOML, or says something that `Config` refuses.
    """
    for place in (folder, *folder.parents):
        own = place / OWN_FILE
        if own.is_file():
            return read_config(own), own
        project = place / "pyproject.toml"
        if project.is_file() and (table := _read_toml(project)) is not None:
            return Config.from_mapping(table, f"{project} [tool.textclean]"), project
    return Config(), None


def read_config(path: Path) -> Config:
    """The configuration in a file: all of it, or ``[tool.textclean]`` of a ``pyproject.toml``.

    Raises:
        ConfigError: the file cannot be read, is not TOML, lacks the table, or says something that
            `Config` refuses.
    """
    table = _read_toml(path)
    if table is None:
        raise ConfigError(f"{path}: there is no table [tool.textclean]")
    return Config.from_mapping(table, str(path))


def _read_toml(path: Path) -> dict[str, Any] | None:
    """A file's table, or the one in a ``pyproject.toml``; None where that has none."""
    in_project = path.name == "pyproject.toml"
    table = read_toml(path, b"textclean" if in_project else b"")
    if table is None or not in_project:
        return table
    tools = table.get("tool", {})
    own = tools.get("textclean") if isinstance(tools, dict) else None
    if own is not None and not isinstance(own, dict):
        raise ConfigError(f"{path}: tool.textclean: expected a table, got {own!r}")
    return own


def read_toml(path: Path, word: bytes = b"") -> dict[str, Any] | None:
    """What is in a file of TOML; None where it does not hold `word`, and need not be parsed.

    Raises:
        ConfigError: it is no ordinary file, has more than `MOST_BYTES`, cannot be read, or is not
            TOML.
    """
    try:
        data = read_ordinary(path, MOST_BYTES)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    if word not in data:
        return None
    import tomllib  # here, for it takes longer than everything else that a `Config` needs

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
    except RecursionError:
        raise ConfigError(f"{path}: not valid TOML: it is nested too deeply") from None
