"""A transformation of nodes for LlamaIndex, as its ingestion pipelines take them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from llama_index.core.schema import BaseNode, MetadataMode, TransformComponent

from textclean.cleaning import clean_many, resolved
from textclean.config import config_of
from textclean.dedup import deduplicate


class TextcleanTransform(TransformComponent):  # type: ignore[misc]
    """Cleans nodes, and drops those that are copies of others.

    Nodes without text (images) pass through. Put it before the splitter: a sentence that was cut
    in two cannot be mended.
    """

    #: As for `clean` and `deduplicate`: the names and values of `Config`.
    options: dict[str, Any] = {}  # noqa: RUF012  # a field of pydantic's
    #: Whether copies go; each node is compared as a whole.
    drop_copies: bool = False

    def __call__(self, nodes: Sequence[BaseNode], **kwargs: Any) -> Sequence[BaseNode]:
        """The nodes, cleaned: copies of those given, with the same ids."""
        config = resolved(config_of(self.options, {}))
        texts = [node.get_content(metadata_mode=MetadataMode.NONE) for node in nodes]
        cleaned = [each.text for each in clean_many(texts, config)]
        made = []
        for node, before, after in zip(nodes, texts, cleaned, strict=True):
            if before != after:
                node = node.model_copy(deep=True)
                node.set_content(after)
            made.append(node)
        if not self.drop_copies:
            return made
        kept = deduplicate(cleaned, config, unit="document").kept
        return [made[index] for index in kept]
