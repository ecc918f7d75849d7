"""The program ``textclean``, and ``python -m textclean``."""

import os
import signal
import sys


def main() -> None:
    """Run the commands. Ctrl-C ends the program without a word also while it starts and stops."""
    ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if ours:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from textclean.cli import main as run_commands

    try:
        if ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        run_commands()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        if ours:
            signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    # `python -m` looks for modules in the current folder first, and a folder of somebody's data
    # may hold a numpy.py. Where textclean itself is in it, it stays.
    here, home = os.path.realpath(""), os.path.realpath(__file__).rsplit(os.sep, 2)[0]
    if not sys.flags.safe_path and os.path.realpath(sys.path[0]) == here != home:
        del sys.path[0]
    main()
