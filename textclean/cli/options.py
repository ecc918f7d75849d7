"""The options that commands share, and how they and the configuration file become a `Config`."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from textclean.cli.output import settle
from textclean.config import Config, load_config, read_config
from textclean.config.options import OnBadRecord, ScriptConversion
from textclean.corpus.formats import READ_AS
from textclean.report.language import LANGUAGES, Language, tr

if TYPE_CHECKING:
    from textclean.engine.rule import Rule

Command = TypeVar("Command", bound=Callable[..., Any])


def _choice(name: str, values: Sequence[str], text: str) -> Callable[[Command], Command]:
    return click.option(name, type=click.Choice(values), help=text)


def _codes(name: str, metavar: str, text: str) -> Callable[[Command], Command]:
    return click.option(name, multiple=True, callback=_parts, metavar=metavar, help=text)


def _parts(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> list[str] | None:
    if not given:
        return None
    return [part.strip() for each in given for part in each.split(",") if part.strip()]


def _names(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> list[str] | None:
    return list(given) or None


def _flag(name: str, text: str) -> Callable[[Command], Command]:
    # None, where it is not given: then the configuration file decides.
    return click.option(name, is_flag=True, default=None, help=text)


_REPAIRS = (
    _codes(
        "--select",
        "RULES",
        "Run only these rules: codes, prefixes, names or ALL; comma-separated, repeatable.",
    ),
    _codes("--ignore", "RULES", "Do not run these rules; the longer prefix wins over --select."),
    _choice("--tier", ("safe", "suggested"), "Apply rules up to this tier.  [default: safe]"),
    click.option(
        "--style",
        metavar="NAME",
        help="Standard by which numbers and units are written.  [default: as they are]",
    ),
    click.option(
        "--script",
        type=click.Choice(get_args(ScriptConversion)),
        metavar="NAME",
        help="Convert whole texts by a configuration of OpenCC: s2t, t2s, s2twp, tw2s, s2hk, t2jp "
        "….  [default: as they are]",
    ),
    _choice(
        "--latin-space",
        ("keep", "add", "remove"),
        "Spaces between Chinese and Latin letters or digits.  [default: keep]",
    ),
    _choice("--indent", ("keep", "drop"), "Leading indents of paragraphs.  [default: keep]"),
    _choice(
        "--blank-lines",
        ("keep", "collapse"),
        "Runs of blank lines: keep, or collapse to one.  [default: keep]",
    ),
)
_DUPLICATES = (
    _choice(
        "--unit",
        ("auto", "paragraph", "document"),
        "What duplicates are looked for among; auto: documents for records, "
        "paragraphs for everything else.  [default: auto]",
    ),
    click.option(
        "--threshold",
        type=float,
        metavar="NUMBER",
        help="Similarity from which two paragraphs are near copies; the lower, the more are found. "
        "What says something else stays at any.  [default: 0.7]",
    ),
    _choice(
        "--keep",
        ("best", "first", "longest"),
        "Which of several copies stays; best: what carries most, then the least damaged.  "
        "[default: best]",
    ),
    click.option(
        "--min-copy",
        type=click.IntRange(min=1),
        metavar="N",
        help="Characters, without marks and spaces, from which a paragraph is a copy of another in "
        "its document.  [default: 10]",
    ),
    click.option(
        "--min-copy-across",
        type=click.IntRange(min=1),
        metavar="N",
        help="Characters from which it is a copy of one in another document, and from which near "
        "copies are looked for.  [default: 30]",
    ),
    _choice(
        "--boilerplate",
        ("report", "remove"),
        "Lines of pages that many documents have (navigation, copyright, advertisements): list "
        "them, or take them out of all but the first.  [default: report]",
    ),
    _flag("--drop-empty", "Drop records that deduplication leaves empty."),
)
_RESTORING = (
    _flag("--restore", "Put redacted values in place that a removed copy or a twin proves."),
    _flag("--restore-persons", "With --restore: names of persons as well."),
)
_INPUTS = (
    click.option(
        "--text-field",
        multiple=True,
        callback=_names,
        metavar="NAME",
        help="Field of a record, or column of a table, that holds text; repeatable. In JSON also "
        "data.text or messages[].content; in CSV without a header a number.  [default: text]",
    ),
    _choice(
        "--on-bad-record",
        get_args(OnBadRecord),
        "What becomes of a record that cannot be read or has no such field: copied as it is, "
        "dropped, or the file is refused.  [default: copy]",
    ),
    _codes(
        "--include",
        "GLOBS",
        "Of folders read these files, as in .gitignore; comma-separated, repeatable.  [default: "
        "those of known endings]",
    ),
    click.option(
        "--encoding",
        metavar="NAME",
        help="Encoding of the files: utf-8, gb18030, big5, utf-16-le …; auto: what their "
        "characters show.  [default: auto]",
    ),
    _flag("--to-utf-8", "Write files as UTF-8, whatever they were."),
    _codes(
        "--exclude",
        "GLOBS",
        "Files to pass over, as in .gitignore; comma-separated, repeatable.",
    ),
    click.option(
        "--force-exclude/--no-force-exclude",
        default=None,
        help="Whether --exclude holds for files that are named, too.  [default: force-exclude]",
    ),
    click.option(
        "--gitignore/--no-gitignore",
        default=None,
        help="Whether folders are walked without what .gitignore names.  [default: gitignore]",
    ),
    click.option(
        "--as",
        "read_as",
        type=click.Choice(tuple(READ_AS)),
        help="What the named files are, whatever their names say.  [default: by their endings]",
    ),
    click.option(
        "--config",
        "config_file",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="Read this file; otherwise textclean.toml or pyproject.toml here or above.",
    ),
    click.option(
        "--no-config", "--isolated", "no_config", is_flag=True, help="Read no configuration file."
    ),
)
_MESSAGES = (
    click.option("-q", "--quiet", is_flag=True, help="Say only what was asked for, and errors."),
    click.option(
        "--lang",
        "language",
        type=click.Choice(LANGUAGES),
        help="Language of messages: English or Chinese.  [default: that of the locale]",
    ),
)


def config_options(
    *, repairs: bool = True, duplicates: bool = False, restoring: bool = False
) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Give a command the shared options; it gets ``config`` for most of them, and ``read_as``.

    The configuration file is that of the current folder, or of the folder of ``stdin_filename``.

    Args:
        repairs: the options that choose rules and what they do.
        duplicates: the options of deduplication.
        restoring: the options of restoring redacted values from copies.
    """
    options = (
        *(_REPAIRS if repairs else ()),
        *(_DUPLICATES if duplicates else ()),
        *(_RESTORING if restoring else ()),
        *_INPUTS,
        *_MESSAGES,
    )
    names = {f.name for f in dataclasses.fields(Config)}

    def decorate(command: Callable[..., int]) -> Callable[..., int]:
        @functools.wraps(command)
        def configured(
            *args: Any,
            config_file: Path | None,
            no_config: bool,
            quiet: bool,
            language: Language | None,
            **kwargs: Any,
        ) -> int:
            settle(language, quiet=quiet)
            values = {name: kwargs.pop(name) for name in list(kwargs) if name in names}
            given = {name: value for name, value in values.items() if value is not None}
            folder = Path(kwargs.get("stdin_filename") or "-").absolute().parent
            config = _in_force(config_file, no_config, folder).with_options(**given)
            return command(*args, config=config, **kwargs)

        wrapped: Callable[..., int] = configured
        for option in reversed(options):
            wrapped = option(wrapped)
        return wrapped

    return decorate


