"""Copies among texts, exact, misread, or part of a longer one: which are removed, and for which.

Nothing is cut or joined here, and each removed text names the one that is kept in its place. Each
module answers one question. Texts pass them in this order:

The entries load neither numpy nor numba.

- `copies`: how are blocks, documents and records searched? Is there more than one fold at all?
- `containers`: what may be given, and where are the texts in it? `inputs`: which text is refused?
  Is the extra installed?

The search (`search`) runs the steps that follow. They read texts in chunks (`buffers`), with
threads over the chunks (`thread_pool`).

- `fold`: what is left of a text to compare? `folded_texts`: where are the folds of many texts?
- `representatives`: which text stands for all with its fold? `preference` says which of several
  copies is kept.
- `candidates`: which folds are alike in their sketches? `prefix_suffix`: which begin or end another
  one to the letter? Only these pairs are looked at.
- `comparing`: how alike are the two of a pair, and what is the verdict? `verify` says what the
  verdicts are, and whether texts differ in names alone. `unverified` asks the first question only.
- `documents`: how much of a long text stands in another one, and does what differs matter? `lost`:
  what is said nowhere then? `prefix_trees` settles documents that begin others beforehand.
- `graph`: which folds stay, and for which of them is each of the others removed?
- `policy`: what may be removed at all? `search` and `graph` ask about prose and parts, `copies`
  about headings.

What comes out:

- `records`: what is said of texts? `result`: what does a caller get, and how is it explained?
  `difference` shows it, `annotation` writes it beside the texts.
- `boilerplate`: which lines belong to pages, by what they hold (`furniture_signs`) and by how many
  documents have them (`shared_lines`)?
- `spans`: what do kept texts have in common? `signatures`: the sketches, for datasketch.

`kernels` has the compiled loops of all steps. The engine in
``tests/dedup/reference`` searches and chooses in plain Python; tests hold this one to its removals.
"""

from textclean.dedup.copies import deduplicate, deduplicate_documents, deduplicate_records
from textclean.dedup.records import (
    Boilerplate,
    InReference,
    LostPassage,
    Removal,
    RemovalKind,
    SharedSpan,
    Twin,
)
from textclean.dedup.result import Deduplicated
from textclean.dedup.signatures import signatures

__all__ = [
    "Boilerplate",
    "Deduplicated",
    "InReference",
    "LostPassage",
    "Removal",
    "RemovalKind",
    "SharedSpan",
    "Twin",
    "deduplicate",
    "deduplicate_documents",
    "deduplicate_records",
    "signatures",
]
