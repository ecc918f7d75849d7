"""What becomes of each document: `clean` over the rows of a frame.

A row is a whole document, cleaned by itself, so there is nothing to shuffle. A row that cannot be
cleaned says why and stays as it was; the job goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import types as T  # noqa: N812
from pyspark.sql.pandas.types import from_arrow_schema

from textclean.cleaning import clean as clean_text
from textclean.cleaning import resolved
from textclean.config import Config, config_of
from textclean.engines.spark.streams import Batches
from textclean.text.edit import Edit

_CHANGE = [("before", pa.string()), ("after", pa.string())]
_CAUSE = [
    *(("rule", pa.string()), ("tier", pa.string())),
    *(("confidence", pa.float64()), ("evidence", pa.string())),
]
#: The edits of a text: the fields of `Edit`.
EDITS = pa.list_(
    pa.struct(
        [
            *(("start", pa.int64()), ("end", pa.int64()), *_CHANGE, *_CAUSE),
            ("group", pa.int64()),
            ("parts", pa.list_(pa.struct([*_CHANGE, *_CAUSE]))),
        ]
    )
)


def clean(
    df: DataFrame,
    text: str = "text",
    config: Config | Mapping[str, Any] | None = None,
    *,
    edits: str = "edits",
    error: str = "error",
    **options: Any,
) -> DataFrame:
    """Clean each text of a frame.

    Args:
        text: the column of texts; null stays null.
        config, options: as for `textclean.clean`.
        edits, error: what the new columns are called.

    Returns:
        The frame with its texts cleaned and two columns behind the others: ``edits``, structs of
        the fields of `Edit` with offsets in characters of the text as it was; and ``error``, why a
        text could not be cleaned: it is as it was then, and has null for edits.

    Raises:
        ConfigError: an option does not exist or does not fit, or names a rule that does not exist.
        ValueError: there is no column of that name, or a new one is there already.
    """
    chosen = resolved(config_of(config, options))
    if text not in df.columns:
        raise ValueError(f"the frame has no column {text!r}")
    for name in (edits, error):
        if name in df.columns:
            raise ValueError(f"the frame has a column {name!r} already")
    new = from_arrow_schema(pa.schema([(edits, EDITS), (error, pa.string())]))
    work = partial(cleaned, column=df.columns.index(text), config=chosen)
    return df.mapInArrow(work, T.StructType([*df.schema.fields, *new.fields]))


def cleaned(batches: Batches, column: int, config: Config) -> Iterator[pa.RecordBatch]:
    """The batches with the texts of a column cleaned, and behind them edits and errors."""
    for batch in batches:
        texts: list[str | None] = []
        edits: list[list[dict[str, Any]] | None] = []
        errors: list[str | None] = []
        for text in batch.column(column).to_pylist():
            found, error = None, None
            if text is not None:
                try:
                    found = clean_text(text, config)
                except Exception as failure:
                    error = f"{type(failure).__name__}: {failure}"
            texts.append(text if found is None else found.text)
            edits.append(None if found is None else list(map(_fields, found.edits)))
            errors.append(error)
        columns = list(batch.columns)
        columns[column] = pa.array(texts, columns[column].type)
        columns += [pa.array(edits, EDITS), pa.array(errors, pa.string())]
        names = [str(number) for number in range(len(columns))]
        named = [*batch.schema.names, *names[len(batch.schema.names) :]]
        yield pa.RecordBatch.from_arrays(columns, named)


def _fields(edit: Edit) -> dict[str, Any]:
    return edit._asdict() | {
        "tier": str(edit.tier),
        "parts": [part._asdict() for part in edit.parts],
    }
