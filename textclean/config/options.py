"""`Config`: every choice a user has, and what it is for.

The same names serve ``textclean.clean(text, Config(...))``, ``[tool.textclean]`` in
``pyproject.toml``, ``textclean.toml`` (which wins over ``pyproject.toml`` in the same folder) and
the command line (dashes for underscores). An unknown key is an error that names the nearest one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, Self, TypedDict, Unpack, get_args

from textclean.config.fields import field_path
from textclean.config.tables import OwnRule, own_rules
from textclean.config.values import (
    ALL,
    FrozenDict,
    encoding_name,
    plain,
    refuse_key,
    rule_name,
    rule_names,
    strings,
    tier_of,
)
from textclean.errors import ConfigError
from textclean.text.edit import Tier

#: A tier by its name: ``"safe"`` is ``Tier.SAFE``.
TierName = Literal["safe", "suggested", "report"]
#: A tier that can be applied.
AppliedTier = Literal["safe", "suggested"]
LatinSpace = Literal["keep", "add", "remove"]
Indent = Literal["keep", "drop"]
BlankLines = Literal["keep", "collapse"]
#: Conversions of script, as OpenCC calls them.
ScriptConversion = Literal[
    "s2t", "t2s", "s2tw", "tw2s", "s2twp", "tw2sp", "s2hk", "hk2s", "s2hkp", "hk2sp",
    "t2tw", "tw2t", "t2hk", "hk2t", "t2jp", "jp2t",
]  # fmt: skip
Unit = Literal["auto", "paragraph", "document"]
#: What becomes of a record that cannot be read or lacks its text.
OnBadRecord = Literal["copy", "drop", "fail"]
#: Which of several copies stays.
Keep = Literal["best", "first", "longest"]
#: What is done with lines of pages that many documents have.
BoilerplateChoice = Literal["report", "remove"]


class Options(TypedDict, total=False):
    """What `Config` takes: wider than what it keeps, a string or any collection for a tuple, a name
    for a tier, a mapping for a table.
    """

    select: str | Iterable[str]
    ignore: str | Iterable[str]
    tier: Tier | AppliedTier
    tiers: Mapping[str, Tier | TierName]
    style: str | None
    script: ScriptConversion | None
    latin_space: LatinSpace
    indent: Indent
    blank_lines: BlankLines
    unit: Unit
    threshold: float
    keep: Keep
    min_copy: int
    min_copy_across: int
    boilerplate: BoilerplateChoice
    restore: bool
    restore_persons: bool
    text_field: str | Iterable[str]
    on_bad_record: OnBadRecord
    encoding: str
    to_utf_8: bool
    drop_empty: bool
    exclude: str | Iterable[str]
    force_exclude: bool
    include: str | Iterable[str]
    gitignore: bool
    per_file: Mapping[str, Mapping[str, Any]]
    rule: Sequence[OwnRule | Mapping[str, Any]]
    plugins: str | Iterable[str]


#: The options that `per_file` can set, by whether they add to the others or take their place.
ADDED_PER_FILE = ("ignore", "tiers")
PER_FILE = (
    "select",
    "tier",
    "style",
    "script",
    "latin_space",
    "indent",
    "blank_lines",
    *ADDED_PER_FILE,
)


@dataclass(frozen=True, kw_only=True)
class Config:
    """What to look for, what to apply, and how. Immutable; ``dataclasses.replace`` makes variants.

    Which rules run, and how far they are trusted:

    - ``select``: codes of rules to run, prefixes of codes, names of rules or ``ALL``; by default
      all rules. The letter of a code is its family: ``Config(select="P")`` runs punctuation only,
      ``select=["P", "space-before-mark"]`` one rule of spacing with it. ``textclean rules`` lists
      them. Codes may be written in small letters.

    - ``ignore``: rules not to run, in the same words; by default none. The longer of two prefixes
      wins, so that ``Config(select="P003", ignore="P")`` runs one rule, and
      ``Config(ignore="P003")`` all but one.

    - ``tier``: the tier up to which rules are applied: ``safe`` (the default) or ``suggested``.
      Rules of `safe` keep every Han character and digit; those of `suggested` are likely, and may
      remove some, so read what they did. What is not applied is in ``Cleaned.suggestions``.

    - ``tiers``: another tier for single rules; by default each has its own. ``{"R001": "safe"}``
      applies doubled characters by default, ``{"P022": "report"}`` only ever reports lost quotes.

    - ``style``: the standard by which numbers and units are written; by default None, which leaves
      them as they are, since every house has its own. ``"gbt15835"`` (GB/T 15835-2011) fixes the
      marks and leaves the choice of numerals to the writer, ``"gbt15835-symbols"`` writes units as
      symbols too; the name of a TOML file is a style of your own (`quantities.styles`).

    - ``script``: convert whole texts by one of OpenCC's configurations: ``s2t`` (Simplified to
      Traditional), ``s2twp`` (to that of Taiwan, with its words), ``t2s``, ``tw2sp``, ``s2hk``,
      ``t2jp`` and more; by default None. It needs the extra ``[script]``. Lines that are in the
      other script already stay, as does what is protected.

    What is a matter of taste is kept as it is, unless you choose:

    - ``latin_space``: spaces between Chinese and Latin letters or digits: ``keep`` (the default),
      ``add`` (完成 CT 检查) or ``remove`` (完成CT检查). With ``keep``, rule L003 suggests to remove
      those of a text that has hardly any.

    - ``indent``: leading spaces of paragraphs: ``keep`` (the default) or ``drop``. Lists, tables
      and quotations keep theirs, which are syntax.

    - ``blank_lines``: runs of blank lines: ``keep`` (the default), or ``collapse`` to one.

    For duplicates (`deduplicate`, `clean_corpus`, ``textclean run`` and ``dedup``):

    - ``unit``: what copies are looked for among: ``paragraph``, ``document``, or ``auto`` (the
      default): documents for records, paragraphs for everything else.

    - ``threshold``: Jaccard similarity of character shingles from which two paragraphs are near
      copies, in (0, 1]; by default 0.7. Whatever it is, one is removed only if all that it says
      stands in the other. Pairs that differ in single misread or lost characters only may lie
      below: at 0.7 down to 0.5.

    - ``keep``: which of several copies stays: ``best`` (the default: what carries most, then what
      is least damaged), ``first``, or ``longest``. Each of them says all that those say that go.

    - ``min_copy``: characters, without marks and spaces, from which an exact copy inside one
      document is removed; by default 10: shorter lines recur by nature.

    - ``min_copy_across``: characters from which prose is a copy of prose in another document, and
      from which near copies are looked for at all; by default 30.

    - ``boilerplate``: what is done with the lines of pages that many documents have, however short:
      navigation, copyright, contact, advertisements, who edited it. ``report`` (the default) lists
      them, ``remove`` takes them out of all documents but the first that has them.

    For redacted values (``xx家``):

    - ``restore``: put values in place that a removed copy or a twin of the paragraph proves; by
      default False, for redaction may be deliberate. They are listed either way.

    - ``restore_persons``: with ``restore``: names of persons as well; by default False.

    For files:

    - ``text_field``: the field of a record, or column of a table, that holds its text, or a list
      of them; by default ``"text"``. In JSON a path leads into what is nested: ``data.text``,
      ``messages[].content``; a dot that belongs to a key is written ``\\.``. In CSV a number
      counts the columns of a file without a header, from 1.

    - ``encoding``: the encoding of files: ``auto`` (the default), or one by its name: ``utf-8``,
      ``gb18030``, ``big5``, ``utf-16-le``. ``auto`` is UTF-8, what a byte order mark says, or GBK,
      GB18030, Big5 or UTF-16 where the characters show it beyond doubt; a file of which it is
      doubtful is refused. Bytes that are no character are kept, and reported (C110).

    - ``to_utf_8``: write files as UTF-8; by default False, which writes each as it came, and
      refuses a file whose encoding lacks a character.

    - ``on_bad_record``: what becomes of a record that cannot be read or has no such field:
      ``copy`` (the default: it stays as it is and is listed), ``drop`` (it goes, and ``undo``
      brings it back), or ``fail``: the file is refused.

    - ``drop_empty``: drop records that deduplication leaves empty; by default False, which keeps
      their other fields. They are in the undo record.

    - ``exclude``: glob patterns of files to pass over, as in ``.gitignore``; by default none.

    - ``force_exclude``: pass them over also where they are named; by default True, for hooks and
      editors name every file. False: only where a folder is walked.

    - ``include``: glob patterns of the files to read in folders, as in ``.gitignore``; by default
      all whose format is known by the ending.

    - ``gitignore``: whether folders are walked without what ``.gitignore`` files name; by default
      True.

    - ``per_file``: other choices for the files that a pattern matches, as in ``.gitignore``: a
      table for each pattern with ``select``, ``ignore``, ``tier``, ``tiers``, ``style``,
      ``script``, ``latin_space``, ``indent`` or ``blank_lines``. ``ignore`` and ``tiers`` add to
      those above, the others take their place; of two patterns that match the longer one wins.

    Rules that are not in this package:

    - ``rule``: rules of your own, a table each with the keys of `OwnRule`: ``code`` (U and three
      digits), ``pattern``, ``replacement``, ``tier``, ``reason``, ``examples`` and more. They need
      the extra ``[rules]``.

    - ``plugins``: names of entry points of the group ``textclean.rules`` whose rules are run with
      ours; by default none, whatever is installed.

    Raises:
        ConfigError: a value is not one of those listed. (A rule code that does not exist is an
            error when a text is cleaned.)
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    tier: Tier = Tier.SAFE
    tiers: Mapping[str, Tier] = field(default_factory=FrozenDict)
    style: str | None = None
    script: ScriptConversion | None = None
    latin_space: LatinSpace = "keep"
    indent: Indent = "keep"
    blank_lines: BlankLines = "keep"
    unit: Unit = "auto"
    threshold: float = 0.7
    keep: Keep = "best"
    min_copy: int = 10
    min_copy_across: int = 30
    boilerplate: BoilerplateChoice = "report"
    restore: bool = False
    restore_persons: bool = False
    text_field: str | tuple[str, ...] = "text"
    on_bad_record: OnBadRecord = "copy"
    encoding: str = "auto"
    to_utf_8: bool = False
    drop_empty: bool = False
    exclude: tuple[str, ...] = ()
    force_exclude: bool = True
    include: tuple[str, ...] = ()
    gitignore: bool = True
    per_file: Mapping[str, Mapping[str, Any]] = field(default_factory=FrozenDict)
    rule: tuple[OwnRule, ...] = ()
    plugins: tuple[str, ...] = ()

    if TYPE_CHECKING:

        def __init__(self, **options: Unpack[Options]) -> None: ...

    def __post_init__(self) -> None:
        set_ = object.__setattr__
        for name in ("select", "ignore"):
            set_(self, name, rule_names(name, getattr(self, name)))
        for name in ("exclude", "include", "plugins"):
            set_(self, name, strings(name, getattr(self, name)))
        set_(self, "tier", tier_of("tier", self.tier))
        if self.tier is Tier.REPORT:
            raise ConfigError("tier: 'report' is never applied; choose 'safe' or 'suggested'")
        if not isinstance(self.tiers, Mapping):
            raise ConfigError("tiers: expected a table of rule codes and tiers")
        tiers = {
            rule_name(code): tier_of(f"tiers.{code}", tier) for code, tier in self.tiers.items()
        }
        set_(self, "tiers", FrozenDict(tiers))
        for name, allowed in _CHOICES.items():
            value = getattr(self, name)
            if value not in allowed:
                raise ConfigError(f"{name}: {value!r} is not one of {', '.join(allowed)}")
        if self.script is not None and self.script not in get_args(ScriptConversion):
            known = ", ".join(get_args(ScriptConversion))
            raise ConfigError(f"script: {self.script!r} is not one of {known}")
        if self.style is not None and not isinstance(self.style, str):
            raise ConfigError(f"style: expected the name of a style, got {self.style!r}")
        set_(self, "text_field", _field_names(self.text_field))
        set_(self, "encoding", encoding_name(self.encoding))
        switches = (
            "to_utf_8", "drop_empty", "restore", "restore_persons", "force_exclude", "gitignore",
        )  # fmt: skip
        for name in switches:
            value = getattr(self, name)
            if not isinstance(value, bool):
                raise ConfigError(f"{name}: expected true or false, got {value!r}")
        if isinstance(self.threshold, bool) or not isinstance(self.threshold, int | float):
            raise ConfigError(f"threshold: expected a number, got {self.threshold!r}")
        if not 0 < self.threshold <= 1:
            raise ConfigError(f"threshold: {self.threshold!r} is not in (0, 1]")
        for name in ("min_copy", "min_copy_across"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                raise ConfigError(f"{name}: expected a whole number from 1, got {value!r}")

        set_(self, "per_file", _per_file(self.per_file))
        set_(self, "rule", own_rules(self.rule))
        # Looked up once for every text that is cleaned.
        set_(self, "_hash", hash(tuple(getattr(self, f.name) for f in dataclasses.fields(self))))

    def __hash__(self) -> int:
        return self._hash  # type: ignore[attr-defined,no-any-return]

    def __reduce__(self) -> tuple[Any, ...]:
        values = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        return partial(Config, **values), ()

    def __repr__(self) -> str:
        values = self.as_mapping()
        if self.rule:
            values["rule"] = [rule.code for rule in self.rule]
        given = ", ".join(f"{name}={value!r}" for name, value in values.items())
        return f"Config({given})"

    @property
    def text_fields(self) -> tuple[str, ...]:
        """The names of all fields that hold texts."""
        return (self.text_field,) if isinstance(self.text_field, str) else self.text_field

    @property
    def text_column(self) -> str:
        """The name of the one field that holds texts, where no more than one can.

        Raises:
            ConfigError: there are several.
        """
        if isinstance(self.text_field, str):
            return self.text_field
        raise ConfigError(f"text_field: one name is needed here, got {list(self.text_field)!r}")

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any], source: str = "configuration") -> Self:
        """A configuration from parsed TOML; dashes in keys count as underscores.

        Raises:
            ConfigError: an unknown key (the nearest known one is named) or a value that does not
                fit; the message begins with `source`.
        """
        options = [f.name for f in dataclasses.fields(cls)]
        arguments: dict[str, Any] = {}
        for key, value in values.items():
            name = key.replace("-", "_")
            if name not in options:
                refuse_key(source, key, options)
            if name in arguments:
                raise ConfigError(f"{source}: {key!r} is given twice")
            arguments[name] = tuple(value) if isinstance(value, list) else value
        try:
            return cls(**arguments)
        except ConfigError as error:
            raise ConfigError(f"{source}: {error}") from None

    def as_mapping(self) -> dict[str, Any]:
        """The values that differ from the defaults, as `from_mapping` takes them."""
        default = type(self)()
        return {
            f.name: plain(value)
            for f in dataclasses.fields(self)
            if (value := getattr(self, f.name)) != getattr(default, f.name)
        }

    def for_file(self, patterns: Iterable[str]) -> Config:
        """What is in force for a file that these patterns of `per_file` match.

        The longer of two patterns wins; `ignore` and `tiers` add up.
        """
        changes: dict[str, Any] = {"per_file": {}}
        for pattern in sorted(patterns, key=lambda each: (len(each), each)):
            for name, value in self.per_file[pattern].items():
                before = changes.get(name, getattr(self, name))
                if name == "ignore":
                    value = (*before, *value)
                elif name == "tiers":
                    value = {**before, **value}
                changes[name] = value
        return dataclasses.replace(self, **changes)

    def with_options(self, **options: Unpack[Options]) -> Config:
        """The same with other values, which hold for every file: `per_file` does not change them.

        What `per_file` adds to them it still adds.
        """
        settled = options.keys() - set(ADDED_PER_FILE)
        tables = {
            pattern: {key: value for key, value in table.items() if key not in settled}
            for pattern, table in self.per_file.items()
        }
        changes: dict[str, Any] = {"per_file": tables, **options}
        return dataclasses.replace(self, **changes)

    def tier_of(self, code: str, default: Tier) -> Tier:
        """The tier in force for a rule: the longest matching prefix in `tiers`, or its own."""
        best = max((p for p in self.tiers if code.startswith(p)), key=len, default=None)
        return default if best is None else self.tiers[best]

    def names_tier_of(self, code: str) -> bool:
        """Whether `tiers` says what tier a rule has."""
        return any(code.startswith(prefix) for prefix in self.tiers)

    def selects(self, code: str) -> bool:
        """Whether a rule runs: the longer of the matching prefixes decides, `ignore` on a tie."""
        chosen = _longest(self.select or (ALL,), code)
        return chosen > _longest(self.ignore, code)


