"""The JSON Schema of a configuration, made from `Config` itself: its types, defaults and docstring.

``docs/schemas/textclean.schema.json`` is what ``textclean config --schema`` writes; editors check
``textclean.toml`` and ``[tool.textclean]`` by it.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from textclean.config.options import PER_FILE, Config, ScriptConversion
from textclean.config.tables import OwnRule
from textclean.config.values import plain
from textclean.text.edit import Tier

_STRINGS = {"type": "array", "items": {"type": "string"}}
_LIST = {"anyOf": [{"type": "string"}, _STRINGS]}
_TIERS = {"enum": [str(tier) for tier in Tier]}
_EXAMPLE = {
    "anyOf": [
        {**_STRINGS, "minItems": 2, "maxItems": 2},
        {
            "type": "object",
            "properties": {"before": {"type": "string"}, "after": {"type": "string"}},
            "required": ["before", "after"],
            "additionalProperties": False,
        },
    ]
}
#: What is not said by the type of the field alone.
_SPECIAL: dict[str, dict[str, Any]] = {
    "tier": {"enum": [str(tier) for tier in Tier if tier is not Tier.REPORT]},
    "tiers": {"type": "object", "additionalProperties": _TIERS},
    "threshold": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
    "min_copy": {"type": "integer", "minimum": 1},
    "min_copy_across": {"type": "integer", "minimum": 1},
    "text_field": {
        "anyOf": [
            {"type": "string", "minLength": 1},
            {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
        ]
    },
    "script": {"enum": [*get_args(ScriptConversion)]},
}


def config_schema() -> dict[str, Any]:
    """The schema, as `json.dumps` takes it. Keys may be written with dashes or underscores."""
    hints = get_type_hints(Config)
    described = _descriptions(Config)
    properties: dict[str, Any] = {}
    for f in dataclasses.fields(Config):
        kind = _SPECIAL.get(f.name) or _kind(hints[f.name])
        default = getattr(Config(), f.name)
        properties[f.name] = {"description": described[f.name], **kind}
        if default is not None:
            properties[f.name]["default"] = plain(default)
    per_file = {name: properties[name] for name in PER_FILE}
    per_file = {
        name: {k: v for k, v in each.items() if k != "default"} for name, each in per_file.items()
    }
    properties["per_file"]["additionalProperties"] = _table(per_file)
    properties["rule"] = {**properties["rule"], "items": _own_rule()}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Configuration of textclean",
        "description": "textclean.toml, or [tool.textclean] in pyproject.toml.",
        **_table(properties),
    }


def _own_rule() -> dict[str, Any]:
    described = _descriptions(OwnRule)
    kinds: dict[str, dict[str, Any]] = {
        "code": {"type": "string", "pattern": "^U[0-9]{3}$"},
        "tier": _TIERS,
        "examples": {"type": "array", "minItems": 1, "items": _EXAMPLE},
        "counter_examples": _STRINGS,
    }
    fields = dataclasses.fields(OwnRule)
    properties = {
        f.name: {"description": described[f.name], **kinds.get(f.name, {"type": "string"})}
        for f in fields
    }
    required = [f.name for f in fields if f.default is dataclasses.MISSING]
    return {**_table(properties), "required": required}


def _table(properties: dict[str, Any]) -> dict[str, Any]:
    """A table with these keys, in both spellings, and no others."""
    both = {
        key: value
        for name, value in properties.items()
        for key in dict.fromkeys((name.replace("_", "-"), name))
    }
    return {"type": "object", "properties": both, "additionalProperties": False}


def _kind(hint: Any) -> dict[str, Any]:
    """What a type is in JSON."""
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if hint is bool:
        return {"type": "boolean"}
    if get_origin(hint) is tuple:
        return _LIST if get_args(hint)[0] is str else {"type": "array"}
    if hint is str or (get_origin(hint) is UnionType and str in get_args(hint)):
        return {"type": "string"}
    return {"type": "object"}


_ITEM = re.compile(r"^- ``(\w+)``: ((?:.+\n?)+?)(?=\n|^- |\Z)", re.MULTILINE)


def _descriptions(kind: type) -> dict[str, str]:
    """What a docstring says of each name: ``- ``name``: …`` up to the next item or paragraph."""
    text = inspect.getdoc(kind) or ""
    result: dict[str, str] = {}
    for match in _ITEM.finditer(text):
        words = " ".join(match[2].split()).replace("``", "`")
        result[match[1]] = words
    return result
