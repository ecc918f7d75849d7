"""A step behind the programs that read PDFs: Marker, Docling and MinerU.

Their results are plain data, so none of them is imported. What is given stays as it is; a copy is
returned. Tables, formulas, code and pictures are left alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from textclean.cleaning import clean, clean_many, resolved
from textclean.config import Config, config_of

_Given = TypeVar("_Given")
_Chosen = Config | Mapping[str, Any] | None

#: Labels of Docling's whose texts are no prose.
_DOCLING_OTHERS = frozenset({"code", "formula", "table", "picture", "chart", "form"})
#: Of the blocks of MinerU's content lists those that hold prose, and the fields that do.
_MINERU_TEXT = {
    "text": ("text",),
    "title": ("text",),
    "image": ("image_caption", "image_footnote"),
    "table": ("table_caption", "table_footnote"),
    "list": ("list_items",),
}


def clean_marker(rendered: _Given, config: _Chosen = None, **options: Any) -> _Given:
    """What Marker's ``MarkdownRenderer`` returned, with clean Markdown.

    Args:
        rendered: a ``MarkdownOutput``, or its Markdown as a string.
        config, options: as for `clean`.
    """
    chosen = config_of(config, options)
    if isinstance(rendered, str):
        return clean(rendered, chosen).text  # type: ignore[return-value]
    given: Any = rendered
    made: _Given = given.model_copy(update={"markdown": clean(given.markdown, chosen).text})
    return made


def clean_docling(document: _Given, config: _Chosen = None, **options: Any) -> _Given:
    """A ``DoclingDocument`` with clean texts; what stood there stays in ``orig`` of each item.

    Args:
        config, options: as for `clean`.
    """
    chosen = resolved(config_of(config, options))
    given: Any = document
    made = given.model_copy(deep=True)
    items = [item for item in made.texts if str(item.label) not in _DOCLING_OTHERS]
    found = clean_many([item.text for item in items], chosen)
    for item, cleaned in zip(items, found, strict=True):
        item.text = cleaned.text
    result: _Given = made
    return result


def clean_mineru(
    blocks: Sequence[Mapping[str, Any]], config: _Chosen = None, **options: Any
) -> list[dict[str, Any]]:
    """The blocks of a ``content_list.json`` of MinerU, with clean texts, captions and lists.

    Args:
        config, options: as for `clean`.
    """
    chosen = resolved(config_of(config, options))
    made = [dict(block) for block in blocks]
    for block in made:
        for name in _MINERU_TEXT.get(block.get("type", ""), ()):
            value = block.get(name)
            if isinstance(value, str):
                block[name] = clean(value, chosen).text
            elif isinstance(value, list):
                block[name] = [
                    clean(each, chosen).text if isinstance(each, str) else each for each in value
                ]
    return made
