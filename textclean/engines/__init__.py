"""The deduplication of `textclean.dedup` where texts do not all lie in memory at once.

Each engine runs the kernels and the search of `dedup`, and removes what these would remove.

- `index`: a store on disk of all paragraphs seen so far, which a search takes for its reference.
"""
