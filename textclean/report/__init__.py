"""What was found or done, put into words: lines, JSON, diffs, tables. Pure functions; `cli` prints.

Nothing here imports anything heavy at the top: ``textclean check`` waits for this folder.
"""
