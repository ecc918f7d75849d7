"""A function of SQL for DuckDB: ``register(connection)``, then ``select textclean(text) …``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb
import pyarrow as pa

from textclean.cleaning import clean_many, resolved
from textclean.config import Config, config_of


def register(
    connection: duckdb.DuckDBPyConnection,
    name: str = "textclean",
    config: Config | Mapping[str, Any] | None = None,
    **options: Any,
) -> duckdb.DuckDBPyConnection:
    """Make cleaning a function of a connection, from VARCHAR to VARCHAR; NULL stays NULL.

    Args:
        name: what the function is called there.
        config, options: as for `clean`.
    """
    chosen = resolved(config_of(config, options))

    def cleaned(column: Any) -> Any:
        found = clean_many(column, chosen)
        return pa.array([None if each is None else each.text for each in found], pa.string())

    return connection.create_function(
        name, cleaned, [duckdb.sqltype("VARCHAR")], duckdb.sqltype("VARCHAR"), type="arrow"
    )
