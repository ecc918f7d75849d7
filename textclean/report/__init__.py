"""Results in words: lines, JSON, diffs, tables. Pure functions; `textclean.cli` prints.

Nothing heavy is imported at the top: ``textclean check`` waits for this folder.
"""