_CHOICES = {
    "latin_space": get_args(LatinSpace),
    "indent": get_args(Indent),
    "blank_lines": get_args(BlankLines),
    "unit": get_args(Unit),
    "keep": get_args(Keep),
    "on_bad_record": get_args(OnBadRecord),
    "boilerplate": get_args(BoilerplateChoice),
}


def config_of(config: Config | Mapping[str, Any] | None, options: Mapping[str, Any]) -> Config:
    """The configuration that a caller means: an object or a mapping, and single options besides.

    Raises:
        ConfigError: an option does not exist or does not fit.
        TypeError: `config` is none of these.
    """
    if config is None:
        return Config.from_mapping(options, "options")
    if isinstance(config, Mapping):
        return Config.from_mapping({**config, **options}, "config")
    if not isinstance(config, Config):
        raise TypeError(f"config: expected a Config or a mapping, got {type(config).__name__}")
    if not options:
        return config
    for name in options:
        if name not in Options.__annotations__:
            refuse_key("options", name, Options.__annotations__)
    return dataclasses.replace(config, **options)


def _longest(prefixes: Iterable[str], code: str) -> int:
    """The length of the longest of the prefixes that a code has; -1 for none."""
    return max(
        (0 if p == ALL else len(p) for p in prefixes if p == ALL or code.startswith(p)), default=-1
    )


