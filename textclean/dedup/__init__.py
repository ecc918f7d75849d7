"""Copies among texts: exact, misread, or part of a longer one; what goes and what stays instead.

A text is folded (`fold`), cut into shingles (`shingles`), and compared with the few others that the
candidate search proposes (`search`, whose inner loops are compiled: `kernels`); each pair is
verified (`verify`), and of each group the best is kept (`choose`, `graph`). Nothing is cut or
joined here: a text stays or goes, and whatever goes names the text that stays in its place.

Importing this loads neither numpy nor numba; the search does, when there is something to find.
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
