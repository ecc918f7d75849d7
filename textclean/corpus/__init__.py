"""Many documents: reading them, cleaning them together, writing them, and taking it all back.

``documents`` and ``jsonl`` read what is on disk without losing a byte of it; ``pipeline`` cleans a
corpus in memory (`clean_corpus`), with ``drafts`` for what is known of each document on the way,
``cutting`` for the removal of blocks and ``workers`` for the processes; ``run`` does the same from
folder to folder, with ``output`` for what it may replace there, ``record`` for what undoes it and
``undo`` for doing so; ``files`` serves the commands that look at one file at a time. ``names``
keeps every document inside its folder, and ``atomic`` writes a file whole or not at all.
"""
