"""The slot model's scores in numpy arrays, for texts with many slots: the same as in Python."""
