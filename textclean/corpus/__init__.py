"""Many documents: reading them, cleaning them together, writing them, and taking it all back.

``documents`` and ``jsonl`` read what is on disk without losing a byte of it; ``pipeline`` is the
cleaning of a corpus in memory (`clean_corpus`), with ``cutting`` for the removal of blocks and
``workers`` for the processes; ``run`` is the same from folder to folder, with ``record`` for what
undoes it and ``undo`` for doing so; ``files`` serves the commands that look at one file at a time.
"""
