"""Many documents: read without losing a byte, cleaned together, written, and taken back.

From the bottom up: ``formats``, ``documents`` (which files, and reading them), ``excise`` and
``reading_order`` (what is left of a text), ``drafts``, ``stitch_documents`` and ``restoring``,
``pipeline`` (`clean_corpus`), ``results``, ``run``; ``files`` serves commands that take one file
at a time, ``record``, ``in_place`` and ``undo`` take changes back.
"""
