"""The inner loops of the search, compiled by numba: arrays in, arrays out, no Python objects.

Each function runs on one chunk of texts and lets go of the interpreter's lock, so that threads work
on several chunks at once. That is why none of them is parallel by itself: code for numba's own
threads takes several times as long to compile.

Importing this package loads numpy and numba.
"""
