"""The pictures of the READMEs and documents, made by what is tested.

``python -m tests.pictures [NAME…]`` makes them anew in ``docs/pictures``. What needs a program that
is not there (Chromium, Neovim) is passed over with a line.
"""
