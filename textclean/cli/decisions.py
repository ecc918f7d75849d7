"""``--decisions``: the option, and what is said of decisions that nothing fitted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from textclean.cli.inputs import LISTED
from textclean.cli.output import count, say
from textclean.corpus.decisions import Decisions, described

Command = TypeVar("Command", bound=Callable[..., Any])


def decisions_option() -> Callable[[Command], Command]:
    """``--decisions``: the command gets what was decided, or None."""
    return click.option(
        "--decisions",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        callback=lambda _, __, path: None if path is None else Decisions.read(path),
        help="Obey what was accepted and rejected in a report, and saved from it in this file.",
    )


def say_unmet(decisions: Decisions | None) -> None:
    """Tell of the decisions that fit nothing any more; they were applied to nothing."""
    if decisions is None:
        return
    for code in decisions.rules_gone:
        say(f"decision on a rule that is not there: {code}")
    unmet = decisions.unmet()
    for subject in unmet[:LISTED]:
        say(f"decision on nothing that is there: {described(subject)}")
    if len(unmet) > LISTED:
        say(f"{count(len(unmet) - LISTED, 'more such decision')} not listed")
