"""Blocks for datatrove: a formatter that cleans, and a filter that drops copies.

pipeline = [
    JsonlReader("in"),
    CleanFormatter(),
    CopyFilter(exclusion_writer=JsonlWriter("copies")),
    JsonlWriter("out"),
]
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from datatrove.data import Document
from datatrove.pipeline.filters.base_filter import BaseFilter
from datatrove.pipeline.formatters.base import BaseFormatter
from datatrove.pipeline.writers.disk_base import DiskWriter

from textclean.cleaning import clean, resolved
from textclean.config import Config, config_of
from textclean.dedup import deduplicate


class CleanFormatter(BaseFormatter):  # type: ignore[misc]
    """Cleans the text of each document.

    Args:
        config, options: as for `clean`.
    """

    name = "🀄 textclean"

    def __init__(self, config: Config | Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__()
        self.config = resolved(config_of(config, options))

    def format(self, text: str) -> str:
        """The text, cleaned."""
        return clean(text, self.config).text


class CopyFilter(BaseFilter):  # type: ignore[misc]
    """Drops documents that are copies of others of their task, or of a reference.

    All documents of a task (a rank) are held and compared at once. Over several tasks let the
    reference be an index: ``CopyFilter(index="seen")``.

    What is dropped goes to the exclusion writer with ``filter_reason`` (exact, near, contained or
    carried), ``textclean_survivor`` (the id of what stays for it) and ``textclean_score``.

    Args:
        config: as for `deduplicate`; each document is compared as a whole.
        reference: as for `deduplicate`.
        index: the folder of a persistent index that is the reference.
        exclusion_writer: where the copies go.
    """

    name = "🀄 textclean copies"

    def __init__(
        self,
        config: Config | Mapping[str, Any] | None = None,
        *,
        reference: Any = None,
        index: str | None = None,
        exclusion_writer: DiskWriter | None = None,
    ) -> None:
        super().__init__(exclusion_writer, batch_size=sys.maxsize)
        self.config, self.reference, self.index = config_of(config, {}), reference, index

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        """Whether a document alone stays."""
        return self.filter_batch([doc])[0]

    def filter_batch(self, batch: list[Document]) -> list[bool | tuple[bool, str]]:
        """Whether each document stays; else why not."""
        reference = self.reference
        if self.index is not None:
            from textclean.engines.index import Index

            reference = Index(self.index)
        found = deduplicate(
            [doc.text for doc in batch], self.config, unit="document", reference=reference
        )
        kept: list[bool | tuple[bool, str]] = [True] * len(batch)
        for removal in found.removals:
            index, survivor, kind, score = removal
            kept[index] = (False, str(kind))
            name = batch[survivor].id if survivor < len(batch) else None
            if name is None and self.index is not None:
                entry = reference.numbered(survivor - len(batch))
                name = None if entry is None else entry.id
            batch[index].metadata["textclean_survivor"] = name
            batch[index].metadata["textclean_score"] = score
        if self.index is not None:
            reference.close()
        return kept
