"""Results in words: ``findings`` (lines and JSON), ``diff``, ``rules`` (their pages), ``summary``.

Pure functions, which `cli` prints. ``textclean check`` waits for these imports: keep them light.
"""
