"""`report.html`: what was done to a corpus, for people who look rather than read.

`records` reads it from the folder of a run, `collecting` takes it from files that are fixed; `data`
makes the plain JSON that the page holds, `sampling` and `alignment` help it; `overview` draws the
pictures, `page` writes the file, in the words of `labels`.
"""
