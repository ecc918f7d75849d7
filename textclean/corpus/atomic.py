"""Writing a file whole or not at all: whoever looks finds the old bytes or the new ones.

The new bytes go to a temporary name in the same folder, are synced, and take the old name's place.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from textclean.errors import DocumentError


def write_atomic(
    path: Path, data: bytes, mode: int | None = None, *, replacing: bytes | None = None
) -> None:
    """Put `data` in the place of `path`, by way of a new file in the same folder.

    A symbolic link is followed: the file it leads to is replaced, the link stays.

    Args:
        mode: permission bits of the file; None keeps those of the file that is replaced, and gives
            a new file what the process gives any new file.
        replacing: the bytes that the new ones were made of; a file that has others by now is left
            alone. None replaces whatever is there.

    Raises:
        DocumentError: the operating system refuses, or the file was changed since it was read; it
            stays as it is then.
    """
    target = Path(os.path.realpath(path))
    # The dot keeps a file that a crash leaves behind out of every later walk.
    fresh = target.with_name(f".textclean-{os.urandom(8).hex()}.tmp")
    try:
        if mode is None:
            with suppress(FileNotFoundError):
                mode = stat.S_IMODE(target.stat().st_mode)
        with fresh.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            fresh.chmod(mode)
        # As late as can be: cleaning may have taken long enough for somebody to save the file.
        if replacing is not None:
            _require(path, replacing)
        fresh.replace(target)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise DocumentError(f"{path}: cannot be written: {error.strerror}") from error
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _require(path: Path, data: bytes) -> None:
    if path.read_bytes() != data:
        raise DocumentError(
            f"{path}: was changed while it was being worked on, so it was left as it is"
        )