def _field_names(value: object) -> str | tuple[str, ...]:
    """One name as a string, several as a tuple, each checked."""
    if isinstance(value, str):
        value = (value,)
    if not isinstance(value, Iterable) or not (fields := tuple(value)):
        raise ConfigError(f"text_field: expected a field's name, got {value!r}")
    for name in fields:
        if not isinstance(name, str) or not name:
            raise ConfigError(f"text_field: expected a field's name, got {name!r}")
        field_path(name)
    return fields[0] if len(fields) == 1 else fields


def _per_file(tables: object) -> FrozenDict[Mapping[str, Any]]:
    if not isinstance(tables, Mapping):
        raise ConfigError("per_file: expected a table of patterns, each with a table of options")
    result: dict[str, Mapping[str, Any]] = {}
    for pattern, table in tables.items():
        where = f"per_file.{pattern}"
        if not isinstance(table, Mapping):
            raise ConfigError(f"{where}: expected a table of options, got {table!r}")
        for key in table:
            if key.replace("-", "_") not in PER_FILE:
                refuse_key(where, key, PER_FILE)
        checked = Config.from_mapping(table, where)
        given = {key.replace("-", "_") for key in table}
        result[pattern] = FrozenDict((name, getattr(checked, name)) for name in sorted(given))
    return FrozenDict(result)
