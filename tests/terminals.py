"""Terminals for tests."""

from __future__ import annotations

import os


def written_to(terminal: int) -> bytes:
    """All that is written to a terminal until nobody has it open any more; then it is closed.

    Args:
        terminal: the end of a pseudo-terminal that reads.
    """
    seen = b""
    try:
        while chunk := os.read(terminal, 65536):
            seen += chunk
    except OSError:  # how a terminal says that nobody writes to it any more
        pass
    finally:
        os.close(terminal)
    return seen
