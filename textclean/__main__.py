"""``python -m textclean``: the commands."""

import os
import sys

if __name__ == "__main__":
    # `python -m` looks for modules in the current folder first, and a folder of somebody's data
    # may hold a numpy.py. Where textclean itself is in it, it stays.
    here, home = os.path.realpath(""), os.path.realpath(__file__).rsplit(os.sep, 2)[0]
    if not sys.flags.safe_path and os.path.realpath(sys.path[0]) == here != home:
        del sys.path[0]
    from textclean.cli import main

    main()
