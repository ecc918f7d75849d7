"""A persistent index of paragraphs: has this one been seen, where, and in what form?

An index is a folder with an LMDB environment. It is a reference of `dedup.deduplicate` that lies on
disk: of millions of entries it hands those few to the search that can matter for some texts, and
the search decides as ever. Each module answers one question:

- `index`: what can be done with an index? (`Index`) `changes`: how are entries added and removed?
- `lookup`: which entries matter for some texts? `selection`: which are handed to the search?
- `sketches`: by what keys is a text found?
- `postings`: which entries have a key? Sorted arrays, merged as they grow.
- `entries`: what is kept of each entry? `lines`: how many documents have a line?
- `state`: what does it hold, and what was it made for?
- `store`: how are transactions, sizes, versions and checksums dealt with?
- `verification`: is everything as it was written?
- `exchange`: sketches for and from datasketch.
"""

from textclean.engines.index.changes import Added
from textclean.engines.index.entries import Entry
from textclean.engines.index.index import Index, Seen
from textclean.engines.index.store import IndexFormatError

__all__ = ["Added", "Entry", "Index", "IndexFormatError", "Seen"]
