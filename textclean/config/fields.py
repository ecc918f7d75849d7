"""Names of fields: a key, or a path of keys into what is nested: ``data.text``, ``list[].text``.

``[]`` stands for each item of a list. A backslash takes its meaning from a dot, a bracket or a
backslash that belongs to a key.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from textclean.errors import ConfigError

#: Each item of a list, in a path.
EACH = None
#: Keys, and `EACH`.
FieldPath = tuple[str | None, ...]

_STEP = re.compile(r"(\[\])|((?:[^\\.\[\]]|\\.)+)", re.DOTALL)


def field_path(name: str) -> FieldPath:
    """The path that a name of a field means.

    Raises:
        ConfigError: the name is none: it is empty, or a key in it is, or a bracket is alone.
    """
    steps: list[str | None] = []
    at = 0
    while at < len(name) or not steps:
        if steps and name[at] == ".":
            at += 1
            step = _STEP.match(name, at)
            fits = step is not None and step[2] is not None
        else:
            step = _STEP.match(name, at)
            fits = step is not None and (not steps or step[1] is not None)
        if step is None or not fits:
            raise ConfigError(
                f"text_field: {name!r} is no field's name at character {at + 1}; nested fields are "
                "written data.text or messages[].content, a dot in a key as \\."
            )
        steps.append(EACH if step[1] else re.sub(r"\\(.)", r"\1", step[2], flags=re.DOTALL))
        at = step.end()
    return tuple(steps)


def written(path: Sequence[str | None]) -> str:
    """A path as `field_path` reads it."""
    name = ""
    for step in path:
        if step is EACH:
            name += "[]"
        else:
            key = re.sub(r"([\\.\[\]])", r"\\\1", step)
            name += f".{key}" if name else key
    return name
