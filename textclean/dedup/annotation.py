"""Copies marked instead of removed: the columns that say of each text what it is a copy of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from textclean.dedup.records import InReference, Removal
from textclean.errors import MissingExtraError

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray


#: The columns, in order. The last two are those of datatrove.
COLUMNS = (
    *("textclean_cluster_id", "textclean_survivor", "textclean_kind", "textclean_score"),
    *("minhash_cluster_id", "minhash_cluster_size"),
)
#: What a removed document alone says: in tables only.
LOST = "textclean_lost"
#: What `minhash_cluster_id` is for a text that has no copies.
ALONE = -1


def arrow_table(
    labels: NDArray[np.int64],
    kept: int,
    places: Iterable[tuple[int, int]],
    removals: Iterable[Removal[Any]],
    ids: Sequence[Any] | None,
    whole: bool,
) -> pa.Table:
    """As `Deduplicated.to_arrow`, of the labels, ids and removals, and the places of these.

    Args:
        kept: how many texts stay; labels from there on are those of texts of the reference.
        whole: whether each text is a document; only these lose anything.
    """
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtraError("a table of Arrow", "arrow") from None
    import numpy as np

    sizes = np.bincount(labels) if len(labels) else labels
    # A text of the reference belongs to its cluster, too.
    sizes[kept:] += 1
    size = sizes[labels]
    rows: list[Any] = [None] * len(labels)
    for (index, _), removal in zip(places, removals, strict=True):
        rows[index] = removal
    columns = {} if ids is None else {"id": pa.array(ids[: len(labels)])}
    survivors = [row and _named(row.survivor) for row in rows]
    values = (
        pa.array(labels),
        pa.array(survivors, pa.int64()) if ids is None else pa.array(survivors),
        pa.array([row and str(row.kind) for row in rows], pa.string()),
        pa.array([row and row.score for row in rows], pa.float64()),
        pa.array(np.where(size > 1, labels, ALONE)),
        pa.array(size.astype(np.int64)),
    )
    columns |= dict(zip(COLUMNS, values, strict=True))
    if whole:
        passage = pa.struct([("start", pa.int64()), ("end", pa.int64()), ("text", pa.string())])
        lost = [row and [one._asdict() for one in row.lost] for row in rows]
        columns[LOST] = pa.array(lost, pa.list_(passage))
    return pa.table(columns)


def _named(survivor: Any) -> Any:
    """A survivor as a value of a column."""
    return f"reference[{survivor.index}]" if isinstance(survivor, InReference) else survivor
