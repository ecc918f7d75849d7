"""A function for ``datasets.Dataset.map``: ``dataset.map(Cleaner(), batched=True)``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textclean.cleaning import clean_many, resolved
from textclean.config import Config, config_of


class Cleaner:
    """Cleans a column of a batch. It can be pickled, so `num_proc` may be given.

    Args:
        column: the column that holds texts; a missing one stays missing.
        config, options: as for `clean`.
        edits: the name of another column, for the number of edits of each text.
    """

    def __init__(
        self,
        column: str = "text",
        config: Config | Mapping[str, Any] | None = None,
        *,
        edits: str | None = None,
        **options: Any,
    ) -> None:
        self.column, self.edits = column, edits
        self.config = resolved(config_of(config, options))

    def __call__(self, batch: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
        """The columns of the batch that change."""
        found = list(clean_many(batch[self.column], self.config))
        columns = {self.column: [None if each is None else each.text for each in found]}
        if self.edits is not None:
            columns[self.edits] = [0 if each is None else len(each.edits) for each in found]
        return columns
