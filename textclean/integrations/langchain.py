"""A transformer of documents for LangChain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from langchain_core.documents import BaseDocumentTransformer, Document

from textclean.cleaning import clean_many, resolved
from textclean.config import Config, config_of
from textclean.dedup import deduplicate


class TextcleanTransformer(BaseDocumentTransformer):  # type: ignore[misc]
    """Cleans documents, and drops those that are copies of others.

    Args:
        config, options: as for `clean`, and for `deduplicate`.
        drop_copies: whether copies go; each document is compared as a whole.
    """

    def __init__(
        self,
        config: Config | Mapping[str, Any] | None = None,
        *,
        drop_copies: bool = False,
        **options: Any,
    ) -> None:
        self.config = resolved(config_of(config, options))
        self.drop_copies = drop_copies

    def transform_documents(
        self, documents: Sequence[Document], **kwargs: Any
    ) -> Sequence[Document]:
        """The documents, cleaned: new ones, with the same metadata and ids."""
        found = clean_many([document.page_content for document in documents], self.config)
        texts = [each.text for each in found]
        chosen: Sequence[int] = range(len(texts))
        if self.drop_copies:
            chosen = deduplicate(texts, self.config, unit="document").kept
        return [
            documents[index].model_copy(update={"page_content": texts[index]}) for index in chosen
        ]
