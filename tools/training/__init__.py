"""Training of every model: corpora, noise, trainers. Needs numpy and numba."""
