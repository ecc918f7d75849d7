"""The commands: a module for each, imported when it is called; ``options`` are what they share.

A hook pays for every import at start-up: none at the top of a module here loads numpy, rich or
process pools. Exit status: 0 fine; 1 there is something to repair; 2 an error; 129 after SIGHUP,
130 after Ctrl-C, 141 when nobody reads the results any more, 143 after SIGTERM.
"""

from __future__ import annotations

import signal
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from textclean import __version__
from textclean.cli.output import settle, silence, speak_utf8, trouble, unheard
from textclean.errors import TextcleanError

TROUBLE = 2
INTERRUPTED = 130
PIPE_CLOSED = 141

# In the order in which --help lists them; each is a module here.
_COMMANDS = (
    "check", "fix", "review", "run", "dedup", "undo", "report", "restore", "consensus", "index",
    "rules", "config", "lsp",
)  # fmt: skip


class Commands(click.Group):
    """The group of all commands: imports them by need, and turns errors into exit statuses."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; its exit status."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # nobody reads on
            silence(sys.stdout)
            return PIPE_CLOSED

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command and exit: the value that it returns is the exit status."""
        kwargs["standalone_mode"] = False
        try:
            _leave_in_order()
            speak_utf8()
            settle()
            status = super().main(*args, **kwargs)
        except click.ClickException as error:
            error.show()
            status = error.exit_code
        except (click.Abort, KeyboardInterrupt):
            status = INTERRUPTED
        except (TextcleanError, OSError) as error:
            trouble(str(error))
            status = TROUBLE
        except MemoryError:
            trouble("there is not enough memory")
            status = TROUBLE
        if (failure := unheard()) is not None:
            trouble(f"standard output: {failure.strerror}")
            status = TROUBLE
        sys.exit(status)


def _leave_in_order() -> None:
    """Have signals that end the process end it as Ctrl-C does: no temporary file stays."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        try:
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # nohup
                signal.signal(number, _terminated)
        except ValueError:  # not the main thread
            return


def _terminated(number: int, frame: object) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)  # a second one comes too late
    raise SystemExit(128 + number)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="`textclean COMMAND --help` shows a command's options and examples.",
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def commands() -> None:
    """Repair damaged Chinese text: marks, spaces, characters, repeated paragraphs.

    Whatever is changed can be undone, and nothing is invented.

    \b
    Examples:
      textclean check texts/             what is wrong, and where
      textclean fix --diff texts/        what would change
      textclean fix texts/               change it, in place
      textclean review texts/            say yes or no to what is only suggested
      textclean run texts -o cleaned     repair and deduplicate a folder into another one
      textclean undo cleaned -o texts    and have the inputs back, byte for byte
      textclean restore a.txt --witness b.txt   put redacted values back
    """


def main() -> None:
    """Entry point of ``textclean``."""
    commands(prog_name="textclean")