def message_options() -> Callable[[Callable[..., int]], Callable[..., int]]:
    """``--quiet`` and ``--lang``, for a command without a configuration."""

    def decorate(command: Callable[..., int]) -> Callable[..., int]:
        @functools.wraps(command)
        def settled(*args: Any, quiet: bool, language: Language | None, **kwargs: Any) -> int:
            settle(language, quiet=quiet)
            return command(*args, **kwargs)

        wrapped: Callable[..., int] = settled
        for option in reversed(_MESSAGES):
            wrapped = option(wrapped)
        return wrapped

    return decorate


def rules_by_code(config: Config) -> dict[str, Rule]:
    """Every rule that a configuration can run, for its name and reason."""
    from textclean.rules.others import rules_for

    return {rule.code: rule for rule in rules_for(config)}


def paths_argument(metavar: str = "PATH...") -> Callable[[Command], Command]:
    """One or more files and folders; that they exist is seen when they are read."""
    return click.argument("paths", nargs=-1, required=True, metavar=metavar, type=click.Path())


def workers_option() -> Callable[[Command], Command]:
    """``--workers``."""
    return click.option(
        "--workers",
        type=click.IntRange(min=1),
        metavar="N",
        help="Processes to spread the work over; the result is the same for every number.  "
        "[default: one for each processor where there is much to do]",
    )


def work_options() -> Callable[[Command], Command]:
    """``--work-dir`` and ``--memory``."""

    def decorate(command: Command) -> Command:
        command = click.option(
            "--memory",
            callback=_bytes,
            metavar="SIZE",
            help="With --work-dir: the most memory to use, as 2GB or 500MB.  [default: as much as "
            "it takes]",
        )(command)
        return click.option(
            "--work-dir",
            metavar="DIR",
            type=click.Path(path_type=Path, file_okay=False),
            help="Keep what is finished of records (JSONL, Parquet) here: the same command, given "
            "again after an interruption, goes on from there.",
        )(command)

    return decorate


_SIZE = re.compile(r"(\d+(?:\.\d+)?) ?([KMGT]?)(i?)B?", re.IGNORECASE)


def _bytes(_: click.Context, __: click.Parameter, given: str | None) -> int | None:
    """A size as bytes: of kB and the like in steps of 1000, of KiB in steps of 1024."""
    if given is None:
        return None
    match = _SIZE.fullmatch(given.strip())
    if match is None:
        raise click.BadParameter(tr(f"{given!r} is no size; write it as 2GB or 500MB"))
    number, unit, binary = match.groups()
    return int(float(number) * (1024 if binary else 1000) ** " KMGT".index(unit.upper() or " "))


def stdin_filename_option() -> Callable[[Command], Command]:
    """``--stdin-filename``, for the commands that read standard input."""
    return click.option(
        "--stdin-filename",
        metavar="NAME",
        help="With '-': the name of the file that it is; decides its format and configuration.",
    )


def _in_force(config_file: Path | None, no_config: bool, folder: Path) -> Config:
    if config_file is not None:
        if no_config:
            raise click.UsageError(tr("--config and --no-config exclude each other"))
        return read_config(config_file)
    return Config() if no_config else load_config(folder)[0]
