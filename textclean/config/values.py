"""Checks of single values: each returns the form that is kept, or says what is wrong."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn, TypeVar

from textclean.errors import ConfigError
from textclean.text.edit import Tier

Value = TypeVar("Value")

#: In `select` and `ignore`: every rule there is.
ALL = "ALL"
_CODE = re.compile(r"[A-Za-z][0-9]{0,3}")


class FrozenDict(dict[str, Value]):
    """A dictionary that can be hashed, so that a `Config` can be a cache's key."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(sorted(self.items())))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self),)

    def _refuse(self, *_: object, **__: object) -> None:
        raise TypeError("a Config does not change; use dataclasses.replace")

    __setitem__ = __delitem__ = update = pop = clear = setdefault = popitem = _refuse  # type: ignore[assignment]


def strings(name: str, value: object) -> tuple[str, ...]:
    """A tuple of strings from any collection, or from one string with commas."""
    if isinstance(value, str):
        value = tuple(part.strip() for part in value.split(",") if part.strip())
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else list(value)
        if all(isinstance(item, str) for item in items):
            return tuple(items)
    raise ConfigError(f"{name}: expected a list of strings, got {value!r}")


def rule_names(name: str, value: object) -> tuple[str, ...]:
    """Codes, prefixes of codes, names of rules or ``ALL``, as `rule_name` writes them."""
    return tuple(map(rule_name, strings(name, value)))


def rule_name(given: str) -> str:
    """A code or prefix in capitals; a name in small letters, with dashes; or ``ALL``."""
    if _CODE.fullmatch(given) or given.upper() == ALL:
        return given.upper()
    return given.lower().replace("_", "-")


def encoding_name(value: object) -> str:
    """The codec of an encoding, by any of its names.

    Raises:
        ConfigError: there is no such encoding of text.
    """
    if value == "auto":
        return "auto"
    try:
        codec = codecs.lookup(value if isinstance(value, str) else "")
        "".encode(codec.name)  # what is no encoding of text refuses this
    except LookupError:
        raise ConfigError(
            f"encoding: {value!r} is not one; auto, utf-8, gb18030, gbk, big5, utf-16, utf-16-le, …"
        ) from None
    return "utf-8" if codec.name == "utf-8-sig" else codec.name


def tier_of(name: str, value: object) -> Tier:
    """A tier from its name."""
    try:
        return Tier(value)  # type: ignore[arg-type]
    except ValueError:
        raise ConfigError(f"{name}: {value!r} is not one of {', '.join(Tier)}") from None


def refuse_key(source: str, key: str, known: Iterable[str]) -> NoReturn:
    """Say that a key is unknown, and which known one is nearest."""
    import difflib  # here, for most runs have no use for it

    near = difflib.get_close_matches(key.replace("-", "_"), known, n=1, cutoff=0)
    raise ConfigError(f"{source}: unknown key {key!r}; did you mean {near[0]!r}?")


def plain(value: object) -> Any:
    """A value as TOML and JSON have it: lists, tables and strings."""
    if isinstance(value, Tier):
        return str(value)
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    as_mapping = getattr(value, "as_mapping", None)
    return as_mapping() if as_mapping is not None else value
