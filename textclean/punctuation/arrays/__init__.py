"""The slot model in numpy arrays, for texts with many slots: the same numbers as in Python."""
