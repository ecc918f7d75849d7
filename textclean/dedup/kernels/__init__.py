"""The inner loops of the search, compiled by numba: arrays in, arrays out, no Python objects.

Each function runs on one chunk of texts and lets go of the interpreter's lock, so that threads work
on several chunks at once. That is why none of them is parallel by itself: code for numba's own
threads takes several times as long to compile. Code outside of the loops holds the lock, one thread
at a time, so what runs once for each text belongs in a loop.

In the order of a search: `folding`, `sketching` and `pairing`; `alignment`, `evidence` and
`decision` for `verdicts`, `coverage` for long texts (`covering`); `worth` and `choosing`.
`language` has the tables, `values` finds the numbers in folds. `stages` says what is compiled by
which process, `precompile` what the second process does. Modules in plain integers run as they
stand where there is too little to do to compile them.

Importing this package loads numpy and numba.
"""
