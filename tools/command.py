"""A function's signature as a command line: training and benchmarks are called this way."""

from __future__ import annotations

import sys
from collections.abc import Callable
from inspect import Parameter, signature
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import click

#: The arguments of a command; every other parameter is an option.
Folders = Annotated[tuple[Path, ...], click.Argument]


def command(function: Callable[..., None]) -> click.Command:
    """The command that calls a function; the docstring of its module is the help.

    A parameter without a default must be given, what `Annotated` says of it is its help, and
    several values are divided by commas.
    """
    hints = get_type_hints(function, include_extras=True)
    parameters = [
        _parameter(name, hints[name], known.default)
        for name, known in signature(function).parameters.items()
    ]
    # \b keeps the lines of a paragraph as they are.
    text = "\b\n" + (sys.modules[function.__module__].__doc__ or "").replace("\n\n", "\n\n\b\n")
    return click.Command(function.__name__, callback=function, params=parameters, help=text)


def _parameter(name: str, hint: Any, default: Any) -> click.Parameter:
    kind, said = get_args(hint) if get_origin(hint) is Annotated else (hint, None)
    if said is click.Argument:
        path = click.Path(path_type=Path)
        required = default is Parameter.empty
        return click.Argument([name], type=path, nargs=-1, required=required, metavar="FOLDER…")
    names = [name, f"--{name.replace('_', '-')}", *(["-o"] if name == "output" else [])]
    # Without a default it must be given: to click None would be one.
    known = {"required": True} if default is Parameter.empty else {"default": default}
    return click.Option(
        names, type=_type(kind), is_flag=kind is bool, help=said, show_default=True, **known
    )


def _type(kind: Any) -> Any:
    """What click is to make of the words of an option."""
    if get_origin(kind) is Literal:
        return click.Choice(get_args(kind))
    if get_origin(kind) is tuple:
        return _Several(_type(get_args(kind)[0]))
    # Path | None: where there is nothing to read unless it is named.
    return next((each for each in get_args(kind) if each is not type(None)), kind)


class _Several(click.ParamType[Any]):
    """Values divided by commas."""

    name = "value,value…"

    def __init__(self, one: Any) -> None:
        self._one = click.types.convert_type(one)

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[Any, ...]:
        words = value.split(",") if isinstance(value, str) else value
        return tuple(self._one.convert(word, param, ctx) for word in words)
