"""The program of a process that `parallel` starts. It is run as a file, and by itself knows nothing
of ours: where things are imported from is what the first message says.
"""

from __future__ import annotations

import importlib.util
import os
import pickle
import signal
import sys
import traceback
from pathlib import Path
from typing import BinaryIO


def main() -> None:
    """Answer calls from standard input on standard output, until there are no more."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what is printed is no answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this ends it
    home, path = pickle.load(requests)
    sys.path += [entry for entry in path if entry not in sys.path]
    _import_package(Path(home))
    _send(answers, None)
    while True:
        try:
            work, batch = pickle.load(requests)
        except EOFError:
            return
        try:
            _send(answers, (True, work(batch)))
        except Exception as error:
            error.add_note(traceback.format_exc())
            _send(answers, (False, error))


def _import_package(home: Path) -> None:
    """Import the package that is in a folder, whatever else of its name may be installed."""
    places = [str(home)]
    spec = importlib.util.spec_from_file_location(
        home.name, home / "__init__.py", submodule_search_locations=places
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[home.name] = module
    spec.loader.exec_module(module)


def _send(answers: BinaryIO, answer: object) -> None:
    answers.write(pickle.dumps(answer))
    answers.flush()


if __name__ == "__main__":
    main()
