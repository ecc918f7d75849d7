"""Copies among texts, exact, misread, or part of a longer one: which are removed, and for which.

A text is folded (`fold`), cut into shingles (`shingles`), and compared with the few others that the
candidate search proposes (`search`, whose inner loops are compiled: `kernels`); each pair is
verified (`verify`), and of each group the best is kept (`preference`, `graph`). Nothing is cut or
joined here, and each removed text names the one that is kept in its place.

Importing this loads neither numpy nor numba; `search` does, when there is something to find.
"""

from textclean.dedup.copies import deduplicate, deduplicate_documents, deduplicate_records
from textclean.dedup.records import Removal, RemovalKind, SharedSpan, Twin
from textclean.dedup.result import Deduplicated
from textclean.dedup.signatures import signatures

__all__ = [
    "Deduplicated",
    "Removal",
    "RemovalKind",
    "SharedSpan",
    "Twin",
    "deduplicate",
    "deduplicate_documents",
    "deduplicate_records",
    "signatures",
]
