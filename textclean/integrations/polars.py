"""Cleaning as an expression of Polars: ``pl.col("text").textclean.clean()``, lazy or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from textclean.cleaning import clean_many, resolved
from textclean.config import Config, config_of


def clean(
    expression: pl.Expr, config: Config | Mapping[str, Any] | None = None, **options: Any
) -> pl.Expr:
    """The texts of an expression, cleaned; null stays null.

    Args:
        config, options: as for `textclean.clean`.
    """
    chosen = resolved(config_of(config, options))

    def cleaned(column: pl.Series) -> pl.Series:
        found = clean_many(column, chosen)
        texts = [None if each is None else each.text for each in found]
        return pl.Series(column.name, texts, pl.String)

    return expression.map_batches(cleaned, return_dtype=pl.String, is_elementwise=True)


@pl.api.register_expr_namespace("textclean")
class Textclean:
    """The namespace ``textclean`` of expressions, there once this module is imported."""

    def __init__(self, expression: pl.Expr) -> None:
        self._expression = expression

    def clean(self, config: Config | Mapping[str, Any] | None = None, **options: Any) -> pl.Expr:
        """As the function `clean`."""
        return clean(self._expression, config, **options)
