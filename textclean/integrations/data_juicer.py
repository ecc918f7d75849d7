"""An operator for data-juicer: ``textclean_mapper`` in a recipe, once this module is imported.

process:
  - textclean_mapper:
      tier: suggested
"""

from __future__ import annotations

from typing import Any

from data_juicer.ops.base_op import OPERATORS, Mapper

from textclean.cleaning import clean_many, resolved
from textclean.config import config_of


@OPERATORS.register_module("textclean_mapper")
class TextcleanMapper(Mapper):  # type: ignore[misc]
    """Repairs damaged Chinese text: marks, spaces, characters, lines.

    Args:
        tier, style, script, select, ignore: as for `Config`; what is None is as it is there.
    """

    _batched_op = True

    def __init__(
        self,
        tier: str | None = None,
        style: str | None = None,
        script: str | None = None,
        select: list[str] | None = None,
        ignore: list[str] | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        given = {"tier": tier, "style": style, "script": script, "select": select, "ignore": ignore}
        options: Any = {name: value for name, value in given.items() if value is not None}
        self.config = resolved(config_of(options, {}))

    def process_batched(self, samples: dict[str, list[Any]]) -> dict[str, list[Any]]:
        """A batch, with cleaned texts."""
        texts = samples[self.text_key]
        found = clean_many(texts, self.config)
        samples[self.text_key] = [None if each is None else each.text for each in found]
        return samples
