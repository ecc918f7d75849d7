"""``python -m textclean``: the commands."""

import sys
from pathlib import Path

# `python -m` puts the current folder first: a file of texts may lie there beside a ``numba.py``.
if __name__ == "__main__" and sys.path[0] in ("", str(Path.cwd())):
    del sys.path[0]

from textclean.cli import main

if __name__ == "__main__":
    main()
